"""The keys in force: the defaults with the user's overrides, checked before Textual sees them.

Textual takes nonsense in silence: an unknown id, a key that does not exist, one key for two things. Here each is named
with its line. Knows no Textual, so that the command line can print the card of keys.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from fieldgate.errors import FormatError
from fieldgate.ui.keys import BY_ID, KEYS, Context, Key
from fieldgate.words import t

CHARACTERS: dict[str, str] = {
    "!": "exclamation_mark",
    '"': "quotation_mark",
    "#": "number_sign",
    "$": "dollar_sign",
    "%": "percent_sign",
    "&": "ampersand",
    "'": "apostrophe",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "*": "asterisk",
    "+": "plus",
    "-": "minus",
    ".": "full_stop",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "less_than_sign",
    "=": "equals_sign",
    ">": "greater_than_sign",
    "?": "question_mark",
    "@": "at",
    "[": "left_square_bracket",
    "\\": "backslash",
    "]": "right_square_bracket",
    "^": "circumflex_accent",
    "_": "underscore",
    "`": "grave_accent",
    "{": "left_curly_bracket",
    "|": "vertical_line",
    "}": "right_curly_bracket",
    "~": "tilde",
}
"""Characters whose key has a name of its own. The comma separates keys and cannot be one."""

_NAMES = {name: character for character, name in CHARACTERS.items()}
_MOVES = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown")
_PLAIN = frozenset({"enter", "escape", "tab", "space", "backspace", "delete", "insert", *_MOVES})
_FUNCTIONS = frozenset(f"f{number}" for number in range(1, 13))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LABELS = {
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}
# What a terminal sends as another key: an override on one of these would never be heard as itself.
_TWINS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace"}


class Override(NamedTuple):
    """One line of the user's `keys:` map, as written."""

    keys: str
    line: int


class Hint(NamedTuple):
    """A key to show: what to press, how it is written, what it does."""

    key: str
    label: str
    words: str
    enabled: bool = True


class Keymap:
    """Which keys do what, now."""

    def __init__(self, changed: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._changed = dict(changed or {})

    @property
    def changed(self) -> dict[str, str]:
        """The overrides in the form that Textual's `set_keymap` takes."""
        return {name: ",".join(keys) for name, keys in self._changed.items()}

    def keys(self, name: str) -> tuple[str, ...]:
        """Return the keys of a binding by their Textual names."""
        return self._changed.get(name) or tuple(key_name(key) for key in BY_ID[name].keys)

    def label(self, name: str) -> str:
        """Return how the first key of a binding is written for a person."""
        return key_label(self.keys(name)[0])

    def hint(self, name: str, words: str = "", *, enabled: bool = True) -> Hint:
        """Return a binding as a hint, with its own words unless others fit better here."""
        key = self.keys(name)[0]
        return Hint(key, key_label(key), words or t(BY_ID[name].words), enabled)

    def pair(self, first: str, second: str, words: str) -> Hint:
        """Return two bindings that belong together as one hint, such as `H/L move`; a click presses the second."""
        return Hint(self.keys(second)[0], f"{self.label(first)}/{self.label(second)}", words)

    def card(self, context: Context) -> Iterator[tuple[Key, str]]:
        """Yield every key of a context with its labels, in the order of the tables."""
        for key in KEYS:
            if context in key.contexts:
                yield key, " ".join(key_label(name) for name in self.keys(key.id))


def key_name(key: str) -> str:
    """Return the name Textual gives a key that is written as its character."""
    return CHARACTERS.get(key, key)


def key_label(key: str) -> str:
    """Return how a key is written for a person: `?`, `↓`, `esc`, `ctrl+o`."""
    *modifiers, name = key.split("+")
    return "+".join((*modifiers, _LABELS.get(name, _NAMES.get(name, name))))


def check_overrides(overrides: Mapping[str, Override], *, where: str = "settings.yaml") -> Keymap:
    """Return the keymap with the user's overrides in it.

    Raises:
        FormatError: An unknown id, a key that does not exist or cannot be heard, or two meanings for one key in one
            context. Says which, in which line of `where`.
    """
    changed = {name: _check_keys(name, override, where) for name, override in overrides.items()}
    keymap = Keymap(changed)
    for first, second, key in clashes(keymap):
        name = second if second in overrides else first
        raise FormatError(
            t("{key} already means {other}, so it cannot mean {name} too", key=key_label(key), name=name,
              other=first if name == second else second),
            hint=t("Give one of the two another key."),
            where=_place(where, overrides[name]),
        )  # fmt: skip
    return keymap


def overrides_of(keys: Mapping[str, str], lines: Mapping[tuple[str, ...], int]) -> dict[str, Override]:
    """Return the `keys:` map of the settings with the line of each entry."""
    return {name: Override(value, lines.get(("keys", name), 0)) for name, value in keys.items()}


def clashes(keymap: Keymap) -> Iterator[tuple[str, str, str]]:
    """Yield (id, id, key) wherever one key means two things in one context."""
    taken: dict[tuple[Context, str], str] = {}
    for key in KEYS:
        for context, name in _uses(key, keymap.keys(key.id)):
            other = taken.setdefault((context, name), key.id)
            if other != key.id:
                yield other, key.id, name


def _uses(key: Key, names: Iterable[str]) -> Iterator[tuple[Context, str]]:
    for context in key.contexts:
        for name in names:
            yield context, name


def _check_keys(name: str, override: Override, where: str) -> tuple[str, ...]:
    place = _place(where, override)
    if name not in BY_ID:
        raise FormatError(
            t("There is no key binding called {name}", name=name),
            hint=t("`fieldgate keys` lists the names."),
            where=place,
        )
    keys = tuple(key_name(key.strip()) for key in override.keys.split(","))
    for key in keys:
        if key in _TWINS:
            raise FormatError(
                t("{name}: terminals send {key} as {twin}", name=name, key=key, twin=_TWINS[key]),
                hint=t("Choose another key."),
                where=place,
            )
        if not is_key(key):
            raise FormatError(
                t("{name}: there is no key called {key}", name=name, key=repr(key)),
                hint=t("Write a character, a name such as enter, f5 or pagedown, or ctrl+ and a letter."),
                where=place,
            )
    if Context.FORM in BY_ID[name].contexts and any(len(key) == 1 for key in keys):
        raise FormatError(
            t("{name} works while text is typed, where a letter is a letter", name=name),
            hint=t("Choose a key with ctrl+ or a function key."),
            where=place,
        )
    return keys


def is_key(key: str) -> bool:
    """Say whether this is the Textual name of a key that a terminal can send."""
    *modifiers, name = key.split("+")
    if not modifiers:
        return (len(name) == 1 and name.isalnum()) or name in _NAMES or name in _PLAIN or name in _FUNCTIONS
    if modifiers == ["ctrl"]:
        return (len(name) == 1 and name in _LETTERS) or name in _MOVES
    return modifiers == ["shift"] and (name in _MOVES or name == "tab")


def _place(where: str, override: Override) -> str:
    return t("{file}, line {line}", file=where, line=override.line)
