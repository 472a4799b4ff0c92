"""The demo: today is the day the sample was written for, something waits in every kind of triage, nothing is left."""

import fcntl
import os
import tempfile
from contextlib import closing
from datetime import date

from fieldgate.domain.triage.catalog import TRIAGE_KINDS
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY, demo, moved, remove_left
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.reading import open_reading


def figures(locations, clock):
    with demo(locations, clock) as (own, path), open_reading(inspect(path, own), own, clock) as reading:
        return reading.summary


def test_any_day_looks_like_the_day_it_was_written_for(locations):
    there = figures(locations, Clock(SAMPLE_DAY))
    later = figures(locations, Clock(date(2027, 2, 28)))
    assert (later.met, later.total, later.waiting) == (there.met, there.total, there.waiting)
    assert [each.code for each in later.next] == [each.code for each in there.next]


def test_something_waits_in_every_kind_of_triage(locations, clock):
    waiting = figures(locations, clock).waiting
    assert [kind.name for kind in TRIAGE_KINDS if not waiting.get(kind.name)] == []


def test_nothing_is_left_behind(locations, clock):
    with demo(locations, clock) as (own, path):
        folder = own.data.parent
        assert path.is_file()
    assert not folder.exists()
    assert not locations.data.exists()


def test_whoever_looks_around_can_write_at_once(locations, clock):
    with demo(locations, clock) as (own, path):
        opened = open_workspace(inspect(path, own), own, clock, None)
        opened.perform("note.create", None, {"text": "試一下", "customer_id": "C5"})
        assert opened.last_act is not None
        opened.close()


def test_moving_nothing_changes_nothing(workspace):
    for kind in ("hypothesis", "meeting", "gate", "touchpoint"):
        for record in workspace.store.records(kind):
            assert moved(record, SAMPLE_DAY - SAMPLE_DAY) == record


def test_what_a_killed_demo_left_goes_at_the_next_one_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old = {name: tmp_path / f"fieldgate-demo-{name}" for name in ("killed", "running", "young", "link")}
    precious = tmp_path / "precious"
    for folder in (old["killed"], old["running"], old["young"], precious):
        (folder / "data").mkdir(parents=True)
    old["link"].symlink_to(precious)
    for folder in (old["killed"], old["running"], precious):
        os.utime(folder, (0, 0))
    with closing(Held(old["running"])):
        assert remove_left() == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "fieldgate-demo-link",
        "fieldgate-demo-running",
        "fieldgate-demo-young",
        "precious",
    ]
    assert (precious / "data").is_dir()


class Held:
    """A folder that a running demo holds."""

    def __init__(self, folder):
        self.handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def close(self):
        os.close(self.handle)
