"""Values of a playbook out of plain data, each typed by its field, with messages that name file, place and remedy.

Plain data is what YAML or JSON gives: maps, lists, text. Numbers may come as digits and yes/no as words, since a file
that a person writes holds text only.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from fieldgate.errors import FormatError
from fieldgate.words import t

LONGEST_TEXT = 2_000
"""Characters that one text of a playbook may have."""


class Place(NamedTuple):
    """Where in which file a value stands: "playbook.yaml", ("criteria", "discovery.heard", "title").

    A named tuple, since reading a playbook makes some thousands of them.
    """

    file: str
    path: tuple[str, ...] = ()

    def inside(self, key: str) -> "Place":
        """The place of a key or of an item of what stands here."""
        return Place(self.file, (*self.path, key))

    def refusal(self, reason: str, hint: str = "") -> FormatError:
        """The error that says what is wrong here."""
        at = " > ".join(self.path)
        message = t("{file}: {at}: {reason}", file=self.file, at=at, reason=reason) if at else f"{self.file}: {reason}"
        return FormatError(message, hint, self.file)


Reader = Callable[[Any, Place], Any]
"""Types one value or refuses it."""


def table(value: Any, place: Place) -> Mapping[str, Any]:
    """A map of key to value."""
    if not isinstance(value, Mapping):
        raise place.refusal(t("a map of `key: value` lines must stand here."))
    return value


def record(value: Any, place: Place, readers: Mapping[str, Reader], required: Collection[str] = ()) -> dict[str, Any]:
    """A map with known keys only, each value typed by its reader; keys that stand empty need not be there."""
    data = table(value, place)
    for key in data:
        known(key, readers, place)
    for key in required:
        if key not in data:
            raise place.refusal(t("the key {key} is missing.", key=key))
    return {key: readers[key](inner, place.inside(key)) for key, inner in data.items()}


def known(key: str, allowed: Collection[str], place: Place) -> str:
    """A key that may stand here."""
    if key not in allowed:
        reason = t("the key {key} may not stand here.", key=key)
        raise place.refusal(reason, t("Allowed are {keys}.", keys=", ".join(allowed)))
    return key


def text(value: Any, place: Place) -> str:
    """A text of at least one letter and at most LONGEST_TEXT characters."""
    if not isinstance(value, str) or not value.strip():
        raise place.refusal(t("a text must stand here."))
    if len(value) > LONGEST_TEXT:
        raise place.refusal(t("the text is longer than {count} characters.", count=LONGEST_TEXT))
    return value


def texts(value: Any, place: Place) -> tuple[str, ...]:
    """A list of texts, at least one."""
    read: tuple[str, ...] = listed(text)(value, place)
    return read


def flag(value: Any, place: Place) -> bool:
    """Yes or no."""
    if value in (True, "yes"):
        return True
    if value in (False, "no"):
        return False
    raise place.refusal(t("yes or no must stand here."))


def whole(low: int, high: int) -> Reader:
    """Make a reader of whole numbers within bounds."""

    def read(value: Any, place: Place) -> int:
        number = int(value) if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value) else value
        if isinstance(number, bool) or not isinstance(number, int) or not low <= number <= high:
            raise place.refusal(t("a whole number from {low} to {high} must stand here.", low=low, high=high))
        return number

    return read


def one_of(allowed: Collection[str]) -> Reader:
    """Make a reader of one word out of several."""

    def read(value: Any, place: Place) -> str:
        if value not in allowed:
            reason = t("{value} is not known here.", value=repr(value)[:80])
            raise place.refusal(reason, t("Allowed are {keys}.", keys=", ".join(allowed)))
        return str(value)

    return read


def listed(reader: Reader) -> Reader:
    """Make a reader of a list, at least one item, out of the reader of an item."""

    def read(value: Any, place: Place) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)) or not value:
            raise place.refusal(t("a list of at least one item must stand here."))
        return tuple(reader(item, place.inside(str(n))) for n, item in enumerate(value, start=1))

    return read
