"""What hangs together comes in together: evidence in its note, circles that two founders closed, places that moved."""

import re

from tests.workspace.founders import by_hand

from fieldgate.domain.invariants import violations
from fieldgate.workspace.wishes import Place


def belief(founder, statement):
    answers = {"statement": statement, "area": "problem", "step": "discovery"}
    founder.at.perform("hypothesis.create", None, answers)
    return founder.at.last_act.changes[0].record.id


def code(founder, record_id):
    return founder.record("hypothesis", record_id).code


def test_evidence_taken_out_of_a_file_by_hand_is_taken_back(anna, ben):
    anna.customer("Лан")
    anna.at.perform("note.create", None, {"text": "She pays", "customer_id": "C1"})
    note, hypothesis = anna.at.last_act.changes[0].record.id, belief(anna, "Họ trả tiền")
    anna.at.perform("note.yes", note, {"hypothesis": code(anna, hypothesis), "strength": 3})
    anna.sync()
    text = anna.file_of(note).read_text(encoding="utf-8")
    start = text.index("evidence:\n")
    end = next(found.start() for found in re.finditer(r"^(?! |evidence)", text[start:], re.MULTILINE))
    by_hand(anna.file_of(note), text[start : start + end], "")
    anna.sync()
    assert not any(each.live for each in anna.at.store.records("evidence"))
    ben.sync()
    assert not any(each.live for each in ben.at.store.records("evidence"))
    assert anna.sync().quiet


def test_a_circle_that_files_close_is_cut_alike_and_asked_about(anna, ben):
    one, other = belief(anna, "one"), belief(anna, "other")
    anna.sync()
    ben.sync()
    for child, parent in ((one, other), (other, one)):
        by_hand(anna.file_of(child), "kind: hypothesis\n", f"kind: hypothesis\nparent_id: {parent}\n")
    for founder in (ben, anna, ben, anna):
        founder.sync()
        assert violations(founder.at.facts) == ()
    links = [[each.record("hypothesis", name).parent_id for name in (one, other)] for each in (anna, ben)]
    assert links == [[None, one], [None, one]]
    assert anna.record("hypothesis", one).conflicts


def test_a_folder_that_was_renamed_is_the_same_one_and_a_moved_one_is_told(anna, tmp_path):
    anna.sync()
    anna.leave()
    anna.folder = anna.folder.rename(tmp_path / "renamed")
    anna.sync()
    assert [each.path for each in anna.at.store.folders.all()] == [anna.folder]
    anna.leave()
    moved = tmp_path / "moved"
    anna.folder.rename(moved)
    anna.folder = moved
    anna.sync(place=Place.MOVED)
    assert [each.path for each in anna.at.store.folders.all()] == [moved]
