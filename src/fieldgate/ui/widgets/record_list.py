"""RecordList: the one list of the app, line-drawn and paged, as quick with 100,000 rows as with ten.

It draws only what is visible, asks its source a page at a time, and keeps its cursor on a record, not on a number:
after any change the cursor stays on the record it was on. A cursor move draws two rows. The cursor shows as `▌` and
by weight, so that it is seen without colour.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeAlias

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region

from fieldgate.ui.bindings import binding
from fieldgate.ui.plain import pad
from fieldgate.ui.widgets import row_news
from fieldgate.ui.widgets.frame import Framed, thumb_lines
from fieldgate.ui.widgets.rows import Layouts, Listed, Pages, Row, Source
from fieldgate.ui.widgets.window import Window

_CURSOR, _RESTING_CURSOR = "▌", "▏"
_DOUBLE = 2


class RecordList(Framed, can_focus=True):
    """A list of records with one cursor.

    Args:
        source: Where the rows come from; `show` gives it another.
        lines: Lines of text of a row.
        gap: Blank lines after a row.
        title: Written into the frame.
        empty: Shown when there are no rows; says what would fill the list and the key that does.
        framed: Whether it wears a frame.
        markable: Whether space marks rows here; otherwise the key goes on to whoever wants it.
    """

    LOOKS: ClassVar[Mapping[str, str]] = {
        **Framed.LOOKS,
        "record-list--title": "$foreground",
        "record-list--strong": "bold $foreground",
        "record-list--facts": "$text-muted",
        "record-list--dim": "$text-disabled",
        "record-list--cursor": "bold $block-cursor-foreground on $block-cursor-background",
        "record-list--cursor-rest": "$block-cursor-blurred-foreground on $block-cursor-blurred-background",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.down", "move(1)"),
        binding("list.up", "move(-1)"),
        binding("list.page_down", "page(1)"),
        binding("list.page_up", "page(-1)"),
        binding("list.home", "first"),
        binding("list.end", "last"),
        binding("list.open", "choose"),
        binding("list.mark", "mark"),
    ]

    Moved: TypeAlias = row_news.Moved
    Chosen: TypeAlias = row_news.Chosen
    Marked: TypeAlias = row_news.Marked
    Dropped: TypeAlias = row_news.Dropped

    steered = False  # Its keys may be heard elsewhere: then the cursor counts without the focus.

    def __init__(
        self,
        source: Source | None = None,
        *,
        lines: int = 3,
        gap: int = 1,
        title: str = "",
        empty: Content | None = None,
        framed: bool = True,
        markable: bool = True,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(title=title, framed=framed, name=name, id=id, classes=classes)
        self._pages = Pages(source or Listed())
        self._window = Window(self._pages.count)
        self._lines = lines
        self._step = lines + gap
        self._empty = empty or Content()
        self._markable = markable
        self._marks: set[str] = set()
        self._cursor_id = ""
        self._told: str | None = None
        self._layouts = Layouts(lines)
        self._pressed: tuple[str, int, int] | None = None

    # What is shown

    @property
    def count(self) -> int:
        return self._pages.count

    @property
    def cursor(self) -> int:
        return self._window.cursor

    @property
    def cursor_id(self) -> str:
        """Id of the record under the cursor; empty when there is none."""
        return self._cursor_id

    @property
    def place(self) -> tuple[str, int]:
        """Where the user is, to come back to: id under the cursor, number of the first row shown."""
        return self._cursor_id, self._window.first

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(self._marks)

    def row(self, number: int) -> Row | None:
        return self._pages.row(number)

    def show(self, source: Source, *, keep: str = "", first: int | None = None) -> None:
        """Show other rows; the cursor stays on its record if it is still among them.

        Args:
            source: Where the rows come from now.
            keep: Id to put the cursor on; otherwise the record it is on.
            first: First row to show, to come back to a place; otherwise the cursor stays where it is on the screen.
        """
        window, wanted = self._window, keep or self._cursor_id
        offset = window.cursor - window.first
        self._pages = Pages(source)
        position = source.position(wanted) if wanted else None
        cursor = window.cursor if position is None else position
        window.settle(self._pages.count, cursor, cursor - offset if first is None else first)
        self._tell()
        self.refresh()

    def set_empty(self, empty: Content) -> None:
        """Say something else while there are no rows."""
        self._empty = empty
        if not self.count:
            self.refresh()

    def clear_marks(self) -> None:
        self._marks.clear()
        self.refresh()

    def go_to(self, id: str) -> bool:  # noqa: A002 - the record's id
        """Put the cursor on a record; False when it is not in the list."""
        position = self._pages.source.position(id)
        if position is not None:
            self._move_to(position)
        return position is not None

    def action_move(self, by: int) -> None:
        self._move_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by what fits on the screen."""
        self._move_to(self.cursor + by * self._window.fitting)

    def action_first(self) -> None:
        self._move_to(0)

    def action_last(self) -> None:
        self._move_to(self.count - 1)

    def action_choose(self) -> None:
        """Open the record under the cursor."""
        if self._cursor_id:
            self.post_message(self.Chosen(self, self._cursor_id))

    def action_mark(self) -> None:
        """Mark the row under the cursor, or unmark it, and go on to the next."""
        if self._cursor_id:
            self._marks ^= {self._cursor_id}
            self.post_message(self.Marked(self, self._cursor_id))
            self.refresh(self._region(self.cursor))
            self._move_to(self.cursor + 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Leave the key of `mark` to others where rows are not marked."""
        return self._markable or action != "mark"

    def _move_to(self, number: int) -> None:
        before = self.cursor
        if self._window.move_to(number):
            self.refresh()
        elif self.cursor != before:
            self.refresh(*(self._region(row) for row in (before, self.cursor) if row >= self._window.first))
        self._tell()

    def _region(self, number: int) -> Region:
        return self.inner_region((number - self._window.first) * self._step, self._lines)

    def _tell(self) -> None:
        row = self._pages.row(self.cursor)
        self._cursor_id = row.id if row else ""
        if self._told != self._cursor_id and self.is_attached:
            self._told = self._cursor_id
            self.post_message(self.Moved(self, self._cursor_id))

    def on_mount(self) -> None:
        self._tell()

    def on_resize(self) -> None:
        """Lay the rows out anew and keep the cursor in sight."""
        if self._window.fit(self._fitting):
            self.refresh()

    @property
    def _fitting(self) -> int:
        return max(1, (self.inner_height + self._step - self._lines) // self._step)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked row; a double click opens it."""
        number = self.number_at(event.y)
        if number is not None:
            self._move_to(number)
            if event.chain == _DOUBLE:
                self.action_choose()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember what may be dragged from here."""
        number = self.number_at(event.y)
        row = None if number is None else self._pages.row(number)
        if row is not None:
            self._pressed = (row.id, event.screen_x, event.screen_y)
            self.capture_mouse()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Tell where the dragged record was let go."""
        self.release_mouse()
        pressed, self._pressed = self._pressed, None
        if pressed is not None:
            record_id, x, y = pressed
            if abs(event.screen_x - x) > 1 or abs(event.screen_y - y) >= self._step:
                self.post_message(self.Dropped(self, record_id, event.screen_x, event.screen_y))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by a row; the cursor stays on its record."""
        event.stop()
        if self._window.scroll(1):
            self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        if self._window.scroll(-1):
            self.refresh()

    def position(self, id: str) -> int | None:  # noqa: A002 - the record's id
        """Return the number of the row of a record."""
        return self._pages.source.position(id)

    def number_at(self, y: int) -> int | None:
        """Return the number of the row that is drawn on line `y` of the widget."""
        line = y - self.edge
        number = self._window.first + line // self._step
        return number if 0 <= line < self.inner_height and number < self.count else None

    # Drawing

    def thumb(self) -> range:
        return thumb_lines(self._window.first, self._fitting, self.count, self.inner_height)

    def inner_line(self, y: int) -> Sequence[Segment]:
        if y == 0:
            # Textual loses the first resize of a widget that was refreshed before it was placed.
            self._window.fit(self._fitting)
        if not self.count:
            return self.content_line(self._empty, y, "record-list--facts")
        rows, line = divmod(y, self._step)
        number = self._window.first + rows
        row = self._pages.row(number)
        if row is None or line >= self._lines:
            return [self.blank]
        laid = self._layouts.of(row, self.inner_width - 2, marked=row.id in self._marks)
        marker, look = " ", laid.looks[line]
        if number == self.cursor:
            acts = self.has_focus or self.steered
            marker, look = (_CURSOR, "cursor") if acts else (_RESTING_CURSOR, "cursor-rest")
        return [Segment(pad(f"{marker}{laid.lines[line]}", self.inner_width), self.look(f"record-list--{look}"))]
