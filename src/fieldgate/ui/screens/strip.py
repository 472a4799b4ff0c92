"""What the gate strip and the tab line say of a State."""

from fieldgate.domain.listing import BOARD_COLUMNS, View
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.screens.views import PANES
from fieldgate.ui.widgets.gate_bar import GateBarData, Step, StepState
from fieldgate.ui.widgets.signs import day_text
from fieldgate.ui.widgets.tab_line import Tab
from fieldgate.words import mark, t
from fieldgate.workspace.state import State
from fieldgate.workspace.summary import Summary

STEP_NAMES = {
    "discovery": mark("Discovery"),
    "validation": mark("Validation"),
    "creation": mark("Creation"),
    "building": mark("Building"),
}
"""The steps in their order, as `records.learning.STEPS` has them, and what they are called."""


def strip_of(state: State, keymap: Keymap) -> GateBarData:
    """Return what the strip shows."""
    summary = state.summary
    if summary is None:
        return GateBarData(
            workspace="", steps=_steps("", ""), met=0, total=0, next_text=t("working it out"), stale=True
        )
    hints = [t("{key} shows why", key=keymap.label("gate.why")), t("{key} all of it", key=keymap.label("app.next"))]
    if summary.waiting_in_all:
        hints.append(t("{n} waiting", n=summary.waiting_in_all))
    due = day_text(summary.decide_by, state.today)
    return GateBarData(
        workspace=summary.name,
        steps=_steps(summary.step, summary.phase),
        met=summary.met,
        total=summary.total,
        next_text=_next(summary),
        next_key=keymap.label("app.next"),
        next_hint=" · ".join(hints),
        due=t("decide by {day}", day=due) if due and summary.phase == "open" else "",
        overdue=summary.overdue,
        stale=not state.settled,
    )


def _next(summary: Summary) -> str:
    if summary.phase == "stopped":
        return t("Stopped: nothing can be changed. The gate says why, and can be opened again.")
    return summary.next[0].text if summary.next else t("nothing: all is done")


def _steps(current: str, phase: str) -> tuple[Step, ...]:
    names = list(STEP_NAMES)
    place = names.index(current) if current in STEP_NAMES else 0
    here = {"stopped": StepState.STOPPED, "done": StepState.DONE}.get(phase, StepState.CURRENT)
    return tuple(
        Step(
            number=number + 1,
            title=t(words),
            state=StepState.DONE if number < place else here if number == place else StepState.AHEAD,
        )
        for number, words in enumerate(STEP_NAMES.values())
    )


def tabs_of(state: State, here: str, keymap: Keymap) -> tuple[list[Tab], str, str]:
    """Return the tabs with their counts, the one that is shown, and how many items wait, with the key that leads there."""
    tabs = []
    for spec in PANES:
        count = _count(state, spec.lists)
        tabs.append(Tab(spec.name, str(spec.number), f"{t(spec.title)} {count}".rstrip()))
    summary = state.summary
    waiting = ""
    if summary and summary.waiting_in_all:
        waiting = f"{keymap.label('triage.start')} {t('{n} waiting', n=summary.waiting_in_all)}"
    return tabs, here, waiting


def _count(state: State, view: View | None) -> str:
    if view is None:
        return f"{state.summary.met}/{state.summary.total}" if state.summary else ""
    if view is View.BOARD:
        counts = state.reader.board_counts()
        return str(sum(cards for (_, _, column), cards in counts.items() if column in BOARD_COLUMNS))
    return str(state.reader.count(view))
