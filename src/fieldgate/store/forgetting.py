"""Taking words out of a file for good: out of the log, the kept versions and the free pages.

The log and the kept versions are otherwise never changed; a person's right to be forgotten is the one exception.
"""

import json
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection

from fieldgate.store import figures
from fieldgate.store.database import Database, told
from fieldgate.store.schema import table
from fieldgate.store.versions import read_heads, vector_text

Blanked = Mapping[str, Collection[str]]
"""Ids of rows to the names of their fields whose earlier values are to go."""


def purge(database: Database, blanked: Blanked, names: Iterable[str]) -> None:
    """Take the earlier values of fields out of a file, after the rows were blanked; then write the file anew.

    Args:
        database: The open file.
        blanked: Which fields of which rows.
        names: Words that no line of the log may keep.

    Raises:
        BusyError: It could not be written; what was committed so far stays.
    """
    with told(database.path):
        database.raw.execute("pragma secure_delete=ON").close()
    with database.writing() as connection:
        _purge_versions(connection, blanked)
        _purge_events(connection, blanked)
        _purge_acts(connection, blanked, [each for each in names if each])
        connection.exec_driver_sql("delete from meta where key = ?", (figures.SUMMARY,))
    with told(database.path):
        # Pages that were freed keep what stood on them until the file is written anew.
        database.raw.execute("vacuum").close()


def _purge_versions(connection: Connection, blanked: Blanked) -> None:
    for head in read_heads(connection, list(blanked)).values():
        connection.exec_driver_sql(
            "delete from versions where id = ? and not (vector = ? and digest = ?)",
            (head.id, vector_text(head.vector), head.digest),
        )


def _purge_events(connection: Connection, blanked: Blanked) -> None:
    events = table("event")
    for row_id, fields in blanked.items():
        query = "select seq, before, after from event where row_id = ?"
        for seq, before, after in connection.exec_driver_sql(query, (row_id,)).fetchall():
            values = {"before": _without(before, fields), "after": _without(after, fields)}
            connection.execute(events.update().where(events.c.seq == seq).values(values))


def _without(text: str | None, fields: Collection[str]) -> str | None:
    if text is None:
        return None
    return json.dumps(
        {name: value for name, value in json.loads(text).items() if name not in fields}, ensure_ascii=False
    )


def _purge_acts(connection: Connection, blanked: Blanked, names: Collection[str]) -> None:
    """Let the lines of acts about these rows say nothing more; none of them can be taken back any more."""
    for row_id in blanked:
        connection.exec_driver_sql(
            "update act set words = '', lasting = 1 where txn in (select txn from event where row_id = ?)", (row_id,)
        )
    for name in names:
        connection.exec_driver_sql("update act set words = '' where instr(words, ?) > 0", (name,))
