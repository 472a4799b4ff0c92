"""Making a sound file out of a damaged one: all of the last backup, and whatever newer can be read.

Standing answer: the damaged file is only read, never written; what comes of it satisfies every rule of the schema, and
what was known to exist but could not be read is named.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import digest
from fieldgate.documents.vectors import stamp
from fieldgate.domain.identity import is_id
from fieldgate.domain.kinds import KIND_NAMES, OWN_FILE, kinds
from fieldgate.domain.records.learning import Meeting
from fieldgate.domain.records.record import Record
from fieldgate.errors import FormatError
from fieldgate.store import rows, shadow
from fieldgate.store.creation import make_file
from fieldgate.store.database import Database
from fieldgate.store.facts import checks_of, every_record
from fieldgate.store.pragmas import IN_MEMORY
from fieldgate.store.rescue import UNREADABLE, Row, columns_of, opened, rows_of
from fieldgate.store.versions import Head, document_of, keep, kept, read_heads, version_at, write_heads
from fieldgate.words import t

_LEDGER = ("act", "event", "versions", "heads", "folders", "meta")
_DERIVED_META = ("summary",)


@dataclass(slots=True)
class Salvaged:
    """What came of it. `saved`: rows by kind in the new file; `newer`: those of them that no backup had.

    `lost`: ids of records that are known to have existed and could not be read. `doubtful`: ids of records that are
    not exactly what their last kept version says; they may lack a part.
    """

    saved: dict[str, int] = field(default_factory=dict)
    newer: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


def salvage(damaged: Path | None, base: Path | None, target: Path, *, now: datetime, writer: str) -> Salvaged:
    """Make a sound file at `target`.

    Args:
        damaged: A copy of the damaged file that may be written, with its journal if it had one; None if there is none.
        base: A sound backup, or None.
        target: Where; nothing may stand there.
        now: The moment that is written.
        writer: The name of this run of the program.

    Raises:
        FormatError: Not even the record of the workspace could be read, from either.
    """
    found = Salvaged()

    def fill(database: Database) -> None:
        raw = database.raw
        if base is not None:
            raw.execute("attach database ? as base", (str(base),)).close()
        with database.writing() as connection:
            if base is not None:
                _copy_base(raw)
            known = _take_damaged(raw, damaged, found) if damaged is not None else set()
            _mend_links(raw)
            _complete(connection, found, now, writer)
            found.lost = sorted(known - _ids(raw))
        if base is not None:
            raw.execute("detach database base").close()

    make_file(target, fill)
    return found


def _copy_base(raw: sqlite3.Connection) -> None:
    names = [row[0] for row in raw.execute("select name from main.sqlite_master where type = 'table'")]
    for name in names:
        if not name.startswith("sqlite_"):
            columns = ", ".join(f'"{each.name}"' for each in columns_of(raw, name))
            raw.execute(f'insert into main."{name}" ({columns}) select {columns} from base."{name}"').close()


def _take_damaged(raw: sqlite3.Connection, damaged: Path, found: Salvaged) -> set[str]:
    """Put in what the damaged file has more; return the ids that are known to have existed."""
    known: set[str] = set()
    try:
        with opened(damaged) as source:
            for name in _LEDGER:
                for row in rows_of(source, name, columns_of(raw, name)):
                    known |= _known_by(name, row)
                    _put(raw, name, row, over=name == "heads")
            for name in KIND_NAMES:
                found.newer[name] = sum(_put_newer(raw, name, row) for row in _records(source, raw, name))
    except UNREADABLE:  # it cannot even be opened: what was put in so far stays
        return known
    return known


def _known_by(name: str, row: Row) -> set[str]:
    column = {"versions": "id", "heads": "id", "event": "row_id"}.get(name)
    found = str(row[column]) if column else ""
    return {found} if is_id(found) else set()


def _records(source: sqlite3.Connection, raw: sqlite3.Connection, name: str) -> Iterator[Row]:
    """Yield the rows of a kind that make a record; one whose id was damaged is none, and could never be shared."""
    names = tuple(kinds()[name].fields)
    for row in rows_of(source, name, columns_of(raw, name)):
        if not is_id(str(row["id"])):
            continue
        try:
            rows.record_of(name, names, [row[each] for each in names])
        except (ValueError, KeyError, TypeError):
            continue
        yield row


def _put_newer(raw: sqlite3.Connection, name: str, row: Row) -> int:
    """Put a row in unless a newer one of the same id is there; returns how many rows were written."""
    there = raw.execute(f'select updated_at from "{name}" where id = ?', (row["id"],)).fetchone()
    if there is not None and str(there[0]) >= str(row["updated_at"]):
        return 0
    return _put(raw, name, row, over=True)


def _put(raw: sqlite3.Connection, name: str, row: Row, *, over: bool) -> int:
    """Write a row; one that breaks a rule of the schema is left out. Over: in place of one with the same key."""
    columns, marks = ", ".join(f'"{each}"' for each in row), ", ".join("?" * len(row))
    how = "insert or replace" if over else "insert or ignore"
    try:
        return raw.execute(f'{how} into "{name}" ({columns}) values ({marks})', list(row.values())).rowcount
    except sqlite3.IntegrityError:
        return 0


def _mend_links(raw: sqlite3.Connection) -> None:
    """Take out links whose target is gone, and rows that are nothing without it, until every link holds."""
    while broken := raw.execute("pragma foreign_key_check").fetchall():
        for name, rowid, _, number in broken:
            links = raw.execute(f'pragma foreign_key_list("{name}")').fetchall()
            column = next(row[3] for row in links if row[0] == number)
            needed = {each.name for each in columns_of(raw, name) if each.needed}
            if column in needed or name == "check":
                raw.execute(f'delete from "{name}" where rowid = ?', (rowid,)).close()
            else:
                raw.execute(f'update "{name}" set "{column}" = null where rowid = ?', (rowid,)).close()


def _complete(connection: Connection, found: Salvaged, now: datetime, writer: str) -> None:
    """Make everything beside the rows agree with them: heads, kept versions, search, links of meetings, figures."""
    shadow.clear_shadow(connection)
    connection.exec_driver_sql("delete from meeting_member")
    connection.exec_driver_sql("delete from tally")
    for key in _DERIVED_META:
        connection.exec_driver_sql("delete from meta where key = ?", (key,))
    heads = read_heads(connection)
    live: set[str] = set()
    for kind in KIND_NAMES:
        records = list(every_record(connection, kind))
        found.saved[kind] = len(records)
        if kind == "workspace" and len(records) != 1:
            message = t("Nothing could be saved: the record of the workspace cannot be read.")
            raise FormatError(message, t("Restore a backup: fieldgate backups. The damaged file is kept."))
        if kind in OWN_FILE:
            live |= {each.id for each in records}
            documents = [(each, heads.get(each.id) or Head(id=each.id, kind=kind)) for each in records]
            found.doubtful += _restamp(connection, documents, now, writer)
            shadow.write_shadow(
                connection, [shadow.shadow_row(each, checks_of(connection, each.id)) for each in records]
            )
        for each in records:
            _link_members(connection, each)
    connection.exec_driver_sql("delete from heads where id not in (select id from search)")


def _restamp(connection: Connection, records: Iterable[tuple[Record, Head]], now: datetime, writer: str) -> list[str]:
    """Give each record whose head is not what the rows hold a version of its own; return their ids."""
    changed: list[Head] = []
    for record, head in records:
        document = document_of(connection, record, head)
        mark = digest(document)
        if mark == head.digest and version_at(connection, head.id, head.vector, mark) is not None:
            continue
        vector = stamp(head.vector, writer, int(now.timestamp()))
        keep(connection, [kept(Version(document=document, vector=vector))], now)
        changed.append(replace(head, vector=vector, digest=mark))
    write_heads(connection, changed)
    return [each.id for each in changed]


def _link_members(connection: Connection, record: Record) -> None:
    if isinstance(record, Meeting):
        for member in sorted(record.members):
            connection.exec_driver_sql("insert into meeting_member values (?, ?)", (record.id, member))


def _ids(raw: sqlite3.Connection) -> set[str]:
    query = " union ".join(f'select id from "{name}"' for name in KIND_NAMES)
    return {str(row[0]) for row in raw.execute(query)}


def is_sound(path: Path) -> bool:
    """Whether a file is a database whose pages, indexes, values and links are whole."""
    # On a connection that is opened for reading alone SQLite passes the rules for values by.
    mode = "rw" if os.access(path, os.W_OK) else "ro"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)) as connection:
            connection.execute("pragma query_only=on").close()
            connection.execute(f"pragma {IN_MEMORY}").close()
            pages = connection.execute("pragma integrity_check(1)").fetchone()
            return pages == ("ok",) and not connection.execute("pragma foreign_key_check").fetchall()
    except UNREADABLE:
        return False
