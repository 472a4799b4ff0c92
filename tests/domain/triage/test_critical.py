"""Critical requests wait until somebody responds."""

import pytest
from tests.builders import DAY, NOW, a_customer, a_meeting, a_requirement, an_action, an_id, day, facts

from fieldgate.domain.records.work import ActionState, RequirementState, Urgency
from fieldgate.domain.triage.critical import CRITICAL


def critical(**given):
    return a_requirement(**{"urgency": Urgency.CRITICAL, **given})


def waiting(playbook, *records):
    return CRITICAL.find(facts(*records), playbook, DAY)


def test_a_critical_request_without_a_response_waits_whatever_was_snoozed(playbook):
    request = critical(reported_at=day(-1), snoozed_until=day(9))
    (found,) = waiting(playbook, request)
    assert (found.record_id, found.since) == (request.id, day(-1))


def test_an_action_or_a_meeting_is_a_response(playbook):
    request = critical()
    assert waiting(playbook, request, an_action(requirement_id=request)) == ()
    assert waiting(playbook, request, an_action(requirement_id=request, state=ActionState.DONE)) == ()
    met = a_meeting()
    for link in ("field_meeting_id", "decision_meeting_id"):
        assert waiting(playbook, critical(**{link: met}), met) == ()


def test_what_was_dropped_or_archived_is_none(playbook):
    request = critical()
    assert len(waiting(playbook, request, an_action(requirement_id=request, state=ActionState.DROPPED))) == 1
    assert len(waiting(playbook, request, an_action(requirement_id=request, deleted_at=NOW))) == 1
    assert len(waiting(playbook, critical(field_meeting_id=an_id(5)))) == 1
    gone = a_meeting(deleted_at=NOW)
    assert len(waiting(playbook, critical(field_meeting_id=gone), gone)) == 1


@pytest.mark.parametrize(
    "given",
    [{"urgency": Urgency.HIGH}]
    + [{"state": RequirementState(each)} for each in ("done", "confirmed", "declined", "duplicate")],
)
def test_lesser_requests_and_those_that_are_over_do_not_wait(given, playbook):
    assert waiting(playbook, critical(**given)) == ()


def test_strategic_accounts_come_first(playbook):
    first, second = a_customer(account_rank=1), a_customer(account_rank=2)
    gone = a_customer(account_rank=1, deleted_at=NOW)
    plain = a_customer()
    requests = [
        critical(customer_id=plain, reported_at=day(-9)),
        critical(reported_at=day(-8)),
        critical(customer_id=gone, reported_at=day(-7)),
        critical(customer_id=second, reported_at=day(-3)),
        critical(customer_id=first, reported_at=day(-1)),
    ]
    found = waiting(playbook, first, second, plain, gone, *requests)
    assert [each.since for each in found] == [day(-1), day(-3), day(-9), day(-8), day(-7)]
