"""Waivers: which criteria of a gate may be said not to apply, and why the others never can."""

from collections.abc import Iterable
from dataclasses import replace

from fieldgate.domain.moves.ask import Ask, Choice
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.records.history import Gate
from fieldgate.words import mark, t


def _waivable(scene: Scene[Gate]) -> tuple[Choice, ...]:
    criteria = scene.occasion.playbook.criteria_of(scene.record.step)
    return tuple(Choice(each.id, each.title) for each in criteria if each.waivable)


def waived(scene: Scene[Gate]) -> tuple[Choice, ...]:
    """Return the criteria that do not apply now."""
    return tuple(each for each in _waivable(scene) if each.value in scene.record.na)


def _never_waived(scene: Scene[Gate], name: str) -> str:
    criteria = scene.occasion.playbook.criteria_of(scene.record.step)
    found = any(each.id == name and not each.waivable for each in criteria)
    return t("{criterion} is never waived.", criterion=name) if found else ""


def left_out(scene: Scene[Gate]) -> Iterable[str]:
    """Say why some criteria are not among those that may be waived."""
    for each in scene.occasion.playbook.criteria_of(scene.record.step):
        if not each.waivable:
            yield t("{criterion} is never waived.", criterion=f"“{t(each.title)}”")


CRITERION = Ask(name="criterion", words=mark("criterion"), holds="choice", choose_from=_waivable, why_not=_never_waived)
WAIVED = replace(CRITERION, choose_from=waived, why_not=None)
