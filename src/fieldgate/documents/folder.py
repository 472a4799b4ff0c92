"""The tree of records on a disk that others write to as well: nothing in it is trusted, nothing is followed.

Files are reached through handles of their folders, opened without following links and without waiting, and looked at
again once open: only plain files within the limits are read. Writing is whole or not at all: a temporary file beside
the old one, then a rename, each put on the disk; and only over what was read before. Files are 0600 and folders 0700
whatever the umask says. Looking changes nothing.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from fieldgate.documents.disk import (
    READ_FOLDER,
    Stamp,
    cannot_write,
    fingerprint,
    put,
    read_plain,
    reason_of,
    remove_stale,
    still_holds,
    sync_folder,
    unlink,
    why_unread,
    write_temporary,
)
from fieldgate.documents.scan import Look, Scan
from fieldgate.documents.tree import (
    ATTACHMENTS,
    MANIFEST,
    Trouble,
    is_attachment_name,
    is_record_name,
    record_folders,
    split_path,
    trouble_of,
)
from fieldgate.errors import FormatError, NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t

MAX_FILE = 2 * 1024 * 1024
MAX_ATTACHMENT = 20 * 1024 * 1024
MAX_ALL = 200 * 1024 * 1024
"""The longest file of a record, the longest attachment, and the most bytes of records in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file that was read: its bytes, how it stood on the disk just then, and the fingerprint that `write` asks for."""

    path: str
    data: bytes
    stamp: Stamp
    fingerprint: str


class Folder:
    """A workspace's folder, held open for one sync; close it, or use it in a `with`."""

    def __init__(self, path: Path) -> None:
        """Open the folder. The path itself may be a link, since a person named it; inside, none is followed.

        Raises:
            NotFoundError: there is no folder there, or it may not be looked into.
        """
        self.path = path
        try:
            self._handles = {"": os.open(path, READ_FOLDER)}
        except OSError as error:
            raise NotFoundError(
                t("There is no folder to read at {path}: {reason}", path=path, reason=reason_of(error)),
                t("If it is on a drive or a share, connect that first."),
                str(path),
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        while self._handles:
            os.close(self._handles.popitem()[1])

    def identity(self) -> tuple[int, int]:
        """Return device and inode: the same folder at another path is still the same."""
        status = os.fstat(self._handles[""])
        return status.st_dev, status.st_ino

    def scan(self) -> Scan:
        """List the files of records without opening one."""
        look = Look(is_record_name, MAX_FILE)
        with suppress(FileNotFoundError):  # `manifest` refuses a folder without it in words
            look.judge(MANIFEST, os.stat(MANIFEST, dir_fd=self._handles[""], follow_symlinks=False))
        for folder in record_folders():
            self._look_into(folder, look)
        return look.scan()

    def attachments(self) -> Scan:
        """List the attachments without opening one."""
        look = Look(is_attachment_name, MAX_ATTACHMENT)
        self._look_into(ATTACHMENTS, look)
        return look.scan()

    def read(self, path: str) -> Content:
        """Return a file.

        Raises:
            NotFoundError: it is not there.
            FormatError: it is no plain file, is too long, or cannot be read; the sentence says which.
        """
        folder, name = split_path(path)
        limit = MAX_ATTACHMENT if folder == ATTACHMENTS else MAX_FILE
        try:
            data, stamp = read_plain(self._handle(folder), name, path, limit)
        except FileNotFoundError as error:
            raise NotFoundError(t("{path}: it is not there", path=path), where=path) from error
        except OSError as error:
            raise FormatError(f"{path}: {why_unread(error)}", "", path) from error
        return Content(path=path, data=data, stamp=stamp, fingerprint=fingerprint(data))

    def read_each(self, paths: Iterable[str]) -> Iterator[Content | Trouble]:
        """Read files one by one; what cannot be read comes as a trouble. All in all at most MAX_ALL bytes."""
        left = MAX_ALL
        for path in paths:
            try:
                content = self.read(path)
            except (FormatError, NotFoundError) as error:
                yield trouble_of(path, error)
                continue
            left -= len(content.data)
            if left < 0:
                yield Trouble(path=path, why=t("the folder holds more than {n} MB of records", n=MAX_ALL >> 20))
                return
            yield content

    def write(self, path: str, data: bytes, expected: str | None) -> Stamp | None:
        """Put a file on the disk, whole, if there is still what was read there.

        Args:
            path: Its relative path; its folder is made if need be.
            data: The bytes to write.
            expected: The fingerprint of what was read there before; None where there was no file.

        Returns:
            The new file's stamp; None when something else stands there by now, and nothing was written.

        Raises:
            BusyError: the disk is full, or the folder may not be written to.
        """
        folder, name = split_path(path)
        try:
            handle = self._made(folder)
            temporary = write_temporary(handle, data)
            try:
                if not still_holds(handle, name, expected):
                    return None
                return put(handle, temporary, name, data)
            finally:
                unlink(handle, temporary)
        except OSError as error:
            raise cannot_write(path, error) from error

    def remove(self, path: str, expected: str) -> bool:
        """Remove a file if it still holds what was read: a copy whose record is on the disk under its own name.

        Returns:
            Whether it was removed.

        Raises:
            BusyError: the folder may not be written to.
        """
        folder, name = split_path(path)
        try:
            handle = self._handle(folder)
            if not still_holds(handle, name, expected):
                return False
            os.unlink(name, dir_fd=handle)
            sync_folder(handle)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise cannot_write(path, error) from error
        return True

    def sweep(self) -> int:
        """Remove temporary files that a crash of ours left more than an hour ago; returns how many."""
        removed = 0
        for folder in ("", *record_folders(), ATTACHMENTS):
            try:
                handle = self._handle(folder)
            except OSError:
                continue  # not there, or not to be looked into: the scan says so
            removed += remove_stale(handle)
        return removed

    def _handle(self, folder: str) -> int:
        if folder not in self._handles:
            self._handles[folder] = os.open(folder, READ_FOLDER | os.O_NOFOLLOW, dir_fd=self._handles[""])
        return self._handles[folder]

    def _made(self, folder: str) -> int:
        try:
            return self._handle(folder)
        except FileNotFoundError:
            os.mkdir(folder, 0o700, dir_fd=self._handles[""])
            sync_folder(self._handles[""])
        handle = self._handle(folder)
        os.fchmod(handle, 0o700)
        return handle

    def _look_into(self, folder: str, look: Look) -> None:
        try:
            handle = self._handle(folder)
        except FileNotFoundError:
            return
        except OSError as error:
            look.give_up(folder, why_unread(error))
            return
        with os.scandir(handle) as entries:
            look.through(folder, entries)
