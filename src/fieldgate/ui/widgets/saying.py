"""Saying: a few lines of text in the background of a pane."""

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from fieldgate.domain.display import clean
from fieldgate.ui.plain import pad, wrap
from fieldgate.ui.widgets.drawn import Drawn


class Saying(Drawn):
    """A few lines of text, cut where they do not fit.

    Args:
        lines: How many at most.
        snug: Be only as high as the text; otherwise the lines are there, used or not.
    """

    LOOKS: ClassVar[Mapping[str, str]] = {
        "saying--text": "$text-muted",
    }
    DEFAULT_CSS = """
    Saying { height: auto; }
    """

    def __init__(self, lines: int, *, snug: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._lines = lines
        self._snug = snug
        self._text = ""

    def say(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.refresh(layout=self._snug)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the lines it was given, used or not; a snug one takes only those that it needs."""
        if not self._snug:
            return self._lines
        return max(1, min(self._lines, len(list(wrap(clean(self._text), max(2, width - 2))))))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width = self.size.width
        lines = list(wrap(clean(self._text), max(2, width - 2)))
        text = lines[y] if y < len(lines) else ""
        if y == self._lines - 1 and len(lines) > self._lines:
            text = f"{text} {lines[y + 1]}"
        return Strip([Segment(pad(f" {pad(text, width - 2)}", width), self.look("saying--text"))], width)
