"""What can be done with a piece of evidence: change or remove it, and settle the maybe that it leaves standing.

A maybe has strength 0. A maybe that stands on a belief that is not settled can become firm by a new
fact, be chased once for each customer and belief, be counted as a no, or leave the count with the customer dropped or
the note discarded. After a pivot a piece is copied to the child only by a yes; either way the child remembers that it
was looked at.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from fieldgate.domain.beliefs import OPEN
from fieldgate.domain.changes import Act, Change, Create
from fieldgate.domain.evidence import Standing, tally
from fieldgate.domain.maybes import chases
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.choices import choices, word_of
from fieldgate.domain.moves.fields import current
from fieldgate.domain.moves.making import new_action, new_evidence, new_note
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.shelf import archive_move, restore_move, snooze_move
from fieldgate.domain.records.learning import Evidence, Hypothesis, HypothesisState, Note, Stance
from fieldgate.domain.records.people import CustomerStatus
from fieldgate.words import mark, t

STRENGTH = Ask(name="strength", words=mark("strength, 0 to 4"), holds="number", low=0, high=4)
STANCE = Ask(name="stance", words=mark("yes, no or maybe"), holds="choice", enum=Stance, choices=choices(Stance))


def source_note(scene: Scene[Evidence]) -> Note:
    """The note that a piece rests on; a note with evidence always stands in the facts."""
    return scene.facts.notes[scene.record.note_id]


def standing_of(scene: Scene[Evidence]) -> Standing | None:
    """What the source of a piece answers as things stand, if the piece counts."""
    note = source_note(scene)
    hypothesis = scene.facts.hypotheses[scene.record.hypothesis_id]
    source = note.customer_id or note.id
    standing = tally(scene.facts, hypothesis, scene.policy).standing
    return next((each for each in standing if each.source == source), None)


def _edit(scene: Scene[Evidence], answers: Answers) -> Act:
    stance, strength = answers["stance"], answers["strength"]
    if stance is Stance.MAYBE and strength:
        raise refusal(t("A maybe has strength 0."), where="strength")
    edit = scene.edit(stance=stance, strength=strength, answered_at=scene.occasion.now, answered_by=scene.occasion.by)
    words = t("{name}: {stance} {strength}", name=_belief(scene).code, stance=word_of(stance), strength=strength)
    return Act(action="update", changes=(edit,), words=words)


def _belief(scene: Scene[Evidence]) -> Hypothesis:
    return scene.facts.hypotheses[scene.record.hypothesis_id]


def _standing_maybe(scene: Scene[Evidence]) -> Iterable[str]:
    belief, standing = _belief(scene), standing_of(scene)
    if belief.state not in OPEN:
        yield t("{name} is {state}: its maybes are settled.", name=belief.code, state=t(belief.state.value))
    elif standing is None or standing.stance is not Stance.MAYBE:
        yield t("No maybe stands here on {name}.", name=belief.code)


def _maybe_of_customer(scene: Scene[Evidence]) -> Iterable[str]:
    yield from _standing_maybe(scene)
    if source_note(scene).customer_id is None:
        yield t("The note names no customer: whom to chase or drop is not known.")


def _maybe_of_nobody(scene: Scene[Evidence]) -> Iterable[str]:
    yield from _standing_maybe(scene)
    if source_note(scene).customer_id is not None:
        yield t("The note names a customer: drop the customer, or discard the note itself.")


def _not_chased(scene: Scene[Evidence]) -> Iterable[str]:
    yield from _maybe_of_customer(scene)
    if chases(scene.facts, scene.record.hypothesis_id, source_note(scene).customer_id):
        yield t("They were chased once for {name}: decide it now.", name=_belief(scene).code)


def _told(scene: Scene[Evidence], text: str, stance: Stance, strength: int) -> tuple[Change, ...]:
    """Write down what was said now as a note of its own, with its evidence."""
    old = source_note(scene)
    note = new_note(scene, text, scene.today, customer_id=old.customer_id, triaged_at=scene.occasion.now)
    changes = (Create(note), new_evidence(scene, note.id, scene.record.hypothesis_id, stance, strength))
    if old.customer_id is None and strength >= scene.policy.firm_strength:
        # Such a note is a source of its own: its maybe would stand beside the new fact for ever.
        return (*changes, scene.edit(deleted_at=scene.occasion.now))
    return changes


def _firm(stance: Stance) -> Callable[[Scene[Evidence], Answers], Act]:
    def change(scene: Scene[Evidence], answers: Answers) -> Act:
        changes = _told(scene, answers["text"], stance, answers["strength"])
        words = t(
            "{name}: {stance} {strength}", name=_belief(scene).code, stance=stance.value, strength=answers["strength"]
        )
        return Act(action="triage", changes=changes, words=words)

    return change


def _count_no(scene: Scene[Evidence], answers: Answers) -> Act:
    del answers
    changes = _told(scene, t("no answer after asking"), Stance.NO, scene.policy.firm_strength)
    return Act(action="triage", changes=changes, words=t("{name}: counted as a no", name=_belief(scene).code))


def _chase(scene: Scene[Evidence], answers: Answers) -> Act:
    action = new_action(
        scene,
        answers["text"],
        scene.today + timedelta(days=scene.policy.chase_days),
        owner=answers["owner"],
        chase=True,
        customer_id=source_note(scene).customer_id,
        hypothesis_id=scene.record.hypothesis_id,
    )
    words = t("{name}: chase {action} until {due}", name=_belief(scene).code, action=action.code, due=action.due)
    return Act(action="triage", changes=(Create(action),), words=words)


def _drop_customer(scene: Scene[Evidence], answers: Answers) -> Act:
    del answers
    customer = scene.facts.customers[source_note(scene).customer_id or ""]
    change = scene.about(customer).edit(status=CustomerStatus.DROPPED)
    return Act(action="triage", changes=(change,), words=t("{name} dropped", name=customer.code))


def _discard_note(scene: Scene[Evidence], answers: Answers) -> Act:
    del answers
    note = source_note(scene)
    triaged = note.triaged_at or scene.occasion.now
    change = scene.about(note).edit(discarded=True, triaged_at=triaged)
    return Act(action="triage", changes=(change,), words=t("{name} discarded", name=note.code))


def children_to_ask(scene: Scene[Evidence]) -> tuple[Hypothesis, ...]:
    """The children of a pivot for which nobody has said yet whether this piece of the parent still speaks."""
    if _belief(scene).state is not HypothesisState.RETIRED:
        return ()
    children = scene.facts.linked("hypothesis", "parent_id", scene.record.hypothesis_id)
    return tuple(
        each
        for each in children
        if isinstance(each, Hypothesis) and each.born_gate_id and scene.record.id not in each.carried
    )


def _nothing_to_carry(scene: Scene[Evidence]) -> Iterable[str]:
    if not children_to_ask(scene):
        yield t("No child of a pivot waits for this piece of {name}.", name=_belief(scene).code)


def _carry(*, speaks: bool) -> Callable[[Scene[Evidence], Answers], Act]:
    def change(scene: Scene[Evidence], answers: Answers) -> Act:
        child = next((each for each in children_to_ask(scene) if each.id == answers["child"]), None)
        if child is None:
            raise refusal(t("That hypothesis is no child that waits for this piece."), where="child")
        piece = scene.record
        changes: tuple[Change, ...] = (scene.about(child).edit(carried=child.carried | {piece.id}),)
        if speaks:
            changes += (new_evidence(scene, piece.note_id, child.id, piece.stance, piece.strength),)
        words = t("still speaks to {name}", name=child.code) if speaks else t("no longer for {name}", name=child.code)
        return Act(action="triage", changes=changes, words=words)

    return change


def _first_child(scene: Scene[Evidence]) -> object:
    return next((each.id for each in children_to_ask(scene)), None)


def _chase_words(scene: Scene[Evidence]) -> object:
    customer = scene.facts.customers.get(source_note(scene).customer_id or "")
    return t("Ask {name} again about {belief}", name=customer.name, belief=_belief(scene).code) if customer else None


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"evidence.{verb}", kind="evidence", label=label, changes=changes, **more)


def _is_maybe(scene: Scene[Evidence]) -> bool:
    return not tuple(_standing_maybe(scene))


_FACT = (Ask(name="text", words=mark("the new fact"), holds="long"), STRENGTH)
_CHASE = (
    Ask(name="text", words=mark("what to ask"), default=_chase_words),
    Ask(name="owner", words=mark("owner"), default=lambda scene: scene.occasion.by),
)
_CHILD = (Ask(name="child", words=mark("the new belief"), holds="link:hypothesis", default=_first_child),)
_CARRY: dict[str, Any] = {
    "asks": _CHILD,
    "lacks": _nothing_to_carry,
    "concerns": lambda scene: bool(children_to_ask(scene)),
}
_NOW = tuple(replace(ask, default=current(ask.name)) for ask in (STANCE, STRENGTH))

EVIDENCE_MOVES: tuple[Move, ...] = (
    _move(
        "firm_yes",
        mark("Firm yes"),
        _firm(Stance.YES),
        letter="y",
        asks=_FACT,
        lacks=_standing_maybe,
        concerns=_is_maybe,
    ),
    _move(
        "firm_no", mark("Firm no"), _firm(Stance.NO), letter="n", asks=_FACT, lacks=_standing_maybe, concerns=_is_maybe
    ),
    _move("chase", mark("Chase, once"), _chase, letter="c", asks=_CHASE, lacks=_not_chased, concerns=_is_maybe),
    _move("count_no", mark("Count as no"), _count_no, letter="N", lacks=_standing_maybe, concerns=_is_maybe),
    _move(
        "drop_customer",
        mark("Drop the customer"),
        _drop_customer,
        letter="x",
        lacks=_maybe_of_customer,
        concerns=_is_maybe,
    ),
    _move(
        "discard_note", mark("Discard the note"), _discard_note, letter="x", lacks=_maybe_of_nobody, concerns=_is_maybe
    ),
    _move("still_speaks", mark("Still speaks"), _carry(speaks=True), letter="y", **_CARRY),
    _move("no_longer", mark("No longer"), _carry(speaks=False), letter="n", **_CARRY),
    _move("edit", mark("Edit"), _edit, asks=_NOW),
    snooze_move("evidence"),
    archive_move("evidence"),
    restore_move("evidence"),
)
