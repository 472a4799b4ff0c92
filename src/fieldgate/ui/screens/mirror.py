"""The mirror: how many maybes each of us brings home; Enter opens one, with the words it rests on."""

from typing import TYPE_CHECKING, Any

from fieldgate.domain.gates import policy_of
from fieldgate.domain.mirror import Reflection, mirror
from fieldgate.ui.messages import OpenRequested
from fieldgate.ui.screens.paper import PaperScreen, Sheet
from fieldgate.ui.widgets.spans import BLANK, Line, dim, line, link, strong
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

_BAR = 20


def show(desk: "DeskScreen") -> None:
    """Show the mirror."""

    def left(place: tuple[str, str] | None) -> None:
        if place is not None:
            desk.post_message(OpenRequested(*place))

    desk.app.push_screen(PaperScreen(sheet_of, desk.keymap), left)


def sheet_of(workspace: "Workspace") -> Sheet:
    """Draw one bar for each of us, and what the maybes are."""
    found = mirror(workspace.facts, policy_of(workspace.facts, workspace.playbook))
    lines = [line(dim(t("Maybes among all answers. A high rate usually means a question badly asked.")))]
    for each in found:
        lines += [BLANK, *_lines(workspace, each)]
    return Sheet(title=t("The mirror"), lines=lines)


def _lines(workspace: "Workspace", one: Reflection) -> "Iterator[Line]":
    full = round(one.rate * _BAR)
    figures = t("{maybe} maybe of {total}", maybe=len(one.maybes), total=one.total)
    bar = "█" * full + "▒" * (_BAR - full)
    yield line(strong(one.member.name), f"  {bar}  {round(one.rate * 100)} %  ", dim(figures))
    for each in one.maybes:
        belief = workspace.facts.hypotheses.get(each.evidence.hypothesis_id)
        of = t(" of {code}", code=belief.code) if belief is not None else ""
        note: Any = workspace.record("note", each.note.id)  # the facts hold no long text
        yield line(
            link(f"{each.note.code} {note.text if note is not None else ''}", "note", each.note.id), dim(of), indent=4
        )
