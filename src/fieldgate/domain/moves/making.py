"""Making records: what a new one starts with when a move creates it.

Defaults: a hypothesis takes the numbers in force and the lead segment, a request is parked while discovery lasts (the
brake), checks take the id that every copy of the workspace gives them.
"""

from collections.abc import Iterable
from datetime import date

from fieldgate.domain.changes import Change, Create
from fieldgate.domain.gates import live_gates, open_gate
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.playbook import Card, CheckText
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Check, Function, Origin, Phase, Touchpoint
from fieldgate.domain.records.learning import (
    Area,
    Evidence,
    Hypothesis,
    Note,
    Stance,
    Step,
)
from fieldgate.domain.records.record import Record
from fieldgate.domain.records.work import Action, Requirement, RequirementState
from fieldgate.domain.snapshot import Snapshot


def current_step(facts: Snapshot) -> Step:
    """The step of the open gate; when none is open, of the latest."""
    gate = open_gate(facts)
    if gate is not None:
        return gate.step
    return next((each.step for each in reversed(live_gates(facts))), Step.DISCOVERY)


def new_hypothesis(scene: Scene[Record], statement: str, area: Area, step: Step, **more: object) -> Hypothesis:
    """A draft with the numbers in force; its segment is the lead segment unless told otherwise."""
    values: dict[str, object] = {
        "target_n": scene.policy.target_n,
        "pass_pct": scene.policy.pass_pct,
        "segment": scene.facts.workspace.lead_segment,
        "code": scene.codes("hypothesis")[0],
        **more,
    }
    return Hypothesis(**scene.stamp(), statement=statement, area=area, step=step, **values)  # type: ignore[arg-type]  # the fields of a hypothesis by name


def new_evidence(scene: Scene[Record], note_id: str, hypothesis_id: str, stance: Stance, strength: int) -> Change:
    """The piece by which a note speaks for a hypothesis; one for each pair, on every copy."""
    piece = Evidence(
        **scene.stamp(scene.named("evidence", note_id, hypothesis_id)),
        note_id=note_id,
        hypothesis_id=hypothesis_id,
        stance=stance,
        strength=strength,
        answered_at=scene.occasion.now,
        answered_by=scene.occasion.by,
    )
    return scene.restore_or_create(piece)


def new_note(scene: Scene[Record], text: str, said_on: date, **more: object) -> Note:
    """A line that was heard; its code is given when it is stored."""
    return Note(**scene.stamp(), text=text, said_on=said_on, **more)  # type: ignore[arg-type]  # the fields of a note by name


def new_action(scene: Scene[Record], text: str, due: date, **more: object) -> Action:
    """A thing to do."""
    return Action(**scene.stamp(), code=scene.codes("action")[0], text=text, due=due, **more)  # type: ignore[arg-type]  # the fields of an action by name


def new_requirement(scene: Scene[Record], description: str, reported_at: date, **more: object) -> Requirement:
    """A request. What arrives in discovery is parked, since features are braked there."""
    braked = current_step(scene.facts) is Step.DISCOVERY
    return Requirement(
        **scene.stamp(),
        code=scene.codes("requirement")[0],
        description=description,
        reported_at=reported_at,
        state=RequirementState.PARKED if braked else RequirementState.NEW,
        state_on=scene.today,
        **more,  # type: ignore[arg-type]  # the fields of a requirement by name
    )


def card_changes(scene: Scene[Record], card: Card, checks: Iterable[CheckText]) -> tuple[Change, ...]:
    """Bring a card of the catalogue into the workspace, with its questions."""
    touchpoint = Touchpoint(
        **scene.stamp(scene.named("touchpoint", card.code)),
        code=card.code,
        phase=Phase(card.phase),
        function=Function(card.function),
        title=card.title,
        state_on=scene.today,
        kpi_name=card.kpi.name if card.kpi else None,
        kpi_unit=card.kpi.unit if card.kpi else None,
        origin=Origin(card.origin),
    )
    return (scene.restore_or_create(touchpoint), *check_changes(scene, touchpoint, checks))


def check_changes(scene: Scene[Record], owner: Record, checks: Iterable[CheckText]) -> tuple[Change, ...]:
    """Give a touchpoint, a customer or a gate those of these checks that it has not."""
    field = {Touchpoint: "touchpoint_id", Gate: "gate_id"}.get(type(owner), "customer_id")
    made: list[Change] = []
    for text in checks:
        check_id = scene.named("check", owner.id, text.key)
        old = scene.facts.get("check", check_id)
        if old is None:
            owned = {field: owner.id}
            made.append(Create(Check(**scene.stamp(check_id), key=text.key, text=text.text, **owned)))  # type: ignore[arg-type]  # one of three owners
        elif not old.live:
            made.append(scene.about(old).edit(deleted_at=None))
    return tuple(made)


def attested_checks(scene: Scene[Record], step: Step) -> tuple[CheckText, ...]:
    """The sentences that a person answers on a step's gate, under the ids of their criteria."""
    criteria = scene.occasion.playbook.criteria_of(step)
    return tuple(CheckText(key=each.id, text=each.check) for each in criteria if each.check)


def opened_gate(
    scene: Scene[Record], step: Step, decide_by: date, stop_if: str, opener: str | None
) -> tuple[Change, ...]:
    """Open the next round of a step's gate: decided by a day, with the state of the world that means we stop."""
    rounds = [each.round for each in scene.facts.gates.values() if each.live and each.step is step]
    number = max(rounds, default=0) + 1
    gate = Gate(
        **scene.stamp(scene.named("gate", step.value, str(number))),
        step=step,
        round=number,
        opened_at=scene.occasion.now,
        opened_on=scene.today,
        decide_by=decide_by,
        stop_if=stop_if,
        opened_by_gate_id=opener,
    )
    return (scene.restore_or_create(gate), *check_changes(scene, gate, attested_checks(scene, step)))
