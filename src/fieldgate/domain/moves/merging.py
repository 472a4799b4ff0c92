"""Merging two records that are one: everything moves to the other, and this one is archived with a pointer.

Of customers: what the other does not know is filled in from this one, the further stage of
co-creation stays with its questions. Of hypotheses: only one that was never locked is merged away, since a locked one
is never archived; evidence moves note by note, and where both had an answer to one note that of the other stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from fieldgate.domain.changes import Act, Change, Edit
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.hypothesis import RETIRED
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.records.journey import Answer, Check
from fieldgate.domain.records.learning import Evidence, Hypothesis
from fieldgate.domain.records.people import Cadence, Cocreation, Customer, Role, VisitCadence
from fieldgate.words import mark, t

_UNKNOWN: Mapping[str, object] = MappingProxyType(
    {
        "segment": None,
        "role": Role.UNKNOWN,
        "contact": None,
        "cadence": Cadence.NONE,
        "visit_cadence": VisitCadence.NONE,
        "emergency_contact": None,
        "channels": None,
        "account_rank": None,
    }
)
_STAGES = tuple(Cocreation)
_OF_CUSTOMER = ("meeting", "note", "requirement", "action", "hypothesis")
_OF_HYPOTHESIS = (("requirement", "hypothesis_id"), ("action", "hypothesis_id"), ("hypothesis", "parent_id"))


def _merge_customers(scene: Scene[Customer], answers: Answers) -> Act:
    old, kept = scene.record, scene.facts.customers[answers["into"]]
    if kept.id == old.id:
        raise refusal(t("{name} is merged into another customer, not into itself.", name=scene.name), where="into")
    changes: list[Change] = [scene.about(kept).edit(**_filled_in(old, kept))]
    moved: set[str] = set()
    for kind in _OF_CUSTOMER:
        for each in scene.facts.linked(kind, "customer_id", old.id):
            changes.append(Edit(kind, each.id, {"customer_id": kept.id}))
            moved.add(each.id)
    others = (each for each in answers["notes"] or () if each not in moved)
    changes += [Edit("note", each, {"customer_id": kept.id}) for each in others]
    changes += _moved_checks(scene, old, kept)
    changes.append(scene.edit(deleted_at=scene.occasion.now, merged_into=kept.id))
    words = t("{old} merged into {kept}", old=old.code, kept=kept.code)
    return Act(action="merge", changes=tuple(changes), words=words)


def _filled_in(old: Customer, kept: Customer) -> dict[str, object]:
    values: dict[str, object] = {
        name: getattr(old, name) for name, unknown in _UNKNOWN.items() if getattr(kept, name) == unknown
    }
    values["awareness"] = max(old.awareness, kept.awareness)
    if _STAGES.index(old.cocreation) > _STAGES.index(kept.cocreation):
        values |= {
            "cocreation": old.cocreation,
            "agreed_meeting_id": old.agreed_meeting_id,
            "ended_reason": old.ended_reason,
        }
    return values


def _moved_checks(scene: Scene[Customer], old: Customer, kept: Customer) -> Iterable[Change]:
    """Move the questions of a customer; where both were asked, the answer of the other stays unless it is open."""
    theirs = {each.key: each for each in _checks(scene, kept)}
    further = _STAGES.index(old.cocreation) > _STAGES.index(kept.cocreation)
    for check in _checks(scene, old):
        there = theirs.get(check.key)
        if there is None or further or there.answer is Answer.OPEN:
            row_id = scene.named("check", kept.id, check.key)
            copy = replace(check, **scene.stamp(row_id), customer_id=kept.id, conflicts=())
            yield scene.restore_or_create(copy)


def _checks(scene: Scene[Customer], customer: Customer) -> list[Check]:
    return cast("list[Check]", scene.facts.linked("check", "customer_id", customer.id))


def _merge_hypotheses(scene: Scene[Hypothesis], answers: Answers) -> Act:
    old, kept = scene.record, scene.facts.hypotheses[answers["into"]]
    lacking = tuple(_cannot_take(scene, kept))
    if lacking:
        raise refusal(*lacking, where="into")
    changes: list[Change] = [*_moved_evidence(scene, old, kept)]
    for kind, link in _OF_HYPOTHESIS:
        linked = scene.facts.linked(kind, link, old.id)
        changes += [Edit(kind, each.id, {link: kept.id}) for each in linked]
    changes.append(scene.edit(deleted_at=scene.occasion.now, merged_into=kept.id))
    words = t("{old} merged into {kept}", old=old.code, kept=kept.code)
    return Act(action="merge", changes=tuple(changes), words=words)


def _never_locked(scene: Scene[Hypothesis]) -> Iterable[str]:
    if scene.record.locked_at is not None:
        yield t("{name} was locked and stays: merge the draft into it, or retire it.", name=scene.name)
    elif scene.record.state is RETIRED:
        yield t("{name} is retired, which is final.", name=scene.name)


def _cannot_take(scene: Scene[Hypothesis], kept: Hypothesis) -> Iterable[str]:
    if kept.state is RETIRED:
        yield t("{name} is retired: merge into a belief that is still held.", name=kept.code)
    seen: str | None = kept.id
    while seen is not None:
        if seen == scene.record.id:
            yield t("{name} descends from {old}: retire {old} instead.", name=kept.code, old=scene.name)
            return
        seen = scene.facts.hypotheses[seen].parent_id


def _moved_evidence(scene: Scene[Hypothesis], old: Hypothesis, kept: Hypothesis) -> Iterable[Change]:
    for piece in cast("list[Evidence]", scene.facts.linked("evidence", "hypothesis_id", old.id)):
        row_id = scene.named("evidence", piece.note_id, kept.id)
        there = scene.facts.evidence.get(row_id)
        if there is None or not there.live:
            copy = replace(piece, id=row_id, hypothesis_id=kept.id, conflicts=())
            yield scene.restore_or_create(copy)
        yield scene.about(piece).edit(deleted_at=scene.occasion.now)


def _move(kind: str, words: str, changes: Any, *more: Ask, **rest: Any) -> Move:
    into = Ask(name="into", words=words, holds=f"link:{kind}")
    return Move(
        id=f"{kind}.merge", kind=kind, label=mark("Merge into another"), asks=(into, *more), changes=changes, **rest
    )


_NOTES = Ask(name="notes", words=mark("notes of the customer that no rule reads"), holds="links:note", required=False)

MERGE_MOVES: tuple[Move, ...] = (
    _move("customer", mark("the customer that stays"), _merge_customers, _NOTES),
    _move("hypothesis", mark("the hypothesis that stays"), _merge_hypotheses, lacks=_never_locked),
)
