"""Looking at a file before it is opened: is it ours, is it whole, does it hold only what we would have put there.

Of a file from elsewhere nothing of ours runs before its header, its size and its schema were found to
be exactly those of this program, on a connection that can change nothing; a view, a trigger, a generated column or a
virtual table has no place in it. Nothing is ever changed by looking.
"""

import os
import re
import sqlite3
import stat
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine

from fieldgate.errors import FormatError, NewerFormatError, NotFoundError
from fieldgate.store.database import APPLICATION_ID, BUSY_SECONDS, told
from fieldgate.store.healing import journal_of, refuse_foreign
from fieldgate.store.pragmas import IN_MEMORY
from fieldgate.store.schema import make_tables
from fieldgate.values import dataclass
from fieldgate.words import t

SCHEMA_VERSION = 1
"""The number of the schema that this program writes; it stands in `user_version`."""

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_OF_DELETE = b"\x01\x01"
"""How the header says that the journal is deleted; where it says WAL, even a look makes files beside it."""
_SMALLEST_PAGE = 512
_SECONDS = 20.0
_STEPS = 100_000
_MAX_VALUE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the first bytes of a file of ours say. `clean`: no write was under way when it was last left."""

    version: int
    size: int
    clean: bool


def look(path: Path) -> Header:
    """Read the first bytes of a file, without SQLite.

    Raises:
        NotFoundError: There is no such file.
        FormatError: It is no workspace of fieldgate, or cut off.
        NewerFormatError: A newer fieldgate wrote it.
    """
    head, size = _first_bytes(path)
    if head[:16] != _MAGIC or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        message = t("{file} is no workspace of fieldgate.", file=path.name)
        raise FormatError(message, t("Choose a .fieldgate file or a shared folder."), str(path))
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    clean = not journal_of(path).exists()
    # A write that a power cut stopped may have brought the new header to the disk and not the new pages: SQLite takes
    # it back out of the journal, so that only a file without one can be judged by its size.
    if page < _SMALLEST_PAGE or (clean and (size % page or size < int.from_bytes(head[28:32], "big") * page)):
        raise _damaged(path, t("it is cut off"))
    if head[18:20] != _OF_DELETE:
        raise _damaged(path, t("it keeps its changes in a file beside it, as fieldgate never does"))
    version = int.from_bytes(head[60:64], "big")
    if version > SCHEMA_VERSION:
        message = t("{file} was written by a newer fieldgate.", file=path.name)
        raise NewerFormatError(message, t("Install the newer version to open it; nothing was changed."), str(path))
    if version < 1:
        raise _damaged(path, t("it does not say which fieldgate wrote it"))
    return Header(version=version, size=size, clean=clean)


def check_file(path: Path) -> Header:
    """Look at a file as thoroughly as one from a stranger deserves.

    A file that was left in the middle of a write is healed before, by `heal`; one that is being written is waited for.

    Raises:
        FormatError: It holds what this program would never put there, or it is damaged.
        NotFoundError, NewerFormatError: As `look`.
    """
    header = look(path)
    refuse_foreign(journal_of(path))
    with told(path):
        # With locks: another program may be writing, and half of what it writes would look like damage.
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        try:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            limit(connection)
            _check_schema(connection, header.version, path)
            _check_pages(connection, path)
        finally:
            connection.close()
    return header


def schema_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what a database declares: name to statement, without regard to spaces, quotes and case."""
    query = "select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite_stat%'"
    return {
        f"{kind} {name}": re.sub(r"[\s\"'`\[\]]+", "", sql).lower() for kind, name, sql in connection.execute(query)
    }


@cache
def expected_schema() -> Mapping[str, str]:
    """Return the schema that this program writes."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        make_tables(connection)
        raw = connection.connection.driver_connection
        found = schema_of(raw) if isinstance(raw, sqlite3.Connection) else {}
    engine.dispose()
    return found


def _first_bytes(path: Path) -> tuple[bytes, int]:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        message = t("{path} cannot be opened: {reason}", path=path, reason=error.strerror)
        raise NotFoundError(message, t("Check the path and that you may read it."), str(path)) from error
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            message = t("{file} is no file.", file=path.name)
            raise FormatError(message, t("Choose a .fieldgate file or a shared folder."), str(path))
        return os.read(handle, _HEADER).ljust(_HEADER, b"\0"), about.st_size
    finally:
        os.close(handle)


def limit(connection: sqlite3.Connection, seconds: float = _SECONDS) -> None:
    """Let the file neither run anything nor use more than its share of time and memory."""
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_FUNCTION}
    connection.execute("pragma trusted_schema=OFF").close()
    connection.execute("pragma cell_size_check=ON").close()
    connection.execute("pragma mmap_size=0").close()
    connection.execute(f"pragma {IN_MEMORY}").close()
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE)
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)


def _check_schema(connection: sqlite3.Connection, version: int, path: Path) -> None:
    found = schema_of(connection)
    if version == SCHEMA_VERSION and found != expected_schema():
        different = min(found.items() ^ expected_schema().items())[0]
        raise _damaged(path, t("its table {name} is not one of fieldgate's", name=repr(different)[:60]))
    for name, statement in found.items():
        kind = name.partition(" ")[0]
        if kind not in {"table", "index"} or statement.startswith("createvirtual") or "generatedalways" in statement:
            raise _damaged(path, t("its table {name} is not one of fieldgate's", name=repr(name)[:60]))


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    try:
        found = connection.execute("pragma quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        raise _damaged(path, t("looking at it took too long")) from error
    if found is None or found[0] != "ok":
        raise _damaged(path, str(found and found[0]).splitlines()[0][:120])


def _damaged(path: Path, reason: str) -> FormatError:
    message = t("{file} is damaged: {reason}.", file=path.name, reason=reason)
    return FormatError(message, t("Run: fieldgate check --repair. The damaged file is kept."), str(path))
