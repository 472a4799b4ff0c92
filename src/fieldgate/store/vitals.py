"""What can be said of a store without a word of what it holds: numbers, settings of SQLite, whether it is sound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.errors import FormatError
from fieldgate.store.healing import heal
from fieldgate.store.pragmas import IN_MEMORY
from fieldgate.words import t

_PRAGMAS = ("application_id", "user_version", "journal_mode", "page_size", "page_count", "freelist_count")
SOUND = "ok"


def sqlite_version() -> str:
    """Return the version of the SQLite library in use."""
    return sqlite3.sqlite_version


def vitals(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and value of what can be told: pragmas, rows of each kind, events, and the quick check (SOUND or not).

    Raises:
        FormatError: The file cannot be read as a store; it stays as it is.
    """
    heal(path)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute(f"pragma {IN_MEMORY}").close()
            for name in _PRAGMAS:
                yield name, str(connection.execute(f"pragma {name}").fetchone()[0])
            for kind in KIND_NAMES:
                yield f"rows of {kind}", str(connection.execute(f'select count(*) from "{kind}"').fetchone()[0])  # noqa: S608  a name of ours
            yield "events", str(connection.execute("select count(*) from event").fetchone()[0])
            yield "quick check", str(connection.execute("pragma quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        message = t("The store cannot be read: {why}.", why=error)
        raise FormatError(message, t("Run: fieldgate check"), str(path)) from error
