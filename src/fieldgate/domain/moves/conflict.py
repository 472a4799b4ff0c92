"""Deciding a conflict: two founders gave one field different values, and somebody says which holds.

The shown value is number 1, the others follow; of texts both may be kept. A text that was merged
holds both sides already: keeping it takes the mark away. Deciding how a gate was left also takes back what the losing
outcome did: the gates that it opened are archived, the parents of a losing pivot are held again and its children stay
as drafts that were born nowhere. It may be decided in a stopped workspace too.
"""

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, cast

from fieldgate.domain.changes import Act, Change
from fieldgate.domain.kinds import FieldSpec, kinds
from fieldgate.domain.moves.ask import Answers, Ask, Choice, refusal
from fieldgate.domain.moves.gate import next_step
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.stored_text import read_group, read_value
from fieldgate.domain.records.history import Gate, Outcome
from fieldgate.domain.records.learning import STEPS, Hypothesis, HypothesisState, Stance
from fieldgate.domain.records.record import Conflict, Record
from fieldgate.words import mark, t

_OUTCOME = "outcome"
_ANNEX_DEPTH = 3
_LEAF_DEPTH = 2


def paths_of(record: Record) -> tuple[str, ...]:
    """The fields of a record that are in conflict, each once, in the order of their entries."""
    return tuple(dict.fromkeys(".".join(each.field) for each in record.conflicts))


def entries_at(record: Record, path: str) -> tuple[Conflict, ...]:
    """The values, besides the one shown, that a field in conflict has: number 2, 3 and so on."""
    return tuple(each for each in record.conflicts if ".".join(each.field) == path)


def _settle(scene: Scene[Record], answers: Answers) -> Act:
    path, number = answers["field"], answers["number"]
    entries = entries_at(scene.record, path)
    if number > len(entries) + 1:
        raise refusal(t("{field} has {n} values.", field=path, n=len(entries) + 1), where="number")
    taken = entries[number - 2] if number > 1 else None
    if taken is not None and taken.flag:
        raise refusal(t("{field} holds both texts already: keep it and edit it.", field=path), where="number")
    changes = _taking(scene, taken) if taken else ()
    left = tuple(each for each in scene.record.conflicts if each not in entries)
    decided = (scene.edit(conflicts=left), *changes)
    if isinstance(scene.record, Gate) and path == _OUTCOME:
        decided += tuple(_aftermath(scene.about(scene.record), _outcome(scene.record, taken)))
    words = t("{name}: {field} decided", name=scene.name, field=path)
    return Act(action="resolve", changes=decided, words=words)


def _taking(scene: Scene[Record], entry: Conflict) -> tuple[Change, ...]:
    """Put the value of an entry where it belongs."""
    try:
        return tuple(_placed(scene, entry))
    except (ValueError, KeyError, TypeError) as error:
        words = t("The other value of {field} cannot be read: keep this one.", field=".".join(entry.field))
        raise refusal(words, where=scene.name) from error


def _placed(scene: Scene[Record], entry: Conflict) -> Iterable[Change]:
    path, text = entry.field, entry.value
    if len(path) == _ANNEX_DEPTH and path[0] in {"evidence", "checks"}:
        yield _placed_in_annex(scene, path, text)
    elif len(path) == _LEAF_DEPTH and _spec(scene.kind, path[0]).holds is dict:
        old = getattr(scene.record, path[0])
        kept = {key: value for key, value in old.items() if key != path[1]}
        yield scene.edit(**{path[0]: {**kept, path[1]: text} if text else kept})
    elif len(path) > 1:
        raise KeyError(path)
    elif any(spec.group == path[0] for spec in kinds()[scene.kind].fields.values()):
        yield scene.edit(**read_group(scene.kind, path[0], text))
    else:
        spec = _spec(scene.kind, path[0])
        if spec.name == "deleted_at" and getattr(scene.record, "locked_at", None):
            raise refusal(t("{name} was locked and is never archived.", name=scene.name), where=scene.name)
        yield scene.edit(**{spec.name: read_value(spec, text)})


def _placed_in_annex(scene: Scene[Record], path: tuple[str, ...], text: str) -> Change:
    """Put a value into evidence (of a note, by hypothesis) or a check (of its owner, by key)."""
    kind = "evidence" if path[0] == "evidence" else "check"
    row = scene.facts.tables[kind][scene.named(kind, scene.record.id, path[1])]
    if kind == "check" and path[2] == "answer":
        return scene.about(row).edit(**read_group("check", "answer", text))
    if kind == "check":
        spec = _spec("check", path[2])
        return scene.about(row).edit(**{spec.name: read_value(spec, text)})
    said = json.loads(text) if text else {}
    answer, _, strength = str(said["answer"]).partition(" ")
    specs = kinds()["evidence"].fields
    at = read_value(specs["answered_at"], said.get("at"))
    if answer == "none":
        return scene.about(row).edit(deleted_at=at)
    return scene.about(row).edit(
        stance=Stance(answer),
        strength=int(strength or 0),
        answered_at=at,
        answered_by=str(said.get("by", "")),
        deleted_at=None,
    )


def _spec(kind: str, name: str) -> FieldSpec:
    specs = kinds()[kind].fields
    return next((each for each in specs.values() if each.key == name and not each.body), None) or specs[name]


def _outcome(gate: Gate, taken: Conflict | None) -> Outcome | None:
    """The outcome that holds; what was taken could be read, or it would have been refused."""
    if taken is None:
        return gate.outcome
    chosen: Outcome | None = read_group("gate", _OUTCOME, taken.value)["outcome"]
    return chosen


def _aftermath(scene: Scene[Gate], winner: Outcome | None) -> Iterable[Change]:
    """Take back what the losing outcome of a gate did."""
    for gate in _opened_by_loser(scene, winner):
        yield scene.about(gate).edit(deleted_at=scene.occasion.now)
    if winner is Outcome.PIVOT:
        return
    for child in cast("list[Hypothesis]", scene.facts.linked("hypothesis", "born_gate_id", scene.record.id)):
        yield scene.about(child).edit(born_gate_id=None)
        parent = scene.facts.hypotheses.get(child.parent_id or "")
        if parent is not None and parent.state is HypothesisState.RETIRED:
            held = HypothesisState.TESTING if parent.locked_at else HypothesisState.DRAFT
            cleared = dict.fromkeys(("verdict_at", "verdict_on", "verdict_by", "verdict_reason"))
            yield scene.about(parent).edit(state=held, **cleared)


def _opened_by_loser(scene: Scene[Gate], winner: Outcome | None) -> list[Gate]:
    """The gates that only the losing outcome opened, with all that followed from them."""
    gates = [each for each in scene.facts.gates.values() if each.live]
    lost = [
        each for each in gates if each.opened_by_gate_id == scene.record.id and not _opens(scene.record, winner, each)
    ]
    for gate in lost:
        lost += [each for each in gates if each.opened_by_gate_id == gate.id and each not in lost]
    return lost


def _opens(closed: Gate, outcome: Outcome | None, opened: Gate) -> bool:
    """Whether a gate is one that this outcome of another opens."""
    if outcome is Outcome.ADVANCE:
        return opened.step is next_step(closed.step)
    return outcome is Outcome.PIVOT and STEPS.index(opened.step) <= STEPS.index(closed.step)


def _both(scene: Scene[Record], answers: Answers) -> Act:
    path = answers["field"]
    entries = entries_at(scene.record, path)
    if not _is_text(scene.kind, path):
        raise refusal(t("{field} is no text: choose one value.", field=path), where="field")
    left = tuple(each for each in scene.record.conflicts if each not in entries)
    values: dict[str, object] = {"conflicts": left}
    others = [each.value for each in entries if not each.flag and each.value]
    if others:
        spec = _spec(scene.kind, path)
        parts = (getattr(scene.record, spec.name), *others)
        between = "\n" if spec.merge == "text" else " / "
        values[spec.name] = between.join(dict.fromkeys(each for each in parts if each))
    words = t("{name}: both texts of {field} kept", name=scene.name, field=path)
    return Act(action="resolve", changes=(scene.edit(**values),), words=words)


def _is_text(kind: str, path: str) -> bool:
    """Whether a field holds free text: no link, no enum, no member of a group."""
    names = {field.name for field in fields(kinds()[kind].record)}
    spec = _spec(kind, path) if path in names or path == f"{kind}_kind" else None
    return spec is not None and spec.holds is str and not (spec.enum or spec.group or spec.name.endswith("_id"))


def _none_open(scene: Scene[Record]) -> Iterable[str]:
    if not scene.record.conflicts:
        yield t("{name} holds no conflict.", name=scene.name)


def _no_text(scene: Scene[Record]) -> Iterable[str]:
    yield from _none_open(scene)
    paths = paths_of(scene.record)
    if paths and not any(_is_text(scene.kind, path) for path in paths):
        yield t("{field} is no text: choose one value.", field=paths[0])


def _paths(scene: Scene[Record]) -> tuple[Choice, ...]:
    return tuple(Choice(each, each) for each in paths_of(scene.record))


def _first_path(scene: Scene[Record]) -> object:
    return next(iter(paths_of(scene.record)), None)


_FIELD = Ask(name="field", words=mark("field"), holds="choice", choose_from=_paths, default=_first_path)
_NUMBER = Ask(name="number", words=mark("which value: 1 is the one shown"), holds="number", low=1, high=99)


def conflict_moves(kind: str) -> tuple[Move, ...]:
    """Make the moves that decide the conflicts of a kind."""

    def move(verb: str, label: str, letter: str, *asks: Ask, **more: Any) -> Move:
        return Move(
            id=f"{kind}.{verb}",
            kind=kind,
            label=label,
            letter=letter,
            asks=asks,
            concerns=lambda scene: bool(scene.record.conflicts),
            when_stopped=True,
            when_archived=True,
            **more,
        )

    return (
        move("settle", mark("Take one of the values"), "1", _FIELD, _NUMBER, changes=_settle, lacks=_none_open),
        move("both", mark("Keep both texts"), "B", _FIELD, changes=_both, lacks=_no_text),
    )
