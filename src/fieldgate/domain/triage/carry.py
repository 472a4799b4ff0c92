"""Carrying over: the evidence of a retired parent, asked one by one for the child born at the last pivot.

A piece has been looked at when the child names it in `carried`, or has evidence of the same note already.
"""

from collections.abc import Iterator
from typing import cast

from fieldgate.domain.beliefs import OPEN, is_key
from fieldgate.domain.gates import live_gates
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.learning import Evidence, Hypothesis, HypothesisState
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.domain.triage.reach import beliefs, naming, with_children
from fieldgate.words import mark


def _judge(sight: Sight, record: Hypothesis) -> Iterator[Item]:
    if record.born_gate_id is None or record.state not in OPEN:
        return
    facts = sight.facts
    parent = facts.hypotheses.get(record.parent_id or "")
    if parent is None or parent.state != HypothesisState.RETIRED or record.born_gate_id != _last_pivot(facts):
        return
    known = {each.note_id for each in _evidence(facts, record)}
    for piece in _evidence(facts, parent):
        note = facts.notes.get(piece.note_id)
        if note is None or not note.live or note.discarded:
            continue
        if piece.id not in record.carried and piece.note_id not in known:
            yield item_of(
                "carry",
                piece,
                note.said_on,
                code=record.code,
                key=is_key(record, sight.policy),
                hypothesis_id=record.id,
                customer_id=note.customer_id or "",
                part=record.id,
            )


def _evidence(facts: Snapshot, hypothesis: Hypothesis) -> list[Evidence]:
    return cast("list[Evidence]", facts.linked("evidence", "hypothesis_id", hypothesis.id))


def _last_pivot(facts: Snapshot) -> str | None:
    """The gate that was left by the latest pivot."""
    pivots = [each.id for each in live_gates(facts) if each.outcome == Outcome.PIVOT]
    return pivots[-1] if pivots else None


CARRY = TriageKind(
    name="carry",
    title=mark("Evidence to carry over"),
    about=frozenset({"hypothesis"}),
    judge=_judge,
    verbs=("still_speaks", "no_longer"),
    reads=frozenset({"gate", "workspace"}),
    reaches={
        "evidence": with_children(beliefs("evidence")),
        "note": with_children(beliefs("note")),
        "hypothesis": naming("hypothesis", "parent_id"),
    },
    owner="hypothesis_id",
)
