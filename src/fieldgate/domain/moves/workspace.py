"""What can be done with the workspace itself and with its founders: numbers of the policy, a segment's new name.

A team may change a number of the policy; the change is logged, the default is not stored. Renaming
a segment reaches everything that names it, in any script and case, locked hypotheses and archived records too: it is
the same segment by another name.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from fieldgate.domain.changes import Act, Change, Create
from fieldgate.domain.folding import same
from fieldgate.domain.moves.ask import Answers, Ask, Choice, refusal
from fieldgate.domain.moves.editing import edit_move, filled
from fieldgate.domain.moves.fields import asked
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.shelf import archive_move, restore_move
from fieldgate.domain.policy import POLICY_KEYS, Policy
from fieldgate.domain.records.learning import STEPS, Hypothesis
from fieldgate.domain.records.people import Customer, Member, Workspace
from fieldgate.errors import FormatError
from fieldgate.words import mark, t

_STEP_DAYS = "step_days"


def _policy(scene: Scene[Workspace], answers: Answers) -> Act:
    key, value = answers["key"], answers["value"]
    changed = {name: number for name, number in scene.record.policy.items() if name != key}
    if value is not None:
        changed[key] = value
        try:
            Policy.from_map({key: value})
        except FormatError as error:
            raise refusal(error.message, hint=error.hint, where=key) from error
    words = t("{key} is {value}", key=key, value=value) if value else t("{key} is the default", key=key)
    return Act(action="update", changes=(scene.edit(policy=changed),), words=words)


def _keys(scene: Scene[Workspace]) -> tuple[Choice, ...]:
    del scene
    plain = tuple(Choice(key, about.meaning) for key, about in POLICY_KEYS.items() if key != _STEP_DAYS)
    days = POLICY_KEYS[_STEP_DAYS].meaning
    return (*plain, *(Choice(f"{_STEP_DAYS}.{step.value}", days) for step in STEPS))


def _rename(scene: Scene[Workspace], answers: Answers) -> Act:
    old, new = answers["old"], answers["new"]
    found: list[Customer | Hypothesis] = [*scene.facts.customers.values(), *scene.facts.hypotheses.values()]
    changes: list[Change] = [scene.about(each).edit(segment=new) for each in found if same(each.segment, old)]
    if same(scene.record.lead_segment, old):
        changes.append(scene.edit(lead_segment=new))
    if not changes:
        raise refusal(t("Nothing names the segment {name}.", name=old), where="old")
    words = t("segment {old} is now {new}", old=old, new=new)
    return Act(action="update", changes=tuple(changes), words=words)


def _taken(scene: Scene[Any], handle: str, besides: str = "") -> Iterable[str]:
    """Name who has a handle already; archived founders keep theirs."""
    for each in scene.facts.members.values():
        if each.id != besides and same(each.handle, handle):
            yield t("{handle} is {name}: choose another handle.", handle=handle, name=each.name)


def _create_member(scene: Scene[Workspace], answers: Answers) -> Act:
    values = filled("member", answers.values)
    lacking = tuple(_taken(scene, values["handle"]))
    if lacking:
        raise refusal(*lacking, where="handle")
    named = scene.named("member", values["handle"])
    # Somebody who has another handle by now may still have the id of this one.
    made = Member(**scene.stamp("" if named in scene.facts.members else named), **values)
    return Act(action="create", changes=(Create(made),), words=t("{name} joined", name=made.handle))


def _guard_member(scene: Scene[Member], values: dict[str, Any], answers: Answers) -> Iterable[str]:
    del answers
    if values.get("handle"):
        yield from _taken(scene, values["handle"], scene.record.id)


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"workspace.{verb}", kind="workspace", label=label, changes=changes, **more)


_POLICY = (
    Ask(name="key", words=mark("number"), holds="choice", choose_from=_keys),
    Ask(name="value", words=mark("value, empty for the default"), required=False),
)
_SEGMENT = (
    Ask(name="old", words=mark("segment"), default=lambda scene: scene.record.lead_segment),
    Ask(name="new", words=mark("its new name")),
)
_MEMBER_DEFAULTS: dict[str, Callable[[Scene[Any]], object]] = {"key": lambda _: False, "active": lambda _: True}
_MEMBER = tuple(replace(ask, default=_MEMBER_DEFAULTS.get(ask.name)) for ask in asked("member"))

WORKSPACE_MOVES: tuple[Move, ...] = (
    edit_move("workspace"),
    _move("policy", mark("Change a number of the policy"), _policy, asks=_POLICY),
    _move("rename_segment", mark("Rename a segment everywhere"), _rename, asks=_SEGMENT),
    Move(id="member.create", kind="workspace", label=mark("New founder"), asks=_MEMBER, changes=_create_member),
)

MEMBER_MOVES: tuple[Move, ...] = (
    edit_move("member", _guard_member),
    archive_move("member"),
    restore_move("member"),
)
