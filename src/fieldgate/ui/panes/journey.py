"""The journey: touchpoints as a board of four columns, or as a map of phases and functions.

Columns that have no room for 22 cells fold to spines; which are open follows the cursor. A phase filter holds for the
whole board.
"""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from fieldgate.domain.listing import BOARD_COLUMNS, CardRow, Scope, View
from fieldgate.ui.bindings import binding
from fieldgate.ui.board_column import HINTS_OF_BOARD, BoardColumn
from fieldgate.ui.messages import HintsChanged, SideRequested
from fieldgate.ui.pane import Pane, show
from fieldgate.ui.widgets.signs import CARD_STATES
from fieldgate.ui.widgets.spine import Spine
from fieldgate.words import t
from fieldgate.workspace.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fieldgate.ui.widgets.journey_map import JourneyMap

LEAST = 22
"""The least cells of an open column."""
FOLDED = 5
"""The cells of a folded one."""


class JourneyPane(Pane):
    """The board and its second face, the map.

    Args:
        view: Key of the view; stands in the title of the leftmost column.
    """

    HINTS = HINTS_OF_BOARD
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("board.phase_before", "phase(-1)"),
        binding("board.phase_after", "phase(1)"),
        binding("board.map", "map"),
        binding("list.back", "back"),
    ]

    def __init__(self, *, view: int, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._view = view
        self._columns = [BoardColumn(state) for state in BOARD_COLUMNS]
        self._spines = [Spine(t(CARD_STATES[state].words)) for state in BOARD_COLUMNS]
        self._width = 0
        self._at = 0
        self._first = 0
        self._phase = ""
        self._function = ""
        self._is_map = False
        self._counts: Mapping[tuple[str, str, str], int] = {}

    def compose(self) -> ComposeResult:
        """Place the columns; a spine or the map comes when it is first shown."""
        for column in self._columns:
            yield column.data_bind(JourneyPane.state)

    def on_mount(self) -> None:
        """Fold what has no room now that the columns have their places."""
        self._fold()

    @property
    def heart(self) -> Widget:
        """The column of the cursor, or the map."""
        return self._map if self._is_map else self._columns[self._at]

    @property
    def phase(self) -> str:
        """Id of the phase that the board is filtered to; empty for all."""
        return self._phase

    @property
    def cell(self) -> tuple[str, str]:
        """Phase and function under the cursor of the map, or that the board is filtered to; empty for all."""
        return self._map.cursor if self._is_map else (self._phase, self._function)

    @property
    def column(self) -> int:
        """Number of the column of the cursor."""
        return self._at

    @property
    def columns(self) -> "Sequence[BoardColumn]":
        """The lists of the board, from left to right."""
        return self._columns

    @property
    def is_map(self) -> bool:
        """Whether the map is shown."""
        return self._is_map

    @property
    def folds(self) -> tuple[int, int]:
        """Number of the column of the cursor, and of the first one that is open."""
        return self._at, self._first

    def come_back(self, phase: str, column: int, first: int, *, is_map: bool) -> None:
        """Show again what was shown when one left."""
        self._at = min(max(column, 0), len(self._columns) - 1)
        self._first = min(max(first, 0), len(self._columns) - 1)
        self._is_map = is_map
        self._filter(phase)

    def draw(self, state: State) -> None:
        """Count what columns and map show; the columns get the State themselves."""
        self._counts = state.reader.board_counts()
        self._fold()

    def go_to(self, record_id: str) -> bool:
        """Put the cursor on a card, whatever phase is shown; False when no column has it."""
        cards = self.state.reader.rows(View.BOARD, [record_id]) if self.state else []
        card = cast("CardRow", cards[0]) if cards else None
        if card is None or card.state not in BOARD_COLUMNS:
            return False
        self._is_map = False
        if (self._phase and card.phase != self._phase) or (self._function and card.function != self._function):
            self._filter("")
        self._at = BOARD_COLUMNS.index(card.state)
        self._fold()
        return self._columns[self._at].go_to(record_id)

    @cached_property
    def _map(self) -> "JourneyMap":
        from fieldgate.ui.widgets.journey_map import JourneyMap  # most look at the board

        return JourneyMap(id="journey-map")

    # Keys

    def action_phase(self, by: int) -> None:
        """Show the next phase, or the one before; all phases come first."""
        if self.state is not None:
            ids = ["", *(each.id for each in self.state.playbook.phases)]
            self._filter(ids[(ids.index(self._phase) + by) % len(ids)])
            if self._is_map and self._phase:
                self._map.go_to(self._phase)

    def action_map(self) -> None:
        """Show the map, or the board again."""
        self._is_map = not self._is_map
        self._fold()
        self.heart.focus(scroll_visible=False)
        self.post_message(HintsChanged())

    def on_journey_map_chosen(self, event: "JourneyMap.Chosen") -> None:
        """Show the cards of a phase; named and not marked, for the map is loaded late."""
        event.stop()
        self._filter(event.phase, event.function)
        self._is_map = False
        self._at = self._fullest()
        self._fold()
        self.heart.focus(scroll_visible=False)
        self.post_message(HintsChanged())

    @on(SideRequested)
    def _change_column(self, event: SideRequested) -> None:
        """Go to the neighbouring column; beyond the last ones the desk decides."""
        if 0 <= self._at + event.by < len(self._columns):
            event.stop()
            self._at += event.by
            self._fold()
            self.heart.focus(scroll_visible=False)

    @on(Spine.Clicked)
    def _unfold(self, event: Spine.Clicked) -> None:
        event.stop()
        self._at = self._spines.index(event.spine)
        self._fold()
        self.heart.focus(scroll_visible=False)

    @on(events.DescendantFocus)
    def _follow_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, BoardColumn):
            self._at = self._columns.index(event.widget)

    def fit(self, width: int) -> None:
        """Fold what has no room in `width` cells."""
        if width != self._width:
            self._width = width
            self._fold()

    # Looks

    def _filter(self, phase: str, function: str = "") -> None:
        self._phase, self._function = phase, function
        for column in self._columns:
            column.narrow_to(Scope(state=column.column, phase=phase, function=function))
        self._fold()

    def _fullest(self) -> int:
        """The first column with a card in it."""
        return next((number for number, column in enumerate(self._columns) if column.count), 0)

    def _count_of(self, column: str) -> int:
        return sum(
            cards
            for (phase, function, state), cards in self._counts.items()
            if state == column and self._phase in {"", phase} and self._function in {"", function}
        )

    def _fold(self) -> None:
        room = self._room()
        self._first = max(0, min(self._first, len(self._columns) - room))
        self._first = min(max(self._first, self._at - room + 1), self._at)
        shown = range(self._first, self._first + room)
        for place, (column, spine) in enumerate(zip(self._columns, self._spines, strict=True)):
            show(column, visible=not self._is_map and place in shown)
            folded = not self._is_map and place not in shown
            self._bring(spine, column, visible=folded)
            spine.show(t(CARD_STATES[column.column].words), self._count_of(column.column))
            column.lead(self._lead() if place == self._first else "")
        if self._is_map or "_map" in self.__dict__:
            self._bring(self._map, self._columns[-1], visible=self._is_map)
        if self._is_map and self.state is not None:
            self._draw_map(self.state)
            self._map.set_title(f"{self._view} {t('Journey map')}")

    def _bring(self, widget: Widget, after: Widget, *, visible: bool) -> None:
        """Show a widget or hide it, and mount it behind another one at the first time it is shown."""
        if visible and widget.parent is None and after.parent is self:
            self.mount(widget, after=after)
        show(widget, visible=visible)

    def _lead(self) -> str:
        if not self._phase or self.state is None:
            return f"{self._view} "
        name = next((t(each.title) for each in self.state.playbook.phases if each.id == self._phase), self._phase)
        return f"{self._view} {' · '.join(each for each in (name, self._function) if each)}: "

    def _room(self) -> int:
        """How many columns can be open."""
        count = len(self._columns)
        while count > 1 and count * LEAST + (len(self._columns) - count) * FOLDED > self._width:
            count -= 1
        return count

    def _draw_map(self, state: State) -> None:
        from fieldgate.ui.widgets.journey_map import MapCell, MapData  # as above

        counts: dict[tuple[str, str], dict[str, int]] = {}
        for (phase, function, card_state), cards in self._counts.items():
            counts.setdefault((phase, function), {})[card_state] = cards
        cells = {
            place: MapCell(
                gap=found.get("gap", 0),
                fixing=found.get("fixing", 0),
                unasked=found.get("unasked", 0),
                ready=found.get("ready", 0),
            )
            for place, found in counts.items()
        }
        phases = tuple((each.id, t(each.title)) for each in state.playbook.phases)
        functions = tuple((each.id, t(each.title)) for each in state.playbook.functions)
        self._map.show(MapData(phases=phases, functions=functions, cells=cells))
