"""Other ways for versions to come in: a zip by mail, and a copy of the working file that went its own way."""

import pytest
from tests.workspace.founders import Founder

from fieldgate.documents.archive import Archive
from fieldgate.errors import FormatError, UndecidedError
from fieldgate.workspace.door import inspect, open_workspace


def opened(path, founder):
    workspace = open_workspace(inspect(path, founder.locations), founder.locations, founder.clock, founder.handle)
    workspace.take_in_shared()
    return workspace


def test_a_zip_opens_on_another_machine_and_merges_on_one_that_has_the_workspace(anna, tmp_path):
    note = anna.note("Khách nói: 太貴了")
    anna.sync()
    zipped = tmp_path / "mail.zip"
    assert anna.at.sharing.write_zip(zipped) == len(anna.files())
    assert zipped.stat().st_mode & 0o777 == 0o600
    ben = Founder(tmp_path / "ben", "ben", tmp_path / "nowhere")
    workspace = opened(zipped, ben)
    assert workspace.record("note", note).text == "Khách nói: 太貴了"
    workspace.perform("note.edit", note, {"text": "Khách nói: 太貴了\nเบ็น"})
    back = tmp_path / "back.zip"
    workspace.sharing.write_zip(back)
    workspace.close()
    anna.edit("note", note, text="Ана\nKhách nói: 太貴了")
    anna.leave()
    again = opened(back, anna)
    assert again.record("note", note).text == "Ана\nKhách nói: 太貴了\nเบ็น"
    again.close()


def test_the_zip_of_an_unchanged_workspace_has_the_same_bytes(anna, tmp_path):
    anna.note("x")
    for name in ("one.zip", "two.zip"):
        anna.at.sharing.write_zip(tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with Archive(tmp_path / "one.zip") as archive:
        assert archive.manifest().name == "Trả lương"


@pytest.fixture
def copy(anna, tmp_path):
    """A copy of the working file, edited on its own."""
    note = anna.note("a\nb")
    customer = anna.customer("Мая", segment="hotels")
    path = tmp_path / "laptop.fieldgate"
    anna.at.store.backup(path)
    other = opened(path, anna)
    other.perform("note.edit", note, {"text": "a\nb\nของ"})
    other.perform("customer.edit", customer, {"segment": "Клиники"})
    other.perform("note.create", None, {"text": "only there"})
    other.close(give_out=False)
    anna.edit("note", note, text="Ана\na\nb")
    return path, note, customer


def everything(workspace):
    return {kind: list(workspace.store.records(kind)) for kind in ("note", "customer", "member", "gate")}


def test_a_copy_that_went_its_own_way_merges_after_a_backup(anna, copy):
    path, note, customer = copy
    before = path.read_bytes()
    report = anna.at.sharing.merge_copy(path)
    assert anna.record("note", note).text == "Ана\na\nb\nของ"
    assert anna.record("customer", customer).segment == "Клиники"
    assert len(report.changed) == 3
    assert len(report.new) == 1
    backups = list((anna.at.store.path.parent / "backups").iterdir())
    assert len(backups) == 1
    assert path.read_bytes() == before
    assert anna.at.sharing.merge_copy(path).changed == ()


def test_a_preview_changes_nothing_and_says_the_same(anna, copy):
    path, _, _ = copy
    before = everything(anna.at)
    preview = anna.at.sharing.merge_copy(path, dry_run=True)
    assert everything(anna.at) == before
    assert not (anna.at.store.path.parent / "backups").exists()
    assert anna.at.sharing.merge_copy(path).changed == preview.changed


def test_merging_a_copy_can_be_taken_back(anna, copy):
    path, note, customer = copy
    anna.at.sharing.merge_copy(path)
    anna.at.undo()
    assert anna.record("note", note).text == "Ана\na\nb"
    assert anna.record("customer", customer).segment == "hotels"


def test_a_copy_of_another_workspace_is_refused(anna, tmp_path):
    other = Founder(tmp_path / "other", "anna", tmp_path / "other folder").start()
    path = tmp_path / "other.fieldgate"
    other.at.store.backup(path)
    other.leave()
    with pytest.raises(UndecidedError, match="another workspace"):
        anna.at.sharing.merge_copy(path)


def test_a_damaged_copy_is_refused_and_left_as_it_is(anna, copy):
    path, _, _ = copy
    data = path.read_bytes()
    path.write_bytes(data[:5000] + b"\0" * 3000 + data[8000:])
    damaged = path.read_bytes()
    with pytest.raises(FormatError):
        anna.at.sharing.merge_copy(path)
    assert path.read_bytes() == damaged


def test_what_others_changed_since_the_last_look_is_listed(anna, ben):
    note = anna.note("one")
    anna.sync()
    ben.sync()
    ben.at.sharing.looked()
    assert ben.at.sharing.news() == []
    anna.edit("note", note, text="two")
    anna.sync()
    ben.note("of my own")
    ben.sync()
    assert [(each.row_id, each.after["text"]) for each in ben.at.sharing.news()] == [(note, "two")]
