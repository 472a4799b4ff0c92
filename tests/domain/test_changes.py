"""Changes: a snapshot after a change equals one built from the changed records, and the one before stays as it was."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import (
    DAY,
    NOW,
    a_customer,
    a_hypothesis,
    a_meeting,
    a_note,
    a_piece,
    a_workspace,
    an_id,
    day,
    facts,
)

from fieldgate.domain.changes import Act, Create, Edit, apply
from fieldgate.domain.snapshot import Snapshot, fact_fields, snapshot_of

CUSTOMERS = [a_customer(), a_customer()]
MEETINGS = [a_meeting(customer_id=CUSTOMERS[0]), a_meeting()]
NOTES = [a_note(customer_id=CUSTOMERS[1], meeting_id=MEETINGS[0]), a_note(meeting_id=MEETINGS[1])]
BELIEFS = [a_hypothesis(), a_hypothesis()]
PIECES = [a_piece(NOTES[0], BELIEFS[0])]
ROWS = [a_workspace(), *CUSTOMERS, *MEETINGS, *NOTES, *BELIEFS, *PIECES]


def seen(snapshot: Snapshot):
    """Everything that a snapshot holds, links without targets left out."""
    links = {name: {target: ids for target, ids in index.items() if ids} for name, index in snapshot.links.items()}
    return {name: dict(rows) for name, rows in snapshot.tables.items()}, links


def target(rows):
    return st.sampled_from([None, *(each.id for each in rows)])


edits = st.one_of(
    st.builds(lambda row, to: Edit("note", row.id, {"customer_id": to}), st.sampled_from(NOTES), target(CUSTOMERS)),
    st.builds(lambda row, to: Edit("note", row.id, {"meeting_id": to}), st.sampled_from(NOTES), target(MEETINGS)),
    st.builds(
        lambda row, to: Edit("meeting", row.id, {"customer_id": to}), st.sampled_from(MEETINGS), target(CUSTOMERS)
    ),
    st.builds(
        lambda row, at: Edit("customer", row.id, {"deleted_at": at}),
        st.sampled_from(CUSTOMERS),
        st.sampled_from([None, NOW]),
    ),
    st.builds(lambda row, to: Edit("hypothesis", row.id, {"parent_id": to}), st.sampled_from(BELIEFS), target(BELIEFS)),
    st.builds(lambda customer: Create(a_note(customer_id=customer)), target(CUSTOMERS)),
)


@given(st.lists(edits, max_size=8))
@settings(max_examples=100, deadline=None)
def test_a_snapshot_after_changes_equals_one_built_from_the_changed_records(changes):
    before = snapshot_of(ROWS)
    untouched = seen(before)
    after = apply(before, changes)
    assert seen(after) == seen(snapshot_of(row for table in after.tables.values() for row in table.values()))
    assert seen(before) == untouched


def test_a_change_knows_what_it_is_about():
    note = a_note()
    change = Create(note)
    assert (change.kind, change.row_id) == ("note", note.id)
    assert Act(action="create", changes=(change,)).words == ""


def test_long_text_is_not_held_and_an_edit_of_what_is_not_there_changes_nothing():
    note = a_note(text="")
    found = facts(note)
    after = apply(found, [Edit("note", note.id, {"text": "khách hàng", "discarded": True})])
    assert (after.notes[note.id].text, after.notes[note.id].discarded) == ("", True)
    assert seen(apply(found, [Edit("note", an_id(12345), {"discarded": True})])) == seen(found)


def test_tables_without_a_change_are_shared():
    note = a_note()
    found = facts(note, *CUSTOMERS)
    after = apply(found, [Edit("note", note.id, {"said_on": day(-1)})])
    assert after.tables["customer"] is found.tables["customer"]
    assert after.notes[note.id].said_on != DAY


def test_a_value_kept_for_a_hypothesis_is_dropped_when_what_it_rests_on_changes():
    found = snapshot_of(ROWS)
    made = []

    def value_of(snapshot, belief):
        return snapshot.keep("value", belief.id, lambda: made.append(belief.id) or len(made))

    assert [value_of(found, BELIEFS[0]), value_of(found, BELIEFS[0]), value_of(found, BELIEFS[1])] == [1, 1, 2]
    after = apply(found, [Edit("note", NOTES[0].id, {"discarded": True})])
    assert [value_of(after, BELIEFS[0]), value_of(after, BELIEFS[1])] == [3, 2]
    whole = apply(after, [Edit("workspace", ROWS[0].id, {"policy": {"k": "5"}})])
    assert [value_of(whole, BELIEFS[0]), value_of(whole, BELIEFS[1])] == [4, 5]


def test_a_snapshot_says_which_fields_it_holds():
    assert "text" not in fact_fields("note", type(NOTES[0]))
    assert "said_on" in fact_fields("note", type(NOTES[0]))


def test_linked_records_come_oldest_first_without_archived_ones():
    notes = [a_note(meeting_id=MEETINGS[0], id=an_id(70_000 - n)) for n in range(3)]
    gone = a_note(meeting_id=MEETINGS[0], deleted_at=NOW)
    found = facts(*MEETINGS, *notes, gone)
    assert found.linked("note", "meeting_id", MEETINGS[0].id) == notes[::-1]
    assert found.linked("note", "meeting_id", MEETINGS[1].id) == []
    assert found.get("note", None) is None
    assert found.get("note", gone.id) == gone
    assert set(found.live("note")) == set(notes)
