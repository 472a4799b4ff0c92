"""A data folder of one's own, and calls in this process."""

import os
import shutil

import pytest
from tests.cli.calls import DAY, Answer

from fieldgate.cli.entry import run
from fieldgate.locations import Locations
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY, make_demo

ROUNDS = int(os.environ.get("FIELDGATE_SOAK", "1"))
"""How many times as long as usual; `scripts/soak` raises it."""


def processor_seconds():
    """Return how long this process and the programs it ran have kept a processor busy, whatever else the machine does."""
    return sum(os.times()[:4])


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory):
    home = tmp_path_factory.mktemp("sample")
    return make_demo(Locations(data=home / "data", config=home / "config", cache=home / "cache"), Clock(SAMPLE_DAY))


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"FIELDGATE_{name}", str(tmp_path / "home" / name.lower()))
    monkeypatch.setenv("FIELDGATE_AUTHOR", "an")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def store(sample_store, tmp_path):
    path = tmp_path / "sample.fieldgate"
    shutil.copyfile(sample_store, path)
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "coldline"
    shutil.copytree(Locations.find().sample(), path)
    return path


@pytest.fixture
def call(capsys):
    def called(*words):
        status = run([*words, "--today", DAY])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return called
