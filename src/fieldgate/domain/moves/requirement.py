"""What can be done with a request: park, check in the field, accept, decline, duplicate, then build and confirm.

Requests are braked, not collected: what it takes to accept one depends on the open step, and every
step asks for the three answers on risk and reward. Checking in the field creates an action for a product person to
meet the customer. To the next sync puts it before both teams and leaves it parked. An urgent fault is answered by an
action or a meeting linked to it. Confirmed and duplicate are final.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from fieldgate.domain.attendance import product_deciders
from fieldgate.domain.changes import Act, Change, Create
from fieldgate.domain.moves.action import in_some_days
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.choices import choices
from fieldgate.domain.moves.editing import edit_move, filled
from fieldgate.domain.moves.fields import asked, current, kept_asks
from fieldgate.domain.moves.making import current_step, new_action, new_requirement
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.shelf import archive_move, restore_move, snooze_move
from fieldgate.domain.moves.touchpoint import gap_values
from fieldgate.domain.records.journey import TouchpointState
from fieldgate.domain.records.record import Record
from fieldgate.domain.records.work import Reason, Requirement, RequirementState, Urgency
from fieldgate.domain.requirements_brake import missing_links
from fieldgate.words import mark, t

State = RequirementState
WAITING = (State.NEW, State.PARKED, State.CHECKING)

_FIRST = {
    State.NEW: mark("accept or decline it first"),
    State.PARKED: mark("accept or decline it first"),
    State.CHECKING: mark("hear the customer, then accept, decline or park it"),
    State.ACCEPTED: mark("start it or decline it first"),
    State.DOING: mark("finish it or park it first"),
    State.DONE: mark("have the customer confirm it, or take it up again"),
    State.DECLINED: mark("raise it again first"),
    State.CONFIRMED: mark("that is final"),
    State.DUPLICATE: mark("that is final, look at the other one"),
}


def in_state(*states: State) -> Callable[[Scene[Requirement]], tuple[str, ...]]:
    """Make the test that a request is in one of these states, in words that say what to do first."""

    def missing(scene: Scene[Requirement]) -> tuple[str, ...]:
        state = scene.record.state
        if state in states:
            return ()
        return (t("{name} is {state}: {first}.", name=scene.name, state=t(state.value), first=t(_FIRST[state])),)

    return missing


def reported(scene: Scene[Record], request: Requirement) -> tuple[Change, ...]:
    """An urgent fault on a card is a gap that reached the customer: it escalates the card."""
    card = scene.facts.touchpoints.get(request.touchpoint_id or "")
    urgent = request.urgency is Urgency.CRITICAL and card is not None and card.state is not TouchpointState.NA
    if not urgent or card is None:
        return ()
    gap = t("see request {name}", name=request.code)
    return (scene.about(card).edit(**gap_values(scene, card, by_customer=True, gap=gap)),)


def is_answered(scene: Scene[Requirement]) -> bool:
    """Whether an action is linked to the request, or a meeting: the one in the field or the one that decides."""
    request = scene.record
    linked = scene.facts.linked("action", "requirement_id", request.id)
    return bool(linked or request.field_meeting_id or request.decision_meeting_id)


def _act(scene: Scene[Requirement], state: State, *more: Change, **values: object) -> Act:
    edit = scene.edit(**{"to_sync": False, **values, "state": state, "state_on": scene.today})
    words = t("{name} is {state}", name=scene.name, state=t(state.value))
    return Act(action="update", changes=(edit, *more), words=words)


def _to(state: State) -> Callable[[Scene[Requirement], Answers], Act]:
    def change(scene: Scene[Requirement], answers: Answers) -> Act:
        return _act(scene, state, **answers.values)

    return change


def _create(scene: Scene[Record], answers: Answers) -> Act:
    values = filled("requirement", answers.values)
    made = new_requirement(scene, values.pop("description"), values.pop("reported_at"), **values)
    changes = (Create(made), *reported(scene, made))
    return Act(action="create", changes=changes, words=t("{name} written", name=made.code))


def _park(scene: Scene[Requirement], answers: Answers) -> Act:
    del answers
    return _act(scene, State.PARKED)


def _new_or_parked_before(scene: Scene[Requirement]) -> tuple[str, ...]:
    """Parked again at the next gate keeps it parked, with a new day."""
    return in_state(State.NEW, State.PARKED, State.CHECKING, State.DOING)(scene)


def _check(scene: Scene[Requirement], answers: Answers) -> Act:
    request = scene.record
    made = new_action(
        scene,
        answers["text"],
        answers["due"],
        owner=answers["owner"],
        requirement_id=request.id,
        customer_id=request.customer_id,
    )
    return _act(scene, State.CHECKING, Create(made))


def _no_customer(scene: Scene[Requirement]) -> Iterable[str]:
    yield from in_state(State.NEW, State.PARKED)(scene)
    if scene.record.customer_id is None:
        yield t("{name} needs its customer: whom to hear is not known.", name=scene.name)


def _accept(scene: Scene[Requirement], answers: Answers) -> Act:
    values = dict(answers.values)
    would_be = replace(scene.record, **values)
    step = current_step(scene.facts)
    lacking = missing_links(scene.facts, would_be, step, scene.policy, scene.today)
    if lacking:
        raise refusal(*(each.text for each in lacking), where=scene.name)
    return _act(scene, State.ACCEPTED, **values)


def _duplicate(scene: Scene[Requirement], answers: Answers) -> Act:
    original: str | None = answers["duplicate_of"]
    seen: str | None = original
    while seen is not None:
        if seen == scene.record.id:
            raise refusal(t("{name} cannot be a duplicate of itself.", name=scene.name), where="duplicate_of")
        seen = scene.facts.requirements[seen].duplicate_of
    return _act(scene, State.DUPLICATE, duplicate_of=original)


def _to_sync(scene: Scene[Requirement], answers: Answers) -> Act:
    del answers
    return _act(scene, State.PARKED, to_sync=True)


def _respond(scene: Scene[Requirement], answers: Answers) -> Act:
    made = new_action(
        scene,
        answers["text"],
        scene.today,
        owner=answers["owner"],
        requirement_id=scene.record.id,
        customer_id=scene.record.customer_id,
    )
    words = t("{name}: {action} is due today", name=scene.name, action=made.code)
    return Act(action="triage", changes=(Create(made),), words=words)


def _not_urgent(scene: Scene[Requirement]) -> Iterable[str]:
    if scene.record.urgency is not Urgency.CRITICAL:
        yield t("{name} is not critical.", name=scene.name)


def _unanswered(scene: Scene[Requirement]) -> Iterable[str]:
    if scene.record.urgency is Urgency.CRITICAL and not is_answered(scene):
        yield t("{name} is critical and nobody has responded: do that now.", name=scene.name)


def _not_critical(scene: Scene[Requirement], answers: Answers) -> Act:
    del answers
    edit = scene.edit(urgency=Urgency.HIGH)
    return Act(action="triage", changes=(edit,), words=t("{name} is not critical", name=scene.name))


def _guard_edit(scene: Scene[Requirement], values: dict[str, Any], answers: Answers) -> Iterable[str]:
    del answers
    for name in ("leave", "faster", "safer"):
        if name in values and values[name] is None and scene.record.state is State.ACCEPTED:
            yield t("{name} is accepted and keeps its three answers.", name=scene.name)


def _escalating(scene: Scene[Requirement], values: Mapping[str, Any]) -> Iterable[Change]:
    """Becoming urgent, or being tied to a card while urgent, escalates the card."""
    would_be = replace(scene.record, **values)
    if (would_be.urgency, would_be.touchpoint_id) == (scene.record.urgency, scene.record.touchpoint_id):
        return ()
    return reported(scene, would_be)


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"requirement.{verb}", kind="requirement", label=label, changes=changes, **more)


def _link(name: str, words: str, kind: str) -> Ask:
    return Ask(name=name, words=words, holds=f"link:{kind}", required=False, default=current(name))


def _product_person(scene: Scene[Requirement]) -> object:
    return next((each.handle for each in product_deciders(scene.facts)), scene.occasion.by)


def _is_critical(scene: Scene[Requirement]) -> bool:
    return scene.record.urgency is Urgency.CRITICAL


_OWNER = Ask(name="owner", words=mark("owner"), default=_product_person)
_HEAR = (
    Ask(
        name="text",
        words=mark("what is to be done"),
        default=lambda scene: t("Hear the customer of {name}", name=scene.name),
    ),
    _OWNER,
    Ask(name="due", words=mark("due"), holds="date", default=in_some_days),
)
_ANSWER = (
    Ask(name="text", words=mark("what is to be done"), default=lambda scene: t("Respond to {name}", name=scene.name)),
    _OWNER,
)
_ACCEPT = (
    *kept_asks("requirement", "leave", "faster", "safer"),
    Ask(
        name="reason",
        words=mark("reason"),
        holds="choice",
        enum=Reason,
        choices=choices(Reason),
        default=current("reason"),
    ),
    _link("hypothesis_id", mark("hypothesis that customers denied"), "hypothesis"),
    _link("field_meeting_id", mark("meeting in the field"), "meeting"),
    _link("decision_meeting_id", mark("sync meeting that decides"), "meeting"),
)
_REMARKS = kept_asks("requirement", "remarks")
_ORIGINAL = Ask(name="duplicate_of", words=mark("the request that it repeats"), holds="link:requirement")
_DEFAULTS: dict[str, Callable[[Scene[Any]], object]] = {
    "reported_at": lambda scene: scene.today,
    "urgency": lambda _: Urgency.NORMAL,
    "follower": lambda scene: scene.occasion.by,
}
_NEW = tuple(replace(ask, default=_DEFAULTS.get(ask.name)) for ask in asked("requirement"))
_OPEN = (State.NEW, State.PARKED, State.CHECKING)

REQUIREMENT_MOVES: tuple[Move, ...] = (
    Move(id="requirement.create", kind="workspace", label=mark("New request"), asks=_NEW, changes=_create),
    _move(
        "respond", mark("Respond today"), _respond, letter="a", asks=_ANSWER, lacks=_not_urgent, concerns=_is_critical
    ),
    _move("not_critical", mark("Not critical"), _not_critical, letter="N", lacks=_not_urgent, concerns=_is_critical),
    _move("park", mark("Park"), _park, letter="p", lacks=_new_or_parked_before),
    _move("check", mark("Check in the field"), _check, letter="f", asks=_HEAR, lacks=_no_customer),
    _move("to_sync", mark("To the next sync"), _to_sync, letter="v", lacks=in_state(*_OPEN)),
    _move(
        "decline",
        mark("Decline"),
        _to(State.DECLINED),
        letter="x",
        asks=_REMARKS,
        lacks=in_state(*_OPEN, State.ACCEPTED),
    ),
    _move(
        "duplicate",
        mark("Duplicate"),
        _duplicate,
        letter="d",
        asks=(_ORIGINAL,),
        lacks=in_state(State.NEW, State.PARKED),
    ),
    _move("accept", mark("Accept"), _accept, letter="A", asks=_ACCEPT, lacks=in_state(*_OPEN)),
    _move("doing", mark("Start"), _to(State.DOING), lacks=in_state(State.ACCEPTED, State.DONE)),
    _move("done", mark("Done"), _to(State.DONE), letter="D", lacks=in_state(State.DOING)),
    _move(
        "confirm",
        mark("The customer saw and accepted it"),
        _to(State.CONFIRMED),
        letter="y",
        lacks=in_state(State.DONE),
    ),
    _move("raise", mark("Raise it again"), _to(State.NEW), letter="O", lacks=in_state(State.DECLINED)),
    edit_move("requirement", _guard_edit, follow=_escalating),
    snooze_move("requirement", _unanswered),
    archive_move("requirement"),
    restore_move("requirement"),
)
