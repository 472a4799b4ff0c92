"""Taking in records that come with their own history: the first opening of a folder, a merge, a new workspace.

Many at once, in one transaction. A link to a record that is not there (its file is missing or broken) is set aside in
the head of the record, written back to its file as it was, and tied again when the record comes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from sqlalchemy import Connection, select

from fieldgate.documents.annexes import evidence_from, evidence_head
from fieldgate.documents.document import Value, Version
from fieldgate.documents.vectors import stamp
from fieldgate.domain.kinds import kind_of, kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence
from fieldgate.domain.records.record import Record
from fieldgate.store.facts import read_records
from fieldgate.store.log import Entry, write_act, write_events
from fieldgate.store.schema import table
from fieldgate.store.shadow import shadow_row, write_shadow
from fieldgate.store.versions import (
    Head,
    Kept,
    assembled,
    heads_with_loose_ends,
    keep,
    kept,
    read_heads,
    write_heads,
)
from fieldgate.store.writing import RowChange, write_rows
from fieldgate.values import dataclass

_NOTHING: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A record that comes in, with all that stands in its file.

    `head`: the version that it now is; None makes one of ours. `versions`: others to be kept beside it. `unknown`:
    fields that we do not know.
    """

    record: Record
    evidence: tuple[Evidence, ...] = ()
    checks: tuple[Check, ...] = ()
    unknown: Mapping[str, Value] = field(default_factory=lambda: _NOTHING)
    head: Kept | None = None
    versions: tuple[Kept, ...] = ()


def arrivals_of(records: Iterable[Record]) -> list[Arrival]:
    """Group loose records: evidence with its note, checks with their owner."""
    records = list(records)
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    checks: dict[str, list[Check]] = defaultdict(list)
    for record in records:
        if isinstance(record, Evidence):
            evidence[record.note_id].append(record)
        elif isinstance(record, Check):
            checks[record.owner_id].append(record)
    return [
        Arrival(record=each, evidence=tuple(evidence[each.id]), checks=tuple(checks[each.id]))
        for each in records
        if not isinstance(each, (Evidence, Check))
    ]


def take(
    connection: Connection, arrivals: Sequence[Arrival], entry: Entry, counter: int
) -> tuple[int | None, list[RowChange]]:
    """Write records that come in, as one act of the log; return its number, None if no row changes, and what changed.

    Args:
        connection: The connection of the transaction.
        arrivals: The records; one that is there already becomes what has come.
        entry: The act.
        counter: Our counter, for the versions that we make.
    """
    if not arrivals:
        return None, []
    there = _ids(connection)
    ties = _Ties(there, arrivals)
    heads = read_heads(connection, [each.record.id for each in arrivals])
    tied = [ties.tie(each) for each in arrivals]
    came = {each.id for arrival, _ in tied for each in _rows(arrival)}
    changes = _changes(connection, [row for arrival, _ in tied for row in _rows(arrival)], there)
    digests: dict[str, tuple[str, str]] = {}
    new_heads, new_versions = [], []
    for arrival, loose in tied:
        old = heads.get(arrival.record.id)
        head, version = _head(arrival, loose, old, entry, counter)
        digests[head.id] = (old.digest if old else "", head.digest)
        new_heads.append(head)
        new_versions += [version, *arrival.versions]
    changes += _retied(connection, heads_with_loose_ends(connection), came, new_heads)
    write_rows(connection, changes)
    keep(connection, new_versions, entry.at)
    write_heads(connection, new_heads)
    write_shadow(connection, (shadow_row(each.record, each.checks) for each, _ in tied))
    if not changes:
        return None, changes  # only vectors grew: no act, nothing to tell
    txn = write_act(connection, entry)
    write_events(connection, txn, entry, changes, digests)
    return txn, changes


class _Ties:
    """Knows which links of a kind the database insists on, and which records are there to be linked to."""

    def __init__(self, there: Mapping[str, set[str]], arrivals: Iterable[Arrival]) -> None:
        self._known = {kind: set(ids) for kind, ids in there.items()}
        for arrival in arrivals:
            for row in _rows(arrival):
                self._known[kind_of(row)].add(row.id)

    def tie(self, arrival: Arrival) -> tuple[Arrival, dict[str, Value]]:
        """Return what can be written now, and the links that cannot, by their names in the file."""
        record = arrival.record
        kind = kinds()[kind_of(record)]
        missing = {name: target for name, target in links(record).items() if not self._there(kind.name, name, target)}
        loose: dict[str, Value] = {kind.fields[name].key: target for name, target in missing.items()}
        pieces = tuple(each for each in arrival.evidence if each.hypothesis_id in self._known["hypothesis"])
        untied = [each for each in arrival.evidence if each not in pieces]
        if untied:
            loose["evidence"] = evidence_head(untied)
        checks = tuple(self._untie_check(each) for each in arrival.checks)
        none: dict[str, Any] = dict.fromkeys(missing)
        changed = replace(record, **none) if missing else record
        return replace(arrival, record=changed, evidence=pieces, checks=checks), loose

    def _there(self, kind: str, name: str, target: str) -> bool:
        return target in self._known[link_targets(kind)[name]]

    def _untie_check(self, check: Check) -> Check:
        if check.meeting_id is None or check.meeting_id in self._known["meeting"]:
            return check
        return replace(check, meeting_id=None)


def links(record: Record) -> dict[str, str]:
    """Return the links of a record that are set: field to id."""
    found = {name: getattr(record, name) for name in link_targets(kind_of(record))}
    return {name: target for name, target in found.items() if target is not None}


def link_targets(kind: str) -> dict[str, str]:
    """Return the links that the database insists on: field to the kind that it points at."""
    return {column.name: key.column.table.name for column in table(kind).columns for key in column.foreign_keys}


def _rows(arrival: Arrival) -> tuple[Record, ...]:
    return (arrival.record, *arrival.evidence, *arrival.checks)


def _ids(connection: Connection) -> dict[str, set[str]]:
    return {kind: set(connection.execute(select(table(kind).c.id)).scalars()) for kind in kinds()}


def _changes(connection: Connection, found: Iterable[Record], there: Mapping[str, set[str]]) -> list[RowChange]:
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for row in found:
        by_kind[kind_of(row)].append(row)
    changes: list[RowChange] = []
    for kind, records in by_kind.items():
        known = {each.id for each in records} & there[kind]
        before = {each.id: each for each in read_records(connection, kind, known)}
        changes += [RowChange(kind=kind, before=before.get(each.id), after=each) for each in records]
    return [each for each in changes if each.before is None or each.before != each.after]


def _head(
    arrival: Arrival, loose: Mapping[str, Value], old: Head | None, entry: Entry, counter: int
) -> tuple[Head, Kept]:
    """Return the head of a record that came in; without a version of its own it gets one of ours."""
    record = arrival.record
    head = Head(id=record.id, kind=kind_of(record), unknown=arrival.unknown, loose=loose)
    version = arrival.head
    if version is None:
        vector = stamp(old.vector if old else {}, entry.session, counter)
        version = kept(Version(document=assembled(record, arrival.evidence, arrival.checks, head), vector=vector))
    return replace(head, vector=version.vector, digest=version.digest), version


def _retied(connection: Connection, loose: Iterable[Head], came: set[str], heads: list[Head]) -> list[RowChange]:
    """Tie the links of earlier records that waited for one that came now; their files do not change by it."""
    changes: list[RowChange] = []
    workspace_id = str(connection.execute(select(table("workspace").c.id)).scalar() or "")
    new = {each.id for each in heads}
    for head in loose:
        if head.id in new:
            continue
        pieces = head.loose.get("evidence")
        waiting: dict[str, Value] = dict(pieces) if isinstance(pieces, Mapping) else {}
        tied = {name: target for name, target in head.loose.items() if isinstance(target, str) and target in came}
        answered = {key: entry for key, entry in waiting.items() if key in came}
        if not tied and not answered:
            continue
        record = read_records(connection, head.kind, [head.id])[0]
        free = {name: target for name, target in _named(head.kind, tied).items() if getattr(record, name) is None}
        if free:
            changes.append(RowChange(kind=head.kind, before=record, after=replace(record, **free)))
        found, _ = evidence_from(record, answered, "", workspace_id)
        changes += [RowChange(kind="evidence", before=None, after=piece) for piece in found]
        rest: dict[str, Value] = {name: value for name, value in head.loose.items() if name not in tied}
        rest["evidence"] = {key: entry for key, entry in waiting.items() if key not in answered}
        heads.append(replace(head, loose={name: value for name, value in rest.items() if value}))
    return changes


def _named(kind: str, links_by_key: Mapping[str, Any]) -> dict[str, Any]:
    names = {spec.key: name for name, spec in kinds()[kind].fields.items()}
    return {names[key]: target for key, target in links_by_key.items()}
