"""Sharing a plain folder: what changed comes in, what differs is written, nothing of either side is lost."""

import sys
from collections import Counter
from dataclasses import replace

import pytest
from tests.workspace.founders import aged, by_hand, tree

from fieldgate.documents.vectors import Order
from fieldgate.workspace.seeing import first_look
from fieldgate.workspace.sharing import FolderJob
from fieldgate.workspace.wishes import NOTHING_SAID


def test_a_shared_folder_opens_on_another_machine_with_the_same_content(anna, ben):
    note = anna.note("Khách nói: đắt quá — ลูกค้าบอกว่าราคาแพงมาก")
    anna.sync()
    assert ben.record("note", note).text == anna.record("note", note).text
    assert ben.at.facts.workspace.name == "Trả lương"


def test_opening_writes_nothing_to_the_folder(anna, ben):
    before = tree(anna.folder)
    ben.at.state()
    ben.leave()
    assert tree(anna.folder) == before


def test_once_both_have_the_same_nobody_reads_or_writes_anything(anna, ben):
    anna.note("40 евро на месец")
    anna.sync()
    ben.sync()
    aged(anna.folder)
    anna.sync()
    ben.sync()
    for founder in (anna, ben, anna):
        report = founder.sync()
        assert (report.read, report.written, report.quiet) == (0, 0, True)


def test_one_changed_record_is_one_file_written_and_one_file_read(anna, ben):
    notes = [anna.note(f"nói {number}") for number in range(20)]
    anna.sync()
    ben.sync()
    aged(anna.folder)
    anna.sync()
    ben.sync()
    anna.edit("note", notes[3], text="太貴了")
    gave = anna.sync()
    assert gave.written == 1
    came = ben.sync()
    assert (came.read, came.written, came.changed) == (1, 0, (notes[3],))


def test_both_edit_different_fields_of_one_record_and_both_edits_stay(anna, ben):
    customer = anna.customer("Мая", segment="hotels")
    anna.sync()
    ben.sync()
    anna.edit("customer", customer, contact="mail maya@example.com")
    ben.edit("customer", customer, segment="Клиники")
    ben.sync()
    report = anna.sync()
    assert report.merged == (customer,)
    ben.sync()
    for founder in (anna, ben):
        found = founder.record("customer", customer)
        assert (found.contact, found.segment, found.conflicts) == ("mail maya@example.com", "Клиники", ())


def with_trailer(founder, record_id):
    """The text that the file of a record would have now."""
    return founder.at.store.file_text(founder.at.store.heads()[record_id])


def test_both_change_one_field_and_both_are_asked_once_and_one_decision_travels(anna, ben):
    customer = anna.customer("Lan", segment="hotels")
    anna.sync()
    ben.sync()
    anna.edit("customer", customer, segment="khách sạn")
    ben.edit("customer", customer, segment="โรงแรม")
    anna.sync()
    ben.sync()
    anna.sync()
    for founder in (anna, ben):
        found = founder.record("customer", customer)
        values = {found.segment, *(each.value for each in found.conflicts)}
        assert values == {"khách sạn", "โรงแรม"}
        assert len(found.conflicts) == 1
        assert founder.at.state().summary.waiting["conflict"] == 1
    anna.at.perform("customer.settle", customer, {"field": "segment", "number": 1})
    assert "\nanswered:\n" in with_trailer(anna, customer)
    anna.at.undo()
    assert "answered:" not in with_trailer(anna, customer)
    anna.at.redo()
    anna.sync()
    ben.sync()
    assert ben.record("customer", customer) == anna.record("customer", customer)
    assert ben.file_of(customer).read_text(encoding="utf-8") == with_trailer(anna, customer)
    # By the marks of what was decided a name could be guessed: they go with a customer who is forgotten.
    anna.at.forget(customer)
    assert "answered:" not in with_trailer(anna, customer)
    assert anna.sync().troubles == ()
    ben.sync()
    assert ben.record("customer", customer).name == "(forgotten)"


def test_an_edit_by_hand_is_an_ordinary_edit(anna):
    note = anna.note("Pays 40 EUR")
    anna.sync()
    by_hand(anna.file_of(note), "Pays 40 EUR", "Pays 45 EUR")
    report = anna.sync()
    assert report.changed == (note,)
    assert anna.record("note", note).text == "Pays 45 EUR"
    assert anna.sync().written == 0
    events = [each for each in anna.at.store.history(note) if each.action == "merge"]
    assert [(each.before["text"], each.after["text"]) for each in events] == [("Pays 40 EUR", "Pays 45 EUR")]


def test_line_ends_of_another_system_are_no_edit(anna):
    note = anna.note("một\nhai\nba")
    anna.sync()
    path = anna.file_of(note)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert anna.sync().changed == ()
    assert anna.record("note", note).text == "một\nhai\nba"


def test_a_hand_edit_and_an_edit_of_the_other_merge(anna, ben):
    note = anna.note("first line\nsecond line\nthird line")
    anna.sync()
    ben.sync()
    ben.edit("note", note, text="first line\nsecond line\nthird line, she says")
    by_hand(anna.file_of(note), "first line", "first line, twice")
    ben.sync()
    anna.sync()
    for founder in (anna, ben):
        assert founder.record("note", note).text == "first line, twice\nsecond line\nthird line, she says"


@pytest.mark.parametrize("naive", [False, True])
def test_what_two_said_at_once_is_there_for_both_unless_the_base_is_what_was_last_seen(anna, ben, monkeypatch, naive):
    """The mutant: where the vector does not count, a file that replaces another one takes a sentence with it."""
    if naive:
        monkeypatch.setattr("fieldgate.sync.take.compare", lambda *_: Order.AFTER)
    note = anna.note("first\nlast")
    anna.sync()
    ben.sync()
    anna.edit("note", note, text="anna's\nfirst\nlast")
    ben.edit("note", note, text="first\nlast\nben's")
    for founder in (anna, ben, anna, ben):
        founder.sync()
    texts = {founder.record("note", note).text for founder in (anna, ben)}
    assert (texts == {"anna's\nfirst\nlast\nben's"}) is not naive


def test_files_are_gone_through_a_few_times_whatever_their_number(anna):
    """Ten thousand files that each asked all others where they stand took a minute."""
    for number in range(30):
        anna.note(f"nói {number}")
    anna.sync()
    place = anna.at.store.folders.at(anna.folder)

    class Counting(dict):
        rounds = 0

        def __iter__(self):
            self.rounds += 1
            return super().__iter__()

        def items(self):
            self.rounds += 1
            return super().items()

        def values(self):
            self.rounds += 1
            return super().values()

    known = Counting(anna.at.store.folders.files(place))
    look = replace(first_look(anna.folder, anna.at.facts.workspace.id), known=known)
    job = FolderJob(look, anna.at.facts.workspace.id, "aaaaa", NOTHING_SAID, known_place=True)
    anna.at.take_in(job, words="")
    assert 0 < known.rounds < 15


def test_a_first_opening_reads_every_record_once(anna, ben):
    for number in range(10):
        anna.note(f"nói {number}")
    anna.sync()
    aged(anna.folder)
    calls = Counter()

    def count(frame, event, _):
        if event == "call":
            calls[frame.f_code.co_name] += 1

    sys.setprofile(count)
    try:
        ben.at.state()
    finally:
        sys.setprofile(None)
    files = sum(path.endswith(".md") for path in ben.files())
    assert calls["from_document"] == calls["kept"] == files
    assert calls["_digest"] <= files + 1


def test_a_record_whose_file_was_made_another_one_by_hand_gets_a_file_of_its_own(anna, ben):
    note = anna.note("Khách nói: đắt quá")
    anna.sync()
    aged(anna.folder)
    anna.sync()
    path, other = anna.file_of(note), "7k3m9q2xw4tb1n8c"
    path.write_text(path.read_text("utf-8").replace(note, other), "utf-8")
    anna.sync()
    assert f"id: {other}" in path.read_text("utf-8")
    assert f"id: {note}" in path.with_stem(f"{path.stem}-2").read_text("utf-8")
    assert anna.sync().quiet
    for founder in (anna, ben):
        founder.sync()
        assert {founder.record("note", each).text for each in (note, other)} == {"Khách nói: đắt quá"}
