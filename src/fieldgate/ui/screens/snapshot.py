"""Gates that were closed: the criteria and the numbers as they stood at the decision, kept with the gate."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fieldgate.domain.gates import live_gates
from fieldgate.domain.moves.scene import name_of
from fieldgate.domain.records.history import Gate
from fieldgate.ui.messages import Done, OpenRequested
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.screens.paper import Sheet, show_paper
from fieldgate.ui.widgets.signs import HYPOTHESIS_STATES, RESULTS, day_text, sign_of
from fieldgate.ui.widgets.spans import BLANK, Line, dim, label, line, link, strong
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.domain.playbook import Playbook
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace


def show(desk: "DeskScreen") -> None:
    """Show the closed gates; the only one at once."""

    def found(items: list[Item]) -> None:
        if len(items) == 1:
            _read(desk, items[0].value)
        else:
            desk.app.push_screen(MenuScreen(t("Earlier gates"), items), lambda value: _read(desk, value))

    open_by(desk, lambda opened: Done(_items(opened)), found)


def _items(workspace: "Workspace") -> list[Item]:
    closed = [each for each in live_gates(workspace.facts) if not each.open]
    return [
        Item(
            value=each.id,
            label=t("{name}: {outcome}, {day}", name=name_of(each), outcome=t(str(each.outcome)), day=each.closed_on),
            letter=str(number)[-1:],
        )
        for number, each in enumerate(reversed(closed), 1)
    ]


def _read(desk: "DeskScreen", gate_id: str | None) -> None:
    if not gate_id:
        return

    def left(place: tuple[str, str] | None) -> None:
        if place is not None:
            desk.post_message(OpenRequested(*place))

    show_paper(desk.app, desk.keymap, lambda opened: sheet_of(opened, gate_id), left)


def sheet_of(workspace: "Workspace", gate_id: str) -> Sheet:
    """Write down what a closed gate rested on."""
    gate = workspace.record("gate", gate_id)
    if not isinstance(gate, Gate) or gate.open:
        return Sheet(title=t("Gate"), lines=[line(t("This gate is not closed."))])
    today = workspace.clock.today()
    outcome = t(str(gate.outcome))
    lines = [
        line(label(t("Outcome ")), strong(outcome), dim(f" · {day_text(gate.closed_on, today)}")),
        line(label(t("Decide by ")), day_text(gate.decide_by, today)),
        line(label(t("Stop if ")), gate.stop_if or t("was not written"), indent=8),
    ]
    if gate.stop_kind is not None:
        lines.append(line(label(t("Why we stopped ")), t(str(gate.stop_kind))))
    if gate.reason:
        lines.append(line(label(t("Reason ")), gate.reason, indent=8))
    if gate.meeting_id:
        code = getattr(workspace.facts.meetings.get(gate.meeting_id), "code", t("a meeting"))
        lines.append(line(label(t("Agreed in ")), link(code, "meeting", gate.meeting_id)))
    proof = _proof(gate.snapshot)
    if proof is None:
        kept = (
            t("What it rested on cannot be read; as it was written:")
            if gate.snapshot
            else t("What it rested on was not kept.")
        )
        lines += [BLANK, line(kept), *(line(each) for each in (gate.snapshot or "").splitlines())]
    else:
        lines += _proof_lines(proof, workspace.playbook)
    return Sheet(title=f"{name_of(gate)} · {outcome}", lines=lines)


def _proof(text: str | None) -> Mapping[str, Any] | None:
    """Read what was kept; a file is written by anybody, so nothing about it is certain."""
    try:
        proof = json.loads(text or "")
    except ValueError:
        return None
    return proof if isinstance(proof, dict) else None


def _proof_lines(proof: Mapping[str, Any], playbook: "Playbook") -> Iterator[Line]:
    counts = {name: proof.get(name, "?") for name in ("met", "total", "readiness")}
    yield BLANK
    yield line(strong(t("Criteria: {met} of {total} met, {readiness} %", **counts)))
    titles = {each.id: t(each.title) for each in playbook.criteria}
    for each in _rows(proof, "criteria"):
        name = str(each.get("id", ""))
        sign = sign_of(RESULTS, str(each.get("result", "")))
        yield line(f"{sign.text}  ", strong(titles.get(name, name)), indent=2)
        yield line(dim(f"    {each.get('text', '')}"), indent=4)
    beliefs = list(_rows(proof, "hypotheses"))
    if beliefs:
        yield BLANK
        yield line(strong(t("Key beliefs")))
    for each in beliefs:
        sign = sign_of(HYPOTHESIS_STATES, str(each.get("state", "")))
        told = {name: each.get(name, "?") for name in ("yes", "no", "maybe", "confidence")}
        counts_text = t("{yes} yes, {no} no, {maybe} maybe · confidence {confidence}", **told)
        code = str(each.get("code", ""))
        yield line(link(code, "hypothesis", str(each.get("id", ""))), f"  {sign.text}  ", dim(counts_text), indent=4)
    changed = proof.get("policy")
    if isinstance(changed, dict) and changed:
        yield BLANK
        yield line(strong(t("Numbers of the policy that differed from the default")))
        for name, value in changed.items():
            yield line(f"{name} {value}", indent=2)


def _rows(proof: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    found = proof.get(name)
    yield from (each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()
