"""Rows of a record list: what one is, where they come from a page at a time, and how one is laid out in cells."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from fieldgate.domain.display import clean
from fieldgate.ui.plain import cut, pad, wrap

PAGE = 128
"""Rows read at once."""
PAGES = 8
"""Pages kept."""


class Row(NamedTuple):
    """One record in a list, as raw text; the list cleans, cuts and draws it."""

    id: str
    lines: tuple[str, ...]
    """Title first. A title takes the lines of the row that the others leave."""
    glyph: str = ""
    """State as a sign before the title; a space keeps the column."""
    strong: bool = False
    """Drawn with weight."""
    dim: bool = False
    """Drawn faintly, for what is settled or saving."""
    marked: bool = False
    """Marked by whoever made the row; the list keeps its own marks beside these."""
    came: bool = False
    """Changed by others since the user last looked."""


class Source(Protocol):
    """Where rows come from; a page is asked for when it is about to be drawn."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        ...

    def page(self, start: int, limit: int) -> Sequence[Row]:
        """Return up to `limit` rows from number `start` on."""
        ...

    def position(self, id: str) -> int | None:  # noqa: A002 - the record's id
        """Return the number of the row of a record, None when it is not here."""
        ...


class Listed:
    """A source made of rows that are all at hand."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = tuple(rows)
        self._positions = {row.id: number for number, row in enumerate(self._rows)}

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def page(self, start: int, limit: int) -> Sequence[Row]:
        """Return up to `limit` rows from number `start` on."""
        return self._rows[start : start + limit]

    def position(self, id: str) -> int | None:  # noqa: A002 - the record's id
        """Return the number of the row of a record, None when it is not here."""
        return self._positions.get(id)


class Pages:
    """A window on a source: keeps the pages seen last, so that drawing asks once for each."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = source.count
        self._kept: dict[int, Sequence[Row]] = {}

    def row(self, number: int) -> Row | None:
        """Return a row, None where there is none (any more)."""
        if not 0 <= number < self.count:
            return None
        key, offset = divmod(number, PAGE)
        page = self._kept.pop(key, None)
        if page is None:
            page = self.source.page(key * PAGE, PAGE)
            if len(self._kept) >= PAGES:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = page
        return page[offset] if offset < len(page) else None


class Laid(NamedTuple):
    """A row laid out: lines of exact width and how each is drawn (title, strong, facts or dim)."""

    lines: tuple[str, ...]
    looks: tuple[str, ...]


class Layouts:
    """Lays rows out and keeps what was laid out last, since a row is drawn a line at a time.

    Args:
        height: Lines of a row.
    """

    def __init__(self, height: int) -> None:
        self._height = height
        self._kept: dict[tuple[Row, int, bool], Laid] = {}

    def of(self, row: Row, width: int, *, marked: bool) -> Laid:
        """Return a row laid out in lines of `width` cells."""
        key = (row, width, marked)
        laid = self._kept.get(key)
        if laid is None:
            if len(self._kept) >= PAGE:
                self._kept.clear()
            laid = self._kept[key] = lay_out(row, max(0, width), self._height, marked=marked)
        return laid


def lay_out(row: Row, width: int, height: int, *, marked: bool = False) -> Laid:
    """Lay a row out in `height` lines of `width` cells, its title on the lines that the others leave."""
    others = row.lines[1:height]
    spare = height - len(others)
    title = clean(row.lines[0]) if row.lines else ""
    if row.glyph:
        title = f"{clean(row.glyph)} {title}"
    if row.came:
        title = f"+ {title}"
    if marked or row.marked:
        title = f"* {title}"
    first = _title_lines(title, width, spare)
    texts = (*first, *(clean(line) for line in others))
    lines = tuple(pad(text, width) for text in (*texts, *[""] * (height - len(texts))))
    looks = ("strong" if row.strong else "title",) * len(first) + ("facts",) * (height - len(first))
    return Laid(lines, ("dim",) * height if row.dim else looks)


def _title_lines(title: str, width: int, spare: int) -> list[str]:
    if spare <= 1:
        return [title]
    wrapped = list(islice(wrap(title, width), spare + 1))
    if len(wrapped) > spare:
        wrapped[spare - 1] = cut(f"{wrapped[spare - 1]} {wrapped.pop()}", width)
    return wrapped
