"""What is next: the order of the rules, the sentences, and the place that each points to."""

import pytest
from tests.builders import (
    DAY,
    NOW,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_note,
    a_piece,
    a_touchpoint,
    an_action,
    an_id,
    day,
    facts,
    moment,
)
from tests.worlds import a_world

from fieldgate.domain.gates import evaluate
from fieldgate.domain.next_steps import LONGEST, what_is_next
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.journey import TouchpointState
from fieldgate.domain.records.learning import STEPS, Area, HypothesisState, MeetingKind, Proposal, Step
from fieldgate.domain.records.record import Conflict

TESTING, SUPPORTED = HypothesisState.TESTING, HypothesisState.SUPPORTED
GAP = TouchpointState.GAP


def steps(playbook, *records):
    return what_is_next(facts(*records), playbook, DAY)


def told(playbook, *records, rule):
    return [(each.text, each.code, each.command) for each in steps(playbook, *records) if each.rule == rule]


def belief_with(*answers, **given):
    """A belief in testing and the records of its answers, each of a customer of its own."""
    values = {"code": "H4", "importance": 5, "state": TESTING, **given}
    belief = a_hypothesis(**values)
    records = [belief]
    for stance, strength in answers:
        customer = a_customer()
        note = a_note(customer_id=customer)
        records += [customer, note, a_piece(note, belief, stance, strength)]
    return records


@pytest.mark.parametrize("step", STEPS)
def test_a_gate_that_lacks_only_the_sync_says_to_hold_it(step, playbook):
    world = a_world(step, playbook)
    world.remove("sync")
    first, *rest = what_is_next(world.facts(), playbook, DAY)
    assert (first.rule, first.kind, first.id) == (2, "gate", world["gate"].id)
    assert first.text == f"Hold the sync meeting: everything else at the {step.value} gate is there."
    assert first.command == "fieldgate add meeting --kind sync"
    assert 4 not in {each.rule for each in rest}


@pytest.mark.parametrize("step", STEPS)
def test_a_gate_that_lacks_nothing_says_to_advance(step, playbook):
    world = a_world(step, playbook)
    first = what_is_next(world.facts(), playbook, DAY)[0]
    assert (first.rule, first.text) == (2, f"Advance: every criterion of the {step.value} gate is met.")
    assert first.command == "fieldgate gate advance"


def test_what_speaks_against_a_key_belief_is_read_before_the_advance(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.heard("price", "no", 2, "c2")
    world.heard("price", "yes", 2, "c3")
    world.heard("price", "yes", 2, "c4")
    code = world["price"].code
    found = what_is_next(world.facts(), playbook, DAY)
    assert [each.text for each in found[:2]] == [
        f"Read what speaks most against {code} before you advance.",
        "Advance: every criterion of the discovery gate is met.",
    ]
    assert found[0].command == f"fieldgate show --contrary {code}"


def test_an_overdue_gate_stands_above_all(playbook):
    gate = a_gate(decide_by=day(-1))
    first = steps(playbook, gate)[0]
    assert (first.rule, first.id, first.command) == (1, gate.id, "fieldgate gate")
    assert first.text.startswith(
        "The discovery gate is one day overdue: decide it, or re-date it once. What would move"
    )
    assert first.text.endswith(steps(playbook, gate)[1].text)
    assert "is 4 days overdue" in steps(playbook, a_gate(decide_by=day(-4)))[0].text


def test_a_gate_closed_differently_is_decided_first_and_nothing_advances(playbook):
    world = a_world(Step.VALIDATION, playbook)
    conflict = Conflict(field=("outcome",), value="pivot")
    world["closed"] = a_gate(outcome=Outcome.ADVANCE, opened_at=moment(-99), conflicts=(conflict,))
    found = what_is_next(world.facts(), playbook, DAY)
    assert (found[0].rule, found[0].id) == (1, world["closed"].id)
    assert "Two founders closed the discovery gate differently" in found[0].text
    assert 2 not in {each.rule for each in found}


def test_key_beliefs_that_can_be_ruled_come_by_risk(playbook):
    ripe = belief_with(*[("yes", 4)] * 3, code="H1")
    failed = belief_with(*[("no", 2)] * 3, code="H2")
    late = belief_with(code="H3", due=day(-1))
    lesser = belief_with(*[("yes", 2)] * 3, code="H9", importance=3)
    assert told(playbook, *ripe, *failed, *late, *lesser, rule=3) == [
        (
            "Narrow, retire or extend H3: It was due 2026-11-19 and has 0 of 5 firm answers.",
            "H3",
            "fieldgate show H3",
        ),
        (
            "Rule H2 refuted: 3 no of 3 firm answers: 60 % yes of 5 is out of reach.",
            "H2",
            "fieldgate rule H2 refuted --learned TEXT",
        ),
        (
            "Rule H1 supported: 3 yes of 3 firm answers: the prediction asked for 3, at 60 %.",
            "H1",
            "fieldgate rule H1 supported --learned TEXT",
        ),
    ]


def test_a_shaken_key_belief_is_tested_again_also_after_its_gate(playbook):
    shaken = belief_with(("no", 3), state=SUPPORTED, step=Step.DISCOVERY)
    gate = a_gate(step=Step.CREATION)
    ((text, code, _),) = told(playbook, gate, *shaken, rule=3)
    assert text == "H4 was supported, but 0 yes and 1 no no longer say so: test it again."
    assert code == "H4"


def maybe_on(belief, customer=None, on=-20):
    note = a_note(customer_id=customer, said_on=day(on))
    return note, a_piece(note, belief, "maybe")


def test_maybes_past_their_days_name_who_they_are(playbook):
    mai, octo = a_customer(code="C3", name="Mai Trần"), a_customer(code="C7", name="Octo")
    belief = a_hypothesis(code="H4", importance=5, state=TESTING)
    chase = an_action(chase=True, hypothesis_id=belief, customer_id=octo, due=day(-1))
    rows = [*maybe_on(belief, mai, -20), *maybe_on(belief, octo, -19), *maybe_on(belief, None, -18)]
    texts = [text for text, _, _ in told(playbook, belief, mai, octo, chase, *rows, rule=4)]
    assert texts == [
        "Mai Trần (C3) has been a maybe on H4 for 20 days: chase once or count it as a no.",
        "Octo (C7) is still a maybe on H4 after the chase, 19 days: count it as a no or drop them.",
        "A maybe on H4 has stood for 18 days and names nobody: make it firm or discard it.",
    ]


@pytest.mark.parametrize(
    ("opened", "held", "text"),
    [
        (-14, None, None),
        (-15, None, "Hold a sync meeting: there was none since the discovery gate opened 15 days ago."),
        (-40, -14, None),
        (-40, -15, "Hold a sync meeting: both teams last met 15 days ago."),
        (-40, 1, "Hold a sync meeting: there was none since the discovery gate opened 40 days ago."),
    ],
)
def test_a_sync_is_due_when_none_was_held_for_long(opened, held, text, playbook):
    gate = a_gate(opened_on=day(opened))
    records = [gate, a_meeting(gate_id=gate, date=DAY)]
    if held is not None:
        records.append(a_meeting(kind=MeetingKind.SYNC, gate_id=gate, date=day(held), proposal=Proposal.PIVOT))
    assert [each for each, _, _ in told(playbook, *records, rule=4)] == ([text] if text else [])


def test_the_riskiest_test_says_how_many_answers_and_whom_to_ask(playbook):
    risky = a_hypothesis(code="H4", importance=5, state=TESTING, segment="finance")
    other = a_hypothesis(code="H5", importance=2, state=TESTING)
    asked = [a_customer(code=f"C{n}", name=name, segment="finance") for n, name in ((3, "Mai Tran"), (7, "Octo"))]
    assert told(playbook, risky, other, *asked, rule=5) == [
        ("5 more firm answers for H4: ask Mai Tran (C3), Octo (C7).", "H4", "fieldgate show H4")
    ]
    ((text, _, _),) = told(playbook, risky, rule=5)
    assert text == "5 more firm answers for H4: find a customer who has not answered it yet."


def test_one_more_answer_is_said_as_one(playbook):
    rows = belief_with(("yes", 2), ("yes", 2), ("no", 2), ("no", 2))
    ((text, _, _),) = told(playbook, *rows, rule=5)
    assert text.startswith("1 more firm answer for H4")


def test_a_test_that_can_be_ruled_is_not_asked_for_more(playbook):
    assert told(playbook, *belief_with(*[("yes", 2)] * 3), rule=5) == []


def test_the_riskiest_draft_waits_for_its_prediction(playbook):
    drafts = [a_hypothesis(code="H1", importance=2), a_hypothesis(code="H2", importance=5)]
    assert told(playbook, *drafts, rule=6) == [
        ("Write the prediction of H2 and lock it: it is the riskiest draft.", "H2", "fieldgate lock H2")
    ]


def test_every_other_unmet_criterion_names_a_row_that_is_not_named_above(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.change("problem", state=TESTING)
    world.change("solution", state=HypothesisState.DRAFT)
    world.remove("m12", "sync")
    world.change("workspace", lead_segment=None)
    found = [each for each in what_is_next(world.facts(), playbook, DAY) if each.rule == 7]
    assert [(each.text, each.kind, each.command) for each in found] == [
        (
            "Enough people of one segment were heard: Name the lead segment of the workspace.",
            "workspace",
            "fieldgate status",
        ),
        (
            "We know who has it and early believers exist: Name the lead segment of the workspace.",
            "workspace",
            "fieldgate status",
        ),
    ]


def test_an_entry_for_what_is_not_there_yet_says_how_to_make_it(playbook):
    world = a_world(Step.CREATION, playbook)
    world.remove("demand", *(each for each in list(world) if each.startswith(("note", "piece"))))
    world.change("creation.roadmap", note="")
    found = {each.kind: each.command for each in what_is_next(world.facts(), playbook, DAY) if each.rule == 7}
    assert found == {"hypothesis": "fieldgate add hypothesis", "check": "fieldgate gate"}


def test_a_row_that_is_there_is_shown_by_its_code(playbook):
    world = a_world(Step.CREATION, playbook)
    world.change("FO-PM-01", state=TouchpointState.UNASKED)
    (found,) = [each for each in what_is_next(world.facts(), playbook, DAY) if each.rule == 7]
    assert (found.kind, found.code, found.command) == ("touchpoint", "FO-PM-01", "fieldgate show FO-PM-01")


def test_gaps_that_customers_met_come_before_the_order_of_the_board(playbook):
    plain = a_touchpoint(code="BY-SAL-01", state=GAP, title="Preis", leave=True)
    ranked = a_touchpoint(code="BY-SAL-03", state=GAP, title="Fatura", rank="a")
    met = a_touchpoint(code="BY-SAL-02", state=GAP, title="客服", escalated_at=NOW)
    ready = a_touchpoint(state=TouchpointState.READY, escalated_at=NOW)
    assert told(playbook, plain, ranked, met, ready, rule=8) == [
        (
            "A customer met the gap BY-SAL-02, 客服: give it an owner and an action.",
            "BY-SAL-02",
            "fieldgate show BY-SAL-02",
        ),
        ("Close the gap BY-SAL-03, Fatura.", "BY-SAL-03", "fieldgate show BY-SAL-03"),
        ("Close the gap BY-SAL-01, Preis.", "BY-SAL-01", "fieldgate show BY-SAL-01"),
    ]


def test_one_rule_adds_no_endless_list(playbook):
    cards = [a_touchpoint(state=GAP) for _ in range(LONGEST + 5)]
    assert len(told(playbook, *cards, rule=8)) == LONGEST


def test_a_stopped_workspace_has_nothing_next_and_a_finished_one_goes_on(playbook):
    gap = a_touchpoint(state=GAP)
    assert steps(playbook, a_gate(outcome=Outcome.STOP), gap) == ()
    done = a_gate(step=Step.BUILDING, outcome=Outcome.ADVANCE)
    assert [each.rule for each in steps(playbook, done, gap, *belief_with())] == [5, 8]


def test_rules_come_in_their_order_and_every_entry_points_to_a_record(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.change("gate", decide_by=day(-1))
    world.change("sync", date=day(-20))
    world.change("price", state=HypothesisState.REFUTED)
    world.belief("test", Area.PROBLEM, TESTING)
    world.heard("test", "maybe", 0, "c4", on=-30)
    world.belief("draft", Area.PROBLEM, HypothesisState.DRAFT)
    world["gap"] = a_touchpoint(state=GAP)
    found = world.facts()
    report = evaluate(playbook, found, DAY)
    listed = what_is_next(found, playbook, DAY, report)
    rules = [each.rule for each in listed]
    assert rules == sorted(rules)
    assert set(rules) == {1, 3, 4, 5, 6, 7, 8}
    for each in listed:
        assert each.text
        assert each.command.startswith("fieldgate ")
        if each.id:
            assert found.get(each.kind, each.id) is not None
    assert what_is_next(found, playbook, DAY) == listed


def test_maybe_rows_of_unknown_customers_are_left_out(playbook):
    belief = a_hypothesis(importance=5, state=TESTING)
    assert told(playbook, belief, *maybe_on(belief, an_id(5)), rule=4) == []
