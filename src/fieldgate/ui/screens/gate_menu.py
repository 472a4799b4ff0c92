"""The gate: everything that decides it, in one menu; what is missing is named in words.

Beside its moves stand the pieces that have still to be heard, the questions that a person answers, the sync meeting,
and the gates that were closed before with what they rested on.
"""

from typing import TYPE_CHECKING

from fieldgate.domain.gates import live_gates, open_gate, phase
from fieldgate.domain.moves.catalog import MOVES, possible
from fieldgate.domain.moves.scene import name_of
from fieldgate.domain.records.journey import Check
from fieldgate.ui.messages import AskRequested, Done
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.widgets.signs import ANSWERS, sign_of
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.domain.records.history import Gate
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

_OWN = frozenset({"gate.hear", "gate.edit"})
"""Moves that stand in the menu in another form."""
# Not the letter of triage for another day: that edits on the desk.
_LETTERS = {"gate.advance": "A", "gate.pivot": "P", "gate.stop": "X", "gate.redate": "d"}


def show(desk: "DeskScreen") -> None:
    """Show what can be done with the open gate, or with the last one where none is open."""

    def open_menu(found: tuple[str, list[Item]]) -> None:
        title, items = found

        def chosen(value: str | None) -> None:
            if value is not None:
                _do(desk, value)

        desk.app.push_screen(MenuScreen(title, items), chosen)

    open_by(desk, lambda opened: Done(menu_of(opened)), open_menu)


def menu_of(workspace: "Workspace") -> tuple[str, list[Item]]:
    """Return title and items of the menu; legal moves first."""
    facts = workspace.facts
    gates = live_gates(facts)
    gate = open_gate(facts) or (gates[-1] if gates else None)
    if gate is None:
        return t("Gate"), []
    moves = list(_moves(workspace, gate))
    legal = [each for each in moves if not each.missing]
    more = [*_pieces(workspace), *_checks(workspace, gate), *_lines(gate)]
    if gate.open:
        more.append(Item(value="sync", label=t("Sync meeting: agenda, proposal, ballot"), letter="v"))
    if phase(facts) == "stopped":
        more.append(Item(value="closing", label=t("Closing report: read it, write it to a file"), letter="r"))
    if any(not each.open for each in gates):
        more.append(Item(value="closed", label=t("Earlier gates, with what they rested on"), letter="i"))
    return name_of(gate), [*legal, *more, *(each for each in moves if each.missing)]


def _moves(workspace: "Workspace", gate: "Gate") -> "Iterator[Item]":
    for move, missing in possible(workspace.facts, gate, workspace.occasion()):
        if move.id not in _OWN:
            letter = _LETTERS.get(move.id, move.letter)
            yield Item(value=f"{move.id} {gate.id}", label=t(move.label), letter=letter, missing=tuple(missing))


def _pieces(workspace: "Workspace") -> "Iterator[Item]":
    """The pieces that nobody opened on this gate yet."""
    report = workspace.report()
    for number, each in enumerate(report.unheard if report else (), 1):
        label = t("Open the strongest piece against {code}", code=each.code)
        yield Item(value=f"hear {each.hypothesis_id}", label=label, letter=str(number)[-1:])


def _checks(workspace: "Workspace", gate: "Gate") -> "Iterator[Item]":
    """The questions of the gate that a person answers."""
    for check in workspace.facts.linked("check", "gate_id", gate.id):
        if isinstance(check, Check) and gate.open:
            sign = sign_of(ANSWERS, check.answer)
            yield Item(value=f"check {check.id}", label=t("{answer}: {text}", answer=sign.text, text=check.text))


def _lines(gate: "Gate") -> "Iterator[Item]":
    if gate.open:
        label = t("Change what would mean to stop") if gate.stop_if else t("Write what would mean to stop")
        yield Item(value=f"gate.edit {gate.id}", label=label, letter="s")


def _do(desk: "DeskScreen", value: str) -> None:
    what, _, rest = value.partition(" ")
    decide(desk, what, rest.partition(" ")[0])


def decide(desk: "DeskScreen", what: str, record_id: str) -> None:
    """Go to what decides a gate: a screen by its name, or a move of the record."""
    if what in _SCREENS:
        from importlib import import_module  # each of these is loaded when it is wanted

        import_module(f"fieldgate.ui.screens.{_SCREENS[what]}").show(desk, *([record_id] if record_id else []))
    elif what == "check":
        from fieldgate.ui.screens.record_menu import show_moves  # it leads here

        show_moves(desk, "check", record_id)
    elif what in MOVES:
        desk.post_message(AskRequested(what, record_id))
    else:
        show(desk)


_SCREENS = {"sync": "sync", "closing": "closing", "closed": "snapshot", "hear": "contrary", "gate.pivot": "pivot"}
