"""Deciding conflicts: the value that holds is put where it belongs, and what hung on the other is taken back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
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
    day,
    facts,
    moment,
)
from tests.domain.moves.acting import Desk

from fieldgate.domain.gates import open_gate, phase, undecided_gate
from fieldgate.domain.identity import named_id
from fieldgate.domain.invariants import violations
from fieldgate.domain.kinds import OWN_FILE, kinds
from fieldgate.domain.moves.catalog import MOVES
from fieldgate.domain.moves.stored_text import read_group, read_value
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.journey import Answer
from fieldgate.domain.records.learning import HypothesisState, MeetingKind, PivotKind, Proposal, Stance, Step
from fieldgate.domain.records.people import Role
from fieldgate.domain.records.record import Conflict

S = HypothesisState


def in_conflict(record, *entries):
    """Put entries (path, value or flag) on a record."""
    found = []
    for path, value in entries:
        parts = tuple(path.split("|"))
        flagged = value in {"overlap", "deleted"}
        found.append(Conflict(field=parts, flag=value) if flagged else Conflict(field=parts, value=value))
    return replace(record, conflicts=tuple(found))


def test_every_kind_with_a_file_can_have_its_conflicts_decided():
    assert {move.kind for move in MOVES.values() if move.id.endswith(".settle")} == set(OWN_FILE)
    assert {move.kind for move in MOVES.values() if move.id.endswith(".both")} == set(OWN_FILE)


def test_the_shown_value_is_kept_and_the_conflict_is_gone(playbook):
    customer = in_conflict(a_customer(role=Role.USER), ("role", "partner"))
    desk = Desk(facts(customer), playbook)
    act = desk.act("customer.settle", customer, number=1)
    assert (desk.now(customer).role, desk.now(customer).conflicts) == (Role.USER, ())
    assert act.action == "resolve"
    assert desk.missing("customer.settle", customer, number=1)[0].endswith("holds no conflict.")


VALUES = [
    (a_customer(awareness=3), "awareness", "5", 5),
    (a_customer(role=Role.USER), "role", "partner", Role.PARTNER),
    (a_customer(segment="財務"), "segment", "", None),
    (a_touchpoint(kpi_value=1.5), "kpi_value", "31.25", 31.25),
    (a_touchpoint(leave=True), "leave", "no", False),
    (a_note(), "said_on", "2026-11-01", date(2026, 11, 1)),
    (a_meeting(start=time(9)), "start", "14:30", time(14, 30)),
    (a_meeting(), "meeting_kind", "visit", MeetingKind.VISIT),
    (a_meeting(), "shared_at", "2026-11-20T10:00:00Z", datetime(2026, 11, 20, 10, tzinfo=UTC)),
    (a_hypothesis(), "importance", "", 3),
    (a_hypothesis(), "deleted_at", "2026-11-20T10:00:00Z", datetime(2026, 11, 20, 10, tzinfo=UTC)),
]


@pytest.mark.parametrize(("record", "field", "text", "value"), VALUES)
def test_another_value_is_read_as_its_field_holds_it(playbook, record, field, text, value):
    record = in_conflict(record, (field, text))
    desk = Desk(facts(record), playbook)
    kind = next(name for name in OWN_FILE if kinds()[name].record is type(record))
    desk.act(f"{kind}.settle", record, number=2)
    now = desk.now(record)
    assert getattr(now, "kind" if field == "meeting_kind" else field) == value
    assert now.conflicts == ()


def test_of_several_values_each_has_its_number(playbook):
    customer = in_conflict(a_customer(awareness=1), ("awareness", "2"), ("segment", "x"), ("awareness", "3"))
    desk = Desk(facts(customer), playbook)
    assert desk.missing("customer.settle", customer, number=4) == ("awareness has 3 values.",)
    assert "field: one of awareness, segment" in desk.missing("customer.settle", customer, field="role", number=1)[0]
    desk.act("customer.settle", customer, field="awareness", number=3)
    now = desk.now(customer)
    assert (now.awareness, [each.field for each in now.conflicts]) == (3, [("segment",)])


BROKEN = [
    ("awareness", "many"),
    ("role", "boss"),
    ("name", ""),
    ("nothing", "x"),
    ("channels|x", "y"),
    ("checks|trait.need|answer", "{}"),
]


@pytest.mark.parametrize(("field", "text"), BROKEN)
def test_a_value_that_cannot_be_read_is_refused(playbook, field, text):
    customer = in_conflict(a_customer(), (field, text))
    (words,) = Desk(facts(customer), playbook).missing("customer.settle", customer, number=2)
    assert words == f"The other value of {field.replace('|', '.')} cannot be read: keep this one."


def test_fields_that_belong_together_are_taken_together(playbook):
    theirs = {
        "state": "testing",
        "locked_at": "2026-11-01T09:00:00Z",
        "locked_on": "2026-11-01",
        "prediction": "4 of 5",
        "target_n": "6",
        "learned": "much",
    }
    belief = a_hypothesis(state=S.SUPPORTED, verdict_on=DAY, verdict_at=NOW, pass_pct=80)
    belief = in_conflict(belief, ("bet", json.dumps(theirs)))
    desk = Desk(facts(belief), playbook)
    desk.act("hypothesis.settle", belief, number=2)
    now = desk.now(belief)
    assert (now.state, now.locked_on, now.prediction, now.target_n) == (S.TESTING, date(2026, 11, 1), "4 of 5", 6)
    assert (now.verdict_on, now.verdict_at, now.pass_pct, now.learned) == (None, None, 60, "much")
    assert violations(desk.facts) == ()


def test_a_ballot_brings_its_kind_and_gate(playbook):
    gate = a_gate()
    theirs = {"proposal": "stop", "agree_custdev": "yes", "meeting_kind": "sync", "gate_id": gate.id}
    meeting = in_conflict(a_meeting(kind=MeetingKind.VISIT), ("ballot", json.dumps(theirs)))
    desk = Desk(facts(gate, meeting), playbook)
    desk.act("meeting.settle", meeting, number=2)
    now = desk.now(meeting)
    assert (now.kind, now.gate_id, now.proposal, now.agree_custdev) == (MeetingKind.SYNC, gate.id, Proposal.STOP, True)


def test_a_key_of_a_map_is_set_or_taken_out(playbook):
    gate = in_conflict(
        a_gate(na={"discovery.heard": "ours", "discovery.price": "free"}),
        ("na|discovery.heard", "theirs"),
        ("na|discovery.price", ""),
    )
    desk = Desk(facts(gate), playbook)
    desk.act("gate.settle", gate, number=2, field="na.discovery.price")
    desk.act("gate.settle", gate, number=2)
    assert desk.now(gate).na == {"discovery.heard": "theirs"}
    workspace = in_conflict(a_workspace(policy={"k": "7"}), ("policy|k", "9"))
    desk = Desk(facts(workspace), playbook)
    desk.act("workspace.settle", workspace, number=2)
    assert desk.now(workspace).policy == {"k": "9"}


def test_what_stands_in_another_record_is_settled_there(playbook):
    workspace, note, belief, card = a_workspace(), a_note(), a_hypothesis(), a_touchpoint()
    piece = a_piece(note, belief, "yes", 2, id=named_id(workspace.id, "evidence", note.id, belief.id))
    check = a_check(card, key="how.1", id=named_id(workspace.id, "check", card.id, "how.1"), answer=Answer.YES)
    said = {"answer": "no 3", "at": "2026-11-02T10:00:00Z", "by": "binh"}
    note = in_conflict(note, (f"evidence|{belief.id}|answer", json.dumps(said)))
    answered = {"answer": "no", "answered_by": "binh"}
    card = in_conflict(card, ("checks|how.1|answer", json.dumps(answered)), ("checks|how.1|note", "Не знаем"))
    desk = Desk(facts(workspace, note, belief, card, piece, check), playbook)
    desk.act("note.settle", note, number=2)
    now = desk.now(piece)
    assert (now.stance, now.strength, now.answered_by, now.answered_at.day) == (Stance.NO, 3, "binh", 2)
    desk.act("touchpoint.settle", card, number=2)
    desk.act("touchpoint.settle", card, number=2)
    now = desk.now(check)
    assert (now.answer, now.answered_by, now.answered_at, now.note) == (Answer.NO, "binh", None, "Не знаем")
    removed = {"answer": "none", "at": "2026-11-03T10:00:00Z"}
    note = in_conflict(note, (f"evidence|{belief.id}|answer", json.dumps(removed)))
    desk = Desk(facts(workspace, note, belief, piece), playbook)
    desk.act("note.settle", note, number=2)
    assert not desk.now(piece).live
    lost = in_conflict(note, (f"evidence|{belief.id}|answer", ""))
    assert "cannot be read" in Desk(facts(workspace, lost, piece), playbook).missing("note.settle", lost, number=2)[0]


def test_a_merged_text_holds_both_sides_already(playbook):
    note = in_conflict(a_note("one\ntwo"), ("text", "overlap"))
    desk = Desk(facts(note), playbook)
    assert desk.missing("note.settle", note, number=2) == ("text holds both texts already: keep it and edit it.",)
    act = desk.act("note.both", note)
    assert [dict(change.values) for change in act.changes] == [{"conflicts": ()}]


def test_both_texts_may_be_kept_and_nothing_but_texts(playbook):
    customer = in_conflict(
        a_customer(name="Kiri", contact=None), ("name", "Kiri T."), ("contact", "+84"), ("role", "user"), ("gone", "x")
    )
    desk = Desk(facts(customer), playbook)
    for field in ("role", "gone"):
        assert desk.missing("customer.both", customer, field=field) == (f"{field} is no text: choose one value.",)
    desk.act("customer.both", customer)
    desk.act("customer.both", customer)
    assert (desk.now(customer).name, desk.now(customer).contact) == ("Kiri / Kiri T.", "+84")
    # Now that no text is left in conflict it is greyed, and says why.
    left = desk.now(customer)
    assert MOVES["customer.both"].missing(desk.facts, left, desk.occasion) == ("role is no text: choose one value.",)
    lines = in_conflict(a_requirement(remarks="one"), ("remarks", "two"))
    desk = Desk(facts(lines), playbook)
    desk.act("requirement.both", lines)
    assert desk.now(lines).remarks == "one\ntwo"


def test_a_locked_belief_is_not_archived_by_a_conflict(playbook):
    belief = in_conflict(a_hypothesis(code="H1", state=S.TESTING), ("deleted_at", "2026-11-20T10:00:00Z"))
    assert Desk(facts(belief), playbook).missing("hypothesis.settle", belief, number=2) == (
        "H1 was locked and is never archived.",
    )


def test_a_conflict_is_decided_in_a_stopped_workspace_and_on_an_archived_record(playbook):
    gate = a_gate(outcome=Outcome.STOP)
    customer = in_conflict(a_customer(deleted_at=NOW), ("name", "Kiri"))
    desk = Desk(facts(gate, customer), playbook)
    assert phase(desk.facts) == "stopped"
    desk.act("customer.settle", customer, number=2)
    assert desk.now(customer).name == "Kiri"


def closed_twice(shown, other):
    """Discovery left by pivot on one side and by advance (or stop) on the other, as a merge leaves it."""
    theirs = {"outcome": other.value, "closed_on": DAY.isoformat(), "reason": "theirs"}
    gate = a_gate(outcome=shown, closed_on=DAY, opened_at=moment(-9), reason="ours")
    gate = in_conflict(gate, ("outcome", json.dumps(theirs)))
    again = a_gate(round=2, opened_by_gate_id=gate)
    onward = a_gate(step=Step.VALIDATION, opened_by_gate_id=gate)
    parent = a_hypothesis(code="H1", state=S.RETIRED, verdict_on=DAY, verdict_reason="pivot")
    draft = a_hypothesis(code="H2", state=S.RETIRED, locked_at=None, locked_on=None)
    children = [
        a_hypothesis(code=f"H{n}", parent_id=old, born_gate_id=gate, pivot_kind=PivotKind.NEED)
        for n, old in ((3, parent), (4, draft))
    ]
    return gate, again, onward, parent, draft, children


def test_when_the_pivot_loses_its_parents_are_held_again_and_its_gate_is_gone(playbook):
    gate, again, onward, parent, draft, children = closed_twice(Outcome.PIVOT, Outcome.ADVANCE)
    desk = Desk(facts(gate, again, onward, parent, draft, *children), playbook)
    assert undecided_gate(desk.facts).id == gate.id
    desk.act("gate.settle", gate, number=2)
    assert undecided_gate(desk.facts) is None
    assert (desk.now(gate).outcome, desk.now(gate).reason) == (Outcome.ADVANCE, "theirs")
    assert open_gate(desk.facts).id == onward.id
    assert not desk.now(again).live
    assert (desk.now(parent).state, desk.now(parent).verdict_on) == (S.TESTING, None)
    assert desk.now(draft).state is S.DRAFT
    assert all(desk.now(each).born_gate_id is None and desk.now(each).live for each in children)
    assert violations(desk.facts) == ()


def test_when_the_pivot_wins_only_the_gate_of_the_other_outcome_goes_with_all_that_followed(playbook):
    gate, again, onward, parent, draft, children = closed_twice(Outcome.PIVOT, Outcome.ADVANCE)
    onward = replace(onward, outcome=Outcome.ADVANCE)
    after = a_gate(step=Step.CREATION, opened_by_gate_id=onward, opened_at=moment(1))
    desk = Desk(facts(gate, again, onward, after, parent, draft, *children), playbook)
    desk.act("gate.settle", gate, number=1)
    assert open_gate(desk.facts).id == again.id
    assert [desk.now(each).live for each in (onward, after)] == [False, False]
    assert desk.now(parent).state is S.RETIRED
    assert desk.now(children[0]).born_gate_id == gate.id
    assert violations(desk.facts) == ()


def test_when_stop_wins_no_gate_stays_open(playbook):
    gate, again, onward, *_ = closed_twice(Outcome.ADVANCE, Outcome.STOP)
    lonely = a_hypothesis(born_gate_id=gate)
    desk = Desk(facts(gate, again, onward, lonely), playbook)
    desk.act("gate.settle", gate, number=2)
    assert phase(desk.facts) == "stopped"
    assert desk.now(lonely).born_gate_id is None


def test_a_parent_that_was_never_retired_is_left_alone(playbook):
    gate, again, onward, _, _, _ = closed_twice(Outcome.PIVOT, Outcome.ADVANCE)
    held = a_hypothesis(state=S.SUPPORTED)
    child = a_hypothesis(parent_id=held, born_gate_id=gate)
    desk = Desk(facts(gate, again, onward, held, child), playbook)
    desk.act("gate.settle", gate, number=2)
    assert desk.now(held).state is S.SUPPORTED


def test_another_conflict_of_a_gate_takes_nothing_back(playbook):
    gate = in_conflict(a_gate(stop_if="ours"), ("stop_if", "theirs"))
    desk = Desk(facts(gate, a_gate(step=Step.VALIDATION, outcome=Outcome.PIVOT, opened_by_gate_id=gate)), playbook)
    desk.act("gate.settle", gate, number=2)
    assert desk.now(gate).stop_if == "theirs"


def test_sets_and_maps_are_read_from_their_json():
    specs = {**kinds()["gate"].fields, **kinds()["meeting"].fields}
    assert read_value(specs["heard"], '["a", "b"]') == {"a", "b"}
    assert read_value(specs["members"], ["a"]) == {"a"}
    assert read_value(specs["na"], '{"x": "y"}') == {"x": "y"}
    for name, wrong in (("heard", '{"a": 1}'), ("na", "[]"), ("na", "nonsense"), ("redated", "perhaps")):
        with pytest.raises(ValueError):
            read_value(specs[name], wrong)
    with pytest.raises(TypeError):
        read_value(specs["topic"], ["a"])
    with pytest.raises(TypeError):
        read_group("gate", "outcome", "[]")
    assert read_group("gate", "outcome", "")["outcome"] is None
    assert day(0) == DAY
