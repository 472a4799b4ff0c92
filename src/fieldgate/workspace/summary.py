"""Summary: what the first frame and `status` show of the rules, kept in the store so that nobody waits for it.

It is written in the same transaction as each change, stamped with the last event and the day. Where the stamp does
not fit, the figures are shown as being computed until the rules have run again.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from fieldgate.domain.policy import Policy
    from fieldgate.domain.records.learning import Hypothesis
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.workspace.judging import Judged

NEXT_KEPT = 12
TALLIES = "tallies"


class Next(NamedTuple):
    """One entry of "what is next": its rule 1-8, a sentence, and the record and command that it points to."""

    rule: int
    text: str
    kind: str
    id: str
    code: str
    command: str


class Summary(NamedTuple):
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
    key_importance: int
    """From this importance on a hypothesis is key."""
    marks: Mapping[str, str]
    """Letter of a note's mark to what it means."""
    next: tuple[Next, ...]
    waiting: Mapping[str, int]

    @property
    def waiting_in_all(self) -> int:
        """How many items triage would show."""
        return sum(self.waiting.values())


def summarise(judged: "Judged", seq: int = 0) -> Summary:
    """Put together what the rules made of the facts."""
    from fieldgate.domain.gates import phase, policy_of  # the first frame reads a summary and needs no rules
    from fieldgate.domain.records.learning import STEPS

    report = judged.report
    gate = report.gate if report else None
    return Summary(
        seq=seq,
        day=judged.today.isoformat(),
        name=judged.facts.workspace.name,
        phase=phase(judged.facts),
        step=str(gate.step) if gate else STEPS[-1],
        round=gate.round if gate else 0,
        decide_by=gate.decide_by.isoformat() if gate else "",
        overdue=bool(report and report.overdue),
        stop_if=gate.stop_if if gate else "",
        met=report.met if report else 0,
        total=report.total if report else 0,
        readiness=report.readiness if report else 0,
        key_importance=policy_of(judged.facts, judged.playbook).key_importance,
        marks={each.id: each.title for each in judged.playbook.marks},
        next=tuple(
            Next(rule=each.rule, text=each.text, kind=each.kind, id=each.id, code=each.code, command=each.command)
            for each in judged.next[:NEXT_KEPT]
        ),
        waiting=dict(judged.queue.waiting),
    )


def figures(judged: "Judged") -> dict[str, Any]:
    """Return what the store keeps with a change: the summary, and the counts of every hypothesis under `tallies`."""
    from fieldgate.domain.gates import policy_of  # as above

    facts, policy = judged.facts, policy_of(judged.facts, judged.playbook)
    live = (each for each in facts.hypotheses.values() if each.live)
    tallies = {each.id: _tally_row(facts, each, policy, judged.today) for each in live}
    summary = summarise(judged)
    return {**summary._asdict(), "next": [each._asdict() for each in summary.next], TALLIES: tallies}


def from_plain(data: Mapping[str, Any]) -> Summary:
    """Read a kept summary.

    Raises:
        KeyError, TypeError: It was kept by another version of the program; work it out anew.
    """
    values = {name: data[name] for name in Summary._fields}
    return Summary(**{**values, "next": tuple(Next(**each) for each in data["next"])})


def _tally_row(facts: "Snapshot", hypothesis: "Hypothesis", policy: "Policy", today: "date") -> dict[str, Any]:
    from fieldgate.domain.evidence import tally  # as above
    from fieldgate.domain.records.learning import HypothesisState
    from fieldgate.domain.verdicts import is_shaken, suggest

    count = tally(facts, hypothesis, policy)
    suggestion = suggest(hypothesis, count, today) if hypothesis.state is HypothesisState.TESTING else None
    return {
        "yes": count.yes,
        "no": count.no,
        "maybe": count.maybe,
        "confidence": count.confidence,
        "risk": count.risk,
        "verdict": suggestion.kind if suggestion and suggestion.kind != "keep" else "",
        "shaken": int(is_shaken(hypothesis, count)),
    }
