"""PageView: a text to read, drawn by lines, with links to records in it.

Wrapped only as far as it is shown, so that a text of a megabyte opens as fast as a short one. Down and up go from link
to link while the next one is in sight, and scroll otherwise; Enter follows the link, whose line carries `▌`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message

from fieldgate.domain.display import clean
from fieldgate.ui.bindings import binding
from fieldgate.ui.plain import cut, pad, width_of, wrap
from fieldgate.ui.widgets.frame import Framed, thumb_lines
from fieldgate.ui.widgets.spans import Line, Span

_SIDES = 2
_AHEAD = 200
"""Lines that are wrapped beyond what is shown, to know how far the text goes."""

Piece = tuple[str, str, int]
"""Cleaned text, its look, the number of its link or -1."""


class PageView(Framed, can_focus=True):
    """Shows lines of spans."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        **Framed.LOOKS,
        "page--strong": "bold",
        "page--label": "$text-muted",
        "page--dim": "$text-muted",
        "page--quote": "italic",
        "page--warn": "bold $warning",
        "page--link": "bold $primary",
        "page--cursor": "bold $block-cursor-foreground on $block-cursor-background",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.down", "step(1)"),
        binding("list.up", "step(-1)"),
        binding("list.page_down", "page(1)"),
        binding("list.page_up", "page(-1)"),
        binding("list.home", "home"),
        binding("list.end", "end"),
        binding("list.open", "follow"),
    ]

    class Followed(Message):
        """A link was followed."""

        def __init__(self, kind: str, record_id: str) -> None:
            super().__init__()
            self.kind = kind
            self.id = record_id

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()
        self._links: list[tuple[str, str]] = []
        self._rows: list[list[Piece]] = []
        self._rest: Iterator[list[Piece]] = iter(())
        self._width = -1
        self._top = 0
        self._chosen = -1

    def read(self, title: str, lines: Sequence[Line], *, top: int = 0, chosen: int = -1) -> None:
        """Show a text, from a place in it."""
        before = self._looks_like()
        self._lines = tuple(lines)
        self._links = [span.link for line in self._lines for span in line.spans if span.link]
        self._width = -1
        self._top = top
        self._chosen = chosen if chosen < len(self._links) else -1
        self.set_title(title)
        self._refresh_from(before)

    @property
    def place(self) -> tuple[int, int]:
        """Where the reader is: first line shown, number of the chosen link."""
        return self._top, self._chosen

    @property
    def is_longer(self) -> bool:
        """Whether there is more of the text than fits."""
        self._wrap_to(self.inner_height + 1)
        return len(self._rows) > self.inner_height

    def _looks_like(self) -> tuple[object, list[list[Piece]]]:
        """What is drawn: what touches every line, and the rows."""
        thumb = self.thumb() if self.inner_height else range(0)  # without a place there is nothing to wrap to
        return (thumb, self._chosen), self._rows[self._top : self._top + self.inner_height]

    def _refresh_from(self, before: tuple[object, list[list[Piece]]]) -> None:
        """Draw again what looks otherwise than before."""
        whole, rows = self._looks_like()
        if whole != before[0] or not self.inner_height:
            self.refresh()
            return
        pairs = zip_longest(before[1], rows)
        changed = [self.inner_region(y, 1) for y, (old, new) in enumerate(pairs) if (old or []) != (new or [])]
        if changed:
            self.refresh(*changed)

    # Moving

    def action_step(self, by: int) -> None:
        """Go to the next link if it is in sight, else scroll."""
        wanted = self._chosen + by
        place = self._row_of(wanted) if 0 <= wanted < len(self._links) else None
        if place is not None and self._top <= place < self._top + self.inner_height:
            self._chosen = wanted
            self.refresh()
            return
        if not self._scroll(by) and by > 0 and self._chosen < 0 and self._links:
            self._chosen = 0
        chosen = self._row_of(self._chosen) if self._chosen >= 0 else None
        if chosen is not None and not self._top <= chosen < self._top + self.inner_height:
            # A link out of sight is no cursor any more: the next step finds the nearest one.
            self._chosen = self._nearest(by)
        self.refresh()

    def action_page(self, by: int) -> None:
        """Scroll by what fits, less a line to keep the place."""
        self._scroll(by * max(1, self.inner_height - 1))
        self._chosen = self._nearest(by)
        self.refresh()

    def action_home(self) -> None:
        """Go to the beginning."""
        self._top, self._chosen = 0, -1
        self.refresh()

    def action_end(self) -> None:
        """Go to the end."""
        self._wrap_to(None)
        self._top = max(0, len(self._rows) - self.inner_height)
        self.refresh()

    def action_follow(self) -> None:
        """Go to the record of the chosen link, or of the only one."""
        number = 0 if self._chosen < 0 and len(self._links) == 1 else self._chosen
        if number >= 0:
            self.post_message(self.Followed(*self._links[number]))

    def _scroll(self, by: int) -> bool:
        self._wrap_to(self._top + by + self.inner_height + _AHEAD)
        before = self._top
        self._top = max(0, min(self._top + by, len(self._rows) - self.inner_height))
        return self._top != before

    def _nearest(self, by: int) -> int:
        """The link just before what comes next in the direction of reading."""
        before = -1
        for number in range(len(self._links)):
            place = self._row_of(number)
            if place is None or place >= self._top + (0 if by > 0 else self.inner_height):
                break
            before = number
        return before

    def _row_of(self, number: int) -> int | None:
        """The row that a link starts in, as far as the text was wrapped."""
        return next((y for y, row in enumerate(self._rows) if any(piece[2] == number for piece in row)), None)

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Follow the clicked link."""
        y = event.y - self.edge + self._top
        x = event.x - self.edge - 1
        if not 0 <= y < len(self._rows):
            return
        for text, _, number in self._rows[y]:
            x -= width_of(text)
            if x < 0:
                if number >= 0:
                    self._chosen = number
                    self.refresh()
                    self.action_follow()
                return

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by lines."""
        event.stop()
        if self._scroll(3):
            self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back by lines."""
        event.stop()
        if self._scroll(-3):
            self.refresh()

    # Drawing

    def thumb(self) -> range:
        """Return the lines beside which the frame shows how far the text is scrolled."""
        self._wrap_to(self._top + self.inner_height + _AHEAD)
        return thumb_lines(self._top, self.inner_height, len(self._rows), self.inner_height)

    def inner_line(self, y: int) -> Sequence[Segment]:
        """Draw a row of the text."""
        width = self.inner_width
        self._wrap_to(self._top + self.inner_height + _AHEAD)
        number = self._top + y
        if number >= len(self._rows) or width <= _SIDES:
            return [self.blank]
        row = self._rows[number]
        chosen = self.has_focus and any(piece[2] == self._chosen >= 0 for piece in row)
        segments = [Segment("▌" if chosen else " ", self.look("page--link" if chosen else ""))]
        left = width - 1
        for text, look, link in row:
            shown = cut(text, left)
            if chosen and link == self._chosen:
                look = "cursor"  # noqa: PLW2901 - the cursor covers the look of the text
            segments.append(Segment(shown, self.look(f"page--{look}" if look else "")))
            left -= width_of(shown)
        return [*segments, Segment(" " * left, self.look(""))]

    def _wrap_to(self, wanted: int | None) -> None:
        """Wrap the text until there are so many rows; all of it for None."""
        width = max(2, self.inner_width - _SIDES)
        if width != self._width:
            self._width = width
            self._rows = []
            self._rest = rows_of(self._lines, width)
        while wanted is None or len(self._rows) < wanted:
            row = next(self._rest, None)
            if row is None:
                return
            self._rows.append(row)

    def on_resize(self) -> None:
        """Keep within the text."""
        self._scroll(0)


def rows_of(lines: Sequence[Line], width: int) -> Iterator[list[Piece]]:
    """Wrap lines into rows of at most `width` cells, lazily; every piece keeps its look and its link."""
    links = 0
    for line in lines:
        numbered: list[tuple[Span, int]] = []
        for span in line.spans:
            numbered.append((span, links if span.link else -1))
            links += span.link is not None
        yield from _wrapped(numbered, width, min(line.indent, width // 2), line.follow)


def _wrapped(spans: Sequence[tuple[Span, int]], width: int, indent: int, follow: str) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    used = 0
    for span, number in spans:
        look = "link" if span.link else span.look
        text = clean(span.text, lines=True)
        for first, part in enumerate(_parts(text, width, indent, used)):
            if first:
                yield row
                row, used = ([(pad(follow, indent), "dim", -1)] if indent else []), indent
            if part:
                row.append((part, look, number))
                used += width_of(part)
    yield row


def _parts(text: str, width: int, indent: int, used: int) -> Iterator[str]:
    """Yield what stands on the row begun, then what stands on each further row."""
    if used and "\n" not in text and used + width_of(text) <= width:
        yield text
        return
    if used <= indent:
        yield from wrap(text, width - max(used, indent))
        return
    # The first row has less room: its part is what a wrap to that width would put there.
    room = width - used
    head = next(wrap(text, room), "") if room > 1 else ""
    word = text.lstrip(" ").split(" ", 1)[0]
    if width_of(head) < width_of(word) and width_of(word) <= width - indent:
        head = ""
    yield head
    rest = text[len(head) :]
    rest = rest[1:] if rest.startswith("\n") else rest.lstrip(" ")
    if rest:
        yield from wrap(rest, width - indent)
