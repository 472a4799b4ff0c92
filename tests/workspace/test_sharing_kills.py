"""Kill -9 in the middle of a sync: the store opens again, the next sync completes, and no file is half."""

import os
import random
import signal
import subprocess
import sys
import time

from tests.workspace.founders import Founder, tree

from fieldgate.documents.frontmatter import is_dirty, parse

ROUNDS = 8

_LOOP = """
import sys
from pathlib import Path
from tests.workspace.founders import Founder
founder = Founder(Path(sys.argv[1]), "anna", Path(sys.argv[2]))
founder.at
print("open", flush=True)
number = 0
while True:
    number += 1
    note = founder.note(f"{sys.argv[3]}-{number} giá ราคา")
    print(note, flush=True)
    founder.sync()
"""


def test_nothing_acknowledged_is_lost_and_no_file_is_half(tmp_path):
    home, folder = tmp_path / "anna", tmp_path / "shared"
    Founder(home, "anna", folder).start()
    pauses, acknowledged = random.Random(7), set()  # noqa: S311  the same pauses each time
    for number in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-c", _LOOP, str(home), str(folder), str(number)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": "."},
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(pauses.uniform(0.02, 0.4))
        child.send_signal(signal.SIGKILL)
        acknowledged |= set(child.stdout.read().split("\n")[:-1])
        child.wait()
        for path, data in tree(folder).items():
            if path.endswith(".md") and "/.fieldgate-" not in path:
                assert not is_dirty(parse(data.decode(), path))
    anna = Founder(home, "anna", folder)
    anna.sync()
    assert {each.id for each in anna.at.store.records("note")} >= acknowledged
    assert acknowledged
    assert anna.sync().written == 0
    ben = Founder(tmp_path / "ben", "ben", folder)
    assert {each.id for each in ben.at.store.records("note")} >= acknowledged
    for founder in (anna, ben):
        founder.leave(give_out=False)
