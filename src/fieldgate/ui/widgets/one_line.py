"""OneLine: a line of text that changes, drawn without a layout of its own."""

from textual.strip import Strip

from fieldgate.domain.display import clean
from fieldgate.ui.plain import cut, width_of
from fieldgate.ui.widgets.drawn import Drawn


class OneLine(Drawn):
    """One line of text, and what stays at its end however long the text is."""

    DEFAULT_CSS = """
    OneLine { height: 1; }
    OneLine.-head { text-style: bold; }
    OneLine.-dim { color: $text-muted; }
    """

    text = ""
    tail = ""

    def show(self, text: str, tail: str = "") -> None:
        """Show another text."""
        if (text, tail) != (self.text, self.tail):
            self.text, self.tail = text, tail
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        del y
        room = self.size.width - width_of(self.tail)
        return self.strip_of([(cut(f" {clean(self.text)}", room), ""), (self.tail, "")], self.size.width)
