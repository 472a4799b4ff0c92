"""Gaps that a customer met wait until they are taken."""

from tests.builders import DAY, a_touchpoint, day, facts, moment

from fieldgate.domain.records.journey import TouchpointState
from fieldgate.domain.triage.escalation import ESCALATION


def test_a_gap_that_a_customer_met_waits_whatever_was_snoozed(playbook):
    card = a_touchpoint(state=TouchpointState.GAP, escalated_at=moment(-2), snoozed_until=day(5))
    (found,) = ESCALATION.find(facts(card), playbook, DAY)
    assert (found.record_id, found.since, found.code) == (card.id, day(-2), card.code)
    assert ESCALATION.moves(found) == ("touchpoint.take", "touchpoint.na")


def test_it_leaves_when_it_is_taken_or_was_none(playbook):
    for given in (
        {"state": TouchpointState.FIXING, "escalated_at": moment(-2)},
        {"state": TouchpointState.NA, "escalated_at": moment(-2)},
        {"state": TouchpointState.GAP},
    ):
        assert ESCALATION.find(facts(a_touchpoint(**given)), playbook, DAY) == ()
