"""The sample as a file of one's own, and processes that edit it."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from tests.cli.calls import DAY, Answer
from tests.nursery import Nursery

from fieldgate.cli.entry import run
from fieldgate.locations import Locations
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY, make_demo

EDITOR = Path(__file__).with_name("editor.py")
EDITING = "tests.faults.editor:main"
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


@pytest.fixture(scope="session")
def nursery(sample_store, tmp_path_factory):
    """The process that the editors are made of."""
    home = tmp_path_factory.mktemp("nursery")
    shutil.copyfile(sample_store, home / "warm.fieldgate")
    process = Nursery()
    process.warm(EDITING, home / "warm.fieldgate", home, "warm", "1")
    yield process
    process.end()


@pytest.fixture
def edit(nursery, store, tmp_path):
    """Start a process that edits the store; those that still run are ended with the test."""
    running = []

    def start(name, most=10_000, room=None):
        running.append(nursery.bear(EDITING, store, tmp_path, name, most, said=tmp_path / f"said-{name}", room=room))
        return running[-1]

    yield start
    for each in running:
        each.end(signal.SIGKILL)
