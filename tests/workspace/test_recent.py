"""The list of workspaces opened lately."""

import stat

import pytest

from fieldgate.locations import Locations
from fieldgate.workspace.recent import MOST, Recent, recent_workspaces, remember


@pytest.fixture
def locations(tmp_path):
    return Locations(data=tmp_path / "data", config=tmp_path / "config", cache=tmp_path / "cache")


def opened(path, name="Coldline"):
    return Recent(path=str(path), workspace_id="c0dene2026samp01", name=name)


def test_the_newest_comes_first_and_only_once(locations):
    for path in ("/one", "/two", "/one"):
        remember(locations, opened(path))
    assert [each.path for each in recent_workspaces(locations)] == ["/one", "/two"]


def test_names_in_every_script_come_back(locations):
    remember(locations, opened("/một", "東港 ทะเลทอง Чайка"))
    assert recent_workspaces(locations)[0].name == "東港 ทะเลทอง Чайка"


def test_the_list_stays_short_and_private(locations):
    for number in range(MOST + 5):
        remember(locations, opened(f"/{number}"))
    assert len(recent_workspaces(locations)) == MOST
    file = locations.data / "recent.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in locations.data.iterdir()] == ["recent.json"]


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"path": 1}]', "\x00"])
def test_a_list_that_cannot_be_read_counts_as_empty(locations, text):
    locations.data.mkdir()
    (locations.data / "recent.json").write_text(text)
    assert recent_workspaces(locations) == ()
