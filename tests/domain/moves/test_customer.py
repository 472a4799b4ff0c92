"""Customers: dropped and won back, candidates, active and ended co-creation."""

import pytest
from tests.builders import DAY, a_customer, a_meeting, a_workspace, day, facts
from tests.domain.moves.acting import Desk

from fieldgate.domain.cocreation import checks_of
from fieldgate.domain.records.learning import MeetingKind, Purpose
from fieldgate.domain.records.people import Cocreation, CustomerStatus

LEGAL = {
    "candidate": {Cocreation.NONE},
    "no_candidate": {Cocreation.CANDIDATE},
    "start": {Cocreation.CANDIDATE},
    "end": {Cocreation.ACTIVE},
}


@pytest.mark.parametrize("verb", LEGAL)
@pytest.mark.parametrize("stage", Cocreation)
def test_each_stage_is_left_only_as_it_may_be(playbook, verb, stage):
    customer = a_customer(code="C1", cocreation=stage)
    missing = Desk(facts(customer), playbook).missing(
        f"customer.{verb}", customer, **({"reason": "x"} if verb == "end" else {})
    )
    if stage not in LEGAL[verb]:
        assert missing[0].startswith(f"Co-creation with C1 is {stage}: ")
    else:
        assert bool(missing) is (verb == "start")


@pytest.fixture
def candidate(playbook):
    customer = a_customer(code="C1", name="ACME")
    meeting = a_meeting(code="M1", customer_id=customer)
    desk = Desk(facts(customer, meeting), playbook)
    desk.act("customer.candidate", customer)
    return desk, customer


def answer(desk, customer, start, verb, **answers):
    for key, check in checks_of(desk.facts, customer).items():
        if key.startswith(start):
            desk.act(f"check.{verb}", check, **answers)


def make_ready(desk, customer):
    answer(desk, customer, "trait.", "yes")
    answer(desk, customer, "accept.", "edit", measure="hours", target="1")
    answer(desk, customer, "accept.feasible", "yes")


def test_a_candidate_is_asked_for_traits_and_criteria(candidate):
    desk, customer = candidate
    keys = checks_of(desk.facts, customer)
    assert sum(key.startswith("trait.") for key in keys) == 6
    assert sum(key.startswith("accept.") for key in keys) == 10
    desk.act("customer.no_candidate", customer)
    answered = checks_of(desk.facts, customer)["trait.need"]
    desk.act("check.yes", answered)
    desk.act("customer.candidate", customer)
    assert desk.now(answered).answer == "yes"


def test_questions_that_a_candidate_or_an_active_customer_lacks_can_be_added(candidate, playbook):
    desk, customer = candidate
    assert desk.missing("customer.questions", customer) == ("C1 has every question of co-creation.",)
    everything = set(checks_of(desk.facts, customer))
    by_hand = a_customer(code="C1", cocreation=Cocreation.CANDIDATE)
    desk = Desk(facts(by_hand, a_meeting(code="M1", customer_id=by_hand)), playbook)
    desk.act("customer.questions", by_hand)
    assert set(checks_of(desk.facts, by_hand)) == everything
    make_ready(desk, by_hand)
    desk.act("customer.start", by_hand, agreed_meeting_id="M1")
    assert desk.missing("customer.questions", by_hand) == ("C1 has every question of co-creation.",)
    desk.act("customer.end", by_hand, reason="They were bought")
    assert desk.missing("customer.questions", by_hand) == ("Co-creation with C1 is ended: that is final.",)


def test_starting_needs_traits_criteria_agreement_and_its_meeting(candidate):
    desk, customer = candidate
    missing = desk.missing("customer.start", customer)
    assert len(missing) == 15
    make_ready(desk, customer)
    assert desk.missing("customer.start", customer) == ("C1 needs this: meeting in which the criteria were agreed.",)
    other = desk.made(desk.act("meeting.create", topic="Somebody else"), "meeting")
    (words,) = desk.missing("customer.start", customer, agreed_meeting_id=other.code)
    assert "link the meeting with them in which the criteria were agreed" in words
    desk.act("customer.start", customer, agreed_meeting_id="M1")
    assert desk.now(customer).cocreation is Cocreation.ACTIVE
    assert sum(key.startswith("pm.") for key in checks_of(desk.facts, customer)) == 7


def test_ending_needs_results_or_a_reason_for_ending_early(candidate):
    desk, customer = candidate
    make_ready(desk, customer)
    desk.act("customer.start", customer, agreed_meeting_id="M1")
    missing = desk.missing("customer.end", customer)
    assert missing[-1] == "Or give a reason for ending early."
    start = desk.facts
    desk.act("customer.end", customer, reason="They were bought")
    assert (desk.now(customer).cocreation, desk.now(customer).ended_reason) == (Cocreation.ENDED, "They were bought")
    desk.facts = start
    answer(desk, customer, "accept.b", "yes", result="done", proof="own")
    answer(desk, customer, "pm.", "yes")
    for more in ({"kind": "retrospective"}, {"kind": "visit", "purpose": "feedback"}):
        desk.act("meeting.create", topic="End", customer_id="C1", **more)
    assert {each.kind for each in desk.facts.meetings.values()} >= {MeetingKind.RETROSPECTIVE, MeetingKind.VISIT}
    assert any(each.purpose is Purpose.FEEDBACK for each in desk.facts.meetings.values())
    desk.act("customer.end", customer)
    assert desk.now(customer).ended_reason is None


def test_dropping_and_winning_back_are_moves_of_their_own(playbook):
    customer = a_customer(code="C1")
    desk = Desk(facts(customer), playbook)
    assert desk.missing("customer.reactivate", customer) == ("C1 is not dropped.",)
    words = ("Dropping C1, and winning it back, are moves of their own.",)
    assert desk.missing("customer.edit", customer, status="dropped") == words
    desk.act("customer.edit", customer, status="active", segment="財務", awareness=4)
    desk.act("customer.drop", customer)
    assert desk.missing("customer.drop", customer) == ("C1 is dropped already.",)
    assert desk.missing("customer.edit", customer, status="lead") == words
    desk.act("customer.edit", customer, status="dropped", role="user")
    desk.act("customer.reactivate", customer)
    assert desk.now(customer).status is CustomerStatus.LEAD


def test_a_new_customer_is_of_the_lead_segment(playbook):
    desk = Desk(facts(a_workspace(lead_segment="Финанси")), playbook)
    made = desk.made(desk.act("customer.create", name="Ана", awareness="3"), "customer")
    assert (made.code, made.segment, made.awareness, made.status) == ("C1", "Финанси", 3, CustomerStatus.LEAD)
    other = desk.made(desk.act("customer.create", name="Бо", segment=""), "customer")
    assert (other.code, other.segment) == ("C2", None)


def test_seeing_a_customer_is_scheduled(playbook):
    customer = a_customer(name="Lume")
    desk = Desk(facts(customer), playbook)
    made = desk.made(desk.act("customer.schedule", customer), "action")
    assert (made.text, made.customer_id, made.owner, made.due) == ("See Lume", customer.id, "ana", day(7))


def test_each_promised_value_is_a_question_of_its_own(playbook):
    customer = a_customer()
    desk = Desk(facts(customer), playbook)
    promise = {"text": "An hour a week", "measure": "hours", "target": "1"}
    one = desk.made(desk.act("customer.promise", customer, **promise), "check")
    two = desk.made(desk.act("customer.promise", customer, **promise), "check")
    assert (one.key, two.key, one.target, one.customer_id) == ("value.1", "value.2", "1", customer.id)


def test_a_customer_is_put_off_and_archived(playbook):
    customer = a_customer()
    desk = Desk(facts(customer), playbook)
    desk.act("customer.snooze", customer)
    assert desk.now(customer).snoozed_until == day(7) > DAY
    desk.act("customer.archive", customer)
    assert not desk.now(customer).live
