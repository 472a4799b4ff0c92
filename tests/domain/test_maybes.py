"""Maybes: when they are untreated."""

import pytest
from tests.builders import DAY, NOW, a_customer, a_hypothesis, a_note, a_piece, an_action, day, facts

from fieldgate.domain.maybes import all_untreated, chases, untreated
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import HypothesisState
from fieldgate.domain.records.people import CustomerStatus
from fieldgate.domain.records.work import ActionState

POLICY = Policy()
CUSTOMER = a_customer(name="Mai Trần")


def world(*more, said=-15, customer=CUSTOMER, **given):
    belief = a_hypothesis(**{"importance": 4, "state": HypothesisState.TESTING, **given})
    note = a_note(customer_id=customer, said_on=day(said))
    made = [each(belief) if callable(each) else each for each in more]
    return belief, facts(belief, customer, note, a_piece(note, belief, "maybe"), *made)


def chase(**given):
    return lambda belief: an_action(**{"chase": True, "customer_id": CUSTOMER, "hypothesis_id": belief, **given})


def test_a_maybe_past_its_days_is_untreated():
    belief, found = world()
    (one,) = untreated(found, belief, POLICY, DAY)
    assert (one.hypothesis, one.standing.customer_id, one.age(DAY)) == (belief, CUSTOMER.id, 15)
    assert all_untreated(found, POLICY, DAY) == [one]


@pytest.mark.parametrize(
    ("given", "customer"),
    [
        ({"said": -14}, CUSTOMER),
        ({"importance": 3}, CUSTOMER),
        ({"state": HypothesisState.SUPPORTED}, CUSTOMER),
        ({"state": HypothesisState.REFUTED}, CUSTOMER),
        ({"state": HypothesisState.RETIRED}, CUSTOMER),
        ({}, a_customer(status=CustomerStatus.DROPPED)),
    ],
)
def test_young_maybes_lesser_or_settled_beliefs_and_dropped_customers_are_left_alone(given, customer):
    belief, found = world(customer=customer, **given)
    assert untreated(found, belief, POLICY, DAY) == []


def test_an_open_chase_of_the_pair_that_is_not_past_due_treats_it():
    belief, found = world(chase(due=DAY))
    assert untreated(found, belief, POLICY, DAY) == []
    assert [each.chase for each in chases(found, belief.id, CUSTOMER.id)] == [True]


@pytest.mark.parametrize(
    "given",
    [
        {"due": day(-1)},
        {"state": ActionState.DONE},
        {"state": ActionState.DROPPED},
        {"chase": False},
        {"customer_id": a_customer()},
        {"deleted_at": NOW},
    ],
)
def test_any_other_action_does_not(given):
    belief, found = world(chase(**given))
    assert len(untreated(found, belief, POLICY, DAY)) == 1


def test_a_note_without_a_customer_can_be_untreated_and_not_chased():
    belief = a_hypothesis(importance=5)
    note = a_note(said_on=day(-30))
    found = facts(belief, note, a_piece(note, belief, "maybe"), an_action(chase=True, hypothesis_id=belief))
    (one,) = untreated(found, belief, POLICY, DAY)
    assert (one.standing.customer_id, one.standing.source) == (None, note.id)


def test_the_oldest_comes_first():
    belief, others = a_hypothesis(importance=5), [a_customer(), a_customer()]
    notes = [a_note(customer_id=each, said_on=day(-20 - n)) for n, each in enumerate(others)]
    found = facts(belief, *others, *notes, *(a_piece(each, belief, "maybe") for each in notes))
    assert [each.standing.said_on for each in untreated(found, belief, POLICY, DAY)] == [day(-21), day(-20)]
