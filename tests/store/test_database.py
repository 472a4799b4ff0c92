"""What was committed stays, and what goes wrong is said in words."""

import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from tests import builders as make
from tests.builders import NOW
from tests.store.conftest import WRITER, everything

from fieldgate.domain.changes import Create, Edit
from fieldgate.errors import BusyError, NotFoundError
from fieldgate.store import database
from fieldgate.store.database import APPLICATION_ID, Database
from fieldgate.store.inspection import SCHEMA_VERSION
from fieldgate.store.store import Store

ROOT = Path(__file__).parents[2]


def test_the_pragmas_are_those_that_keep_a_commit(store):
    wanted = {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "busy_timeout": 10_000,
        "application_id": APPLICATION_ID,
        "user_version": SCHEMA_VERSION,
    }
    assert {name: store._database.pragma(name) for name in wanted} == wanted


def test_only_the_owner_may_read_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        path = tmp_path / "a" / "b" / "x.fieldgate"
        with Store.create(path, everything(), by="ana", now=NOW, writer=WRITER) as store:
            store.backup(tmp_path / "a" / "copies" / "copy.fieldgate")
            with store._database.writing() as connection:
                connection.exec_driver_sql("update note set snoozes = 1")
                assert stat.S_IMODE((path.parent / f"{path.name}-journal").stat().st_mode) == 0o600
        for folder in (tmp_path / "a", path.parent, tmp_path / "a" / "copies"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for file in (path, tmp_path / "a" / "copies" / "copy.fieldgate"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_making_a_file_leaves_nothing_else_beside_it(path):
    Store.create(path, everything(), by="ana", now=NOW, writer=WRITER).close()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    path = tmp_path / "mine.fieldgate"
    path.write_text("mine")
    with pytest.raises(BusyError, match="There is a file already"):
        Store.create(path, everything(), by="ana", now=NOW, writer=WRITER)
    assert path.read_text() == "mine"


def test_a_workspace_that_cannot_be_made_leaves_nothing(tmp_path):
    records = [*everything(), make.a_note(meeting_id=make.an_id(10**9)), *everything()[:1]]
    with pytest.raises(Exception, match="does not fit"):
        Store.create(tmp_path / "x.fieldgate", [*records, records[0]], by="ana", now=NOW, writer=WRITER)
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_waits_and_then_says_so(store, path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with Store.open(path) as other:
        facts = other.load_facts()
        row = next(iter(facts.hypotheses.values()))
        with store._database.writing(), pytest.raises(BusyError, match="another program"):
            other.commit(facts, lambda _: None, by="ana", now=NOW, session=WRITER)
        assert other.load_facts().hypotheses[row.id] == row


def test_a_store_opened_for_reading_refuses_to_write(store, path):
    before = path.read_bytes()
    with Store.open(path, read_only=True) as other:
        facts = other.load_facts()
        with pytest.raises(BusyError, match="read-only"):
            other.keep_meta("a", "b")
        assert facts.workspace.name
    assert path.read_bytes() == before


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="No such file"):
        Store.open(tmp_path / "none.fieldgate")
    with pytest.raises(NotFoundError, match="cannot be opened"):
        Database(tmp_path / "none.fieldgate")


def test_a_full_disk_is_said_and_saving_works_again_once_there_is_room(store, path, do):
    facts = store.load_facts()
    saved = do(store, facts, Edit("workspace", facts.workspace.id, {"name": "Saved before"}))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    note = make.a_note("x" * 900_000, code="")
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 4096, limits[1]))
    try:
        with pytest.raises(BusyError, match=r"no room|refused"):
            do(store, saved.facts, Create(note))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert store.integrity() == ()
    assert store.load_facts().workspace.name == "Saved before"
    done = do(store, saved.facts, Create(note))
    assert store.record("note", done.act.changes[0].row_id).text == note.text


WRITER_PROGRAM = """
    import os
    import sys
    from datetime import timedelta
    from pathlib import Path
    from fieldgate.domain.changes import Act, Edit
    from fieldgate.store.store import Store
    from tests.builders import NOW

    def write(path, name, wanted):
        store = Store.open(Path(path), trusted=True)
        facts = store.load_facts()
        row = sorted(facts.hypotheses)[0]
        for number in range(wanted):
            def plan(seen):
                text = seen.hypotheses[row].segment or ""
                long = "Каждый петък. " * 400 + str(number)
                return Act(action="update", changes=(
                    Edit("hypothesis", row, {"segment": f"{text} {name}.{number}", "statement": long}),
                    Edit("customer", sorted(seen.customers)[0], {"contact": f"{text} {name}.{number}"}),
                ))
            now = NOW + timedelta(seconds=number)
            facts = store.commit(facts, plan, by=name, now=now, session="k3f9a").facts
            print(f"{name}.{number}", flush=True)

    # Importing is slow, so each writer is forked from this one, and says who it is.
    for line in sys.stdin:
        path, name, wanted = line.split(";")
        pid = os.fork()
        if pid == 0:
            print(os.getpid(), flush=True)
            write(path, name, int(wanted))
            os._exit(0)
        print(f"gone {os.waitpid(pid, 0)[1]}", flush=True)
"""


@pytest.fixture
def start_writers():
    """Start programs that write to a store for each line `path;name;count` that they are given."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def tell(process, line):
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def test_nothing_acknowledged_is_lost_and_nothing_is_torn_in_25_kills(store, path, start_writers):
    store.close()
    acknowledged, kills = [], 25
    process = start_writers()
    for kill in range(kills):
        tell(process, f"{path};w{kill};10000")
        pid = int(process.stdout.readline())
        acknowledged += [process.stdout.readline().strip() for _ in range(1 + kill % 5)]
        os.kill(pid, signal.SIGKILL)
        for line in iter(process.stdout.readline, f"gone {int(signal.SIGKILL)}\n"):
            acknowledged.append(line.strip())
        with Store.open(path) as again:
            assert again.integrity() == ()
            hypothesis = next(again.records("hypothesis"))
            assert next(again.records("customer")).contact == hypothesis.segment
            assert again.heads()[hypothesis.id].digest == again.versions(hypothesis.id)[-1].mark
    kept = hypothesis.segment.split()
    assert set(acknowledged) - set(kept) == set()
    assert len(acknowledged) >= kills
    assert len(kept) == len(set(kept)) <= len(acknowledged) + kills


def test_two_processes_write_together_and_none_of_36_changes_is_lost(store, path, start_writers):
    store.close()
    processes = {name: start_writers() for name in ("a", "b")}
    for name, process in processes.items():
        tell(process, f"{path};{name};18")
    for process in processes.values():
        assert "gone 0\n" in iter(process.stdout.readline, "")
    with Store.open(path) as again:
        words = next(again.records("hypothesis")).segment.split()
        assert sorted(words) == sorted(f"{name}.{number}" for name in "ab" for number in range(18))
        assert len([each for each in again.acts(1000) if each.action == "update"]) == 36
        assert again.integrity() == ()


def test_a_backup_is_a_whole_store_and_never_replaces_a_file(store, tmp_path):
    target = tmp_path / "copies" / "one.fieldgate"
    store.backup(target)
    with Store.open(target) as copy:
        assert copy.load_facts().tables == store.load_facts().tables
    with pytest.raises(BusyError, match="already"):
        store.backup(target)
    assert [each.name for each in target.parent.iterdir()] == ["one.fieldgate"]


def test_integrity_names_what_is_wrong(store, path):
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("update note set meeting_id = 'nothing'")
        raw.commit()
    with Store.open(path) as again:
        assert any("note" in each for each in again.integrity())
