"""Changes: what an act does to records. Data only; nothing is erased, deleting sets `deleted_at`.

A change names the fields that it changes and no others. So a rule may change a note without having read its text,
two people who change two fields of one record do not undo each other, and the log holds just what changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, cast

from fieldgate.domain.kinds import KIND_OF
from fieldgate.domain.records.learning import Evidence, Note
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import LEFT_OUT, LINKS, Snapshot
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True)
class Create:
    """Make a new record."""

    record: Record

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return KIND_OF[type(self.record)]

    @property
    def row_id(self) -> str:
        """The id of the record."""
        return self.record.id


@dataclass(frozen=True, slots=True)
class Edit:
    """Give some fields of a record new values."""

    kind: str
    row_id: str
    values: Mapping[str, Any]


Change = Create | Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Everything that one decision changes: one transaction, one undo.

    `action` is one of create, update, delete, triage, gate, override, merge, conflict, resolve, import, undo.
    `words` says in one line what was done, for the toast and the log.
    """

    action: str
    changes: tuple[Change, ...]
    words: str = ""


def apply(snapshot: Snapshot, changes: Iterable[Change]) -> Snapshot:
    """Return the snapshot after the changes; what they do not touch is shared with the one before."""
    changes = tuple(changes)
    changing = {change.kind for change in changes}
    tables: dict[str, dict[str, Record]] = {
        kind: dict(rows) if kind in changing else cast("dict[str, Record]", rows)
        for kind, rows in snapshot.tables.items()
    }
    links = {
        key: dict(index) if key.partition(".")[0] in changing else cast("dict[str, frozenset[str]]", index)
        for key, index in snapshot.links.items()
    }
    touched: set[str] = set()
    kept = snapshot.kept
    for change in changes:
        kind = change.kind
        old = tables[kind].get(change.row_id)
        new = _changed(old, change)
        if new is None:
            continue
        tables[kind][new.id] = new
        _relink(links, kind, old, new)
        if kind == "workspace":
            kept = {}
        touched |= resting_on(tables, links, kind, new)
        if isinstance(old, Evidence):
            touched.add(old.hypothesis_id)
    remaining = {key: value for key, value in kept.items() if key not in touched}
    return Snapshot(tables, links, remaining)


def _changed(old: Record | None, change: Change) -> Record | None:
    if isinstance(change, Create):
        return change.record
    if old is None:
        return None
    left_out = LEFT_OUT.get(change.kind, {})
    known = {each.name for each in fields(old)} - left_out.keys()
    return replace(old, **{name: value for name, value in change.values.items() if name in known})


def _relink(links: Mapping[str, dict[str, frozenset[str]]], kind: str, old: Record | None, new: Record) -> None:
    for name in LINKS.get(kind, ()):
        before = getattr(old, name) if old is not None else None
        after = getattr(new, name)
        if before == after:
            continue
        index = links[f"{kind}.{name}"]
        if before is not None:
            index[before] = index.get(before, frozenset()) - {new.id}
        if after is not None:
            index[after] = index.get(after, frozenset()) | {new.id}


def changed_rows(before: Snapshot, after: Snapshot) -> dict[str, set[str]]:
    """Return the ids of the records that differ between two snapshots that grew out of each other, by kind."""
    found: dict[str, set[str]] = {}
    for kind, rows in after.tables.items():
        old = before.tables[kind]
        if old is not rows:
            found[kind] = {each for each, row in rows.items() if old.get(each) is not row} | (old.keys() - rows.keys())
    return {kind: ids for kind, ids in found.items() if ids}


def resting_on(
    tables: Mapping[str, Mapping[str, Record]],
    links: Mapping[str, Mapping[str, frozenset[str]]],
    kind: str,
    record: Record,
) -> set[str]:
    """Return the hypotheses whose counts may change with a record."""
    if kind == "hypothesis":
        return {record.id}
    if isinstance(record, Evidence):
        return {record.hypothesis_id}
    notes: Iterable[str] = ()
    if isinstance(record, Note):
        notes = (record.id,)
    elif kind == "customer":
        of_customer = links["note.customer_id"].get(record.id, frozenset())
        of_meetings = links["meeting.customer_id"].get(record.id, frozenset())
        notes = of_customer.union(*(links["note.meeting_id"].get(each, frozenset()) for each in of_meetings))
    pieces = (piece for note in notes for piece in links["evidence.note_id"].get(note, frozenset()))
    found = (tables["evidence"][piece] for piece in pieces)
    return {each.hypothesis_id for each in found if isinstance(each, Evidence)}
