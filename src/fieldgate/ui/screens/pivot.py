"""The pivot: choose the beliefs to change, say of each what it becomes and why; what will happen stands there before it does.

What was written is kept until the pivot is made, also when one leaves to look something up.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from fieldgate.errors import FieldgateError
from fieldgate.ui.bindings import binding
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.asking import open_form, say_kept
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.screens.form import Send
from fieldgate.ui.screens.pivot_choices import (
    PIVOT,
    Choice,
    Choices,
    choices_of,
    consequences,
    kind_words,
    questions_of,
    questions_of_the_gate,
)
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.ui.widgets.signs import HYPOTHESIS_STATES, sign_of
from fieldgate.words import mark, t
from fieldgate.workspace.forms import Form

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

_WHOLE, _GATE = "changes", "gate"
"""What is kept under these of a pivot: all that is to change, and what was typed of the gate that opens."""


def show(desk: "DeskScreen", gate_id: str, place: str = "") -> None:
    """Start a pivot, or say what it lacks; go on with the belief that is named, or with the gate that opens."""

    def found(told: Choices) -> None:
        if told.missing:
            desk.notify("\n".join(told.missing), severity="warning", timeout=10)
            return
        screen = PivotScreen(desk, told)
        desk.app.push_screen(screen)
        if place == _GATE:
            screen.call_after_refresh(screen.action_go_on)
        elif any(each.id == place for each in told.beliefs):
            screen.change(place)

    open_by(desk, lambda opened: Done(choices_of(opened, gate_id)), found)


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
        """Id of a belief to what it becomes; kept as a draft until the pivot is made."""
        found: dict[str, dict[str, str]] = {}
        for name, text in self._desk.drafts.get(self._kept_under(_WHOLE), {}).items():
            belief_id, _, asked = name.partition(" ")
            found.setdefault(belief_id, {})[asked] = text
        held = {each.id for each in self._told.beliefs}
        return {belief_id: change for belief_id, change in found.items() if belief_id in held}

    def _kept_under(self, what: str) -> tuple[str, str]:
        """Return what something of this pivot is kept under."""
        return PIVOT, f"{self._told.gate_id} {what}"

    def _keep(self, changes: Mapping[str, Mapping[str, str]]) -> None:
        """Keep what is to change."""
        typed = {f"{belief_id} {asked}": text for belief_id, each in changes.items() for asked, text in each.items()}
        if typed:
            self._desk.drafts[self._kept_under(_WHOLE)] = typed
        else:
            self._desk.drafts.pop(self._kept_under(_WHOLE), None)
        self._draw()

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
        self._list.set_title(t("Pivot: what do we change?"), t("{n} to change", n=len(self.changes)))

    def _row(self, belief: Choice) -> Row:
        sign = sign_of(HYPOTHESIS_STATES, belief.state)
        change = self.changes.get(belief.id)
        told = t("  stays as it is · {state}", state=sign.text)
        if change:
            told = f"  → {kind_words(change['pivot_kind'])}: {change['statement']}"
        return Row(belief.id, (f"{belief.code} {belief.statement}", told), strong=bool(change))

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.change(event.id)

    def change(self, belief_id: str) -> None:
        """Ask what a belief becomes."""
        belief = self._belief(belief_id)
        first = {"statement": belief.statement, "segment": belief.segment, **self.changes.get(belief_id, {})}

        def answered(answers: dict[str, object]) -> None:
            told = {name: str(value) for name, value in answers.items()}
            self._keep({**self.changes, belief_id: {**first, **told}})

        title = t("{code} becomes", code=belief.code)
        self._ask(
            Form(move_id=PIVOT, record_id=belief_id, title=title, questions=questions_of(first)), belief_id, answered
        )

    def _ask(
        self,
        form: Form,
        what: str,
        answered: Callable[[dict[str, object]], None] | None = None,
        send: Send | None = None,
    ) -> None:
        desk = self._desk
        day, name = self._told.today, self._kept_under(what)
        open_form(desk.app, desk.keymap, form, today=day, drafts=desk.drafts, name=name, send=send, answered=answered)

    def _belief(self, belief_id: str) -> Choice:
        return next(each for each in self._told.beliefs if each.id == belief_id)

    def action_leave_alone(self) -> None:
        """Leave the belief under the cursor as it is."""
        self._keep({name: each for name, each in self.changes.items() if name != self._list.cursor_id})

    def action_go_on(self) -> None:
        """Show what will happen, and ask for the two lines of the gate that opens."""
        chosen = [each for each in self._told.beliefs if each.id in self.changes]
        if not chosen:
            self.notify(t("Change at least one belief: Enter on it."), severity="warning")
            return
        form = Form(
            move_id=PIVOT,
            record_id=self._told.gate_id,
            title=t("Pivot: this will happen"),
            questions=questions_of_the_gate(),
            warnings=tuple(consequences(self._told, chosen, self.changes)),
        )
        self._ask(form, _GATE, send=self._send)

    def _send(self, answers: dict[str, object], back: Any) -> None:
        changes = [
            {"hypothesis": belief_id, **{name: text for name, text in change.items() if text}}
            for belief_id, change in self.changes.items()
        ]

        def job(workspace: "Workspace") -> Done:
            state = workspace.perform(PIVOT, self._told.gate_id, {**answers, "changes": changes})
            return Done(workspace.last_act.words if workspace.last_act else "", state)

        def done(words: str) -> None:
            self._keep({})
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
            say_kept(self._desk.app)
        self.dismiss(None)
