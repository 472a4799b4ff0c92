"""Evidence of a retired parent waits for the child born at the last pivot, piece by piece."""

from dataclasses import replace

import pytest
from tests.builders import DAY, NOW, a_customer, a_gate, a_hypothesis, a_note, a_piece, day, facts, moment

from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.learning import HypothesisState
from fieldgate.domain.triage.carry import CARRY

PIVOT = a_gate(outcome=Outcome.PIVOT, opened_at=moment(-50))
NOW_OPEN = a_gate(round=2, opened_by_gate_id=PIVOT)
PARENT = a_hypothesis(code="H1", state=HypothesisState.RETIRED)
CHILD = a_hypothesis(code="H2", parent_id=PARENT, born_gate_id=PIVOT, importance=5)
MAI = a_customer()
NOTES = [a_note(customer_id=MAI, said_on=day(-60)), a_note(said_on=day(-70))]
PIECES = [a_piece(each, PARENT) for each in NOTES]


def waiting(playbook, *more, child=CHILD, parent=PARENT, notes=NOTES):
    return CARRY.find(facts(PIVOT, NOW_OPEN, parent, child, MAI, *notes, *PIECES, *more), playbook, DAY)


def test_every_piece_of_the_parent_waits_for_the_child_oldest_first(playbook):
    found = waiting(playbook)
    assert [(each.record_id, each.hypothesis_id, each.code) for each in found] == [
        (PIECES[1].id, CHILD.id, "H2"),
        (PIECES[0].id, CHILD.id, "H2"),
    ]
    assert [each.customer_id for each in found] == ["", MAI.id]
    assert all(each.key and each.record_kind == "evidence" for each in found)
    assert len({each.id for each in found}) == 2


def test_a_piece_that_was_looked_at_leaves(playbook):
    child = replace(CHILD, carried=frozenset({PIECES[0].id}))
    assert [each.record_id for each in waiting(playbook, child=child)] == [PIECES[1].id]
    copied = a_piece(NOTES[1], CHILD)
    assert [each.record_id for each in waiting(playbook, copied)] == [PIECES[0].id]


def test_pieces_whose_note_does_not_count_are_not_asked(playbook):
    gone = [replace(NOTES[0], discarded=True), replace(NOTES[1], deleted_at=NOW)]
    assert waiting(playbook, notes=gone) == ()
    assert waiting(playbook, notes=[]) == ()


@pytest.mark.parametrize(
    "given", [{"born_gate_id": None}, {"parent_id": None}, {"state": HypothesisState.RETIRED}, {"deleted_at": NOW}]
)
def test_only_a_live_child_of_a_pivot_is_asked_for(given, playbook):
    assert waiting(playbook, child=replace(CHILD, **given)) == ()


def test_a_parent_that_still_stands_keeps_its_evidence(playbook):
    assert waiting(playbook, parent=replace(PARENT, state=HypothesisState.TESTING)) == ()


def test_a_later_pivot_ends_the_asking(playbook):
    later = a_gate(round=3, outcome=Outcome.PIVOT, opened_at=moment(-1))
    assert waiting(playbook, later) == ()
    gone = replace(PIVOT, deleted_at=NOW)
    assert CARRY.find(facts(gone, PARENT, CHILD, *NOTES, *PIECES), playbook, DAY) == ()
