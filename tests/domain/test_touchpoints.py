"""Touchpoints: which count, which are stale, how many gaps we caught first."""

from tests.builders import DAY, NOW, a_touchpoint, day, facts

from fieldgate.domain.policy import Policy
from fieldgate.domain.records.journey import FoundBy, Phase, TouchpointState
from fieldgate.domain.touchpoints import catch_rate, counted_cards, is_escalated, is_stale

READY = TouchpointState.READY


def test_a_ready_card_is_stale_after_its_review_days():
    policy = Policy()
    assert is_stale(a_touchpoint(state=READY, reviewed_at=day(-91)), policy, DAY)
    assert not is_stale(a_touchpoint(state=READY, reviewed_at=day(-90)), policy, DAY)
    assert not is_stale(a_touchpoint(state=TouchpointState.GAP, reviewed_at=day(-91)), policy, DAY)
    assert is_stale(a_touchpoint(state=READY, state_on=day(-91)), policy, DAY)
    assert not is_stale(a_touchpoint(state=READY, state_on=None), policy, DAY)


def test_the_catch_rate_leaves_out_cards_without_a_finder():
    ours = a_touchpoint(found_by=FoundBy.US)
    late = a_touchpoint(found_by=FoundBy.US, escalated_at=NOW)
    theirs = a_touchpoint(found_by=FoundBy.CUSTOMER, escalated_at=NOW)
    gone = a_touchpoint(found_by=FoundBy.US, deleted_at=NOW)
    assert catch_rate(facts(ours, late, theirs, gone, a_touchpoint())) == (1, 3)
    assert catch_rate(facts()) == (0, 0)


def test_an_escalation_is_a_gap_that_a_customer_met():
    assert is_escalated(a_touchpoint(state=TouchpointState.GAP, escalated_at=NOW))
    assert not is_escalated(a_touchpoint(state=TouchpointState.GAP))
    assert not is_escalated(a_touchpoint(state=READY, escalated_at=NOW))


def test_gates_read_live_cards_of_their_phases_but_no_fit_cards():
    cards = [a_touchpoint(code=each) for each in ("BY-SAL-10", "BY-PM-02", "BY-SAL-00")]
    other = a_touchpoint(code="US-PM-01", phase=Phase.USE)
    found = facts(*cards, other, a_touchpoint(code="BY-PM-03", deleted_at=NOW))
    assert [each.code for each in counted_cards(found, "BY")] == ["BY-PM-02", "BY-SAL-10"]
    assert [each.code for each in counted_cards(found, "BY", "US")] == ["BY-PM-02", "BY-SAL-10", "US-PM-01"]
