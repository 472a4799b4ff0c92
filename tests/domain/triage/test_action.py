"""Actions wait when they are past due."""

import pytest
from tests.builders import DAY, NOW, an_action, day, facts

from fieldgate.domain.records.work import ActionState
from fieldgate.domain.triage.action import ACTION


def test_an_open_action_waits_from_the_day_after_it_was_due(playbook):
    late, older = an_action(due=day(-1)), an_action(due=day(-3))
    found = ACTION.find(facts(late, older), playbook, DAY)
    assert [(each.record_id, each.since) for each in found] == [(older.id, day(-3)), (late.id, day(-1))]


@pytest.mark.parametrize(
    "given",
    [
        {"due": DAY},
        {"state": ActionState.DONE},
        {"state": ActionState.DROPPED},
        {"chase": True},
        {"deleted_at": NOW},
        {"snoozed_until": day(1)},
    ],
)
def test_it_leaves_when_it_is_settled_and_a_chase_never_waits(given, playbook):
    assert ACTION.find(facts(an_action(**{"due": day(-1), **given})), playbook, DAY) == ()


def test_it_comes_back_on_the_day_to_which_it_was_put_off(playbook):
    assert len(ACTION.find(facts(an_action(due=day(-1), snoozed_until=DAY)), playbook, DAY)) == 1
