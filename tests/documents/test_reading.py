"""All that a folder holds: good records come, each bad file is named, and nothing on the disk changes."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import a_customer, a_hypothesis, a_meeting, a_note, a_piece, a_workspace

from fieldgate.documents.codec import to_document
from fieldgate.documents.document import Version
from fieldgate.documents.folder import Folder
from fieldgate.documents.frontmatter import dump
from fieldgate.documents.manifest import GIT_ATTRIBUTES
from fieldgate.documents.reading import read_all
from fieldgate.documents.tree import birth_path
from fieldgate.domain.identity import named_id
from fieldgate.domain.records.record import Record

WORKSPACE = a_workspace(id="7k3m9q2xw4tb1n8c")
GOOD = [WORKSPACE, a_customer(name="Kiều"), a_meeting(topic="訪談"), a_hypothesis(statement="ราคาแพง")]


def text_of(record: Record, **more: object) -> str:
    return dump(Version(document=to_document(record, **more), vector={"k3f9a": 7}))  # type: ignore[arg-type]  # of a test


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for record in GOOD:
        path = tmp_path / birth_path(to_document(record))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text_of(record).encode())
    (tmp_path / ".gitattributes").write_bytes(GIT_ATTRIBUTES)
    (tmp_path / "notes").mkdir()
    return tmp_path


def test_every_record_of_a_folder_is_read(root):
    note = a_note("Mỗi thứ sáu")
    piece = a_piece(note, GOOD[3])
    (root / "notes" / "a.md").write_bytes(text_of(note, evidence=[piece]).encode())
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    with Folder(root) as folder:
        reading = read_all(folder, WORKSPACE.id)
        stamps = folder.scan().stamps
    assert (reading.troubles, reading.unread) == ((), ())
    assert [found.path for found in reading.versions] == sorted(stamps)
    assert {found.parsed.record.id: found.parsed.record for found in reading.versions} == {
        record.id: record for record in [*GOOD, note]
    }
    by_path = {found.path: found for found in reading.versions}
    found = by_path["notes/a.md"]
    assert found.parsed.evidence == (replace(piece, id=named_id(WORKSPACE.id, "evidence", note.id, GOOD[3].id)),)
    assert (found.stamp, dict(found.version.vector)) == (stamps["notes/a.md"], {"k3f9a": 7})
    assert len(found.fingerprint) == 64
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_a_copy_of_a_file_is_one_more_version(root):
    name = birth_path(to_document(GOOD[1]))
    copy = root / name.replace(".md", " (Bo's conflicted copy 2026-11-20).md")
    copy.write_bytes(text_of(replace(GOOD[1], segment="bakers")).encode())
    with Folder(root) as folder:
        versions = [each for each in read_all(folder, WORKSPACE.id).versions if each.parsed.record.id == GOOD[1].id]
    assert {each.parsed.record.segment for each in versions} == {None, "bakers"}


NOTE = text_of(a_note("They pay 40"))
BAD = {
    "empty.md": (b"", "it is empty"),
    "cut.md": (NOTE[:60].encode(), "no closing"),
    "cut late.md": (NOTE[:-20].encode(), "its last line is not the one"),
    "foreign.md": (b"# My notes\n", "line 1 is not the '---'"),
    "utf16.md": (NOTE.encode("utf-16"), "it is UTF-16"),
    "latin.md": (NOTE.replace("pay", "pay\n\xe9").encode("latin-1"), "is not UTF-8"),
    "bytes.md": (bytes(range(256)) * 50, "is not UTF-8"),
    "git.md": (
        NOTE.replace("They pay 40", "<<<<<<< ours\nThey pay 40\n=======\nThey pay 45\n>>>>>>> theirs").encode(),
        "git left both sides",
    ),
    "field.md": (NOTE.replace("said_on: 2026-11-20", "said_on: yesterday").encode(), "field said_on: it cannot be"),
    "id.md": (NOTE.replace("id: ", "id: ../../../tmp/", 1).encode(), "id in the head is not one"),
    "alias.md": (b"---\nid: &a x\nkind: *a\n---\n", "line"),
    "tag.md": (b"---\nid: !!python/object/apply:os.system [id]\nkind: note\n---\n", "line"),
    "bomb.md": (
        b"---\na: &a [x, x, x, x]\n"
        + b"".join(b"%c: &%c [*%c, *%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 120))
        + b"---\n",
        "line",
    ),
    "deep.md": (b"---\nid: " + b"[" * 100_000 + b"\n---\n", ""),
    "wide.md": (b"---\n" + b"".join(b"k%d: v\n" % n for n in range(10_000)) + b"---\n", ""),
    "quote.md": (b'---\nid: "' + b"x" * 1_000_000 + b"\n---\n", ""),
    "stranger.md": (text_of(a_workspace()).encode(), "it is the record of another workspace"),
    "long.md": (b"x" * (50 << 20), "it is longer than 2 MB"),
}


def test_each_bad_file_is_named_and_all_good_ones_come(root):
    for name, (data, _) in BAD.items():
        (root / "notes" / name).write_bytes(data)
    os.mkfifo(root / "notes" / "pipe.md")
    (root / "notes" / "link.md").symlink_to("/etc/passwd")
    (root / "actions").symlink_to("/etc")
    with Folder(root) as folder:
        reading = read_all(folder, WORKSPACE.id)
    assert {found.parsed.record.id for found in reading.versions} == {record.id for record in GOOD}
    whys = {trouble.path: trouble.why for trouble in reading.troubles}
    assert set(whys) == {f"notes/{name}" for name in BAD} | {"notes/pipe.md", "notes/link.md", "actions"}
    assert reading.unread == ("actions",)
    for name, (_, why) in BAD.items():
        assert why in whys[f"notes/{name}"], name
        assert 5 < len(whys[f"notes/{name}"]) < 250
        assert not whys[f"notes/{name}"].startswith("notes/")


def test_lines_are_those_of_line_feeds_alone(root):
    text = "one\x85two\u2028three\u2029four\x0bfive\x0csix\x1cseven"
    (root / "notes" / "a.md").write_bytes(text_of(a_note(text, mark=None)).encode())
    with Folder(root) as folder:
        reading = read_all(folder, WORKSPACE.id)
    assert text in {getattr(found.parsed.record, "text", "") for found in reading.versions}


def test_a_kind_that_a_newer_version_knows_is_kept(root):
    (root / "notes" / "a.md").write_bytes(NOTE.replace("kind: note", "kind: experiment", 1).encode())
    with Folder(root) as folder:
        reading = read_all(folder, WORKSPACE.id)
    assert [found.path for found in reading.versions if found.parsed.record is None] == ["notes/a.md"]
    assert reading.troubles == ()
