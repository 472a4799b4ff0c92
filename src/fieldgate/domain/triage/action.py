"""Actions past their due date. A chase is none of them: when it is overdue its maybe comes back instead."""

from collections.abc import Iterator

from fieldgate.domain.records.work import Action, ActionState
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.words import mark


def _judge(sight: Sight, record: Action) -> Iterator[Item]:
    if record.state != ActionState.OPEN or record.chase:
        return
    if record.due < sight.today:
        customer_id, hypothesis_id = record.customer_id or "", record.hypothesis_id or ""
        yield item_of("action", record, record.due, customer_id=customer_id, hypothesis_id=hypothesis_id)


ACTION = TriageKind(
    name="action",
    title=mark("Overdue actions"),
    about=frozenset({"action"}),
    judge=_judge,
    verbs=("done", "redate", "drop"),
)
