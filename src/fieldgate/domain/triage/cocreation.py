"""Co-creation customers: what is open with a candidate, or overdue with an active one, one item for each point.

Open traits of candidates; of active ones missed rhythms, acceptance criteria without measure or target, and open
project points; of any customer, promised values that nobody has touched for long.
"""

from collections.abc import Iterator
from datetime import date

from fieldgate.domain.cocreation import (
    checks_of,
    meeting_due,
    project_due,
    unmeasured,
    values_at_risk,
    visit_due,
)
from fieldgate.domain.records.journey import Answer, Check
from fieldgate.domain.records.people import Cocreation, Customer, CustomerStatus
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.domain.triage.reach import named_by
from fieldgate.words import mark


def _judge(sight: Sight, record: Customer) -> Iterator[Item]:
    if record.status == CustomerStatus.DROPPED:
        return
    if record.cocreation == Cocreation.CANDIDATE:
        yield from _traits(sight, record)
    elif record.cocreation == Cocreation.ACTIVE:
        yield from _rhythms(sight, record)
        yield from _agreements(sight, record)
    for check in values_at_risk(sight.facts, record, sight.policy, sight.today):
        yield _item(sight, record, check.updated_at.date(), check.key, check)


def _traits(sight: Sight, customer: Customer) -> Iterator[Item]:
    checks = checks_of(sight.facts, customer)
    for trait in sight.playbook.traits:
        check = checks.get(trait.key)
        if check is None or check.answer == Answer.OPEN:
            yield _item(sight, customer, (check or customer).updated_at.date(), trait.key, check)


def _rhythms(sight: Sight, customer: Customer) -> Iterator[Item]:
    for part, due in (("cadence", meeting_due), ("visit", visit_due)):
        since = due(sight.facts, customer, sight.today)
        if since is not None:
            yield _item(sight, customer, since, part, None)


def _agreements(sight: Sight, customer: Customer) -> Iterator[Item]:
    for text, check in unmeasured(sight.facts, customer, sight.playbook):
        yield _item(sight, customer, (check or customer).updated_at.date(), text.key, check)
    for text, check in project_due(sight.facts, customer, sight.playbook, sight.today):
        asked = check.answered_at if check else None
        yield _item(sight, customer, (asked or (check or customer).updated_at).date(), text.key, check)


def _item(sight: Sight, customer: Customer, since: date, part: str, check: Check | None) -> Item:
    day = min(since, sight.today)
    part_id = check.id if check else ""
    return item_of("cocreation", customer, day, part=part, part_id=part_id, customer_id=customer.id)


COCREATION = TriageKind(
    name="cocreation",
    title=mark("Co-creation"),
    about=frozenset({"customer"}),
    judge=_judge,
    verbs=("check.yes", "check.no", "check.na", "check.edit", "schedule"),
    reads=frozenset({"workspace"}),
    reaches={kind: named_by(kind, "customer_id") for kind in ("check", "meeting", "action")},
)
