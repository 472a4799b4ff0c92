"""Records out of the database: whole ones by id, and the facts that rules read of all of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from fieldgate.domain.kinds import kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence, Note, NoteKind
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import Snapshot, fact_fields, snapshot_of
from fieldgate.errors import FormatError
from fieldgate.store.rows import record_of
from fieldgate.store.schema import table
from fieldgate.words import t

_CHUNK = 500


def load_facts(connection: Connection) -> Snapshot:
    """Read the facts of all records. Long texts are passed by, and so are notes that no rule asks for.

    Raises:
        FormatError: A row holds what its field cannot.
    """
    return snapshot_of(_all_facts(connection))


def read_facts(connection: Connection, kind: str, ids: Iterable[str]) -> list[Record]:
    """Return the facts of some records."""
    return _by_id(connection, kind, fact_fields(kind, kinds()[kind].record), ids)


def read_records(connection: Connection, kind: str, ids: Iterable[str]) -> list[Record]:
    """Return some records whole, in no order; ids that are not there are passed by."""
    return _by_id(connection, kind, tuple(kinds()[kind].fields), ids)


def every_record(connection: Connection, kind: str) -> Iterator[Record]:
    """Go through the records of a kind, archived ones included, oldest first."""
    rows = table(kind)
    names = tuple(kinds()[kind].fields)
    query = select(*(rows.c[name] for name in names)).order_by(rows.c.created_at, rows.c.id)
    for row in connection.execute(query):
        yield _record(kind, names, row)


def evidence_of(connection: Connection, note_id: str) -> list[Evidence]:
    """Return all evidence of a note, removed pieces included."""
    pieces = table("evidence")
    ids = connection.execute(select(pieces.c.id).where(pieces.c.note_id == note_id)).scalars()
    return [each for each in read_records(connection, "evidence", ids) if isinstance(each, Evidence)]


def checks_of(connection: Connection, owner_id: str) -> list[Check]:
    """Return all checks of a touchpoint, a customer or a gate."""
    checks = table("check")
    owner = func.coalesce(checks.c.touchpoint_id, checks.c.customer_id, checks.c.gate_id)
    ids = connection.execute(select(checks.c.id).where(owner == owner_id)).scalars()
    return [each for each in read_records(connection, "check", ids) if isinstance(each, Check)]


def _all_facts(connection: Connection) -> Iterator[Record]:
    for name, kind in kinds().items():
        names = fact_fields(name, kind.record)
        rows = table(name)
        query = select(*(rows.c[each] for each in names))
        if name == "note":
            query = query.where(_asked_for())
        for row in connection.execute(query):
            yield _record(name, names, row)


def _asked_for() -> ColumnElement[bool]:
    """The notes that a rule reads: waiting, speaking for a hypothesis, asked for by a gap or request, in conflict."""
    notes, pieces = table("note"), table("evidence")
    waiting = and_(notes.c.triaged_at.is_(None), notes.c.kind.in_(("observation", "question")))
    linked = or_(notes.c.touchpoint_id.is_not(None), notes.c.requirement_id.is_not(None))
    live = and_(notes.c.deleted_at.is_(None), or_(waiting, linked, notes.c.conflicts != "[]"))
    return or_(live, notes.c.id.in_(select(pieces.c.note_id)))


def is_asked_for(record: Record) -> bool:
    """Whether a rule reads a note for what it says of itself; `_asked_for` says the same to the database."""
    if not isinstance(record, Note) or not record.live:
        return False
    waiting = record.triaged_at is None and record.kind in {NoteKind.OBSERVATION, NoteKind.QUESTION}
    return waiting or bool(record.touchpoint_id or record.requirement_id or record.conflicts)


def _by_id(connection: Connection, kind: str, names: Sequence[str], ids: Iterable[str]) -> list[Record]:
    wanted = sorted(set(ids))
    found: list[Record] = []
    for start in range(0, len(wanted), _CHUNK):
        chunk = connection.execute(_with_ids(kind, tuple(names)), {"ids": wanted[start : start + _CHUNK]})
        found.extend(_record(kind, names, row) for row in chunk)
    return found


@cache
def _with_ids(kind: str, names: tuple[str, ...]) -> Select[Any]:
    rows = table(kind)
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    return select(*(rows.c[name] for name in names)).where(rows.c.id.in_(ids))


def _record(kind: str, names: Sequence[str], row: Sequence[object]) -> Record:
    try:
        return record_of(kind, names, row)
    except (ValueError, KeyError, TypeError) as error:
        message = t("A {kind} in the file holds what it cannot: {reason}", kind=kind, reason=repr(error)[:80])
        raise FormatError(message, t("The file is damaged: restore the last backup."), kind) from error
