import pytest

from fieldgate.errors import RefusedError
from fieldgate.workspace import attaching
from fieldgate.workspace.attaching import attach, folder_of
from fieldgate.workspace.door import Target


@pytest.fixture
def target(tmp_path):
    return Target(path=tmp_path / "đường.fieldgate", kind="store", store=tmp_path / "đường.fieldgate")


def test_a_file_of_this_machine_is_kept_with_the_workspace_by_its_content(target, tmp_path):
    source = tmp_path / "Màn hình 1.PNG"
    source.write_bytes(b"picture")
    path = attach(target, source)
    assert path.startswith("attachments/")
    assert path.endswith(".png")
    kept = tmp_path / "đường.files" / path.partition("/")[2]
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"picture", 0o600)
    assert attach(target, source) == path
    assert len(list(kept.parent.iterdir())) == 1
    odd = tmp_path / "x.so odd!"
    odd.write_bytes(b"y")
    assert attach(target, odd).endswith(".bin")


def test_each_kind_of_workspace_has_its_place(target, tmp_path):
    assert folder_of(target._replace(kind="folder", path=tmp_path / "f")) == tmp_path / "f" / "attachments"
    own = tmp_path / "store.fieldgate"
    assert {folder_of(target._replace(kind=each, path=own, store=own)) for each in ("archive", "store")} == {
        tmp_path / "attachments"
    }


def test_what_is_no_file_or_too_large_is_refused(target, tmp_path, monkeypatch):
    with pytest.raises(RefusedError, match="There is no file"):
        attach(target, tmp_path / "none.png")
    with pytest.raises(RefusedError, match="no plain file"):
        attach(target, tmp_path)
    monkeypatch.setattr(attaching, "MAX_ATTACHMENT", 3)
    large = tmp_path / "large.png"
    large.write_bytes(b"1234")
    with pytest.raises(RefusedError, match="larger than"):
        attach(target, large)
