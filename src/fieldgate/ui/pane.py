"""Panes: the parts of the desk. Each draws itself from the State alone, and asks for things by messages.

A pane that lists records of one kind is a `ListPane` with a `row_of`; anything else is a `Pane`. Neither knows the
app, and no pane knows another.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from fieldgate.domain.listing import KIND_OF_VIEW, WHOLE, ListRow, Scope, View
from fieldgate.store.reader import Reader
from fieldgate.ui.bindings import binding
from fieldgate.ui.messages import BackRequested, CursorMoved, DetailRequested, FilterRequested, SideRequested
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import mark, t
from fieldgate.workspace.state import State

SIDES: list[BindingType] = [
    binding("list.left", "side(-1)"),
    binding("list.right", "side(1)"),
    binding("list.back", "back"),
]
"""The keys by which every pane lets go of the focus."""

MakeRow = Callable[[ListRow], Row]


def show(widget: Widget, *, visible: bool) -> None:
    """Show a widget or hide it. Not by a class: that would style all that is in it anew."""
    if widget.display != visible:
        widget.display = visible


class ViewSource:
    """Rows of a list of the store, a page at a time.

    Args:
        reader: Reads them.
        view: Which list.
        make: Makes a row to draw.
        scope: Which part of the list.
    """

    def __init__(self, reader: Reader, view: View, make: MakeRow, scope: Scope = WHOLE) -> None:
        self._reader = reader
        self._view = view
        self._make = make
        self._scope = scope
        self._count: int | None = None

    @property
    def count(self) -> int:
        """How many rows there are."""
        if self._count is None:
            self._count = self._reader.count(self._view, self._scope)
        return self._count

    def page(self, start: int, limit: int) -> Sequence[Row]:
        """Return up to `limit` rows from number `start` on."""
        return [self._make(row) for row in self._reader.page(self._view, start, limit, self._scope)]

    def position(self, id: str) -> int | None:  # noqa: A002 - the record's id, as in the protocol
        """Return the number of the row of a record, None when it is not here."""
        return self._reader.position(self._view, id, self._scope)


class FoundSource:
    """The rows of a list that a search found, a page at a time.

    Args:
        reader: Reads them.
        view: Which list.
        ids: Those that were found, in the order of the list.
        make: Makes a row to draw.
    """

    def __init__(self, reader: Reader, view: View, ids: Sequence[str], make: MakeRow) -> None:
        self._reader = reader
        self._view = view
        self._ids = ids
        self._places = {each: number for number, each in enumerate(ids)}
        self._make = make

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._ids)

    def page(self, start: int, limit: int) -> Sequence[Row]:
        """Return up to `limit` rows from number `start` on."""
        return [self._make(row) for row in self._reader.rows(self._view, self._ids[start : start + limit])]

    def position(self, id: str) -> int | None:  # noqa: A002 - the record's id, as in the protocol
        """Return the number of the row of a record, None when it was not found."""
        return self._places.get(id)


class Covered(Widget):
    """A widget that its parts cover: what would be drawn behind them, line by line, is never seen."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return empty lines."""
        return [Strip.blank(crop.width)] * crop.height


class Pane(Covered):
    """A pane made of parts."""

    HINTS: ClassVar[tuple[str, ...]] = ()
    """Ids of the keys to offer, most used first."""

    state: reactive[State | None] = reactive(None, layout=False, repaint=False)

    def watch_state(self, state: State | None) -> None:
        """Draw what came down."""
        if state is not None:
            self.draw(state)

    def draw(self, state: State) -> None:
        """Show a State."""
        raise NotImplementedError

    @property
    def heart(self) -> Widget:
        """The widget that takes the focus for the pane."""
        return self

    def action_side(self, by: int) -> None:
        """Go to what lies beside the pane."""
        self.post_message(SideRequested(by))

    def action_back(self) -> None:
        """Go one level out."""
        self.post_message(BackRequested())


class ListPane(RecordList):
    """A pane that lists the records of a view.

    Args:
        number: Key of the view; stands in the title.
        scope: Which part of the list.
    """

    VIEW: ClassVar[View]
    NAME: ClassVar[str] = ""
    """What the list is called, marked for the catalogue."""
    EMPTY: ClassVar[str] = ""
    """Said when there are no rows, marked for the catalogue."""
    FILLS: ClassVar[tuple[tuple[str, str], ...]] = (("record.new", mark("writes the first one")),)
    """Keys that fill the list, with what each does."""
    LINES: ClassVar[int] = 3
    GAP: ClassVar[int] = 1
    HINTS: ClassVar[tuple[str, ...]] = (
        "record.new",
        "record.edit",
        "app.undo",
        "triage.start",
        "list.filter",
        "list.open",
        "record.moves",
        "record.archive",
        "list.zoom",
        "list.mark",
        "record.action",
        "pane.next",
    )
    BINDINGS: ClassVar[list[BindingType]] = SIDES

    state: reactive[State | None] = reactive(None, layout=False, repaint=False)

    def __init__(
        self,
        *,
        number: int = 0,
        scope: Scope = WHOLE,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        empty = Content(t(self.EMPTY))
        super().__init__(lines=self.LINES, gap=self.GAP, empty=empty, id=id, classes=classes)
        self._number = number
        self._scope = scope
        self._wish = ""
        self._found: Sequence[str] | None = None
        self._left_at: tuple[str, int | None] = "", None

    @property
    def wish(self) -> str:
        """What the list is filtered by; empty for nothing."""
        return self._wish

    def hold_wish(self, wish: str) -> None:
        """Wish for something; the rows stay until it is found."""
        self._wish = wish
        if self.state is not None:
            self.set_title(self.titled(self.state))

    def keep_found(self, wish: str, ids: Sequence[str] | None) -> None:
        """Show only what a search found; None shows all again, until something is found."""
        self._wish, self._found = wish, ids
        self.watch_state(self.state)

    @property
    def kind(self) -> str:
        """The kind of record that it lists."""
        return KIND_OF_VIEW[self.VIEW]

    @property
    def heart(self) -> Widget:
        """The widget that takes the focus for the pane."""
        return self

    @property
    def scope(self) -> Scope:
        """Which part of the list is shown."""
        return self._scope

    def watch_state(self, state: State | None) -> None:
        """Draw what came down."""
        if state is not None:
            self.draw(state)

    def draw(self, state: State) -> None:
        """Show the rows of a State; the cursor stays on its record."""
        keep, first = self._left_at
        self._left_at = "", None
        if self._found is not None:
            self.show(FoundSource(state.reader, self.VIEW, self._found, lambda row: self._made(row, state)))
        else:
            source = ViewSource(state.reader, self.VIEW, lambda row: self._made(row, state), self._scope)
            self.show(source, keep=keep, first=first)
        self.set_title(self.titled(state))

    def come_back(self, record_id: str, first: int) -> None:
        """Begin with the cursor on a record, and with a first row on the screen."""
        self._left_at = record_id, first

    def titled(self, state: State) -> str:
        """Say what stands in the frame, with the filter."""
        heading = self.heading(state)
        return f"{heading} /{self._wish}" if self._wish else heading

    def narrow_to(self, scope: Scope) -> None:
        """Show another part of the list."""
        if scope != self._scope:
            self._scope = scope
            self._found = None
            self.watch_state(self.state)
            if self._wish:
                self.post_message(FilterRequested())

    def _made(self, row: ListRow, state: State) -> Row:
        """Return a row, marked if others changed the record since the user last looked."""
        made = self.row_of(row, state)
        return made._replace(came=True) if row.id in state.came else made

    def row_of(self, row: ListRow, state: State) -> Row:
        """Say how a record is listed."""
        raise NotImplementedError

    def heading(self, state: State) -> str:
        """Say what stands in the frame: the key of the view, its name, how many."""
        del state
        number = f"{self._number} " if self._number else ""
        return f"{number}{t(self.NAME)} {self.count}"

    def action_side(self, by: int) -> None:
        """Go to what lies beside the pane."""
        self.post_message(SideRequested(by))

    def action_back(self) -> None:
        """Go one level out."""
        self.post_message(BackRequested())

    @on(RecordList.Moved)
    def _tell_cursor(self, event: RecordList.Moved) -> None:
        event.stop()
        if self.has_focus:
            self.post_message(CursorMoved(self.kind, event.id))

    @on(RecordList.Chosen)
    def _ask_detail(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.post_message(DetailRequested(self.kind, event.id))

    @on(events.Focus)
    def _tell_place(self) -> None:
        self.post_message(CursorMoved(self.kind, self.cursor_id))
