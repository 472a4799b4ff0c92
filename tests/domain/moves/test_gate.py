"""Gates: advance, stop, re-open, re-date, waive, hear; and the pivot."""

import json

import pytest
from tests.builders import (
    DAY,
    NOW,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_member,
    a_note,
    a_piece,
    day,
    facts,
    moment,
)
from tests.domain.moves.acting import Desk
from tests.worlds import a_world

from fieldgate.domain.changes import Edit
from fieldgate.domain.gates import open_gate, phase
from fieldgate.domain.invariants import violations
from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.records.history import Outcome, StopKind
from fieldgate.domain.records.learning import STEPS, HypothesisState, MeetingKind, PivotKind, Proposal, Step
from fieldgate.domain.records.people import Team
from fieldgate.domain.records.record import Conflict

BOTH = a_member("ana", team=Team.BOTH)


def agreeing(gate, proposal, **given):
    values = {
        "kind": MeetingKind.SYNC,
        "gate_id": gate,
        "proposal": proposal,
        "agree_custdev": True,
        "agree_proddev": True,
        "members": frozenset({BOTH.id}),
    }
    return a_meeting(**values | given)


@pytest.mark.parametrize("step", STEPS)
def test_a_gate_that_lacks_nothing_advances_to_the_next_step(playbook, step):
    world = a_world(step, playbook)
    desk = Desk(world.facts(), playbook)
    asked = find_move("gate.advance").asked(desk.facts, world.gate, desk.occasion)
    last = step is Step.BUILDING
    assert [ask.name for ask in asked] == ([] if last else ["decide_by", "stop_if"])
    if last:
        assert "not asked for" in desk.missing("gate.advance", world.gate, decide_by=DAY)[0]
    act = desk.act("gate.advance", world.gate, **({} if last else {"stop_if": "Nobody pays"}))
    closed = desk.now(world.gate)
    assert (closed.outcome, closed.decided_at, closed.closed_on) == (Outcome.ADVANCE, NOW, DAY)
    assert closed.meeting_id == world["sync"].id
    assert act.action == "gate"
    edit = next(change for change in act.changes if isinstance(change, Edit))
    proof = json.loads(edit.values["snapshot"])
    assert {each["result"] for each in proof["criteria"]} == {"met"}
    assert (proof["readiness"], proof["outcome"], proof["decided_on"]) == (100, "advance", DAY.isoformat())
    assert violations(desk.facts) == ()
    following = open_gate(desk.facts)
    if last:
        assert following is None
        assert phase(desk.facts) == "done"
        return
    days = playbook.policy.step_days[following.step]
    assert (following.step, following.round) == (STEPS[STEPS.index(step) + 1], 1)
    assert (following.decide_by, following.stop_if, following.opened_by_gate_id) == (
        day(days),
        "Nobody pays",
        closed.id,
    )
    attested = {each.key for each in desk.facts.checks.values() if each.gate_id == following.id}
    assert attested == {each.id for each in playbook.criteria_of(following.step) if each.check}


def test_advance_names_every_criterion_that_is_missing(playbook):
    gate = a_gate()
    missing = Desk(facts(gate), playbook).missing("gate.advance", gate)
    assert any(each.startswith("Both teams agree to leave the step: ") for each in missing)
    assert any(each.startswith("The problem is real and serious: ") for each in missing)


def test_the_strongest_contrary_piece_of_each_key_belief_is_opened_before_advancing(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.heard("problem", "no", 3, "c2", on=-3)
    desk = Desk(world.facts(), playbook)
    code = world["problem"].code
    assert desk.missing("gate.advance", world.gate) == (f"Open the strongest piece against {code} first.",)
    piece = next(each for each in desk.facts.evidence.values() if each.stance == "no")
    desk.act("gate.hear", world.gate, evidence=piece.id)
    assert desk.now(world.gate).heard == {piece.id}
    desk.act("gate.advance", world.gate)


def test_no_gate_closes_while_another_is_in_conflict(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world["closed"] = a_gate(
        step=Step.VALIDATION,
        outcome=Outcome.ADVANCE,
        opened_at=moment(-90),
        conflicts=(Conflict(field=("outcome",), value="{}"),),
    )
    words = "The validation gate was closed differently on two sides: decide that first."
    desk = Desk(world.facts(), playbook)
    assert desk.missing("gate.advance", world.gate) == (words,)
    assert desk.missing("gate.stop", world.gate, reason="x", stop_kind="other")[0] == words


@pytest.mark.parametrize("verb", ["advance", "pivot", "stop", "redate", "na", "applies", "hear", "edit"])
def test_a_closed_gate_is_final(playbook, verb):
    gate = a_gate(outcome=Outcome.PIVOT)
    desk = Desk(facts(gate, a_gate(round=2)), playbook)
    assert desk.missing(f"gate.{verb}", gate)[0] == "the discovery gate, round 1 is closed: pivot."


def test_of_two_open_gates_the_earlier_comes_first(playbook):
    later = a_gate(step=Step.VALIDATION)
    desk = Desk(facts(a_gate(), later), playbook)
    assert desk.missing("gate.na", later)[0] == "The gate of discovery comes first."


def test_stopping_needs_a_sync_of_this_gate_that_agreed_to_it(playbook):
    gate, other = a_gate(), a_gate(step=Step.VALIDATION, outcome=Outcome.PIVOT)
    useless = [
        agreeing(gate, Proposal.PIVOT),
        agreeing(other, Proposal.STOP),
        agreeing(gate, Proposal.STOP, agree_proddev=False, agree_reason="no"),
        agreeing(gate, Proposal.STOP, agree_custdev=None),
        agreeing(gate, Proposal.STOP, date=day(2)),
        agreeing(gate, Proposal.STOP, members=frozenset()),
    ]
    desk = Desk(facts(gate, other, BOTH, *useless), playbook)
    enough = {"reason": "Nobody pays", "stop_kind": "too_small"}
    assert desk.missing("gate.stop", gate, **enough) == (
        "Hold a sync meeting of this gate with the proposal stop and a yes of each team.",
    )
    meeting = agreeing(gate, Proposal.STOP)
    desk = Desk(facts(gate, BOTH, meeting, agreeing(gate, Proposal.STOP, date=day(-3))), playbook)
    assert len(desk.missing("gate.stop", gate)) == 2
    desk.act("gate.stop", gate, **enough)
    now = desk.now(gate)
    assert (now.outcome, now.reason, now.stop_kind, now.meeting_id) == (
        Outcome.STOP,
        "Nobody pays",
        StopKind.TOO_SMALL,
        meeting.id,
    )
    assert phase(desk.facts) == "stopped"


def test_reopening_opens_a_new_round_of_the_same_step(playbook):
    gate = a_gate(step=Step.VALIDATION, outcome=Outcome.STOP)
    desk = Desk(facts(gate), playbook)
    desk.act("gate.reopen", gate, decide_by=day(40), stop_if="Again nobody")
    now = open_gate(desk.facts)
    assert (now.step, now.round, now.decide_by, now.stop_if) == (Step.VALIDATION, 2, day(40), "Again nobody")
    (words,) = desk.missing("gate.reopen", gate)
    assert words == "the validation gate, round 1 was followed by another gate."
    assert desk.missing("gate.reopen", now) == ("the validation gate, round 2 was not stopped.",)
    assert not find_move("gate.reopen").shown(desk.facts, now, desk.occasion)


def test_a_gate_is_redated_once_by_a_sync_with_a_reason(playbook):
    gate = a_gate(decide_by=day(10))
    meeting = agreeing(gate, Proposal.REDATE)
    desk = Desk(facts(gate, BOTH, meeting), playbook)
    assert len(desk.missing("gate.redate", gate)) == 2
    assert "later day than" in desk.missing("gate.redate", gate, decide_by=day(10), reason="late")[0]
    act = desk.act("gate.redate", gate, decide_by=day(30), reason="Tết")
    assert (desk.now(gate).decide_by, desk.now(gate).redated) == (day(30), True)
    note = desk.made(act, "note")
    assert (note.kind, note.meeting_id) == ("decision", meeting.id)
    assert "Tết" in note.text
    assert desk.missing("gate.redate", gate, decide_by=day(50), reason="late") == (
        "the discovery gate, round 1 was re-dated once already: advance, pivot or stop.",
    )
    calm = a_gate()
    assert "proposal another date" in Desk(facts(calm), playbook).missing("gate.redate", calm)[0]


def test_a_criterion_is_waived_with_a_reason_and_taken_back(playbook):
    gate = a_gate()
    desk = Desk(facts(gate), playbook)
    assert desk.missing("gate.applies", gate) == ("Every criterion of the discovery gate, round 1 applies.",)
    for never in ("discovery.open", "discovery.maybe", "discovery.sync"):
        wrong = desk.missing("gate.na", gate, criterion=never, reason="x")
        assert wrong == (f"criterion: {never} is never waived.",)
    assert "one of discovery.heard" in desk.missing("gate.na", gate, criterion="validation.orders", reason="x")[0]
    said = find_move("gate.na").warnings(desk.facts, gate, desk.occasion)
    assert [each.partition("”")[2] for each in said] == [" is never waived."] * 3
    assert "reason" in desk.missing("gate.na", gate, criterion="discovery.heard")[0]
    desk.act("gate.na", gate, criterion="discovery.heard", reason="Има само пет")
    desk.act("gate.na", gate, criterion="discovery.price", reason="free")
    desk.act("gate.applies", gate, criterion="discovery.price")
    assert desk.now(gate).na == {"discovery.heard": "Има само пет"}
    desk.act("gate.edit", gate, stop_if="")
    desk.act("gate.edit", gate, stop_if="Fewer than three")
    assert desk.now(gate).stop_if == "Fewer than three"


@pytest.fixture
def pivoting(playbook):
    gate = a_gate(step=Step.VALIDATION, opened_at=moment(-9))
    past = a_gate(outcome=Outcome.ADVANCE, opened_at=moment(-99))
    one = a_hypothesis(code="H1", state=HypothesisState.SUPPORTED, importance=5)
    two = a_hypothesis(code="H2", step=Step.VALIDATION)
    desk = Desk(facts(gate, past, one, two, BOTH, agreeing(gate, Proposal.PIVOT)), playbook)
    return desk, gate, one, two


def changed(belief, **given):
    return {"hypothesis": belief, "statement": "新的", "pivot_kind": "segment", "reason": "They said no", **given}


def test_a_pivot_retires_what_it_changes_and_goes_back_to_the_earliest_step(pivoting):
    desk, gate, one, two = pivoting
    act = desk.act("gate.pivot", gate, changes=[changed("H1", segment="Малки"), changed(two.id)], stop_if="x")
    assert [desk.now(each).state for each in (one, two)] == [HypothesisState.RETIRED] * 2
    assert desk.now(one).verdict_reason == "They said no"
    children = {each.code: each for each in desk.facts.hypotheses.values() if each.born_gate_id == gate.id}
    assert set(children) == {"H3", "H4"}
    first = children["H3"]
    assert (first.parent_id, first.pivot_kind, first.state) == (one.id, PivotKind.SEGMENT, HypothesisState.DRAFT)
    assert (first.statement, first.segment, first.importance, first.step) == ("新的", "Малки", 5, Step.DISCOVERY)
    closed, now = desk.now(gate), open_gate(desk.facts)
    assert (closed.outcome, closed.reason) == (Outcome.PIVOT, "They said no")
    assert (now.step, now.round, now.opened_by_gate_id, now.decide_by) == (Step.DISCOVERY, 2, gate.id, day(90))
    assert violations(desk.facts) == ()
    assert act.words


def test_a_pivot_never_goes_forward(playbook):
    gate = a_gate()
    later = a_hypothesis(code="H1", step=Step.BUILDING)
    desk = Desk(facts(gate, later, BOTH, agreeing(gate, Proposal.PIVOT)), playbook)
    desk.act("gate.pivot", gate, changes=[changed("H1")], decide_by=day(5))
    now = open_gate(desk.facts)
    assert (now.step, now.round, now.decide_by) == (Step.DISCOVERY, 2, day(5))


BAD = [
    ([], "what to change"),
    ([changed("H9")], "there is no hypothesis H9"),
    ([{}], "hypothesis to change"),
    ([changed("H1", statement="")], "H1 needs this: the new statement"),
    ([changed("H1", pivot_kind="other")], "kind of change: one of"),
    ([changed("H1"), changed("H1")], "H1 is changed twice"),
]


@pytest.mark.parametrize(("changes", "words"), BAD)
def test_a_pivot_that_changes_nothing_usable_is_refused(pivoting, changes, words):
    desk, gate, _, _ = pivoting
    assert words in desk.missing("gate.pivot", gate, changes=changes)[0]


def test_what_is_retired_is_not_changed_again(playbook):
    gate = a_gate()
    old = a_hypothesis(code="H1", state=HypothesisState.RETIRED)
    desk = Desk(facts(gate, old, BOTH, agreeing(gate, Proposal.PIVOT)), playbook)
    assert desk.missing("gate.pivot", gate, changes=[changed("H1")]) == (
        "H1 is retired already: change a belief that is still held.",
    )


def test_after_a_pivot_the_road_leads_through_the_steps_again(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world["old"] = a_gate(
        step=Step.VALIDATION, outcome=Outcome.PIVOT, opened_at=moment(-99), opened_by_gate_id=world.gate
    )
    desk = Desk(world.facts(), playbook)
    desk.act("gate.advance", world.gate)
    assert (open_gate(desk.facts).step, open_gate(desk.facts).round) == (Step.VALIDATION, 2)


def test_evidence_that_nobody_has_cannot_be_heard(playbook):
    gate, note, belief = a_gate(), a_note(), a_hypothesis()
    piece = a_piece(note, belief, "no", deleted_at=NOW)
    desk = Desk(facts(gate, note, belief, piece), playbook)
    assert "archived" in desk.missing("gate.hear", gate, evidence=piece.id)[0]
