"""Starting: what a new workspace holds on its first day."""

from dataclasses import replace

import pytest
from tests.builders import NOW, an_id, day
from tests.domain.moves.acting import an_occasion

from fieldgate.domain.changes import apply
from fieldgate.domain.gates import open_gate, phase
from fieldgate.domain.identity import named_id
from fieldgate.domain.invariants import violations
from fieldgate.domain.moves.starting import Founder, Start, new_workspace
from fieldgate.domain.records.learning import Area, HypothesisState, Step
from fieldgate.domain.records.people import MarketType, Team
from fieldgate.domain.snapshot import snapshot_of
from fieldgate.errors import RefusedError

ANA = Founder(handle="ana", name="Ана", team=Team.CUSTDEV)
BINH = Founder(handle="Bình", name="Trần Bình", team=Team.PRODDEV, key=True)
START = Start(
    name=" Delmar ",
    vision="Payouts without a spreadsheet.",
    founders=(ANA, BINH),
    lead_segment="Tài chính",
    market_type=MarketType.NEW,
    stop_if="Fewer than three tell of it",
    beliefs={"discovery.problem": "They lose a day", "any.delivery": "Nobody has time", "discovery.price": "  "},
)


def begin(playbook, **given):
    made = new_workspace(replace(START, **given), an_occasion(playbook), an_id(1))
    facts = snapshot_of([made[0].record])
    return apply(facts, made[1:])


def test_a_new_workspace_is_sound_and_open(playbook):
    facts = begin(playbook)
    assert violations(facts) == ()
    assert phase(facts) == "open"
    workspace = facts.workspace
    assert (workspace.id, workspace.name, workspace.lead_segment) == (an_id(1), "Delmar", "Tài chính")
    assert (workspace.market_type, workspace.created_at, workspace.created_by) == (MarketType.NEW, NOW, "ana")
    assert {(each.handle, each.team, each.key) for each in facts.members.values()} == {
        ("ana", Team.CUSTDEV, False),
        ("Bình", Team.PRODDEV, True),
    }
    assert named_id(an_id(1), "member", "binh") in facts.members


def test_the_gate_of_discovery_opens_with_its_two_lines(playbook):
    gate = open_gate(begin(playbook))
    assert (gate.step, gate.round, gate.decide_by, gate.stop_if) == (
        Step.DISCOVERY,
        1,
        day(90),
        "Fewer than three tell of it",
    )
    assert gate.id == named_id(an_id(1), "gate", "discovery", "1")
    assert open_gate(begin(playbook, decide_by=day(30))).decide_by == day(30)


def test_the_core_set_comes_with_its_questions_unless_it_is_not_wanted(playbook):
    facts = begin(playbook)
    assert len(facts.touchpoints) == 37
    asked = {each.touchpoint_id for each in facts.checks.values()}
    assert asked == set(facts.touchpoints)
    assert not begin(playbook, core=False).touchpoints


def test_each_prompt_that_was_answered_is_a_draft(playbook):
    beliefs = {each.statement: each for each in begin(playbook).hypotheses.values()}
    assert set(beliefs) == {"They lose a day", "Nobody has time"}
    problem, delivery = beliefs["They lose a day"], beliefs["Nobody has time"]
    assert (problem.area, problem.step, problem.importance) == (Area.PROBLEM, Step.DISCOVERY, 5)
    assert (delivery.area, delivery.step, delivery.importance) == (Area.DELIVERY, Step.DISCOVERY, 3)
    assert {each.code for each in beliefs.values()} == {"H1", "H2"}
    assert all(each.state is HypothesisState.DRAFT and each.segment == "Tài chính" for each in beliefs.values())


def test_one_founder_may_be_both_teams(playbook):
    facts = begin(playbook, founders=(replace(ANA, team=Team.BOTH),))
    assert len(facts.members) == 1


LACKING = [
    ({"name": " "}, "The workspace needs a name."),
    ({"vision": ""}, "The workspace needs its vision"),
    ({"founders": (ANA,)}, "Name who is Product Development; one founder may be both."),
    ({"founders": (BINH,)}, "Name who is Customer Development; one founder may be both."),
    ({"founders": (ANA, replace(BINH, name=" "))}, "Every founder needs a handle and a name."),
    ({"founders": (ANA, BINH, replace(ANA, handle="ANA "))}, "Two founders have the same handle."),
    ({"beliefs": {"discovery.luck": "x"}}, "There is no starter prompt discovery.luck."),
    ({"decide_by": day(-1)}, "The first gate needs a day of today or later"),
]


@pytest.mark.parametrize(("given", "words"), LACKING)
def test_what_a_new_workspace_lacks_is_named(playbook, given, words):
    with pytest.raises(RefusedError) as refused:
        begin(playbook, **given)
    (missing,) = refused.value.missing
    assert missing.startswith(words)


def test_two_copies_that_start_alike_agree_on_every_id_that_has_a_name(playbook):
    one, other = begin(playbook), begin(playbook)
    for kind in ("workspace", "member", "gate", "touchpoint", "check"):
        assert one.tables[kind].keys() == other.tables[kind].keys()
