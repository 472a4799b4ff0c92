"""Sound copies of the open file, and looking whether it is sound itself."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from fieldgate.errors import BusyError, FormatError
from fieldgate.mishaps import said
from fieldgate.store.database import BUSY_SECONDS, Database, make_private_file, told
from fieldgate.store.pragmas import IN_MEMORY
from fieldgate.words import t


def copy(database: Database, target: Path) -> None:
    """Copy the file by SQLite's own backup, look at the copy, and only then give it its name.

    Raises:
        BusyError: It cannot be written, or something stands there already.
        FormatError: The copy is not sound.
    """
    if target.exists():
        raise BusyError(t("There is a file already: {path}", path=target), t("Choose another name."), str(target))
    unfinished = target.with_name(f"{target.name}.unfinished")
    with said(target):
        unfinished.unlink(missing_ok=True)
        make_private_file(unfinished)
        _copy(database, unfinished, target)


def _copy(database: Database, unfinished: Path, target: Path) -> None:
    try:
        with told(target), closing(sqlite3.connect(unfinished)) as other:
            other.execute(f"pragma {IN_MEMORY}").close()
            database.raw.backup(other)
            found = other.execute("pragma quick_check(1)").fetchone()
        if found != ("ok",):
            raise FormatError(t("The copy of {file} is not sound.", file=database.path.name), "", str(target))
        flush(unfinished)
        unfinished.rename(target)
        flush(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def trouble(database: Database, *, full: bool = True) -> tuple[str, ...]:
    """Look at every page and every link of the file; return what is wrong, in words of SQLite. Empty: it is sound.

    Unless it is a full look, indexes are not compared with their tables, which is what takes long.
    """
    return trouble_at(database.path, full=full)


def trouble_at(path: Path, *, full: bool) -> tuple[str, ...]:
    """Look likewise at a file that need not be open."""
    check = "integrity_check" if full else "quick_check"
    with told(path), closing(_looking(path)) as raw:
        pages = [str(row[0]) for row in raw.execute(f"pragma {check}(20)")]
        links = raw.execute("pragma foreign_key_check").fetchmany(20)
    return (*(each for each in pages if each != "ok"), *(f"{row[0]} {row[1]}: {row[2]}" for row in links))


def _looking(path: Path) -> sqlite3.Connection:
    """Open for a look that changes nothing.

    A connection opened for reading alone would, in some versions of SQLite, pass the rules for values by.
    """
    mode = "rw" if os.access(path, os.W_OK) else "ro"
    raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS)
    raw.text_factory = lambda data: data.decode("utf-8", "replace")
    raw.execute("pragma query_only=on").close()
    raw.execute(f"pragma {IN_MEMORY}").close()
    return raw


def flush(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
