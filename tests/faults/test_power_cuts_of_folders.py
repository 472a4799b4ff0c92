"""Power cuts while a shared folder is written: its files are whole, nothing acknowledged is lost, the next sync heals."""

import random
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest
from tests.faults.conftest import ROUNDS
from tests.faults.disks import ANYHOW, IN_ORDER, Disk, lay_out, operations, tracing
from tests.faults.test_io_errors import ASKED
from tests.faults.test_power_cuts import numbers_held
from tests.workspace.founders import Founder, tree

from fieldgate.documents.frontmatter import is_dirty, parse
from fieldgate.errors import FieldgateError

ASKS = ("edit", "sync", "change", "edit", "sync", "change", "change", "sync")
DISKS = 40 if ROUNDS == 1 else 600
THOROUGH = 8
"""Every so manieth disk is synced again by its founder and opened by another one."""
LEAVING_ALL = {"openat", "close", "dup", "dup2", "dup3"}
_NUMBER = re.compile(r"asked (\d+)")

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


class House:
    """What stands on the disk of one founder: a data folder with the store, and a shared folder."""

    def __init__(self, path):
        self.path, self.folder = path / "house", path / "house" / "shared"
        founder = Founder(self.path, "anna", self.folder)
        founder.start().sync()
        founder.leave()
        self.before = {each: each.read_bytes() for each in self.path.rglob("*") if each.is_file()}
        (self.store,) = self.path.rglob("store.fieldgate")

    def founder(self):
        return Founder(self.path, "anna", self.folder)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A house, and every file operation of some edits and syncs in it."""
    place = tmp_path_factory.mktemp("cut")
    house, trace = House(place), place / "trace"
    words = [*tracing(trace), sys.executable, str(ASKED), str(house.folder), str(house.path), "anna"]
    said = subprocess.run(words, input="\n".join(ASKS), capture_output=True, text=True, check=False)
    if "Operation not permitted" in said.stderr:
        pytest.skip("programs may not be traced here")
    assert [each.split()[0] for each in said.stdout.split("\n")[:-1]] == [
        "ready", *("synced" if each == "sync" else "ack" for each in ASKS)
    ], said.stderr + said.stdout  # fmt: skip
    return house, list(operations(trace))


class Found:
    """What was found on disks that lost power."""

    def __init__(self):
        self.disks = self.lost = self.damaged = self.half = self.unhealed = self.healed = 0

    @property
    def bad(self):
        return self.lost, self.damaged, self.half, self.unhealed

    def look(self, house, said, content, *, thorough):
        """Look at what a cut left of a house in which so many edits were acknowledged."""
        self.disks += 1
        shutil.rmtree(house.path)
        lay_out(content, house.path, house.path)
        held = numbers_held(house.store)
        if held is None:
            self.damaged += 1
            return
        self.lost += not set(range(1, said + 1)) <= held <= set(range(1, said + 2))
        self.half += sum(not whole(path, data, held) for path, data in tree(house.folder).items())
        if thorough:
            self.healed += 1
            self.unhealed += not heals(house, held)


def whole(path, data, held):
    """Whether a file holds what the program wrote as a whole, and nothing that the store does not know."""
    if not path.endswith(".md") or "/.fieldgate-" in path:
        return True
    try:
        version = parse(data.decode(), path)
    except (FieldgateError, UnicodeDecodeError):
        return False
    return not is_dirty(version) and {int(each) for each in _NUMBER.findall(version.document.body)} <= held


def heals(house, held):
    """Whether the next sync puts everything in order, so that another founder has it all."""
    anna = house.founder()
    report = anna.sync()
    again = anna.sync()
    anna.leave()
    ben = Founder(house.path / "ben", "ben", house.folder)
    seen = {int(each) for note in ben.at.store.records("note") for each in _NUMBER.findall(note.text)}
    ben.leave(give_out=False)
    return (report.missing, report.troubles, report.unwritten, again.written, seen) == ((), (), "", 0, held)


def cut(house, steps, disk, disks):
    """Cut the power at so many moments; return what was found."""
    chance, found, said = random.Random(disk.rule), Found(), 0  # noqa: S311  moments, not a secret
    changing = [number for number, step in enumerate(steps) if step[0] not in LEAVING_ALL]
    moments = Counter(chance.choices(changing, k=disks))
    for number, step in enumerate(steps):
        told = disk.do(*step)
        if told and told.startswith("ack "):
            said = int(told.split()[1])
        for _ in range(moments[number]):
            found.look(house, said, disk.left(chance), thorough=(found.disks + 1) % THOROUGH == 0)
    return found


def test_after_any_power_cut_the_folder_holds_whole_files_and_the_next_sync_heals_it(recorded, tell):
    house, steps = recorded
    for rule in (IN_ORDER, ANYHOW):
        disk = Disk(house.path, house.before, rule)
        found = cut(house, steps, disk, DISKS)
        lost, damaged, half, unhealed = found.bad
        tell(
            f"power cuts in a sync, names {rule}: disks {found.disks}, {disk.torn} with torn pages, lost {lost}, "
            f"damaged {damaged}, half files {half}, synced again {found.healed}, not healed {unhealed}"
        )
        assert found.bad == (0, 0, 0, 0)
    # The same cuts do find half files and lost edits where the flushes are not heard.
    deaf = [each for each in steps if each[0] not in {"fsync", "fdatasync"}]
    found = cut(house, deaf, Disk(house.path, house.before, ANYHOW), 20)
    tell(f"the same without flushes: disks 20, lost, damaged, half, not healed {found.bad}")
    assert found.half
    assert found.lost + found.damaged
