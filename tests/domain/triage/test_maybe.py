"""Standing maybes past their days wait as pairs of customer and belief."""

from tests.builders import DAY, a_customer, a_hypothesis, a_note, a_piece, an_action, day, facts

from fieldgate.domain.records.learning import HypothesisState
from fieldgate.domain.triage.maybe import MAYBE

MAI = a_customer(name="Mai Trần")
BELIEF = a_hypothesis(code="H4", importance=4, state=HypothesisState.TESTING)
NOTE = a_note(customer_id=MAI, said_on=day(-15))
PIECE = a_piece(NOTE, BELIEF, "maybe")


def waiting(playbook, *records):
    return MAYBE.find(facts(BELIEF, MAI, *records), playbook, DAY)


def test_a_maybe_past_its_days_waits_on_its_first_piece(playbook):
    later = a_note(customer_id=MAI, said_on=day(-1))
    (found,) = waiting(playbook, NOTE, PIECE, later, a_piece(later, BELIEF, "yes", 1))
    assert (found.record_kind, found.record_id, found.since) == ("evidence", PIECE.id, day(-15))
    assert (found.hypothesis_id, found.customer_id, found.code, found.key) == (BELIEF.id, MAI.id, "H4", True)
    assert MAYBE.moves(found)[0] == "evidence.firm_yes"


def test_it_leaves_when_it_becomes_firm_is_chased_or_put_off(playbook):
    firm = a_note(customer_id=MAI)
    assert waiting(playbook, NOTE, PIECE, firm, a_piece(firm, BELIEF, "no", 2)) == ()
    chase = an_action(chase=True, hypothesis_id=BELIEF, customer_id=MAI, due=DAY)
    assert waiting(playbook, NOTE, PIECE, chase) == ()
    asleep = a_piece(NOTE, BELIEF, "maybe", snoozed_until=day(1))
    assert waiting(playbook, NOTE, asleep) == ()


def test_it_comes_back_without_a_chase_when_the_chase_is_overdue(playbook):
    chase = an_action(chase=True, hypothesis_id=BELIEF, customer_id=MAI, due=day(-1))
    assert len(waiting(playbook, NOTE, PIECE, chase)) == 1


def test_a_note_without_a_customer_waits_without_one(playbook):
    note = a_note(said_on=day(-30))
    (found,) = waiting(playbook, note, a_piece(note, BELIEF, "maybe"))
    assert found.customer_id == ""
