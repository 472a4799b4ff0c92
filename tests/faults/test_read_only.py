"""Files and folders that may be read and not written, as an ordinary user: said in words, nothing lost, nothing silent."""

import os
import shutil
import subprocess
import sys

import pytest
from tests.ui.terminal import Terminal

from fieldgate.locations import Locations

ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"]
"""What takes from root that modes do not hold for it; for everybody else they do."""


def words_of(*words):
    return [*(ORDINARY if os.geteuid() == 0 else ()), sys.executable, *words]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def ordinary(tmp_path, home):
    """Run fieldgate as a user for whom modes hold."""
    locked = tmp_path / "locked"
    locked.write_text("x")
    locked.chmod(0o000)
    probe = subprocess.run(words_of("-c", f"open({str(locked)!r})"), capture_output=True, check=False)
    if b"PermissionError" not in probe.stderr:
        pytest.skip("modes hold for nobody here")

    def run(*words):
        done = subprocess.run(
            words_of("-m", "fieldgate", *map(str, words)),
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **settings(home)},
        )
        assert "Traceback" not in done.stderr
        assert "this is a bug" not in done.stderr, done.stderr
        return done

    return run


def settings(home):
    return {"FIELDGATE_AUTHOR": "an"} | {
        f"FIELDGATE_{each.upper()}": str(home / each) for each in ("data", "config", "cache")
    }


def test_a_store_that_may_only_be_read_is_read_and_every_edit_refused_in_words(ordinary, store, tell):
    before = store.read_bytes()
    tried = 0
    for file, folder in ((0o400, 0o500), (0o600, 0o500)):
        store.chmod(file)
        store.parent.chmod(folder)
        try:
            if not tried:
                assert ordinary("status", store).returncode == 0
            refused = ordinary("note", store, "a word")
            assert refused.returncode == 6, refused.stderr
            assert "cannot" in refused.stderr
            tried += 1
        finally:
            store.parent.chmod(0o700)
            store.chmod(0o600)
        assert store.read_bytes() == before
    store.chmod(0o000)
    refused = ordinary("status", store)
    assert refused.returncode in {3, 4, 6}
    assert "cannot be read" in refused.stderr
    store.chmod(0o600)
    assert ordinary("note", store, "a word").returncode == 0, "and it goes on where it may be written again"
    tell(f"read-only store as an ordinary user: calls {tried + 3}, changed 0, tracebacks 0")


def test_a_folder_of_ours_that_may_not_be_written_costs_no_edit_and_is_said(ordinary, store, home):
    (home / "data").mkdir(parents=True)
    (home / "data").chmod(0o500)
    try:
        kept = ordinary("note", store, "kept all the same")
        assert kept.returncode == 0, kept.stderr
        assert "No backup could be made" in kept.stderr
    finally:
        (home / "data").chmod(0o700)
    assert "kept all the same" in ordinary("list", store, "notes", "--json").stdout


def test_a_shared_folder_that_may_only_be_read_is_taken_in_and_left_as_it_is(ordinary, tmp_path):
    folder = tmp_path / "shared"
    shutil.copytree(Locations.find().sample(), folder)
    places = [folder, *(each for each in folder.rglob("*") if each.is_dir())]
    for each in places:
        each.chmod(0o500)
    try:
        assert ordinary("status", folder).returncode == 0
        noted = ordinary("note", folder, "kept at home")
        assert noted.returncode in {0, 6}, noted.stderr
        assert "written" in noted.stderr
        assert "kept at home" in ordinary("list", folder, "notes", "--json").stdout
    finally:
        for each in places:
            each.chmod(0o700)
    assert not list(folder.glob("notes/*kept-at-home*"))
    assert ordinary("sync", folder).returncode == 0
    assert list(folder.glob("notes/*kept-at-home*"))


def test_the_screen_reads_what_may_only_be_read_and_says_so_at_an_edit(ordinary, store, home):
    assert ordinary("status", store).returncode == 0
    store.chmod(0o400)
    store.parent.chmod(0o500)
    words = words_of("-m", "fieldgate", str(store), "--today", "2026-03-16")
    start = f"import os; os.execvp({words[0]!r}, {words!r})"
    try:
        with Terminal("-c", start, size=(100, 30), env=settings(home)) as terminal:
            terminal.until("all keys")
            terminal.settle()
            terminal.send("2")
            terminal.settle()
            terminal.send("x")
            terminal.until("cannot")
            terminal.send("\x11")
            assert terminal.end() == 0
    finally:
        store.parent.chmod(0o700)
        store.chmod(0o600)
