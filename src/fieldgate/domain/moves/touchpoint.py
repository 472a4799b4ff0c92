"""What can be done with a card of the journey: ask, gap, fixing, ready, not applicable.

Entering `gap` from `unasked` or `ready` says afresh who found it: a customer (a customer's note, a
request, the key for it), which is an escalation, or we. A customer's report on a card already in `gap` or `fixing`
sets `escalated_at`, keeps who found it first, and moves it to `gap`. `fixing` needs an owner, an open action and the
three answers on risk and reward; `ready` that every question is yes or not applicable, with at least one yes; `na` a
reason, kept in `answer`. Entering a column clears the place given by hand and dates the state.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from fieldgate.domain.board import column, moved
from fieldgate.domain.changes import Act, Change, Create
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.editing import edit_move
from fieldgate.domain.moves.fields import kept_asks
from fieldgate.domain.moves.making import new_action
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.shelf import archive_move, restore_move, snooze_move
from fieldgate.domain.records.journey import Answer, Check, FoundBy, Touchpoint, TouchpointState
from fieldgate.domain.records.record import Record
from fieldgate.domain.records.work import Action, ActionState
from fieldgate.domain.snapshot import Snapshot
from fieldgate.words import mark, t

UNASKED, GAP, FIXING = TouchpointState.UNASKED, TouchpointState.GAP, TouchpointState.FIXING
READY, NA = TouchpointState.READY, TouchpointState.NA

_COLUMNS = {
    UNASKED: mark("unasked"),
    GAP: mark("gap"),
    FIXING: mark("fixing"),
    READY: mark("ready"),
    NA: mark("not applicable"),
}
_FIRST = {
    UNASKED: mark("answer its questions first"),
    GAP: mark("take it and fix it first"),
    FIXING: mark("finish it first"),
    READY: mark("ask it again first"),
    NA: mark("ask it again first"),
}


def in_column(*states: TouchpointState) -> Callable[[Scene[Touchpoint]], tuple[str, ...]]:
    """Make the test that a card stands in one of these columns, in words that say what to do first."""

    def missing(scene: Scene[Touchpoint]) -> tuple[str, ...]:
        state = scene.record.state
        if state in states:
            return ()
        return (t("{name} is {state}: {first}.", name=scene.name, state=t(_COLUMNS[state]), first=t(_FIRST[state])),)

    return missing


def checks_of(facts: Snapshot, touchpoint_id: str) -> list[Check]:
    """The questions of a card, oldest first."""
    return [each for each in facts.linked("check", "touchpoint_id", touchpoint_id) if isinstance(each, Check)]


def open_actions(facts: Snapshot, link: str, record_id: str) -> list[Action]:
    """The open actions that a field of theirs links to a record."""
    linked = facts.linked("action", link, record_id)
    return [each for each in linked if isinstance(each, Action) and each.state is ActionState.OPEN]


def gap_values(scene: Scene[Record], card: Touchpoint, *, by_customer: bool, gap: str | None) -> dict[str, Any]:
    """What a gap, found by us or told by a customer, does to a card."""
    values: dict[str, Any] = {"gap": card.gap or gap}
    afresh = card.state not in {GAP, FIXING}
    if by_customer:
        values["escalated_at"] = scene.occasion.now
    elif afresh:
        values["escalated_at"] = None
    if afresh:
        values["found_by"] = FoundBy.CUSTOMER if by_customer else FoundBy.US
    if afresh or by_customer:
        values |= _entering(scene, GAP) if card.state is not GAP else {}
    return values


def _entering(scene: Scene[Record], state: TouchpointState) -> dict[str, Any]:
    return {"state": state, "state_on": scene.today, "rank": None}


def _act(scene: Scene[Touchpoint], state: TouchpointState, *more: Change, **values: object) -> Act:
    edit = scene.edit(**{**values, **_entering(scene, state)})
    words = t("{name} is {state}", name=scene.name, state=t(_COLUMNS[state]))
    return Act(action="update", changes=(edit, *more), words=words)


def _gap(scene: Scene[Touchpoint], answers: Answers) -> Act:
    card = scene.record
    said_no = any(each.answer is Answer.NO for each in checks_of(scene.facts, card.id))
    if not (said_no or answers["gap"]):
        raise refusal(t("{name} needs a question answered no, or words for the gap.", name=scene.name), where="gap")
    values = {"gap": answers["gap"]}
    if card.state is not FIXING:
        values |= {"found_by": FoundBy.US, "escalated_at": None}
    return _act(scene, GAP, **values)


def _escalate(scene: Scene[Touchpoint], answers: Answers) -> Act:
    values = gap_values(scene, scene.record, by_customer=True, gap=None)
    values["gap"] = answers["gap"]
    words = t("{name} reached a customer", name=scene.name)
    return Act(action="update", changes=(scene.edit(**values),), words=words)


def _take(scene: Scene[Touchpoint], answers: Answers) -> Act:
    given = {name: answers[name] for name in ("owner", "leave", "faster", "safer")}
    more: tuple[Change, ...] = ()
    if answers["action"]:
        made = new_action(
            scene, answers["action"], answers["due"], owner=answers["owner"], touchpoint_id=scene.record.id
        )
        more = (Create(made),)
    elif not open_actions(scene.facts, "touchpoint_id", scene.record.id):
        raise refusal(t("{name} needs an open action: say what is to be done.", name=scene.name), where="action")
    return _act(scene, FIXING, *more, **given)


def _many_fixing(scene: Scene[Touchpoint]) -> Iterable[str]:
    count = sum(1 for each in scene.facts.touchpoints.values() if each.live and each.state is FIXING)
    if count >= scene.policy.max_fixing:
        yield t("{n} are being fixed already: finish one first, or they all take longer.", n=count)


def unanswered(facts: Snapshot, card: Touchpoint) -> Iterable[str]:
    """Name what keeps a card from being ready: questions open or answered no, or no yes at all."""
    checks = checks_of(facts, card.id)
    for check in checks:
        if check.answer in {Answer.OPEN, Answer.NO}:
            yield t(
                '{name} has a question that is {answer}: "{text}"',
                name=card.code,
                answer=check.answer.value,
                text=check.text,
            )
    if not any(check.answer is Answer.YES for check in checks):
        yield t("{name} needs at least one question answered yes.", name=card.code)


def _not_ready(scene: Scene[Touchpoint]) -> Iterable[str]:
    yield from in_column(UNASKED, FIXING)(scene)
    yield from unanswered(scene.facts, scene.record)


def _ready(scene: Scene[Touchpoint], answers: Answers) -> Act:
    del answers
    return _act(scene, READY, reviewed_at=scene.today)


def _not_reviewed(scene: Scene[Touchpoint]) -> Iterable[str]:
    yield from in_column(READY)(scene)
    yield from unanswered(scene.facts, scene.record)


def _review(scene: Scene[Touchpoint], answers: Answers) -> Act:
    del answers
    words = t("{name} reviewed, still ready", name=scene.name)
    return Act(action="update", changes=(scene.edit(reviewed_at=scene.today),), words=words)


def _na(scene: Scene[Touchpoint], answers: Answers) -> Act:
    return _act(scene, NA, answer=answers["reason"])


def _unasked(scene: Scene[Touchpoint], answers: Answers) -> Act:
    del answers
    return _act(scene, UNASKED)


def _kpi(scene: Scene[Touchpoint], answers: Answers) -> Act:
    words = t("{name} measured", name=scene.name)
    return Act(action="update", changes=(scene.edit(**answers.values),), words=words)


def _place(scene: Scene[Touchpoint], answers: Answers) -> Act:
    """Move the card among those of its column; all cards above its new place get a rank with it."""
    ranks = moved(column(scene.facts, scene.record.state), scene.record.id, answers["by"])
    if not ranks:
        raise refusal(t("{name} stands at that end of its column already.", name=scene.name), where="by")
    changes = tuple(scene.about(scene.facts.touchpoints[each]).edit(rank=rank) for each, rank in ranks.items())
    return Act(action="update", changes=changes, words=t("{name} moved", name=scene.name))


def _by_rule(scene: Scene[Touchpoint], answers: Answers) -> Act:
    del answers
    cards = column(scene.facts, scene.record.state)
    changes = tuple(scene.about(each).edit(rank=None) for each in cards if each.rank)
    return Act(
        action="update", changes=changes, words=t("{state} is ordered by rule", state=t(_COLUMNS[scene.record.state]))
    )


def _no_ranks(scene: Scene[Touchpoint]) -> Iterable[str]:
    if not any(each.rank for each in column(scene.facts, scene.record.state)):
        yield t("No card of this column was placed by hand.")


def _no_action_yet(scene: Scene[Touchpoint]) -> object:
    taken = open_actions(scene.facts, "touchpoint_id", scene.record.id)
    return None if taken else scene.record.gap or scene.record.title


def _escalated(scene: Scene[Touchpoint]) -> Iterable[str]:
    if scene.record.state is GAP and scene.record.escalated_at:
        yield t("{name} has reached a customer: take it, or say that it does not apply.", name=scene.name)


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"touchpoint.{verb}", kind="touchpoint", label=label, changes=changes, **more)


_WORDS = kept_asks("touchpoint", "gap", required=False)
_OWNER = Ask(name="owner", words=mark("owner"), default=lambda scene: scene.record.owner or scene.occasion.by)
_ACTION = Ask(name="action", words=mark("what is to be done"), required=False, default=_no_action_yet)
_DUE = Ask(
    name="due",
    words=mark("due"),
    holds="date",
    default=lambda scene: scene.today + timedelta(days=scene.policy.chase_days),
)
_TAKE = (_OWNER, _ACTION, _DUE, *kept_asks("touchpoint", "leave", "faster", "safer"))
_KPI = (
    Ask(name="kpi_value", words=mark("value"), holds="decimal"),
    Ask(name="kpi_at", words=mark("measured on"), holds="date", default=lambda scene: scene.today),
    *kept_asks("touchpoint", "kpi_name", "kpi_unit", "kpi_target", required=False),
)
_REASON = Ask(name="reason", words=mark("why it does not apply"), holds="long")
_BY = Ask(name="by", words=mark("places down, or up with a minus"), holds="number")

TOUCHPOINT_MOVES: tuple[Move, ...] = (
    _move("gap", mark("Gap, found by us"), _gap, letter="g", asks=_WORDS, lacks=in_column(UNASKED, FIXING, READY)),
    _move(
        "escalate",
        mark("A customer met this gap"),
        _escalate,
        letter="!",
        asks=_WORDS,
        lacks=in_column(UNASKED, GAP, FIXING, READY),
    ),
    _move("take", mark("Take it: fixing"), _take, letter="a", asks=_TAKE, lacks=in_column(GAP), warns=_many_fixing),
    _move(
        "ready",
        mark("Ready"),
        _ready,
        letter="D",
        lacks=_not_ready,
        concerns=lambda scene: scene.record.state is not READY,
    ),
    _move(
        "review",
        mark("Reviewed: still ready"),
        _review,
        letter="D",
        lacks=_not_reviewed,
        concerns=lambda scene: scene.record.state is READY,
    ),
    _move("na", mark("Does not apply"), _na, letter="N", asks=(_REASON,), lacks=in_column(UNASKED, GAP)),
    _move("unasked", mark("Ask it again"), _unasked, letter="O", lacks=in_column(READY, NA)),
    _move("kpi", mark("Write down a measurement"), _kpi, asks=_KPI),
    _move("place", mark("Place it in the column"), _place, asks=(_BY,)),
    _move("by_rule", mark("Order this column by rule"), _by_rule, lacks=_no_ranks),
    edit_move("touchpoint"),
    snooze_move("touchpoint", _escalated),
    archive_move("touchpoint"),
    restore_move("touchpoint"),
)
