"""Every content that a record ever had can be had back, as an act like any other."""

from datetime import date
from random import Random

import pytest
from tests.workspace.founders import by_hand

from fieldgate.documents.frontmatter import parse
from fieldgate.domain.records.learning import HypothesisState, Stance
from fieldgate.errors import NotFoundError, RefusedError
from fieldgate.workspace.earlier import earlier_of, numbered


def bring_back(founder, kind, record_id, number):
    founder.at.bring_back([(kind, numbered(founder.at.store, record_id, number))])


def test_every_content_ever_seen_can_be_had_back(anna, ben):
    note = anna.note("first")
    anna.sync()
    by_hand(anna.file_of(note), "first", "by hand")
    anna.sync()
    anna.edit("note", note, text="ลูกค้า")
    anna.sync()
    ben.edit("note", note, text="ben's")
    ben.sync()
    mine = anna.file_of(note)
    copy = mine.with_name(f"{mine.stem}.sync-conflict-20261120-101112-ABCDEFG.md")
    copy.write_text(mine.read_text(encoding="utf-8").replace("ben's", "in a copy"), encoding="utf-8")
    anna.sync()
    seen = {each.number: each.version.document.body for each in earlier_of(anna.at.store, note)}
    assert set(seen.values()) >= {"first", "by hand", "ลูกค้า", "ben's", "in a copy"}
    for number, text in seen.items():
        if anna.record("note", note).text != text:
            bring_back(anna, "note", note, number)
        assert anna.record("note", note).text == text
        assert {each.number: each.version.document.body for each in earlier_of(anna.at.store, note)} == seen
    anna.sync()
    ben.sync()
    assert ben.record("note", note).text == anna.record("note", note).text == parse(mine.read_text()).document.body
    anna.at.undo()
    assert anna.record("note", note).text != ben.record("note", note).text


def test_every_content_of_a_random_history_can_be_had_back(anna, ben, tell):
    chance, said = Random(5), {}  # noqa: S311  a history to be had again
    notes = [anna.note(f"đầu {number}") for number in range(4)]
    anna.sync()
    for number in range(24):
        founder, note = chance.choice((anna, ben)), chance.choice(notes)
        text = f"{founder.record('note', note).text}\nลูกค้า {number}"[-60:]
        founder.edit("note", note, text=text)
        said.setdefault((founder.handle, note), set()).add(text)
        if number % 6 == 5:
            founder.sync()
    for founder in (ben, anna):
        founder.sync()
    back = 0
    for (handle, note), texts in said.items():
        store = (anna if handle == "anna" else ben).at.store
        assert texts <= {each.version.document.body for each in earlier_of(store, note)}
    for note in notes:
        for each in earlier_of(anna.at.store, note):
            if anna.record("note", note).text != each.version.document.body:
                bring_back(anna, "note", note, each.number)
            assert anna.record("note", note).text == each.version.document.body
            back += 1
    tell(f"edits of two founders {sum(map(len, said.values()))}: all kept; contents had back {back} of {back}")
    assert back > 20


def test_evidence_comes_back_with_its_note_and_what_came_later_goes(anna):
    note = anna.note("она плаща")
    beliefs = []
    for number in range(2):
        anna.at.perform("hypothesis.create", None, {"statement": f"giá {number}", "area": "problem"})
        beliefs.append(anna.at.last_act.changes[0].record.id)
    said = {"stance": Stance.YES, "strength": 2}
    anna.at.perform("note.evidence", note, {**said, "hypothesis": beliefs[0]})
    with_first = next(each.number for each in earlier_of(anna.at.store, note) if each.is_current)
    anna.at.undo()
    anna.at.perform("note.evidence", note, {**said, "hypothesis": beliefs[1]})
    bring_back(anna, "note", note, with_first)
    assert [each.hypothesis_id for each in anna.at.facts.evidence.values() if each.live] == [beliefs[0]]
    anna.at.undo()
    assert [each.hypothesis_id for each in anna.at.facts.evidence.values() if each.live] == [beliefs[1]]


def test_the_bet_stays_the_bet_and_the_code_stays(anna):
    anna.at.perform("hypothesis.create", None, {"statement": "loads are lost", "area": "problem", "importance": 3})
    belief = anna.at.last_act.changes[0].record.id
    anna.edit("hypothesis", belief, importance=4, statement="many loads are lost")
    anna.at.perform("hypothesis.lock", belief, {"prediction": "3 of 5", "metric": "names one", "due": date(2027, 1, 1)})
    bring_back(anna, "hypothesis", belief, 1)
    found = anna.record("hypothesis", belief)
    assert (found.importance, found.statement, found.state) == (3, "many loads are lost", HypothesisState.TESTING)
    assert found.code == "H1"


def test_what_is_no_change_or_no_version_is_refused_in_words(anna):
    note = anna.note("x")
    with pytest.raises(RefusedError, match="says that already"):
        bring_back(anna, "note", note, 1)
    with pytest.raises(NotFoundError, match="no version 7; there are 1"):
        bring_back(anna, "note", note, 7)


def test_an_archived_record_is_live_again_with_what_it_said(anna):
    note = anna.note("x")
    anna.edit("note", note, text="y")
    anna.at.perform("note.archive", note, {})
    bring_back(anna, "note", note, 1)
    assert (anna.record("note", note).text, anna.record("note", note).live) == ("x", True)
