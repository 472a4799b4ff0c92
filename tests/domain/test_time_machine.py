"""The facts of an earlier day: what is dated needs no log, the rest comes from it, and what is not known is named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import (
    DAY,
    a_customer,
    a_gate,
    a_hypothesis,
    a_note,
    a_piece,
    a_touchpoint,
    a_workspace,
    day,
    moment,
)

from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.journey import TouchpointState
from fieldgate.domain.records.learning import HypothesisState
from fieldgate.domain.time_machine import Logged, as_of


def stood(record, offset, log=None):
    past = as_of([a_workspace(created_at=moment(-99), updated_at=moment(-99)), record], day(offset), log or {})
    kind = (
        next(kind for kind, rows in past.facts.tables.items() if kind != "workspace" and rows)
        if any(rows for kind, rows in past.facts.tables.items() if kind != "workspace")
        else None
    )
    return past, past.facts.tables[kind][record.id] if kind else None


def old(record, **values):
    return replace(record, created_at=moment(-50), updated_at=moment(-50), **values)


def test_what_was_made_later_was_not_there():
    assert stood(replace(a_customer(), created_at=moment(-3)), -4)[1] is None
    assert stood(replace(a_customer(), created_at=moment(-3)), -3)[1] is not None


def test_evidence_counts_from_the_day_it_was_given():
    note, belief = old(a_note()), old(a_hypothesis())
    piece = replace(a_piece(note, belief, "yes", 2), created_at=moment(-50), answered_at=moment(-3))
    assert as_of([note, belief, piece], day(-4), {}).facts.evidence == {}
    assert piece.id in as_of([note, belief, piece], day(-3), {}).facts.evidence


def test_a_belief_was_a_draft_before_its_lock_and_in_testing_before_its_verdict():
    belief = old(
        a_hypothesis(state=HypothesisState.SUPPORTED, locked_at=moment(-20), locked_on=day(-20),
                     verdict_at=moment(-5), verdict_on=day(-5), learned="it holds")
    )  # fmt: skip
    assert stood(belief, -21)[1].state is HypothesisState.DRAFT
    assert stood(belief, -21)[1].locked_on is None
    assert stood(belief, -20)[1].state is HypothesisState.TESTING
    assert stood(belief, -20)[1].learned is None
    assert stood(belief, -5)[1] == belief


def test_a_gate_was_open_before_it_closed_and_not_there_before_it_opened():
    gate = old(
        a_gate(opened_on=day(-30), outcome=Outcome.PIVOT, closed_on=day(-10), decided_at=moment(-10), reason="x")
    )
    assert stood(gate, -31)[1] is None
    assert stood(gate, -11)[1].open
    assert stood(gate, -10)[1].outcome is Outcome.PIVOT


def test_a_card_that_entered_its_column_later_was_not_asked_unless_the_log_knows_better():
    card = old(a_touchpoint(state=TouchpointState.READY, state_on=day(-5)))
    assert stood(card, -6)[1].state is TouchpointState.UNASKED
    assert stood(card, -5)[1].state is TouchpointState.READY
    known = {("touchpoint", card.id): Logged(before={"state": TouchpointState.GAP, "state_on": day(-9)}, reaches=True)}
    assert stood(card, -6, known)[1].state is TouchpointState.GAP


def test_an_archived_record_was_live_before():
    customer = old(a_customer(), deleted_at=moment(-2))
    assert stood(customer, -3)[1].live
    assert not stood(customer, -2)[1].live


def test_older_values_come_from_the_log_and_what_it_does_not_reach_is_named():
    customer = replace(old(a_customer(name="New")), updated_at=moment(-2))
    row = ("customer", customer.id)
    past, record = stood(customer, -3, {row: Logged(before={"name": "Old", "not a field": 1}, reaches=True)})
    assert (record.name, past.as_now) == ("Old", frozenset())
    past, record = stood(customer, -3, {row: Logged(before={}, reaches=False)})
    assert (record.name, past.as_now) == ("New", {row})
    assert stood(customer, -2)[0].as_now == frozenset()


@given(st.lists(st.sampled_from(["customer", "belief", "card", "gate"]), max_size=6), st.integers(-40, 0))
def test_today_is_now_and_looking_twice_sees_the_same(kinds, offset):
    made = {
        "customer": lambda: replace(a_customer(), created_at=moment(-15)),
        "belief": lambda: old(a_hypothesis(state=HypothesisState.TESTING, locked_on=day(-20), locked_at=moment(-20))),
        "card": lambda: old(a_touchpoint(state=TouchpointState.GAP, state_on=day(-12))),
        "gate": lambda: old(a_gate(opened_on=day(-30))),
    }
    records = [made[kind]() for kind in kinds]
    assert as_of(records, DAY, {}).facts.tables == as_of(records, day(1), {}).facts.tables
    past = as_of(records, day(offset), {})
    rows = [row for table in past.facts.tables.values() for row in table.values()]
    assert as_of(rows, day(offset), {}).facts == past.facts
