"""Backups: made without being asked, sound, private, few."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from fieldgate.errors import NotFoundError
from fieldgate.workspace.upkeep.backups import Backup, Backups, kept_of
from fieldgate.workspace.upkeep.guard import EVERY, Guard

START = datetime(2026, 3, 16, 9, tzinfo=UTC)


class Watch:
    """A clock that a test turns."""

    def __init__(self):
        self.time = START

    def __call__(self):
        return self.time


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def guard(workspace, watch):
    """The guard of the workspace, on a clock of the test."""
    workspace.guard = Guard(workspace.store, Backups(workspace.guard.backups.folder, watch))
    return workspace.guard


def note(workspace, text="ลูกค้าบอกว่าราคาแพงมาก"):
    workspace.perform("note.create", None, {"text": text, "said_on": date(2026, 3, 16)})


def reasons(guard):
    return [each.reason for each in guard.backups.listed()]


def test_a_start_backs_up_what_was_changed_since_the_last_backup_and_only_that(workspace, guard, watch):
    guard.started()
    assert reasons(guard) == ["start"]
    watch.time += timedelta(hours=1)
    guard.started()
    assert reasons(guard) == ["start"]
    note(workspace)
    assert reasons(guard) == ["change", "start"]
    watch.time += timedelta(minutes=1)
    note(workspace)
    guard.started()
    assert reasons(guard) == ["start", "change", "start"]


def test_a_store_that_is_being_changed_is_backed_up_every_half_hour(workspace, guard, watch):
    guard.started()
    for _ in range(9):
        watch.time += EVERY / 3
        note(workspace)
    assert reasons(guard) == ["change", "change", "change", "start"]


def test_a_bulk_change_and_a_sync_are_preceded_by_a_backup(workspace, guard, watch):
    guard.started()
    note(workspace)
    watch.time += timedelta(minutes=1)
    workspace.sync()
    assert reasons(guard)[0] == "sync"
    seq = workspace.store.last_seq()
    note(workspace, "先用表格，够了")
    workspace.undo_back_to(seq)
    assert reasons(guard)[0] == "bulk"


def test_a_backup_is_whole_sound_and_private(workspace, guard):
    note(workspace, "Thùng hàng bị trả về vì ấm")
    guard.started()
    path = guard.backups.listed()[0].path
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("pragma integrity_check").fetchone() == ("ok",)
        assert raw.execute("select count(*) from note where text = 'Thùng hàng bị trả về vì ấm'").fetchone() == (1,)


def test_that_no_backup_can_be_made_fails_no_edit_and_is_kept_to_be_said(workspace, guard):
    folder = guard.backups.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    note(workspace, "kept all the same")
    guard.started()
    assert guard.trouble is not None
    assert any(each.text == "kept all the same" for each in workspace.store.records("note"))


def test_years_of_backups_come_to_at_most_thirty_with_the_last_days_and_weeks(tmp_path):
    every_half_hour = [START + timedelta(minutes=30 * n) for n in range(2 * 24 * 120)]
    listed: list[Backup] = []
    for number, at in enumerate(every_half_hour):
        made = Backup(path=tmp_path / str(number), at=at, seq=number, reason="change")
        listed = kept_of([made, *listed])
        assert len(listed) <= 30
    newest = every_half_hour[-1]
    assert [each.at for each in listed[:10]] == [newest - timedelta(minutes=30 * n) for n in range(10)]
    assert len({each.at.date() for each in listed if newest - each.at < timedelta(days=7)}) == 7
    assert {each.at.isocalendar()[:2] for each in listed} >= {
        (newest - timedelta(weeks=n)).isocalendar()[:2] for n in range(4)
    }


def test_too_many_files_are_let_go_of_and_strangers_left_alone(tmp_path):
    backups = Backups(tmp_path / "backups")
    backups.folder.mkdir()
    for hour in range(24):
        (backups.folder / f"202603{hour // 4 + 10}-{hour:02d}0000-{hour}-change.fieldgate").write_bytes(b"x")
    (backups.folder / "mine.fieldgate").write_bytes(b"x")
    (backups.folder / "20261399-990000-1-change.fieldgate").write_bytes(b"x")
    backups.thin()
    assert len(backups.listed()) == 13
    assert len(list(backups.folder.iterdir())) == 15


def test_a_backup_is_found_by_its_name_its_beginning_or_as_the_last(tmp_path):
    backups = Backups(tmp_path)
    for name in ("20260316-090000-4-start", "20260316-093000-9-change"):
        (tmp_path / f"{name}.fieldgate").write_bytes(b"x")
    assert backups.find("last").seq == 9
    assert backups.find("20260316-0900").seq == 4
    assert backups.find("20260316-090000-4-start").reason == "start"
    with pytest.raises(NotFoundError, match="2 backups begin with"):
        backups.find("20260316")
    with pytest.raises(NotFoundError, match="no backup"):
        backups.find("../../etc")


def test_what_comes_in_is_preceded_by_a_backup_of_what_was_changed_here_and_not_of_what_came(
    workspace, guard, watch, tmp_path
):
    folder = tmp_path / "shared"
    shutil.copytree(workspace.target.path, folder)
    workspace.target = workspace.target._replace(path=folder)
    workspace.take_in_shared()
    before = len(reasons(guard))
    note(workspace, "ours, and in no backup yet")
    for number in range(3):
        theirs = sorted((folder / "notes").iterdir())[number]
        theirs.write_text(theirs.read_text("utf-8").replace("<!-- fieldgate", "more\n<!-- fieldgate"), "utf-8")
        watch.time += timedelta(minutes=1)
        assert workspace.take_in_shared()[1].changed
    assert reasons(guard)[: len(reasons(guard)) - before] == ["sync"]
    with closing(sqlite3.connect(guard.backups.listed()[0].path)) as raw:
        assert raw.execute("select count(*) from note where text like 'ours,%'").fetchone() == (1,)


def test_that_no_backup_could_be_made_is_said_once(workspace, guard):
    shutil.rmtree(guard.backups.folder, ignore_errors=True)
    guard.backups.folder.parent.mkdir(parents=True, exist_ok=True)
    guard.backups.folder.write_text("a file where the folder should be")
    note(workspace)
    guard.started()
    assert guard.take_trouble().message.startswith("No backup could be made: ")
    assert guard.take_trouble() is None
