"""Power cuts: every file operation of real saves is recorded, and disks are made as a cut after it may leave them."""

import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing

import pytest
from tests.faults.conftest import EDITOR, ROUNDS
from tests.faults.disks import ANYHOW, IN_ORDER, Disk, lay_out, operations, texts, tracing
from tests.faults.test_kills import kept

from fieldgate.errors import FieldgateError
from fieldgate.store.healing import heal

SAVES = 4
THOROUGH = 20
"""Every so manieth disk is opened as the app opens it, with all its looks; the others as SQLite does."""

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@pytest.fixture
def saves(store, tmp_path):
    """What the file held before, and every file operation of some saves."""
    before, trace = store.read_bytes(), tmp_path / "trace"
    words = [sys.executable, str(EDITOR), str(store), str(tmp_path / "home"), "cut", str(SAVES)]
    said = subprocess.run([*tracing(trace), *words], capture_output=True, text=True, check=False)
    if "Operation not permitted" in said.stderr:
        pytest.skip("programs may not be traced here")
    assert said.stdout.count("ack") == SAVES, said.stderr
    return before, list(operations(trace))


def held(path, *, thorough):
    """Return the numbers of the edits that a file holds; None if it does not open, or is damaged."""
    if thorough:
        try:
            return kept(path, "cut")
        except (FieldgateError, AssertionError):
            return None
    return numbers_held(path, "cut")


def numbers_held(path, word="asked"):
    """Return the numbers behind a word in the notes of a store; None if it is damaged."""
    try:
        heal(path)
        with closing(sqlite3.connect(path)) as raw:
            sound = raw.execute("pragma quick_check(1)").fetchall() == [("ok",)]
            found = raw.execute("select text from note where text like ? || ' %'", (word,)).fetchall()
    except (sqlite3.Error, FieldgateError):
        return None
    return {int(each) for (text,) in found for each in re.findall(rf"{word} (\d+)", text)} if sound else None


def cut(store, saves, disk, disks, place):
    """Cut the power at as many moments as wanted; return how many disks lost an edit, and how many did not open."""
    chance = random.Random(f"{disk.rule} 1")  # noqa: S311  moments, not a secret
    ready = next(number for number, step in enumerate(saves) if step[0] == "write" and b"ready" in texts(step[1])[0])
    moments = Counter(chance.choices(range(ready, len(saves)), k=disks))
    said, lost, damaged, tried = -1, 0, 0, 0
    for number, step in enumerate(saves):
        told = disk.do(*step)
        if told and told.startswith("ack "):
            said = int(told.split()[1])
        for _ in range(moments[number]):
            tried += 1
            shutil.rmtree(place, ignore_errors=True)
            lay_out(disk.left(chance), store.parent, place)
            found = held(place / store.name, thorough=tried % THOROUGH == 0)
            damaged += found is None
            lost += found is not None and not set(range(said + 1)) <= found <= set(range(said + 2))
    return lost, damaged


def test_no_acknowledged_edit_is_lost_on_any_disk_that_a_power_cut_leaves(store, saves, tmp_path, tell):
    before, steps = saves
    disks = 100 if ROUNDS == 1 else 600
    for rule in (IN_ORDER, ANYHOW):
        disk = Disk(store.parent, {store: before}, rule)
        lost, damaged = cut(store, steps, disk, disks, tmp_path / "cut")
        torn = f"{disk.torn} with torn pages"
        tell(f"power cuts, names {rule}: disks {disks}, {torn}, saves {SAVES}, lost {lost}, damaged {damaged}")
        assert (lost, damaged) == (0, 0)
    # The same cuts of the same saves do find what is lost where the flushes are not heard.
    deaf = [each for each in steps if each[0] not in {"fsync", "fdatasync"}]
    lost, damaged = cut(store, deaf, Disk(store.parent, {store: before}, ANYHOW), 20, tmp_path / "cut")
    tell(f"the same without flushes: disks 20, lost {lost}, damaged {damaged}")
    assert lost + damaged
