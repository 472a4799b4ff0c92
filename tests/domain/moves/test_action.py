"""Actions: done, moved twice at most, dropped with a reason."""

import pytest
from tests.builders import DAY, NOW, a_customer, an_action, day, facts
from tests.domain.moves.acting import Desk

from fieldgate.domain.records.work import ActionState
from fieldgate.errors import RefusedError


@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.DROPPED])
@pytest.mark.parametrize(("verb", "answers"), [("done", {}), ("redate", {"due": DAY}), ("drop", {"reason": "x"})])
def test_done_and_dropped_are_final(playbook, state, verb, answers):
    action = an_action(code="A1", state=state)
    (words,) = Desk(facts(action), playbook).missing(f"action.{verb}", action, **answers)
    assert words == f"A1 is {state}, which is final: write a new one."


def test_done_has_its_time_and_dropping_its_reason(playbook):
    one, two = an_action(), an_action(code="A2")
    desk = Desk(facts(one, two), playbook)
    desk.act("action.done", one)
    assert (desk.now(one).state, desk.now(one).done_at) == (ActionState.DONE, NOW)
    assert desk.missing("action.drop", two) == ("A2 needs this: reason.",)
    desk.act("action.drop", two, reason="They left")
    assert (desk.now(two).state, desk.now(two).reason) == (ActionState.DROPPED, "They left")


def test_a_day_is_moved_later_twice_and_earlier_as_often_as_wanted(playbook):
    action = an_action(code="A1", due=day(1))
    desk = Desk(facts(action), playbook)
    assert "today or later" in desk.missing("action.redate", action, due=day(-1))[0]
    desk.act("action.redate", action, due=day(9))
    desk.act("action.redate", action, due=day(3))
    desk.act("action.redate", action, due=day(11))
    assert desk.now(action).redated == 2
    assert desk.missing("action.redate", action, due=day(12)) == (
        "A1 was moved later twice: do it, drop it or give it away.",
    )
    desk.act("action.redate", action, due=DAY)
    assert (desk.now(action).due, desk.now(action).redated) == (DAY, 2)


def test_a_chase_keeps_its_day(playbook):
    action = an_action(code="A1", chase=True)
    (words,) = Desk(facts(action), playbook).missing("action.redate", action, due=day(9))
    assert words == "A1 chases a maybe and keeps its day: after it, decide the maybe."


def test_a_new_action_is_mine_and_due_in_a_week(playbook):
    customer = a_customer(code="C1")
    desk = Desk(facts(customer), playbook)
    made = desk.made(desk.act("action.create", text="Позвъни", customer_id="C1", milestone="yes"), "action")
    assert (made.text, made.owner, made.due, made.customer_id) == ("Позвъни", "ana", day(7), customer.id)
    assert (made.milestone, made.chase, made.state) == (True, False, ActionState.OPEN)
    with pytest.raises(RefusedError, match="needs this: text"):
        desk.act("action.create")
