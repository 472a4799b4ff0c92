"""Versions: every text of a record's file that was ever read or written, and which of them the rows now hold."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, literal_column, select

from fieldgate.documents.codec import to_document
from fieldgate.documents.document import NO_VECTOR, Document, Value, Version
from fieldgate.documents.frontmatter import digest, dump, parse
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Check, Touchpoint
from fieldgate.domain.records.learning import Evidence, Note
from fieldgate.domain.records.people import Customer
from fieldgate.domain.records.record import Record
from fieldgate.domain.times import read_stamp, stamp_column
from fieldgate.errors import FormatError
from fieldgate.store import rows
from fieldgate.store.facts import checks_of, evidence_of
from fieldgate.store.schema import add_rows, put_rows, table
from fieldgate.values import dataclass
from fieldgate.words import t

_MOST_NAMED = 500
"""Up to so many heads are asked for by name; beyond, all are gone through."""
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One version as it is kept: whose record, which vector, the digest of its content, the text of the file.

    `mark`: what its trailer claimed, where that is not its digest; such a version has seen less than its vector says.
    """

    id: str
    vector: Mapping[str, int]
    digest: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The version that the rows hold. `unknown`: fields that we do not know; `loose`: links whose target is missing."""

    id: str
    kind: str
    vector: Mapping[str, int] = field(default_factory=lambda: NO_VECTOR)
    digest: str = ""
    unknown: Mapping[str, Value] = field(default_factory=lambda: _NOTHING)
    loose: Mapping[str, Value] = field(default_factory=lambda: _NOTHING)


def kept(version: Version) -> Kept:
    """Return a version of ours as it is kept: its mark is the digest of its content."""
    document = version.document
    return Kept(id=document.id, vector=version.vector, digest=digest(document), text=dump(version))


def kept_as_found(version: Version) -> Kept:
    """Return a version that came from elsewhere as it is kept, with the mark that its trailer claims."""
    found = kept(version)
    return found if version.mark == found.digest else replace(found, mark=version.mark)


def vector_text(vector: Mapping[str, int]) -> str:
    """Return a vector as a trailer writes it: `k3f9a.1741960800 p7q2b.1741960711`."""
    return " ".join(f"{writer}.{counter}" for writer, counter in sorted(vector.items()))


def read_vector(text: str) -> dict[str, int]:
    """Read what `vector_text` wrote."""
    pairs = (pair.partition(".") for pair in text.split())
    return {writer: int(counter) for writer, _, counter in pairs}


def document_of(connection: Connection, record: Record, head: Head) -> Document:
    """Return a record as the document that its file would hold, with its evidence and checks."""
    evidence = evidence_of(connection, record.id) if isinstance(record, Note) else []
    owner = isinstance(record, (Touchpoint, Customer, Gate))
    checks = checks_of(connection, record.id) if owner else []
    return assembled(record, evidence, checks, head)


def assembled(record: Record, evidence: Iterable[Evidence], checks: Iterable[Check], head: Head) -> Document:
    """Return the document of a record and what stands in its file, links to missing records put back."""
    links = {name: value for name, value in head.loose.items() if name != "evidence"}
    document = to_document(record, evidence, checks, {**head.unknown, **links})
    missing = head.loose.get("evidence")
    if not isinstance(missing, Mapping):
        return document
    ours = document.head.get("evidence", {})
    pieces = {**missing, **ours} if isinstance(ours, Mapping) else missing
    return Document(id=document.id, kind=document.kind, head={**document.head, "evidence": pieces}, body=document.body)


def keep(connection: Connection, versions: Iterable[Kept], now: datetime) -> None:
    """Keep versions; those that are kept already stay as they are."""
    at = stamp_column(now)
    found = [
        {
            "id": each.id,
            "vector": vector_text(each.vector),
            "digest": each.digest,
            "kept_at": at,
            "mark": each.mark,
            "zlib": zlib.compress(each.text.encode("utf-8", "surrogatepass"), 1),
        }
        for each in versions
    ]
    add_rows(connection, "versions", found)


def versions_of(connection: Connection, row_id: str) -> list[Version]:
    """Return every kept version of a record, oldest kept first."""
    return [version for _, version in dated_versions_of(connection, row_id)]


def dated_versions_of(connection: Connection, row_id: str) -> list[tuple[datetime, Version]]:
    """Return every kept version of a record with the moment since which it is kept, oldest first."""
    kept_rows = table("versions").c
    query = select(kept_rows.kept_at, kept_rows.zlib, kept_rows.vector, kept_rows.mark)
    query = query.where(kept_rows.id == row_id).order_by(literal_column("rowid"))
    return [(read_stamp(at), _version(*row)) for at, *row in connection.execute(query)]


def version_with(connection: Connection, row_id: str, mark: str) -> Version | None:
    """Return a kept version of a record by the digest of its content."""
    kept_rows = table("versions")
    query = select(kept_rows.c.zlib, kept_rows.c.vector, kept_rows.c.mark)
    query = query.where(kept_rows.c.id == row_id, kept_rows.c.digest == mark)
    found = connection.execute(query.limit(1)).first()
    return _version(*found) if found else None


def read_heads(connection: Connection, ids: Iterable[str] | None = None) -> dict[str, Head]:
    """Return the heads of some records, or of all, by record id."""
    heads = table("heads")
    query = select(heads.c.id, heads.c.kind, heads.c.vector, heads.c.digest, heads.c.unknown, heads.c.loose)
    wanted = None if ids is None else list(ids)
    if wanted is None or len(wanted) > _MOST_NAMED:
        chosen = None if wanted is None else set(wanted)
        return {row.id: _head(row) for row in connection.execute(query) if chosen is None or row.id in chosen}
    return {row.id: _head(row) for row in connection.execute(query.where(heads.c.id.in_(wanted)))}


def heads_with_loose_ends(connection: Connection) -> list[Head]:
    """Return the heads of records that wait for one they link to."""
    heads = table("heads")
    query = select(heads.c.id, heads.c.kind, heads.c.vector, heads.c.digest, heads.c.unknown, heads.c.loose)
    return [_head(row) for row in connection.execute(query.where(heads.c.loose != "{}"))]


def write_heads(connection: Connection, heads: Iterable[Head]) -> None:
    """Say which versions the rows now hold."""
    found = [
        {
            "id": each.id,
            "kind": each.kind,
            "vector": vector_text(each.vector),
            "digest": each.digest,
            "unknown": rows.dump(each.unknown),
            "loose": rows.dump(each.loose),
        }
        for each in heads
    ]
    put_rows(connection, "heads", found)


def version_at(connection: Connection, row_id: str, vector: Mapping[str, int], mark: str) -> Version | None:
    """Return the kept version of a record with this vector and this digest."""
    rows_kept = table("versions")
    query = select(rows_kept.c.zlib, rows_kept.c.vector, rows_kept.c.mark).where(
        rows_kept.c.id == row_id, rows_kept.c.vector == vector_text(vector), rows_kept.c.digest == mark
    )
    found = connection.execute(query).first()
    return _version(*found) if found else None


def text_at(connection: Connection, row_id: str, vector: Mapping[str, int], mark: str) -> str | None:
    """Return the text of the file of a version of ours."""
    rows_kept = table("versions")
    query = select(rows_kept.c.zlib).where(
        rows_kept.c.id == row_id, rows_kept.c.vector == vector_text(vector), rows_kept.c.digest == mark
    )
    blob = connection.execute(query).scalar()
    return None if blob is None else _unpacked(blob)


def kept_of(connection: Connection, row_id: str) -> list[tuple[dict[str, int], str, str]]:
    """Return vector, digest and mark of every kept version of a record; nothing is unpacked."""
    rows_kept = table("versions")
    query = select(rows_kept.c.vector, rows_kept.c.digest, rows_kept.c.mark).where(rows_kept.c.id == row_id)
    return [(read_vector(vector), found, mark or found) for vector, found, mark in connection.execute(query)]


def _version(blob: bytes, vector: str, mark: str) -> Version:
    version = parse(_unpacked(blob))
    return Version(document=version.document, vector=read_vector(vector), mark=mark or version.mark)


def _unpacked(blob: bytes) -> str:
    """Return the text of a kept version; one that was damaged is said in words."""
    try:
        return zlib.decompress(blob).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise FormatError(t("The store cannot be read: {why}.", why=error), t("Run: fieldgate check")) from error


def _head(row: Any) -> Head:
    return Head(
        id=row.id,
        kind=row.kind,
        vector=read_vector(row.vector),
        digest=row.digest,
        unknown=_values(json.loads(row.unknown)),
        loose=_values(json.loads(row.loose)),
    )


def _values(value: Any) -> Any:
    """A list in JSON is a tuple in a document."""
    if isinstance(value, dict):
        return {key: _values(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_values(inner) for inner in value)
    return value
