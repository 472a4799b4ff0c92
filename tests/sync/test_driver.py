"""The merge driver under real git."""

import subprocess
import sys
from dataclasses import replace

import pytest
from tests.sync.papers import edit, paper

from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import MERGED, dump, is_dirty, parse
from fieldgate.errors import BusyError, FormatError
from fieldgate.sync import driver
from fieldgate.sync.driver import ATTRIBUTES, merge_files, merge_versions, register
from fieldgate.sync.take import stamped

ROOT = stamped(Version(document=paper("note", "one\ntwo", said_on="2026-11-01")), "aaaaa", 1)


def after(version, writer, body, **changes):
    return stamped(replace(version, document=edit(version.document, writer, body=body, **changes)), writer, 2)


def merged(ancestor, one, other):
    return parse(merge_files(*(dump(each).encode() if each else b"" for each in (ancestor, one, other))).decode())


def test_two_edits_merge_and_the_result_says_that_no_store_made_it():
    both = merged(ROOT, after(ROOT, "bbbbb", "one\ntwo\nหนึ่ง"), after(ROOT, "ccccc", "ONE\ntwo"))
    assert both.document.body == "ONE\ntwo\nหนึ่ง"
    assert (both.mark, both.vector) == (MERGED, {"aaaaa": 1, "bbbbb": 2, "ccccc": 2})


def test_what_has_seen_the_other_stays_byte_for_byte():
    later = after(ROOT, "bbbbb", "three")
    assert merged(ROOT, ROOT, later) == merged(ROOT, later, ROOT) == later


def test_a_hand_edit_merges_on_what_git_says_both_come_from():
    by_hand = dump(ROOT).replace("two\n", "TWO\n").encode()
    later = dump(after(ROOT, "bbbbb", "ONE\ntwo")).encode()
    both = parse(merge_files(dump(ROOT).encode(), later, by_hand).decode())
    assert both.document.body == "ONE\nTWO"
    assert is_dirty(both)


def test_a_merge_that_says_what_one_side_said_is_that_side():
    wider = replace(after(ROOT, "zzzzz", "one\ntwo\nthree"), vector={"aaaaa": 1, "zzzzz": 2})
    undone = replace(ROOT, vector={"aaaaa": 1}, document=edit(ROOT.document))
    assert merge_versions(ROOT, wider, undone) == wider


def test_two_records_made_alike_unite_without_an_ancestor():
    other = stamped(Version(document=paper("note", "three", said_on="2026-11-01")), "bbbbb", 1)
    assert merged(None, ROOT, other).document.body == "one\ntwo\nthree"
    stranger = replace(ROOT, document=replace(ROOT.document, id="0" * 16))
    assert merged(stranger, ROOT, other).document.body == "one\ntwo\nthree"


@pytest.mark.parametrize(
    "broken", [b"", b"no head", dump(ROOT).encode()[:60], dump(ROOT).encode().rpartition(b"<!--")[0]]
)
def test_what_is_no_file_of_ours_is_refused(broken):
    with pytest.raises(FormatError):
        merge_files(b"", dump(ROOT).encode(), broken, "notes/x.md")


def test_two_records_in_one_file_are_refused():
    stranger = replace(ROOT, document=replace(ROOT.document, id="0" * 16))
    with pytest.raises(FormatError, match="two records"):
        merged(ROOT, ROOT, stranger)


def git(folder, *arguments, check=True):
    names = ["-c", "user.name=f", "-c", "user.email=f@x", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *names, *arguments], cwd=folder, check=check, capture_output=True, text=True)


@pytest.fixture
def clones(tmp_path, monkeypatch):
    """Two clones of one repository, each with the driver; the command runs this very source."""
    script = tmp_path / "driver.py"
    script.write_text(
        "import sys; from pathlib import Path; from fieldgate.sync.driver import merge_files\n"
        "o, a, b = (Path(each).read_bytes() for each in sys.argv[1:4])\n"
        "Path(sys.argv[2]).write_bytes(merge_files(o, a, b))\n"
    )
    monkeypatch.setattr(driver, "DRIVER", f"'{sys.executable}' '{script}' %O %A %B %P")
    bare, first = tmp_path / "bare", tmp_path / "first"
    git(tmp_path, "init", "--bare", str(bare))
    git(tmp_path, "init", str(first))
    (first / ".gitattributes").write_text(ATTRIBUTES)
    (first / "note.md").write_text(dump(ROOT))
    git(first, "remote", "add", "origin", str(bare))
    git(first, "add", ".")
    git(first, "commit", "-m", "first")
    git(first, "push", "-u", "origin", "main")
    git(tmp_path, "clone", str(bare), "second")
    for clone in (first, tmp_path / "second"):
        register(clone)
    return first, tmp_path / "second"


def test_git_pull_merges_records_and_leaves_no_markers(clones):
    first, second = clones
    for clone, writer, body in ((first, "bbbbb", "one\ntwo\nmine"), (second, "ccccc", "one\ntwo\nyours")):
        (clone / "note.md").write_text(dump(after(ROOT, writer, body, mark=writer)))
        git(clone, "commit", "-am", writer)
    git(first, "push")
    git(second, "pull", "--no-rebase", "--no-edit")
    both = parse((second / "note.md").read_text())
    assert both.document.body == "one\ntwo\nmine\nyours"
    assert both.mark == MERGED


def test_a_folder_that_is_no_clone_cannot_be_set_up(tmp_path):
    with pytest.raises(BusyError, match="could not be set up"):
        register(tmp_path)
