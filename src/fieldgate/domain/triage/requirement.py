"""Requests that are new, or parked since before the current gate opened. Most urgent first, then strategic accounts."""

from collections.abc import Iterator

from fieldgate.domain.records.work import Requirement, RequirementState, Urgency
from fieldgate.domain.triage.critical import account_rank
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.domain.triage.reach import naming
from fieldgate.words import mark

_URGENCIES = tuple(Urgency)


def _judge(sight: Sight, record: Requirement) -> Iterator[Item]:
    since = record.state_on or record.reported_at
    parked = record.state == RequirementState.PARKED and sight.gate is not None and since < sight.gate.opened_on
    if record.state == RequirementState.NEW or parked:
        rank = account_rank(sight.facts, record)
        order = (-_URGENCIES.index(record.urgency), rank, record.reported_at, record.created_at, record.id)
        customer_id = record.customer_id or ""
        yield item_of("requirement", record, record.reported_at, customer_id=customer_id, order=order)


REQUIREMENT = TriageKind(
    name="requirement",
    title=mark("Requests"),
    about=frozenset({"requirement"}),
    judge=_judge,
    verbs=("park", "check", "to_sync", "decline", "duplicate", "accept"),
    reads=frozenset({"gate"}),
    reaches={"customer": naming("requirement", "customer_id")},
)
