"""Escalations: gaps of the journey that a customer met."""

from collections.abc import Iterator

from fieldgate.domain.records.journey import Touchpoint
from fieldgate.domain.touchpoints import is_escalated
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.words import mark


def _judge(sight: Sight, record: Touchpoint) -> Iterator[Item]:
    del sight
    if record.escalated_at is not None and is_escalated(record):
        yield item_of("escalation", record, record.escalated_at.date())


ESCALATION = TriageKind(
    name="escalation",
    title=mark("Escalations"),
    about=frozenset({"touchpoint"}),
    judge=_judge,
    verbs=("take", "na"),
    snoozable=False,
)
