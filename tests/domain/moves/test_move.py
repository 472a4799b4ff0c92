"""The contract of moves: what is missing is named, what is answered is typed, what idles is left out."""

from dataclasses import replace

import pytest
from tests.builders import DAY, NOW, a_check, a_gate, a_hypothesis, a_note, a_touchpoint, an_action, day, facts
from tests.domain.moves.acting import Desk, an_occasion

from fieldgate.domain.moves.catalog import MOVES, find_move, perform, possible
from fieldgate.domain.moves.scene import Scene, name_of, title_of
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.journey import TouchpointState
from fieldgate.domain.records.learning import HypothesisState
from fieldgate.errors import NotFoundError, RefusedError


def test_what_a_record_can_do_says_for_each_move_what_it_lacks(playbook):
    belief = a_hypothesis(code="H1")
    found = {move.id: missing for move, missing in possible(facts(belief, a_gate()), belief, an_occasion(playbook))}
    assert found["hypothesis.lock"] == ()
    assert found["hypothesis.support"] == ("H1 is draft: lock its prediction first.",)
    assert "hypothesis.restore" not in found
    assert "hypothesis.settle" not in found


def test_every_letter_means_one_thing_among_the_moves_that_a_record_can_make_at_once(playbook):
    for kind in ("hypothesis", "note", "touchpoint", "requirement", "action", "customer", "meeting", "gate"):
        letters: dict[str, list[str]] = {}
        for move in MOVES.values():
            if move.kind == kind and move.letter and move.id != "touchpoint.review":
                letters.setdefault(move.letter, []).append(move.id)
        assert {letter: ids for letter, ids in letters.items() if len(ids) > 1} == {}, kind


def test_the_letters_of_a_piece_of_evidence_are_shared_by_moves_that_exclude_each_other(playbook):
    letters = {move.id: move.letter for move in MOVES.values() if move.kind == "evidence"}
    assert letters["evidence.firm_yes"] == letters["evidence.still_speaks"] == "y"
    assert letters["evidence.drop_customer"] == letters["evidence.discard_note"] == "x"


def test_a_card_is_made_ready_or_reviewed_by_one_letter_and_never_both(playbook):
    for state, shown in ((TouchpointState.FIXING, "ready"), (TouchpointState.READY, "review")):
        card = a_touchpoint(state=state)
        moves = possible(facts(card), card, an_occasion(playbook))
        assert [move.id for move, _ in moves if move.letter == "D"] == [f"touchpoint.{shown}"]


def test_every_move_has_words_and_asks_with_names_of_their_own():
    for move in MOVES.values():
        assert move.label
        assert move.id.partition(".")[2]
        names = [ask.name for ask in move.asks]
        assert len(names) == len(set(names)), move.id
        assert all(ask.words for ask in move.asks)


def test_an_archived_record_is_restored_first(playbook):
    belief = a_hypothesis(code="H1", deleted_at=NOW)
    desk = Desk(facts(belief), playbook)
    assert desk.missing("hypothesis.lock", belief) == ("H1 is archived: restore it first.",)
    desk.act("hypothesis.restore", belief)
    assert desk.now(belief).live


def test_a_stopped_workspace_refuses_everything_but_reopening(playbook):
    gate = a_gate(outcome=Outcome.STOP)
    note = a_note(code="N1")
    desk = Desk(facts(gate, note), playbook)
    assert desk.missing("note.discard", note) == ("The workspace is stopped: re-open it first.",)
    assert desk.missing("note.snooze", note) == ("The workspace is stopped: re-open it first.",)
    with pytest.raises(RefusedError, match="stopped"):
        desk.act("note.create", text="Too late")
    desk.act("gate.reopen", gate, stop_if="Nobody pays by then")
    desk.act("note.discard", note)


def test_a_done_workspace_goes_on(playbook):
    gate = a_gate(step="building", outcome=Outcome.ADVANCE)
    desk = Desk(facts(gate), playbook)
    desk.act("note.create", text="Journey work goes on")


def test_a_refusal_names_each_answer_that_is_missing(playbook):
    belief = a_hypothesis(code="H1")
    desk = Desk(facts(belief), playbook)
    assert desk.missing("hypothesis.lock", belief) == (
        "H1 needs this: prediction: what we say we will see.",
        "H1 needs this: metric: how it is counted.",
        "H1 needs this: due date.",
    )


def test_what_nobody_asked_for_is_refused(playbook):
    belief = a_hypothesis(code="H1")
    assert Desk(facts(belief), playbook).missing("hypothesis.retire", belief, reason="old", when="now") == (
        "when is not asked for here.",
    )


def test_an_act_leaves_out_what_is_already_so(playbook):
    belief = a_hypothesis(code="H1", metric="hours")
    act = perform(
        facts(belief), "hypothesis.edit", belief.id, an_occasion(playbook), {"metric": "hours", "importance": 5}
    )
    assert [dict(change.values) for change in act.changes] == [{"importance": 5}]
    idle = perform(facts(belief), "hypothesis.edit", belief.id, an_occasion(playbook), {"metric": "hours"})
    assert idle.changes == ()


def test_a_record_that_the_facts_do_not_hold_may_be_handed_in(playbook):
    note = a_note(code="N9", triaged_at=NOW)
    act = perform(facts(), "note.reopen", note.id, an_occasion(playbook), record=note)
    assert dict(act.changes[0].values) == {"triaged_at": None, "discarded": False}


def test_an_unknown_record_or_move_is_named(playbook):
    with pytest.raises(NotFoundError, match="no note H1"):
        perform(facts(), "note.discard", "H1", an_occasion(playbook))
    with pytest.raises(NotFoundError, match="no note"):
        perform(facts(), "note.discard", None, an_occasion(playbook))
    with pytest.raises(NotFoundError, match="no move"):
        perform(facts(), "note.sing", None, an_occasion(playbook))


def test_soft_limits_warn_and_refuse_nothing(playbook):
    testing = [a_hypothesis(state=HypothesisState.TESTING) for _ in range(3)]
    draft = a_hypothesis()
    lock, occasion = find_move("hypothesis.lock"), an_occasion(playbook)
    assert lock.warnings(facts(draft, *testing), draft, occasion) == (
        "3 are in testing already: finish one first, or they all take longer.",
    )
    assert lock.warnings(facts(draft, *testing[:2]), draft, occasion) == ()
    assert find_move("note.discard").warnings(facts(draft), draft, occasion) == ()


def test_the_form_of_a_move_starts_with_what_the_record_has(playbook):
    belief = a_hypothesis(metric="hours", due=day(9))
    found = find_move("hypothesis.lock").defaults(facts(belief), belief, an_occasion(playbook))
    assert found == {"prediction": None, "metric": "hours", "target_n": 5, "pass_pct": 60, "due": day(9)}
    assert find_move("hypothesis.retire").defaults(facts(belief), belief, an_occasion(playbook)) == {"reason": None}


def test_a_record_is_named_as_people_call_it(playbook):
    assert name_of(a_hypothesis(code="H7")) == "H7"
    assert name_of(a_gate(round=2)) == "the discovery gate, round 2"
    assert title_of(a_hypothesis(code="H7")) == "H7"
    assert title_of(a_check(a_gate(), key="how.1", text="How is it paid?")) == "How is it paid?"
    assert name_of(replace(an_action(), code="")) == "this action"
    assert name_of(a_touchpoint(code="BY-SAL-10")) == "BY-SAL-10"


def test_codes_lost_in_a_merge_are_not_given_again(playbook):
    one = a_hypothesis(code="H2", former_codes=frozenset({"H9", "nonsense"}), deleted_at=NOW)
    scene = Scene(facts=facts(one), record=one, occasion=an_occasion(playbook))
    assert scene.codes("hypothesis", 2) == ["H10", "H11"]
    assert (scene.kind, scene.today) == ("hypothesis", DAY)
