"""What can be done with an action: done, another day, dropped.

Moving `due` later is counted and the third time is refused; a chase, made to turn a maybe into an
answer, is never moved: overdue it comes back as a maybe. Dropping needs a reason. Done and dropped are final.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from fieldgate.domain.changes import Act, Create
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.editing import edit_move, filled
from fieldgate.domain.moves.fields import asked
from fieldgate.domain.moves.making import new_action
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.shelf import archive_move, restore_move, snooze_move
from fieldgate.domain.records.record import Record
from fieldgate.domain.records.work import Action, ActionState
from fieldgate.words import mark, t

REDATES = 2
"""How often an action may be moved later."""


def _is_open(scene: Scene[Action]) -> Iterable[str]:
    if scene.record.state is not ActionState.OPEN:
        yield t(
            "{name} is {state}, which is final: write a new one.", name=scene.name, state=t(scene.record.state.value)
        )


def _no_chase(scene: Scene[Action]) -> Iterable[str]:
    yield from _is_open(scene)
    if scene.record.chase:
        yield t("{name} chases a maybe and keeps its day: after it, decide the maybe.", name=scene.name)


def _create(scene: Scene[Record], answers: Answers) -> Act:
    values = filled("action", answers.values)
    made = new_action(scene, values.pop("text"), values.pop("due"), **values)
    return Act(action="create", changes=(Create(made),), words=t("{name} written", name=made.code))


def _done(scene: Scene[Action], answers: Answers) -> Act:
    del answers
    edit = scene.edit(state=ActionState.DONE, done_at=scene.occasion.now)
    return Act(action="update", changes=(edit,), words=t("{name} done", name=scene.name))


def _redate(scene: Scene[Action], answers: Answers) -> Act:
    due, old = answers["due"], scene.record
    if due < scene.today:
        raise refusal(t("{name} needs a day of today or later.", name=scene.name), where="due")
    later = due > old.due
    if later and old.redated >= REDATES:
        raise refusal(t("{name} was moved later twice: do it, drop it or give it away.", name=scene.name), where="due")
    edit = scene.edit(due=due, redated=old.redated + 1 if later else old.redated)
    return Act(action="update", changes=(edit,), words=t("{name} is due {due}", name=scene.name, due=due))


def _drop(scene: Scene[Action], answers: Answers) -> Act:
    edit = scene.edit(state=ActionState.DROPPED, reason=answers["reason"])
    return Act(action="update", changes=(edit,), words=t("{name} dropped", name=scene.name))


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"action.{verb}", kind="action", label=label, changes=changes, **more)


def in_some_days(scene: Scene[Record]) -> object:
    """The day that stands in a form for something to do."""
    return scene.today + timedelta(days=scene.policy.chase_days)


_DUE = Ask(name="due", words=mark("due"), holds="date", default=in_some_days)
_REASON = Ask(name="reason", words=mark("reason"), holds="lines")
_TEXT, _OWNER, *_LINKS = asked("action")
_MINE = asked("action", "owner", default=lambda scene: scene.occasion.by)

ACTION_MOVES: tuple[Move, ...] = (
    Move(
        id="action.create",
        kind="workspace",
        label=mark("New action"),
        asks=(_TEXT, *_MINE, _DUE, *_LINKS),
        changes=_create,
    ),
    _move("done", mark("Done"), _done, letter="D", lacks=_is_open),
    _move("redate", mark("Another day"), _redate, letter="e", asks=(_DUE,), lacks=_no_chase),
    _move("drop", mark("Drop"), _drop, letter="x", asks=(_REASON,), lacks=_is_open),
    edit_move("action"),
    snooze_move("action"),
    archive_move("action"),
    restore_move("action"),
)
