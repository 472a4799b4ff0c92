"""The feature brake: what each step asks for before a requirement may be accepted."""

import pytest
from tests.builders import (
    DAY,
    NOW,
    a_customer,
    a_hypothesis,
    a_meeting,
    a_member,
    a_note,
    a_piece,
    a_requirement,
    an_id,
    day,
    facts,
)

from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import Area, HypothesisState, MeetingKind, Step
from fieldgate.domain.records.people import Team
from fieldgate.domain.records.work import Reason
from fieldgate.domain.requirements_brake import missing_links

ANA = a_member("ana", team=Team.CUSTDEV)
BINH = a_member("binh", name="Bình", team=Team.PRODDEV, key=True)
CHI = a_member("chi", team=Team.BOTH)
OCTO = a_customer(code="C7", name="Octo")
FELL = a_hypothesis(code="H2", area=Area.PROBLEM, state=HypothesisState.REFUTED)
SYNC = a_meeting(
    code="M5", kind=MeetingKind.SYNC, date=day(-1), members=frozenset({ANA.id, BINH.id}), topic="What to build"
)
VISIT = a_meeting(
    code="M4", kind=MeetingKind.EXCHANGE, customer_id=OCTO, date=day(-2), members=frozenset({BINH.id}), topic="Why"
)


def lacks(*records, step=Step.DISCOVERY, **given):
    values = {"code": "R3", "reported_at": day(-5), "customer_id": OCTO.id, **given}
    requirement = a_requirement(**values)
    there = {each.id: each for each in (ANA, BINH, OCTO, FELL, SYNC, VISIT, *records)}
    found = missing_links(facts(*there.values(), requirement), requirement, step, Policy(), DAY)
    return [(each.kind, each.code, each.text) for each in found]


def kinds(*records, **given):
    return [kind for kind, _, _ in lacks(*records, **given)]


@pytest.mark.parametrize("step", [Step.BUILDING, None])
def test_building_and_after_need_no_links(step):
    assert lacks(step=step) == []


@pytest.mark.parametrize("step", [Step.VALIDATION, Step.CREATION])
def test_validation_and_creation_need_the_joint_decision_for_any_reason(step):
    assert lacks(step=step) == [("meeting", "", "Decide R3 in a sync meeting that both teams attend, and link it.")]
    assert lacks(step=step, decision_meeting_id=SYNC) == []
    assert lacks(step=step, decision_meeting_id=SYNC, reason=Reason.CUSTOMER_INSISTS) == []


@pytest.mark.parametrize(
    "given",
    [{"date": day(1)}, {"kind": MeetingKind.REGULAR}, {"members": frozenset({BINH.id})}, {"deleted_at": NOW}],
)
def test_a_decision_counts_only_when_both_teams_held_a_sync(given):
    values = {"kind": MeetingKind.SYNC, "date": DAY, "members": frozenset({ANA.id, BINH.id}), **given}
    other = a_meeting(**values)
    assert kinds(other, step=Step.VALIDATION, decision_meeting_id=other) == ["meeting"]


def test_in_discovery_a_reason_is_asked_for_first():
    ((kind, code, text),) = lacks()
    assert (kind, code) == ("requirement", "R3")
    assert text.startswith("Say why R3 may be opened in discovery")


DOUBTS = [Reason.NO_PROBLEM, Reason.NOT_SERIOUS, Reason.NOT_SOLVED]


@pytest.mark.parametrize("reason", DOUBTS)
def test_a_doubt_needs_a_belief_that_fell_and_the_joint_decision(reason):
    assert kinds(reason=reason) == ["hypothesis", "meeting"]
    assert kinds(reason=reason, decision_meeting_id=SYNC) == ["hypothesis"]
    assert lacks(reason=reason, decision_meeting_id=SYNC, hypothesis_id=FELL) == []


@pytest.mark.parametrize("given", [{"area": Area.PRICE}, {"deleted_at": NOW}, {"state": HypothesisState.SUPPORTED}, {}])
def test_a_belief_of_another_area_archived_or_standing_is_no_doubt(given):
    values = {"code": "H9", "area": Area.SOLUTION, "state": HypothesisState.TESTING, **given}
    belief = a_hypothesis(**values)
    found = lacks(belief, reason=Reason.NOT_SOLVED, decision_meeting_id=SYNC, hypothesis_id=belief)
    assert [kind for kind, _, _ in found] == ["hypothesis"]
    if not given:
        assert found[0][1:] == ("H9", "H9 is not refuted and 0 of 2 sources say no to it.")


def test_a_belief_that_two_sources_deny_is_doubt_enough():
    belief = a_hypothesis(area=Area.CUSTOMER, state=HypothesisState.TESTING)
    notes = [a_note(), a_note()]
    rows = [a_piece(each, belief, "no", 2) for each in notes]
    given = {"reason": Reason.NOT_SERIOUS, "decision_meeting_id": SYNC, "hypothesis_id": belief}
    assert kinds(belief, notes[0], rows[0], **given) == ["hypothesis"]
    assert kinds(belief, *notes, *rows, **given) == []


INSISTS = {"reason": Reason.CUSTOMER_INSISTS, "decision_meeting_id": SYNC}


def test_an_insisting_customer_is_heard_by_product_people_before_both_teams_decide():
    assert lacks(**INSISTS, field_meeting_id=VISIT) == []
    ((kind, code, text),) = lacks(**INSISTS)
    assert (kind, code) == ("customer", "C7")
    assert text == ("Hear Octo (C7) first: a meeting with them on or after 2026-11-15, attended by Bình, linked to R3.")
    assert kinds(reason=Reason.CUSTOMER_INSISTS) == ["customer", "meeting"]


@pytest.mark.parametrize(
    "given",
    [
        {"date": day(-6)},
        {"date": day(1)},
        {"customer_id": a_customer()},
        {"members": frozenset({ANA.id})},
        {"members": frozenset({CHI.id})},
        {"deleted_at": NOW},
    ],
)
def test_a_visit_counts_only_with_that_customer_after_the_report_and_with_key_product_people(given):
    values = {"customer_id": OCTO, "date": day(-2), "members": frozenset({BINH.id}), **given}
    visit = a_meeting(**values)
    assert kinds(visit, CHI, **INSISTS, field_meeting_id=visit) == ["customer"]


def test_any_product_person_may_go_when_none_is_key():
    plain = a_member("binh", team=Team.PRODDEV, id=BINH.id)
    visit = a_meeting(customer_id=OCTO, date=day(-5), members=frozenset({CHI.id}))
    assert lacks(plain, CHI, visit, **INSISTS, field_meeting_id=visit) == []


def test_the_decision_may_not_come_before_the_visit():
    late = a_meeting(code="M8", customer_id=OCTO, date=DAY, members=frozenset({BINH.id}))
    ((kind, code, text),) = lacks(late, **INSISTS, field_meeting_id=late)
    assert (kind, code) == ("meeting", "M5")
    assert text == "M5 was held before M8: decide R3 in a sync meeting after the visit."


def test_without_a_customer_or_product_people_the_refusal_says_so():
    assert lacks(**INSISTS, customer_id=None, field_meeting_id=VISIT) == [
        ("requirement", "R3", "Name the customer who insists on R3.")
    ]
    gone = a_customer(id=an_id(), deleted_at=NOW)
    assert kinds(gone, **INSISTS, customer_id=gone) == ["requirement"]
    nobody = a_member("binh", team=Team.PRODDEV, id=BINH.id, active=False)
    requirement = a_requirement(reported_at=day(-5), customer_id=OCTO, **INSISTS)
    (found,) = missing_links(facts(ANA, nobody, OCTO, SYNC, requirement), requirement, Step.DISCOVERY, Policy(), DAY)
    assert "attended by someone of Product Development" in found.text
