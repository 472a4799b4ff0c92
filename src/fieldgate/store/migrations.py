"""Numbered steps from one schema to the next, each in one transaction with its number in `user_version`.

Before the first step the file is copied by SQLite's own backup; stopped anywhere, a file is wholly
the old one or wholly the new one, and the next start goes on from there.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from fieldgate.store.database import Database
from fieldgate.store.inspection import SCHEMA_VERSION

Step = Callable[[Connection], None]

MIGRATIONS: Mapping[int, Step] = {}
"""The number of a schema to the step that makes it out of the one before."""


def migrate(
    database: Database,
    copy: Callable[[Path], None],
    steps: Mapping[int, Step] = MIGRATIONS,
    newest: int = SCHEMA_VERSION,
) -> int:
    """Bring a file up to the newest schema; return how many steps that took.

    Args:
        database: The open file.
        copy: Makes a sound copy of the file at a path that does not exist yet.
        steps: The steps by the number that they lead to.
        newest: The number to reach.
    """
    version = int(database.pragma("user_version"))
    if version >= newest:
        return 0
    spare = database.path.with_name(f"{database.path.name}.before-upgrade-{version}")
    if not spare.exists():
        copy(spare)
    for number in range(version + 1, newest + 1):
        with database.writing() as connection:
            steps[number](connection)
            connection.exec_driver_sql(f"pragma user_version={number}")
    return newest - version
