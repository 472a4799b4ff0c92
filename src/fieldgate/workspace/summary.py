"""Summary: what the first frame and `status` show of the rules, kept in the store so that nobody waits for it.

It is written in the same transaction as each change, stamped with the last event and the day. Where the stamp does
not fit, the figures are shown as being computed until the rules have run again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from fieldgate.domain.gates import evaluate, phase
from fieldgate.domain.next_steps import what_is_next
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.learning import STEPS
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.triage.queue import waiting

NEXT_KEPT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """One entry of "what is next": its rule 1-8, a sentence, and the record and command that it points to."""

    rule: int
    text: str
    kind: str
    id: str
    code: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The gate strip, the NEXT line and the counts. `seq` and `day` say what it was worked out from."""

    seq: int
    day: str
    name: str
    phase: str
    step: str
    round: int
    decide_by: str
    overdue: bool
    stop_if: str
    met: int
    total: int
    readiness: int
    next: tuple[Next, ...]
    waiting: Mapping[str, int]

    @property
    def waiting_in_all(self) -> int:
        """How many items triage would show."""
        return sum(self.waiting.values())


def summarise(facts: Snapshot, playbook: Playbook, today: date, seq: int = 0) -> Summary:
    """Work the summary out from the facts."""
    report = evaluate(playbook, facts, today)
    gate = report.gate if report else None
    steps = what_is_next(facts, playbook, today)
    return Summary(
        seq=seq,
        day=today.isoformat(),
        name=facts.workspace.name,
        phase=phase(facts),
        step=str(gate.step) if gate else STEPS[-1],
        round=gate.round if gate else 0,
        decide_by=gate.decide_by.isoformat() if gate else "",
        overdue=bool(report and report.overdue),
        stop_if=gate.stop_if if gate else "",
        met=report.met if report else 0,
        total=report.total if report else 0,
        readiness=report.readiness if report else 0,
        next=tuple(
            Next(rule=each.rule, text=each.text, kind=each.kind, id=each.id, code=each.code, command=each.command)
            for each in steps[:NEXT_KEPT]
        ),
        waiting=dict(waiting(facts, playbook, today)),
    )


def to_plain(summary: Summary) -> dict[str, Any]:
    """Return the summary as plain data for the store."""
    return asdict(summary)


def from_plain(data: Mapping[str, Any]) -> Summary:
    """Read a kept summary.

    Raises:
        KeyError, TypeError: It was kept by another version of the program; work it out anew.
    """
    steps = tuple(Next(**each) for each in data["next"])
    return Summary(**{**data, "next": steps, "waiting": dict(data["waiting"])})


