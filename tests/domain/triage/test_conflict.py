"""Conflicts wait, one for each field, until somebody decides."""

from dataclasses import replace
from datetime import date

from tests.builders import DAY, NOW, a_customer, a_gate, a_note, facts

from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.record import Conflict
from fieldgate.domain.triage.catalog import queue
from fieldgate.domain.triage.conflict import CONFLICT

STATUS = Conflict(field=("status",), value="dropped", by="ana", at="2026-11-03T10:00:00Z")
OTHER = replace(STATUS, value="lead", at="2026-11-02T10:00:00Z")
ANSWER = Conflict(field=("checks", "trait.need", "answer"), value="no", by="ana", at="ngày mai")


def test_a_record_with_conflicts_waits_once_for_each_field(playbook):
    customer = a_customer(code="C3", conflicts=(STATUS, ANSWER, OTHER))
    found = CONFLICT.find(facts(customer, a_customer()), playbook, DAY)
    assert [(each.part, each.since, each.record_id, each.code) for each in found] == [
        ("status", date(2026, 11, 2), customer.id, "C3"),
        ("checks.trait.need.answer", NOW.date(), customer.id, "C3"),
    ]
    assert len({each.id for each in found}) == 2


def test_it_leaves_when_it_is_decided_or_the_record_is_archived(playbook):
    for given in ({"conflicts": ()}, {"conflicts": (STATUS,), "deleted_at": NOW}):
        assert CONFLICT.find(facts(a_customer(**given)), playbook, DAY) == ()


def test_it_cannot_be_put_off_and_is_asked_in_a_stopped_workspace(playbook):
    stopped = a_gate(outcome=Outcome.STOP)
    customer = a_customer(conflicts=(STATUS,), snoozed_until=date(2027, 1, 1))
    found = queue(facts(stopped, customer, a_note()), playbook, DAY)
    assert [each.kind for each in found.items] == ["conflict"]
    assert CONFLICT.moves(found.items[0]) == ("customer.settle", "customer.both")
