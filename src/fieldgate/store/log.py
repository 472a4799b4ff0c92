"""The log: one act is one transaction, with one event for each row that it changed. Nothing here is ever changed.

Long texts are not repeated: an event names the version that holds them, as `{"$text": digest}`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from fieldgate.domain.kinds import OWN_FILE, kinds
from fieldgate.domain.records.history import Event
from fieldgate.domain.records.record import Record
from fieldgate.domain.times import read_stamp, stamp_column
from fieldgate.store import rows
from fieldgate.store.schema import insert_rows, table
from fieldgate.store.writing import RowChange
from fieldgate.values import dataclass

LONG = 256
"""From this many characters on, an event names a text by the version that holds it."""

TEXT = "$text"
"""What stands in place of a long text: a map of this key to the digest of a version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An act to be logged. `undoes`: the act that it takes back; `lasting`: cannot be taken back itself."""

    at: datetime
    by: str
    session: str
    action: str
    words: str = ""
    undoes: int | None = None
    depth: int = 0
    lasting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An act in the log. `depth`: 0 an act, odd an undo, even a redo. `undone`: a later act takes it back."""

    txn: int
    at: datetime
    by: str
    session: str
    action: str
    words: str
    undoes: int | None
    depth: int
    lasting: bool
    undone: bool


def last_seq(connection: Connection) -> int:
    """Return the number of the last event; 0 in an empty log."""
    return int(connection.exec_driver_sql("select max(seq) from event").scalar() or 0)


def write_act(connection: Connection, entry: Entry) -> int:
    """Log an act and return its number."""
    txn = int(connection.exec_driver_sql("select max(txn) from act").scalar() or 0) + 1
    values = {
        "txn": txn,
        "at": stamp_column(entry.at),
        "by": entry.by,
        "session": entry.session,
        "action": entry.action,
        "words": entry.words,
        "undoes": entry.undoes,
        "depth": entry.depth,
        "lasting": int(entry.lasting),
    }
    insert_rows(connection, "act", [values])
    return txn


def write_events(
    connection: Connection,
    txn: int,
    entry: Entry,
    changes: Iterable[RowChange],
    digests: Mapping[str, tuple[str, str]],
) -> None:
    """Log what an act did to each row.

    Args:
        connection: The connection of the transaction.
        txn: The act's number.
        entry: The act.
        changes: The rows.
        digests: For records with a file of their own: the digests of their versions before and after.
    """
    common = {
        "txn": txn,
        "at": stamp_column(entry.at),
        "by": entry.by,
        "session": entry.session,
        "action": entry.action,
    }
    events = [{**common, **_event(each, digests.get(each.id, ("", "")))} for each in changes]
    insert_rows(connection, "event", events)


def act(connection: Connection, txn: int) -> Logged | None:
    """Return an act by its number."""
    found = connection.execute(_acts().where(table("act").c.txn == txn)).first()
    return _logged(found) if found else None


def acts(connection: Connection, limit: int, before_txn: int | None = None) -> list[Logged]:
    """Return acts, newest first."""
    logged = table("act")
    query = _acts().order_by(logged.c.txn.desc()).limit(limit)
    if before_txn is not None:
        query = query.where(logged.c.txn < before_txn)
    return [_logged(row) for row in connection.execute(query)]


def acts_where(connection: Connection, limit: int, *where: ColumnElement[bool], undone: bool) -> list[Logged]:
    """Return the acts for which all conditions hold, newest first."""
    logged = table("act")
    query = _acts().where(*where, _undone() if undone else ~_undone()).order_by(logged.c.txn.desc()).limit(limit)
    return [_logged(row) for row in connection.execute(query)]


def events_of(connection: Connection, txn: int) -> list[Event]:
    """Return the events of an act, first to last."""
    events = table("event")
    return list(_events(connection, select(events).where(events.c.txn == txn).order_by(events.c.seq)))


def events_about(connection: Connection, row_id: str) -> list[Event]:
    """Return the events of a row, newest first."""
    events = table("event")
    return list(_events(connection, select(events).where(events.c.row_id == row_id).order_by(events.c.seq.desc())))


def events_before(connection: Connection, limit: int, before_seq: int | None = None) -> list[Event]:
    """Return events, newest first."""
    events = table("event")
    query = select(events).order_by(events.c.seq.desc()).limit(limit)
    if before_seq is not None:
        query = query.where(events.c.seq < before_seq)
    return list(_events(connection, query))


def rows_after(connection: Connection, seq: int) -> dict[str, set[str]]:
    """Return the rows that events after `seq` changed: kind to ids."""
    events = table("event")
    found: dict[str, set[str]] = {}
    query = select(events.c.table, events.c.row_id).where(events.c.seq > seq).distinct()
    for kind, row_id in connection.execute(query):
        found.setdefault(kind, set()).add(row_id)
    return found


def _event(change: RowChange, digests: tuple[str, str]) -> dict[str, Any]:
    changed = change.changed()
    after = {name: _told(change, name, new, digests[1]) for name, (_, new) in changed.items()}
    before = None
    if change.before is not None:
        before = rows.dump({name: _told(change, name, old, digests[0]) for name, (old, _) in changed.items()})
    return {"table": change.kind, "row_id": change.id, "before": before, "after": rows.dump(after)}


def _told(change: RowChange, name: str, value: Any, digest: str) -> Any:
    body = change.kind in OWN_FILE and kinds()[change.kind].fields[name].body
    if body and digest and isinstance(value, str) and len(value) >= LONG:
        return {TEXT: digest}
    return rows.plain(value)


def _acts() -> Select[Any]:
    return select(table("act"), _undone().label("undone"))


def _undone() -> ColumnElement[bool]:
    logged, later = table("act"), table("act").alias("later")
    return select(later.c.txn).where(later.c.undoes == logged.c.txn).exists()


def _logged(row: Any) -> Logged:
    return Logged(
        txn=row.txn,
        at=read_stamp(row.at),
        by=row.by,
        session=row.session or "",
        action=row.action,
        words=row.words,
        undoes=row.undoes,
        depth=row.depth,
        lasting=bool(row.lasting),
        undone=bool(row.undone),
    )


def _events(connection: Connection, query: Select[Any]) -> Iterator[Event]:
    for row in connection.execute(query).mappings():
        values = dict(row)
        for name in ("before", "after"):
            values[name] = None if values[name] is None else json.loads(values[name])
        yield Event(**{**values, "at": read_stamp(values["at"])})


def text_reference(value: Any) -> str | None:
    """Return the digest that stands in place of a long text, or None where a value stands for itself."""
    return str(value[TEXT]) if isinstance(value, dict) and TEXT in value and len(value) == 1 else None


def code_of(record: Record) -> str:
    """Return what a person calls a record by: its code, its handle, or its id."""
    for name in ("code", "handle", "key"):
        found = getattr(record, name, "")
        if found and isinstance(found, str):
            return found
    return record.id
