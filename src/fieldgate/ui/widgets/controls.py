"""The controls of a form, one for each kind of field. Each has `typed`, what is in it now."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from fieldgate.domain.display import clean
from fieldgate.ui.bindings import binding
from fieldgate.ui.widgets.drawn import Drawn
from fieldgate.ui.widgets.fields import LINE_LIMIT, Candidate, FieldKind, FieldSpec
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.ui.widgets.typing import Typed
from fieldgate.words import t

_CANDIDATES = 5


class Finished(Message):
    """Enter in a one-line control: go on to the next field."""


def _forward(control: Widget) -> None:
    leave(control, 1)


def _back(control: Widget) -> None:
    leave(control, -1)


def leave(control: Widget, by: int) -> None:
    """Go to the next field, or to the one before; what was being looked for is taken first."""
    if isinstance(control.parent, LinkControl):
        control.parent.take()
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


class LinkControl(Vertical):
    """A record, found by typing part of its name or its code."""

    TAKES_MORE: ClassVar[bool] = False
    """Enter on a candidate stays here for the next one."""

    DEFAULT_CSS = f"""
    LinkControl {{
        height: auto;
        width: 1fr;
        & > RecordList {{ height: auto; max-height: {_CANDIDATES}; display: none; }}
        &.-open > RecordList {{ display: block; }}
    }}
    """

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self._find = spec.find
        self._labels = {spec.value: spec.shown or spec.value}
        self._chosen = spec.value
        self._input = LineControl(spec)
        self._found: tuple[Candidate, ...] = ()
        self._list = RecordList(lines=1, gap=0, framed=False, markable=False)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """Make the line and the list below it."""
        yield self._input
        yield self._list

    @property
    def typed(self) -> str:
        """The id of the chosen record, or the text that stands for none yet."""
        text = self._input.value.strip()
        return self._chosen if text == self._labels.get(self._chosen, "") else text

    @typed.setter
    def typed(self, value: str) -> None:
        self._chosen = value
        self._input.typed = self._labels.get(value, value)

    @property
    def is_open_question(self) -> bool:
        """Whether there is text that names no record yet."""
        return bool(self._input.value.strip()) and self.typed != self._chosen

    def focus(self, scroll_visible: bool = True, *, from_app_focus: bool = False) -> "LinkControl":  # noqa: ARG002 - Textual's signature
        """Put the cursor into the line."""
        self._input.focus(scroll_visible)
        return self

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits what was typed."""
        text = event.value.strip()
        searching = self._input.has_focus and self._find is not None and self.is_open_question
        self.offer(self._find(text)[:_CANDIDATES] if searching and self._find else ())

    def offer(self, found: Sequence[Candidate]) -> None:
        """Show candidates below the line, or none."""
        self._found = tuple(found)
        self._list.show(Listed([Row(record_id, (label,)) for record_id, label in self._found]))
        self._list.action_first()
        self._list.styles.height = len(self._found)
        self.set_class(bool(self._found), "-open")

    def on_key(self, event: events.Key) -> None:
        """Move in the candidates, or take the one under the cursor."""
        if not self._found:
            return
        if event.key in {"up", "down"}:
            event.stop()
            self._list.action_move(1 if event.key == "down" else -1)
        elif event.key in {"enter", "tab"}:
            self.take()
            if event.key == "enter" and self.TAKES_MORE:
                event.stop()

    def on_finished(self) -> None:
        """Enter takes what is under the cursor before the form goes on."""
        self.take()

    @on(RecordList.Chosen)
    def _take_clicked(self, event: RecordList.Chosen) -> None:
        """A double click takes a candidate."""
        event.stop()
        self.take()

    @property
    def at_hand(self) -> Candidate | None:
        """The candidate under the cursor."""
        return next((found for found in self._found if found[0] == self._list.cursor_id), None)

    def take(self) -> None:
        """Take the candidate under the cursor, if there is one; of what is typed by now, seen yet or not."""
        if not self._found and self.is_open_question and self._find is not None:
            self.offer(self._find(self._input.value.strip())[:1])
        candidate = self.at_hand
        if candidate is not None:
            self._labels[candidate[0]] = candidate[1]
            self._found = ()
            self.typed = candidate[0]
            self.remove_class("-open")


class LinksControl(LinkControl):
    """Several records by their codes, with spaces between; what the last word fits is offered."""

    TAKES_MORE = True

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        # The next name is typed behind those that stand there.
        self._input.typed = f"{self._input.value} ".lstrip()

    @property
    def typed(self) -> str:
        """The names as they stand."""
        return self._input.value.strip()

    @typed.setter
    def typed(self, value: str) -> None:
        self._input.typed = value

    @property
    def is_open_question(self) -> bool:
        """Whether a word is being typed; the rules say which name there is none of."""
        return False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits the last word."""
        event.prevent_default()  # or Textual would go on with what a single link does
        word = event.value.rpartition(" ")[2]
        searching = bool(word) and self._input.has_focus and self._find is not None
        found = self._find(word)[:_CANDIDATES] if searching and self._find else ()
        self.offer([each for each in found if _name(each) != word])

    def take(self) -> None:
        """Write the name of the candidate under the cursor in place of the last word."""
        candidate = self.at_hand
        if candidate is not None:
            before = self._input.value.rpartition(" ")[0]
            self._input.typed = f"{before} {_name(candidate)} ".lstrip()
            self.offer(())


def _name(candidate: Candidate) -> str:
    """What a record is called by: the first word of its label."""
    return candidate[1].partition(" ")[0]


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
