"""What one transaction writes for an act: rows, events, versions, search shadow; and the facts that come of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from fieldgate.documents.document import Document, Version
from fieldgate.documents.frontmatter import digest
from fieldgate.documents.offers import ANSWERED, remembering
from fieldgate.documents.vectors import stamp
from fieldgate.domain.changes import Act, Change, Create, Edit, apply
from fieldgate.domain.kinds import OWN_FILE, kind_of
from fieldgate.domain.records.learning import Evidence
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import LEFT_OUT, Snapshot
from fieldgate.store.facts import checks_of, is_asked_for, read_facts, read_records
from fieldgate.store.log import Entry, write_act, write_events
from fieldgate.store.shadow import shadow_row, write_shadow
from fieldgate.store.versions import Head, document_of, keep, kept, read_heads, version_at, write_heads
from fieldgate.store.writing import RowChange, write_rows
from fieldgate.values import dataclass

Summarise = Callable[[Snapshot], Mapping[str, object]]
"""Works out the figures that are kept for the screen."""


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of an act: the facts after it, its number in the log (None if it changed nothing), the act itself.

    The act's changes are as they were written: with codes given and times filled in.
    """

    facts: Snapshot
    txn: int | None
    act: Act


def write_changes(connection: Connection, changes: Sequence[RowChange], entry: Entry, counter: int) -> int:
    """Write an act: its rows, its events, the new versions of every file it touches, and what they are found by."""
    write_rows(connection, changes)
    digests = _write_versions(connection, changes, entry, counter)
    txn = write_act(connection, entry)
    write_events(connection, txn, entry, changes, digests)
    return txn


def settled_changes(changes: Iterable[RowChange]) -> tuple[Change, ...]:
    """Return changes as the domain names them, with all that was filled in."""
    return tuple(_as_change(each) for each in changes)


def next_facts(connection: Connection, facts: Snapshot, changes: Sequence[RowChange]) -> Snapshot:
    """Return the facts after the changes; notes that a rule asks for only now are read, new ones that none does left out."""
    known = facts.tables["note"]
    spoken_for = {each.file_id for each in changes if each.kind == "evidence"}
    others = {each.id for each in changes if each.kind == "note" and each.before is not None} | spoken_for
    made = {each.id for each in changes if each.kind == "note" and each.before is None}
    missing = read_facts(connection, "note", [each for each in others - made if each not in known])
    touched: list[Change] = [Create(each) for each in missing if each.id in spoken_for or is_asked_for(each)]
    for change in changes:
        if change.before is not None:
            touched.append(_as_change(change))
        elif change.kind != "note" or change.id in spoken_for or is_asked_for(change.after):
            touched.append(Create(_light(change.after)))
    return apply(facts, touched)


def _as_change(change: RowChange) -> Change:
    if change.before is None:
        return Create(change.after)
    names = [*change.changed(), "updated_at", "updated_by"]
    return Edit(change.kind, change.id, {name: getattr(change.after, name) for name in names})


def _light(record: Record) -> Record:
    """Leave out the long texts, as reading the facts anew would."""
    left_out = LEFT_OUT.get(kind_of(record), {})
    return replace(record, **left_out) if left_out else record


def _write_versions(
    connection: Connection, changes: Sequence[RowChange], entry: Entry, counter: int
) -> dict[str, tuple[str, str]]:
    """Give each record whose file changes a new version; return the digests before and after, by record id."""
    owners = _owners(connection, changes)
    heads = read_heads(connection, owners)
    digests: dict[str, tuple[str, str]] = {}
    new_heads: list[Head] = []
    new_versions = []
    asked = {each.id for each in changes if each.before is not None and each.before.conflicts != each.after.conflicts}
    for record in owners.values():
        head = heads.get(record.id) or Head(id=record.id, kind=kind_of(record))
        document = document_of(connection, record, head)
        if record.id in asked:
            head, document = _remembering(connection, head, document)
        mark = digest(document)
        digests[record.id] = (head.digest, mark)
        vector = stamp(head.vector, entry.session, counter)
        new_heads.append(replace(head, vector=vector, digest=mark))
        new_versions.append(kept(Version(document=document, vector=vector)))
    keep(connection, new_versions, entry.at)
    write_heads(connection, new_heads)
    write_shadow(connection, [_shadow(connection, record) for record in owners.values()])
    return digests


def _remembering(connection: Connection, head: Head, document: Document) -> tuple[Head, Document]:
    """Keep in the file what was decided, among what; the store itself has no use for it, like for any unknown field."""
    before = version_at(connection, head.id, head.vector, head.digest)
    if before is None:
        return head, document
    document = remembering(before.document, document)
    others = {name: value for name, value in head.unknown.items() if name != ANSWERED}
    marks = {name: value for name, value in document.head.items() if name == ANSWERED}
    return replace(head, unknown={**others, **marks}), document


def _owners(connection: Connection, changes: Sequence[RowChange]) -> dict[str, Record]:
    """Return the records whose files change, by id."""
    found = {each.id: each.after for each in changes if each.kind in OWN_FILE}
    for change in changes:
        owner = change.file_id
        if owner not in found:
            kind = _owner_kind(change.after)
            found |= {each.id: each for each in read_records(connection, kind, [owner])}
    return found


def _owner_kind(record: Record) -> str:
    if isinstance(record, Evidence):
        return "note"
    return next(owner for owner in ("touchpoint", "customer", "gate") if getattr(record, f"{owner}_id", None))


def _shadow(connection: Connection, record: Record) -> dict[str, str]:
    owns_checks = kind_of(record) in {"touchpoint", "customer", "gate"}
    checks = checks_of(connection, record.id) if owns_checks else []
    return shadow_row(record, checks)
