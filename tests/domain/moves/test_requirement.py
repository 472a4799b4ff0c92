"""Requests: each transition, and the brake."""

import pytest
from tests.builders import (
    DAY,
    NOW,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_member,
    a_requirement,
    a_touchpoint,
    an_action,
    day,
    facts,
)
from tests.domain.moves.acting import Desk

from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.journey import TouchpointState
from fieldgate.domain.records.learning import Area, HypothesisState, MeetingKind, Step
from fieldgate.domain.records.people import Team
from fieldgate.domain.records.work import Reason, RequirementState, Urgency

S = RequirementState
THREE = {"leave": True, "faster": False, "safer": False}
KIRI = a_customer(code="C1", name="Kiri")
OTHER = a_requirement(code="R9")
ENOUGH = {
    "park": {},
    "check": {},
    "to_sync": {},
    "decline": {"remarks": "Not ours"},
    "duplicate": {"duplicate_of": "R9"},
    "accept": THREE,
    "doing": {},
    "done": {},
    "confirm": {},
    "raise": {},
}
LEGAL = {
    "park": {S.NEW, S.PARKED, S.CHECKING, S.DOING},
    "check": {S.NEW, S.PARKED},
    "to_sync": {S.NEW, S.PARKED, S.CHECKING},
    "decline": {S.NEW, S.PARKED, S.CHECKING, S.ACCEPTED},
    "duplicate": {S.NEW, S.PARKED},
    "accept": {S.NEW, S.PARKED, S.CHECKING},
    "doing": {S.ACCEPTED, S.DONE},
    "done": {S.DOING},
    "confirm": {S.DONE},
    "raise": {S.DECLINED},
}
AFTER = {
    "park": S.PARKED,
    "check": S.CHECKING,
    "to_sync": S.PARKED,
    "decline": S.DECLINED,
    "duplicate": S.DUPLICATE,
    "accept": S.ACCEPTED,
    "doing": S.DOING,
    "done": S.DONE,
    "confirm": S.CONFIRMED,
    "raise": S.NEW,
}


@pytest.mark.parametrize("verb", LEGAL)
@pytest.mark.parametrize("state", S)
def test_each_transition_is_legal_from_its_states_and_says_elsewhere_what_comes_first(playbook, verb, state):
    request = a_requirement(code="R1", state=state, state_on=day(-9), customer_id=KIRI)
    desk = Desk(facts(request, OTHER, KIRI, a_gate(step=Step.BUILDING)), playbook)
    if state in LEGAL[verb]:
        desk.act(f"requirement.{verb}", request, **ENOUGH[verb])
        now = desk.now(request)
        assert (now.state, now.state_on, now.to_sync) == (AFTER[verb], DAY, verb == "to_sync")
    else:
        (words,) = desk.missing(f"requirement.{verb}", request, **ENOUGH[verb])
        assert words.startswith(f"R1 is {state}: ")


@pytest.mark.parametrize(
    ("verb", "words"), [("decline", "remarks"), ("duplicate", "the request that it repeats"), ("accept", "do we lose")]
)
def test_what_a_transition_needs_is_named(playbook, verb, words):
    request = a_requirement(code="R1")
    missing = Desk(facts(request, a_gate(step=Step.BUILDING)), playbook).missing(f"requirement.{verb}", request)
    assert missing[0].startswith(f"R1 needs this: {words}")


def test_checking_sends_a_product_person_to_the_customer(playbook):
    request = a_requirement(code="R1", customer_id=KIRI)
    people = (a_member("ana", team=Team.CUSTDEV), a_member("binh", team=Team.PRODDEV, key=True))
    desk = Desk(facts(request, KIRI, *people), playbook)
    made = desk.made(desk.act("requirement.check", request), "action")
    assert (made.owner, made.requirement_id, made.customer_id, made.due) == ("binh", request.id, KIRI.id, day(7))
    assert made.text == "Hear the customer of R1"
    nobody = a_requirement(code="R2")
    assert Desk(facts(nobody), playbook).missing("requirement.check", nobody) == (
        "R2 needs its customer: whom to hear is not known.",
    )


def test_a_duplicate_never_leads_back_to_itself(playbook):
    one = a_requirement(code="R1")
    two = a_requirement(code="R2", state=S.DUPLICATE, duplicate_of=one)
    desk = Desk(facts(one, two), playbook)
    words = ("R1 cannot be a duplicate of itself.",)
    assert desk.missing("requirement.duplicate", one, duplicate_of="R2") == words
    assert desk.missing("requirement.duplicate", one, duplicate_of="R1") == words


BOTH = (a_member("ana", team=Team.CUSTDEV), a_member("binh", team=Team.PRODDEV, key=True))
ALL = frozenset(each.id for each in BOTH)
FALLEN = a_hypothesis(code="H1", area=Area.PROBLEM, state=HypothesisState.REFUTED)
SYNC = a_meeting(code="M1", kind=MeetingKind.SYNC, members=ALL, date=DAY)
FIELD = a_meeting(code="M2", customer_id=KIRI, members=ALL, date=day(-1))


@pytest.mark.parametrize(
    ("reason", "links"),
    [
        (Reason.NO_PROBLEM, {"hypothesis_id": "H1", "decision_meeting_id": "M1"}),
        (Reason.NOT_SOLVED, {"hypothesis_id": "H1", "decision_meeting_id": "M1"}),
        (Reason.CUSTOMER_INSISTS, {"field_meeting_id": "M2", "decision_meeting_id": "M1"}),
    ],
)
def test_in_discovery_a_feature_is_opened_only_for_what_customers_showed(playbook, reason, links):
    request = a_requirement(code="R1", state=S.PARKED, customer_id=KIRI, reported_at=day(-2))
    desk = Desk(facts(request, KIRI, FALLEN, SYNC, FIELD, *BOTH, a_gate()), playbook)
    for left_out in links:
        some = {name: value for name, value in links.items() if name != left_out}
        assert desk.missing("requirement.accept", request, **THREE, reason=reason, **some)
    desk.act("requirement.accept", request, **THREE, reason=reason, **links)
    assert (desk.now(request).state, desk.now(request).reason) == (S.ACCEPTED, reason)


def test_the_brake_names_the_meeting_to_hold(playbook):
    request = a_requirement(code="R1", customer_id=KIRI, reported_at=day(-2))
    desk = Desk(facts(request, KIRI, *BOTH, a_gate()), playbook)
    missing = desk.missing("requirement.accept", request, **THREE, reason="customer_insists")
    assert "Hear Kiri (C1) first: a meeting with them on or after 2026-11-18, attended by Binh" in missing[0]
    assert "sync meeting" in missing[1]
    assert "Say why R1 may be opened" in desk.missing("requirement.accept", request, **THREE)[0]


@pytest.mark.parametrize("step", [Step.VALIDATION, Step.CREATION])
def test_after_discovery_the_joint_decision_is_enough(playbook, step):
    request = a_requirement(code="R1")
    desk = Desk(facts(request, SYNC, *BOTH, a_gate(step=step)), playbook)
    assert "sync meeting" in desk.missing("requirement.accept", request, **THREE)[0]
    desk.act("requirement.accept", request, **THREE, decision_meeting_id="M1")


def test_after_the_last_gate_only_the_three_answers_are_asked(playbook):
    request = a_requirement(code="R1")
    desk = Desk(facts(request, a_gate(step=Step.BUILDING, outcome=Outcome.ADVANCE)), playbook)
    desk.act("requirement.accept", request, **THREE)
    assert desk.missing("requirement.edit", request, leave="") == ("R1 is accepted and keeps its three answers.",)
    desk.act("requirement.edit", request, leave=False)


def test_an_urgent_fault_is_answered_today_or_is_not_urgent(playbook):
    calm, urgent = a_requirement(code="R1"), a_requirement(code="R2", urgency=Urgency.CRITICAL, customer_id=KIRI)
    desk = Desk(facts(calm, urgent, KIRI), playbook)
    for verb in ("respond", "not_critical"):
        assert desk.missing(f"requirement.{verb}", calm) == ("R1 is not critical.",)
        assert not find_move(f"requirement.{verb}").shown(desk.facts, calm, desk.occasion)
    assert "nobody has responded" in desk.missing("requirement.snooze", urgent)[0]
    made = desk.made(desk.act("requirement.respond", urgent), "action")
    assert (made.due, made.requirement_id, made.customer_id, made.text) == (DAY, urgent.id, KIRI.id, "Respond to R2")
    desk.act("requirement.snooze", urgent, until=day(1))
    desk.act("requirement.not_critical", urgent)
    assert desk.now(urgent).urgency is Urgency.HIGH


@pytest.mark.parametrize("link", ["field_meeting_id", "decision_meeting_id"])
def test_a_meeting_answers_an_urgent_fault_too(playbook, link):
    urgent = a_requirement(urgency=Urgency.CRITICAL, **{link: FIELD.id})
    Desk(facts(urgent, FIELD), playbook).act("requirement.snooze", urgent, until=day(1))


def test_a_new_request_is_reported_today_and_escalates_its_card_if_urgent(playbook):
    card = a_touchpoint(code="US-SUP-01")
    desk = Desk(facts(card, a_gate()), playbook)
    act = desk.act("requirement.create", description="Не работи", urgency="critical", touchpoint_id="US-SUP-01")
    made = desk.made(act, "requirement")
    assert (made.code, made.reported_at, made.follower, made.state) == ("R1", DAY, "ana", S.PARKED)
    assert (desk.now(card).state, desk.now(card).escalated_at) == (TouchpointState.GAP, NOW)


def test_becoming_urgent_escalates_the_card(playbook):
    card = a_touchpoint()
    request = a_requirement(code="R1", touchpoint_id=card)
    desk = Desk(facts(card, request), playbook)
    desk.act("requirement.edit", request, remarks="soon", urgency="high")
    desk.act("requirement.edit", request, remarks="sooner")
    assert desk.now(card).state is TouchpointState.UNASKED
    desk.act("requirement.edit", request, urgency="critical")
    assert desk.now(card).state is TouchpointState.GAP
    away = a_touchpoint(state=TouchpointState.NA)
    request = a_requirement(touchpoint_id=away)
    desk = Desk(facts(away, request), playbook)
    desk.act("requirement.edit", request, urgency="critical")
    assert desk.now(away).state is TouchpointState.NA


def test_archived_links_do_not_count(playbook):
    urgent = a_requirement(code="R1", urgency=Urgency.CRITICAL)
    gone = an_action(requirement_id=urgent, deleted_at=NOW)
    assert Desk(facts(urgent, gone), playbook).missing("requirement.snooze", urgent)
