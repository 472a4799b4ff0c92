"""Evidence: changing a piece, settling a maybe, carrying over a pivot."""

import pytest
from tests.builders import (
    DAY,
    NOW,
    a_customer,
    a_gate,
    a_hypothesis,
    a_note,
    a_piece,
    an_action,
    day,
    facts,
)
from tests.domain.moves.acting import Desk

from fieldgate.domain.evidence import tally
from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import HypothesisState, Stance
from fieldgate.domain.records.people import CustomerStatus

TESTING = HypothesisState.TESTING


def a_maybe(desk_facts=(), *, customer=True, state=TESTING):
    belief = a_hypothesis(code="H1", state=state, importance=5)
    who = a_customer(code="C1", name="Kiri") if customer else None
    note = a_note(code="N1", customer_id=who, said_on=day(-20), triaged_at=NOW)
    piece = a_piece(note, belief, "maybe")
    return belief, who, note, piece, facts(*filter(None, (belief, who, note, piece, *desk_facts)))


def counts(desk, belief):
    found = tally(desk.facts, belief, Policy())
    return found.yes, found.no, found.maybe


@pytest.mark.parametrize(("verb", "stance", "after"), [("firm_yes", "yes", (1, 0, 0)), ("firm_no", "no", (0, 1, 0))])
def test_a_maybe_becomes_firm_by_a_new_fact(playbook, verb, stance, after):
    belief, who, _, piece, start = a_maybe()
    desk = Desk(start, playbook)
    act = desk.act(f"evidence.{verb}", piece, text="She paid on Monday", strength=3)
    note, new = desk.made(act, "note"), desk.made(act, "evidence")
    told = (note.text, note.said_on, note.customer_id, note.triaged_at)
    assert told == ("She paid on Monday", DAY, who.id, NOW)
    assert (new.note_id, new.stance, new.strength) == (note.id, Stance(stance), 3)
    assert counts(desk, belief) == after
    assert desk.now(piece).live
    assert desk.missing("evidence.count_no", piece) == ("No maybe stands here on H1.",)


def test_soft_talk_is_kept_as_said_and_the_maybe_stands_on(playbook):
    for customer in (True, False):
        belief, _, _, piece, start = a_maybe(customer=customer)
        desk = Desk(start, playbook)
        desk.act("evidence.firm_yes", piece, text="“Sounds great”", strength=1)
        assert desk.now(piece).live
        assert counts(desk, belief)[:2] == (0, 0)


def test_a_firm_answer_needs_its_fact_and_strength(playbook):
    *_, piece, start = a_maybe()
    missing = Desk(start, playbook).missing("evidence.firm_yes", piece)
    assert [each.rpartition("needs this: ")[2] for each in missing] == ["the new fact.", "strength, 0 to 4."]


def test_a_maybe_is_chased_once_for_each_customer_and_belief(playbook):
    belief, who, _, piece, start = a_maybe()
    desk = Desk(start, playbook)
    made = desk.made(desk.act("evidence.chase", piece), "action")
    assert (made.chase, made.due, made.customer_id, made.hypothesis_id) == (True, day(7), who.id, belief.id)
    assert (made.text, made.owner) == ("Ask Kiri again about H1", "ana")
    assert desk.missing("evidence.chase", piece) == ("They were chased once for H1: decide it now.",)
    done = an_action(chase=True, customer_id=who, hypothesis_id=belief, state="done")
    *_, start = belief, who, facts(belief, who, start.notes[piece.note_id], piece, done)
    assert Desk(start, playbook).missing("evidence.chase", piece) == ("They were chased once for H1: decide it now.",)


def test_counting_as_no_writes_down_that_no_answer_came(playbook):
    belief, who, _, piece, start = a_maybe()
    desk = Desk(start, playbook)
    act = desk.act("evidence.count_no", piece)
    note = next(change.record for change in act.changes if change.kind == "note")
    assert (note.text, note.customer_id) == ("no answer after asking", who.id)
    assert desk.made(act, "evidence").strength == 2
    assert counts(desk, belief) == (0, 1, 0)


def test_dropping_the_customer_takes_the_maybe_out_of_the_count(playbook):
    belief, who, _, piece, start = a_maybe()
    desk = Desk(start, playbook)
    desk.act("evidence.drop_customer", piece)
    assert desk.now(who).status is CustomerStatus.DROPPED
    assert counts(desk, belief) == (0, 0, 0)
    assert desk.missing("evidence.chase", piece)[0] == "No maybe stands here on H1."


def test_a_maybe_of_nobody_is_decided_on_its_note(playbook):
    belief, _, note, piece, start = a_maybe(customer=False)
    desk = Desk(start, playbook)
    for verb in ("chase", "drop_customer"):
        words = "The note names no customer: whom to chase or drop is not known."
        assert desk.missing(f"evidence.{verb}", piece) == (words,)
    desk.act("evidence.firm_yes", piece, text="A study of ours", strength=3)
    assert counts(desk, belief) == (1, 0, 0)
    assert not desk.now(piece).live
    desk = Desk(start, playbook)
    desk.act("evidence.discard_note", piece)
    assert (desk.now(note).discarded, counts(desk, belief)) == (True, (0, 0, 0))


def test_a_note_with_a_customer_is_not_discarded_from_the_maybe(playbook):
    *_, piece, start = a_maybe()
    assert Desk(start, playbook).missing("evidence.discard_note", piece) == (
        "The note names a customer: drop the customer, or discard the note itself.",
    )


def test_the_maybes_of_a_settled_belief_are_settled(playbook):
    *_, piece, start = a_maybe(state=HypothesisState.REFUTED)
    desk = Desk(start, playbook)
    assert desk.missing("evidence.count_no", piece) == ("H1 is refuted: its maybes are settled.",)
    assert not find_move("evidence.count_no").shown(start, piece, desk.occasion)


def test_a_piece_is_changed_and_taken_back(playbook):
    belief, note = a_hypothesis(code="H1"), a_note()
    piece = a_piece(note, belief, "yes", 2)
    desk = Desk(facts(belief, note, piece), playbook)
    assert desk.missing("evidence.edit", piece, stance="maybe") == ("A maybe has strength 0.",)
    desk.act("evidence.edit", piece, stance="maybe", strength=0)
    desk.act("evidence.edit", piece, stance="no", strength=4)
    assert (desk.now(piece).stance, desk.now(piece).strength) == (Stance.NO, 4)
    desk.act("evidence.archive", piece)
    assert counts(desk, belief) == (0, 0, 0)
    desk.act("evidence.restore", piece)
    assert counts(desk, belief) == (0, 1, 0)


@pytest.mark.parametrize("verb", ["still_speaks", "no_longer"])
def test_old_evidence_is_offered_to_the_child_of_a_pivot_once(playbook, verb):
    gate = a_gate(outcome="pivot")
    parent = a_hypothesis(code="H1", state=HypothesisState.RETIRED)
    child = a_hypothesis(code="H2", parent_id=parent, born_gate_id=gate)
    twin = a_hypothesis(code="H3", parent_id=parent, born_gate_id=gate)
    narrowed = a_hypothesis(code="H4", parent_id=parent)
    note = a_note()
    piece = a_piece(note, parent, "no", 3)
    desk = Desk(facts(gate, a_gate(round=2), parent, child, twin, narrowed, note, piece), playbook)
    desk.act(f"evidence.{verb}", piece, child="H2")
    assert desk.now(child).carried == {piece.id}
    speaks = counts(desk, desk.now(child))
    assert speaks == ((0, 1, 0) if verb == "still_speaks" else (0, 0, 0))
    assert desk.missing(f"evidence.{verb}", piece, child="H2") == (
        "That hypothesis is no child that waits for this piece.",
    )
    desk.act(f"evidence.{verb}", piece)
    assert desk.now(twin).carried == {piece.id}
    assert desk.missing(f"evidence.{verb}", piece) == ("No child of a pivot waits for this piece of H1.",)


def test_evidence_of_a_belief_that_is_still_held_is_carried_nowhere(playbook):
    belief, note = a_hypothesis(code="H1"), a_note()
    piece = a_piece(note, belief)
    desk = Desk(facts(belief, note, piece), playbook)
    assert desk.missing("evidence.still_speaks", piece) == ("No child of a pivot waits for this piece of H1.",)
    asks = find_move("evidence.chase").defaults(desk.facts, piece, desk.occasion)
    assert asks == {"text": None, "owner": "ana"}
