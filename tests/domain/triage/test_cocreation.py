"""Co-creation customers wait point by point."""

from dataclasses import replace

from tests.builders import DAY, a_check, a_customer, a_meeting, day, facts, moment

from fieldgate.domain.records.journey import Answer
from fieldgate.domain.records.learning import MeetingKind
from fieldgate.domain.records.people import Cadence, Cocreation, CustomerStatus, VisitCadence
from fieldgate.domain.triage.cocreation import COCREATION

ACTIVE = a_customer(cocreation=Cocreation.ACTIVE, created_at=moment(-20))
CANDIDATE = a_customer(cocreation=Cocreation.CANDIDATE)


def parts(playbook, *records):
    return [each.part for each in COCREATION.find(facts(*records), playbook, DAY)]


def settled(customer, playbook):
    """All checks of a customer with which nothing is open."""
    given = {"answer": Answer.YES, "measure": "hours", "target": "1", "answered_at": moment(-1)}
    texts = (*playbook.traits, *playbook.acceptance, *playbook.project_checks)
    return {each.key: a_check(customer, key=each.key, **given) for each in texts}


def test_a_candidate_waits_with_each_open_trait(playbook):
    checks = settled(CANDIDATE, playbook)
    assert parts(playbook, CANDIDATE, *checks.values()) == []
    checks["trait.date"] = replace(checks["trait.date"], answer=Answer.OPEN)
    checks["trait.goal"] = replace(checks["trait.goal"], answer=Answer.NO)
    del checks["trait.need"]
    found = COCREATION.find(facts(CANDIDATE, *checks.values()), playbook, DAY)
    assert {(each.part, each.part_id) for each in found} == {
        ("trait.need", ""),
        ("trait.date", checks["trait.date"].id),
    }
    assert {each.record_id for each in found} == {CANDIDATE.id}
    assert COCREATION.moves(found[0]) == (
        "check.yes",
        "check.no",
        "check.na",
        "check.edit",
        "customer.schedule",
        "customer.snooze",
    )


def test_an_active_customer_waits_past_its_rhythms(playbook):
    maker = replace(ACTIVE, cadence=Cadence.WEEKLY, visit_cadence=VisitCadence.MONTHLY)
    checks = settled(maker, playbook).values()
    regular = a_meeting(kind=MeetingKind.REGULAR, customer_id=maker, date=day(-8))
    visit = a_meeting(kind=MeetingKind.VISIT, customer_id=maker, date=day(-31))
    assert parts(playbook, maker, *checks, regular, visit) == ["cadence"]
    assert parts(playbook, maker, *checks, replace(regular, date=day(-7)), replace(visit, date=day(-32))) == ["visit"]
    assert parts(playbook, replace(maker, cocreation=Cocreation.ENDED), *checks) == []


def test_an_active_customer_waits_with_what_is_not_measured_or_open(playbook):
    checks = settled(ACTIVE, playbook)
    assert parts(playbook, ACTIVE, *checks.values()) == []
    checks["accept.build.cost"] = replace(checks["accept.build.cost"], target=None)
    del checks["accept.build.scope"]
    checks["pm.plan"] = replace(checks["pm.plan"], answered_at=moment(-91))
    checks["pm.risk"] = replace(checks["pm.risk"], answer=Answer.OPEN, answered_at=None)
    del checks["pm.quality"]
    found = COCREATION.find(facts(ACTIVE, *checks.values()), playbook, DAY)
    assert {each.part for each in found} == {
        "accept.build.cost",
        "accept.build.scope",
        "pm.plan",
        "pm.risk",
        "pm.quality",
    }
    assert {each.part: each.since for each in found}["pm.plan"] == day(-91)


def test_a_promised_value_of_any_customer_waits_when_nobody_touches_it(playbook):
    customer = a_customer()
    value = a_check(customer, key="value.1", updated_at=moment(-91))
    assert parts(playbook, customer, value) == ["value.1"]
    assert parts(playbook, customer, replace(value, updated_at=moment(-1))) == []


def test_dropped_customers_and_those_put_off_do_not_wait(playbook):
    assert parts(playbook, replace(CANDIDATE, status=CustomerStatus.DROPPED)) == []
    assert parts(playbook, replace(CANDIDATE, snoozed_until=day(1))) == []
    assert len(parts(playbook, CANDIDATE)) == 6
