"""LongText: the editor of a long text in a form. Imported when a form has one, for Textual's editor is dear to import."""

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from fieldgate.ui.widgets.fields import TEXT_LIMIT, FieldSpec
from fieldgate.ui.widgets.line_control import FIELD_KEYS
from fieldgate.ui.widgets.typing import Typed

LONGEST_LINE = 8_000
"""Characters; the editor takes seconds for a key in lines that are much longer."""


class LongText(Typed, TextArea):
    """Several lines of text."""

    AT_ONCE = FIELD_KEYS

    DEFAULT_CSS = """
    LongText { height: auto; min-height: 3; max-height: 8; width: 1fr; }
    """

    class TooLong(Message):
        """More was pasted than a field holds; the text is handed on, so that it is not lost."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec.value, compact=True, soft_wrap=True, tab_behavior="focus")
        self.cursor_blink = False
        self._limit = spec.limit or TEXT_LIMIT

    @property
    def typed(self) -> str:
        """What is in it."""
        return self.text

    @typed.setter
    def typed(self, text: str) -> None:
        self.text = text

    async def _on_paste(self, event: events.Paste) -> None:
        size = len(event.text.encode("utf-8", "surrogatepass"))
        if size > self._limit:
            event.prevent_default()
            event.stop()
            self.post_message(self.TooLong(event.text))
        elif any(len(line) > LONGEST_LINE for line in event.text.split("\n")):
            event.prevent_default()
            event.stop()
            self.replace(folded(event.text, LONGEST_LINE), *self.selection)


def folded(text: str, longest: int) -> str:
    """Break lines longer than `longest` characters, at a space if there is one; nothing but such spaces is lost."""
    lines: list[str] = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > longest:
            place = rest.rfind(" ", longest // 2, longest)
            place = longest if place < 0 else place
            lines.append(rest[:place])
            rest = rest[place:].removeprefix(" ")
        lines.append(rest)
    return "\n".join(lines)
