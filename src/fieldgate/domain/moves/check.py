"""What can be done with a question: answer it yes, no or not applicable, open it again, set what is measured.

Any answer may follow any other; there is no maybe. The questions of a gate are answered yes or no
only, while it is open: not applicable goes through the gate. Of the acceptance criteria only those of benefit may be
not applicable, never the lawful one, and at least one of the others must apply. When the last question of a card is
answered the card was reviewed today. A target agreed with an active customer is changed with a reason.
"""

from collections.abc import Callable, Iterable
from typing import Any

from fieldgate.domain.changes import Act, Change
from fieldgate.domain.moves.ask import Answers, Ask
from fieldgate.domain.moves.choices import word_of
from fieldgate.domain.moves.editing import edit_move
from fieldgate.domain.moves.fields import kept_asks
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.records.journey import Answer, Check
from fieldgate.domain.records.people import Cocreation
from fieldgate.words import mark, t

LAWFUL = "accept.benefit.legal"
_BENEFIT = "accept.benefit."


def _owner_gone(scene: Scene[Check]) -> Iterable[str]:
    check = scene.record
    kind = "touchpoint" if check.touchpoint_id else "customer" if check.customer_id else "gate"
    owner = scene.facts.get(kind, check.owner_id)
    if owner is None or not owner.live:
        yield t("The {kind} that asks {name} is archived: restore it first.", kind=kind, name=scene.name)
    elif getattr(owner, "outcome", None) is not None:
        yield t("The gate that asks {name} is closed.", name=scene.name)


def _must_apply(scene: Scene[Check]) -> Iterable[str]:
    yield from _owner_gone(scene)
    check = scene.record
    if check.gate_id:
        yield t("Answer yes or no here; what does not apply is set on the gate, with a reason.")
    elif check.customer_id and (not check.key.startswith(_BENEFIT) or check.key == LAWFUL):
        yield t("{name} always applies: answer yes or no.", name=scene.name)
    elif check.customer_id and not _other_benefits(scene):
        yield t("{name} is the last benefit left, and one must apply.", name=scene.name)


def _other_benefits(scene: Scene[Check]) -> bool:
    """Whether another criterion of benefit, besides the lawful one, still applies."""
    others = scene.facts.linked("check", "customer_id", scene.record.customer_id or "")
    return any(
        isinstance(each, Check)
        and each.key.startswith(_BENEFIT)
        and each.key != LAWFUL
        and each.id != scene.record.id
        and each.answer is not Answer.NA
        for each in others
    )


def _answering(answer: Answer) -> Callable[[Scene[Check], Answers], Act]:
    def change(scene: Scene[Check], answers: Answers) -> Act:
        edit = scene.edit(
            **{name: answers[name] for name in answers.values},
            answer=answer,
            answered_at=scene.occasion.now,
            answered_by=scene.occasion.by,
        )
        words = t("{name} answered {answer}", name=scene.name, answer=word_of(answer))
        return Act(action="update", changes=(edit, *_reviewed(scene)), words=words)

    return change


def _reviewed(scene: Scene[Check]) -> Iterable[Change]:
    card_id = scene.record.touchpoint_id
    if card_id is None:
        return
    others = scene.facts.linked("check", "touchpoint_id", card_id)
    if all(
        isinstance(each, Check) and (each.id == scene.record.id or each.answer is not Answer.OPEN) for each in others
    ):
        yield scene.about(scene.facts.touchpoints[card_id]).edit(reviewed_at=scene.today)


def _ask_again(scene: Scene[Check], answers: Answers) -> Act:
    del answers
    edit = scene.edit(answer=Answer.OPEN, answered_at=None, answered_by=None)
    return Act(action="update", changes=(edit,), words=t("{name} is open again", name=scene.name))


def _not_answered(scene: Scene[Check]) -> Iterable[str]:
    yield from _owner_gone(scene)
    if scene.record.answer is Answer.OPEN:
        yield t("{name} is open already.", name=scene.name)


def _guard_edit(scene: Scene[Check], values: dict[str, Any], answers: Answers) -> Iterable[str]:
    del answers
    check = scene.record
    customer = scene.facts.customers.get(check.customer_id or "")
    agreed = customer is not None and customer.cocreation is Cocreation.ACTIVE and check.target
    if agreed and values.get("target", check.target) != check.target and not values.get("note"):
        yield t("{name} was agreed with the customer: a new target needs a note that says why.", name=scene.name)


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"check.{verb}", kind="check", label=label, changes=changes, **more)


_ASKS: tuple[Ask, ...] = kept_asks("check", "note", "meeting_id", "result", "proof", required=False)

CHECK_MOVES: tuple[Move, ...] = (
    _move("yes", mark("Yes"), _answering(Answer.YES), letter="y", asks=_ASKS, lacks=_owner_gone),
    _move("no", mark("No"), _answering(Answer.NO), letter="n", asks=_ASKS, lacks=_owner_gone),
    _move("na", mark("Does not apply"), _answering(Answer.NA), letter="N", asks=_ASKS[:1], lacks=_must_apply),
    _move("open", mark("Open it again"), _ask_again, letter="O", lacks=_not_answered),
    edit_move("check", _guard_edit, lacks=_owner_gone),
)
