"""Notes: every verdict and its effect."""

import pytest
from tests.builders import (
    DAY,
    NOW,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_note,
    a_piece,
    a_touchpoint,
    day,
    facts,
)
from tests.domain.moves.acting import Desk

from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.records.journey import FoundBy, TouchpointState
from fieldgate.domain.records.learning import HypothesisState, NoteKind, Stance, Step
from fieldgate.domain.records.work import RequirementState, Urgency
from fieldgate.errors import RefusedError

C = TouchpointState


def test_a_note_is_linked_with_stance_and_strength_and_then_triaged(playbook):
    note, one, two = a_note(code="N1"), a_hypothesis(code="H1"), a_hypothesis(code="H2")
    desk = Desk(facts(note, one, two), playbook)
    piece = desk.made(desk.act("note.evidence", note, hypothesis="H1", stance="yes", strength=3), "evidence")
    assert (piece.note_id, piece.hypothesis_id, piece.stance, piece.strength) == (note.id, one.id, Stance.YES, 3)
    assert (piece.answered_at, piece.answered_by) == (NOW, "ana")
    assert desk.now(note).triaged_at == NOW
    assert desk.made(desk.act("note.no", note, hypothesis="H2", strength=1), "evidence").stance is Stance.NO


def test_a_note_that_speaks_to_more_beliefs_waits_until_the_last_of_them(playbook):
    note = a_note(code="N1")
    desk = Desk(facts(note, a_hypothesis(code="H1"), a_hypothesis(code="H2")), playbook)
    desk.act("note.yes", note, hypothesis="H1", strength=3, more="yes")
    assert desk.now(note).triaged_at is None
    desk.act("note.maybe", note, hypothesis="H2")
    assert desk.now(note).triaged_at == NOW
    assert len(desk.facts.evidence) == 2


def test_saying_it_again_changes_the_one_piece_of_the_pair(playbook):
    note, belief = a_note(), a_hypothesis()
    desk = Desk(facts(note, belief), playbook)
    piece = desk.made(desk.act("note.yes", note, hypothesis=belief.id, strength=2), "evidence")
    desk.act("evidence.archive", piece)
    desk.act("note.maybe", note, hypothesis=belief.id)
    assert len(desk.facts.evidence) == 1
    assert (desk.now(piece).live, desk.now(piece).stance, desk.now(piece).strength) == (True, Stance.MAYBE, 0)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"stance": "maybe", "strength": 2}, "A maybe has strength 0."),
        ({"stance": "yes"}, "A yes or no needs its strength, 0 to 4."),
        ({"stance": "yes", "strength": 5}, "strength, 0 to 4: a whole number from 0 to 4 is wanted."),
    ],
)
def test_evidence_that_makes_no_sense_is_refused(playbook, answers, words):
    note, belief = a_note(), a_hypothesis(code="H1")
    assert Desk(facts(note, belief), playbook).missing("note.evidence", note, hypothesis="H1", **answers) == (words,)


def test_a_retired_belief_hears_nothing_more(playbook):
    note, belief = a_note(), a_hypothesis(code="H1", state=HypothesisState.RETIRED)
    (words,) = Desk(facts(note, belief), playbook).missing("note.yes", note, hypothesis="H1", strength=2)
    assert words.startswith("H1 is retired")


def test_a_note_gives_the_idea_for_a_hypothesis_and_is_not_its_evidence(playbook):
    note = a_note("Every Friday I copy rows\nand more")
    desk = Desk(facts(note, a_gate(step=Step.CREATION)), playbook)
    made = desk.made(desk.act("note.hypothesis", note, area="problem", importance=5), "hypothesis")
    assert (made.statement, made.importance, made.step) == ("Every Friday I copy rows", 5, Step.CREATION)
    assert not desk.facts.evidence
    assert desk.now(note).triaged_at == NOW


@pytest.mark.parametrize(("step", "state"), [("discovery", "parked"), ("validation", "new")])
def test_a_request_is_parked_while_discovery_lasts(playbook, step, state):
    customer = a_customer(name="Киро")
    note = a_note("An export", customer_id=customer, said_on=day(-2))
    desk = Desk(facts(customer, note, a_gate(step=Step(step))), playbook)
    made = desk.made(desk.act("note.request", note, category="Files", urgency="high"), "requirement")
    assert (made.description, made.category, made.urgency) == ("An export", "Files", Urgency.HIGH)
    assert (made.state, made.state_on, made.reported_at) == (RequirementState(state), DAY, day(-2))
    assert (made.customer_id, made.reported_by, made.follower) == (customer.id, "Киро", "ana")
    assert desk.now(note).requirement_id == made.id


def test_an_urgent_request_on_a_card_escalates_it(playbook):
    note, card = a_note(code="N1"), a_touchpoint(code="US-SUP-01", phase="US", state=C.READY)
    desk = Desk(facts(note, card), playbook)
    made = desk.made(desk.act("note.request", note, urgency="critical", touchpoint_id="US-SUP-01"), "requirement")
    assert made.reported_by is None
    now = desk.now(card)
    assert (now.state, now.found_by, now.escalated_at, now.gap) == (C.GAP, FoundBy.CUSTOMER, NOW, "see request R1")


GAPS = [
    # state before, found by, with a customer: state, found_by and escalated after
    (C.UNASKED, None, True, C.GAP, FoundBy.CUSTOMER, True),
    (C.UNASKED, None, False, C.GAP, FoundBy.US, False),
    (C.READY, FoundBy.CUSTOMER, False, C.GAP, FoundBy.US, False),
    (C.GAP, FoundBy.US, True, C.GAP, FoundBy.US, True),
    (C.GAP, FoundBy.US, False, C.GAP, FoundBy.US, False),
    (C.FIXING, FoundBy.US, True, C.GAP, FoundBy.US, True),
    (C.FIXING, FoundBy.US, False, C.FIXING, FoundBy.US, False),
]


@pytest.mark.parametrize("case", GAPS)
def test_a_gap_counts_as_reported_if_the_note_names_a_customer(playbook, case):
    state, found_by, told, after, finder, escalated = case
    customer = a_customer()
    note = a_note("No invoice came", customer_id=customer if told else None)
    card = a_touchpoint(code="BY-FIN-01", state=state, found_by=found_by, rank="i", state_on=day(-9))
    desk = Desk(facts(customer, note, card), playbook)
    desk.act("note.gap", note, touchpoint="BY-FIN-01")
    now = desk.now(card)
    assert (now.state, now.found_by, now.escalated_at) == (after, finder, NOW if escalated else None)
    assert now.gap == "No invoice came"
    assert (now.state_on, now.rank) == ((DAY, None) if after is not state else (day(-9), "i"))
    assert desk.now(note).touchpoint_id == card.id


def test_a_gap_on_a_card_that_does_not_apply_is_refused(playbook):
    note, card = a_note(), a_touchpoint(code="BY-FIN-01", state=C.NA)
    (words,) = Desk(facts(note, card), playbook).missing("note.gap", note, touchpoint=card.id)
    assert words == "BY-FIN-01 is not applicable: ask it again first."


def test_an_action_knows_its_customer_and_meeting(playbook):
    customer, meeting = a_customer(), a_meeting()
    note = a_note("", code="N4", customer_id=customer, meeting_id=meeting)
    desk = Desk(facts(customer, meeting, note), playbook)
    made = desk.made(desk.act("note.action", note), "action")
    assert (made.text, made.owner, made.due) == ("see note N4", "ana", day(7))
    assert (made.customer_id, made.meeting_id, made.code) == (customer.id, meeting.id, "A1")


def test_background_keeps_and_discard_counts_nowhere_until_it_is_taken_up_again(playbook):
    note, other = a_note(code="N1"), a_note(code="N2")
    desk = Desk(facts(note, other), playbook)
    assert desk.missing("note.reopen", note) == ("N1 waits to be decided already.",)
    desk.act("note.background", note)
    assert desk.missing("note.background", note) == ("N1 was decided already.",)
    desk.act("note.discard", other)
    assert (desk.now(other).discarded, desk.now(other).triaged_at) == (True, NOW)
    for verb in ("evidence", "yes", "no", "maybe", "hypothesis", "request", "gap", "action", "background", "discard"):
        assert desk.missing(f"note.{verb}", other)[0] == "N2 is discarded: take it up again first."
    desk.act("note.reopen", other)
    assert (desk.now(other).discarded, desk.now(other).triaged_at) == (False, None)


def test_a_new_note_takes_day_and_customer_of_its_meeting(playbook):
    customer = a_customer()
    meeting = a_meeting(code="M1", customer_id=customer, date=day(-3))
    desk = Desk(facts(customer, meeting), playbook)
    made = desk.made(desk.act("note.create", text="“I copy rows”", meeting_id="M1", mark="p"), "note")
    assert (made.said_on, made.customer_id, made.meeting_id, made.mark) == (day(-3), customer.id, meeting.id, "p")
    assert (made.kind, made.triaged_at, made.code) == (NoteKind.OBSERVATION, None, "")
    alone = desk.made(desk.act("note.create", text="x", customer_id="", meeting_id="", said_on=day(-1)), "note")
    assert (alone.said_on, alone.customer_id, alone.meeting_id) == (day(-1), None, None)
    with pytest.raises(RefusedError, match="needs this: text"):
        desk.act("note.create")


@pytest.mark.parametrize(("count", "named"), [(0, False), (1, True), (2, False)])
def test_a_note_without_meeting_goes_to_the_only_interview_of_today(playbook, count, named):
    interviews = [a_meeting() for _ in range(count)]
    desk = Desk(facts(*interviews, a_meeting(date=day(-1)), a_meeting(kind="visit")), playbook)
    made = desk.made(desk.act("note.create", text="x"), "note")
    assert made.meeting_id == (interviews[0].id if named else None)


def test_a_note_with_evidence_may_be_edited_and_archived(playbook):
    note, belief = a_note(code="N1"), a_hypothesis()
    desk = Desk(facts(note, belief, a_piece(note, belief)), playbook)
    desk.act("note.edit", note, said_on=day(-5), kind="question")
    assert desk.now(note).said_on == day(-5)
    desk.act("note.archive", note)
    assert not desk.now(note).live
    assert find_move("note.archive").shown(desk.facts, desk.now(note), desk.occasion) is False
