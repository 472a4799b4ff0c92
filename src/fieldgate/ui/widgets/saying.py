"""Saying: a few lines of text in the background of a pane."""

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from fieldgate.domain.display import clean
from fieldgate.ui.plain import pad, wrap
from fieldgate.ui.widgets.drawn import Drawn


class Saying(Drawn):
    """A few lines of text, cut where they do not fit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"saying--text"}
    DEFAULT_CSS = """
    Saying { height: auto; & > .saying--text { color: $text-muted; } }
    """

    def __init__(self, lines: int, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._lines = lines
        self._text = ""

    def say(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the lines it was given, used or not."""
        return self._lines

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width = self.size.width
        lines = list(wrap(clean(self._text), max(2, width - 2)))
        text = lines[y] if y < len(lines) else ""
        if y == self._lines - 1 and len(lines) > self._lines:
            text = f"{text} {lines[y + 1]}"
        return Strip([Segment(pad(f" {pad(text, width - 2)}", width), self.look("saying--text"))], width)
