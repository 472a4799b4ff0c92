"""Healing a file that was left in the middle of a write: SQLite takes the half out again by the journal beside it.

A connection for reading alone cannot do that, so it is done before one is opened, by one that writes nothing else. A
journal may name another file, which SQLite would delete once it is done with it; ours never does, so one that does was
made to harm and is refused.
"""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from fieldgate.errors import BusyError, FormatError
from fieldgate.words import t

_ANOTHER = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
"""How a journal ends that names another file."""
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises over damage; where its own message quotes damaged bytes, that is no UTF-8."""
_SECONDS = 10.0
T = TypeVar("T")


def journal_of(path: Path) -> Path:
    """Return the file in which SQLite keeps what a write under way replaces."""
    return path.with_name(f"{path.name}-journal")


def heal(path: Path) -> None:
    """Take out what was left of a write; a file without a journal, or whose writer still lives, is not touched.

    Raises:
        FormatError: The journal names another file.
        BusyError: The file cannot be written, or another program keeps it locked.
    """
    journal = journal_of(path)
    if not journal.exists():
        return
    refuse_foreign(journal)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_SECONDS)) as connection:
            connection.execute("pragma trusted_schema=OFF").close()
            connection.execute("pragma cell_size_check=ON").close()
            connection.execute("pragma schema_version").close()  # the first look at a page is what heals
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL}:
            return  # what is wrong with it is said by whoever reads it next
        raise BusyError(
            t("{file} was left in the middle of a write, which has to be taken out before it can be read.",
              file=path.name),
            t("Let it be written by you, or copy it and {journal} to where you may write.", journal=journal.name),
            str(path),
        ) from error  # fmt: skip


def retried(path: Path, look: Callable[[], T]) -> T:
    """Look again where the first look failed since another program was killed in the middle of a write."""
    try:
        return look()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_READONLY:
            raise
    heal(path)
    return look()


def refuse_foreign(journal: Path) -> None:
    """Refuse a journal that is no plain file, or names another file.

    Raises:
        FormatError: It does.
    """
    try:
        handle = os.open(journal, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    except OSError as error:
        message = t("{path} cannot be opened: {reason}", path=journal, reason=error.strerror)
        raise FormatError(message, t("Move it away, if nobody you know put it there."), str(journal)) from error
    with open(handle, "rb", buffering=0) as source:  # noqa: PTH123  a handle, not a name
        about = os.fstat(handle)
        source.seek(max(0, about.st_size - len(_ANOTHER)))
        if not stat.S_ISREG(about.st_mode) or source.read() == _ANOTHER:
            message = t("{file} is no journal of fieldgate, and would have another file deleted.", file=journal.name)
            raise FormatError(message, t("Do not open this workspace: ask who made it."), str(journal))
