"""How text is laid out for a reader: cut and wrapped by terminal cells, never in the middle of a letter."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence

from fieldgate.cli.output import say
from fieldgate.domain.display import cell_width, clean, cut, pad, wrap
from fieldgate.values import dataclass

NARROWEST = 40
USUAL = 80
WIDEST = 120
"""Columns: text is never laid out narrower than the first nor wider than the last; a pipe gets the usual."""

GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its width in cells; 0 takes what is left."""

    title: str
    width: int = 0


def columns() -> int:
    """Return how many cells a line has: those of the terminal, the usual where the answer goes elsewhere."""
    if not sys.stdout.isatty():
        return USUAL
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((USUAL, 24)).columns))


def one_line(text: str, width: int) -> str:
    """Return the text on one line of at most `width` cells, its line breaks as spaces."""
    return cut(clean(" ".join(text.split())), width)


def indented(text: str, first: str, rest: str = "") -> Iterator[str]:
    """Yield the lines of a text wrapped to the screen, the first line behind `first`, the others below its text.

    Args:
        text: Of a record or of ours.
        first: What stands before the first line.
        rest: What stands before the others; as many spaces as `first` takes where it is empty.
    """
    rest = rest or " " * cell_width(first)
    lines = wrap(clean(text, lines=True), columns() - cell_width(first))
    for number, line in enumerate(lines):
        yield f"{rest if number else first}{line}".rstrip()


def say_wrapped(text: str, first: str = "", rest: str = "") -> None:
    """Print a text wrapped to the screen."""
    for line in indented(text, first, rest):
        say(line)


def say_table(heads: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below their heads; what does not fit is cut, so that each row is one line."""
    fixed = sum(each.width for each in heads) + len(GAP) * (len(heads) - 1)
    left = max(10, columns() - fixed)
    widths = [each.width or left for each in heads]
    say(_row([each.title for each in heads], widths))
    for row in rows:
        say(_row(row, widths))


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    drawn = [pad(one_line(cell, width), width) for cell, width in zip(cells, widths, strict=True)]
    return GAP.join(drawn).rstrip()
