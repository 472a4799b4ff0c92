"""What stands in another record's document: evidence in its note's, checks in their owner's.

```
evidence:
  4wd0m2t9cq8s1zxy:
    answer: yes 3
    at: 2026-11-22T10:00:00Z
    by: anna
checks:
  trait.need:
    answer: yes
    answered_at: 2026-11-22T10:00:00Z
    text: Do they need it?
```

A removed piece of evidence says `answer: none`, so that its removal travels. When a row was made is not told: it is
taken from the answer, or from the owner.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from fieldgate.documents.document import Value
from fieldgate.documents.fields import read_fields, refusal, to_text, unwritten
from fieldgate.documents.frontmatter import clean
from fieldgate.domain.identity import is_id, named_id
from fieldgate.domain.kinds import FieldSpec, kind_of, kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence, Stance
from fieldgate.domain.records.record import Record
from fieldgate.words import t

REMOVED = "none"
"""The answer of a piece of evidence that was taken back."""

_ANSWER = re.compile(r"(yes|no|maybe)(?: ([0-4]))?", re.ASCII)
_EVIDENCE_KEYS: Mapping[str, str] = MappingProxyType(
    {"answered_at": "at", "answered_by": "by", "snoozed_until": "snoozed_until", "snoozes": "snoozes"}
)
_NOT_IN_CHECKS = frozenset(
    {"id", "created_at", "updated_at", "created_by", "updated_by", "conflicts", "key"}
    | {"touchpoint_id", "customer_id", "gate_id"}
)


def evidence_head(evidence: Iterable[Evidence]) -> dict[str, Value]:
    """Return the map `evidence` of a note, by hypothesis id."""
    return {piece.hypothesis_id: _evidence_entry(piece) for piece in evidence}


def evidence_from(
    note: Record, entries: Value, where: str, workspace_id: str
) -> tuple[tuple[Evidence, ...], dict[str, Value]]:
    """Return the evidence of a note, and what of each entry we do not know.

    An entry may also be written short, as `4wd0m2t9cq8s1zxy: yes 3`; it was then said when the note was last changed.

    Raises:
        FormatError: an entry is not of this form.
    """
    pieces: list[Evidence] = []
    unknown: dict[str, Value] = {}
    known = {"answer", *_EVIDENCE_KEYS.values()}
    for hypothesis_id, entry in _entries(entries, "evidence", where):
        if not is_id(hypothesis_id):
            raise refusal(where, "evidence", hypothesis_id[:60], t("it is not the id of a hypothesis"))
        fields: Mapping[str, Value] = (
            entry if isinstance(entry, Mapping) else {"answer": entry, "by": clean(note.updated_by)}
        )
        row_id = named_id(workspace_id, "evidence", note.id, hypothesis_id)
        pieces.append(_piece(note, row_id, hypothesis_id, fields, where))
        more = {name: value for name, value in fields.items() if name not in known}
        unknown |= {hypothesis_id: more} if more else {}
    return tuple(pieces), unknown


def checks_head(checks: Iterable[Check]) -> dict[str, Value]:
    """Return the map `checks` of an owner, by key."""
    return {
        clean(check.key): {
            spec.key: to_text(value)
            for spec in _check_specs()
            if not unwritten(spec, value := getattr(check, spec.name))
        }
        for check in checks
    }


def checks_from(
    owner: Record, entries: Value, where: str, workspace_id: str
) -> tuple[tuple[Check, ...], dict[str, Value]]:
    """Return the checks of an owner, and what of each entry we do not know.

    Raises:
        FormatError: an entry is no map, or one of its fields holds what it cannot.
    """
    rows: dict[str, Check] = {}
    unknown: dict[str, Value] = {}
    known = {spec.key for spec in _check_specs()}
    link = f"{kind_of(owner)}_id"
    for key, entry in _entries(entries, "checks", where):
        if not isinstance(entry, Mapping):
            raise refusal(where, "checks", key[:60], t("it is not a map of fields"))
        row_id = named_id(workspace_id, "check", owner.id, key)
        if row_id in rows:
            raise refusal(where, "checks", key[:60], t("it stands there twice, once in other letters"))
        values = read_fields(_check_specs(), entry, where, f"checks.{key[:60]}")
        values |= {link: owner.id, "created_at": owner.created_at, "created_by": owner.created_by}
        values |= {"updated_at": values.get("answered_at") or owner.created_at}
        values |= {"updated_by": values.get("answered_by") or owner.created_by}
        rows[row_id] = Check(id=row_id, key=key, **values)
        more = {name: value for name, value in entry.items() if name not in known}
        unknown |= {key: more} if more else {}
    return tuple(rows.values()), unknown


def _entries(entries: Value, annex: str, where: str) -> list[tuple[str, Value]]:
    if not entries:
        return []
    if not isinstance(entries, Mapping):
        raise refusal(where, "", annex, t("it is not a map"))
    return sorted(entries.items())


@cache
def _check_specs() -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in kinds()["check"].fields.values() if spec.name not in _NOT_IN_CHECKS)


@cache
def _evidence_specs() -> tuple[FieldSpec, ...]:
    fields = kinds()["evidence"].fields
    return tuple(replace(fields[name], key=key) for name, key in _EVIDENCE_KEYS.items())


def _evidence_entry(piece: Evidence) -> dict[str, Value]:
    removed = piece.deleted_at is not None
    entry: dict[str, Value] = {
        "answer": REMOVED if removed else f"{piece.stance.value} {piece.strength}",
        "at": to_text(piece.deleted_at if removed else piece.answered_at),
        "by": to_text(piece.updated_by if removed else piece.answered_by),
        "snoozed_until": to_text(piece.snoozed_until) if piece.snoozed_until else "",
        "snoozes": to_text(piece.snoozes) if piece.snoozes else "",
    }
    return {name: value for name, value in entry.items() if value != ""}


def _piece(note: Record, row_id: str, hypothesis_id: str, entry: Mapping[str, Value], where: str) -> Evidence:
    answer = entry.get("answer", "")
    found = _ANSWER.fullmatch(answer) if isinstance(answer, str) and answer != REMOVED else None
    stance = Stance(found[1]) if found else Stance.MAYBE
    strength = int(found[2] or 0) if found else 0
    if (found is None and answer != REMOVED) or (stance is Stance.MAYBE and strength):
        reason = t("it cannot be {value}; it is yes, no or maybe with a strength of 0 to 4", value=repr(answer)[:60])
        raise refusal(where, f"evidence.{hypothesis_id}", "answer", reason)
    told = {**entry, "at": entry.get("at") or to_text(note.updated_at)}
    values = read_fields(_evidence_specs(), told, where, f"evidence.{hypothesis_id}")
    at = values["answered_at"]
    return Evidence(
        id=row_id,
        created_at=at,
        created_by=values.get("answered_by", ""),
        updated_at=at,
        updated_by=values.get("answered_by", ""),
        deleted_at=at if answer == REMOVED else None,
        note_id=note.id,
        hypothesis_id=hypothesis_id,
        stance=stance,
        strength=strength,
        **values,
    )
