"""What is at a path is told cheaply and in one sentence, and nothing is touched."""

import sqlite3

import pytest

from fieldgate.domain.identity import is_id
from fieldgate.errors import FormatError, NewerFormatError, NotFoundError
from fieldgate.locations import Locations
from fieldgate.store.inspection import SCHEMA_VERSION
from fieldgate.workspace import door
from fieldgate.workspace.door import find_path, inspect
from fieldgate.workspace.recent import Recent, remember


@pytest.fixture
def locations(tmp_path):
    return Locations(data=tmp_path / "data", config=tmp_path / "config", cache=tmp_path / "cache")


def test_the_sample_folder_is_a_workspace_that_is_not_known_yet(locations):
    target = inspect(locations.sample(), locations)
    assert (target.kind, target.name, target.known) == ("folder", "Coldline", False)
    assert is_id(target.workspace_id)
    assert target.store == locations.store_path(target.workspace_id)
    assert not locations.data.exists()


def test_nothing_there_is_said_with_what_to_do(locations, tmp_path):
    with pytest.raises(NotFoundError, match="nothing at") as caught:
        inspect(tmp_path / "gone", locations)
    assert "fieldgate new" in caught.value.hint


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0", b"\x00" * 200, b"PK\x03\x04broken"])
def test_a_file_that_is_no_workspace_is_refused_and_untouched(locations, tmp_path, content):
    file = tmp_path / "x.fieldgate"
    file.write_bytes(content)
    with pytest.raises(FormatError):
        inspect(file, locations)
    assert file.read_bytes() == content


def test_a_folder_without_its_marker_is_refused(locations, tmp_path):
    (tmp_path / "plain").mkdir()
    with pytest.raises(FormatError, match=r"workspace\.md"):
        inspect(tmp_path / "plain", locations)


def test_a_foreign_database_is_refused(locations, tmp_path):
    file = tmp_path / "foreign.fieldgate"
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE t (x)")
    with pytest.raises(FormatError, match="not one of fieldgate"):
        inspect(file, locations)


def test_a_newer_store_is_refused_and_untouched(locations, tmp_path):
    file = tmp_path / "newer.fieldgate"
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE t (x)")
        db.execute(f"PRAGMA application_id = {door.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {door.SCHEMA + 1}")
    before = file.read_bytes()
    with pytest.raises(NewerFormatError):
        inspect(file, locations)
    assert file.read_bytes() == before


def test_the_door_knows_the_newest_schema():
    assert door.SCHEMA == SCHEMA_VERSION


def test_a_device_is_no_workspace(locations):
    from pathlib import Path

    with pytest.raises(FormatError, match="neither a file nor a folder"):
        inspect(Path("/dev/null"), locations)


class TestWhichWorkspaceIsMeant:
    @pytest.fixture(autouse=True)
    def _no_other(self, monkeypatch):
        monkeypatch.delenv("FIELDGATE_WORKSPACE", raising=False)

    def test_the_given_one_comes_first(self, locations, monkeypatch):
        monkeypatch.setenv("FIELDGATE_WORKSPACE", "/named")
        assert str(find_path("/given", locations)) == "/given"
        assert str(find_path(None, locations)) == "/named"

    def test_then_the_one_used_last(self, locations):
        remember(locations, Recent(path="/last", workspace_id="c0dene2026samp01", name="x"))
        assert str(find_path(None, locations)) == "/last"

    def test_without_any_it_says_how_to_begin(self, locations):
        with pytest.raises(NotFoundError) as caught:
            find_path(None, locations)
        assert "fieldgate demo" in caught.value.hint
