"""The open gate, while it is overdue or every criterion of it is met; not while a closed one is in conflict."""

from collections.abc import Iterator

from fieldgate.domain.records.history import Gate
from fieldgate.domain.triage.kind import EVERY_KIND, Item, Sight, TriageKind, item_of
from fieldgate.words import mark


def _judge(sight: Sight, record: Gate) -> Iterator[Item]:
    gate = sight.gate
    if gate is None or gate.id != record.id:
        return
    report = sight.report(gate)
    if report.undecided is None and (report.overdue or report.all_met):
        since = min(gate.decide_by, sight.today)
        yield item_of("gate", gate, since, code=f"{gate.step.value} {gate.round}")


GATE = TriageKind(
    name="gate",
    title=mark("Gate"),
    about=frozenset({"gate"}),
    judge=_judge,
    verbs=("advance", "pivot", "stop", "redate"),
    reads=EVERY_KIND,
    snoozable=False,
)
