"""The workspace and its founders: policy, segments, members."""

import unicodedata

import pytest
from tests.builders import NOW, a_customer, a_hypothesis, a_member, a_workspace, facts
from tests.domain.moves.acting import Desk

from fieldgate.domain.gates import policy_of
from fieldgate.domain.records.learning import HypothesisState
from fieldgate.domain.records.people import MarketType, Team
from fieldgate.errors import RefusedError


def test_a_number_of_the_policy_is_changed_and_set_back(playbook):
    workspace = a_workspace()
    desk = Desk(facts(workspace), playbook)
    desk.act("workspace.policy", workspace, key="target_n", value="8")
    desk.act("workspace.policy", workspace, key="step_days.creation", value="60")
    assert desk.now(workspace).policy == {"target_n": "8", "step_days.creation": "60"}
    assert policy_of(desk.facts, playbook).step_days["creation"] == 60
    desk.act("workspace.policy", workspace, key="target_n", value="")
    assert policy_of(desk.facts, playbook).target_n == 5
    assert desk.missing("workspace.policy", workspace, key="k", value="many") == (
        "The policy key k must be a whole number from 1 to 1000.",
    )
    assert "one of key_importance" in desk.missing("workspace.policy", workspace, key="luck", value="7")[0]


def test_a_segment_is_renamed_everywhere_in_any_script_and_form(playbook):
    old = "Tìm hiểu"
    workspace = a_workspace(lead_segment=old)
    customer = a_customer(segment=unicodedata.normalize("NFD", old.upper()))
    gone = a_customer(segment=old, deleted_at=NOW)
    locked = a_hypothesis(segment=old, state=HypothesisState.TESTING)
    other = a_hypothesis(segment="財務")
    desk = Desk(facts(workspace, customer, gone, locked, other), playbook)
    desk.act("workspace.rename_segment", workspace, new="Nghiên cứu")
    assert [desk.now(each).segment for each in (customer, gone, locked, other)] == [*["Nghiên cứu"] * 3, "財務"]
    assert desk.now(workspace).lead_segment == "Nghiên cứu"
    assert desk.missing("workspace.rename_segment", workspace, old=old, new="x") == (
        "Nothing names the segment Tìm hiểu.",
    )
    desk.act("workspace.rename_segment", workspace, old="財務", new="Finance")
    assert (desk.now(other).segment, desk.now(workspace).lead_segment) == ("Finance", "Nghiên cứu")


def test_vision_and_market_are_edited_and_the_vision_is_never_empty(playbook):
    workspace = a_workspace()
    desk = Desk(facts(workspace), playbook)
    desk.act("workspace.edit", workspace, market_type="niche", lead_segment="")
    assert (desk.now(workspace).market_type, desk.now(workspace).lead_segment) == (MarketType.NICHE, None)
    assert desk.missing("workspace.edit", workspace, vision="") == ("Delmar payouts needs this: vision.",)


def test_a_founder_joins_under_a_handle_of_their_own(playbook):
    ana = a_member("ana")
    desk = Desk(facts(ana), playbook)
    made = desk.made(desk.act("member.create", handle="Bình", name="Trần Bình", team="proddev", key="yes"), "member")
    assert (made.team, made.key, made.active) == (Team.PRODDEV, True, True)
    again = Desk(facts(ana, desk.facts.workspace), playbook)
    same = again.made(again.act("member.create", handle="bình", name="B", team="both"), "member")
    assert same.id == made.id
    with pytest.raises(RefusedError, match="ANA is Ana: choose another handle"):
        desk.act("member.create", handle="ANA", name="Other", team="both")
    assert desk.missing("member.edit", made, handle="ana") == ("ana is Ana: choose another handle.",)
    desk.act("member.edit", made, handle="binh", active="no")
    desk.act("member.edit", made, handle="BINH")
    desk.act("member.edit", made, name="Bình T.")
    newcomer = desk.made(desk.act("member.create", handle="bình b", name="B", team="both"), "member")
    assert newcomer.id != made.id


def test_the_id_of_a_handle_that_was_given_up_is_not_taken_again(playbook):
    desk = Desk(facts(), playbook)
    first = desk.made(desk.act("member.create", handle="zoe", name="Zoe", team="both"), "member")
    desk.act("member.edit", first, handle="zoe t")
    second = desk.made(desk.act("member.create", handle="zoe", name="Other", team="both"), "member")
    assert second.id != first.id
