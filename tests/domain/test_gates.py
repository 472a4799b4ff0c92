"""Gates: which is open, what its criteria say, whether the step may end."""

from dataclasses import replace

import pytest
from tests.builders import DAY, NOW, a_gate, a_workspace, an_id, day, facts, moment
from tests.worlds import a_world

from fieldgate.domain.gates import (
    current_step,
    evaluate,
    evaluate_gate,
    in_force,
    open_gate,
    phase,
    policy_of,
    undecided_gate,
)
from fieldgate.domain.measures import MEASURES
from fieldgate.domain.playbook_criteria import MEASURE_ARGS
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.learning import STEPS, Area, HypothesisState, Step
from fieldgate.domain.records.record import Conflict


def test_every_measure_that_a_playbook_may_name_exists():
    assert list(MEASURES) == list(MEASURE_ARGS)


@pytest.mark.parametrize("step", STEPS)
def test_a_gate_that_lacks_nothing_may_advance(step, playbook):
    report = evaluate(playbook, a_world(step, playbook).facts(), DAY)
    assert [(each.criterion.id, each.text) for each in report.unmet()] == []
    assert (report.met, report.readiness, report.overdue) == (report.total, 100, False)
    assert report.total == len(playbook.criteria_of(step))
    assert report.all_met
    assert report.may_advance
    assert all(each.text and not each.fix and not each.reason for each in report.criteria)


@pytest.mark.parametrize("step", STEPS)
def test_an_empty_workspace_lacks_nearly_everything_and_every_gap_names_what_fixes_it(step, playbook):
    found = facts(a_gate(step=step))
    report = evaluate(playbook, found, DAY)
    assert not report.may_advance
    for each in report.unmet():
        assert each.text
        assert each.fix
        assert all(fix.text and fix.kind in found.tables for fix in each.fix)
    met = {each.criterion.id.partition(".")[2] for each in report.criteria if each.result == "met"}
    assert met <= {"open", "maybe", "features", "cocreation"}


def test_readiness_is_the_share_of_the_met_among_those_that_apply_rounded_down(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.remove("sync")
    report = evaluate(playbook, world.facts(), DAY)
    assert (report.met, report.total, report.readiness) == (8, 9, 88)
    world.change("gate", na={"discovery.heard": "Only five of them exist"})
    report = evaluate(playbook, world.facts(), DAY)
    assert (report.met, report.total, report.readiness) == (7, 8, 87)


def test_a_criterion_set_not_applicable_keeps_its_reason(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.remove("problem")
    world.change("gate", na={"discovery.problem": "Bán theo luật"})
    report = evaluate(playbook, world.facts(), DAY)
    (one,) = [each for each in report.criteria if each.result == "na"]
    assert (one.criterion.id, one.reason, one.text, one.fix) == (
        "discovery.problem",
        "Bán theo luật",
        "Bán theo luật",
        (),
    )
    assert report.may_advance


@pytest.mark.parametrize("name", ["open", "maybe", "sync"])
def test_what_every_gate_asks_is_never_waived(name, playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.change("gate", na={f"discovery.{name}": "We are in a hurry"})
    report = evaluate(playbook, world.facts(), DAY)
    assert {each.criterion.id: each.result for each in report.criteria}[f"discovery.{name}"] == "met"


def test_a_gate_is_overdue_after_the_day_it_was_to_be_decided(playbook):
    for decide_by, overdue in ((day(-1), True), (DAY, False)):
        assert evaluate(playbook, facts(a_gate(decide_by=decide_by)), DAY).overdue is overdue
    closed = a_gate(decide_by=day(-1), outcome=Outcome.ADVANCE)
    assert not evaluate_gate(playbook, facts(closed), closed, DAY).overdue


def test_the_strongest_contrary_piece_of_each_key_belief_must_be_opened_before_advancing(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.heard("price", "no", 1, "c2")
    report = evaluate(playbook, world.facts(), DAY)
    (unheard,) = report.unheard
    assert (unheard.hypothesis_id, unheard.code) == (world["price"].id, world["price"].code)
    assert report.all_met
    assert not report.may_advance
    world.change("gate", heard=frozenset({unheard.evidence_id}))
    assert evaluate(playbook, world.facts(), DAY).may_advance


def test_there_is_no_report_without_an_open_gate(playbook):
    assert evaluate(playbook, facts(), DAY) is None
    assert evaluate(playbook, facts(a_gate(outcome=Outcome.STOP)), DAY) is None


def test_the_phase_follows_from_the_gates():
    closed = {"outcome": Outcome.ADVANCE, "decided_at": NOW}
    discovery = a_gate(opened_at=moment(-9), **closed)
    building = a_gate(step=Step.BUILDING, opened_at=moment(-1), **closed)
    stop = a_gate(step=Step.VALIDATION, opened_at=moment(-2), outcome=Outcome.STOP)
    again = a_gate(step=Step.VALIDATION, round=2)
    assert phase(facts()) == "open"
    assert phase(facts(a_gate())) == "open"
    assert phase(facts(discovery)) == "open"
    assert phase(facts(discovery, stop)) == "stopped"
    assert phase(facts(discovery, stop, again)) == "open"
    assert phase(facts(discovery, building)) == "done"
    assert phase(facts(discovery, replace(building, outcome=Outcome.STOP))) == "stopped"
    assert phase(facts(a_gate(deleted_at=NOW), discovery, stop)) == "stopped"


def test_of_two_open_gates_the_one_of_the_earlier_step_is_current():
    early, late = a_gate(step=Step.DISCOVERY, round=2), a_gate(step=Step.VALIDATION, opened_at=moment(-9))
    assert open_gate(facts(late, early)) == early
    assert current_step(facts(late, early)) == "discovery"
    assert open_gate(facts()) is None
    assert current_step(facts()) is None


def test_no_gate_closes_while_the_outcome_of_one_is_in_conflict(playbook):
    world = a_world(Step.VALIDATION, playbook)
    other = Conflict(field=("outcome",), value="pivot", by="ana", at="2026-11-01T10:00:00Z")
    closed = a_gate(outcome=Outcome.ADVANCE, opened_at=moment(-90), conflicts=(other,))
    report = evaluate(playbook, world.add(closed=closed).facts(), DAY)
    assert report.undecided == closed
    assert report.all_met
    assert not report.may_advance


def test_other_conflicts_of_gates_hold_up_nothing():
    other = Conflict(field=("stop_if",), value="x")
    strange = Conflict(field=(), value="x")
    assert undecided_gate(facts(a_gate(outcome=Outcome.STOP, conflicts=(other, strange)))) is None
    assert undecided_gate(facts(a_gate(conflicts=(Conflict(field=("outcome",)),)))) is None


def test_key_beliefs_of_other_steps_or_of_one_project_are_not_read(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.belief("later", Area.SALES, HypothesisState.TESTING, step=Step.VALIDATION)
    world.belief("risk", Area.DELIVERY, HypothesisState.TESTING, customer_id=an_id(1))
    assert evaluate(playbook, world.facts(), DAY).may_advance


def test_the_numbers_of_the_workspace_are_in_force(playbook):
    assert policy_of(facts(), playbook) == Policy()
    assert in_force(facts(), playbook) is playbook
    same = facts(a_workspace(policy={"k": "6"}))
    assert in_force(same, playbook) is playbook
    changed = facts(a_workspace(policy={"discovery_customers": "5", "key_importance": "nine"}))
    assert policy_of(changed, playbook) == Policy(discovery_customers=5)
    nested = facts(a_workspace(policy={"maybe_days": "7"}))
    assert policy_of(nested, replace(playbook, policy=Policy(k=3))) == Policy(k=3, maybe_days=7)


def test_a_lower_number_in_the_workspace_meets_the_criterion(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.remove("m12")
    assert not evaluate(playbook, world.facts(), DAY).all_met
    world.change("workspace", policy={"discovery_customers": "11"})
    assert evaluate(playbook, world.facts(), DAY).all_met


def test_a_hypothesis_that_is_not_key_settles_nothing(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.change("problem", importance=3)
    report = evaluate(playbook, world.facts(), DAY)
    (unmet,) = report.unmet()
    assert unmet.criterion.id == "discovery.problem"
    assert [(each.kind, each.id) for each in unmet.fix] == [("hypothesis", world["problem"].id)]
