"""JourneyMap: the journey as a grid, twelve functions down and four phases across, each cell with its counts.

A cell shows gaps / to ask / ready and a shade of the worst in it: █ a gap, ▒ a question not asked, ░ all ready, and
· where there is no card. The shade reads without colour.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message

from fieldgate.domain.display import clean
from fieldgate.ui.bindings import binding
from fieldgate.ui.plain import pad, width_of
from fieldgate.ui.widgets.frame import Framed
from fieldgate.words import t

_LABEL = 4
_LEAST_NAME = 16
_LEAST_CELL = 11
_ABOVE = 1


class MapCell(NamedTuple):
    """How many cards of one phase and function are in which state; `fixing` counts as a gap being closed."""

    gap: int = 0
    fixing: int = 0
    unasked: int = 0
    ready: int = 0

    @property
    def shade(self) -> str:
        """The worst in the cell as a shade."""
        if self.gap + self.fixing:
            return "█"
        if self.unasked:
            return "▒"
        return "░" if self.ready else "·"

    @property
    def text(self) -> str:
        """The counts as they are written; empty without cards."""
        if not self.gap + self.fixing + self.unasked + self.ready:
            return ""
        return f"{self.gap + self.fixing} / {self.unasked} / {self.ready}"


class MapData(NamedTuple):
    """The whole map: phases and functions by id and name, and the cells by (phase, function)."""

    phases: tuple[tuple[str, str], ...]
    functions: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], MapCell]


class JourneyMap(Framed, can_focus=True):
    """The grid, with a cursor on one cell."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        **Framed.LOOKS,
        "journey-map--head": "$text-muted",
        "journey-map--gap": "bold $warning",
        "journey-map--ask": "$foreground",
        "journey-map--ready": "$success",
        "journey-map--none": "$text-disabled",
        "journey-map--cursor": "bold $block-cursor-foreground on $block-cursor-background",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.down", "move(0, 1)"),
        binding("list.up", "move(0, -1)"),
        binding("list.left", "move(-1, 0)"),
        binding("list.right", "move(1, 0)"),
        binding("list.home", "move(0, -99)"),
        binding("list.end", "move(0, 99)"),
        binding("list.open", "choose"),
    ]

    class Chosen(Message):
        """A cell was chosen: show the board of its cards."""

        def __init__(self, phase: str, function: str) -> None:
            super().__init__()
            self.phase = phase
            self.function = function

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._data: MapData | None = None
        self._x = 0
        self._y = 0

    def show(self, data: MapData) -> None:
        """Show other counts; the cursor stays on its cell."""
        self._data = data
        self.refresh()

    @property
    def cursor(self) -> tuple[str, str]:
        """Phase and function under the cursor; empty before there is a map."""
        if self._data is None:
            return "", ""
        return self._data.phases[self._x][0], self._data.functions[self._y][0]

    def go_to(self, phase: str, function: str = "") -> None:
        """Put the cursor on a phase, and on a function of it."""
        if self._data is None:
            return
        ids = [each for each, _ in self._data.phases]
        self._x = ids.index(phase) if phase in ids else self._x
        ids = [each for each, _ in self._data.functions]
        self._y = ids.index(function) if function in ids else self._y
        self.refresh()

    def action_move(self, by_x: int, by_y: int) -> None:
        """Move the cursor by columns and rows."""
        if self._data is None:
            return
        before = self._y
        self._x = max(0, min(len(self._data.phases) - 1, self._x + by_x))
        self._y = max(0, min(len(self._data.functions) - 1, self._y + by_y))
        self.refresh(*(self._region_of(y) for y in {before, self._y}))

    def action_choose(self) -> None:
        """Open the board at this cell."""
        if self._data is not None:
            self.post_message(self.Chosen(*self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked cell; a double click opens it."""
        if self._data is None:
            return
        label, cell = self._columns()
        y = event.y - self.edge - _ABOVE + self._first
        x = (event.x - self.edge - 1 - label) // cell if cell else -1
        if 0 <= y < len(self._data.functions) and 0 <= x < len(self._data.phases):
            self._x, self._y = x, y
            self.refresh()
            if event.chain == 2:  # noqa: PLR2004 - a double click
                self.action_choose()

    @property
    def _first(self) -> int:
        """The first function shown, where there is no room for all."""
        room = max(1, self.inner_height - _ABOVE)
        return max(0, self._y - room + 1)

    def _region_of(self, row: int) -> Region:
        if self._first:
            return Region(0, 0, *self.size)
        return self.inner_region(row + _ABOVE, 1)

    def _columns(self) -> tuple[int, int]:
        """Return the cells of a function's name and of a column."""
        data = self._data
        phases = len(data.phases) if data else 1
        width = self.inner_width - 1
        longest = max((width_of(clean(name)) for _, name in data.functions), default=0) if data else 0
        label = min(longest + _LABEL + 2, max(_LEAST_NAME, width - phases * (_LEAST_CELL + 2)))
        return label, max(1, (width - label) // phases)

    def inner_line(self, y: int) -> Sequence[Segment]:
        """Draw the phases, the functions with their cells, and what the shades mean."""
        data = self._data
        if data is None:
            return [self.blank]
        if y == 0:
            return self._heads(data)
        row = y - _ABOVE + self._first
        if row < len(data.functions):
            return self._row(data, row)
        legend = t("█ gap  ▒ to ask  ░ ready  · none   counts: gap / to ask / ready   enter: its cards")
        if row == len(data.functions) + 1:
            return [Segment(pad(f" {legend}", self.inner_width), self.look("journey-map--head"))]
        return [self.blank]

    def _heads(self, data: MapData) -> list[Segment]:
        label, cell = self._columns()
        text = " " * (label + 1) + "".join(pad(clean(name), cell - 1) + " " for _, name in data.phases)
        return [Segment(pad(text, self.inner_width), self.look("journey-map--head"))]

    def _row(self, data: MapData, row: int) -> list[Segment]:
        label, cell = self._columns()
        function, name = data.functions[row]
        name = pad(f"{pad(function, _LABEL)}{clean(name)}", label - 1)
        segments = [Segment(f" {name} ", self.look("journey-map--head" if row != self._y else "framed--title"))]
        looks = {"█": "gap", "▒": "ask", "░": "ready", "·": "none"}
        for number, (phase, _) in enumerate(data.phases):
            found = data.cells.get((phase, function), MapCell())
            on_cursor = (number, row) == (self._x, self._y)
            marker = ("▌" if self.has_focus else "▏") if on_cursor else " "
            look = "cursor" if on_cursor and self.has_focus else looks[found.shade]
            text = pad(f"{marker}{found.shade}{found.shade} {found.text}", cell)
            segments.append(Segment(text, self.look(f"journey-map--{look}")))
        used = label + 1 + cell * len(data.phases)
        return [*segments, Segment(" " * max(0, self.inner_width - used), self.look(""))]
