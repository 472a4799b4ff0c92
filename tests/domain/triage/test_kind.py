"""The queue keeps in step with changes, and what was put off comes back."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import (
    DAY,
    NOW,
    a_check,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_note,
    a_piece,
    a_requirement,
    a_touchpoint,
    a_workspace,
    an_action,
    day,
    facts,
    moment,
)

from fieldgate.domain.changes import Create, Edit, apply
from fieldgate.domain.gates import evaluate
from fieldgate.domain.kinds import KIND_OF
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.journey import Answer, TouchpointState
from fieldgate.domain.records.learning import HypothesisState, MeetingKind, Stance
from fieldgate.domain.records.people import Cadence, Cocreation, CustomerStatus
from fieldgate.domain.records.record import Conflict
from fieldgate.domain.records.work import ActionState, RequirementState, Urgency
from fieldgate.domain.snapshot import snapshot_of
from fieldgate.domain.triage.catalog import TRIAGE_KINDS, queue
from fieldgate.domain.triage.kind import queue_of, wake

WORKSPACE = a_workspace(lead_segment="finance")
PIVOT = a_gate(outcome=Outcome.PIVOT, opened_at=moment(-90))
GATE = a_gate(decide_by=day(-1), opened_on=day(-9), round=2)
CUSTOMERS = [a_customer(segment="finance"), a_customer(cocreation=Cocreation.ACTIVE, account_rank=1)]
PARENT = a_hypothesis(state=HypothesisState.RETIRED)
BELIEFS = [
    PARENT,
    a_hypothesis(parent_id=PARENT, born_gate_id=PIVOT),
    a_hypothesis(state=HypothesisState.TESTING, importance=5),
]
NOTES = [a_note(customer_id=CUSTOMERS[n % 2], said_on=day(-30 + n)) for n in range(5)]
PIECES = [a_piece(note, belief, "maybe") for note in NOTES[:3] for belief in (PARENT, BELIEFS[2])]
CARDS = [a_touchpoint(code="FO-PM-01", phase="FO"), a_touchpoint(state=TouchpointState.GAP, escalated_at=NOW)]
REQUESTS = [a_requirement(customer_id=CUSTOMERS[1], urgency=Urgency.CRITICAL), a_requirement()]
ACTIONS = [an_action(due=day(-1)), an_action(chase=True, hypothesis_id=BELIEFS[2], customer_id=CUSTOMERS[0])]
MEETINGS = [a_meeting(kind=MeetingKind.REGULAR, customer_id=CUSTOMERS[1], date=day(-5))]
CHECKS = [a_check(CUSTOMERS[1], key="trait.need"), a_check(CUSTOMERS[0], key="value.1", updated_at=moment(-99))]
ROWS = [
    WORKSPACE,
    PIVOT,
    GATE,
    *CUSTOMERS,
    *BELIEFS,
    *NOTES,
    *PIECES,
    *CARDS,
    *REQUESTS,
    *ACTIONS,
    *MEETINGS,
    *CHECKS,
]
A_DAY = st.sampled_from([day(n) for n in (-91, -20, -15, -1, 0, 1)])
FIELDS = {
    "workspace": {"policy": st.sampled_from([{}, {"maybe_days": "40"}, {"review_days": "5"}])},
    "gate": {"outcome": st.sampled_from([None, *Outcome]), "decide_by": A_DAY, "opened_on": A_DAY},
    "customer": {
        "status": st.sampled_from(list(CustomerStatus)),
        "cocreation": st.sampled_from(list(Cocreation)),
        "cadence": st.sampled_from(list(Cadence)),
        "segment": st.sampled_from(["finance", None]),
        "account_rank": st.sampled_from([None, 1, 2]),
    },
    "hypothesis": {
        "state": st.sampled_from(list(HypothesisState)),
        "importance": st.integers(1, 5),
        "due": A_DAY,
        "carried": st.sampled_from([frozenset(), frozenset({PIECES[0].id})]),
    },
    "note": {
        "triaged_at": st.sampled_from([None, NOW]),
        "discarded": st.booleans(),
        "said_on": A_DAY,
        "customer_id": st.sampled_from([None, CUSTOMERS[0].id]),
    },
    "evidence": {"stance": st.sampled_from(list(Stance)), "strength": st.integers(0, 4)},
    "touchpoint": {"state": st.sampled_from(list(TouchpointState)), "reviewed_at": A_DAY},
    "requirement": {
        "state": st.sampled_from(list(RequirementState)),
        "urgency": st.sampled_from(list(Urgency)),
        "state_on": A_DAY,
        "customer_id": st.sampled_from([None, CUSTOMERS[1].id]),
        "field_meeting_id": st.sampled_from([None, MEETINGS[0].id]),
    },
    "action": {
        "state": st.sampled_from(list(ActionState)),
        "due": A_DAY,
        "requirement_id": st.sampled_from([None, REQUESTS[0].id]),
        "hypothesis_id": st.sampled_from([None, BELIEFS[2].id]),
        "chase": st.booleans(),
        "customer_id": st.sampled_from([None, *(each.id for each in CUSTOMERS)]),
    },
    "meeting": {
        "date": A_DAY,
        "shared_at": st.sampled_from([None, NOW]),
        "customer_id": st.sampled_from([None, *(each.id for each in CUSTOMERS)]),
    },
    "check": {"answer": st.sampled_from(list(Answer)), "measure": st.sampled_from([None, "hours"])},
}
SNOOZED = {"customer", "hypothesis", "note", "evidence", "touchpoint", "requirement", "action", "meeting"}
CLASH = (Conflict(field=("x",), value="y"),)


@st.composite
def edits(draw):
    record = draw(st.sampled_from(ROWS))
    kind = KIND_OF[type(record)]
    choices = {**FIELDS[kind], "conflicts": st.sampled_from([(), CLASH])}
    if kind != "workspace":
        choices["deleted_at"] = st.sampled_from([None, None, NOW])
    if kind in SNOOZED:
        choices["snoozed_until"] = A_DAY
    name = draw(st.sampled_from(sorted(choices)))
    return Edit(kind, record.id, {name: draw(choices[name])})


ACTS = st.lists(st.lists(edits(), min_size=1, max_size=3), min_size=1, max_size=10)


@given(ACTS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_queue_after_any_history_equals_the_queue_from_nothing(playbook, history, with_report):
    found = snapshot_of(ROWS)
    kept = looked = queue(found, playbook, DAY)
    for act in history:
        found = apply(found, act)
        report = evaluate(playbook, found, DAY) if with_report else None
        kept = kept.after(found, act, report)
        looked = looked.after(found, None, report)  # what changed is not told, as after an undo
        anew = snapshot_of(row for table in found.tables.values() for row in table.values())
        assert kept == looked == queue(anew, playbook, DAY)


def test_a_new_record_joins_the_queue(playbook):
    found = facts()
    before = queue(found, playbook, DAY)
    late, early = a_note(said_on=DAY), a_note(said_on=day(-1))
    changes = [Create(late), Create(early)]
    after = before.after(apply(found, changes), changes)
    assert [each.record_id for each in after.items] == [early.id, late.id]
    gone = [Edit("note", late.id, {"triaged_at": NOW})]
    left = after.after(apply(apply(found, changes), gone), gone)
    assert left.waiting["note"] == 1


def test_what_did_not_change_is_not_judged_again(playbook):
    found = facts(*ROWS)
    before = queue(found, playbook, DAY)
    change = [Edit("action", ACTIONS[0].id, {"due": day(-4)})]
    after = before.after(apply(found, change), change)
    for name in ("conflict", "note", "verdict", "touchpoint", "minutes", "carry"):
        assert after.found[name] is before.found[name]


def test_a_record_put_off_hides_all_kinds_but_those_that_cannot_be_put_off(playbook):
    card = a_touchpoint(
        state=TouchpointState.GAP, escalated_at=NOW, snoozed_until=day(1), conflicts=CLASH, reviewed_at=day(-99)
    )
    found = queue(facts(card, a_gate()), playbook, DAY).waiting
    assert (found["conflict"], found["escalation"], found["touchpoint"]) == (1, 1, 0)


def test_any_other_change_of_a_record_wakes_it():
    note = a_note(snoozed_until=day(5), snoozes=1)
    found = facts(note, CUSTOMERS[0])
    (woken,) = wake(found, [Edit("note", note.id, {"mark": "p"})])
    assert woken.values == {"mark": "p", "snoozed_until": None}


def test_putting_off_again_or_a_stamp_wakes_nobody():
    note, awake = a_note(snoozed_until=day(5)), a_note()
    found = facts(note, awake)
    changes = (
        Edit("note", note.id, {"snoozed_until": day(6), "snoozes": 2}),
        Edit("note", note.id, {"updated_at": NOW, "updated_by": "binh"}),
        Edit("note", awake.id, {"mark": "p"}),
        Edit("note", "0" * 16, {"mark": "p"}),
        Edit("member", "0" * 16, {"name": "Ana"}),
        Create(a_note()),
    )
    assert wake(found, changes) == changes


def judged_by_a_verdict(playbook, size):
    """How many records are judged again after a yes on a note, in a workspace with so many beliefs, notes and actions."""
    gate, customers = a_gate(), [a_customer(segment="finance") for _ in range(size)]
    beliefs = [a_hypothesis(state=HypothesisState.TESTING, importance=5) for _ in range(size)]
    notes = [a_note(customer_id=each) for each in customers]
    pieces = [a_piece(note, belief, "maybe") for note, belief in zip(notes, beliefs, strict=True)]
    more = [each(customer_id=customer) for customer in customers for each in (a_requirement, an_action, a_note)]
    found = facts(WORKSPACE, gate, *customers, *beliefs, *notes, *pieces, *more)
    seen = []

    def counting(kind):
        def judge(sight, record):
            seen.append(record.id)
            return kind.judge(sight, record)

        return replace(kind, judge=judge)

    before = queue_of(tuple(map(counting, TRIAGE_KINDS)), found, playbook, DAY)
    seen.clear()
    note = notes[0]
    act = [
        Create(a_piece(note, beliefs[1], "yes", 3)),
        Edit("note", note.id, {"triaged_at": NOW}),
        Create(an_action(customer_id=customers[0], hypothesis_id=beliefs[0])),
        Edit("customer", customers[0].id, {"segment": "other"}),
        Create(a_meeting(customer_id=customers[0])),
    ]
    before.after(apply(found, act), act)
    return len(seen)


def test_a_verdict_judges_as_many_records_in_a_large_workspace_as_in_a_small_one(playbook):
    small, large = (judged_by_a_verdict(playbook, size) for size in (4, 60))
    assert 0 < small == large < 40


def test_a_workspace_that_stops_or_goes_on_again_is_judged_anew(playbook):
    found = snapshot_of(ROWS)
    stop = [Edit("gate", GATE.id, {"outcome": Outcome.STOP}), Edit("customer", CUSTOMERS[0].id, {"conflicts": CLASH})]
    stopped = apply(found, stop)
    left = queue(found, playbook, DAY).after(stopped, stop)
    assert left == queue(stopped, playbook, DAY)
    assert {name for name, count in left.waiting.items() if count} == {"conflict"}
    assert left.after(found, None) == queue(found, playbook, DAY)
