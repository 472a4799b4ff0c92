"""Making the file of a workspace: whole under its name, or not there at all."""

import os
from collections.abc import Callable
from pathlib import Path

from fieldgate.errors import BusyError
from fieldgate.store.backups import flush
from fieldgate.store.database import APPLICATION_ID, Database, make_private_file
from fieldgate.store.inspection import SCHEMA_VERSION
from fieldgate.store.schema import make_tables
from fieldgate.words import t


def make_file(path: Path, fill: Callable[[Database], None]) -> None:
    """Make a new file with all tables, let `fill` write into it, and give it its name.

    Raises:
        BusyError: Something stands there already, or there is no room.
    """
    if path.exists() or path.is_symlink():
        raise _taken(path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    unfinished.unlink(missing_ok=True)
    make_private_file(unfinished)
    try:
        database = Database(unfinished)
        try:
            with database.writing() as connection:
                make_tables(connection)
                connection.exec_driver_sql(f"pragma application_id={APPLICATION_ID}")
                connection.exec_driver_sql(f"pragma user_version={SCHEMA_VERSION}")
            fill(database)
        finally:
            database.close()
        flush(unfinished)
        _name(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
        unfinished.with_name(f"{unfinished.name}-journal").unlink(missing_ok=True)


def _name(unfinished: Path, path: Path) -> None:
    """Give the file its name unless somebody took it meanwhile; where the disk knows no links, by renaming."""
    try:
        os.link(unfinished, path)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError:
        unfinished.rename(path)
    flush(path.parent)


def _taken(path: Path) -> BusyError:
    return BusyError(t("There is a file already: {path}", path=path), t("Choose another name."), str(path))
