"""The closing report: why it ended, what we believed, what we learned and whom we heard, as Markdown.

It is made of records alone, once a gate was closed with stop; whoever asks later reads what was known then.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from fieldgate.domain.evidence import tally
from fieldgate.domain.findings import code_order
from fieldgate.domain.gates import live_gates, phase
from fieldgate.domain.records.history import Gate, StopKind
from fieldgate.domain.records.learning import Evidence, Hypothesis, Note, NoteKind, Stance
from fieldgate.domain.records.work import ActionState, RequirementState
from fieldgate.errors import RefusedError
from fieldgate.reports.markdown import one, paragraphs, quote
from fieldgate.reports.material import Material
from fieldgate.words import t

_SIGNS = {"met": r"\[x]", "unmet": r"\[ ]", "na": r"\[-]"}
_WHY = {
    StopKind.NO_MARKET: "there is no market",
    StopKind.TOO_SMALL: "the market is too small",
    StopKind.OTHER: "for another reason",
}
_CLOSED = frozenset({RequirementState.CONFIRMED, RequirementState.DECLINED, RequirementState.DUPLICATE})


def closing_report(material: Material) -> Iterator[str]:
    """Yield the pieces of the report.

    Raises:
        RefusedError: The workspace is not stopped.
    """
    if phase(material.facts) != "stopped":
        raise RefusedError(
            t("There is no closing report: this workspace is not stopped."),
            t("A stop is decided at the gate. `fieldgate export md` writes where it stands now."),
        )
    gates = live_gates(material.facts)
    yield from _head(material, gates[-1])
    yield from _way(gates)
    yield from _headed("What we learned", _learned(material))
    yield "\n## What we believed, and what came of it\n"
    for each in material.hypotheses():
        yield from _belief(material, each)
    yield from _headed("Whom we heard", _heard(material))
    yield from _headed("The gate on the last day", _criteria(material, gates[-1]))
    yield from _headed("Left open", _left_open(material))


def _head(material: Material, gate: Gate) -> Iterator[str]:
    workspace = material.facts.workspace
    why = _WHY.get(gate.stop_kind, "") if gate.stop_kind else ""
    yield f"# Closing report: {one(workspace.name)}\n\n"
    facts = (f"Stopped on {gate.closed_on}", f"{gate.step.value}, round {gate.round}", why)
    yield " · ".join(each for each in facts if each) + "\n"
    yield "\n## Why we stopped\n\n" + "\n".join(paragraphs((gate.reason or "No reason was written.").strip())) + "\n"
    yield from _bullets(_promised(material, gate))
    yield "\n## Vision\n\n" + "\n".join(paragraphs(workspace.vision.strip())) + "\n"


def _promised(material: Material, gate: Gate) -> Iterator[str]:
    """What had been agreed before: the two lines of the gate, and the meeting in which both teams said yes."""
    yield f"We had said that we stop if: {one(gate.stop_if) if gate.stop_if else 'nothing was written'}"
    yield f"We had said that we decide by: {gate.decide_by}"
    meeting = material.facts.meetings.get(gate.meeting_id or "")
    if meeting is not None:
        present = [member.name for row in sorted(meeting.members) if (member := material.member(row)) is not None]
        yield f"Both teams agreed in {meeting.code} on {meeting.date}: {one(', '.join(present))}"


def _way(gates: Iterable[Gate]) -> Iterator[str]:
    yield "\n## The way here\n\n"
    for gate in gates:
        proof = _proof(gate)
        counted = ""
        if {"met", "total"} <= proof.keys():
            counted = f", {one(str(proof['met']))} of {one(str(proof['total']))} criteria met"
        outcome = gate.outcome.value if gate.outcome else "open"
        reason = f": {one(gate.reason)}" if gate.reason else ""
        yield f"- {gate.step.value}, round {gate.round}, from {gate.opened_on} to {gate.closed_on}{counted}, "
        yield f"{outcome}{reason}\n"


def _learned(material: Material) -> Iterator[str]:
    for each in material.hypotheses():
        if each.learned:
            follows = f" Therefore: {one(each.therefore)}" if each.therefore else ""
            yield f"{each.code}, {each.state.value}: {one(each.learned)}{follows}"


def _belief(material: Material, belief: Hypothesis) -> Iterator[str]:
    count = tally(material.facts, belief, material.policy)
    yield f"\n### {belief.code}: {one(belief.statement)}\n\n"
    yield f"{belief.state.value} · {belief.area.value} · {belief.step.value} · importance {belief.importance} · "
    yield f"{count.yes} yes, {count.no} no, {count.maybe} maybe\n"
    parent = material.facts.hypotheses.get(belief.parent_id or "")
    told = (
        ("Came out of", f"{parent.code} by {belief.pivot_kind or 'change'}" if parent is not None else ""),
        ("Prediction", belief.prediction),
        ("Reason", belief.verdict_reason),
    )
    for name, text in told:
        if text:
            yield f"\n{name}: {one(text)}\n"
    pieces = material.pieces_of(belief)
    for stance in (Stance.YES, Stance.NO):
        yield from _strongest(material, [each for each in pieces if each[0].stance is stance])


def _strongest(material: Material, pieces: list[tuple[Evidence, Note]]) -> Iterator[str]:
    if pieces:
        piece, note = max(pieces, key=lambda each: (each[0].strength, each[1].said_on))
        customer = material.customer(note.customer_id)
        who = one(customer.name) if customer is not None else "nobody named"
        yield "\n" + "\n".join(quote(note.text)) + "\n>\n"
        yield f"> — {who}, {note.said_on} ({note.code}): {piece.stance.value} {piece.strength}\n"


def _heard(material: Material) -> Iterator[str]:
    customers = [each for each in material.facts.customers.values() if each.live]
    segments = Counter(each.segment or "no segment" for each in customers)
    yield f"Customers: {len(customers)} ({', '.join(f'{one(name)} {n}' for name, n in segments.most_common())})"
    held = material.held()
    talks = [each for each in held if each.customer_id]
    if talks:
        yield f"Meetings with customers: {len(talks)}, from {talks[0].date} to {talks[-1].date}"
    notes = [each for each in material.facts.notes.values() if each.live and not each.discarded]
    pieces = [each for each in material.facts.evidence.values() if each.live]
    yield f"Notes: {len(notes)}, answers to what we believed: {len(pieces)}"


def _criteria(material: Material, gate: Gate) -> Iterator[str]:
    titles = {each.id: each.title for each in material.playbook.criteria}
    rows = _proof(gate).get("criteria")
    for each in rows if isinstance(rows, list) else ():
        if isinstance(each, dict):
            sign = _SIGNS.get(str(each.get("result")), "")
            name = str(each.get("id", ""))
            yield f"{sign} {one(titles.get(name, name))}: {one(str(each.get('text', '')))}"


def _left_open(material: Material) -> Iterator[str]:
    facts = material.facts
    for note in _sorted(facts.notes.values()):
        if note.live and note.kind is NoteKind.QUESTION and note.triaged_at is None:
            yield f"question {note.code}: {one(note.text)}"
    for action in _sorted(facts.actions.values()):
        if action.live and action.state is ActionState.OPEN:
            yield f"action {action.code}: {one(action.text)} ({one(action.owner or 'nobody yet')}, {action.due})"
    for request in material.requirements():
        if request.state not in _CLOSED:
            yield f"request {request.code}, {request.state.value}: {one(request.description)}"


def _sorted(records: Iterable[Any]) -> list[Any]:
    return sorted(records, key=lambda each: code_order(each.code))


def _headed(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"\n## {title}\n"
        yield from _bullets(found)


def _bullets(lines: Iterable[str]) -> Iterator[str]:
    yield "\n" + "".join(f"- {each}\n" for each in lines)


def _proof(gate: Gate) -> dict[str, Any]:
    """What was kept at the decision; a file is written by anybody, so nothing about it is certain."""
    try:
        proof = json.loads(gate.snapshot or "")
    except ValueError:
        return {}
    return proof if isinstance(proof, dict) else {}
