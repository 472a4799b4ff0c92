"""Taking acts back: which can be, and what that changes.

An act is taken back by a new act that restores what the log says was there before; a new record is
archived, since nothing is erased. Taking back an undo is a redo, possible until somebody does something new. A field
that was changed since by another path is never overwritten in silence. Undo is no move: it may cross final states.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from fieldgate.documents.codec import from_document
from fieldgate.domain.changes import Act, Edit
from fieldgate.domain.kinds import kinds
from fieldgate.domain.records.history import Event
from fieldgate.domain.records.record import Record
from fieldgate.errors import FormatError, RefusedError, UndecidedError
from fieldgate.store import rows
from fieldgate.store.facts import read_records
from fieldgate.store.log import Entry, Logged, act, acts_where, code_of, events_of, text_reference
from fieldgate.store.schema import table
from fieldgate.store.versions import version_with
from fieldgate.words import t

_ALL = 1_000_000_000
_NOT_OF_THE_MAKER = frozenset({"code", "former_codes", "deleted_at", "updated_by"})
"""Fields of a new record that may have changed without anybody having changed what was made."""


def undoable(connection: Connection, limit: int) -> list[Logged]:
    """Return the acts that can be taken back, the next one first."""
    logged = table("act")
    return acts_where(connection, limit, logged.c.depth % 2 == 0, logged.c.lasting == 0, undone=False)


def redoable(connection: Connection, limit: int) -> list[Logged]:
    """Return the undos that can be taken back, the next one first: those since the last new act."""
    logged = table("act")
    last = select(logged.c.txn).where(logged.c.depth == 0).order_by(logged.c.txn.desc()).limit(1)
    newest = connection.execute(last).scalar() or 0
    return acts_where(connection, limit, logged.c.depth % 2 == 1, logged.c.txn > newest, undone=False)


def target(connection: Connection, txn: int | None) -> Logged:
    """Return the act that is to be taken back: the last one, or the one numbered `txn`.

    Raises:
        RefusedError: There is none, it was taken back already, or it came in from files.
    """
    if txn is None:
        found = undoable(connection, 1)
        if not found:
            raise RefusedError(t("There is nothing to undo."))
        return found[0]
    chosen = act(connection, txn)
    if chosen is None:
        raise RefusedError(t("There is no act {txn} in the log.", txn=txn), "", str(txn))
    if chosen.undone:
        raise RefusedError(t("It was taken back already: {words}", words=chosen.words), "", str(txn))
    if chosen.lasting:
        message = t("What came in from files cannot be taken back: {words}", words=chosen.words)
        raise RefusedError(message, t("Restore a backup to go back to before it."), str(txn))
    return chosen


def redo_target(connection: Connection) -> Logged:
    """Return the undo that is to be taken back.

    Raises:
        RefusedError: There is none since the last new act.
    """
    found = redoable(connection, 1)
    if not found:
        raise RefusedError(t("There is nothing to redo."))
    return found[0]


def targets_after(connection: Connection, seq: int) -> list[Logged]:
    """Return the acts to be taken back to be where event `seq` was, newest first.

    Raises:
        RefusedError: There is no such event, or nothing to take back after it.
    """
    events = table("event")
    txn = connection.execute(select(events.c.txn).where(events.c.seq == seq)).scalar()
    if txn is None:
        raise RefusedError(t("There is no event {seq} in the log.", seq=seq), "", str(seq))
    found = [each for each in undoable(connection, _ALL) if each.txn > txn]
    if not found:
        raise RefusedError(t("There is nothing to undo after it."), "", str(seq))
    return found


def taking_back(connection: Connection, against: Logged, entry: Entry, workspace_id: str) -> tuple[Act, Entry]:
    """Return the act that takes back another, and what the log says of it.

    Raises:
        UndecidedError: A field has been changed since; the record and the field are named.
    """
    edits = _reversed(connection, against.txn, workspace_id=workspace_id, now=entry.at)
    logged = replace(entry, words=against.words, undoes=against.txn, depth=against.depth + 1)
    return Act(action=entry.action, changes=tuple(edits), words=against.words), logged


def _reversed(connection: Connection, txn: int, *, workspace_id: str, now: datetime) -> list[Edit]:
    edits: list[Edit] = []
    for event in reversed(events_of(connection, txn)):
        found = read_records(connection, event.table, [event.row_id])
        if not found:
            raise UndecidedError(t("The {kind} {id} is gone.", kind=event.table, id=event.row_id), "", event.row_id)
        values = _values(connection, event, found[0], workspace_id, now)
        if values:
            edits.append(Edit(event.table, event.row_id, values))
    return edits


def _values(connection: Connection, event: Event, current: Record, workspace_id: str, now: datetime) -> dict[str, Any]:
    reader = _Reader(connection, event, workspace_id)
    for name, value in _as_left(event, reader).items():
        if getattr(current, name) != value:
            message = t("{code} was changed since: {field}.", code=code_of(current), field=name)
            hint = t("Take back the later change first, or set the field by hand.")
            raise UndecidedError(message, hint, f"{code_of(current)}.{name}")
    if event.before is None:
        return {} if current.deleted_at is not None else {"deleted_at": now}
    return {name: reader.value(name, value) for name, value in event.before.items()}


def _as_left(event: Event, reader: "_Reader") -> dict[str, Any]:
    """Return the fields as the event left them: those that it changed, or all that a new record was made with."""
    after = {name: reader.value(name, value) for name, value in (event.after or {}).items()}
    if event.before is not None:
        return after
    specs = kinds()[event.table].fields
    made = {name: spec.default for name, spec in specs.items() if not spec.required} | after
    return {name: value for name, value in made.items() if name not in _NOT_OF_THE_MAKER}


class _Reader:
    """Reads the values of an event, long texts from the version that holds them."""

    def __init__(self, connection: Connection, event: Event, workspace_id: str) -> None:
        self._connection = connection
        self._event = event
        self._workspace_id = workspace_id

    def value(self, name: str, value: Any) -> Any:
        mark = text_reference(value) if kinds()[self._event.table].fields[name].holds is str else None
        if mark is None:
            return rows.field_of(self._event.table, name, value)
        version = version_with(self._connection, self._event.row_id, mark)
        parsed = from_document(version.document, workspace_id=self._workspace_id) if version else None
        if parsed is None or parsed.record is None:
            message = t("A text of {id} that the log names is not kept any more.", id=self._event.row_id)
            raise FormatError(message, t("Restore a backup to see it."), self._event.row_id)
        return getattr(parsed.record, name)
