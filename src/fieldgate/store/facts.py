"""Records out of the database: whole ones by id, and the facts that rules read of all of them."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, func, select

from fieldgate.domain.kinds import kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence, Note, NoteKind
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import Snapshot, fact_fields, snapshot_of
from fieldgate.errors import FormatError
from fieldgate.store import queries
from fieldgate.store.rows import dump, record_of
from fieldgate.store.schema import table
from fieldgate.words import t


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
    return _read(connection, kind, tuple(kinds()[kind].fields), "ORDER BY created_at, id")


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
        where = queries.NOTES_ASKED_FOR if name == "note" else ""
        yield from _read(connection, name, fact_fields(name, kind.record), where)


def is_asked_for(record: Record) -> bool:
    """Whether a rule reads a note for what it says of itself; `NOTES_ASKED_FOR` says the same to the database."""
    if not isinstance(record, Note) or not record.live:
        return False
    waiting = record.triaged_at is None and record.kind in {NoteKind.OBSERVATION, NoteKind.QUESTION}
    return waiting or bool(record.touchpoint_id or record.requirement_id or record.conflicts)


def _by_id(connection: Connection, kind: str, names: Sequence[str], ids: Iterable[str]) -> list[Record]:
    return list(_read(connection, kind, names, queries.WITH_IDS, dump(sorted(set(ids)))))


def _read(connection: Connection, kind: str, names: Sequence[str], where: str, *given: str) -> Iterator[Record]:
    """Go through records; the text goes to the driver as it is, for making it costs SQLAlchemy more than reading."""
    for row in connection.exec_driver_sql(queries.records(kind, names, where), given):
        yield _record(kind, names, row)


def _record(kind: str, names: Sequence[str], row: Sequence[object]) -> Record:
    try:
        return record_of(kind, names, row)
    except (ValueError, KeyError, TypeError) as error:
        message = t("A {kind} in the file holds what it cannot: {reason}", kind=kind, reason=repr(error)[:80])
        raise FormatError(message, t("The file is damaged: restore the last backup."), kind) from error
