"""The shelf: archive and restore a record, put it off for some days.

Archiving erases nothing: it sets `deleted_at`, the record counts nowhere and can be brought back. Snooze: limited in
days and in number, shared with the others; it wakes early when the record changes.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from fieldgate.domain.changes import Act
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.words import mark, t

Lacks = Callable[[Scene[Any]], Iterable[str]]


def _nothing(scene: Scene[Any]) -> tuple[str, ...]:
    del scene
    return ()


def archive_move(kind: str, lacks: Lacks = _nothing, letter: str = "") -> Move:
    """Make the move that archives records of a kind."""

    def change(scene: Scene[Any], answers: Answers) -> Act:
        del answers
        words = t("{name} archived", name=scene.name)
        return Act(action="delete", changes=(scene.edit(deleted_at=scene.occasion.now),), words=words)

    return Move(
        id=f"{kind}.archive",
        kind=kind,
        label=mark("Archive"),
        letter=letter,
        lacks=lacks,
        changes=change,
        concerns=lambda scene: bool(scene.record.live),
    )


def restore_move(kind: str, lacks: Lacks = _nothing) -> Move:
    """Make the move that brings archived records of a kind back."""

    def missing(scene: Scene[Any]) -> tuple[str, ...]:
        if scene.record.live:
            return (t("{name} is not archived.", name=scene.name),)
        return tuple(lacks(scene))

    def change(scene: Scene[Any], answers: Answers) -> Act:
        del answers
        values: dict[str, Any] = {"deleted_at": None}
        if getattr(scene.record, "merged_into", None):
            values["merged_into"] = None
        return Act(action="update", changes=(scene.edit(**values),), words=t("{name} restored", name=scene.name))

    return Move(
        id=f"{kind}.restore",
        kind=kind,
        label=mark("Restore"),
        lacks=missing,
        changes=change,
        concerns=lambda scene: not scene.record.live,
        when_archived=True,
    )


def snooze_move(kind: str, lacks: Lacks = _nothing) -> Move:
    """Make the move that puts records of a kind off, within the limits of the policy.

    A conflict, a gate, an escalation and an urgent fault cannot be put off.
    """

    def missing(scene: Scene[Any]) -> Iterable[str]:
        if scene.record.conflicts:
            yield t("{name} holds two versions of a field: decide that first.", name=scene.name)
        if scene.record.snoozes >= scene.policy.snooze_max_times:
            yield t("{name} was put off {n} times: decide it now.", name=scene.name, n=scene.record.snoozes)
        yield from lacks(scene)

    def change(scene: Scene[Any], answers: Answers) -> Act:
        until = answers["until"]
        last = scene.today + timedelta(days=scene.policy.snooze_max_days)
        if not scene.today < until <= last:
            raise refusal(t("Put it off to a day after today, {last} at the latest.", last=last), where=scene.name)
        edit = scene.edit(snoozed_until=until, snoozes=scene.record.snoozes + 1)
        return Act(action="triage", changes=(edit,), words=t("{name} put off to {day}", name=scene.name, day=until))

    until = Ask(name="until", words=mark("until"), holds="date", default=_one_week)
    return Move(
        id=f"{kind}.snooze", kind=kind, label=mark("Snooze"), letter="s", asks=(until,), lacks=missing, changes=change
    )


def _one_week(scene: Scene[Any]) -> object:
    return scene.today + timedelta(days=min(7, scene.policy.snooze_max_days))
