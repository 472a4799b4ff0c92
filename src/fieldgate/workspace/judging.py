"""What the rules make of the facts at one moment: the gate's report, the queue of triage, what is next.

Each is worked out once per change. After a change of ours the queue is judged again only where it can matter, so that
a verdict costs the same in a large workspace as in a small one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.gates import GateReport, evaluate
from fieldgate.domain.next_steps import NextStep, what_is_next
from fieldgate.domain.triage.catalog import queue
from fieldgate.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fieldgate.domain.changes import Change
    from fieldgate.domain.playbook import Playbook
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.domain.triage.kind import Queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The rules' view of some facts on a day."""

    facts: Snapshot
    playbook: Playbook
    today: date
    report: GateReport | None
    queue: Queue
    next: tuple[NextStep, ...]

    def holds_for(self, facts: Snapshot, playbook: Playbook, today: date) -> bool:
        """Whether it was made from just these."""
        return self.facts is facts and self.playbook is playbook and self.today == today


def judge(
    facts: Snapshot,
    playbook: Playbook,
    today: date,
    before: Judged | None = None,
    changes: Sequence[Change] | None = None,
) -> Judged:
    """Let the rules look at the facts.

    Args:
        facts: The facts.
        playbook: The playbook in force.
        today: The day.
        before: What they made of the facts that these grew out of.
        changes: All that changed since, if that is known; what it was is looked for otherwise.
    """
    report = evaluate(playbook, facts, today)
    if before is not None and before.today == today and before.playbook is playbook:
        waiting = before.queue.after(facts, changes, report)
    else:
        waiting = queue(facts, playbook, today, report)
    steps = what_is_next(facts, playbook, today, report)
    return Judged(facts=facts, playbook=playbook, today=today, report=report, queue=waiting, next=steps)
