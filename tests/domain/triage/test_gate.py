"""The open gate waits while it is overdue, or every criterion of it is met."""

from tests.builders import DAY, a_gate, day, facts, moment
from tests.worlds import a_world

from fieldgate.domain.gates import evaluate
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.learning import Step
from fieldgate.domain.records.record import Conflict
from fieldgate.domain.triage.catalog import queue
from fieldgate.domain.triage.gate import GATE


def test_an_overdue_gate_waits(playbook):
    gate = a_gate(decide_by=day(-3))
    (found,) = GATE.find(facts(gate), playbook, DAY)
    assert (found.record_id, found.since, found.code) == (gate.id, day(-3), "discovery 1")
    assert GATE.find(facts(a_gate(decide_by=DAY)), playbook, DAY) == ()
    assert GATE.find(facts(a_gate(decide_by=day(-3), outcome=Outcome.ADVANCE)), playbook, DAY) == ()


def test_a_gate_of_which_everything_is_met_waits(playbook):
    world = a_world(Step.CREATION, playbook)
    (found,) = GATE.find(world.facts(), playbook, DAY)
    assert found.since == DAY
    world.remove("sync")
    assert GATE.find(world.facts(), playbook, DAY) == ()


def test_no_gate_waits_while_a_closed_one_is_in_conflict(playbook):
    closed = a_gate(
        outcome=Outcome.ADVANCE, opened_at=moment(-9), conflicts=(Conflict(field=("outcome",), value="pivot"),)
    )
    assert GATE.find(facts(closed, a_gate(step=Step.VALIDATION, decide_by=day(-1))), playbook, DAY) == ()


def test_a_report_that_is_there_already_is_used(playbook):
    found = a_world(Step.BUILDING, playbook).facts()
    report = evaluate(playbook, found, DAY)
    assert queue(found, playbook, DAY, report).waiting["gate"] == 1
