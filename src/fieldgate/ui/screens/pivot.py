"""The pivot: choose the beliefs to change, say of each what it becomes and why; what will happen stands there before it does.

What was written is kept until the pivot is made, also when one leaves to look something up.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from fieldgate.domain.findings import code_order
from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.moves.choices import choices
from fieldgate.domain.records.learning import STEPS, Hypothesis, HypothesisState, PivotKind, Step
from fieldgate.domain.wording import step_word
from fieldgate.errors import FieldgateError
from fieldgate.ui.bindings import binding
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.screens.form import AskScreen, Left
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.ui.widgets.signs import HYPOTHESIS_STATES, sign_of
from fieldgate.values import dataclass
from fieldgate.words import mark, t
from fieldgate.workspace.forms import Form, Question

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

_KEPT: "WeakKeyDictionary[DeskScreen, dict[str, dict[str, str]]]" = WeakKeyDictionary()
"""What was written and not made yet, by the desk it was written on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A belief that may be changed."""

    id: str
    code: str
    statement: str
    state: str
    step: Step
    segment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All that the screen needs: the gate, the beliefs, and what keeps the pivot from being made."""

    gate_id: str
    step: Step
    today: date
    beliefs: tuple[Choice, ...]
    missing: tuple[str, ...]


def show(desk: "DeskScreen", gate_id: str) -> None:
    """Start a pivot, or say what it lacks."""

    def found(told: Choices) -> None:
        if told.missing:
            desk.notify("\n".join(told.missing), severity="warning", timeout=10)
        else:
            desk.app.push_screen(PivotScreen(desk, told))

    open_by(desk, lambda opened: Done(choices_of(opened, gate_id)), found)


def choices_of(workspace: "Workspace", gate_id: str) -> Choices:
    """Gather the beliefs that may be changed: all that are still held."""
    facts = workspace.facts
    gate = facts.gates[gate_id]
    move = find_move("gate.pivot")
    held = [each for each in facts.hypotheses.values() if each.live and each.state is not HypothesisState.RETIRED]
    return Choices(
        gate_id=gate_id,
        step=gate.step,
        today=workspace.clock.today(),
        beliefs=tuple(_choice(each) for each in sorted(held, key=lambda each: code_order(each.code))),
        missing=tuple(move.missing(facts, gate, workspace.occasion())),
    )


def _choice(belief: Hypothesis) -> Choice:
    return Choice(
        id=belief.id,
        code=belief.code,
        statement=belief.statement,
        state=belief.state,
        step=belief.step,
        segment=belief.segment or "",
    )


class PivotScreen(ModalScreen[None], inherit_bindings=False):
    """The beliefs with what each becomes.

    Args:
        desk: The desk below.
        told: What may be changed.
    """

    DEFAULT_CSS = """
    PivotScreen {
        align: center middle;
        background: $background 60%;
        & > #pivot { width: 100%; height: 100%; background: $surface; }
        RecordList { height: 1fr; }
    }
    """
    HELP = mark(
        "A pivot changes beliefs. Enter on one says what it becomes, of which kind the change is and why; x leaves it as "
        "it is. ctrl+s shows what will happen and asks for the day of the next decision. Each changed belief is "
        "retired, its child starts as a draft without evidence, and the gate of the earliest step among them opens."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.back", "close"),
        binding("app.help", "app.explain"),
        binding("record.archive", "leave_alone"),
        binding("form.save", "go_on"),
    ]

    def __init__(self, desk: "DeskScreen", told: Choices) -> None:
        super().__init__()
        self._desk = desk
        self._told = told
        self._list = RecordList(lines=2, gap=0, markable=False, id="pivot-list")

    @property
    def changes(self) -> dict[str, dict[str, str]]:
        """Id of a belief to what it becomes."""
        return _KEPT.setdefault(self._desk, {})

    def compose(self) -> ComposeResult:
        """The beliefs and the keys."""
        with Vertical(id="pivot"):
            yield self._list
            yield HintLine(id="pivot-hints")

    def on_mount(self) -> None:
        """Start on the first belief."""
        keymap = self._desk.keymap
        hints = [
            keymap.hint("list.open", t("change it")),
            keymap.hint("record.archive", t("leave it")),
            keymap.hint("form.save", t("go on")),
            keymap.hint("list.back"),
        ]
        self.query_one(HintLine).show(hints)
        self._draw()
        self._list.focus()

    def _draw(self) -> None:
        self._list.show(Listed([self._row(each) for each in self._told.beliefs]), keep=self._list.cursor_id)
        count = sum(each.id in self.changes for each in self._told.beliefs)
        self._list.set_title(t("Pivot: what do we change?"), t("{n} to change", n=count))

    def _row(self, belief: Choice) -> Row:
        sign = sign_of(HYPOTHESIS_STATES, belief.state)
        change = self.changes.get(belief.id)
        told = t("  stays as it is · {state}", state=sign.text)
        if change:
            told = f"  → {kind_words(change['pivot_kind'])}: {change['statement']}"
        return Row(belief.id, (f"{belief.code} {belief.statement}", told), strong=bool(change))

    @on(RecordList.Chosen)
    def _change(self, event: RecordList.Chosen) -> None:
        event.stop()
        belief = self._belief(event.id)
        first = {"statement": belief.statement, "segment": belief.segment, **self.changes.get(belief.id, {})}

        def left(answer: Left | None) -> None:
            if answer is not None and answer.answers is not None:
                told = {name: str(value) for name, value in answer.answers.items()}
                self.changes[belief.id] = {**first, **told}
                self._draw()

        form = Form(
            move_id="gate.pivot",
            record_id=belief.id,
            title=t("{code} becomes", code=belief.code),
            questions=_questions(first),
        )
        self.app.push_screen(AskScreen(form, self._desk.keymap, today=self._told.today), left)

    def _belief(self, belief_id: str) -> Choice:
        return next(each for each in self._told.beliefs if each.id == belief_id)

    def action_leave_alone(self) -> None:
        """Leave the belief under the cursor as it is."""
        self.changes.pop(self._list.cursor_id, None)
        self._draw()

    def action_go_on(self) -> None:
        """Show what will happen, and ask for the two lines of the gate that opens."""
        chosen = [each for each in self._told.beliefs if each.id in self.changes]
        if not chosen:
            self.notify(t("Change at least one belief: Enter on it."), severity="warning")
            return
        form = Form(
            move_id="gate.pivot",
            record_id=self._told.gate_id,
            title=t("Pivot: this will happen"),
            questions=_of_the_gate(),
            warnings=tuple(consequences(self._told, chosen, self.changes)),
        )
        self.app.push_screen(AskScreen(form, self._desk.keymap, today=self._told.today, send=self._send))

    def _send(self, answers: dict[str, object], back: Any) -> None:
        changes = [
            {"hypothesis": belief_id, **{name: text for name, text in change.items() if text}}
            for belief_id, change in self.changes.items()
        ]

        def job(workspace: "Workspace") -> Done:
            state = workspace.perform("gate.pivot", self._told.gate_id, {**answers, "changes": changes})
            return Done(workspace.last_act.words if workspace.last_act else "", state)

        def done(words: str) -> None:
            self.changes.clear()
            back(None)
            self.dismiss(None)
            key = self._desk.keymap.label("app.undo")
            self._desk.notify(t("{words} · {key} takes it back", words=words, key=key), timeout=6)

        def refused(error: FieldgateError) -> None:
            back(error)

        self.post_message(JobRequested(job, done, refused))

    def action_close(self) -> None:
        """Go back; what was written stays for the next time."""
        if self.changes:
            self._desk.notify(t("Kept as a draft: it stands there again the next time."))
        self.dismiss(None)


def kind_words(kind: str) -> str:
    """Say a kind of change as a founder reads it."""
    return next((t(each.words) for each in choices(PivotKind) if each.value == kind), kind)


def consequences(told: Choices, chosen: Sequence[Choice], changes: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Say what a pivot will do, before it does."""
    step = min((told.step, *(each.step for each in chosen)), key=STEPS.index)
    said = [
        t("{code} is retired; its child starts as a draft, without evidence: {statement}", code=each.code,
          statement=changes[each.id]["statement"])
        for each in chosen
    ]  # fmt: skip
    return [*said, t("This gate closes; the next round of {step} opens.", step=step_word(step)),
            t("What was said to the old beliefs is offered again in triage, piece by piece.")]  # fmt: skip


def _questions(first: Mapping[str, str]) -> tuple[Question, ...]:
    return (
        Question(name="statement", words=t("the new statement"), holds="long", required=True, value=first["statement"]),
        Question(
            name="pivot_kind",
            words=t("kind of change"),
            holds="choice",
            required=True,
            value=first.get("pivot_kind", ""),
            choices=choices(PivotKind),
        ),
        Question(name="reason", words=t("reason"), holds="lines", required=True, value=first.get("reason", "")),
        Question(name="segment", words=t("segment"), holds="text", required=False, value=first["segment"]),
    )


def _of_the_gate() -> tuple[Question, ...]:
    """The two lines that a gate is opened with; the day is worked out from the step where it is left empty."""
    return (
        Question(name="decide_by", words=t("decide by"), holds="date", required=False),
        Question(name="stop_if", words=t("stop if"), holds="lines", required=False),
    )
