"""Shared folders, their files as last seen, and what is wrong there."""

from dataclasses import replace
from pathlib import Path

from tests.builders import NOW

from fieldgate.store.folders import SeenFile

SEEN = SeenFile(path="notes/a.md", id="n1", size=3, mtime_ns=5, inode=7, digest="d", vector={"k3f9a": 2})


def test_a_folder_is_remembered_once_and_found_at_its_path(store):
    one = store.folders.add(Path("/shared/Трай"), device=1, inode=2)
    assert store.folders.add(Path("/shared/Трай")) == one
    assert store.folders.at(Path("/shared/Трай")) == one
    assert store.folders.at(Path("/shared")) is None
    assert (one.device, one.inode, one.last_sync) == (1, 2, None)


def test_what_changes_of_a_folder_is_remembered(store):
    one = store.folders.add(Path("/shared/a"))
    moved = replace(one, path=Path("/shared/b"), remote="git@host:x", branch="main", last_sync=NOW)
    store.folders.change(moved)
    assert store.folders.all() == [moved]


def test_files_are_remembered_by_folder_and_path(store):
    one, two = store.folders.add(Path("/a")), store.folders.add(Path("/b"))
    other = replace(SEEN, path="notes/b.md", id="n2")
    store.folders.see(one, [SEEN, other])
    store.folders.see(two, [SEEN])
    store.folders.see(one, [replace(SEEN, size=4)], gone=["notes/b.md"])
    assert store.folders.files(one) == {"notes/a.md": replace(SEEN, size=4)}
    assert store.folders.files(two) == {"notes/a.md": SEEN}


def test_trouble_is_that_of_the_last_look(store):
    one = store.folders.add(Path("/a"))
    store.folders.set_trouble(one, {"notes/a.md": "line 3", "notes/b.md": "empty"})
    store.folders.set_trouble(one, {"notes/b.md": "empty"})
    assert store.folders.trouble(one) == {"notes/b.md": "empty"}
    store.folders.set_trouble(one, {})
    assert store.folders.trouble(one) == {}


def test_a_forgotten_folder_leaves_nothing_behind_here(store):
    one, two = store.folders.add(Path("/a")), store.folders.add(Path("/b"))
    store.folders.see(one, [SEEN])
    store.folders.see(two, [SEEN])
    store.folders.set_trouble(one, {"x": "y"})
    store.folders.forget(one)
    assert store.folders.all() == [two]
    assert store.folders.files(one) == {}
    assert store.folders.files(two) == {"notes/a.md": SEEN}
