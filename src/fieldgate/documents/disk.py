"""Single files by the handle of their folder: read without following or waiting, written whole or not at all.

Knows names and bytes, nothing of records. Every name is one entry of the folder whose handle is given.
"""

import errno
import hashlib
import os
import secrets
import stat
import time

from fieldgate.errors import BusyError, FormatError
from fieldgate.values import dataclass
from fieldgate.words import t

READ_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
STALE_SECONDS = 3600
"""A temporary file of ours that is older than this was left by a crash."""

_TEMPORARY = (".fieldgate-", ".tmp")
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_PIECE = 1024 * 1024
_ANY = 20 * 1024 * 1024
_RENAME_PAUSES = (0.1, 0.1, 0.1)
_TIED_UP = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a look without opening tells of a file; the same stamp means that it need not be read again."""

    size: int
    mtime_ns: int
    inode: int


def why_not_plain(mode: int) -> str:
    """Return why something of this mode is not read, or nothing for a plain file."""
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISLNK(mode):
        return t("it is a link; links are not followed")
    if stat.S_ISDIR(mode):
        return t("it is a folder where only files are expected")
    return t("it is a pipe, a socket or a device, no file")


def why_unread(error: OSError) -> str:
    """Return why a file, or the folder it should stand in, could not be opened."""
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return t("it is a link or a file where a folder is expected")
    return t("it cannot be read: {reason}", reason=reason_of(error))


def too_long(limit: int) -> str:
    """Return what is said of a file that is longer than `limit` bytes."""
    return t("it is longer than {n} MB", n=limit >> 20)


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file from its status."""
    return Stamp(size=status.st_size, mtime_ns=status.st_mtime_ns, inode=status.st_ino)


def read_plain(folder: int, name: str, path: str, limit: int) -> tuple[bytes, Stamp]:
    """Return the bytes of a plain file of at most `limit` bytes, and its stamp.

    Raises:
        OSError: it cannot be opened.
        FormatError: it is no plain file, or too long, also if it grows while it is read.
    """
    try:
        handle = os.open(name, _READ, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            why = why_not_plain(stat.S_IFLNK if error.errno == errno.ELOOP else stat.S_IFSOCK)
            raise FormatError(f"{path}: {why}", "", path) from error
        raise
    try:
        status = os.fstat(handle)
        why = why_not_plain(status.st_mode) or (too_long(limit) if status.st_size > limit else "")
        if why:
            raise FormatError(f"{path}: {why}", "", path)
        data = bytearray()
        while len(data) <= limit and (piece := os.read(handle, min(_PIECE, limit + 1 - len(data)))):
            data += piece
    finally:
        os.close(handle)
    if len(data) > limit:
        raise FormatError(f"{path}: {too_long(limit)}", "", path)
    return bytes(data), stamp_of(status)


def fingerprint(data: bytes) -> str:
    """Return 64 hex digits that tell one content from any other."""
    return hashlib.sha256(data).hexdigest()


def still_holds(folder: int, name: str, expected: str | None) -> bool:
    """Whether a name holds what was read, or nothing where nothing was; a link or a pipe there never was read."""
    try:
        data, _ = read_plain(folder, name, name, _ANY)
    except FileNotFoundError:
        return expected is None
    except FormatError:
        return False
    return fingerprint(data) == expected


def write_temporary(folder: int, data: bytes) -> str:
    """Put bytes on the disk under a hidden name of our own, for nobody else to read; returns the name."""
    start, end = _TEMPORARY
    name = f"{start}{secrets.token_hex(8)}{end}"
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, 0o600)
            file.write(data)
            file.flush()
            os.fsync(handle)
    except OSError:
        unlink(folder, name)
        raise
    return name


def put(folder: int, temporary: str, name: str, data: bytes) -> Stamp:
    """Rename the temporary file over the name.

    A program that keeps folders in step may hold the old file for a moment, so a rename that is refused is tried
    again; one that stays refused is replaced by writing into the old file, whose version the caller has kept.
    """
    for pause in _RENAME_PAUSES:
        try:
            os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
            break
        except OSError as error:
            if error.errno not in _TIED_UP:
                raise
            time.sleep(pause)
    else:
        _write_in_place(folder, name, data)
    sync_folder(folder)
    return stamp_of(os.stat(name, dir_fd=folder, follow_symlinks=False))


def _write_in_place(folder: int, name: str, data: bytes) -> None:
    handle = os.open(name, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        file.truncate(len(data))
        os.fsync(handle)


def sync_folder(folder: int) -> None:
    """Put the names of a folder on the disk, where its file system knows how to."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


def unlink(folder: int, name: str) -> bool:
    """Remove a name if it can be; returns whether it was."""
    try:
        os.unlink(name, dir_fd=folder)
    except OSError:
        return False  # renamed already, or the next sweep takes it
    return True


def remove_stale(folder: int) -> int:
    """Remove temporary files of ours that are older than an hour; returns how many."""
    start, end = _TEMPORARY
    ours = [name for name in os.listdir(folder) if name.startswith(start) and name.endswith(end)]
    return sum(_is_stale(folder, name) and unlink(folder, name) for name in ours)


def _is_stale(folder: int, name: str) -> bool:
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > STALE_SECONDS


def cannot_write(path: str, error: OSError) -> BusyError:
    """Return the failure of a write, in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = t("Make room on the disk; nothing is lost, the next sync writes it.")
        return BusyError(t("{path} cannot be written: the disk is full", path=path), hint, path)
    hint = t("Nothing is lost: the next sync tries again. See who may write to the folder.")
    return BusyError(t("{path} cannot be written: {reason}", path=path, reason=reason_of(error)), hint, path)


def reason_of(error: OSError) -> str:
    """Return the system's own words for a failure."""
    return os.strerror(error.errno) if error.errno else str(error)
