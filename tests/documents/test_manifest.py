"""The sign that a folder is a workspace: without it, cut off or too new, nothing else is looked at."""

import re
from pathlib import Path

import pytest
from tests.builders import a_note, a_workspace

from fieldgate.documents.codec import to_document
from fieldgate.documents.document import Version
from fieldgate.documents.folder import Folder
from fieldgate.documents.frontmatter import dump
from fieldgate.documents.manifest import GIT_ATTRIBUTES, read_manifest, read_playbook
from fieldgate.errors import FormatError, NewerFormatError

ID = "7k3m9q2xw4tb1n8c"


def marker(**changed: str) -> str:
    text = dump(Version(document=to_document(a_workspace(id=ID, name="Đồng Mai")), vector={"k3f9a": 1}))
    for name, value in changed.items():
        text = re.sub(rf"(?m)^{name}: .*$", f"{name}: {value}" if value else "", text)
    return text


def put(path: Path, text: str) -> Folder:
    (path / "workspace.md").write_text(text, "utf-8", newline="\n")
    return Folder(path)


def test_a_workspace_is_told_by_its_marker(tmp_path):
    with put(tmp_path, marker()) as folder:
        manifest = read_manifest(folder)
    assert (manifest.id, manifest.format, manifest.name, manifest.newer) == (ID, 1, "Đồng Mai", False)
    assert dict(manifest.version.vector) == {"k3f9a": 1}


def test_a_marker_edited_by_hand_still_counts(tmp_path):
    with put(tmp_path, marker(name="Renamed")) as folder:
        assert read_manifest(folder).name == "Renamed"


def test_a_name_that_is_no_text_is_none(tmp_path):
    with put(tmp_path, marker(name="\n- a")) as folder:
        assert read_manifest(folder).name == ""


def test_a_newer_format_is_read_only_when_asked(tmp_path):
    with put(tmp_path, marker(format="2")) as folder:
        with pytest.raises(NewerFormatError, match="format 2, this fieldgate knows 1") as caught:
            read_manifest(folder)
        assert caught.value.exit_status == 5
        assert "newer fieldgate" in caught.value.hint
        assert read_manifest(folder, newer_too=True).newer


def test_a_folder_without_its_marker_is_no_workspace(tmp_path):
    with Folder(tmp_path) as folder, pytest.raises(FormatError, match="is not a workspace") as caught:
        read_manifest(folder)
    assert "drive" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("# Notes\n", "line 1"),
        (marker()[:-30], "cut off"),
        (marker(format=""), "no format"),
        (marker(format="one"), "no format"),
        (marker(format="-1"), "no format"),
        (marker(format='"²"'), "no format"),
        (marker(format="9" * 50), "no format"),
        (marker(format="\n- 1"), "no format"),
        (dump(Version(document=to_document(a_note()))), "record of kind note"),
    ],
)
def test_a_damaged_marker_is_refused_in_words(tmp_path, text, reason):
    with put(tmp_path, text) as folder, pytest.raises(FormatError, match=reason) as caught:
        read_manifest(folder)
    assert caught.value.exit_status == 4


def test_a_marker_that_is_a_link_is_refused(tmp_path):
    (tmp_path / "elsewhere").write_text(marker())
    (tmp_path / "workspace.md").symlink_to(tmp_path / "elsewhere")
    with Folder(tmp_path) as folder:
        with pytest.raises(FormatError, match="it is a link"):
            read_manifest(folder)
        assert [trouble.path for trouble in folder.scan().troubles] == ["workspace.md"]


def test_the_playbook_is_text_or_nothing(tmp_path):
    with Folder(tmp_path) as folder:
        assert read_playbook(folder) is None
        (tmp_path / "playbook.yaml").write_bytes("criteria: {}\n# Đắt\n".encode())
        assert read_playbook(folder) == "criteria: {}\n# Đắt\n"
        (tmp_path / "playbook.yaml").write_bytes(b"\xff\xfe")
        with pytest.raises(FormatError, match="UTF-16"):
            read_playbook(folder)


def test_git_keeps_line_ends_and_leaves_merging_to_us():
    assert GIT_ATTRIBUTES.decode().splitlines() == ["*.md merge=fieldgate -text", "*.yaml -text"]
