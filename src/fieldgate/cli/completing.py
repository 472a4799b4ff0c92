"""What a shell offers behind a command: codes of records, kinds, moves, paths. Looks only, and never fails loudly."""

from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem

from fieldgate.cli.grammar import looks_like_path
from fieldgate.cli.kind_words import PLURALS
from fieldgate.domain.findings import code_order
from fieldgate.domain.kinds import LETTERS
from fieldgate.errors import FieldgateError
from fieldgate.locations import Locations
from fieldgate.store.reader import Reader
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import find_path, inspect

MOST = 60
"""Codes that are offered at once."""

CODED = frozenset({"show", "set", "lock", "rule", "move", "archive", "restore", "link", "log", "versions", "attach"})
"""Commands whose first word is a code."""

OF_KIND = {"prompt": "C", "forget": "C"}
"""Commands whose first word is a code of one kind."""

_OF_MEETING = frozenset({"minutes", "snapshot"})
"""What is exported of one meeting."""

_SECOND = {"rule": ("supported", "refuted")}
_THIRD = {"link": ("yes", "no", "maybe")}
_FIRST = {
    "list": tuple(PLURALS.values()),
    "add": tuple(PLURALS),
    "gate": ("advance", "pivot", "stop", "redate", "na", "applies", "hear", "reopen"),
    "export": ("zip", "yaml", "json", "md", "csv", "html", "report", "closing", "minutes", "snapshot"),
}


def complete_words(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what may stand where a shell is completing."""
    del parameter
    if "/" in incomplete or incomplete.startswith("."):
        return [CompletionItem(incomplete, type="file")]
    given = [word for word in context.params.get("words") or () if not looks_like_path(word)]
    path = next((word for word in context.params.get("words") or () if looks_like_path(word)), None)
    name = context.info_name or ""
    place = len(given)
    fixed = (_FIRST, _SECOND, _THIRD)[place].get(name, ()) if place < len((_FIRST, _SECOND, _THIRD)) else ()
    items = [CompletionItem(word) for word in fixed if word.startswith(incomplete)]
    letter = _letter(name, given)
    return items if letter is None else [*items, *_codes(path, incomplete, letter)]


def _letter(name: str, given: list[str]) -> str | None:
    """Return the letter of the codes that may stand next, empty for those of every kind, None for no code."""
    if not given:
        return OF_KIND.get(name, "N" if name == "link" else "" if name in CODED else None)
    if len(given) > 1:
        return None
    if name == "export" and given[0] in _OF_MEETING:
        return "M"
    return "H" if name == "link" else None


def _codes(path: str | None, incomplete: str, letter: str) -> Iterator[CompletionItem]:
    wanted = incomplete.upper() or letter
    try:
        locations, clock = Locations.find(), Clock()
        target = inspect(find_path(path, locations), locations)
        if not target.known:
            return
        with Reader(target.store, clock.today()) as reader:
            yield from list(_found(reader, wanted))
    except (FieldgateError, OSError):
        return  # a shell that completes has no place for words


def _found(reader: Reader, wanted: str) -> Iterator[CompletionItem]:
    kind = "touchpoint" if "-" in wanted else LETTERS.get(wanted[:1], "touchpoint")
    codes = [str(getattr(record, "code", "")) for record in reader.records(kind)]
    matching = sorted((code for code in codes if code.startswith(wanted)), key=code_order)
    yield from (CompletionItem(code) for code in matching[:MOST])
