"""Single file operations that fail: said in words, nothing lost, and the next save works without a restart."""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.faults.conftest import ROUNDS

from fieldgate.documents.frontmatter import is_dirty, parse
from fieldgate.store.store import Store

ASKED = Path(__file__).with_name("asked.py")
CALLS = {
    "openat": ("EIO", "ENOSPC", "EMFILE"),
    "pwrite64": ("EIO", "ENOSPC"),
    "write": ("EIO", "ENOSPC"),
    "pread64": ("EIO",),
    "fdatasync": ("EIO", "ENOSPC"),
    "fsync": ("EIO",),
    "ftruncate": ("EIO",),
    "unlink": ("EIO", "EACCES"),
    "rename": ("EIO", "ENOSPC", "EACCES"),
    "renameat": ("EIO", "ENOSPC", "EACCES"),
    "mkdir": ("ENOSPC",),
}
"""The calls of a save, and the errors that a disk answers them with."""

SOME = 14
"""Faults tried in a quick run; in a long one, each operation fails once with each error."""

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


class Disturbed:
    """A process that can be disturbed while it does what it is asked."""

    def __init__(self, path, home):
        words = [sys.executable, str(ASKED), str(path), str(home)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n"
        self.number = 0

    def ask(self, what):
        self.number += 1
        self.process.stdin.write(f"{what} {self.number if what == 'edit' else ''}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def ask_traced(self, what, *words):
        """Ask while strace looks on; return the answer and what strace saw."""
        tracer = subprocess.Popen(
            ["strace", "-p", str(self.process.pid), *words], stderr=subprocess.PIPE, text=True, env={**os.environ}
        )
        first = tracer.stderr.readline()
        if "attached" not in first:
            pytest.skip("programs may not be traced here")
        answer = self.ask(what)
        tracer.send_signal(signal.SIGINT)
        return answer, tracer.communicate()[1]

    def faults(self, *asked):
        """Every operation of what is asked, each with every error."""
        for what in asked:
            seen = self.ask_traced(what, "-e", f"trace={','.join(CALLS)}")[1]
            counts = Counter(line.partition("(")[0] for line in seen.splitlines() if ") = " in line)
            counts["write"] -= 1  # the answer itself
        return [(call, place, error) for call in CALLS for place in range(1, counts[call] + 1) for error in CALLS[call]]

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait()


@pytest.fixture
def disturbed(store, tmp_path):
    process = Disturbed(store, tmp_path)
    yield process
    process.end()


def chosen(faults, some=SOME):
    chance = random.Random(4)  # noqa: S311  faults, not a secret
    return faults if ROUNDS > 1 else chance.sample(faults, min(some, len(faults)))


def test_a_save_of_which_any_one_operation_fails_is_refused_in_words_and_the_next_one_works(disturbed, store, tell):
    disturbed.ask("edit")  # with the first one comes a backup
    faults = chosen(disturbed.faults("edit"))
    said, refused = {1, 2}, 0
    for call, place, error in faults:
        fault = f"inject={call}:error={error}:when={place}"
        answer, _ = disturbed.ask_traced("edit", "-e", f"trace={call}", "-e", fault)
        assert answer.startswith(("ack", "refused")), (fault, answer)
        if answer.startswith("ack"):
            said.add(disturbed.number)
        else:
            refused += 1
            words = ("disk", "room", "cannot be", "damaged") if call == "pread64" else ("disk", "room", "cannot be")
            assert any(each in answer for each in words), (fault, answer)
        answer = disturbed.ask("edit")
        assert answer == f"ack {disturbed.number}", (fault, answer)
        said.add(disturbed.number)
    assert disturbed.end() == 0
    with Store.open(store) as opened:
        assert opened.integrity() == ()
        texts = {int(each.text.split()[1]) for each in opened.records("note") if each.text.startswith("asked ")}
    lost = said - texts
    tell(f"faults in a save {len(faults)}, refused in words {refused}, tracebacks 0, lost {len(lost)} of {len(said)}")
    assert refused
    assert not lost


def test_a_sync_of_which_any_one_operation_fails_leaves_whole_files_and_the_next_one_completes(store, tmp_path, tell):
    folder = tmp_path / "shared"
    maker = Disturbed(store, tmp_path)
    maker.end()
    words = [sys.executable, "-m", "fieldgate", "share", str(store), str(folder)]
    env = {**os.environ, **{f"FIELDGATE_{each}": str(tmp_path / each.lower()) for each in ("DATA", "CONFIG", "CACHE")}}
    subprocess.run(words, check=True, capture_output=True, env={**env, "FIELDGATE_AUTHOR": "an"})
    process = Disturbed(store, tmp_path)
    faults = chosen(process.faults("edit", "sync"), SOME // 3)
    refused, half = 0, 0
    for call, place, error in faults:
        assert process.ask("edit").startswith("ack")
        fault = f"inject={call}:error={error}:when={place}"
        answer, _ = process.ask_traced("sync", "-e", f"trace={call}", "-e", fault)
        assert answer.startswith(("synced", "refused")), (fault, answer)
        refused += answer.startswith("refused")
        half += sum(is_dirty(parse(each.read_text("utf-8"), each.name)) for each in folder.glob("*/*.md"))
        assert process.ask("sync").startswith("synced"), fault
    written = {each.read_text("utf-8").split("asked ")[1].split()[0] for each in folder.glob("notes/*asked-[0-9]*")}
    process.end()
    with Store.open(store) as opened:
        assert opened.integrity() == ()
        notes = {each.text.split()[1] for each in opened.records("note") if each.text.startswith("asked ")}
    tell(
        f"faults in a sync {len(faults)}, refused in words {refused}, half files {half}, notes missing {len(notes - written)}"
    )
    assert half == 0
    assert len(notes) > len(faults)
    assert notes == written
    assert not [each for each in folder.rglob("*") if ".tmp" in each.name or each.name.startswith(".fieldgate-")]
