"""The store on real files: what is written is there, with its log and its versions."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import builders as make
from tests.builders import NOW
from tests.store.conftest import WRITER, everything

from fieldgate.documents.frontmatter import digest
from fieldgate.domain.changes import Act, Create, Edit
from fieldgate.domain.kinds import OWN_FILE, kind_of, kinds
from fieldgate.domain.records.learning import NoteKind
from fieldgate.domain.snapshot import Snapshot
from fieldgate.errors import NotFoundError, RefusedError
from fieldgate.store.store import Store


def act(*changes, action="update", words="did it"):
    return Act(action=action, changes=tuple(changes), words=words)


def do(store: Store, facts: Snapshot, *changes, minutes=1, **more):
    return store.commit(
        facts, lambda _: act(*changes, **more), by="minh", now=NOW + timedelta(minutes=minutes), session=WRITER
    )


def whole(store: Store):
    """Every record of the file, whole."""
    return {each.id: each for kind in kinds() for each in store.records(kind)}


def test_a_new_file_holds_its_first_records_after_opening_it_again(path):
    records = everything()
    Store.create(path, records, by="ana", now=NOW, writer=WRITER).close()
    with Store.open(path) as store:
        assert whole(store) == {each.id: each for each in records}
        assert store.integrity() == ()


def test_facts_leave_out_long_texts_and_nothing_else(store):
    facts = store.load_facts()
    note = next(iter(facts.notes.values()))
    assert note.text == ""
    assert replace(note, text=store.record("note", note.id).text) == store.record("note", note.id)
    assert {kind: len(rows) for kind, rows in facts.tables.items()} == {
        "workspace": 1, "member": 2, "customer": 1, "hypothesis": 1, "meeting": 1, "note": 1, "evidence": 1,
        "touchpoint": 1, "check": 1, "requirement": 1, "action": 1, "gate": 1,
    }  # fmt: skip


def test_an_edit_changes_the_named_field_and_says_who_and_when(store):
    facts = store.load_facts()
    row = next(iter(facts.hypotheses.values()))
    done = do(store, facts, Edit("hypothesis", row.id, {"importance": 5}))
    saved = store.record("hypothesis", row.id)
    assert (saved.importance, saved.updated_by, saved.updated_at) == (5, "minh", NOW + timedelta(minutes=1))
    assert saved.statement == "ลูกค้าเสียเวลา"
    assert done.facts.hypotheses[row.id] == replace(saved, statement=row.statement)
    assert done.facts.tables == store.load_facts().tables
    assert done.txn == 2


def test_a_new_record_gets_the_next_code_after_the_highest_ever_given(store):
    facts = store.load_facts()
    first = next(iter(facts.hypotheses.values()))
    facts = do(store, facts, Edit("hypothesis", first.id, {"code": "H9"})).facts
    facts = do(store, facts, Edit("hypothesis", first.id, {"deleted_at": NOW})).facts
    done = do(store, facts, Create(make.a_hypothesis(code="")), Create(make.a_hypothesis(code="")))
    assert [each.record.code for each in done.act.changes] == ["H10", "H11"]
    assert store.find("h10") == ("hypothesis", done.act.changes[0].record.id, False)
    later = do(store, done.facts, Create(make.a_note(code="")))
    assert later.act.changes[0].record.code == "N2"


def test_a_former_code_still_finds_its_record_after_codes_in_use(store):
    facts = store.load_facts()
    row = next(iter(facts.hypotheses.values()))
    do(store, facts, Edit("hypothesis", row.id, {"code": "H2", "former_codes": frozenset({"H1"})}))
    assert store.find("H1") == ("hypothesis", row.id, True)
    assert store.find("H2") == ("hypothesis", row.id, False)
    assert store.find("by-sal-01")[0] == "touchpoint"
    assert store.find("H3") is None


def test_every_change_has_an_event_with_the_changed_fields_only(store):
    facts = store.load_facts()
    row = next(iter(facts.touchpoints.values()))
    do(store, facts, Edit("touchpoint", row.id, {"owner": "ana", "leave": None, "title": row.title}), action="triage")
    event = store.log(1)[0]
    assert (event.table, event.row_id, event.by, event.action, event.session) == (
        "touchpoint", row.id, "minh", "triage", WRITER,
    )  # fmt: skip
    assert event.before == {"owner": None, "leave": True}
    assert event.after == {"owner": "ana", "leave": None}
    assert store.history(row.id)[0] == event
    assert store.acts(1)[0].words == "did it"


def test_a_plan_that_changes_nothing_writes_nothing(store):
    facts = store.load_facts()
    row = next(iter(facts.touchpoints.values()))
    before = store.path.read_bytes()
    assert do(store, facts, Edit("touchpoint", row.id, {"title": row.title})).txn is None
    assert do(store, facts).txn is None
    assert store.path.read_bytes() == before


def test_a_refusal_of_the_plan_leaves_the_file_as_it_was(store):
    facts = store.load_facts()

    def refuse(_):
        raise RefusedError("not so")

    with pytest.raises(RefusedError, match="not so"):
        store.commit(facts, refuse, by="ana", now=NOW, session=WRITER)
    assert store.commit(facts, lambda seen: act(*([] if seen is facts else [1])), by="a", now=NOW, session=WRITER)


def test_a_change_of_an_unknown_row_is_refused_and_the_rest_of_the_act_too(store):
    facts = store.load_facts()
    row = next(iter(facts.touchpoints.values()))
    with pytest.raises(NotFoundError):
        do(store, facts, Edit("touchpoint", row.id, {"owner": "x"}), Edit("note", make.an_id(10**9), {"text": "x"}))
    assert store.record("touchpoint", row.id) == row


def test_a_link_to_nothing_is_refused(store):
    facts = store.load_facts()
    with pytest.raises(RefusedError):
        do(store, facts, Create(make.a_note(meeting_id=make.an_id(10**9))))
    assert store.load_facts().tables == facts.tables


def test_a_link_may_come_before_its_target_within_one_act(store):
    facts = store.load_facts()
    meeting = make.a_meeting()
    done = do(store, facts, Create(make.a_note(meeting_id=meeting)), Create(meeting))
    assert meeting.id in done.facts.meetings


def test_every_write_keeps_a_version_that_the_head_names(store):
    facts = store.load_facts()
    note = next(iter(facts.notes.values()))
    piece = next(iter(facts.evidence.values()))
    before = store.heads()
    assert set(before) == {each.id for kind in OWN_FILE for each in facts.tables[kind].values()}
    do(store, facts, Edit("evidence", piece.id, {"strength": 4}))
    after = store.heads()
    assert after[note.id].digest != before[note.id].digest
    assert after[note.id].vector[WRITER] > before[note.id].vector[WRITER]
    assert {each: head for each, head in after.items() if each != note.id} == {
        each: head for each, head in before.items() if each != note.id
    }
    kept = store.versions(note.id)
    assert [digest(each.document) for each in kept] == [before[note.id].digest, after[note.id].digest]
    assert kept[-1].document.head["evidence"][piece.hypothesis_id]["answer"] == "yes 4"


def test_a_check_gives_its_owner_a_new_version(store):
    facts = store.load_facts()
    check = next(iter(facts.checks.values()))
    do(store, facts, Edit("check", check.id, {"note": "asked"}))
    assert len(store.versions(check.touchpoint_id)) == 2


def test_long_texts_stand_once_in_the_log_and_are_found_by_their_version(store):
    facts = store.load_facts()
    note = next(iter(facts.notes.values()))
    long = "Каждый петък копирам редове. " * 50
    do(store, facts, Edit("note", note.id, {"text": long}))
    event = store.log(1)[0]
    assert event.before == {"text": "先用表格，够了"}
    assert list(event.after["text"]) == ["$text"]
    assert store.version(note.id, event.after["text"]["$text"]).document.body == long


def test_a_note_that_was_triaged_comes_back_to_the_facts_when_it_is_linked(store):
    facts = store.load_facts()
    done = do(store, facts, Create(make.a_note(code="", kind=NoteKind.VIEW)))
    note_id = done.act.changes[0].record.id
    facts = store.load_facts()
    assert note_id not in facts.notes
    piece = make.a_piece(make.a_note(id=note_id), next(iter(facts.hypotheses.values())))
    done = do(store, facts, Create(piece))
    assert note_id in done.facts.notes
    assert done.facts.tables == store.load_facts().tables
    assert done.facts.linked("evidence", "note_id", note_id)


def test_notes_that_no_rule_asks_for_can_be_had_on_demand(store):
    done = do(store, store.load_facts(), Create(make.a_note(kind=NoteKind.VIEW)))
    facts = store.load_facts()
    note_id = done.act.changes[0].record.id
    fuller = store.with_records(facts, "note", [note_id])
    assert note_id in fuller.notes
    assert store.with_records(fuller, "note", [note_id]) is fuller
    assert do(store, fuller, Edit("note", note_id, {"text": "x"})).facts.notes.keys() == fuller.notes.keys()


def test_a_removed_piece_given_again_takes_up_its_row(store):
    facts = store.load_facts()
    piece = next(iter(facts.evidence.values()))
    facts = do(store, facts, Edit("evidence", piece.id, {"deleted_at": NOW})).facts
    done = do(store, facts, Create(replace(piece, strength=4)))
    assert done.facts.evidence[piece.id].live
    assert store.record("evidence", piece.id).strength == 4
    with pytest.raises(RefusedError):
        do(store, done.facts, Create(piece))


def test_what_another_process_wrote_is_seen_before_the_plan_runs(store, path):
    facts = store.load_facts()
    row = next(iter(facts.hypotheses.values()))
    with Store.open(path) as other:
        do(other, other.load_facts(), Edit("hypothesis", row.id, {"importance": 5}), Create(make.a_customer(code="")))
    seen = []

    def plan(current):
        seen.append(current)
        return act(Edit("hypothesis", row.id, {"segment": "smb"}))

    done = store.commit(facts, plan, by="ana", now=NOW, session="zzzzz")
    assert seen[0].hypotheses[row.id].importance == 5
    assert len(seen[0].customers) == 2
    assert done.facts.tables == store.load_facts().tables
    assert (done.facts.hypotheses[row.id].importance, done.facts.hypotheses[row.id].segment) == (5, "smb")


def test_refreshing_gives_the_same_facts_unless_others_wrote(store, path):
    facts = store.load_facts()
    assert store.refresh(facts) is facts
    with Store.open(path) as other:
        do(other, other.load_facts(), Create(make.a_customer()))
    assert len(store.refresh(facts).customers) == 2


def test_foreign_facts_are_read_anew_instead_of_being_believed(store):
    store.load_facts()
    done = store.commit(make.facts(), lambda seen: act(Edit("workspace", seen.workspace.id, {"name": "New"})),
                        by="ana", now=NOW, session=WRITER)  # fmt: skip
    assert done.facts.tables == store.load_facts().tables


def test_figures_are_written_with_the_change_and_stamped(store):
    facts = store.load_facts()
    row = next(iter(facts.hypotheses.values()))

    def summarise(new):
        tallies = {each: {"yes": 2, "no": 1, "maybe": 0, "confidence": 0.25, "risk": 3.0} for each in new.hypotheses}
        return {"day": "2026-11-20", "met": 4, "tallies": tallies}

    store.commit(facts, lambda _: act(Edit("hypothesis", row.id, {"importance": 5})), by="ana", now=NOW,
                 session=WRITER, summarise=summarise)  # fmt: skip
    assert store.summary() == {"day": "2026-11-20", "met": 4, "seq": store.last_seq()}


def test_meeting_members_can_be_looked_up(store, path):
    import sqlite3

    facts = store.load_facts()
    meeting = next(iter(facts.meetings.values()))
    one = next(iter(facts.members))
    do(store, facts, Edit("meeting", meeting.id, {"members": frozenset({one})}))
    with sqlite3.connect(path) as raw:
        assert raw.execute("select meeting_id, member_id from meeting_member").fetchall() == [(meeting.id, one)]
    raw.close()


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_kind_can_be_archived_and_brought_back(store, kind):
    facts = store.load_facts()
    row = next(iter(facts.tables[kind].values()))
    facts = do(store, facts, Edit(kind, row.id, {"deleted_at": NOW})).facts
    assert facts.tables[kind][row.id].deleted_at == NOW
    facts = do(store, facts, Edit(kind, row.id, {"deleted_at": None})).facts
    assert facts.tables == store.load_facts().tables
    assert kind_of(facts.tables[kind][row.id]) == kind
