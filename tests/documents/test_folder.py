"""A folder that others write to: nothing is followed, nothing is written by looking, writing is whole or not at all."""

import errno
import os
import socket
import stat
import time
from pathlib import Path

import pytest

from fieldgate.documents import disk, scan
from fieldgate.documents.disk import fingerprint
from fieldgate.documents.folder import MAX_ATTACHMENT, MAX_FILE, Content, Folder
from fieldgate.documents.scan import bounded
from fieldgate.documents.tree import Trouble
from fieldgate.errors import BusyError, FormatError, NotFoundError

ID = "7k3m9q2xw4tb1n8c"
NOTE = f"notes/{ID}.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "shared"
    (path / "notes").mkdir(parents=True)
    (path / "workspace.md").write_bytes(b"marker")
    (path / NOTE).write_bytes(b"a note")
    return path


def everything(path: Path) -> list[tuple[str, int, bytes]]:
    rows = []
    for each in sorted(path.rglob("*")):
        status = each.lstat()
        data = each.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        rows.append((str(each.relative_to(path)), status.st_mtime_ns, data))
    return rows


def test_looking_lists_records_and_changes_nothing(root):
    (root / "notes" / "Anna (conflicted copy).MD").write_bytes(b"x")
    (root / "notes" / "Đắt.md").write_bytes(b"x")
    (root / "notes" / ".hidden.md").write_bytes(b"x")
    (root / "notes" / "readme.txt").write_bytes(b"x")
    (root / "notes" / ".git").mkdir()
    (root / "elsewhere").mkdir()
    (root / "elsewhere" / "a.md").write_bytes(b"x")
    (root / "other.md").write_bytes(b"x")
    before = everything(root)
    with Folder(root) as folder:
        seen = folder.scan()
        assert folder.identity() == (root.stat().st_dev, root.stat().st_ino)
        assert folder.read(NOTE).data == b"a note"
    assert set(seen.stamps) == {"workspace.md", NOTE, "notes/Anna (conflicted copy).MD", "notes/Đắt.md"}
    assert (seen.troubles, seen.unread) == ((), ())
    assert everything(root) == before


def test_a_stamp_tells_a_changed_file_from_one_that_is_not(root):
    with Folder(root) as folder:
        first = folder.scan().stamps
        assert folder.scan().stamps == first
        assert folder.read(NOTE).stamp == first[NOTE]
        stamp = folder.write(NOTE, b"another", fingerprint(b"a note"))
        assert folder.scan().stamps[NOTE] == stamp != first[NOTE]
        assert folder.scan().stamps["workspace.md"] == first["workspace.md"]


def hostile_entries(notes: Path, outside: Path) -> dict[str, str]:
    (outside / "secret.md").write_bytes(b"secret")
    (notes / "link.md").symlink_to(outside / "secret.md")
    (notes / "dangling.md").symlink_to(outside / "nothing")
    (notes / "loop.md").symlink_to("loop.md")
    (notes / "device.md").symlink_to("/dev/zero")
    os.mkfifo(notes / "pipe.md")
    os.mkfifo(notes / "pipe")
    (notes / "folder.md").mkdir()
    (notes / "long.md").write_bytes(b"")
    os.truncate(notes / "long.md", 50 * 1024 * 1024)
    with socket.socket(socket.AF_UNIX) as server:
        place = os.open(notes, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{place}/socket.md")
        os.close(place)
    (notes / os.fsdecode(b"caf\xe9.md")).write_bytes(b"x")
    return {
        "notes/link.md": "it is a link",
        "notes/dangling.md": "it is a link",
        "notes/loop.md": "it is a link",
        "notes/device.md": "it is a link",
        "notes/pipe.md": "it is a pipe",
        "notes/pipe": "it is a pipe",
        "notes/folder.md": "it is a folder",
        "notes/long.md": "it is longer than 2 MB",
        "notes/socket.md": "it is a pipe, a socket",
        "notes/caf\\udce9.md": "its name is none",
    }


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="a socket in a long path is made through /proc")
def test_links_pipes_devices_and_long_files_are_named_and_left(root, tmp_path):
    expected = hostile_entries(root / "notes", tmp_path)
    with Folder(root) as folder:
        seen = folder.scan()
        assert set(seen.stamps) == {"workspace.md", NOTE}
        assert {trouble.path for trouble in seen.troubles} == set(expected)
        for trouble in seen.troubles:
            assert trouble.why.startswith(expected[trouble.path]), trouble
        for path in expected:
            if path.endswith(".md") and "\\" not in path:
                with pytest.raises(FormatError, match="it is"):
                    folder.read(path)


def test_a_linked_folder_is_not_entered(root, tmp_path):
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "diary.md").write_bytes(b"secret")
    (root / "meetings").symlink_to(tmp_path / "private")
    (root / "gates").write_bytes(b"a file")
    with Folder(root) as folder:
        seen = folder.scan()
        assert set(seen.stamps) == {"workspace.md", NOTE}
        assert set(seen.unread) == {"meetings", "gates"}
        assert all("where a folder is expected" in trouble.why for trouble in seen.troubles)
        with pytest.raises(FormatError, match="where a folder is expected"):
            folder.read("meetings/diary.md")
        with pytest.raises(BusyError, match="cannot be written"):
            folder.write("meetings/diary.md", b"x", None)
        assert folder.sweep() == 0
    assert (tmp_path / "private" / "diary.md").read_bytes() == b"secret"


def test_a_file_that_may_not_be_read_is_named(root, monkeypatch):
    real = os.open

    def refuse(path, flags, *rest, **more):
        if path == f"{ID}.md":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    with Folder(root) as folder, pytest.raises(FormatError, match="it cannot be read: Permission denied"):
        folder.read(NOTE)


def test_what_leaves_the_folder_is_refused_before_the_disk_is_touched(root):
    (root.parent / "outside.md").write_bytes(b"x")
    with Folder(root) as folder:
        for path in ("../outside.md", "notes/../../outside.md", str(root.parent / "outside.md")):
            with pytest.raises(FormatError):
                folder.read(path)
            with pytest.raises(FormatError):
                folder.write(path, b"y", None)
            with pytest.raises(FormatError):
                folder.remove(path, fingerprint(b"x"))
    assert (root.parent / "outside.md").read_bytes() == b"x"


def test_no_folder_says_so(tmp_path):
    with pytest.raises(NotFoundError, match="No such file or directory") as caught:
        Folder(tmp_path / "gone")
    assert "drive" in caught.value.hint
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotFoundError):
        Folder(tmp_path / "file")


def test_a_folder_without_its_marker_can_be_looked_at(tmp_path):
    with Folder(tmp_path) as folder:
        assert folder.scan().stamps == {}
        with pytest.raises(NotFoundError, match="it is not there"):
            folder.read("workspace.md")


def test_a_person_may_name_the_folder_by_a_link(root, tmp_path):
    (tmp_path / "link").symlink_to(root)
    with Folder(tmp_path / "link") as folder:
        assert NOTE in folder.scan().stamps


def test_a_file_that_goes_while_the_folder_is_listed_is_no_trouble(root, monkeypatch):
    class Gone:
        name = "gone.md"

        def stat(self, *, follow_symlinks):
            raise FileNotFoundError

    look = scan.Look(lambda _: True, 10)
    look.through("notes", [Gone()])
    assert look.scan().troubles == ()


def test_the_number_of_files_is_bounded(root, monkeypatch):
    monkeypatch.setattr(scan, "MAX_FILES", 3)
    for number in range(4):
        (root / "notes" / f"{number}.md").write_bytes(b"")
    with Folder(root) as folder:
        seen = folder.scan()
    assert len(seen.stamps) == 3
    assert seen.unread == ("notes",)
    assert "more than 3 files" in seen.troubles[0].why


def test_the_list_of_troubles_is_bounded():
    many = [Trouble(path=str(number), why="x") for number in range(1000)]
    assert len(bounded(many)) == scan.MAX_TROUBLES + 1
    assert bounded(many)[-1].why == "and 800 more"
    assert bounded(many[:3]) == tuple(many[:3])


def test_reading_many_files_names_those_that_fail_and_stops_at_the_limit(root, monkeypatch):
    monkeypatch.setattr("fieldgate.documents.folder.MAX_ALL", 10)
    (root / "notes" / "b.md").write_bytes(b"1234")
    (root / "notes" / "c.md").write_bytes(b"5")
    with Folder(root) as folder:
        read = list(folder.read_each([NOTE, "notes/gone.md", "notes/b.md", "notes/c.md", NOTE]))
    assert [each.path for each in read] == [NOTE, "notes/gone.md", "notes/b.md", "notes/c.md"]
    assert isinstance(read[0], Content)
    assert read[1] == Trouble(path="notes/gone.md", why="it is not there")
    assert isinstance(read[3], Trouble)
    assert "more than" in read[3].why


def test_a_file_that_grows_while_it_is_read_is_refused(root, monkeypatch):
    real = os.fstat

    def small(handle):
        status = list(real(handle))
        status[stat.ST_SIZE] = 0
        return os.stat_result(status)

    (root / NOTE).write_bytes(b"x" * (MAX_FILE + 1))
    with Folder(root) as folder:
        monkeypatch.setattr(os, "fstat", small)
        with pytest.raises(FormatError, match="longer than 2 MB"):
            folder.read(NOTE)
        monkeypatch.undo()


# Writing


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_and_folders_are_for_nobody_else(root, mask):
    old = os.umask(mask)
    try:
        with Folder(root) as folder:
            assert folder.write("gates/a.md", b"new", None)
            assert folder.write(NOTE, b"new", fingerprint(b"a note"))
    finally:
        os.umask(old)
    assert stat.S_IMODE((root / "gates").stat().st_mode) == 0o700
    assert stat.S_IMODE((root / "gates" / "a.md").stat().st_mode) == 0o600
    assert stat.S_IMODE((root / NOTE).stat().st_mode) == 0o600
    assert (root / NOTE).read_bytes() == b"new"
    assert [each.name for each in (root / "notes").iterdir()] == [f"{ID}.md"]


def test_a_file_is_written_only_over_what_was_read(root):
    before = everything(root)
    with Folder(root) as folder:
        assert folder.write(NOTE, b"ours", fingerprint(b"what it was before")) is None
        assert folder.write(NOTE, b"ours", None) is None
        assert folder.write("notes/new.md", b"ours", fingerprint(b"x")) is None
    after = everything(root)
    assert [(name, data) for name, _, data in after] == [(name, data) for name, _, data in before]


def test_a_link_in_place_of_a_file_is_not_written_through(root, tmp_path):
    (tmp_path / "target").write_bytes(b"a note")
    (root / NOTE).unlink()
    (root / NOTE).symlink_to(tmp_path / "target")
    with Folder(root) as folder:
        assert folder.write(NOTE, b"ours", fingerprint(b"a note")) is None
        assert folder.write(NOTE, b"ours", None) is None
        assert not folder.remove(NOTE, fingerprint(b"a note"))
    assert (tmp_path / "target").read_bytes() == b"a note"
    assert (root / NOTE).is_symlink()


def test_a_copy_is_removed_only_if_it_is_what_was_read(root):
    with Folder(root) as folder:
        assert not folder.remove(NOTE, fingerprint(b"other"))
        assert (root / NOTE).exists()
        assert folder.remove(NOTE, fingerprint(b"a note"))
        assert not folder.remove(NOTE, fingerprint(b"a note"))
        assert not folder.remove("gates/a.md", fingerprint(b""))
    assert not (root / NOTE).exists()


def failing(error: int, times: int = 99):
    real = os.rename
    calls = []

    def rename(*names, **handles):
        calls.append(names)
        if len(calls) <= times:
            raise OSError(error, os.strerror(error))
        return real(*names, **handles)

    return rename, calls


def test_a_rename_that_is_refused_for_a_moment_is_tried_again(root, monkeypatch):
    monkeypatch.setattr(disk, "_RENAME_PAUSES", (0, 0, 0))
    rename, calls = failing(errno.EACCES, times=2)
    monkeypatch.setattr(os, "rename", rename)
    with Folder(root) as folder:
        inode = folder.read(NOTE).stamp.inode
        stamp = folder.write(NOTE, b"ours", fingerprint(b"a note"))
    assert len(calls) == 3
    assert stamp.inode != inode
    assert (root / NOTE).read_bytes() == b"ours"


def test_a_rename_that_stays_refused_gives_way_to_writing_in_place(root, monkeypatch):
    monkeypatch.setattr(disk, "_RENAME_PAUSES", (0, 0, 0))
    rename, calls = failing(errno.EBUSY)
    monkeypatch.setattr(os, "rename", rename)
    with Folder(root) as folder:
        inode = folder.read(NOTE).stamp.inode
        stamp = folder.write(NOTE, b"us", fingerprint(b"a note"))
    assert len(calls) == 3
    assert stamp.inode == inode
    assert (root / NOTE).read_bytes() == b"us"
    assert [each.name for each in (root / "notes").iterdir()] == [f"{ID}.md"]


def test_the_pauses_between_renames_are_a_third_of_a_second_in_all():
    assert sum(disk._RENAME_PAUSES) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("error", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "Read-only file system")]
)
def test_a_write_that_fails_is_said_in_words_and_leaves_the_old_file(root, monkeypatch, error, words):
    rename, _ = failing(error)
    monkeypatch.setattr(os, "rename", rename)
    with Folder(root) as folder, pytest.raises(BusyError, match=words) as caught:
        folder.write(NOTE, b"ours", fingerprint(b"a note"))
    assert "othing is lost" in caught.value.hint
    assert (root / NOTE).read_bytes() == b"a note"
    assert [each.name for each in (root / "notes").iterdir()] == [f"{ID}.md"]


def test_a_full_disk_leaves_no_temporary_file(root, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Folder(root) as folder:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(BusyError, match="the disk is full"):
            folder.write(NOTE, b"ours", fingerprint(b"a note"))
        with pytest.raises(BusyError, match="the disk is full"):
            folder.remove(NOTE, fingerprint(b"a note"))
    assert list((root / "notes").iterdir()) == []


def test_a_file_system_that_cannot_sync_a_folder_is_used_all_the_same(root, monkeypatch):
    real = os.fsync

    def not_for_folders(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real(handle)

    monkeypatch.setattr(os, "fsync", not_for_folders)
    with Folder(root) as folder:
        assert folder.write("gates/a.md", b"x", None)


def test_an_error_without_a_number_has_words_too():
    assert disk.reason_of(OSError("odd")) == "odd"


def test_our_old_temporary_files_are_removed_and_no_others(root):
    notes = root / "notes"
    hour = time.time() - 3700
    for name in (".fieldgate-1.tmp", ".other.tmp", ".fieldgate-3.md"):
        (notes / name).write_bytes(b"x")
        os.utime(notes / name, (hour, hour))
    (root / ".fieldgate-4.tmp").write_bytes(b"x")
    os.utime(root / ".fieldgate-4.tmp", (hour, hour))
    (notes / ".fieldgate-2.tmp").write_bytes(b"being written")
    (notes / ".fieldgate-5.tmp").symlink_to("nothing")
    with Folder(root) as folder:
        assert folder.sweep() == 2
        assert folder.scan().troubles == ()
    assert {each.name for each in notes.iterdir()} == {
        ".other.tmp", ".fieldgate-3.md", ".fieldgate-2.tmp", ".fieldgate-5.tmp", f"{ID}.md",
    }  # fmt: skip


def test_a_temporary_file_that_goes_by_itself_is_no_failure(root):
    handle = os.open(root / "notes", os.O_RDONLY)
    try:
        assert not disk._is_stale(handle, ".fieldgate-9.tmp")
        assert not disk.unlink(handle, ".fieldgate-9.tmp")
    finally:
        os.close(handle)


def test_attachments_are_listed_by_their_names(root):
    (root / "attachments").mkdir()
    good = "a" * 64 + ".png"
    (root / "attachments" / good).write_bytes(b"x" * (MAX_FILE + 1))
    (root / "attachments" / "evil.sh").write_bytes(b"x")
    (root / "attachments" / ("b" * 64)).symlink_to(good)
    (root / "attachments" / ("c" * 64)).write_bytes(b"")
    os.truncate(root / "attachments" / ("c" * 64), MAX_ATTACHMENT + 1)
    with Folder(root) as folder:
        seen = folder.attachments()
        assert set(seen.stamps) == {f"attachments/{good}"}
        assert {trouble.why.partition(";")[0] for trouble in seen.troubles} == {
            "it is a link",
            "it is longer than 20 MB",
        }
        assert len(folder.read(f"attachments/{good}").data) == MAX_FILE + 1
        assert not any(path.startswith("attachments") for path in folder.scan().stamps)
