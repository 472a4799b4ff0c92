"""Taking words out of a file for good: out of the log, the kept versions and the free pages.

The log and the kept versions are otherwise never changed; a person's right to be forgotten is the one exception.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from fieldgate.documents.frontmatter import digest
from fieldgate.documents.offers import ANSWERED
from fieldgate.store import figures
from fieldgate.store.database import Database, told
from fieldgate.store.schema import table
from fieldgate.store.versions import Head, keep, kept, read_heads, vector_text, version_at, write_heads

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
    for found in read_heads(connection, list(blanked)).values():
        head = _without_answers(connection, found)
        connection.exec_driver_sql(
            "delete from versions where id = ? and not (vector = ? and digest = ?)",
            (head.id, vector_text(head.vector), head.digest),
        )


def _without_answers(connection: Connection, head: Head) -> Head:
    """Return a head that has no marks of what was decided in its record: by these a name could be guessed.

    Nobody has seen the version yet in which its words were blanked, so it may still become another one.
    """
    version = version_at(connection, head.id, head.vector, head.digest) if ANSWERED in head.unknown else None
    if version is None:
        return head
    values = {name: value for name, value in version.document.head.items() if name != ANSWERED}
    version = replace(version, document=replace(version.document, head=values))
    unknown = {name: value for name, value in head.unknown.items() if name != ANSWERED}
    head = replace(head, unknown=unknown, digest=digest(version.document))
    keep(connection, [kept(version)], datetime.now(UTC))
    write_heads(connection, [head])
    return head


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
