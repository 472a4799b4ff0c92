"""What goes wrong with shared folders: copies, missing, broken, foreign and older files. Nothing is lost by it."""

import shutil

import pytest
from tests.workspace.founders import Founder, by_hand, carry, tree

from fieldgate.documents.frontmatter import parse
from fieldgate.errors import BusyError, FormatError, RefusedError, UndecidedError
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.syncing import share


@pytest.mark.parametrize(
    "name", ["{stem}.sync-conflict-20261120-101112-ABCDEFG.md", "{stem} (Ben's conflicted copy 2026-11-20).md"]
)
def test_a_conflict_copy_is_merged_by_id_and_removed(anna, ben, tmp_path, name):
    note = anna.note("a\nb\nc")
    anna.sync()
    other = tmp_path / "there"
    carry(anna.folder, other)
    ben.folder = other
    ben.edit("note", note, text="a\nb\nc\nของ")
    ben.leave()
    anna.edit("note", note, text="Ана\na\nb\nc")
    anna.sync()
    mine = anna.file_of(note)
    copy = mine.with_name(name.format(stem=mine.stem))
    shutil.copy(ben.file_of(note), copy)
    report = anna.sync()
    assert anna.record("note", note).text == "Ана\na\nb\nc\nของ"
    assert report.removed == (f"notes/{copy.name}",)
    assert not copy.exists()
    assert anna.sync().quiet


def test_a_first_opening_merges_conflict_copies(anna, ben, tmp_path):
    note = anna.note("a\nb\nc")
    anna.sync()
    mine = anna.file_of(note)
    old = mine.read_bytes()
    anna.edit("note", note, text="a\nb\nc\nd")
    anna.sync()
    mine.with_name(f"{mine.stem}.sync-conflict-20261120-101112-ABCDEFG.md").write_bytes(old)
    assert ben.record("note", note).text == "a\nb\nc\nd"


def test_a_copy_made_as_a_template_is_asked_about(anna):
    note = anna.note("как плащате?")
    anna.sync()
    mine = anna.file_of(note)
    copy = mine.with_name("my new note.md")
    copy.write_text(mine.read_text(encoding="utf-8").replace("как плащате?", "нещо друго"), encoding="utf-8")
    report = anna.sync()
    assert report.undecided == ("notes/my new note.md",)
    assert anna.record("note", note).text == "как плащате?"
    assert copy.exists()
    assert anna.sync().undecided == report.undecided
    anna.sync(doubles_too=True)
    assert "нещо друго" in anna.record("note", note).text
    assert not copy.exists()


def test_a_copy_made_as_a_template_becomes_a_record_of_its_own(anna, ben):
    note = anna.note("как плащате?")
    anna.sync()
    mine = anna.file_of(note)
    copy = mine.with_name("my new note.md")
    copy.write_text(mine.read_text(encoding="utf-8").replace("как плащате?", "нещо друго"), encoding="utf-8")
    anna.sync()
    report = anna.sync(doubles_new=True)
    (made,) = report.new
    assert (report.undecided, report.written) == ((), 1)
    assert [anna.record("note", each).text for each in (note, made)] == ["как плащате?", "нещо друго"]
    assert [anna.record("note", each).code for each in (note, made)] == ["N1", "N2"]
    assert f"id: {made}" in copy.read_text(encoding="utf-8").replace('"', "")
    assert anna.sync().quiet
    assert ben.record("note", made).text == "нещо друго"
    assert ben.sync().quiet


def test_a_missing_file_changes_no_record_until_somebody_chooses(anna):
    notes = [anna.note(f"câu {number}") for number in range(12)]
    anna.sync()
    anna.file_of(notes[0]).unlink()
    for _ in range(2):
        report = anna.sync()
        assert report.missing_ids == (notes[0],)
        assert report.written == 0
    assert anna.record("note", notes[0]).live
    assert anna.sync(put_back=True).written == 1
    assert anna.sync().missing == ()
    anna.file_of(notes[1]).unlink()
    anna.sync(archive=True)
    assert not anna.record("note", notes[1]).live
    assert b"deleted_at" in anna.file_of(notes[1]).read_bytes()


def test_too_many_missing_files_stop_everything(anna):
    notes = [anna.note(f"câu {number}") for number in range(12)]
    anna.sync()
    by_hand(anna.file_of(notes[11]), "câu 11", "câu mười một")
    for note in notes[:6]:
        anna.file_of(note).unlink()
    before = tree(anna.folder)
    with pytest.raises(UndecidedError, match="6 of"):
        anna.sync()
    assert tree(anna.folder) == before
    assert anna.record("note", notes[11]).text == "câu 11"


@pytest.mark.parametrize("left", [(), ("notes",)])
def test_a_folder_without_its_marker_is_refused(anna, left):
    anna.note("x")
    anna.sync()
    for path in anna.folder.iterdir():
        if path.name not in left:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(FormatError):
        anna.sync()
    assert [path.name for path in anna.folder.iterdir()] == list(left)


def test_a_folder_that_became_another_workspace_is_refused(anna, tmp_path):
    other = Founder(tmp_path / "other", "anna", tmp_path / "another").start()
    shutil.rmtree(anna.folder)
    anna_opened = anna._open or None
    shutil.copytree(other.folder, anna.folder)
    assert anna_opened is None
    store = next(anna.locations.workspaces().iterdir())
    opened = open_workspace(inspect(store / "store.fieldgate", anna.locations), anna.locations, anna.clock, "anna")
    with pytest.raises(UndecidedError, match="another workspace"):
        opened.sync()
    opened.close()
    other.leave()


def test_a_broken_file_is_named_and_left_alone_and_the_rest_comes_in(anna, ben):
    bad, good = anna.note("bad one"), anna.note("good one")
    anna.sync()
    ben.sync()
    path = anna.file_of(bad)
    path.write_text(path.read_text(encoding="utf-8")[:40], encoding="utf-8")
    by_hand(anna.file_of(good), "good one", "better one")
    broken = path.read_bytes()
    report = ben.sync()
    assert [each.path for each in report.troubles] == [f"notes/{path.name}"]
    assert ben.record("note", good).text == "better one"
    ben.edit("note", bad, text="changed here")
    ben.sync()
    assert path.read_bytes() == broken
    assert [each.path for each in ben.sync().troubles] == [f"notes/{path.name}"]


def test_a_file_that_changed_while_we_wrote_is_not_overwritten(anna):
    note = anna.note("mine")
    anna.sync()
    anna.edit("note", note, text="mine too")
    by_hand(anna.file_of(note), "mine", "theirs")
    gave = anna.at.give_out()
    assert (gave.written, gave.skipped) == (0, 1)
    assert "theirs" in anna.file_of(note).read_text(encoding="utf-8")
    anna.sync()
    words = anna.record("note", note).text
    assert "theirs" in words
    assert "too" in words


def test_an_older_folder_that_comes_back_loses_nothing(anna, tmp_path):
    note = anna.note("old words")
    anna.sync()
    stale = tmp_path / "stale"
    carry(anna.folder, stale)
    anna.edit("note", note, text="new words")
    anna.sync()
    carry(stale, anna.folder)
    report = anna.sync()
    assert len(report.older) == 1
    assert anna.record("note", note).text == "new words"
    assert "new words" in anna.file_of(note).read_text(encoding="utf-8")
    anna.sync(go_back=True)
    assert anna.record("note", note).text == "old words"
    assert "old words" in anna.file_of(note).read_text(encoding="utf-8")
    with pytest.raises(RefusedError, match="No older files"):
        anna.sync(go_back=True)
    anna.at.undo()
    assert anna.record("note", note).text == "new words"


def test_unknown_fields_and_kinds_of_a_newer_version_survive(anna, ben):
    note = anna.note("x")
    anna.sync()
    by_hand(anna.file_of(note), "kind: note\n", "kind: note\nmood: весел\n")
    anna.sync()
    ben.edit("note", note, text="y")
    ben.leave()
    anna.sync()
    assert 'mood: "весел"' in anna.file_of(note).read_text(encoding="utf-8")
    assert anna.record("note", note).text == "y"


def test_a_known_workspace_at_another_place_is_one_more_place_unless_it_is_older(anna, tmp_path):
    note = anna.note("x")
    anna.sync()
    anna.leave()
    stick = tmp_path / "stick"
    carry(anna.folder, stick)
    home = anna.folder
    anna.folder = stick
    anna.edit("note", note, text="written on the stick")
    anna.leave()
    assert len(parse(anna.file_of(note).read_text(encoding="utf-8")).vector) > 0
    anna.folder = home
    older = tmp_path / "older"
    carry(home, older)
    anna.folder = older
    with pytest.raises(UndecidedError, match="older"):
        anna.sync()


def test_a_working_file_is_never_shared_itself(anna):
    with pytest.raises(BusyError, match="must not be shared"):
        share(anna.at, anna.at.store.path.parent)
