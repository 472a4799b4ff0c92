"""What a pivot can change, what it asks of each belief and of the gate that opens, and what it will do, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from fieldgate.domain.findings import code_order
from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.moves.choices import choices
from fieldgate.domain.records.learning import STEPS, Hypothesis, HypothesisState, PivotKind, Step
from fieldgate.domain.wording import step_word
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.forms import Question

if TYPE_CHECKING:
    from fieldgate.workspace.service import Workspace

PIVOT = "gate.pivot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A belief that may be changed."""

    id: str
    code: str
    statement: str
    state: str
    step: Step
    segment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All that the screen needs: the gate, the beliefs, and what keeps the pivot from being made."""

    gate_id: str
    step: Step
    today: date
    beliefs: tuple[Choice, ...]
    missing: tuple[str, ...]


def choices_of(workspace: "Workspace", gate_id: str) -> Choices:
    """Gather the beliefs that may be changed: all that are still held."""
    facts = workspace.facts
    gate = facts.gates[gate_id]
    move = find_move(PIVOT)
    held = [each for each in facts.hypotheses.values() if each.live and each.state is not HypothesisState.RETIRED]
    return Choices(
        gate_id=gate_id,
        step=gate.step,
        today=workspace.clock.today(),
        beliefs=tuple(_choice(each) for each in sorted(held, key=lambda each: code_order(each.code))),
        missing=tuple(move.missing(facts, gate, workspace.occasion())),
    )


def _choice(belief: Hypothesis) -> Choice:
    return Choice(
        id=belief.id,
        code=belief.code,
        statement=belief.statement,
        state=belief.state,
        step=belief.step,
        segment=belief.segment or "",
    )


def kind_words(kind: str) -> str:
    """Say a kind of change as a founder reads it."""
    return next((t(each.words) for each in choices(PivotKind) if each.value == kind), kind)


def consequences(told: Choices, chosen: Sequence[Choice], changes: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Say what a pivot will do, before it does."""
    step = min((told.step, *(each.step for each in chosen)), key=STEPS.index)
    said = [
        t("{code} is retired; its child starts as a draft, without evidence: {statement}", code=each.code,
          statement=changes[each.id]["statement"])
        for each in chosen
    ]  # fmt: skip
    return [*said, t("This gate closes; the next round of {step} opens.", step=step_word(step)),
            t("What was said to the old beliefs is offered again in triage, piece by piece.")]  # fmt: skip


def questions_of(first: Mapping[str, str]) -> tuple[Question, ...]:
    return (
        Question(name="statement", words=t("the new statement"), holds="long", required=True, value=first["statement"]),
        Question(
            name="pivot_kind",
            words=t("kind of change"),
            holds="choice",
            required=True,
            value=first.get("pivot_kind", ""),
            choices=choices(PivotKind),
        ),
        Question(name="reason", words=t("reason"), holds="lines", required=True, value=first.get("reason", "")),
        Question(name="segment", words=t("segment"), holds="text", required=False, value=first["segment"]),
    )


def questions_of_the_gate() -> tuple[Question, ...]:
    """The two lines that a gate is opened with; the day is worked out from the step where it is left empty."""
    return (
        Question(name="decide_by", words=t("decide by"), holds="date", required=False),
        Question(name="stop_if", words=t("stop if"), holds="lines", required=False),
    )
