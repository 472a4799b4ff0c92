"""Editing: change fields of a record by a form, within what its kind allows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from fieldgate.domain.changes import Act, Change
from fieldgate.domain.kinds import kinds
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.fields import asked, current, stored
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.words import mark, t

Guard = Callable[[Scene[Any], dict[str, Any], Answers], Iterable[str]]
"""Names what an edit lacks; may add values that follow from those that were given."""


Follow = Callable[[Scene[Any], Mapping[str, Any]], Iterable[Change]]
"""Makes the changes of other records that follow from an edit."""


def _allow(scene: Scene[Any], values: dict[str, Any], answers: Answers) -> tuple[str, ...]:
    del scene, values, answers
    return ()


def _nothing_follows(scene: Scene[Any], values: Mapping[str, Any]) -> tuple[Change, ...]:
    del scene, values
    return ()


def edit_move(
    kind: str,
    guard: Guard = _allow,
    extra: tuple[Ask, ...] = (),
    follow: Follow = _nothing_follows,
    **more: Any,
) -> Move:
    """Make the move that changes fields of a kind; only what was answered is changed."""
    fields = tuple(replace(ask, default=current(ask.name), required=False) for ask in asked(kind))
    names = frozenset(ask.name for ask in fields)

    def change(scene: Scene[Any], answers: Answers) -> Act:
        values = stored(answers, names & answers.given)
        lacking = [*_emptied(scene, kind, values), *guard(scene, values, answers)]
        if lacking:
            raise refusal(*lacking, where=scene.name)
        words = t("{name} changed", name=scene.name)
        return Act(action="update", changes=(scene.edit(**values), *follow(scene, values)), words=words)

    return Move(id=f"{kind}.edit", kind=kind, label=mark("Edit"), asks=(*fields, *extra), changes=change, **more)


def _emptied(scene: Scene[Any], kind: str, values: dict[str, Any]) -> list[str]:
    """Name the fields that must not be emptied; a text that may be empty becomes the empty text."""
    words = {ask.name: ask.words for ask in asked(kind)}
    lacking = []
    for name, value in values.items():
        spec = kinds()[kind].fields[name]
        if value is not None or spec.optional:
            continue
        if spec.default == "" and not next(ask.required for ask in asked(kind) if ask.name == name):
            values[name] = ""
        else:
            lacking.append(t("{name} needs this: {words}.", name=scene.name, words=t(words[name])))
    return lacking


def filled(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was not answered where the kind has a default of its own."""
    specs = kinds()[kind].fields
    return {name: value for name, value in values.items() if value is not None or specs[name].optional}
