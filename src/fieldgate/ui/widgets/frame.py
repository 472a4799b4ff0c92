"""The frame that every pane wears, drawn line by line: rounded at rest, heavy in focus, with a title.

Drawn here and not by the style sheet: a border of the style sheet costs time on each line, and the focus must show
without colour. A subclass fills the inside one line at a time.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from fieldgate.domain.display import clean
from fieldgate.ui.plain import cut, width_of
from fieldgate.ui.widgets.drawn import Drawn

_ROUNDED = "╭─╮│╰╯┃"
_HEAVY = "┏━┓┃┗┛█"
_SMALLEST = 3


class Framed(Drawn):
    """A widget that draws itself by lines inside a frame.

    `inner_line(y)` gives the segments of inner line `y`, exactly `inner_width` cells wide.
    """

    ALLOW_SELECT = False
    LOOKS: ClassVar[Mapping[str, str]] = {
        "framed--frame": "$border-blurred",
        "framed--frame-focus": "$border",
        "framed--title": "bold",
    }
    DEFAULT_CSS = """
    Framed {
        height: 1fr;
        width: 1fr;
    }
    """

    def __init__(
        self,
        *,
        title: str = "",
        framed: bool = True,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._title = title
        self._footnote = ""
        self._edge = 1 if framed else 0

    @property
    def title(self) -> str:
        """What the frame is called, as it was given."""
        return self._title

    def set_title(self, title: str, footnote: str = "") -> None:
        """Write another title into the frame, and a footnote at its lower right."""
        if (title, footnote) != (self._title, self._footnote):
            self._title, self._footnote = title, footnote
            width, height = self.size
            self.refresh(Region(0, 0, width, 1), Region(0, height - 1, width, 1))

    @property
    def inner_width(self) -> int:
        """Cells between the sides of the frame."""
        return max(0, self.size.width - 2 * self._edge)

    @property
    def inner_height(self) -> int:
        """Lines between top and bottom of the frame."""
        return max(0, self.size.height - 2 * self._edge)

    @property
    def edge(self) -> int:
        """Cells the frame takes on each side: 1, or 0 without a frame."""
        return self._edge

    def inner_line(self, y: int) -> Sequence[Segment]:
        """Return the segments of an inner line; a subclass draws here."""
        del y
        return [self.blank]

    def thumb(self) -> range:
        """Return the inner lines beside which the frame shows how far the content is scrolled; empty when all shows."""
        return range(0)

    @property
    def blank(self) -> Segment:
        """An empty inner line."""
        return Segment(" " * self.inner_width, self.look(""))

    def refresh_inner(self, y: int, height: int) -> None:
        """Draw some inner lines again."""
        self.refresh(self.inner_region(y, height))

    def inner_region(self, y: int, height: int) -> Region:
        """Return where inner lines are within the widget."""
        return Region(self._edge, self._edge + y, self.inner_width, height)

    def content_line(self, content: Content, y: int, look: str) -> Sequence[Segment]:
        """Return line `y` of content wrapped to the inside, a cell free on both sides."""
        width = self.inner_width - 2
        lines = content.wrap(width) if width > 0 else []
        if not 0 <= y < len(lines):
            return [self.blank]
        style = self.visual_look(look)
        space = Segment(" ", style.rich_style)
        return [space, *lines[y].truncate(width, pad=True).render_segments(style), space]

    def render_line(self, y: int) -> Strip:
        """Draw a line, frame included."""
        width, height = self.size
        if not self._edge:
            return Strip(self.inner_line(y), width)
        if width < _SMALLEST:
            return Strip([Segment(" " * width, self.look(""))], width)
        glyphs = _HEAVY if self.has_focus else _ROUNDED
        style = self.look("framed--frame-focus" if self.has_focus else "framed--frame")
        if y == 0:
            return Strip(self._top_line(glyphs, style), width)
        if y == height - 1:
            return Strip(self._bottom_line(glyphs, style), width)
        side = Segment(glyphs[3], style)
        last = Segment(glyphs[6], style) if y - 1 in self.thumb() else side
        return Strip([side, *self.inner_line(y - 1), last], width)

    def _top_line(self, glyphs: str, style: Style) -> list[Segment]:
        left, rule, right = glyphs[0], glyphs[1], glyphs[2]
        room = self.size.width - 2
        if not self._title or room < 2 * _SMALLEST:
            return [Segment(left + rule * room + right, style)]
        title = cut(clean(self._title), room - 3)
        rest = room - 3 - width_of(title)
        return [
            Segment(f"{left}{rule} ", style),
            Segment(title, self.look("framed--title")),
            Segment(f" {rule * rest}{right}", style),
        ]

    def _bottom_line(self, glyphs: str, style: Style) -> list[Segment]:
        rule, left, right = glyphs[1], glyphs[4], glyphs[5]
        room = self.size.width - 2
        if not self._footnote or room < 2 * _SMALLEST:
            return [Segment(left + rule * room + right, style)]
        note = cut(clean(self._footnote), room - 3)
        rest = room - 3 - width_of(note)
        return [Segment(f"{left}{rule * rest} {note} {rule}{right}", style)]


def thumb_lines(top: int, shown: int, total: int, height: int) -> range:
    """Return which of `height` lines the scroll mark takes when `shown` of `total` are visible from `top` on."""
    if total <= shown or height < _SMALLEST:
        return range(0)
    size = max(1, height * shown // total)
    start = (height - size) * top // max(1, total - shown)
    return range(start, start + size)
