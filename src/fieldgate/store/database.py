"""One connection to one file, set up so that what was committed stays, and every failure in words.

The journal is DELETE and synchronous EXTRA, so that a commit survives a power cut and the file can be
copied at rest; one connection per process; a write begins with `begin immediate` and waits up to 10 seconds.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from fieldgate.errors import BusyError, FieldgateError, FormatError, NotFoundError
from fieldgate.store.pragmas import PRAGMAS
from fieldgate.words import mark, t

APPLICATION_ID = 0x66676174
"""What marks a SQLite file as ours: "fgat"."""

BUSY_SECONDS = 10

_BUSY = (
    BusyError,
    mark("{file} is being written by another program."),
    mark("Try again in a moment; nothing was changed."),
)
_DAMAGED = (
    FormatError,
    mark("{file} is damaged or no workspace of fieldgate."),
    mark("Run: fieldgate check --repair. The damaged file is kept."),
)
_MOVED = 1032
"""SQLITE_READONLY_DBMOVED: under the name lies another file, or none, than the one that is open."""
_REPLACED = (
    BusyError,
    mark("{file} was moved or replaced while it was open."),
    mark("Open it again; what was saved before is in the file that was moved."),
)
_UNREADABLE = (NotFoundError, mark("{file} cannot be opened."), mark("Check the path and that you may read it."))

_FAILURES: Mapping[int, tuple[type[FieldgateError], str, str]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: (
        BusyError,
        mark("There is no room left on the disk for {file}."),
        mark("Make room and try again; what was saved before is safe."),
    ),
    sqlite3.SQLITE_READONLY: (
        BusyError,
        mark("{file} cannot be written: it is read-only."),
        mark("Open it for reading, or change who may write it."),
    ),
    sqlite3.SQLITE_IOERR: (
        BusyError,
        mark("The disk refused to read or write {file}."),
        mark("Check the disk; what was saved before is safe."),
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_FORMAT: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: _UNREADABLE,
    sqlite3.SQLITE_PERM: _UNREADABLE,
    sqlite3.SQLITE_AUTH: _UNREADABLE,
}
"""Primary result codes of SQLite that a founder can do something about."""

_SIGNS_OF_DAMAGE = ("Could not decode", "no such table", "no such column", "malformed")
"""What SQLite says, under no code of its own, of a file that holds other bytes or tables than we wrote."""


class Database:
    """The one connection of a process to a file."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        with told(path):
            self._engine = _engine(path, read_only=read_only)
            self.connection: Connection = self._engine.connect()

    def close(self) -> None:
        """Let go of the file; a transaction under way is taken back."""
        self.connection.close()
        self._engine.dispose()

    @property
    def raw(self) -> sqlite3.Connection:
        """The connection of the standard library below, for backups and for asking whether a transaction is open."""
        found = self.connection.connection.driver_connection
        if not isinstance(found, sqlite3.Connection):
            raise TypeError(type(found))
        return found

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the file for writing; what was written counts when the block ends, or not at all.

        Raises:
            BusyError: Somebody else is writing for too long, the file is read-only, or there is no room.
            FormatError: The file is damaged.
        """
        with told(self.path):
            self.connection.exec_driver_sql("begin immediate")
            try:
                yield self.connection
                self.connection.exec_driver_sql("commit")
            except BaseException:
                # After a full disk SQLite has taken the transaction back already; a second error would hide the first.
                if self.raw.in_transaction:
                    self.connection.exec_driver_sql("rollback")
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read everything as of one moment."""
        with told(self.path):
            self.connection.exec_driver_sql("begin")
            try:
                yield self.connection
            finally:
                if self.raw.in_transaction:
                    self.connection.exec_driver_sql("rollback")

    def pragma(self, name: str) -> Any:
        """Return the value of a pragma."""
        with told(self.path):
            return self.connection.exec_driver_sql(f"pragma {name}").scalar()


def make_private_file(path: Path) -> None:
    """Create an empty file that only its owner can read, and the folders above it likewise.

    Raises:
        BusyError: It cannot be made, or something stands there already.
    """
    missing = [each for each in path.parents if not each.exists()]
    try:
        for folder in reversed(missing):
            folder.mkdir(mode=0o700)
            folder.chmod(0o700)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600)
        os.fchmod(handle, 0o600)
        os.close(handle)
    except FileExistsError as error:
        raise BusyError(
            t("There is a file already: {path}", path=path), t("Choose another name."), str(path)
        ) from error
    except OSError as error:
        message = t("The file cannot be made: {path}: {reason}", path=path, reason=error.strerror)
        raise BusyError(message, t("Check that there is room and that you may write there."), str(path)) from error


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn a failure of SQLite into words; a mistake of ours stays what it is."""
    try:
        yield
    except DBAPIError as error:
        raise _in_words(error.orig, path) or error from error
    except sqlite3.Error as error:
        raise _in_words(error, path) or error from error
    except UnicodeDecodeError as error:
        kind, message, hint = _DAMAGED
        raise kind(t(message, file=path.name), t(hint), str(path)) from error


def _engine(path: Path, *, read_only: bool) -> Engine:
    mode = "ro" if read_only else "rw"

    def connect() -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS[1:] if read_only else PRAGMAS:
            connection.execute(f"pragma {pragma}").close()
        return connection

    # Transactions are begun and ended by Database alone, in plain sight.
    return create_engine("sqlite://", creator=connect, poolclass=StaticPool, isolation_level="AUTOCOMMIT")


def _in_words(error: object, path: Path) -> FieldgateError | None:
    code = getattr(error, "sqlite_errorcode", None)
    failure = None if code is None else _REPLACED if code == _MOVED else _FAILURES.get(code & 0xFF)
    if failure is None and str(error).startswith(_SIGNS_OF_DAMAGE):
        failure = _DAMAGED
    if failure is None:
        return None
    kind, message, hint = failure
    return kind(t(message, file=path.name), t(hint), str(path))
