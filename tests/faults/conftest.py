"""The sample as a file of one's own, and processes that edit it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.calls import DAY, Answer

from fieldgate.cli.entry import run
from fieldgate.locations import Locations
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY, make_demo

EDITOR = Path(__file__).with_name("editor.py")
ROUNDS = int(os.environ.get("FIELDGATE_SOAK", "1"))
"""How many times as long as usual; `scripts/soak` raises it."""


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory):
    home = tmp_path_factory.mktemp("sample")
    return make_demo(Locations(data=home / "data", config=home / "config", cache=home / "cache"), Clock(SAMPLE_DAY))


@pytest.fixture
def store(sample_store, tmp_path):
    path = tmp_path / "house" / "sample.fieldgate"
    path.parent.mkdir()
    shutil.copyfile(sample_store, path)
    return path


@pytest.fixture
def calling(tmp_path, monkeypatch, capsys):
    """Call a command in this process, in a data folder of its own."""
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"FIELDGATE_{name}", str(tmp_path / "home" / name.lower()))
    monkeypatch.setenv("FIELDGATE_AUTHOR", "an")

    def called(*words):
        status = run([*words, "--today", DAY])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return called


class Editor:
    """A process that edits; what it says goes to a file, so that nothing of it is lost with the process."""

    def __init__(self, words, said, before):
        self.said = said
        with said.open("wb") as out:
            self.process = subprocess.Popen(words, stdout=out, stderr=subprocess.PIPE, preexec_fn=before)  # noqa: PLW1509  no thread runs here

    def lines(self):
        return self.said.read_text("utf-8").splitlines()

    def acks(self):
        """Return the numbers of the edits that it said were saved."""
        return [int(line.split()[1]) for line in self.lines() if line.startswith("ack ")]

    def wait_for(self, acks):
        """Wait until so many edits were acknowledged, or the process has ended."""
        while len(self.acks()) < acks and self.process.poll() is None:
            time.sleep(0.002)

    def end(self, how=None):
        """Wait for its end, after a signal if there is one; return what it said of errors."""
        if how is not None:
            self.process.send_signal(how)
        return self.process.communicate()[1].decode()


@pytest.fixture
def edit(store, tmp_path):
    """Start a process that edits the store; those that still run are ended with the test."""
    running = []

    def start(name, most=10_000, before=None):
        words = [sys.executable, str(EDITOR), str(store), str(tmp_path), name, str(most)]
        running.append(Editor(words, tmp_path / f"said-{name}", before))
        return running[-1]

    yield start
    for each in running:
        if each.process.poll() is None:
            each.end(signal.SIGKILL)


@pytest.fixture
def tell(capsys):
    """Print a line of counts past the capture of pytest, so that a run shows them."""

    def say(line):
        with capsys.disabled():
            sys.stdout.write(f"\n    {line}\n")

    return say
