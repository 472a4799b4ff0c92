"""Two screens on one store know of each other at once; a screen that was killed is in nobody's way."""

import io
import subprocess
import sys

import pytest

from fieldgate.errors import BusyError
from fieldgate.workspace.door import Target, inspect, open_workspace
from fieldgate.workspace.upkeep.screens import Claim, Holder, claim, holder, settled

HOLD = """
import sys
from pathlib import Path
from fieldgate.workspace.upkeep.screens import Claim, claim
mine = claim(Path(sys.argv[1]))
print("has it" if isinstance(mine, Claim) else "refused", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "store.fieldgate"
    path.write_bytes(b"x")
    return path


@pytest.fixture
def other(store):
    """Another process that has the store open on its screen."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, store], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline().strip() == b"has it"
    yield process
    process.kill()
    process.communicate()


def test_a_second_screen_is_told_who_has_it(store, other):
    found = claim(store)
    assert isinstance(found, Holder)
    assert found.pid == other.pid
    assert holder(store) == found


def test_a_screen_that_was_killed_is_in_nobodys_way(store, other):
    other.kill()
    other.wait()
    assert holder(store) is None
    assert isinstance(claim(store), Claim)


@pytest.mark.parametrize(("answer", "read_only"), [("r", True), ("t", False)])
def test_it_may_be_read_or_worked_on_together(store, other, monkeypatch, answer, read_only):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n"))
    target, mine = settled(Target(path=store, kind="store", store=store))
    assert target.read_only is read_only
    mine.release()


def test_without_an_answer_it_is_left_alone(store, other, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(BusyError, match="open on a screen"):
        settled(Target(path=store, kind="store", store=store))


def test_what_is_opened_for_reading_refuses_every_edit(workspace, locations, clock):
    target = inspect(workspace.store.path, locations)
    reading = open_workspace(target._replace(read_only=True), locations, clock, "an")
    try:
        assert reading.state().read_only
        with pytest.raises(BusyError, match="read-only"):
            reading.perform("note.create", None, {"text": "no", "said_on": clock.today()})
    finally:
        reading.close(give_out=False)


def test_a_note_that_is_nonsense_is_still_a_note(store):
    mine = claim(store)
    note = store.with_name(f".{store.name}.screen")
    assert note.stat().st_mode & 0o777 == 0o600
    note.write_bytes(b"\xff\x1b]0;x\x07")
    assert holder(store) == Holder(0, "?", "?")
    mine.release()
