"""Merging two customers or two hypotheses that are one."""

import pytest
from tests.builders import (
    NOW,
    a_check,
    a_customer,
    a_hypothesis,
    a_meeting,
    a_note,
    a_piece,
    a_requirement,
    an_action,
    an_id,
    facts,
)
from tests.domain.moves.acting import Desk

from fieldgate.domain.cocreation import checks_of
from fieldgate.domain.evidence import tally
from fieldgate.domain.identity import named_id
from fieldgate.domain.invariants import violations
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.journey import Answer
from fieldgate.domain.records.learning import Area, HypothesisState, Stance
from fieldgate.domain.records.people import Cocreation, Role


def test_everything_of_a_customer_moves_to_the_other(playbook):
    old = a_customer(code="C1", segment="財務", contact="Ана", awareness=4, role=Role.USER)
    kept = a_customer(code="C2", segment="Finance", awareness=2)
    moving = [
        a_meeting(customer_id=old),
        a_note(customer_id=old),
        a_requirement(customer_id=old),
        an_action(customer_id=old),
        a_hypothesis(area=Area.DELIVERY, customer_id=old),
    ]
    desk = Desk(facts(old, kept, *moving), playbook)
    known = moving[1].id
    act = desk.act("customer.merge", old, into="C2", notes=[an_id(99), known])
    assert all(desk.now(each).customer_id == kept.id for each in moving)
    read_from_the_store = [change.row_id for change in act.changes if change.kind == "note"]
    assert sorted(read_from_the_store) == sorted([known, an_id(99)])
    assert (desk.now(old).deleted_at, desk.now(old).merged_into) == (NOW, kept.id)
    now = desk.now(kept)
    assert (now.segment, now.contact, now.awareness, now.role) == ("Finance", "Ана", 4, Role.USER)
    assert violations(desk.facts) == ()


def test_the_further_stage_of_co_creation_stays_with_its_answers(playbook):
    old = a_customer(code="C1", cocreation=Cocreation.ACTIVE)
    kept = a_customer(code="C2", cocreation=Cocreation.CANDIDATE)
    asked = [
        a_check(old, key="trait.need", answer=Answer.YES, note="theirs"),
        a_check(old, key="pm.plan", answer=Answer.NO),
    ]
    desk = Desk(facts(old, kept, *asked), playbook)
    there = desk.facts.workspace.id
    own = a_check(kept, id=named_id(there, "check", kept.id, "trait.need"), key="trait.need", answer=Answer.NO)
    desk.facts = facts(desk.facts.workspace, old, kept, *asked, own)
    desk.act("customer.merge", old, into="C2")
    checks = checks_of(desk.facts, desk.now(kept))
    assert {key: each.answer for key, each in checks.items()} == {"trait.need": Answer.YES, "pm.plan": Answer.NO}
    assert (desk.now(kept).cocreation, checks["trait.need"].note) == (Cocreation.ACTIVE, "theirs")
    assert violations(desk.facts) == ()


def test_an_answer_of_the_customer_that_stays_is_not_overwritten(playbook):
    old, kept = a_customer(code="C1"), a_customer(code="C2")
    theirs = a_check(old, key="value.1", answer=Answer.NO)
    ours = a_check(kept, key="value.1", answer=Answer.YES)
    desk = Desk(facts(old, kept, theirs, ours), playbook)
    desk.act("customer.merge", old, into="C2")
    assert checks_of(desk.facts, desk.now(kept))["value.1"].answer is Answer.YES


def test_nothing_is_merged_into_itself(playbook):
    one = a_customer(code="C1")
    assert Desk(facts(one), playbook).missing("customer.merge", one, into="C1") == (
        "C1 is merged into another customer, not into itself.",
    )
    belief = a_hypothesis(code="H1")
    assert "H1 descends from H1" in Desk(facts(belief), playbook).missing("hypothesis.merge", belief, into="H1")[0]


def test_evidence_and_children_of_a_hypothesis_move_to_the_other(playbook):
    old, kept = a_hypothesis(code="H1"), a_hypothesis(code="H2", state=HypothesisState.TESTING)
    child = a_hypothesis(code="H3", parent_id=old)
    action, request = an_action(hypothesis_id=old), a_requirement(hypothesis_id=old)
    first, second = a_note(), a_note()
    desk = Desk(facts(old, kept, child, action, request, first, second), playbook)
    desk.act("note.yes", first, hypothesis="H1", strength=3)
    desk.act("note.no", second, hypothesis="H1", strength=3)
    desk.act("note.yes", second, hypothesis="H2", strength=4)
    desk.act("hypothesis.merge", old, into="H2")
    count = tally(desk.facts, desk.now(kept), Policy())
    assert (count.yes, count.no) == (2, 0)
    assert desk.now(child).parent_id == kept.id
    assert desk.now(action).hypothesis_id == desk.now(request).hypothesis_id == kept.id
    assert (desk.now(old).live, desk.now(old).merged_into) == (False, kept.id)
    assert not any(each.live for each in desk.facts.evidence.values() if each.hypothesis_id == old.id)
    assert violations(desk.facts) == ()


def test_a_piece_that_was_taken_back_gives_way(playbook):
    old, kept, note = a_hypothesis(code="H1"), a_hypothesis(code="H2"), a_note()
    desk = Desk(facts(old, kept, note), playbook)
    gone = desk.made(desk.act("note.yes", note, hypothesis="H2", strength=4), "evidence")
    desk.act("evidence.archive", gone)
    desk.act("note.no", note, hypothesis="H1", strength=2)
    desk.act("hypothesis.merge", old, into="H2")
    assert (desk.now(gone).live, desk.now(gone).stance, desk.now(gone).strength) == (True, Stance.NO, 2)


@pytest.mark.parametrize(
    ("state", "locked_at", "words"),
    [
        (HypothesisState.TESTING, NOW, "H1 was locked and stays"),
        (HypothesisState.RETIRED, None, "H1 is retired, which is final."),
    ],
)
def test_what_was_locked_or_retired_is_not_merged_away(playbook, state, locked_at, words):
    old, kept = a_hypothesis(code="H1", state=state, locked_at=locked_at), a_hypothesis(code="H2")
    (missing,) = Desk(facts(old, kept), playbook).missing("hypothesis.merge", old, into="H2")
    assert missing.startswith(words)


def test_a_belief_is_merged_into_one_that_is_held_and_does_not_come_from_it(playbook):
    old = a_hypothesis(code="H1")
    retired = a_hypothesis(code="H2", state=HypothesisState.RETIRED)
    child = a_hypothesis(code="H3", parent_id=old)
    grandchild = a_hypothesis(code="H4", parent_id=child)
    desk = Desk(facts(old, retired, child, grandchild), playbook)
    assert desk.missing("hypothesis.merge", old, into="H2") == (
        "H2 is retired: merge into a belief that is still held.",
    )
    for code in ("H3", "H4"):
        assert desk.missing("hypothesis.merge", old, into=code) == (f"{code} descends from H1: retire H1 instead.",)


def test_pieces_of_archived_notes_move_too(playbook):
    old, kept = a_hypothesis(code="H1"), a_hypothesis(code="H2")
    note = a_note(deleted_at=NOW)
    piece = a_piece(note, old)
    desk = Desk(facts(old, kept, note, piece), playbook)
    desk.act("hypothesis.merge", old, into="H2")
    assert sum(each.hypothesis_id == kept.id for each in desk.facts.evidence.values()) == 1
