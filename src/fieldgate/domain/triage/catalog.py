"""TRIAGE_KINDS: every kind of triage in the order in which the queue asks, and the queue of all of them."""

from collections.abc import Mapping
from datetime import date

from fieldgate.domain.gates import GateReport
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.triage.action import ACTION
from fieldgate.domain.triage.carry import CARRY
from fieldgate.domain.triage.cocreation import COCREATION
from fieldgate.domain.triage.conflict import CONFLICT
from fieldgate.domain.triage.critical import CRITICAL
from fieldgate.domain.triage.escalation import ESCALATION
from fieldgate.domain.triage.gate import GATE
from fieldgate.domain.triage.kind import Queue, TriageKind, queue_of
from fieldgate.domain.triage.maybe import MAYBE
from fieldgate.domain.triage.minutes import MINUTES
from fieldgate.domain.triage.note import NOTE
from fieldgate.domain.triage.requirement import REQUIREMENT
from fieldgate.domain.triage.touchpoint import TOUCHPOINT
from fieldgate.domain.triage.verdict import VERDICT

TRIAGE_KINDS: tuple[TriageKind, ...] = (
    CONFLICT,
    GATE,
    ESCALATION,
    CRITICAL,
    VERDICT,
    MAYBE,
    ACTION,
    NOTE,
    REQUIREMENT,
    CARRY,
    COCREATION,
    MINUTES,
    TOUCHPOINT,
)


def queue(facts: Snapshot, playbook: Playbook, today: date, report: GateReport | None = None) -> Queue:
    """Compute the whole queue from nothing; `Queue.after` keeps it in step with changes."""
    return queue_of(TRIAGE_KINDS, facts, playbook, today, report)


def waiting(facts: Snapshot, playbook: Playbook, today: date, report: GateReport | None = None) -> Mapping[str, int]:
    """How many items of each kind wait, in queue order."""
    return queue(facts, playbook, today, report).waiting
