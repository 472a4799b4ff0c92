"""The sample, opened from a copy of its folder on the day it was written for."""

import shutil

import pytest
from tests.workspace.founders import Founder

from fieldgate.locations import Locations
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_AUTHOR, SAMPLE_DAY
from fieldgate.workspace.door import inspect, open_workspace


@pytest.fixture
def locations(tmp_path):
    return Locations(data=tmp_path / "data", config=tmp_path / "config", cache=tmp_path / "cache")


@pytest.fixture
def clock():
    return Clock(SAMPLE_DAY)


@pytest.fixture
def folder(tmp_path, locations):
    return shutil.copytree(locations.sample(), tmp_path / "coldline")


@pytest.fixture
def workspace(folder, locations, clock):
    opened = open_workspace(inspect(folder, locations), locations, clock, SAMPLE_AUTHOR)
    yield opened
    opened.close()


@pytest.fixture
def anna(tmp_path):
    founder = Founder(tmp_path / "anna", "anna", tmp_path / "shared").start()
    yield founder
    founder.leave(give_out=False)


@pytest.fixture
def ben(tmp_path, anna):
    founder = Founder(tmp_path / "ben", "ben", tmp_path / "shared")
    yield founder
    founder.leave(give_out=False)
