"""A sync with nothing to do says so without loading what writes; every reason to do something is seen."""

import hashlib
import shutil

import pytest
from tests.cli.test_entry import loaded
from tests.workspace.founders import aged

from fieldgate.locations import Locations
from fieldgate.workspace.door import inspect
from fieldgate.workspace.stillness import is_in_step


@pytest.fixture
def still(call, shared, monkeypatch):
    """A shared folder that was synced, some seconds after its files were written; returns whether it is in step."""
    monkeypatch.setenv("FIELDGATE_AUTHOR", "an")
    aged(shared)
    for _ in range(2):
        assert call("sync", str(shared)).status == 0

    def asked():
        return is_in_step(inspect(shared, Locations.find()), Locations.find())

    assert asked()
    return asked


def test_nothing_that_writes_is_loaded_where_nothing_changed(still, call, shared):
    answer = call("sync", str(shared))
    assert (answer.status, answer.out) == (0, "nothing new\n")
    slow = {"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich", "rapidfuzz"}
    assert not loaded("sync", str(shared)) & slow
    quick = call("sync", str(shared), "--json").data
    aged(shared / "notes")  # only the times differ: the sync itself looks
    assert not still()
    assert {**call("sync", str(shared), "--json").data, "read": 0} == quick


def test_every_reason_to_do_something_is_seen_and_done(still, call, shared, own_folders, tmp_path):
    note = next((shared / "notes").glob("*.md"))

    def settled():
        aged(shared)
        call("sync", str(shared))
        call("sync", str(shared))
        return still()

    note.write_text(note.read_text("utf-8").replace("\n<!-- ", "\nfrom an editor\n<!-- "), "utf-8")
    assert not still()
    assert "1 records came in" in call("sync", str(shared)).out
    assert settled()
    assert call("note", str(shared), "kept at home", "--no-sync").status == 0
    assert not still()
    assert "1 files written" in call("sync", str(shared)).out
    assert settled()
    # Given out already, but no backup has it yet.
    assert call("note", str(shared), "given out").status == 0
    aged(shared)
    assert not still()
    assert settled()
    content = b"offer"
    for folder in (
        shared / "attachments",
        next((own_folders / "data").rglob("store.fieldgate")).parent / "attachments",
    ):
        folder.mkdir(exist_ok=True)
        (folder / f"{hashlib.sha256(content).hexdigest()}.pdf").write_bytes(content)
        assert not still()
        assert settled()
        content += b"!"
    broken = shared / "notes" / f"x-{'z' * 16}.md"
    broken.write_text("no record", "utf-8")
    assert not still()
    assert "1 files left alone" in call("sync", str(shared)).out
    assert "1 files left alone" in call("sync", str(shared)).out
    broken.unlink()
    assert settled()
    shutil.move(note, tmp_path / "away")
    assert not still()
    assert call("sync", str(shared)).status == 7
    assert call("sync", str(shared)).status == 7
    shutil.move(tmp_path / "away", note)
    assert settled()
    (tmp_path / "far.git").mkdir()
    assert call("remote", str(shared), str(tmp_path / "far.git")).status == 0
    assert not still()
