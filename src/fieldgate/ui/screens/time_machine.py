"""The time machine: criteria, counts and beliefs as they stood at the end of any day.

h and l go a day back and on; the menu has the days on which something was decided.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from fieldgate.domain.evidence import tally
from fieldgate.domain.findings import code_order
from fieldgate.domain.gates import evaluate, live_gates, phase, policy_of
from fieldgate.domain.moves.scene import name_of
from fieldgate.errors import FieldgateError
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Hint, Keymap
from fieldgate.ui.messages import OpenRequested
from fieldgate.ui.screens.asking import open_form
from fieldgate.ui.screens.menu import Item
from fieldgate.ui.screens.paper import PaperScreen, Sheet
from fieldgate.ui.screens.sync import counts_text
from fieldgate.ui.widgets.signs import HYPOTHESIS_STATES, RESULTS, sign_of
from fieldgate.ui.widgets.spans import BLANK, Line, dim, label, line, link, strong
from fieldgate.words import mark, t
from fieldgate.workspace.forms import Form, Question
from fieldgate.workspace.time_machine import names_as_now, past_of_workspace

if TYPE_CHECKING:
    from fieldgate.domain.gates import GateReport
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.domain.time_machine import Past
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

_LANDMARKS = 30
_NAMED = 12


def show(desk: "DeskScreen") -> None:
    """Show yesterday; from there to any day."""
    today = desk.state.today if desk.state else date.max

    def left(place: tuple[str, str] | None) -> None:
        if place is not None:
            desk.post_message(OpenRequested(*place))

    desk.app.push_screen(TimeMachineScreen(today, desk.keymap), left)


class TimeMachineScreen(PaperScreen):
    """A day to look at.

    Args:
        today: The last day that can be looked at; shown first.
        keymap: The keys in force.
    """

    HELP = mark(
        "How things stood at the end of a day. h and l go a day back and on, . chooses a day or one on which something "
        "was decided. What has a date is exact; other fields come from the log as far as it reaches, and are named "
        "where they could only be shown as they are now."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.left", "turn(-1)"),
        binding("list.right", "turn(1)"),
    ]

    def __init__(self, today: date, keymap: Keymap) -> None:
        super().__init__(lambda opened: sheet_of(opened, today), keymap, do=_do)
        self.today = today
        self.day = today

    def hints(self) -> list[Hint]:
        """The keys that turn the days."""
        return [self.keymap.pair("list.left", "list.right", t("day"))]

    def action_turn(self, by: int) -> None:
        """Go some days on, never beyond today."""
        self.go_to_day(min(self.today, self.day + timedelta(days=by)))

    def go_to_day(self, day: date) -> None:
        """Show another day."""
        self.day = day
        self.turn_to(lambda opened: sheet_of(opened, day))


def sheet_of(workspace: "Workspace", day: date) -> Sheet:
    """Write down how things stood; a day before the beginning says so."""
    try:
        past, playbook = past_of_workspace(workspace, day)
    except FieldgateError as error:
        lines = [line(error.message), line(error.hint)]
        return Sheet(title=_title(day), lines=lines, items=_items(workspace.facts))
    facts = past.facts
    report = evaluate(playbook, facts, day)
    lines = [*_head(facts, report), *_criteria(report)]
    policy = policy_of(facts, playbook)
    lines += [BLANK, line(strong(t("Hypotheses")))]
    held = [each for each in facts.hypotheses.values() if each.live]
    for each in sorted(held, key=lambda each: code_order(each.code)):
        sign = sign_of(HYPOTHESIS_STATES, each.state)
        lines.append(line(link(f"{each.code} {each.statement}", "hypothesis", each.id), indent=4))
        lines.append(line(dim(f"    {sign.text} · {counts_text(tally(facts, each, policy))}"), indent=4))
    lines += _as_now(past)
    return Sheet(title=_title(day), lines=lines, items=_items(workspace.facts))


def _title(day: date) -> str:
    return t("As it stood on {day}", day=day)


def _head(facts: "Snapshot", report: "GateReport | None") -> Iterator[Line]:
    if report is None:
        stood = phase(facts)
        yield line(
            strong(t("stopped") if stood == "stopped" else t("done") if stood == "done" else t("no gate is open"))
        )
        return
    gate = report.gate
    counts = t("{met} of {total} met, {pct} %", met=report.met, total=report.total, pct=report.readiness)
    yield line(strong(name_of(gate)), f" · {counts}")
    yield line(label(t("Decide by ")), str(gate.decide_by), dim(t(" · overdue")) if report.overdue else "")
    yield line(label(t("Stop if ")), gate.stop_if or t("was not written"), indent=8)


def _criteria(report: "GateReport | None") -> Iterator[Line]:
    for each in report.criteria if report else ():
        sign = sign_of(RESULTS, each.result)
        yield line(f"{sign.text}  ", strong(t(each.criterion.title)), dim(f"  {each.text}"), indent=4)


def _as_now(past: "Past") -> Iterator[Line]:
    names = names_as_now(past)
    if names:
        shown = ", ".join(names[:_NAMED])
        more = t(" and {n} more", n=len(names) - _NAMED) if len(names) > _NAMED else ""
        yield BLANK
        yield line(dim(t("Fields without a date are shown as now in {names}.", names=shown + more)))


def _items(facts: "Snapshot") -> list[Item]:
    """The days on which something was decided, newest first."""
    days: dict[date, list[str]] = {}
    for gate in live_gates(facts):
        days.setdefault(gate.opened_on, []).append(t("{name} opened", name=name_of(gate)))
        if gate.closed_on is not None:
            words = t("{name}: {outcome}", name=name_of(gate), outcome=t(str(gate.outcome)))
            days.setdefault(gate.closed_on, []).append(words)
    for belief in facts.hypotheses.values():
        if belief.live and belief.verdict_on is not None:
            words = t("{code} {state}", code=belief.code, state=t(belief.state.value))
            days.setdefault(belief.verdict_on, []).append(words)
    found = [
        Item(value=day.isoformat(), label=f"{day} · {', '.join(words)}")
        for day, words in sorted(days.items(), reverse=True)
    ]
    return [Item(value="choose", label=t("Choose a day"), letter="d"), *found[:_LANDMARKS]]


def _do(paper: PaperScreen, value: str) -> None:
    if not isinstance(paper, TimeMachineScreen):
        return
    if value != "choose":
        paper.go_to_day(date.fromisoformat(value))
        return
    question = Question(name="day", words=t("day"), holds="date", required=True, value=paper.day.isoformat())
    form = Form(move_id="", record_id=None, title=t("Look at which day?"), questions=(question,))

    def chosen(answers: dict[str, object]) -> None:
        if answers:  # else the day stands as it stood
            paper.go_to_day(date.fromisoformat(str(answers["day"])))

    open_form(paper.app, paper.keymap, form, today=paper.today, drafts=None, answered=chosen)
