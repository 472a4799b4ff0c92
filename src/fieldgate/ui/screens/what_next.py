"""What is next, all of it: every step that would move the gate, in its order; Enter goes to where it is done."""

from typing import TYPE_CHECKING

from fieldgate.ui.messages import DecideRequested
from fieldgate.ui.panes.gate import way_to
from fieldgate.ui.screens import gate_menu
from fieldgate.ui.screens.paper import Sheet, show_paper
from fieldgate.ui.screens.working import start_move
from fieldgate.ui.widgets.spans import BLANK, Line, dim, label, line, link
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.domain.next_steps import NextStep
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

_STEP = "step"
_TRIAGE = "fieldgate triage --kind "


def show(desk: "DeskScreen") -> None:
    """Show the list."""
    steps: list[NextStep] = []

    def gather(workspace: "Workspace") -> Sheet:
        steps[:] = workspace.judged.next
        return sheet_of(steps, desk.keymap.label("triage.start"), sum(workspace.judged.queue.waiting.values()))

    def left(place: tuple[str, str] | None) -> None:
        if place is not None:
            go(desk, steps[int(place[1])])

    show_paper(desk.app, desk.keymap, gather, left)


def sheet_of(steps: "list[NextStep]", triage: str, waiting: int) -> Sheet:
    """Write the steps down, each a link."""
    lines: list[Line] = []
    for number, each in enumerate(steps):
        lines += [line(label(f"{number + 1:>2}  "), link(each.text, _STEP, str(number)), indent=4), BLANK]
    if not steps:
        lines.append(line(t("Nothing would move a gate now.")))
    if waiting:
        lines.append(line(dim(t("{n} items wait to be decided in triage: {key}", n=waiting, key=triage))))
    return Sheet(title=t("What is next"), lines=lines)


def go(desk: "DeskScreen", step: "NextStep") -> None:
    """Go to where a step is done."""
    command = step.command
    if command.startswith(_TRIAGE):
        desk.app.call_later(desk.app.run_action, f"app.triage('{command.removeprefix(_TRIAGE)}')")
    elif command.startswith("fieldgate add meeting --kind sync"):
        start_move(desk, "sync")
    elif command == "fieldgate gate advance":
        gate_menu.show(desk)
    elif command.startswith("fieldgate show --contrary"):
        desk.post_message(DecideRequested("hear", step.id))
    elif step.kind == "gate":
        desk.action_view("gate")
    else:
        state = desk.state
        wish = way_to(step.kind, step.id, state.summary.step if state and state.summary else "")
        if wish is not None:
            desk.post_message(wish)
