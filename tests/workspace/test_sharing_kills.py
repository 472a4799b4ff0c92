"""Kill -9 in the middle of a sync: the store opens again, the next sync completes, and no file is half."""

import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.nursery import Nursery
from tests.workspace.founders import Founder, tree

from fieldgate.documents.frontmatter import is_dirty, parse

KILLS = 40 if os.environ.get("FIELDGATE_SOAK", "1") == "1" else 300
WORK = "tests.workspace.test_sharing_kills:work"


def work(home, folder, number, most="10000"):
    """Write notes and sync, and say the id of each note once it is acknowledged."""
    founder = Founder(Path(home), "anna", Path(folder))
    founder.at  # noqa: B018  opens it
    sys.stdout.write("open\n")
    sys.stdout.flush()
    for each in range(int(most)):
        note = founder.note(f"{number}-{each} giá ราคา")
        sys.stdout.write(f"{note}\n")
        sys.stdout.flush()
        founder.sync()
    founder.leave()


def test_nothing_acknowledged_is_lost_and_no_file_is_half(tmp_path, tell):
    home, folder = tmp_path / "anna", tmp_path / "shared"
    Founder(home, "anna", folder).start()
    nursery = Nursery()
    nursery.warm(WORK, home, folder, "warm", "2")
    pauses, acknowledged, half, temporary = random.Random(7), set(), 0, set()  # noqa: S311  the same pauses each time
    for number in range(KILLS):
        child = nursery.bear(WORK, home, folder, number, said=tmp_path / f"said-{number}")
        child.wait_for(pauses.choice((2, 2, 3)))  # the first line says that it is open
        time.sleep(pauses.uniform(0.0, 0.08))
        assert child.end(signal.SIGKILL) == ""
        assert child.returncode == -signal.SIGKILL
        acknowledged |= set(child.lines()[1:])
        for path, data in tree(folder).items():
            if "/.fieldgate-" in path:
                temporary.add(path)
            elif path.endswith(".md"):
                half += is_dirty(parse(data.decode(), path))
    nursery.end()
    anna = Founder(home, "anna", folder)
    anna.sync()
    lost = acknowledged - {each.id for each in anna.at.store.records("note")}
    ben = Founder(tmp_path / "ben", "ben", folder)
    lost |= acknowledged - {each.id for each in ben.at.store.records("note")}
    said = f"kills in a sync {KILLS}, acknowledged {len(acknowledged)}, lost {len(lost)}, half files {half}"
    tell(f"{said}, temporary files left {len(temporary)}")
    assert (lost, half) == (set(), 0)
    assert len(acknowledged) > KILLS
    assert anna.sync().written == 0
    for founder in (anna, ben):
        founder.leave(give_out=False)
