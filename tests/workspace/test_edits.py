"""Texts in the user's own editor: kept until they are safe, found again when the program ended meanwhile."""

import stat
import subprocess
import sys

import pytest

from fieldgate.workspace.edits import begin, end, left

PLACE = ("note.edit", "n000000000000001", "text")


@pytest.fixture
def dead():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def orphaned(file, dead):
    """Let a folder look as one of a program that is no more."""
    return file.parent.rename(file.parent.with_name(f"{dead}-{file.parent.name}")) / file.name


def test_what_was_written_is_found_when_the_program_is_no_more(tmp_path, dead):
    file = begin(tmp_path / "edits", PLACE, "trước\n")
    assert {stat.S_IMODE(each.stat().st_mode) & 0o077 for each in (file, file.parent, file.parent.parent)} == {0}
    file.write_text("sau\n", "utf-8")
    assert list(left(tmp_path / "edits")) == [], "its program still runs"
    file = orphaned(file, dead)
    (found,) = left(tmp_path / "edits")
    assert (found.place, found.text) == (PLACE, "sau")
    found.forget()
    assert list(left(tmp_path / "edits")) == []
    assert not file.parent.exists()


def test_what_was_not_changed_and_what_is_no_draft_is_not_offered(tmp_path, dead):
    assert list(left(tmp_path / "none")) == []
    same = orphaned(begin(tmp_path, PLACE, "giữ"), dead)
    (tmp_path / "notes").mkdir()
    bare = orphaned(begin(tmp_path, PLACE, "x"), dead)
    bare.write_bytes(b"\xff")
    assert list(left(tmp_path)) == []
    assert not same.exists()
    assert bare.exists()


def test_what_an_editor_left_for_a_crash_of_its_own_stays(tmp_path):
    file = begin(tmp_path, PLACE, "x")
    (file.parent / ".text.md.swp").write_bytes(b"b0VIM")
    end(file)
    assert [each.name for each in file.parent.iterdir()] == [".text.md.swp"]
    kept = begin(tmp_path, PLACE, "y")
    end(kept, keep=True)
    assert list(kept.parent.iterdir()) == [kept]
