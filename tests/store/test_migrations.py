"""Upgrades: a copy first, then step by step, each wholly or not at all."""

import gzip
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.errors import BusyError
from fieldgate.store import backups
from fieldgate.store.database import Database
from fieldgate.store.inspection import SCHEMA_VERSION, check_file
from fieldgate.store.migrations import MIGRATIONS, migrate
from fieldgate.store.store import Store

ROUNDS = 5 if os.environ.get("FIELDGATE_SOAK", "1") == "1" else 15
"""Times four kills."""
ROOT = Path(__file__).parents[2]


def add_colour(connection):
    connection.exec_driver_sql("alter table note add column colour text")


def fill_colour(connection):
    connection.exec_driver_sql("update note set colour = 'red'")


STEPS = {SCHEMA_VERSION + 1: add_colour, SCHEMA_VERSION + 2: fill_colour}


@pytest.fixture
def database(store, path):
    store.close()
    database = Database(path)
    yield database
    database.close()


def upgrade(database, steps=STEPS):
    return migrate(database, lambda target: backups.copy(database, target), steps, SCHEMA_VERSION + 2)


def test_every_number_up_to_ours_has_a_step():
    assert set(MIGRATIONS) == set(range(2, SCHEMA_VERSION + 1))


def test_a_file_of_our_number_is_left_alone(database):
    assert migrate(database, lambda _: pytest.fail("copied")) == 0


def test_steps_run_in_order_after_a_copy_was_made(database, path):
    assert upgrade(database) == 2
    assert database.pragma("user_version") == SCHEMA_VERSION + 2
    assert database.raw.execute("select colour from note").fetchall() == [("red",)]
    spare = Database(path.with_name(f"{path.name}.before-upgrade-{SCHEMA_VERSION}"))
    assert spare.pragma("user_version") == SCHEMA_VERSION
    spare.close()
    assert upgrade(database) == 0


def test_a_step_that_fails_leaves_the_file_at_the_number_before(database):
    def fail(connection):
        fill_colour(connection)
        raise BusyError("no room")

    with pytest.raises(BusyError):
        upgrade(database, {**STEPS, SCHEMA_VERSION + 2: fail})
    assert database.pragma("user_version") == SCHEMA_VERSION + 1
    assert database.raw.execute("select colour from note").fetchall() == [(None,)]
    assert upgrade(database) == 1


UPGRADE = """
    import os, sys, time
    from pathlib import Path
    from fieldgate.store.database import Database
    from fieldgate.store.inspection import SCHEMA_VERSION
    from fieldgate.store.migrations import migrate

    def slow(connection):
        connection.exec_driver_sql("alter table note add column colour text")
        connection.exec_driver_sql("pragma cache_size=1")
        print("begun", flush=True)
        for number in range(100):
            connection.exec_driver_sql(f"update note set colour = hex(zeroblob({number} * 1000))")
        print("written", flush=True)

    for line in sys.stdin:
        path, delay = line.split(";")
        pid = os.fork()
        if pid == 0:
            migrate(Database(Path(path)), lambda target: None, {SCHEMA_VERSION + 1: slow}, SCHEMA_VERSION + 1)
            print("done", flush=True)
            time.sleep(60)
        print(f"pid {pid}", flush=True)
        os.waitpid(pid, 0)
        print("gone", flush=True)
"""


def test_a_file_is_all_old_or_all_new_when_an_upgrade_is_killed(store, path, tell):
    store.close()
    original = path.read_bytes()
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(UPGRADE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    seen = []
    for stop in ("begun", "begun", "written", "done") * ROUNDS:
        path.write_bytes(original)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        process.stdin.write(f"{path};{stop}\n")
        process.stdin.flush()
        lines, pid = [], 0
        while stop not in lines or not pid:
            lines.append(process.stdout.readline().strip())
            if lines[-1].startswith("pid "):
                pid = int(lines[-1].split()[1])
        os.kill(pid, signal.SIGKILL)
        while "gone" not in lines:
            lines.append(process.stdout.readline().strip())
        database = Database(path)
        version = database.pragma("user_version")
        columns = {row[1] for row in database.raw.execute("pragma table_info(note)")}
        assert ("colour" in columns) == (version == SCHEMA_VERSION + 1)
        assert database.pragma("quick_check") == "ok"
        assert version == SCHEMA_VERSION + 1 if stop == "done" else version <= SCHEMA_VERSION + 1
        seen.append(version)
        database.close()
    old = seen.count(SCHEMA_VERSION)
    tell(f"kills in an upgrade {len(seen)}: old {old}, new {len(seen) - old}, broken 0")
    assert set(seen) == {SCHEMA_VERSION, SCHEMA_VERSION + 1}
    process.stdin.close()
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.mark.parametrize("number", range(1, SCHEMA_VERSION + 1))
def test_a_file_of_every_released_schema_opens_with_all_it_held(tmp_path, number):
    """A schema that is released leaves its file here, made by the program that wrote it; it is never made anew."""
    path = tmp_path / "old.fieldgate"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "golden" / f"schema-{number}.fieldgate.gz").read_bytes()))
    with Store.open(path) as store:
        assert store.integrity() == ()
        kept = {kind: list(store.records(kind)) for kind in KIND_NAMES}
        facts = store.load_facts()
    assert [kind for kind, records in kept.items() if not records] == []
    assert kept["workspace"][0].vision == "Trả lương không cần bảng tính."
    assert (kept["note"][0].text, kept["hypothesis"][0].statement) == ("先用表格，够了", "ลูกค้าเสียเวลา")
    assert [each.strength for each in facts.evidence.values()] == [3]
    assert check_file(path).version == SCHEMA_VERSION
