"""Writing changes: what an act comes to for each row, and the rows themselves, in a transaction that another holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from fieldgate.domain.changes import Change, Create
from fieldgate.domain.identity import code_parts, next_code
from fieldgate.domain.kinds import kind_of, kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence, Meeting
from fieldgate.domain.records.record import Coded, Record
from fieldgate.domain.times import whole_stamp
from fieldgate.errors import NotFoundError, RefusedError
from fieldgate.store import rows
from fieldgate.store.facts import read_records
from fieldgate.store.schema import insert_rows, table
from fieldgate.values import dataclass
from fieldgate.words import t

UNLOGGED = frozenset({"id", "updated_at", "updated_by"})
"""Fields that the log does not tell as changed: it says itself which row, when and by whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """A row before and after; `before` is None for a new one."""

    kind: str
    before: Record | None
    after: Record

    @property
    def id(self) -> str:
        """The id of the row."""
        return self.after.id

    @property
    def file_id(self) -> str:
        """The id of the record in whose file the row stands."""
        if isinstance(self.after, Evidence):
            return self.after.note_id
        return self.after.owner_id if isinstance(self.after, Check) else self.after.id

    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Return the fields that changed, by name: before and after. Of a new row, those that are not the default."""
        found: dict[str, tuple[Any, Any]] = {}
        for name, spec in kinds()[self.kind].fields.items():
            new = getattr(self.after, name)
            old = spec.default if self.before is None else getattr(self.before, name)
            if old != new and name not in UNLOGGED:
                found[name] = (old, new)
        return found


def settle(connection: Connection, changes: Iterable[Change], *, by: str, now: datetime) -> list[RowChange]:
    """Work out what changes come to: codes given, who and when filled in, several changes of a row taken together.

    A new record whose id is archived already (a piece of evidence given again, say) takes that row up again.

    Raises:
        NotFoundError: A change names a row that is not there.
        RefusedError: A new record's id is in use.
    """
    changes = tuple(changes)
    stored = _stored(connection, changes)
    codes = _Codes(connection)
    settled: dict[tuple[str, str], RowChange] = {}
    for change in changes:
        key = (change.kind, change.row_id)
        earlier = settled.get(key)
        current = earlier.after if earlier else stored.get(key)
        if isinstance(change, Create):
            after = _made(change.record, current, codes, by, now)
        elif current is None:
            raise NotFoundError(t("There is no {kind} {id}.", kind=change.kind, id=change.row_id), "", change.row_id)
        else:
            after = replace(current, **_whole(change.values), updated_at=now, updated_by=by)
        before = earlier.before if earlier else stored.get(key)
        settled[key] = RowChange(kind=change.kind, before=before, after=after)
    return [each for each in settled.values() if each.before is None or each.changed()]


def write_rows(connection: Connection, changes: Iterable[RowChange]) -> None:
    """Write rows: new ones in one go per kind, of others what changed."""
    new: dict[str, list[Record]] = defaultdict(list)
    for change in changes:
        if change.before is None:
            new[change.kind].append(change.after)
            continue
        names = [*change.changed(), "updated_at", "updated_by"]
        values = rows.columns_of({name: getattr(change.after, name) for name in names})
        rows_of_kind = table(change.kind)
        connection.execute(update(rows_of_kind).where(rows_of_kind.c.id == change.id).values(values))
        if isinstance(change.after, Meeting) and "members" in names:
            _write_members(connection, [change.after])
    for kind, records in new.items():
        insert_records(connection, kind, records)


def insert_records(connection: Connection, kind: str, records: Sequence[Record]) -> None:
    """Write new rows of one kind."""
    insert_rows(connection, kind, [rows.row_of(record) for record in records])
    meetings = [each for each in records if isinstance(each, Meeting) and each.members]
    if meetings:
        _write_members(connection, meetings)


def _write_members(connection: Connection, meetings: Sequence[Meeting]) -> None:
    links = table("meeting_member")
    for meeting in meetings:
        connection.execute(delete(links).where(links.c.meeting_id == meeting.id))
    pairs: list[dict[str, object]] = [
        {"meeting_id": meeting.id, "member_id": member} for meeting in meetings for member in sorted(meeting.members)
    ]
    insert_rows(connection, "meeting_member", pairs)


def _stored(connection: Connection, changes: Sequence[Change]) -> dict[tuple[str, str], Record]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        wanted[change.kind].add(change.row_id)
    return {(kind, each.id): each for kind, ids in wanted.items() for each in read_records(connection, kind, ids)}


def _made(record: Record, current: Record | None, codes: "_Codes", by: str, now: datetime) -> Record:
    if current is not None and current.live:
        raise RefusedError(t("There is a record with the id {id} already.", id=record.id), "", record.id)
    values = {name: getattr(record, name) for name in kinds()[kind_of(record)].fields}
    if isinstance(record, Coded) and not record.code:
        values["code"] = current.code if isinstance(current, Coded) else codes.next_for(record)
    made = (now, by) if current is None else (current.created_at, current.created_by)
    values |= {"created_at": made[0], "created_by": made[1], "updated_at": now, "updated_by": by}
    return replace(record, **_whole(values))


def _whole(values: Mapping[str, Any]) -> dict[str, Any]:
    """Cut timestamps to what the store holds, so that the facts in memory and the rows stay the same."""
    return {name: whole_stamp(value) if isinstance(value, datetime) else value for name, value in values.items()}


class _Codes:
    """Gives out codes: the highest ever given plus one, archived ones included."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: dict[str, str] = {}

    def next_for(self, record: Record) -> str:
        """Return the next code of the record's kind; "" for kinds whose codes are given by the act."""
        kind = kind_of(record)
        letter = kinds()[kind].letter
        if not letter:
            return ""
        last = self._last.get(kind) or self._highest(kind, letter)
        self._last[kind] = next_code(letter, [last])
        return self._last[kind]

    def _highest(self, kind: str, letter: str) -> str:
        code = table(kind).c.code
        longest_first = select(code).order_by(func.length(code).desc(), code.desc())
        for found in self._connection.execute(longest_first).scalars():
            parts = code_parts(found)
            if parts and parts[0] == letter:
                return str(found)
        return ""
