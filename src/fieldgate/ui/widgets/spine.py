"""Spine: a column of the board that is folded away, five cells wide, with its count and its name upright."""

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message

from fieldgate.domain.display import clean, clusters
from fieldgate.ui.plain import pad, width_of
from fieldgate.ui.widgets.frame import Framed


class Spine(Framed):
    """A folded column.

    Args:
        label: Name of the column, drawn one letter under the other.
        count: Rows in it.
    """

    DEFAULT_CSS = "Spine { width: 5; }"

    class Clicked(Message):
        """Wants to be unfolded."""

        def __init__(self, spine: "Spine") -> None:
            super().__init__()
            self.spine = spine

        @property
        def control(self) -> "Spine":
            """The spine that was clicked."""
            return self.spine

    def __init__(
        self,
        label: str = "",
        count: int = 0,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._letters: list[str] = []
        self._count = 0
        self.show(label, count)

    def show(self, label: str, count: int) -> None:
        """Show another name and count."""
        self._letters = [letter for letter, _ in clusters(clean(label))]
        self._count = count
        self.refresh()

    def inner_line(self, y: int) -> Sequence[Segment]:
        """Draw the count, a blank, and the letters below it."""
        letter = y - 2
        if y == 0:
            text = str(self._count)
        else:
            text = self._letters[letter] if 0 <= letter < len(self._letters) else ""
        left = max(0, (self.inner_width - width_of(text)) // 2)
        return [Segment(pad(" " * left + text, self.inner_width), self.look("framed--title" if y == 0 else ""))]

    def on_click(self, event: events.Click) -> None:
        """Ask to be unfolded."""
        event.stop()
        self.post_message(self.Clicked(self))
