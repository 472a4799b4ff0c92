"""The gate: what each criterion of the open gate says, what proves it, and which record would fix what is missing."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from fieldgate.domain.findings import Fix
from fieldgate.domain.gates import CriterionReport, GateReport, live_gates, phase
from fieldgate.domain.wording import step_word
from fieldgate.ui.messages import AskRequested, CursorMoved, DecideRequested, OpenRequested, SideRequested
from fieldgate.ui.pane import SIDES, Pane
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.ui.widgets.saying import Saying
from fieldgate.ui.widgets.signs import RESULTS, day_text, sign_of
from fieldgate.ui.widgets.table_list import Column, TableList
from fieldgate.words import mark, t
from fieldgate.workspace.state import State


class CriteriaList(TableList):
    """The criteria, each with its result in glyph and word and what proves it."""

    BINDINGS: ClassVar[list[BindingType]] = SIDES
    HELP = mark(
        "The criteria of the next gate. ✓ met, ✗ missing, — not applicable. Enter goes to the record that would fix "
        "what is missing. All met or not applicable: both teams agree in a sync meeting, then the step ends."
    )

    def __init__(self) -> None:
        super().__init__(lines=1, gap=0, markable=False, id="criteria")
        self.set_columns(
            [
                Column(heading=t("Result"), least=12),
                Column(heading=t("Criterion"), least=24, weight=3),
                Column(heading=t("What is there, or missing"), least=24, weight=2),
            ]
        )

    def action_side(self, by: int) -> None:
        """Go to the fixes, or to what lies left of the gate."""
        self.post_message(SideRequested(by))

    def action_back(self) -> None:
        """Let the desk decide."""
        self.post_message(SideRequested(0))


class FixList(RecordList):
    """The records that would fix what a criterion lacks."""

    BINDINGS: ClassVar[list[BindingType]] = SIDES
    HELP = mark("Records that would fix what the criterion above lacks. Enter goes there; G comes back.")

    def __init__(self) -> None:
        super().__init__(lines=1, gap=0, markable=False, id="fixes")

    def action_side(self, by: int) -> None:
        """Go back to the criteria."""
        self.post_message(SideRequested(by))

    def action_back(self) -> None:
        """Go back to the criteria."""
        self.post_message(SideRequested(-1))


class GatePane(Pane):
    """The open gate."""

    HINTS = ("list.open", "record.moves", "pane.next", "gate.why", "list.back")

    def __init__(self, *, view: int, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._view = view
        self.followed = 0
        """How often one went from what is missing to what would fix it."""
        self._criteria = CriteriaList()
        self._proof = Saying(2, id="proof")
        self._stop = Saying(2, snug=True, id="stop-if")
        self._fixes = FixList()

    def compose(self) -> ComposeResult:
        """Criteria over the proof of the one under the cursor, and what would fix it."""
        yield self._stop
        yield self._criteria
        yield self._proof
        yield self._fixes

    @property
    def heart(self) -> Widget:
        """The criteria, or the fixes while they have the focus."""
        return self._fixes if self._fixes.has_focus else self._criteria

    def draw(self, state: State) -> None:
        """Show what the rules found; until they have run, say so."""
        report = state.report
        if report is None:
            self._criteria.set_empty(Content(_closed(state)))
            self._criteria.show(Listed())
            self._criteria.set_title(f"{self._view} {t('Gate')}")
            self._stop.say("")
            self._show_fixes()
            return
        # At first on what is missing; later where the cursor was.
        first = next((each.criterion.id for each in report.unmet()), "")
        rows = [*(_row(each) for each in report.criteria), *_unheard_rows(report)]
        self._criteria.show(Listed(rows), keep=self._criteria.cursor_id or first)
        self._criteria.set_title(f"{self._view} {_title(state, report)}", _due(state, report))
        self._stop.say(_lines(report))
        self._show_fixes()

    @property
    def criterion(self) -> CriterionReport | None:
        """The criterion under the cursor."""
        report = self.state.report if self.state else None
        found = (each for each in report.criteria if each.criterion.id == self._criteria.cursor_id) if report else ()
        return next(iter(found), None)

    def _show_fixes(self) -> None:
        criterion = self.criterion
        self._proof.say(criterion.text if criterion else "")
        fixes = criterion.fix if criterion else ()
        self._fixes.show(Listed([Row(str(number), (_fix_text(fix),)) for number, fix in enumerate(fixes)]))
        title = t("What would fix it") if criterion and criterion.result == "unmet" else t("Nothing to fix here")
        self._fixes.set_title(f"{title} {len(fixes) or ''}".rstrip())
        self._fixes.set_empty(Content(t("No record is named; the text above says what is missing."))
                              if criterion and criterion.result == "unmet" else Content())  # fmt: skip
        self._tell_cursor()

    def _fix(self) -> Fix | None:
        criterion = self.criterion
        number = self._fixes.cursor
        return criterion.fix[number] if criterion and number < len(criterion.fix) else None

    def _tell_cursor(self) -> None:
        fix = self._fix()
        if self.has_focus_within:
            self.post_message(CursorMoved(fix.kind, fix.id) if fix else CursorMoved("", ""))

    @on(RecordList.Moved, "#criteria")
    def _change_criterion(self, event: RecordList.Moved) -> None:
        event.stop()
        self._show_fixes()

    @on(RecordList.Moved, "#fixes")
    def _change_fix(self, event: RecordList.Moved) -> None:
        event.stop()
        self._tell_cursor()

    @on(events.DescendantFocus)
    def _tell_place(self) -> None:
        self._tell_cursor()

    @on(RecordList.Chosen, "#criteria")
    def _go_and_fix(self, event: RecordList.Chosen) -> None:
        """Go to the record if there is one; choose among several."""
        event.stop()
        criterion = self.criterion
        if event.id.startswith(_UNHEARD):
            self._follow(DecideRequested("hear", event.id.removeprefix(_UNHEARD)))
        elif criterion and len(criterion.fix) > 1:
            self._fixes.focus(scroll_visible=False)
        elif criterion and not criterion.fix:
            if criterion.result == "unmet":
                self._follow(DecideRequested(""))
            else:
                self.post_message(DecideRequested(""))
        else:
            self._go()

    @on(RecordList.Chosen, "#fixes")
    def _go_to_fix(self, event: RecordList.Chosen) -> None:
        event.stop()
        self._go()

    def _go(self) -> None:
        """Go to the record that is named; what has still to be made is made, what a person answers is answered."""
        fix = self._fix()
        if fix is None:
            return
        criterion = self.criterion.criterion.id if self.criterion else ""
        wish = (
            DecideRequested("sync")
            if criterion.endswith(".sync") or fix.kind == "gate"
            else way_to(fix.kind, fix.id, criterion.partition(".")[0])
        )
        if wish is not None:
            self._follow(wish)
        else:
            self.notify(fix.text)

    def _follow(self, wish: Message) -> None:
        self.followed += 1
        self.post_message(wish)

    @on(SideRequested)
    def _change_part(self, event: SideRequested) -> None:
        """Go between criteria and fixes; beyond them the desk decides."""
        inside = self._fixes.has_focus
        if event.by > 0 and not inside and self._fixes.count:
            event.stop()
            self._fixes.focus(scroll_visible=False)
        elif event.by < 0 and inside:
            event.stop()
            self._criteria.focus(scroll_visible=False)
        elif event.by == 0:
            event.stop()
            self.action_back()


def way_to(kind: str, record_id: str, step: str) -> Message | None:
    """Return the wish that leads to a record which would fix something; one that has still to be made is asked for."""
    if kind == "check" and record_id:
        return DecideRequested("check", record_id)
    if kind == "workspace":
        return AskRequested("workspace.edit", record_id)
    if record_id:
        return OpenRequested(kind, record_id)
    if kind in _MADE:
        return AskRequested(f"{kind}.create", "", {"step": step} if kind == "hypothesis" else {})
    return None


_UNHEARD = "heard "
"""Before the id of a belief: the row of a piece that nobody has opened yet."""
_MADE = frozenset({"hypothesis", "customer", "meeting", "requirement", "action"})
"""Kinds of records that a fix may ask to be made."""


def _closed(state: State) -> str:
    """Say why no gate is open, and what can be done about it."""
    if state.facts is None:
        return t("The rules are running; a moment.")
    found = phase(state.facts)
    if found == "stopped":
        gate = live_gates(state.facts)[-1]
        reason = " ".join((gate.reason or "").split())
        return t(
            "Stopped on {day}: {reason}\nNothing can be changed now. `.` shows the closing report, and opens the gate again.",
            day=day_text(gate.closed_on, state.today),
            reason=reason,
        )
    if found == "done":
        return t("Every step is done. The work on the journey goes on; `.` shows the gates that led here.")
    return t("No gate is open.")


def _lines(report: GateReport) -> str:
    """What stands above the criteria: a conflict first, then what would mean to stop, which is asked for while empty."""
    if report.undecided is not None:
        return t("! The {step} gate was closed differently on two sides: decide that in triage before anything closes.",
                 step=step_word(report.undecided.step))  # fmt: skip
    if not report.gate.stop_if:
        return t("Stop if: not written yet. Which state of the world on that day means that we stop? `.` then s")
    return t("Stop if: {what}", what=report.gate.stop_if)


def _unheard_rows(report: GateReport) -> list[Row]:
    """A row for each piece that has still to be opened; Enter opens it."""
    return [
        Row(
            f"{_UNHEARD}{each.hypothesis_id}",
            (
                t("· to hear"),
                t("What speaks against {code}", code=each.code),
                t("Enter opens the strongest piece against it"),
            ),
        )
        for each in report.unheard
    ]


def _row(each: CriterionReport) -> Row:
    sign = sign_of(RESULTS, each.result)
    return Row(each.criterion.id, (sign.text, t(each.criterion.title), each.text), strong=each.result == "unmet",
               dim=each.result == "na")  # fmt: skip


def _title(state: State, report: GateReport) -> str:
    step = next((each for each in state.playbook.steps if each.id == report.gate.step), None)
    name = t(step.title) if step else str(report.gate.step)
    counted = t("{met} of {total} met, {pct} %", met=report.met, total=report.total, pct=report.readiness)
    return f"{name}: {t(step.question)} {counted}" if step else f"{name}: {counted}"


def _due(state: State, report: GateReport) -> str:
    day = day_text(report.gate.decide_by, state.today)
    due = t("! decide by {day}, overdue", day=day) if report.overdue else t("decide by {day}", day=day)
    return f"{t('advance')} · {t('pivot')} · {t('stop')}   {due}"


def _fix_text(fix: Fix) -> str:
    return fix.text if not fix.code or fix.code in fix.text else f"{fix.code}  {fix.text}"
