"""Undo and redo from the log, across restarts and beside what others write."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import builders as make
from tests.builders import NOW
from tests.store.conftest import WRITER

from fieldgate.domain.changes import Create, Edit
from fieldgate.domain.kinds import kinds
from fieldgate.errors import FormatError, RefusedError, UndecidedError
from fieldgate.store.store import Store

LATER = {"by": "ana", "now": NOW + timedelta(days=1), "session": WRITER}


def live(store):
    """All live rows with their fields, but who changed them last and when."""
    rows = {}
    for kind in kinds():
        for each in store.records(kind):
            if each.live:
                rows[each.id] = replace(each, updated_at=NOW, updated_by="")
    return rows


def in_step(store, facts):
    """Whether the facts hold what reading anew would give; a note that no rule asks for any more may stay in them."""
    fresh = store.load_facts()
    return all(fresh.tables[kind].items() <= facts.tables[kind].items() for kind in kinds())


def only(facts, kind):
    return next(iter(facts.tables[kind].values()))


def test_an_edit_taken_back_leaves_the_first_state(store, do):
    before = live(store)
    facts = store.load_facts()
    facts = do(store, facts, Edit("hypothesis", only(facts, "hypothesis").id, {"importance": 5})).facts
    done = store.undo(facts, **LATER)
    assert live(store) == before
    assert done.facts.tables == store.load_facts().tables


def test_undo_is_an_act_of_its_own_that_names_the_one_it_takes_back(store, do):
    facts = store.load_facts()
    done = do(store, facts, Edit("hypothesis", only(facts, "hypothesis").id, {"importance": 5}), words="made it key")
    store.undo(done.facts, **LATER)
    newest, older = store.acts(2)
    assert (newest.action, newest.undoes, newest.words) == ("undo", done.txn, "made it key")
    assert older.undone
    assert store.log(1)[0].before == {"importance": 5}


def test_a_new_record_taken_back_is_archived_and_comes_back_by_redo(store, do):
    before = live(store)
    made = do(store, store.load_facts(), Create(make.a_note(code="")))
    after = live(store)
    note_id = made.act.changes[0].row_id
    done = store.undo(made.facts, **LATER)
    assert live(store) == before
    assert store.record("note", note_id).deleted_at is not None
    store.redo(done.facts, **LATER)
    assert live(store) == after


def test_undo_and_redo_go_all_the_way_across_restarts(store, path, do):
    states, facts = [live(store)], store.load_facts()
    row = only(facts, "hypothesis")
    for importance in (1, 2, 4, 5):
        facts = do(store, facts, Edit("hypothesis", row.id, {"importance": importance})).facts
        states.append(live(store))
    for state in reversed(states[:-1]):
        with Store.open(path) as again:
            again.undo(again.load_facts(), **LATER)
            assert live(again) == state
    with Store.open(path) as again, pytest.raises(RefusedError, match="nothing to undo"):
        again.undo(again.load_facts(), **LATER)
    for state in states[1:]:
        with Store.open(path) as again:
            again.redo(again.load_facts(), **LATER)
            assert live(again) == state


def test_redo_ends_with_a_new_act(store, do):
    facts = store.load_facts()
    row = only(facts, "hypothesis")
    facts = do(store, facts, Edit("hypothesis", row.id, {"importance": 5})).facts
    facts = store.undo(facts, **LATER).facts
    assert len(store.redoable()) == 1
    facts = do(store, facts, Edit("hypothesis", row.id, {"segment": "smb"})).facts
    assert store.redoable() == []
    with pytest.raises(RefusedError, match="nothing to redo"):
        store.redo(facts, **LATER)


def test_how_the_file_began_cannot_be_taken_back(store):
    with pytest.raises(RefusedError):
        store.undo(store.load_facts(), **LATER)
    with pytest.raises(RefusedError, match="came in"):
        store.undo(store.load_facts(), **LATER, txn=1)


def test_a_field_that_was_changed_since_is_named_and_nothing_is_overwritten(store, do):
    facts = store.load_facts()
    row = only(facts, "hypothesis")
    first = do(store, facts, Edit("hypothesis", row.id, {"importance": 5, "segment": "smb"}))
    second = do(store, first.facts, Edit("hypothesis", row.id, {"importance": 2}))
    before = live(store)
    with pytest.raises(UndecidedError, match="H1 was changed since: importance") as caught:
        store.undo(second.facts, **LATER, txn=first.txn)
    assert caught.value.where == "H1.importance"
    assert live(store) == before


def test_an_older_act_can_be_taken_back_when_nothing_rests_on_it(store, do):
    facts = store.load_facts()
    row = only(facts, "hypothesis")
    first = do(store, facts, Edit("hypothesis", row.id, {"importance": 5}))
    second = do(store, first.facts, Edit("hypothesis", row.id, {"segment": "smb"}))
    done = store.undo(second.facts, **LATER, txn=first.txn)
    assert (done.facts.hypotheses[row.id].importance, done.facts.hypotheses[row.id].segment) == (3, "smb")
    with pytest.raises(RefusedError, match="already"):
        store.undo(done.facts, **LATER, txn=first.txn)


def test_undo_back_to_an_event_takes_back_everything_after_it(store, do):
    facts = store.load_facts()
    row = only(facts, "hypothesis")
    facts = do(store, facts, Edit("hypothesis", row.id, {"importance": 5})).facts
    seq, state = store.last_seq(), live(store)
    facts = do(store, facts, Create(make.a_note(code=""))).facts
    facts = do(store, facts, Edit("hypothesis", row.id, {"importance": 1})).facts
    last = live(store)
    done = store.undo_back_to(facts, seq, **LATER)
    assert live(store) == state
    assert in_step(store, done.facts)
    facts = store.redo(done.facts, **LATER).facts
    facts = store.redo(facts, **LATER).facts
    assert live(store) == last
    with pytest.raises(RefusedError):
        store.undo_back_to(facts, 10**6, **LATER)


def test_long_texts_come_back_from_their_versions(store, do):
    facts = store.load_facts()
    note, hypothesis = only(facts, "note"), only(facts, "hypothesis")
    long = "Mỗi thứ sáu tôi chép 400 dòng.\n" * 40
    facts = do(store, facts, Edit("note", note.id, {"text": long})).facts
    learned = {"learned": "学到了。" * 200, "statement": "ทุกวันศุกร์" * 90}
    facts = do(store, facts, Edit("hypothesis", hypothesis.id, learned)).facts
    full = live(store)
    facts = do(store, facts, Edit("note", note.id, {"text": "short"})).facts
    facts = do(store, facts, Edit("hypothesis", hypothesis.id, {"learned": None, "statement": "x"})).facts
    facts = store.undo(facts, **LATER).facts
    store.undo(facts, **LATER)
    assert live(store) == full


def test_undo_takes_back_evidence_given_again_to_a_removed_piece(store, do):
    facts = store.load_facts()
    piece = only(facts, "evidence")
    facts = do(store, facts, Edit("evidence", piece.id, {"deleted_at": NOW})).facts
    facts = do(store, facts, Create(replace(piece, strength=1))).facts
    facts = store.undo(facts, **LATER).facts
    assert not facts.evidence[piece.id].live
    facts = store.undo(facts, **LATER).facts
    assert facts.evidence[piece.id].live
    assert facts.evidence[piece.id].strength == 3


def test_an_act_that_is_not_in_the_log_is_refused(store):
    with pytest.raises(RefusedError, match="no act 99"):
        store.undo(store.load_facts(), **LATER, txn=99)


def test_undo_back_to_the_last_event_has_nothing_to_do(store):
    with pytest.raises(RefusedError, match="nothing to undo after"):
        store.undo_back_to(store.load_facts(), store.last_seq(), **LATER)


def test_a_new_record_that_was_archived_meanwhile_stays_archived(store, do):
    made = do(store, store.load_facts(), Create(make.a_note(code="")))
    note_id = made.act.changes[0].row_id
    archived = do(store, made.facts, Edit("note", note_id, {"deleted_at": NOW}))
    done = store.undo(archived.facts, **LATER, txn=made.txn)
    assert done.facts.tables == archived.facts.tables
    assert store.record("note", note_id).deleted_at == NOW


def test_a_new_record_that_somebody_wrote_on_is_not_archived_in_silence(store, do):
    made = do(store, store.load_facts(), Create(make.a_note(code="")))
    edited = do(store, made.facts, Edit("note", made.act.changes[0].row_id, {"discarded": True}))
    with pytest.raises(UndecidedError, match="N2 was changed since: discarded"):
        store.undo(edited.facts, **LATER, txn=made.txn)


def test_a_text_whose_version_is_gone_is_named_and_nothing_changes(store, do):
    facts = store.load_facts()
    note = only(facts, "note")
    facts = do(store, facts, Edit("note", note.id, {"text": "Каждый петък. " * 60})).facts
    facts = do(store, facts, Edit("note", note.id, {"text": "short"})).facts
    with store._database.writing() as connection:
        connection.exec_driver_sql("delete from versions where id = ?", (note.id,))
    with pytest.raises(FormatError, match="not kept any more"):
        store.undo(facts, **LATER)
    assert store.record("note", note.id).text == "short"


def test_the_log_can_be_read_a_page_at_a_time(store, do):
    facts = store.load_facts()
    row = only(facts, "hypothesis")
    for importance in (1, 2, 4):
        facts = do(store, facts, Edit("hypothesis", row.id, {"importance": importance})).facts
    newest = store.log(2)
    assert [each.after["importance"] for each in newest] == [4, 2]
    assert store.log(1, newest[-1].seq)[0].after == {"importance": 1}
    assert [each.txn for each in store.acts(2)] == [4, 3]
    assert [each.txn for each in store.acts(9, before_txn=3)] == [2, 1]
    assert [each.txn for each in store.undoable(2)] == [4, 3]
