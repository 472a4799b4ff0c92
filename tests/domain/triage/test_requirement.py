"""Requests wait when they are new, or parked since before the gate opened."""

import pytest
from tests.builders import DAY, a_customer, a_gate, a_requirement, day, facts

from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.work import RequirementState, Urgency
from fieldgate.domain.triage.requirement import REQUIREMENT

GATE = a_gate(opened_on=day(-5))
PARKED = RequirementState.PARKED


def waiting(playbook, *records):
    return REQUIREMENT.find(facts(*records), playbook, DAY)


def test_a_new_request_waits(playbook):
    request = a_requirement(reported_at=day(-2))
    (found,) = waiting(playbook, request)
    assert (found.record_id, found.since) == (request.id, day(-2))


def test_a_request_parked_before_the_gate_opened_comes_back(playbook):
    old = a_requirement(state=PARKED, state_on=day(-6))
    assert len(waiting(playbook, GATE, old)) == 1
    assert len(waiting(playbook, GATE, a_requirement(state=PARKED, state_on=None, reported_at=day(-6)))) == 1
    assert waiting(playbook, GATE, a_requirement(state=PARKED, state_on=day(-5))) == ()
    assert waiting(playbook, old) == ()
    assert waiting(playbook, a_gate(opened_on=day(-5), outcome=Outcome.ADVANCE), old) == ()


@pytest.mark.parametrize("state", [each for each in RequirementState if each not in {"new", "parked"}])
def test_any_other_request_does_not_wait(state, playbook):
    assert waiting(playbook, GATE, a_requirement(state=state, state_on=day(-9))) == ()


def test_the_most_urgent_come_first_then_strategic_accounts_then_the_oldest(playbook):
    vip = a_customer(account_rank=1)
    low = a_requirement(code="R1", urgency=Urgency.LOW, reported_at=day(-9), customer_id=vip)
    old = a_requirement(code="R2", reported_at=day(-9))
    young = a_requirement(code="R3", reported_at=day(-1))
    ranked = a_requirement(code="R4", reported_at=DAY, customer_id=vip)
    high = a_requirement(code="R5", urgency=Urgency.HIGH)
    found = waiting(playbook, vip, low, young, old, ranked, high)
    assert [each.code for each in found] == ["R5", "R4", "R2", "R3", "R1"]
