"""The pivot: change beliefs, and go back to the earliest step among them.

Each changed hypothesis is retired and a child is created in draft, which names its parent, the kind
of change and the gate at which it was born; it starts without evidence. The gate closes, and the next round opens of
the earliest step among the changed hypotheses, never of a later step than the current one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from fieldgate.domain.changes import Act, Change
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.choices import choices
from fieldgate.domain.moves.gate import DECIDE_BY, STOP_IF, agreed, agreed_sync, closing
from fieldgate.domain.moves.hypothesis import child_of, retiring
from fieldgate.domain.moves.making import opened_gate
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.reading import find_id, read_answers
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.records.history import Gate, Outcome
from fieldgate.domain.records.learning import STEPS, Hypothesis, HypothesisState, PivotKind, Proposal
from fieldgate.domain.wording import step_word
from fieldgate.values import dataclass
from fieldgate.words import mark, t


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changed:
    parent: Hypothesis
    statement: str
    kind: PivotKind
    reason: str
    segment: str | None


_OF_EACH: tuple[Ask, ...] = (
    Ask(name="hypothesis", words=mark("hypothesis to change"), holds="link:hypothesis"),
    Ask(name="statement", words=mark("the new statement"), holds="long"),
    Ask(name="pivot_kind", words=mark("kind of change"), holds="choice", enum=PivotKind, choices=choices(PivotKind)),
    Ask(name="reason", words=mark("reason"), holds="lines"),
    Ask(name="segment", words=mark("new segment"), required=False),
)


def _pivot(scene: Scene[Gate], answers: Answers) -> Act:
    changed = tuple(_read(scene, each) for each in answers["changes"])
    lacking = tuple(_unusable(changed))
    if lacking:
        raise refusal(*lacking, where="changes")
    changes: list[Change] = []
    codes = scene.codes("hypothesis", len(changed))
    for each, code in zip(changed, codes, strict=True):
        changes.append(retiring(scene, each.parent, each.reason))
        more: dict[str, Any] = {"segment": each.segment} if each.segment else {}
        changes.append(
            child_of(scene, each.parent, code, each.statement, each.kind, born_gate_id=scene.record.id, **more)
        )
    reason = "\n".join(dict.fromkeys(each.reason for each in changed))
    changes.append(closing(scene, Outcome.PIVOT, agreed_sync(scene, Proposal.PIVOT), reason=reason))
    step = min((scene.record.step, *(each.parent.step for each in changed)), key=STEPS.index)
    day = answers["decide_by"] or scene.today + timedelta(days=scene.policy.step_days[step.value])
    changes += opened_gate(scene, step, day, answers["stop_if"] or "", scene.record.id)
    words = t("{name} pivoted: back to {step}", name=scene.name, step=step_word(step))
    return Act(action="gate", changes=tuple(changes), words=words)


def _read(scene: Scene[Gate], change: Mapping[str, object]) -> _Changed:
    parent = scene.facts.hypotheses.get(find_id(scene, "hypothesis", str(change.get("hypothesis", ""))) or "")
    about = scene.about(parent) if parent is not None else scene
    values = read_answers(_OF_EACH, about, change)
    return _Changed(
        parent=scene.facts.hypotheses[values["hypothesis"]],
        statement=values["statement"],
        kind=values["pivot_kind"],
        reason=values["reason"],
        segment=values["segment"],
    )


def _unusable(changed: tuple[_Changed, ...]) -> Iterable[str]:
    seen: set[str] = set()
    for each in changed:
        if each.parent.state is HypothesisState.RETIRED:
            yield t("{name} is retired already: change a belief that is still held.", name=each.parent.code)
        if each.parent.id in seen:
            yield t("{name} is changed twice: once is enough.", name=each.parent.code)
        seen.add(each.parent.id)


PIVOT_MOVES: tuple[Move, ...] = (
    Move(
        id="gate.pivot",
        kind="gate",
        label=mark("Pivot"),
        changes=_pivot,
        asks=(
            Ask(name="changes", words=mark("what to change: hypothesis, new statement, kind, reason"), holds="pivots"),
            replace(DECIDE_BY, default=None, required=False),
            STOP_IF,
        ),
        lacks=agreed(Proposal.PIVOT),
    ),
)
