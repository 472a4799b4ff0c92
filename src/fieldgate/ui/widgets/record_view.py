"""RecordView: a reader for one record, line-drawn, so that a note of a megabyte opens as quickly as a short one.

Its lines are made as they are scrolled to. Links to other records are walked with the same keys as the lines: down
goes to the next link in sight, and scrolls where there is none.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from fieldgate.ui.bindings import binding
from fieldgate.ui.plain import cut, width_of
from fieldgate.ui.widgets.frame import Framed, thumb_lines
from fieldgate.ui.widgets.parts import Line, Link, Part, lay_out_parts

_CURSOR = "▌"
_DOUBLE = 2


class RecordView(Framed, can_focus=True):
    """Shows the parts of a record.

    Args:
        title: Written into the frame.
        empty: Shown while there is nothing to show.
        framed: Whether it wears a frame.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-view--heading",
        "record-view--label",
        "record-view--text",
        "record-view--link",
        "record-view--cursor",
    }
    DEFAULT_CSS = """
    RecordView {
        & > .record-view--heading { color: $accent; text-style: bold; }
        & > .record-view--label { color: $text-muted; }
        & > .record-view--text { color: $foreground; }
        & > .record-view--link { color: $foreground; text-style: underline; }
        & > .record-view--cursor {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: bold;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.down", "step(1)"),
        binding("list.up", "step(-1)"),
        binding("list.page_down", "page(1)"),
        binding("list.page_up", "page(-1)"),
        binding("list.home", "first"),
        binding("list.end", "last"),
        binding("list.open", "follow"),
    ]

    class Opened(Message):
        """A link was followed."""

        def __init__(self, view: "RecordView", kind: str, record_id: str) -> None:
            super().__init__()
            self.view = view
            self.kind = kind
            self.id = record_id

        @property
        def control(self) -> "RecordView":
            """The view whose link it was."""
            return self.view

    def __init__(
        self,
        parts: Sequence[Part] = (),
        *,
        title: str = "",
        empty: Content | None = None,
        framed: bool = True,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(title=title, framed=framed, name=name, id=id, classes=classes)
        self._empty = empty or Content()
        self._parts = tuple(parts)
        self._lines: list[Line] = []
        self._coming: Iterator[Line] = iter(())
        self._complete = True
        self._first = 0
        self._at: int | None = None

    @property
    def first(self) -> int:
        """Number of the first line shown, to come back to."""
        return self._first

    @property
    def link(self) -> Link | None:
        """The link under the cursor."""
        return None if self._at is None else self._lines[self._at].link

    def show(self, parts: Sequence[Part], *, keep: bool = False, first: int = 0) -> None:
        """Show other parts.

        Args:
            parts: What to show.
            keep: It is the same record, changed: stay at the same line and link.
            first: Line to begin at otherwise.
        """
        self._parts = tuple(parts)
        self._lay_out(self._first if keep else first, self.link if keep else None)

    def action_step(self, by: int) -> None:
        """Go to the next link in sight, or scroll by a line."""
        height = self.inner_height
        self._have(self._first + height)
        shown = range(self._first, min(self._first + height, len(self._lines)))
        at = self._at if self._at in shown else None
        start = (shown.start - 1 if by > 0 else shown.stop) if at is None else at
        candidates = range(start + 1, shown.stop) if by > 0 else range(start - 1, shown.start - 1, -1)
        link = self.link
        found = next((n for n in candidates if self._lines[n].link not in (None, link)), None)
        if found is None:
            self._begin_at(self._first + by)
        else:
            self._at = self._head_of(found)
            self.refresh()

    def action_page(self, by: int) -> None:
        """Scroll by what fits, less a line to hold on to."""
        self._begin_at(self._first + by * max(1, self.inner_height - 1))

    def action_first(self) -> None:
        """Go to the beginning."""
        self._begin_at(0)

    def action_last(self) -> None:
        """Go to the end; the rest of the lines has to be made for it."""
        self._have(None)
        self._begin_at(len(self._lines))

    def action_follow(self) -> None:
        """Open what the link under the cursor leads to."""
        link = self.link
        if link is not None:
            self.post_message(self.Opened(self, link.kind, link.id))

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self._lay_out(self._first, self.link)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked link; a double click follows it."""
        number = self._first + event.y - self.edge
        if 0 <= number < len(self._lines) and self._lines[number].link is not None:
            self._at = self._head_of(number)
            self.refresh()
            if event.chain == _DOUBLE:
                self.action_follow()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        event.stop()
        self._begin_at(self._first + 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self._begin_at(self._first - 1)

    def thumb(self) -> range:
        """Show how far the text is scrolled, as far as it is known."""
        total = len(self._lines) + (0 if self._complete else self.inner_height)
        return thumb_lines(self._first, self.inner_height, total, self.inner_height)

    def inner_line(self, y: int) -> Sequence[Segment]:
        """Draw a line."""
        if not self._parts:
            return self.content_line(self._empty, y, "record-view--label")
        number = self._first + y
        self._have(number + 1)
        if number >= len(self._lines):
            return [self.blank]
        line = self._lines[number]
        on_cursor = line.link is not None and line.link is self.link and self.has_focus
        width = self.inner_width
        segments = [
            Segment((_CURSOR if on_cursor else " ")[:width], self.look("record-view--cursor" if on_cursor else ""))
        ]
        left = width - 1
        for text, look in line.parts:
            shown = cut(text, left)
            if shown:
                on_link = on_cursor and look == "link"
                segments.append(Segment(shown, self.look(f"record-view--{'cursor' if on_link else look}")))
                left -= width_of(shown)
        if left > 0:
            segments.append(Segment(" " * left, self.look("")))
        return segments

    def _lay_out(self, first: int, link: Link | None) -> None:
        self._lines = []
        self._coming = lay_out_parts(self._parts, max(2, self.inner_width - 2))
        self._complete = False
        self._at = None
        self._first = 0
        self._begin_at(first)
        if link is not None:
            shown = range(self._first, min(self._first + self.inner_height, len(self._lines)))
            self._at = next((n for n in shown if self._lines[n].link == link), None)
        self.refresh()

    def _begin_at(self, first: int) -> None:
        self._have(first + self.inner_height)
        first = max(0, min(first, len(self._lines) - self.inner_height))
        if first != self._first:
            self._first = first
            self.refresh()
        if self._at is not None and not self._first <= self._at < self._first + self.inner_height:
            self._at = None

    def _have(self, count: int | None) -> None:
        """Make lines until there are so many, or all."""
        if self._complete:
            return
        missing = None if count is None else max(0, count - len(self._lines))
        before = len(self._lines)
        self._lines += islice(self._coming, missing)
        self._complete = missing is None or len(self._lines) - before < missing

    def _head_of(self, number: int) -> int:
        """Return the first line of the link that a line belongs to."""
        link = self._lines[number].link
        while number > self._first and self._lines[number - 1].link is link:
            number -= 1
        return number
