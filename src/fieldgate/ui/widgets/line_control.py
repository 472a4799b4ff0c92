"""LineControl: a field of one line, and how any field of a form is left."""

from types import MappingProxyType

from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from fieldgate.ui.widgets.fields import LINE_LIMIT, FieldSpec
from fieldgate.ui.widgets.typing import Typed


class Finished(Message):
    """Enter in a one-line control: go on to the next field."""


def _forward(control: Widget) -> None:
    leave(control, 1)


def _back(control: Widget) -> None:
    leave(control, -1)


def leave(control: Widget, by: int) -> None:
    """Go to the next field, or to the one before; what was being looked for is taken first."""
    take = getattr(control.parent, "take", None)
    if take is not None:
        take()
    if by > 0:
        control.screen.focus_next()
    else:
        control.screen.focus_previous()


FIELD_KEYS = MappingProxyType({"tab": _forward, "shift+tab": _back})
"""What leaves a field, whatever is typed behind it."""


class LineControl(Typed, Input):
    """One line of text. Pasted lines are joined, not dropped."""

    AT_ONCE = FIELD_KEYS

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(
            spec.shown or spec.value, max_length=spec.limit or LINE_LIMIT, select_on_focus=False, compact=True
        )
        self.cursor_blink = False

    @property
    def typed(self) -> str:
        """What is in it."""
        return self.value

    @typed.setter
    def typed(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        selection = self.selection
        self.replace(" ".join(event.text.split("\n")).replace("\r", ""), *sorted(selection))

    async def action_submit(self) -> None:
        """Go on."""
        self.post_message(Finished())
