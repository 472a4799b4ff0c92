"""What is linked to a record: the records that it names, and those that name it. Plain SQL over sqlite3."""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from fieldgate.domain.kinds import kinds
from fieldgate.domain.listing import Linked
from fieldgate.domain.records.record import Record

POINTS_TO: Mapping[str, str] = {
    "agreed_meeting_id": "meeting",
    "parent_id": "hypothesis",
    "born_gate_id": "gate",
    "customer_id": "customer",
    "gate_id": "gate",
    "meeting_id": "meeting",
    "touchpoint_id": "touchpoint",
    "requirement_id": "requirement",
    "hypothesis_id": "hypothesis",
    "field_meeting_id": "meeting",
    "decision_meeting_id": "meeting",
    "duplicate_of": "requirement",
    "note_id": "note",
    "opened_by_gate_id": "gate",
}
"""The kind that a linking field names."""

TITLES: Mapping[str, tuple[str, str]] = {
    "workspace": ("''", "name"),
    "member": ("handle", "name"),
    "customer": ("code", "name"),
    "hypothesis": ("code", "substr(statement, 1, 400)"),
    "meeting": ("code", "topic"),
    "note": ("code", "substr(text, 1, 400)"),
    "evidence": ("''", "''"),
    "touchpoint": ("code", "title"),
    "check": ("key", "text"),
    "requirement": ("code", "substr(description, 1, 400)"),
    "action": ("code", "text"),
    "gate": ("step || ' ' || round", "stop_if"),
}
"""How a record is called in one line: its label and its title."""

FACTS: Mapping[str, tuple[str, ...]] = {
    "meeting": ("kind", "date", "purpose", "proposal"),
    "note": ("kind", "said_on", "mark", "customer_id", "triaged_at", "discarded"),
    "evidence": ("stance", "strength", "note_id", "hypothesis_id", "answered_at"),
    "check": ("answer", "note", "measure", "target", "result", "answered_at"),
    "hypothesis": ("state", "area", "importance", "pivot_kind"),
    "touchpoint": ("state",),
    "requirement": ("state", "urgency", "reported_at"),
    "action": ("state", "due", "owner"),
    "gate": ("step", "round", "outcome", "opened_on", "closed_on"),
    "customer": ("segment", "status", "awareness", "contact"),
}
"""What else a linked record is shown with."""

_MOST = 2_000


def linked_rows(db: sqlite3.Connection, kind: str, record: Record) -> tuple[tuple[Linked, ...], tuple[Linked, ...]]:
    """Return what a record names, and what names it, oldest first; of archived ones only what it names itself."""
    return tuple(_named(db, kind, record)), tuple(_naming(db, kind, record))


def _named(db: sqlite3.Connection, kind: str, record: Record) -> Iterator[Linked]:
    for field in kinds()[kind].fields:
        target = getattr(record, field)
        if field in POINTS_TO and target:
            yield from _rows(db, POINTS_TO[field], field, "id = ?", target, live=False)
    members: frozenset[str] = getattr(record, "members", frozenset())
    for each in sorted(members):
        yield from _rows(db, "member", "members", "id = ?", each, live=False)


def _naming(db: sqlite3.Connection, kind: str, record: Record) -> Iterator[Linked]:
    for other, spec in kinds().items():
        for field in spec.fields:
            if POINTS_TO.get(field) == kind and not (other == "check" and field == "meeting_id"):
                yield from _rows(db, other, field, _test(other, field), record.id, live=True)


def _test(kind: str, field: str) -> str:
    if kind == "check":
        # Said as the index of the owners says it, so that it is used.
        return f"coalesce(touchpoint_id, customer_id, gate_id) = ? AND {field} IS NOT NULL"
    return f"{field} = ?"


def _rows(db: sqlite3.Connection, kind: str, role: str, test: str, target: str, *, live: bool) -> Iterator[Linked]:
    code, title = TITLES[kind]
    facts = FACTS.get(kind, ())
    columns = ", ".join(("id", code, title, *(f'"{name}"' for name in facts)))
    alive = " AND deleted_at IS NULL ORDER BY created_at, id" if live else ""
    query = f'SELECT {columns} FROM "{kind}" WHERE {test}{alive} LIMIT {_MOST}'
    for row in db.execute(query, (target,)):
        values: dict[str, Any] = dict(zip(facts, row[3:], strict=True))
        yield Linked(kind=kind, id=row[0], code=row[1] or "", title=row[2] or "", role=role, facts=values)
