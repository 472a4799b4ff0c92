"""What was acknowledged survives kill -9, SIGTERM and SIGHUP at random moments, and the store opens at once."""

import os
import random
import shutil
import signal
import sqlite3
import struct
import time
from contextlib import closing

import pytest
from tests.faults.conftest import ROUNDS

from fieldgate.errors import FormatError
from fieldgate.store.healing import journal_of
from fieldgate.store.reader import Reader
from fieldgate.store.store import Store
from fieldgate.workspace.demo import SAMPLE_DAY
from fieldgate.workspace.upkeep.screens import holder


def kept(path, name):
    """Return the numbers of the edits that the store holds, after it opened and was found sound."""
    with Store.open(path, trusted=True) as store:
        assert store.integrity(full=False) == ()
        store.load_facts()
        return {int(each.text.split()[1]) for each in store.records("note") if each.text.startswith(f"{name} ")}


KILLS = {signal.SIGKILL: (15, 140), signal.SIGTERM: (5, 50), signal.SIGHUP: (5, 50)}
"""How often in a quick run and in a long one."""


@pytest.mark.parametrize("how", KILLS, ids=lambda each: each.name)
def test_no_acknowledged_edit_is_lost_when_the_process_is_ended(store, edit, tell, how):
    chance = random.Random(20260316)  # noqa: S311  moments, not a secret
    rounds = KILLS[how][ROUNDS > 1]
    kills = said = lost = torn = 0
    slowest = 0.0
    for number in range(rounds):
        name = f"kill{number}"
        process = edit(name)
        process.wait_for(chance.randrange(2, 12 if ROUNDS == 1 else 20))  # the first line says that it is open
        time.sleep(chance.uniform(0, 0.02))
        assert process.end(how) == ""
        acks = process.acks()
        kills += process.returncode == -how
        begin = time.process_time()  # what it takes where nothing else is busy
        held = kept(store, name)
        slowest = max(slowest, time.process_time() - begin)
        said, lost = said + len(acks), lost + len(set(acks) - held)
        torn += len(held - set(acks) - {max(acks, default=-1) + 1})
    tell(f"{how.name}: kills {kills}, acknowledged {said}, lost {lost}, torn {torn}, open again in {slowest:.2f} s")
    assert (lost, torn) == (0, 0)
    assert kills == rounds
    assert said > rounds
    assert slowest < 3


def test_a_save_stopped_at_every_file_operation_leaves_a_store_that_opens(store, tmp_path, tell):
    """Every state in which a save leaves file and journal, as the disk would show it after a stop at that point."""
    states, saves = [], 1 if ROUNDS == 1 else 8

    def remember(*_):
        journal = store.with_name(f"{store.name}-journal")
        state = (store.read_bytes(), journal.read_bytes() if journal.exists() else None)
        if not states or states[-1] != state:
            states.append(state)

    with closing(sqlite3.connect(store, isolation_level=None)) as raw:
        raw.execute("pragma cache_size=1")  # so that pages reach the file before the end, as in a big save
        raw.execute("pragma cache_spill=1")
        raw.set_progress_handler(remember, 100)
        remember()
        for _ in range(saves):
            raw.execute("begin immediate")
            raw.execute("update note set text = text || ' and more of it' || hex(zeroblob(300))")
            raw.execute("update customer set contact = coalesce(contact, '') || '§'")
            remember()
            raw.execute("commit")
            remember()
    opened = 0
    place = tmp_path / "stopped.fieldgate"
    outcomes = set()
    for content, journal in states:
        place.write_bytes(content)
        beside = place.with_name(f"{place.name}-journal")
        beside.unlink(missing_ok=True)
        if journal is not None:
            beside.write_bytes(journal)
        with Store.open(place, trusted=True) as again:
            assert again.integrity(full=False) == ()
            changed = {(each.contact or "").count("§") for each in again.records("customer")}
            notes = {each.text.count("and more of it") for each in again.records("note")}
            assert changed == notes
            assert len(changed) == 1, "all of it or nothing"
            outcomes |= changed
            opened += 1
    tell(f"stops inside a save: {len(states)}, opened {opened}")
    assert opened == len(states) >= 12 * saves
    assert outcomes == set(range(saves + 1))


def test_a_save_stopped_before_the_file_grew_is_taken_back(store):
    """SQLite writes the first page, which tells the new size, before the pages behind the old end."""
    before = store.read_bytes()
    journal = store.with_name(f"{store.name}-journal")
    with closing(sqlite3.connect(store, isolation_level=None)) as raw:
        raw.execute("pragma cache_size=1")
        raw.execute("pragma cache_spill=1")
        raw.execute("begin immediate")
        raw.execute("update note set text = text || hex(zeroblob(3000))")
        kept_pages = journal.read_bytes()
        raw.execute("commit")
    grown = store.read_bytes()
    assert len(grown) > len(before)
    page = int.from_bytes(before[16:18], "big")
    store.write_bytes(grown[:page] + before[page:])
    with pytest.raises(FormatError, match="cut off"):
        Store.open(store, trusted=True)
    journal.write_bytes(kept_pages)
    with Store.open(store, trusted=True) as again:
        assert again.integrity(full=False) == ()
        assert not any("000000" in each.text for each in again.records("note"))


def test_two_programs_that_edit_at_once_lose_nothing(store, edit, tell):
    most = 25 if ROUNDS == 1 else 450
    first, second = edit("first", most), edit("second", most)
    errors = first.end() + second.end()
    assert errors == ""
    counts = {"first": first.acks(), "second": second.acks()}
    lost = sum(len(set(acks) - kept(store, name)) for name, acks in counts.items())
    said = sum(map(len, counts.values()))
    # Where both write without a pause, one may wait in vain for 10 seconds, and is told so.
    refused = [line for each in (first, second) for line in each.lines() if line.startswith("refused")]
    assert all("is being written by another program" in line for line in refused), refused
    tell(f"two programs at once: acknowledged {said}, refused in words {len(refused)}, lost {lost}")
    assert (said + len(refused), lost) == (2 * most, 0)
    assert len(refused) <= most // 25
    assert holder(store) is None, "commands leave no note of a screen"


@pytest.fixture
def stopped(store, tmp_path):
    """A store that was left in the middle of a write: part of it is in the file, and the journal can take it out."""
    left = tmp_path / "left" / "stopped.fieldgate"
    left.parent.mkdir()
    with closing(sqlite3.connect(store, isolation_level=None)) as raw:
        raw.execute("pragma cache_size=1")  # so that pages reach the file before the end, as in a big save
        raw.execute("begin immediate")
        raw.execute("update note set text = text || hex(zeroblob(3000))")
        for each in (store, journal_of(store)):
            shutil.copyfile(each, left.with_name(each.name.replace("sample", "stopped")))
        raw.execute("rollback")
    return left


@pytest.mark.parametrize("words", ["status", "list notes", "check", "doctor", "backup", "note word", "log"])
def test_a_file_left_in_the_middle_of_a_write_is_healed_by_whatever_opens_it_first(stopped, calling, words):
    name, *rest = words.split()
    assert journal_of(stopped).exists()
    assert calling(name, str(stopped), *rest).status == 0
    assert not journal_of(stopped).exists()
    with Store.open(stopped) as store:
        assert not [each for each in store.records("note") if "000000" in each.text]


def test_a_screen_goes_on_reading_when_another_program_was_killed_in_the_middle_of_a_write(store, stopped):
    with Reader(store, SAMPLE_DAY) as reader:
        before = reader.notes_waiting()
        shutil.copyfile(stopped, store)
        shutil.copyfile(journal_of(stopped), journal_of(store))
        assert reader.notes_waiting() == before
    assert not journal_of(store).exists()


def test_a_journal_that_would_have_another_file_deleted_is_refused(stopped, calling, tmp_path, tell):
    """A journal may name another file, which SQLite deletes when it is done; so a stranger's could delete any file."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"dear")
    name = os.fsencode(victim)
    before, content = stopped.read_bytes(), journal_of(stopped).read_bytes()
    page = struct.pack(">I", stopped.stat().st_size // 4096 + 1)
    tail = page + name + struct.pack(">II", len(name), sum(name)) + bytes.fromhex("d9d505f920a163d7")
    journal_of(stopped).write_bytes(content + tail)
    commands = ("status", "list notes", "check", "doctor", "backup", "note word", "check --repair")
    for words in commands:
        first, *rest = words.split()
        answer = calling(first, str(stopped), *rest)
        assert answer.status == 4 or "journal" in answer.out, (words, answer.err)
        assert victim.exists()
    assert stopped.read_bytes() == before
    tell(f"hostile journals: commands {len(commands)}, files deleted 0")
    shutil.copyfile(stopped, tmp_path / "bare")
    shutil.copyfile(journal_of(stopped), tmp_path / "bare-journal")
    with closing(sqlite3.connect(tmp_path / "bare")) as raw:
        raw.execute("select count(*) from note")
    assert not victim.exists(), "without the refusal SQLite would have deleted it"
