"""The controls of a form, one for each kind of field. Each has `typed`, what is in it now."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from fieldgate.domain.display import clean
from fieldgate.ui.bindings import binding
from fieldgate.ui.widgets.drawn import Drawn
from fieldgate.ui.widgets.fields import FieldKind, FieldSpec
from fieldgate.ui.widgets.line_control import FIELD_KEYS, Finished, LineControl
from fieldgate.ui.widgets.link_controls import LinkControl, LinksControl
from fieldgate.ui.widgets.typing import Typed
from fieldgate.words import t


class ChoiceControl(Typed, Drawn, can_focus=True):
    """One of several values: the arrows and space go round, a letter goes to the next choice that begins with it."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "choice-control--focus": "bold $block-cursor-foreground on $block-cursor-background",
    }
    DEFAULT_CSS = """
    ChoiceControl {
        height: 1;
        width: 1fr;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [binding("form.before", "turn(-1)"), binding("form.after", "turn(1)")]

    class Changed(Message):
        """Another value was chosen."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        choices = spec.choices
        if spec.kind is FieldKind.YESNO:
            choices = (("yes", t("yes")), ("no", t("no")))
        self._choices = choices if spec.required or spec.kind is FieldKind.YESNO else (("", t("none")), *choices)
        self._at = 0
        self.typed = spec.value

    @property
    def typed(self) -> str:
        """The chosen value."""
        return self._choices[self._at][0] if self._choices else ""

    @typed.setter
    def typed(self, value: str) -> None:
        self._at = next((n for n, choice in enumerate(self._choices) if choice[0] == value), 0)
        self.refresh()

    def action_turn(self, by: int) -> None:
        """Take the choice before or after, round the ends."""
        if self._choices:
            self._take((self._at + by) % len(self._choices))

    AT_ONCE = MappingProxyType(
        {
            **FIELD_KEYS,
            "left": lambda control: control.action_turn(-1),
            "right": lambda control: control.action_turn(1),
            "space": lambda control: control.action_turn(1),
        }
    )

    def on_key(self, event: events.Key) -> None:
        """Go to the next choice with this letter; Enter goes on."""
        if event.key == "enter":
            event.stop()
            self.post_message(Finished())
        elif event.character and event.character.isalnum():
            event.stop()
            letter = event.character.casefold()
            count = len(self._choices)
            order = [(self._at + step) % count for step in range(1, count + 1)]
            found = next((n for n in order if self._choices[n][1].casefold().startswith(letter)), None)
            if found is not None:
                self._take(found)

    def on_click(self) -> None:
        """Take the next choice."""
        self.action_turn(1)

    def _take(self, number: int) -> None:
        self._at = number
        self.refresh()
        self.post_message(self.Changed())

    def render_line(self, y: int) -> Strip:
        """Draw the chosen value between its arrows."""
        label = clean(self._choices[self._at][1]) if self._choices and y == 0 else ""
        return self.strip_of([(f"‹ {label} ›", "choice-control--focus" if self.has_focus else "")], self.size.width)


def make_control(spec: FieldSpec) -> Widget:
    """Return the control for a field."""
    if spec.kind in {FieldKind.CHOICE, FieldKind.YESNO}:
        return ChoiceControl(spec)
    if spec.kind is FieldKind.LINK:
        return LinkControl(spec)
    if spec.kind is FieldKind.LINKS:
        return LinksControl(spec)
    if spec.kind is FieldKind.TEXT:
        # Late: the editor costs a twentieth of the start and most screens never need it.
        from fieldgate.ui.widgets.long_text import LongText

        return LongText(spec)
    return LineControl(spec)
