"""Opening the screen: which calls mean just that, and what has to be there for it.

A call that names nothing but a workspace is recognised without the library of the command line, whose import is a
tenth of the time until the first frame; every other call, and every wrong one, goes through that library.
"""

import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from fieldgate.errors import UsageError
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.locations import Locations
    from fieldgate.workspace.clock import Clock

_DAY = "--today"


def open_plainly(words: Sequence[str]) -> int | None:
    """Open the screen for `fieldgate`, `fieldgate PATH` and either with `--today DATE`; None for every other call.

    PATH is one here only if it cannot be a command: it holds a separator, is `.` or `..`, or ends in .fieldgate or .zip.

    Raises:
        FieldgateError: There is no terminal, or what was named cannot be opened.
    """
    rest, day = list(words), None
    if _DAY in rest[:-1]:
        place = rest.index(_DAY)
        _, text = rest[place : place + 2]
        del rest[place : place + 2]
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
    if len(rest) > 1 or (rest and not _is_path(rest[0])):
        return None
    from fieldgate.locations import Locations  # a call that is none of these needs neither
    from fieldgate.workspace.clock import Clock

    author = os.environ.get("FIELDGATE_AUTHOR") or None
    return run_screen(rest[0] if rest else None, Locations.find(), Clock(day), author)


def _is_path(word: str) -> bool:
    if word.startswith("-"):
        return False
    return os.sep in word or word in {".", ".."} or word.endswith((".fieldgate", ".zip"))


def need_terminal() -> None:
    """Refuse to draw where nobody could see or answer it.

    Raises:
        UsageError: Input or screen is no terminal, TERM is dumb, or the encoding cannot show other scripts.
    """
    told = t("The commands work without a screen: fieldgate status, fieldgate --help.")
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(t("The screen needs a terminal, and there is none."), told)
    if os.environ.get("TERM", "dumb") in {"", "dumb"}:
        raise UsageError(t("The screen needs a terminal that can move its cursor; TERM says dumb."), told)
    encoding = (getattr(sys.__stderr__, "encoding", "") or "").lower().replace("-", "")
    if encoding != "utf8":
        raise UsageError(
            t("The terminal's encoding is {encoding}, which cannot show most scripts.", encoding=encoding),
            t("Set it to UTF-8, for example: LC_ALL=C.UTF-8 fieldgate"),
        )


def run_screen(
    path: str | None, locations: "Locations", clock: "Clock", author: str | None = None, **options: Any
) -> int:
    """Open the screen on a workspace; returns the exit status."""
    need_terminal()
    from fieldgate.ui.app import run_app  # the late import that keeps Textual out of every other command

    status: int = run_app(path, locations, clock, author, **options)
    return status
