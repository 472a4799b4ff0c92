"""Records that come in with their own history: many at once, links to what is missing, and those that are there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import builders as make
from tests.builders import NOW
from tests.store.conftest import WRITER

from fieldgate.documents.codec import from_document
from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import parse
from fieldgate.domain.changes import Act, Edit
from fieldgate.domain.identity import named_id
from fieldgate.domain.kinds import kinds
from fieldgate.domain.records.learning import NoteKind
from fieldgate.errors import RefusedError
from fieldgate.store.store import Store
from fieldgate.store.taking import Arrival, arrivals_of
from fieldgate.store.versions import Head, Kept, assembled, kept

OTHER = {"by": "minh", "now": NOW + timedelta(hours=1), "session": "p7q2b"}


def version(record, evidence=(), checks=(), vector=None, **unknown):
    head = Head(id=record.id, kind="", unknown=unknown)
    return kept(Version(document=assembled(record, evidence, checks, head), vector=vector or {"zzzzz": 7}))


def arriving(record, evidence=(), checks=(), vector=None, **unknown):
    return Arrival(
        record=record,
        evidence=tuple(evidence),
        checks=tuple(checks),
        unknown=unknown,
        head=version(record, evidence, checks, vector, **unknown),
    )


def piece_of(store, note, hypothesis, **given):
    workspace = store.load_facts().workspace
    row_id = named_id(workspace.id, "evidence", note.id, hypothesis.id)
    return make.a_piece(note, hypothesis, "yes", 3, id=row_id, updated_at=NOW, created_at=NOW, **given)


def test_many_records_come_in_as_one_act_with_an_event_each(store):
    hypotheses = [make.a_hypothesis(code=f"H{n}") for n in range(10, 20)]
    notes = [make.a_note("Mỗi thứ sáu", code=f"N{n}") for n in range(10, 310)]
    evidence = [make.a_piece(each, hypotheses[n % 10]) for n, each in enumerate(notes)]
    facts = store.load_facts()
    done = store.take_in(facts, arrivals_of([*hypotheses, *notes, *evidence]), **OTHER, words="opened the folder")
    assert store.acts(1)[0].words == "opened the folder"
    assert len([each for each in store.log(1000) if each.txn == done.txn]) == 610
    assert done.facts.tables == store.load_facts().tables
    assert {each.id for each in notes} < store.heads().keys()


def test_what_comes_in_keeps_its_own_times_codes_and_version(store):
    note = make.a_note(code="N7", created_at=NOW - timedelta(days=9), updated_by="kiri")
    head = version(note, vector={"aaaaa": 3, "bbbbb": 4})
    store.take_in(store.load_facts(), [Arrival(record=note, head=head)], **OTHER)
    assert store.record("note", note.id) == note
    saved = store.heads()[note.id]
    assert (saved.vector, saved.digest) == ({"aaaaa": 3, "bbbbb": 4}, head.digest)
    assert [each.vector for each in store.versions(note.id)] == [{"aaaaa": 3, "bbbbb": 4}]


def test_notes_that_no_rule_asks_for_do_not_fill_the_facts(store):
    idle = [make.a_note(kind=NoteKind.VIEW, code="") for _ in range(5)]
    done = store.take_in(store.load_facts(), arrivals_of(idle), **OTHER)
    assert done.facts.tables == store.load_facts().tables
    assert not done.facts.notes.keys() & {each.id for each in idle}


def test_a_record_that_is_there_becomes_what_has_come(store):
    facts = store.load_facts()
    old = store.record("customer", next(iter(facts.customers)))
    new = replace(old, name="Анна П.", awareness=4, updated_at=NOW + timedelta(minutes=5))
    done = store.take_in(facts, [arriving(new)], **OTHER, action="merge")
    assert store.record("customer", old.id) == new
    assert done.facts.customers[old.id] == new
    event = store.history(old.id)[0]
    assert (event.action, event.before, event.after) == (
        "merge",
        {"awareness": 0, "name": old.name},
        {"awareness": 4, "name": "Анна П."},
    )


def test_the_same_again_makes_no_act(store):
    record = store.record("customer", next(iter(store.load_facts().customers)))
    done = store.take_in(store.load_facts(), [arriving(record, vector={"ccccc": 9})], **OTHER)
    assert done.txn is None
    assert store.heads()[record.id].vector == {"ccccc": 9}
    assert len(store.acts()) == 1


def test_unknown_fields_are_written_back_with_the_next_version(store, do):
    note = make.a_note(code="N7")
    store.take_in(store.load_facts(), [arriving(note, mood="glad", tags=("a", "b"))], **OTHER)
    do(store, store.load_facts(), Edit("note", note.id, {"text": "other"}))
    newest = store.versions(note.id)[-1].document
    assert (newest.head["mood"], newest.head["tags"], newest.body) == ("glad", ("a", "b"), "other")


def test_a_link_to_a_record_that_is_missing_waits_for_it_and_stays_in_the_file(store, do):
    meeting, customer = make.a_meeting(code="M9"), make.a_customer(code="C9")
    note = make.a_note(code="N9", meeting_id=meeting, customer_id=customer)
    done = store.take_in(store.load_facts(), [arriving(note)], **OTHER)
    assert store.record("note", note.id).meeting_id is None
    facts = do(store, done.facts, Edit("note", note.id, {"text": "edited meanwhile"})).facts
    assert store.versions(note.id)[-1].document.head["meeting_id"] == meeting.id
    facts = store.take_in(facts, [arriving(meeting)], **OTHER).facts
    saved = store.record("note", note.id)
    assert (saved.meeting_id, saved.customer_id) == (meeting.id, None)
    facts = store.take_in(facts, [arriving(customer)], **OTHER).facts
    assert store.record("note", note.id).customer_id == customer.id
    assert store.heads()[note.id].loose == {}
    assert facts.tables == store.load_facts().tables
    assert store.integrity() == ()


def test_a_link_that_somebody_set_meanwhile_is_not_replaced_when_the_missing_one_comes(store, do):
    missing, chosen = make.a_meeting(code="M9"), next(iter(store.load_facts().meetings))
    note = make.a_note(code="N9", meeting_id=missing)
    facts = store.take_in(store.load_facts(), [arriving(note)], **OTHER).facts
    facts = do(store, facts, Edit("note", note.id, {"meeting_id": chosen})).facts
    store.take_in(facts, [arriving(missing)], **OTHER)
    assert store.record("note", note.id).meeting_id == chosen


def test_evidence_for_a_missing_hypothesis_waits_for_it_and_stays_in_the_file(store, do):
    hypothesis, note = make.a_hypothesis(code="H9"), make.a_note(code="N9")
    piece = piece_of(store, note, hypothesis)
    facts = store.take_in(store.load_facts(), [arriving(note, [piece])], **OTHER).facts
    facts = do(store, facts, Edit("note", note.id, {"text": "edited meanwhile"})).facts
    assert store.versions(note.id)[-1].document.head["evidence"][hypothesis.id]["answer"] == "yes 3"
    facts = store.take_in(facts, [arriving(hypothesis)], **OTHER).facts
    assert store.record("evidence", piece.id).strength == 3
    assert facts.evidence[piece.id].hypothesis_id == hypothesis.id
    assert store.integrity() == ()


def test_a_check_whose_meeting_is_missing_comes_in_without_it(store):
    card = make.a_touchpoint(code="BY-SAL-77")
    check = make.a_check(card, meeting_id=make.an_id(10**9))
    store.take_in(store.load_facts(), [arriving(card, checks=[check])], **OTHER)
    assert store.record("check", check.id).meeting_id is None


def test_what_cannot_be_tied_at_all_comes_in_wholly_or_not_at_all(store):
    facts = store.load_facts()
    twice = make.a_member("ana")
    with pytest.raises(RefusedError):
        store.take_in(facts, [arriving(make.a_note(code="N9")), arriving(twice)], **OTHER)
    assert store.load_facts().tables == facts.tables


def test_what_came_in_is_found_by_the_words_of_its_checks(store):
    card = make.a_touchpoint(code="BY-SAL-77")
    store.take_in(store.load_facts(), [arriving(card, checks=[make.a_check(card, text="Đặt câu hỏi")])], **OTHER)
    with store._database.reading() as connection:
        found = connection.exec_driver_sql("select id from search where instr(folded, 'dat cau hoi')").scalar()
    assert found == card.id


def test_a_file_that_was_taken_in_is_given_back_as_it_was(store):
    text = (
        '---\nid: "7k3m9q2xw4tb1n8c"\nkind: note\ncode: N77\ncreated_at: 2026-11-20T10:00:00Z\nfuture: "x"\n'
        "note_kind: view\nsaid_on: 2026-11-20\nupdated_at: 2026-11-20T10:00:00Z\n---\n"
        "ลูกค้าบอกว่าราคาแพงมาก\n<!-- fieldgate 000000000000 zzzzz.5 -->\n"
    )
    found = parse(text)
    workspace = store.load_facts().workspace
    parsed = from_document(found.document, workspace_id=workspace.id)
    mark = kept(found).digest
    arrival = Arrival(
        record=parsed.record, unknown=parsed.unknown, head=Kept(id=parsed.record.id, vector={"zzzzz": 5}, digest=mark, text=text)
    )  # fmt: skip
    store.take_in(store.load_facts(), [arrival], **OTHER)
    assert store.version("7k3m9q2xw4tb1n8c", mark).document == found.document
    head = store.heads()["7k3m9q2xw4tb1n8c"]
    assert assembled(store.record("note", parsed.record.id), [], [], head) == found.document


def test_a_new_workspace_is_one_lasting_act_of_versions_of_ours(store):
    assert [(each.action, each.lasting) for each in store.acts()] == [("create", True)]
    assert {tuple(each.vector) for each in store.heads().values()} == {(WRITER,)}


def test_a_write_under_a_slow_clock_is_not_the_pair_that_a_full_vector_forgets(tmp_path):
    full = {f"w{number:04}": 1_900_000_000 + number for number in range(32)}
    note = make.a_note("giá", code="N1")
    arrival = arriving(note, vector=full)
    with Store.create(tmp_path / "a.fieldgate", [make.a_workspace()], by="ana", now=NOW, writer=WRITER) as store:
        store.take_in(None, [arrival], **OTHER)
        store.commit(
            store.load_facts(),
            lambda _: Act(action="edit", changes=(Edit("note", note.id, {"text": "ราคา"}),)),
            by="ana",
            now=NOW,
            session=WRITER,
        )
        vector = store.heads([note.id])[note.id].vector
    assert vector[WRITER] == max(full.values()) + 1
    assert len(vector) == 32


def test_two_thousand_records_come_out_as_they_went_in(tmp_path):
    hypotheses = [make.a_hypothesis(code=f"H{n}") for n in range(50)]
    notes = [make.a_note("Каждый петък", code=f"N{n}") for n in range(1500)]
    records = [make.a_workspace(), *hypotheses, *notes, *(make.a_piece(each, hypotheses[0]) for each in notes[:500])]
    with Store.create(tmp_path / "big.fieldgate", records, by="ana", now=NOW, writer=WRITER) as store:
        saved = {each.id: each for kind in kinds() for each in store.records(kind)}
        assert saved == {each.id: each for each in records}
        assert store.integrity(full=False) == ()
