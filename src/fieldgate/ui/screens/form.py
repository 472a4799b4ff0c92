"""AskScreen: the questions of any move as a form. What the rules refuse is said beside the field, and nothing is lost.

Ctrl+S, or Enter on the last field, saves; Escape leaves and hands back what was typed, to be kept as a draft.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label

from fieldgate.domain.display import clean
from fieldgate.errors import FieldgateError, UsageError
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.plain import plain
from fieldgate.ui.widgets.field_form import FieldForm
from fieldgate.ui.widgets.fields import Candidate, FieldKind, FieldSpec
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.words import t
from fieldgate.workspace.days import read_day
from fieldgate.workspace.forms import Form, Question

Find = Callable[[str, str], Sequence[Candidate]]
"""Finds records of a kind by what was typed: id and label."""
Send = Callable[[dict[str, object], Callable[[FieldgateError | None], None]], None]
"""Sends answers off; calls back with None when they were taken, or with what refused them."""

_AROUND = 6
"""Lines beside the fields: the frame, the keys, what is said."""
_HEAD_BYTES = 16_384
_MOMENT = 1.0
"""Seconds of typing that a kill may lose."""
_KINDS = {
    "long": FieldKind.TEXT,
    "lines": FieldKind.TEXT,
    "texts": FieldKind.TEXT,
    "number": FieldKind.NUMBER,
    "date": FieldKind.DATE,
    "choice": FieldKind.CHOICE,
    "yesno": FieldKind.CHOICE,
    "link": FieldKind.LINK,
}


@dataclass(frozen=True, slots=True)
class Left:
    """How a form was left: `answers` when they were taken, `draft` when something typed was left behind."""

    answers: dict[str, object] | None = None
    draft: dict[str, str] = field(default_factory=dict)


class AskScreen(ModalScreen[Left], inherit_bindings=False):
    """A form over the screen below.

    Args:
        form: What is asked.
        keymap: The keys in force.
        today: The day that `+7` and `fri` count from.
        find: Finds records for links.
        send: Sends the answers off; None leaves with them at once.
        draft: What was typed before and kept.
        keep: Keeps what is typed while one types, so that a kill loses a moment of it at most.
    """

    DEFAULT_CSS = """
    AskScreen {
        align: center middle;
        background: $background 60%;
        & > #ask {
            width: 84;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $border;
            background: $surface;
            padding: 0 1;
        }
        #ask-said { width: 1fr; height: auto; color: $warning; display: none; }
        #ask-said.-said { display: block; }
        FieldForm, FieldForm > VerticalScroll { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("form.next", "app.focus_next"),
        binding("form.previous", "app.focus_previous"),
    ]
    HINTS: ClassVar[tuple[str, ...]] = ("form.next", "form.save", "form.keep")

    def __init__(
        self,
        form: Form,
        keymap: Keymap,
        *,
        today: date,
        find: Find | None = None,
        send: Send | None = None,
        draft: Mapping[str, str] | None = None,
        keep: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        super().__init__()
        self.form = form
        self._keymap = keymap
        self._send = send
        self._draft = dict(draft or {})
        self._fields = FieldForm([spec_of(each, today, find) for each in form.questions])
        self._first: dict[str, str] = {}
        self._waits = False
        self._keep = keep
        self._keeping = False

    def compose(self) -> ComposeResult:
        """The title in the frame, what is said, the fields, the keys."""
        with Vertical(id="ask"):
            yield Label("", id="ask-said", markup=False)
            yield self._fields
            yield HintLine(id="ask-hints")

    def on_mount(self) -> None:
        """Start in the first field; a draft that was kept stands in its fields."""
        self.query_one("#ask").border_title = plain(self.form.title)
        hints = [self._keymap.hint(name) for name in self.HINTS]
        self.query_one(HintLine).show(hints)
        self._first = self._fields.typed
        if self._draft:
            self._fields.fill(self._draft)
        kept = (t("Typed before and not saved: it stands here again."),) if self._draft else ()
        self.say("\n".join((*kept, *self.form.warnings)))
        self._fields.focus()

    # Keeping what is typed

    def on_input_changed(self) -> None:
        """Keep what is typed, a moment later."""
        if not self._keeping and self._keep is not None:
            self._keeping = True
            self.set_timer(_MOMENT, self.keep_now)

    on_text_area_changed = on_input_changed
    on_choice_control_changed = on_input_changed

    def keep_now(self) -> None:
        """Keep what is typed at once, as when the terminal goes away."""
        self._keeping = False
        if self._keep is not None and self._first and self.is_attached:
            self._keep(self._left_behind())

    def _left_behind(self) -> dict[str, str]:
        return {name: text for name, text in self._fields.typed.items() if text != self._first.get(name)}

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the frame, what is said, and the keys; the fields scroll in the rest."""
        for each in self._fields.query(VerticalScroll):
            each.styles.max_height = max(3, event.size.height - _AROUND)

    def say(self, text: str) -> None:
        """Say something above the fields; nothing when empty."""
        label = self.query_one("#ask-said", Label)
        label.update(plain(text, lines=True))
        label.set_class(bool(text), "-said")

    @on(FieldForm.Submitted)
    def _submit(self, event: FieldForm.Submitted) -> None:
        event.stop()
        if self._waits:
            return
        answers = self._answers(event.values)
        if self._send is None:
            self.dismiss(Left(answers=answers))
            return
        self._waits = True
        self._send(answers, lambda error: self._sent(answers, error))

    def _answers(self, values: Mapping[str, str]) -> dict[str, object]:
        """What a person gave: fields left as they stood keep their default."""
        typed = self._fields.typed
        kept = {name: value for name, value in values.items() if typed[name] != self._first.get(name)}
        return {each.name: _value(each, kept[each.name]) for each in self.form.questions if each.name in kept}

    def _sent(self, answers: dict[str, object], error: FieldgateError | None) -> None:
        self._waits = False
        if not self.is_attached:
            return
        if error is None:
            self.dismiss(Left(answers=answers))
            return
        missing = getattr(error, "missing", ()) or (error.message,)
        found, rest = sort_out(self.form, missing)
        self.say("\n".join(each for each in (*rest, error.hint) if each))
        self._fields.say(found)

    @on(FieldForm.Abandoned)
    def _leave(self, event: FieldForm.Abandoned) -> None:
        event.stop()
        kept = {name: text for name, text in event.values.items() if text != self._first.get(name)}
        self.dismiss(Left(draft=kept))

    @on(FieldForm.EditorAsked)
    def _edit_outside(self, event: FieldForm.EditorAsked) -> None:
        """Hand a long text to the app's way to `$EDITOR`, where it has one."""
        event.stop()
        edit = getattr(self.app, "edit_outside", None)
        if edit is None:
            self.say(t("An own editor is not set up here."))
            return
        text = edit(event.text)
        if text is not None:
            self._fields.fill({event.name: text})


def spec_of(question: Question, today: date, find: Find | None) -> FieldSpec:
    """Return a question as a field."""
    choices = tuple((each.value, t(each.words)) for each in question.choices)
    if question.holds == "yesno":
        choices = (("yes", t("yes")), ("no", t("no")))
    if question.required and choices and not question.value:
        choices = (("", "—"), *choices)  # nobody answers by leaving what happens to stand first

    def look(text: str) -> Sequence[Candidate]:
        return find(question.kind, text) if find else ()

    return FieldSpec(
        name=question.name,
        label=question.words,
        kind=_KINDS.get(question.holds, FieldKind.LINE),
        value=question.value,
        shown=question.shown,
        choices=choices,
        required=question.required,
        help=_help(question),
        limit=_HEAD_BYTES if question.holds == "lines" else 0,
        check=lambda value: _out_of_range(question, value),
        parse=(lambda text: _day(text, today)) if question.holds == "date" else None,
        find=look if question.holds == "link" else None,
    )


def sort_out(form: Form, missing: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Sort refusals by the field that each names; the rest belongs above the form."""
    found: dict[str, str] = {}
    rest: list[str] = []
    longest = sorted(form.questions, key=lambda each: -len(each.words))
    for sentence in missing:
        fits = next((each for each in longest if each.words in sentence and each.name not in found), None)
        if fits is None:
            rest.append(sentence)
        else:
            found[fits.name] = sentence
    return found, rest


def _value(question: Question, text: str) -> object:
    if question.holds == "texts":
        return [line for line in text.split("\n") if line.strip()]
    return text


def _help(question: Question) -> str:
    if question.holds == "date":
        return t("a day: 2026-12-01, +7, fri")
    if question.holds == "links":
        return t("codes, with spaces between")
    if len(question.words) > len(clean(question.words)[:16]):
        return question.words  # the label has no room for it
    return ""


def _out_of_range(question: Question, value: str) -> str:
    low, high = question.low, question.high
    if question.holds != "number" or (low is None and high is None):
        return ""
    number = int(value)
    if (low is None or number >= low) and (high is None or number <= high):
        return ""
    return t("a whole number from {low} to {high} is wanted.", low=low, high=high)


def _day(text: str, today: date) -> str:
    day = read_day(text, today)
    if day is None:
        raise UsageError(t("{text} is no day; write 2026-12-01, +7 or fri", text=text))
    return day.isoformat()
