"""Gates: which one is open, what each of its criteria says, and whether the step may end.

Exactly one gate is open; after a merge of two that were closed differently it is the one of the earlier step, and none
may close until that conflict is decided. A criterion is met, unmet, or not applicable with a reason; never the three
that every gate has. Readiness is the share of the met among those that apply, rounded down. Advancing also needs the
strongest contrary piece of each key belief to have been opened.
"""

from dataclasses import replace
from datetime import date
from typing import Literal, cast

from fieldgate.domain.beliefs import key_beliefs
from fieldgate.domain.evidence import strongest_contrary
from fieldgate.domain.findings import Finding, Fix
from fieldgate.domain.measures import MEASURES
from fieldgate.domain.playbook import Criterion, Playbook
from fieldgate.domain.policy import Policy, read_policy
from fieldgate.domain.records.history import Gate, Outcome
from fieldgate.domain.records.learning import STEPS, Step
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.wording import as_one
from fieldgate.values import dataclass

_OUTCOME = frozenset({"outcome", "decided_at", "closed_on", "meeting_id", "reason", "stop_kind", "snapshot"})
"""Fields of a gate that mean something only together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionReport:
    """What one criterion says. `text`: what is there or what is missing; `reason`: why it does not apply."""

    criterion: Criterion
    result: Literal["met", "unmet", "na"]
    text: str
    reason: str = ""
    fix: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """The strongest contrary piece of a key belief that nobody has opened on the gate yet."""

    hypothesis_id: str
    code: str
    evidence_id: str
    note_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReport:
    """All criteria of a gate. `total` and `readiness` (per cent) leave out those that do not apply.

    `undecided`: the closed gate whose outcome is in conflict; while there is one, no gate may close.
    """

    gate: Gate
    criteria: tuple[CriterionReport, ...]
    met: int
    total: int
    readiness: int
    overdue: bool
    unheard: tuple[Unheard, ...]
    undecided: Gate | None

    @property
    def all_met(self) -> bool:
        """Whether every criterion is met or does not apply."""
        return self.met == self.total

    @property
    def may_advance(self) -> bool:
        """Whether the step may end now."""
        return self.all_met and not self.unheard and self.undecided is None

    def unmet(self) -> tuple[CriterionReport, ...]:
        """The criteria that are missing, in their order."""
        return tuple(each for each in self.criteria if each.result == "unmet")


def policy_of(facts: Snapshot, playbook: Playbook) -> Policy:
    """The numbers in force: the playbook's, with those that the workspace changed over them."""
    return in_force(facts, playbook).policy


def in_force(facts: Snapshot, playbook: Playbook) -> Playbook:
    """The playbook with the workspace's numbers; a value that cannot be used leaves the default."""
    if not facts.workspace.policy:
        return playbook
    policy, _ = read_policy({**playbook.policy.to_map(), **facts.workspace.policy})
    return playbook if policy == playbook.policy else replace(playbook, policy=policy)


def live_gates(facts: Snapshot) -> list[Gate]:
    """All gates in the order in which they were opened."""
    found = cast("list[Gate]", list(facts.live("gate")))
    return sorted(found, key=lambda each: (each.opened_at, each.round, each.id))


def open_gate(facts: Snapshot) -> Gate | None:
    """The gate without an outcome; of several the one of the earliest step."""
    found = [each for each in live_gates(facts) if each.open]
    return min(found, key=lambda each: STEPS.index(each.step), default=None)


def current_step(facts: Snapshot) -> Step | None:
    """The step of the open gate."""
    gate = open_gate(facts)
    return gate.step if gate else None


def phase(facts: Snapshot) -> Literal["open", "stopped", "done"]:
    """Where the workspace stands: on its way, stopped by its latest gate, or done with the last step."""
    gates = live_gates(facts)
    if not gates or any(each.open for each in gates):
        return "open"
    if gates[-1].outcome == Outcome.STOP:
        return "stopped"
    done = any(each.step == Step.BUILDING and each.outcome == Outcome.ADVANCE for each in gates)
    return "done" if done else "open"


def undecided_gate(facts: Snapshot) -> Gate | None:
    """The gate that two founders closed differently, until somebody decides."""
    for gate in live_gates(facts):
        if not gate.open and any(each.field and each.field[0] in _OUTCOME for each in gate.conflicts):
            return gate
    return None


def evaluate(playbook: Playbook, facts: Snapshot, today: date) -> GateReport | None:
    """Report on the open gate; None when there is none."""
    gate = open_gate(facts)
    return evaluate_gate(playbook, facts, gate, today) if gate else None


def evaluate_gate(playbook: Playbook, facts: Snapshot, gate: Gate, today: date) -> GateReport:
    """Report on a gate as the facts stand."""
    playbook = in_force(facts, playbook)
    criteria = tuple(_judge(facts, each, gate, playbook, today) for each in playbook.criteria_of(gate.step))
    met = sum(each.result == "met" for each in criteria)
    total = sum(each.result != "na" for each in criteria)
    return GateReport(
        gate=gate,
        criteria=criteria,
        met=met,
        total=total,
        readiness=100 * met // max(total, 1),
        overdue=gate.open and gate.decide_by < today,
        unheard=unheard(facts, gate, playbook.policy),
        undecided=undecided_gate(facts),
    )


def unheard(facts: Snapshot, gate: Gate, policy: Policy) -> tuple[Unheard, ...]:
    """What speaks most against each key belief of the step and was not opened on this gate yet."""
    found = []
    for belief in key_beliefs(facts, policy, gate.step):
        piece = strongest_contrary(facts, belief)
        if piece is not None and piece.evidence.id not in gate.heard:
            row = piece.evidence
            found.append(Unheard(hypothesis_id=belief.id, code=belief.code, evidence_id=row.id, note_id=row.note_id))
    return tuple(found)


def _judge(facts: Snapshot, criterion: Criterion, gate: Gate, playbook: Playbook, today: date) -> CriterionReport:
    reason = gate.na.get(criterion.id, "")
    if criterion.waivable and reason:
        return CriterionReport(criterion=criterion, result="na", text=reason, reason=reason)
    findings: list[Finding] = []
    for need in criterion.needs:
        args = {**playbook.resolve(need), "criterion": criterion.id}
        findings.append(MEASURES[need.measure](facts, args, gate, playbook, today))
    missing = [each for each in findings if not each.met]
    return CriterionReport(
        criterion=criterion,
        result="unmet" if missing else "met",
        text=as_one(each.text for each in missing or findings),
        fix=tuple(fix for each in missing for fix in each.fix),
    )
