"""One file for e-mail: what we write comes back; what others send is bounded, named, and never unpacked."""

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from tests.builders import a_customer, a_note, a_workspace

from fieldgate.documents import archive
from fieldgate.documents.archive import MAX_ENTRIES, Archive, write_archive
from fieldgate.documents.codec import to_document
from fieldgate.documents.document import Version
from fieldgate.documents.folder import Content
from fieldgate.documents.frontmatter import dump
from fieldgate.documents.reading import read_contents
from fieldgate.documents.tree import Trouble, attachment_path, birth_path
from fieldgate.errors import FormatError, NewerFormatError, NotFoundError

WORKSPACE = a_workspace(id="7k3m9q2xw4tb1n8c")
NOTE = a_note("Đắt quá 🙂")


def entry(record: object) -> tuple[str, bytes]:
    document = to_document(record)  # type: ignore[arg-type]  # a record of a test
    return birth_path(document), dump(Version(document=document)).encode()


def a_zip(path: Path, files: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as target:
        for name, data in files:
            target.writestr(name, data)
    return path


def test_what_we_write_comes_back(tmp_path):
    image = b"\x89PNG" + bytes(3000)
    files = [
        entry(WORKSPACE), entry(NOTE), entry(a_customer()), ("playbook.yaml", b"criteria: {}\n"),
        (".gitattributes", b"x"), (attachment_path(image, ".png"), image),
    ]  # fmt: skip
    with (tmp_path / "a.zip").open("wb") as target:
        write_archive(target, files)
    with Archive(tmp_path / "a.zip") as sent:
        assert sent.manifest().id == WORKSPACE.id
        reading = read_contents(sent.contents(), WORKSPACE.id)
        assert sent.playbook() == "criteria: {}\n"
        assert list(sent.attachments()) == [(attachment_path(image, "png"), image)]
    assert reading.troubles == ()
    assert [found.parsed.record.id for found in reading.versions][:2] == [WORKSPACE.id, NOTE.id]
    assert reading.versions[1].parsed.record == NOTE


def test_the_same_files_give_the_same_bytes_for_nobody_else_to_read(tmp_path):
    one, other = io.BytesIO(), io.BytesIO()
    for target in (one, other):
        write_archive(target, [entry(WORKSPACE), entry(NOTE)])
    assert one.getvalue() == other.getvalue()
    with zipfile.ZipFile(one) as read:
        assert {info.external_attr >> 16 for info in read.infolist()} == {0o600}


def test_names_of_entries_are_used_for_nothing_but_their_ending(tmp_path):
    image = b"GIF"
    files = [
        ("../../etc/cron.d/x.MD", entry(WORKSPACE)[1]),
        ("/absolute/\x1b[31m.md", entry(NOTE)[1]),
        ("C:\\evil\\" + "a" * 300 + ".md", entry(a_customer())[1]),
        ("notes/", b""),
        ("no ending", b"nothing to us"),
        ("../../.bashrc.gif", image),
    ]
    before = set(tmp_path.iterdir())
    with Archive(a_zip(tmp_path / "a.zip", files)) as sent:
        assert sent.manifest().id == WORKSPACE.id
        assert len(read_contents(sent.contents(), WORKSPACE.id).versions) == 3
        assert [path for path, _ in sent.attachments()] == [attachment_path(image, "gif")]
        assert sent.playbook() is None
        assert all(len(each.path) <= 200 for each in sent.contents())
    assert set(tmp_path.iterdir()) - before == {tmp_path / "a.zip"}


def test_an_archive_without_a_workspace_is_refused(tmp_path):
    with (
        Archive(a_zip(tmp_path / "a.zip", [entry(NOTE), ("x.md", b"\nkind: workspace")])) as sent,
        pytest.raises(FormatError, match="holds no workspace"),
    ):
        sent.manifest()


def test_an_archive_of_a_newer_format_is_refused(tmp_path):
    path, data = entry(WORKSPACE)
    with Archive(a_zip(tmp_path / "a.zip", [(path, data.replace(b"format: 1", b"format: 9"))])) as sent:
        with pytest.raises(NewerFormatError):
            sent.manifest()
        assert sent.manifest(newer_too=True).newer


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x05\x06",
        b"SQLite format 3\0" + bytes(100),
        bytes(22),
        b"PK\x05\x06" + b"\xff" * 18,
        b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 5, 5, 500, 9, 0),
    ],
)
def test_what_is_no_zip_is_refused(tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(FormatError) as caught:
        Archive(tmp_path / "a.zip")
    assert "a.zip" in caught.value.message


def test_a_zip_cut_anywhere_is_refused_or_names_what_is_damaged(tmp_path):
    whole = a_zip(tmp_path / "whole.zip", [entry(WORKSPACE), entry(NOTE)]).read_bytes()
    for length in range(0, len(whole), 97):
        (tmp_path / "a.zip").write_bytes(whole[:length])
        with pytest.raises(FormatError):
            Archive(tmp_path / "a.zip")


@pytest.mark.parametrize("mask", [0xFF, 0x01, 0x80])
def test_a_flipped_byte_never_does_more_than_cost_an_entry(tmp_path, mask):
    target = io.BytesIO()
    write_archive(target, [entry(WORKSPACE), entry(NOTE)])
    whole = target.getvalue()
    read = []
    for place in range(0, len(whole), 3):
        hurt = bytearray(whole)
        hurt[place] ^= mask
        (tmp_path / "a.zip").write_bytes(hurt)
        try:
            with Archive(tmp_path / "a.zip") as sent:
                read.append(len(read_contents(sent.contents(), WORKSPACE.id).versions))
                list(sent.attachments())
        except FormatError:
            read.append(0)
    assert set(read) <= {0, 1, 2}
    assert read.count(0) < len(read)


def test_no_file_says_so(tmp_path):
    with pytest.raises(NotFoundError, match="No such file"):
        Archive(tmp_path / "gone.zip")


def test_a_bomb_is_cut_off_while_it_inflates(tmp_path):
    path = a_zip(tmp_path / "a.zip", [("bomb.md", bytes(300 << 20)), entry(WORKSPACE), ("bomb.bin", bytes(30 << 20))])
    assert path.stat().st_size < 1 << 20
    with Archive(path) as sent:
        first, second = sent.contents()
        assert first == Trouble(path="bomb.md", why="it is longer than 2 MB")
        assert isinstance(second, Content)
        assert list(sent.attachments()) == [Trouble(path="bomb.bin", why="it is longer than 20 MB")]


def test_the_size_that_an_entry_claims_is_not_believed(tmp_path):
    data = bytearray(a_zip(tmp_path / "a.zip", [("a.md", bytes(5 << 20))]).read_bytes())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<L", 10)
    (tmp_path / "a.zip").write_bytes(data)
    with Archive(tmp_path / "a.zip") as sent:
        (only,) = sent.contents()
    assert isinstance(only, Trouble)


def test_all_entries_together_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_ALL", 3000)
    files = [(f"{number}.md", bytes(1000)) for number in range(5)]
    with Archive(a_zip(tmp_path / "a.zip", files)) as sent:
        read = list(sent.contents())
    assert [isinstance(each, Content) for each in read] == [True, True, True, False]
    assert "more than" in read[3].why


def test_a_long_list_of_entries_is_refused_before_it_is_read(tmp_path):
    empty = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, MAX_ENTRIES + 1, MAX_ENTRIES + 1, 0, 0, 0)
    huge = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 0xFFFFFFFF, 0, 0)
    long = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1) + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 0, 0, 0)
    for data in (empty, huge, long):
        (tmp_path / "a.zip").write_bytes(bytes(100) + data)
        with pytest.raises(FormatError, match="more than 20000 entries"):
            Archive(tmp_path / "a.zip")


def test_what_is_encrypted_or_packed_otherwise_is_named(tmp_path):
    with Archive(a_zip(tmp_path / "a.zip", [entry(NOTE)], zipfile.ZIP_LZMA)) as sent:
        (only,) = sent.contents()
    assert "packed in a way that is not read" in only.why
    data = bytearray(a_zip(tmp_path / "b.zip", [("playbook.yaml", b"x: y"), ("a.png", b"x")]).read_bytes())
    for place in range(len(data)):
        if data[place : place + 4] == b"PK\x01\x02":
            data[place + 8] |= 1
    (tmp_path / "b.zip").write_bytes(data)
    with Archive(tmp_path / "b.zip") as sent:
        with pytest.raises(FormatError, match=r"playbook\.yaml: it is encrypted"):
            sent.playbook()
        assert "encrypted" in next(sent.attachments()).why


def test_an_archive_lets_go_of_its_file(tmp_path):
    before = len(os.listdir("/dev/fd")) if Path("/dev/fd").exists() else 0  # noqa: PTH208 - counts, does not look
    with Archive(a_zip(tmp_path / "a.zip", [entry(WORKSPACE)])) as sent:
        sent.manifest()
    (tmp_path / "b.zip").write_bytes(b"no zip, and longer than the end of one")
    with pytest.raises(FormatError):
        Archive(tmp_path / "b.zip")
    assert (len(os.listdir("/dev/fd")) if before else 0) == before  # noqa: PTH208 - as above
