"""Questions: any answer after any other, but not every question takes every answer."""

import pytest
from tests.builders import DAY, NOW, a_check, a_customer, a_gate, a_touchpoint, facts
from tests.domain.moves.acting import Desk

from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.journey import Answer, Proof
from fieldgate.domain.records.people import Cocreation


@pytest.mark.parametrize("before", Answer)
@pytest.mark.parametrize("after", Answer)
def test_any_answer_follows_any_other(playbook, before, after):
    card = a_touchpoint()
    check = a_check(card, answer=before, key="how.1")
    desk = Desk(facts(card, check), playbook)
    if before is after is Answer.OPEN:
        assert desk.missing("check.open", check) == ("how.1 is open already.",)
        return
    desk.act(f"check.{after}", check)
    now = desk.now(check)
    told = (None, None) if after is Answer.OPEN else (NOW, "ana")
    assert (now.answer, now.answered_at, now.answered_by) == (after, *told)


def test_the_last_answer_of_a_card_reviews_it(playbook):
    card = a_touchpoint()
    one, two = a_check(card), a_check(card)
    desk = Desk(facts(card, one, two), playbook)
    desk.act("check.yes", one, note="In the contract")
    assert (desk.now(card).reviewed_at, desk.now(one).note) == (None, "In the contract")
    desk.act("check.no", two)
    assert desk.now(card).reviewed_at == DAY


def test_a_gate_is_answered_yes_or_no_while_it_is_open(playbook):
    gate = a_gate()
    check = a_check(gate, key="validation.price")
    desk = Desk(facts(gate, check), playbook)
    assert "set on the gate" in desk.missing("check.na", check)[0]
    desk.act("check.yes", check)
    closed = a_gate(outcome=Outcome.STOP)
    check = a_check(closed, key="validation.price")
    desk = Desk(facts(a_gate(round=2), closed, check), playbook)
    for verb in ("yes", "no", "open", "edit"):
        assert desk.missing(f"check.{verb}", check)[0] == "The gate that asks validation.price is closed."


def test_a_question_of_an_archived_owner_waits_for_it(playbook):
    card = a_touchpoint(deleted_at=NOW)
    check = a_check(card, key="how.1")
    words = "The touchpoint that asks how.1 is archived: restore it first."
    assert Desk(facts(card, check), playbook).missing("check.yes", check) == (words,)
    lost = a_check(a_customer(), key="trait.need")
    assert "archived" in Desk(facts(lost), playbook).missing("check.yes", lost)[0]


APPLIES = ["trait.need", "accept.build.time", "accept.benefit.legal", "accept.feasible", "pm.plan"]


@pytest.mark.parametrize("key", APPLIES)
def test_what_always_applies_is_answered_yes_or_no(playbook, key):
    customer = a_customer()
    check = a_check(customer, key=key)
    words = Desk(facts(customer, check), playbook).missing("check.na", check)
    assert words == (f"{key} always applies: answer yes or no.",)


def test_one_benefit_must_apply(playbook):
    customer = a_customer()
    pain, risk = a_check(customer, key="accept.benefit.pain"), a_check(customer, key="accept.benefit.risk")
    legal = a_check(customer, key="accept.benefit.legal")
    desk = Desk(facts(customer, pain, risk, legal), playbook)
    desk.act("check.na", pain)
    assert desk.missing("check.na", risk) == ("accept.benefit.risk is the last benefit left, and one must apply.",)


def test_an_agreed_target_changes_only_with_a_note(playbook):
    customer = a_customer(cocreation=Cocreation.ACTIVE)
    check = a_check(customer, key="accept.build.time", target="May")
    desk = Desk(facts(customer, check), playbook)
    assert "needs a note that says why" in desk.missing("check.edit", check, target="June")[0]
    desk.act("check.edit", check, target="June", note="Their audit moved")
    desk.act("check.edit", check, target="June", measure="delivered", proof="audit")
    assert (desk.now(check).target, desk.now(check).proof) == ("June", Proof.AUDIT)
    candidate = a_customer(cocreation=Cocreation.CANDIDATE)
    check = a_check(candidate, target="May")
    desk = Desk(facts(candidate, check), playbook)
    desk.act("check.edit", check, target="June")


def test_a_result_is_kept_with_its_proof(playbook):
    customer = a_customer()
    check = a_check(customer, key="accept.benefit.money")
    desk = Desk(facts(customer, check), playbook)
    desk.act("check.yes", check, result="1.200 €", proof="third_party")
    assert (desk.now(check).result, desk.now(check).proof) == ("1.200 €", Proof.THIRD_PARTY)
