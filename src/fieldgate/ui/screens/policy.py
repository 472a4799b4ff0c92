"""The policy: every number of the method with what it means, its default, and Enter to change it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from fieldgate.domain.gates import policy_of
from fieldgate.domain.policy import POLICY_KEYS, Policy
from fieldgate.domain.records.learning import STEPS
from fieldgate.errors import FieldgateError
from fieldgate.ui.bindings import binding
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.asking import open_form
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.words import mark, t
from fieldgate.workspace.forms import Form, Question

if TYPE_CHECKING:
    from datetime import date

    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

POLICY = "workspace.policy"
_STEP_DAYS = "step_days"
Numbers = Mapping[str, tuple[int, int]]
"""Key to the number in force and the default."""


def numbers_of(workspace: "Workspace") -> "tuple[Numbers, str, date]":
    """Return every number of the policy with its default, the id of the workspace, and the day."""
    policy, default = policy_of(workspace.facts, workspace.playbook), Policy()
    found: dict[str, tuple[int, int]] = {}
    for key in POLICY_KEYS:
        if key == _STEP_DAYS:
            for step in STEPS:
                found[f"{key}.{step.value}"] = (policy.step_days[step.value], default.step_days[step.value])
        else:
            found[key] = (getattr(policy, key), getattr(default, key))
    return found, workspace.facts.workspace.id, workspace.clock.today()


def show(desk: "DeskScreen", key: str = "") -> None:
    """Show the numbers, and ask for one of them if it is named."""

    def found(told: "tuple[Numbers, str, date]") -> None:
        screen = PolicyScreen(desk, *told)
        desk.app.push_screen(screen)
        if key in told[0]:
            screen.change(key)

    open_by(desk, lambda opened: Done(numbers_of(opened)), found)


class PolicyScreen(ModalScreen[None], inherit_bindings=False):
    """The numbers as a list.

    Args:
        desk: The desk below.
        numbers: What holds.
        workspace_id: Whose they are.
        today: The day.
    """

    DEFAULT_CSS = """
    PolicyScreen {
        align: center middle;
        background: $background 60%;
        & > #policy { width: 100%; height: 100%; background: $surface; }
        RecordList { height: 1fr; }
    }
    """
    HELP = mark(
        "The numbers of the method. Enter changes one; an empty value gives the default back. Each change is in the log "
        "and is told by every export, and the gate is judged anew at once."
    )
    BINDINGS: ClassVar[list[BindingType]] = [binding("list.back", "close"), binding("app.help", "app.explain")]

    def __init__(self, desk: "DeskScreen", numbers: Numbers, workspace_id: str, today: "date") -> None:
        super().__init__()
        self._desk = desk
        self._numbers = numbers
        self._workspace_id = workspace_id
        self._today = today
        self._list = RecordList(lines=2, gap=0, markable=False, title=t("Policy"))

    def compose(self) -> ComposeResult:
        """The list over its keys."""
        with Vertical(id="policy"):
            yield self._list
            yield HintLine(id="policy-hints")

    def on_mount(self) -> None:
        """Start on the first number."""
        keymap = self._desk.keymap
        self.query_one(HintLine).show([keymap.hint("list.open", t("change")), keymap.hint("list.back")])
        self._draw()
        self._list.focus()

    def _draw(self) -> None:
        rows = [_row(key, *values) for key, values in self._numbers.items()]
        self._list.show(Listed(rows), keep=self._list.cursor_id)
        changed = sum(now != default for now, default in self._numbers.values())
        self._list.set_title(t("Policy"), t("{n} differ from the default", n=changed))

    @on(RecordList.Chosen)
    def _change(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.change(event.id)

    def change(self, key: str) -> None:
        """Ask for a number."""
        now, default = self._numbers[key]
        about = POLICY_KEYS[key.partition(".")[0]]
        words = t("{low} to {high}, default {default}", low=about.low, high=about.high, default=default)
        question = Question(name="value", words=words, holds="text", required=False, value=str(now))
        form = Form(move_id=POLICY, record_id=None, title=f"{key}: {t(about.meaning)}", questions=(question,))

        def send(answers: dict[str, object], back: Any) -> None:
            self._send(key, answers.get("value", str(now)), back)

        desk = self._desk
        open_form(desk.app, desk.keymap, form, today=self._today, drafts=desk.drafts, name=(POLICY, key), send=send)

    def _send(self, key: str, value: object, back: Any) -> None:
        def job(workspace: "Workspace") -> Done:
            state = workspace.perform(POLICY, self._workspace_id, {"key": key, "value": value})
            act = workspace.last_act
            return Done((numbers_of(workspace)[0], act.words if act else ""), state)

        def done(told: tuple[Numbers, str]) -> None:
            self._numbers, words = told
            back(None)
            self._draw()
            self.notify(t("{words} · {key} takes it back", words=words, key=self._desk.keymap.label("app.undo")))

        def refused(error: FieldgateError) -> None:
            back(error)

        self.post_message(JobRequested(job, done, refused))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def _row(key: str, now: int, default: int) -> Row:
    meaning = t(POLICY_KEYS[key.partition(".")[0]].meaning)
    step = key.partition(".")[2]
    name = f"{meaning}, {t(step)}" if step else meaning
    differs = "" if now == default else t(" (default {n})", n=default)
    return Row(key, (name, f"{now:>6}{differs}  · {key}"), strong=now != default)
