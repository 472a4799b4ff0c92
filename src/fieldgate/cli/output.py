"""What the command line prints: data on standard output, words on standard error, all of it safe for a terminal."""

import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any, TextIO

from fieldgate.domain.display import BAD, clean
from fieldgate.domain.times import stamp_text
from fieldgate.errors import FieldgateError

FORMAT = 1
"""Version of the JSON shapes; keys may be added within it, none changes its meaning."""

_UNSHOWN = "[\x7f-\x9f]|" + BAD


def say(text: str = "") -> None:
    """Print a line of data; control characters of a record become visible stand-ins."""
    sys.stdout.write(clean(text, lines=True) + "\n")


def tell(text: str) -> None:
    """Print a line of words about what happens, on standard error; where it takes none, the exit status has to do."""
    try:
        sys.stderr.write(clean(text, lines=True) + "\n")
        sys.stderr.flush()
    except OSError:
        let_go(sys.stderr)


def let_go(stream: TextIO) -> None:
    """Leave what Python would flush at exit nowhere to go, so that it does not fail once more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say_json(data: Mapping[str, Any]) -> None:
    """Print a JSON object with the number of its format."""
    sys.stdout.write(json_text({"format": FORMAT, **data}, indent=2) + "\n")


def json_text(data: Mapping[str, Any], indent: int | None = None) -> str:
    """Return data as JSON; what a terminal might obey is escaped, which reads back as the same text."""
    return re.sub(_UNSHOWN, _escaped, json.dumps(data, ensure_ascii=False, indent=indent, default=plain_value))


def say_error(error: FieldgateError, *, as_json: bool) -> None:
    """Say what is wrong and what to do, in words, and as JSON on standard output where that was asked for."""
    if as_json:
        fields = {"kind": error.kind, "message": error.message, "hint": error.hint, "where": error.where}
        missing = getattr(error, "missing", ())
        try:
            say_json({"error": {**fields, **({"missing": list(missing)} if missing else {})}})
            sys.stdout.flush()
        except OSError:
            let_go(sys.stdout)  # what was refused is said in words all the same
    missing = [each for each in getattr(error, "missing", ()) if each != error.message]
    tell(error.message)
    for each in missing:
        tell(each)
    if error.hint:
        tell(error.hint)


def plain_value(value: object) -> object:
    """Return a record's value as JSON has it: dates as ISO text, enums by their English value, sets as sorted lists."""
    if isinstance(value, datetime):
        return stamp_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def _escaped(found: re.Match[str]) -> str:
    # A line break of the layout is no text of a record: those are escaped already.
    character = found[0]
    return character if character == "\n" else f"\\u{ord(character):04x}"
