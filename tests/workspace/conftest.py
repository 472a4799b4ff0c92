"""The sample, opened from a copy of its folder on the day it was written for."""

import shutil

import pytest

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
