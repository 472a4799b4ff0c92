"""Records as documents and back, for every kind alike, from what the kinds say of their fields.

Evidence stands in its note's document and checks in their owner's, as maps: they get their ids from these places. A
field without a value is left out, and so is a no, a zero or an empty text where that is the default; the rest is
written even where it is the default. What a newer version of the program added is kept and written back, and a kind
that we do not know is kept whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any

from fieldgate.documents.annexes import checks_from, checks_head, evidence_from, evidence_head
from fieldgate.documents.bodies import joined, split
from fieldgate.documents.document import Document, Value
from fieldgate.documents.fields import read_fields, to_text, unwritten
from fieldgate.documents.frontmatter import CHECK_OWNERS, EVIDENCE_OWNERS, clean, cleaned, known_keys
from fieldgate.domain.kinds import Kind, kind_of, kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence
from fieldgate.domain.records.record import Record
from fieldgate.errors import FormatError, RefusedError
from fieldgate.values import dataclass
from fieldgate.words import t

FORMAT = 1
"""The number of the text form that this program writes."""

MAX_BODY = 1024 * 1024
MAX_HEAD_TEXT = 16 * 1024
"""The longest long text and the longest other text of a record, in bytes of UTF-8."""

BELOW = ""
"""The name in `unknown` of a text below the head of a kind that has no long text."""

NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a document holds. `record` is None where only a newer version of the program knows the kind.

    `unknown` has the fields that we do not know, by name; those within evidence and checks below these two names.
    """

    document: Document
    record: Record | None
    evidence: tuple[Evidence, ...] = ()
    checks: tuple[Check, ...] = ()
    unknown: Mapping[str, Value] = field(default_factory=dict)


def to_document(
    record: Record,
    evidence: Iterable[Evidence] = (),
    checks: Iterable[Check] = (),
    unknown: Mapping[str, Value] = NOTHING,
) -> Document:
    """Return a record as a document.

    Args:
        record: A record of a kind that has a file of its own.
        evidence: All evidence of a note, removed pieces included.
        checks: All checks of a touchpoint, a customer or a gate.
        unknown: What `from_document` found and could not read.

    Raises:
        RefusedError: a text is longer than the text form takes; the field is named.
    """
    kind = kinds()[kind_of(record)]
    head = {spec.key: to_text(value) for spec, value in _written(kind, record) if not spec.body}
    texts = {name: clean(getattr(record, name) or "") for name in kind.body_fields}
    if sum(len(text.encode()) for text in texts.values()) > MAX_BODY:
        raise _too_long(", ".join(texts), MAX_BODY)
    annexes = {"evidence": evidence_head(evidence), "checks": checks_head(checks)}
    for name, text in _texts({**head, "checks": annexes["checks"]}, ""):
        if len(text.encode()) > MAX_HEAD_TEXT:
            raise _too_long(name, MAX_HEAD_TEXT)
    if kind.name == "workspace":
        head["format"] = str(FORMAT)
    known = {**head, **{name: entries for name, entries in annexes.items() if entries}}
    body = joined(kind.name, texts) if texts else str(unknown.get(BELOW, ""))
    return cleaned(Document(id=record.id, kind=kind.name, head=_with_unknown(kind.name, known, unknown), body=body))


def from_document(document: Document, where: str = "", *, workspace_id: str) -> Parsed:
    """Read a document.

    Args:
        document: What `frontmatter.parse` returned.
        where: The path of its file, for messages.
        workspace_id: The id of its workspace, from which evidence and checks have theirs.

    Raises:
        FormatError: a field is missing, or holds what it cannot; the field and the value are named.
    """
    kind = kinds().get(document.kind)
    if kind is None or document.kind in {"evidence", "check"}:
        return Parsed(document=document, record=None)
    texts = split(kind.name, kind.body_fields, document.body)
    if sum(len(text.encode()) for text in texts.values()) > MAX_BODY:
        raise FormatError(t("{where}: the text is longer than {n} kB", where=where, n=MAX_BODY >> 10), "", where)
    known = known_keys(kind.name)
    values = read_fields(kind.fields.values(), document.head, where)
    for name, text in texts.items():
        values[name] = text or kind.fields[name].default
    record = kind.record(id=document.id, **values)
    unknown: dict[str, Value] = {name: value for name, value in document.head.items() if name not in known}
    unknown |= {BELOW: document.body} if document.body and not texts else {}
    evidence: tuple[Evidence, ...] = ()
    checks: tuple[Check, ...] = ()
    if kind.name in EVIDENCE_OWNERS:
        evidence, more = evidence_from(record, document.head.get("evidence", ""), where, workspace_id)
        unknown |= {"evidence": more} if more else {}
    if kind.name in CHECK_OWNERS:
        checks, more = checks_from(record, document.head.get("checks", ""), where, workspace_id)
        unknown |= {"checks": more} if more else {}
    return Parsed(document=document, record=record, evidence=evidence, checks=checks, unknown=unknown)


def canonical(document: Document, where: str = "", *, workspace_id: str) -> Document:
    """Return a document as we would write it: a hand edit such as `40.0` for `40` is the same content.

    Raises:
        FormatError: as `from_document`.
    """
    parsed = from_document(document, where, workspace_id=workspace_id)
    if parsed.record is None:
        return cleaned(document)
    return to_document(parsed.record, parsed.evidence, parsed.checks, parsed.unknown)


def _written(kind: Kind, record: Record) -> Iterator[tuple[Any, Any]]:
    for spec in kind.fields.values():
        value = getattr(record, spec.name)
        if spec.name != "id" and not unwritten(spec, value):
            yield spec, value


def _texts(value: Value, name: str) -> Iterator[tuple[str, str]]:
    """Go through the scalars of a head, each with its path; conflicts keep what a longer field may have held."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if name or key != "conflicts":
                yield from _texts(inner, f"{name}.{key}" if name else key)
    else:
        for item in value:
            yield from _texts(item, name)


def _with_unknown(kind: str, known: Mapping[str, Value], unknown: Mapping[str, Value]) -> dict[str, Value]:
    """Put back what we do not know, also within the entries of evidence and checks that are still there."""
    head: dict[str, Value] = {**{name: value for name, value in unknown.items() if name != BELOW}, **known}
    for annex, owners in (("evidence", EVIDENCE_OWNERS), ("checks", CHECK_OWNERS)):
        if kind in owners:
            ours, more = known.get(annex), unknown.get(annex)
            head[annex] = (
                _joined_entries(ours, more) if isinstance(ours, Mapping) and isinstance(more, Mapping) else ours or {}
            )
    return head


def _joined_entries(ours: Mapping[str, Value], more: Mapping[str, Value]) -> Mapping[str, Value]:
    return {key: _joined_entry(entry, more.get(key, "")) for key, entry in ours.items()}


def _joined_entry(ours: Value, more: Value) -> Value:
    if isinstance(ours, Mapping) and isinstance(more, Mapping):
        return {**more, **ours}
    return ours


def _too_long(name: str, limit: int) -> RefusedError:
    hint = t("Split it into several notes, or attach it as a file.")
    return RefusedError(t("{name} is longer than {n} kB", name=name, n=limit >> 10), hint, name)
