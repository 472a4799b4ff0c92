"""Invariants: what is true of every workspace after every act and every merge, whatever was done to it.

What a snapshot can show: one workspace and at most one open gate, with rounds 1, 2, 3 per step; an advanced gate whose
proof has every criterion met or waived; the three common criteria never waived; ballots on sync meetings only, with a
reason for a no; no value outside its enum; a maybe without strength; a lock on everything beyond draft; a pivot that
retired what it changed; no circle of parents or duplicates; one owner for each check, one piece for each note and
belief.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from fieldgate.domain.gates import live_gates, undecided_gate
from fieldgate.domain.kinds import kinds
from fieldgate.domain.playbook import NEVER_WAIVED
from fieldgate.domain.records.history import Gate, Outcome
from fieldgate.domain.records.learning import HypothesisState, Meeting, MeetingKind, Stance
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.wording import step_word
from fieldgate.words import t


def violations(facts: Snapshot) -> tuple[str, ...]:
    """Name everything that must not be, one sentence each; a sound workspace has none."""
    return tuple(words for check in _CHECKS for words in check(facts))


def _one_open_gate(facts: Snapshot) -> Iterable[str]:
    if len(facts.tables["workspace"]) != 1:
        yield t("There must be one workspace record.")
    gates = live_gates(facts)
    if sum(each.open for each in gates) > 1 and undecided_gate(facts) is None:
        yield t("More than one gate is open.")
    rounds: dict[str, list[int]] = {}
    for each in gates:
        rounds.setdefault(each.step.value, []).append(each.round)
    for step, numbers in rounds.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield t("The gates of {step} are not numbered 1, 2, 3.", step=step)


def _waived(facts: Snapshot) -> Iterable[str]:
    for gate in facts.gates.values():
        for criterion in gate.na:
            if criterion.rpartition(".")[2] in NEVER_WAIVED:
                yield t("{criterion} is never waived.", criterion=criterion)
        if gate.outcome is Outcome.ADVANCE and gate.snapshot and not proves(gate):
            yield t("The proof of the {step} gate lacks a criterion.", step=step_word(gate.step))


def proves(gate: Gate) -> bool:
    """Whether what was kept at the decision shows every criterion met or waived."""
    kept = json.loads(gate.snapshot or "{}")
    return all(each["result"] in {"met", "na"} for each in kept.get("criteria", [{"result": "unmet"}]))


def _ballots(facts: Snapshot) -> Iterable[str]:
    for meeting in facts.meetings.values():
        if not _is_sound(meeting):
            yield t("{name}: proposal, agreements and gate do not fit together.", name=meeting.code)


def _is_sound(meeting: Meeting) -> bool:
    votes = (meeting.agree_custdev, meeting.agree_proddev)
    if meeting.kind is MeetingKind.SYNC and meeting.gate_id is None:
        return False
    if meeting.proposal is not None and meeting.kind is not MeetingKind.SYNC:
        return False
    if meeting.proposal is None and votes != (None, None):
        return False
    return False not in votes or bool(meeting.agree_reason)


def _enums(facts: Snapshot) -> Iterable[str]:
    for name, kind in kinds().items():
        specs = [each for each in kind.fields.values() if each.enum is not None or each.holds is bool]
        for record in facts.tables[name].values():
            for spec in specs:
                value = getattr(record, spec.name)
                if not (isinstance(value, spec.enum or bool) or (value is None and spec.optional)):
                    yield t(
                        "{kind} {id}: {field} holds {value}.", kind=name, id=record.id, field=spec.name, value=value
                    )


def _maybes(facts: Snapshot) -> Iterable[str]:
    pairs: set[tuple[str, str]] = set()
    for piece in facts.evidence.values():
        if piece.stance is Stance.MAYBE and piece.strength:
            yield t("A maybe has strength {n}.", n=piece.strength)
        pair = (piece.note_id, piece.hypothesis_id)
        if pair in pairs:
            yield t("One note is evidence twice for one hypothesis.")
        pairs.add(pair)


def _locks(facts: Snapshot) -> Iterable[str]:
    for each in facts.hypotheses.values():
        beyond = each.state is not HypothesisState.DRAFT
        if bool(each.locked_at) != beyond and each.state is not HypothesisState.RETIRED:
            yield t("{name} is {state} and its lock says otherwise.", name=each.code, state=t(each.state.value))
        if each.locked_at and not each.live:
            yield t("{name} was locked and is archived.", name=each.code)


def _pivots(facts: Snapshot) -> Iterable[str]:
    for gate in facts.gates.values():
        if gate.outcome is not Outcome.PIVOT:
            continue
        born = [each for each in facts.hypotheses.values() if each.born_gate_id == gate.id]
        if not born:
            yield t("The pivot of the {step} gate has no child.", step=step_word(gate.step))
        for child in born:
            parent = facts.hypotheses.get(child.parent_id or "")
            if parent is None or parent.state is not HypothesisState.RETIRED:
                yield t("{name} was changed by a pivot and is not retired.", name=parent.code if parent else child.code)


def _circles(facts: Snapshot) -> Iterable[str]:
    parents = {each.id: each.parent_id for each in facts.hypotheses.values()}
    originals = {each.id: each.duplicate_of for each in facts.requirements.values()}
    for links in (parents, originals):
        for start in links:
            if start in _line(links, start):
                yield t("{id} descends from itself.", id=start)


def _line(links: Mapping[str, str | None], start: str) -> Iterator[str]:
    """Go up from a record, not including it unless the line comes back to it."""
    seen: set[str] = set()
    place = links.get(start)
    while place is not None and place not in seen:
        yield place
        seen.add(place)
        place = links.get(place)


def _owners(facts: Snapshot) -> Iterable[str]:
    taken: set[tuple[str, str]] = set()
    for check in facts.checks.values():
        owners = [each for each in (check.touchpoint_id, check.customer_id, check.gate_id) if each]
        if len(owners) != 1:
            yield t("{key} has {n} owners.", key=check.key, n=len(owners))
        if (check.owner_id, check.key) in taken:
            yield t("{key} is asked twice of one owner.", key=check.key)
        taken.add((check.owner_id, check.key))


_CHECKS: tuple[Callable[[Snapshot], Iterable[Any]], ...] = (
    _one_open_gate,
    _waived,
    _ballots,
    _enums,
    _maybes,
    _locks,
    _pivots,
    _circles,
    _owners,
)
