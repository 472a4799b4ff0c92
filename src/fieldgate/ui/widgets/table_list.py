"""TableList: a record list whose rows are cells under headings; a cell takes as many lines as a row has.

Columns share the width by their weights, none less than its least; what does not fit is cut within its column.
"""

from collections.abc import Sequence
from itertools import islice

from rich.segment import Segment
from textual.geometry import Region

from fieldgate.domain.display import clean
from fieldgate.ui.plain import cut, pad, wrap
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Laid, Layouts, Row
from fieldgate.values import dataclass

_GAP = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, the least cells it takes, and its share of what is left over."""

    heading: str
    least: int
    weight: int = 0


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Share `room` cells among columns with a gap between each two; too little room shortens the widest first."""
    free = room - _GAP * (len(columns) - 1) - sum(column.least for column in columns)
    sizes = [column.least for column in columns]
    while free < 0 and max(sizes) > 1:
        sizes[sizes.index(max(sizes))] -= 1
        free += 1
    weights = sum(column.weight for column in columns)
    if free > 0 and weights:
        for number, column in enumerate(columns):
            sizes[number] += free * column.weight // weights
    return sizes


class Cells(Layouts):
    """Lays a row out as cells, each wrapped within its column."""

    def __init__(self, columns: Sequence[Column], height: int) -> None:
        super().__init__(height)
        self._columns = tuple(columns)
        self._lines = height
        self._cells: dict[tuple[Row, int], Laid] = {}

    def of(self, row: Row, width: int, *, marked: bool) -> Laid:
        """Return a row laid out in lines of `width` cells."""
        del marked
        key = (row, width)
        laid = self._cells.get(key)
        if laid is None:
            if len(self._cells) >= 128:  # noqa: PLR2004 - as many rows as a page has
                self._cells.clear()
            laid = self._cells[key] = self._lay_out(row, max(0, width))
        return laid

    def _lay_out(self, row: Row, width: int) -> Laid:
        sizes = widths(self._columns, width)
        cells = [self._cell(clean(text), size) for text, size in zip(row.lines, sizes, strict=False)]
        lines = tuple(
            pad(
                " ".join(
                    pad(cell[number] if number < len(cell) else "", size)
                    for cell, size in zip(cells, sizes, strict=False)
                ),
                width,
            )
            for number in range(self._lines)
        )
        look = "dim" if row.dim else "strong" if row.strong else "title"
        return Laid(lines, (look, *("dim" if row.dim else "facts",) * (self._lines - 1)))

    def _cell(self, text: str, size: int) -> list[str]:
        found = list(islice(wrap(text, size), self._lines + 1)) if size > 1 else [text]
        if len(found) > self._lines:
            found[self._lines - 1] = cut(f"{found[self._lines - 1]} {found.pop()}", size)
        return found


class TableList(RecordList):
    """A list with headings above its rows. Its rows give one text for each column.

    `set_columns` says which columns there are.
    """

    _columns: tuple[Column, ...] = ()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns from now on."""
        self._columns = tuple(columns)
        self._layouts = Cells(columns, self._lines)
        self.refresh()

    @property
    def _fitting(self) -> int:
        return max(1, (self.inner_height - 1 + self._step - self._lines) // self._step)

    def inner_region(self, y: int, height: int) -> Region:
        """Return where lines below the headings are within the widget."""
        return super().inner_region(y + 1, height)

    def number_at(self, y: int) -> int | None:
        return super().number_at(y - 1)

    def inner_line(self, y: int) -> Sequence[Segment]:
        """Draw the headings, then the rows."""
        if y and self.count:
            return super().inner_line(y - 1)
        if not self.count:
            return super().inner_line(y)
        width = self.inner_width - 2
        sizes = widths(self._columns, width)
        heads = " ".join(pad(column.heading, size) for column, size in zip(self._columns, sizes, strict=True))
        return [Segment(pad(f" {heads}", self.inner_width), self.look("record-list--facts"))]
