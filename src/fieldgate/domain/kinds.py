"""Every kind of record: its class, its letter, its folder, and what each of its fields is.

Codec, rows, merge and forms read this instead of knowing fields by name.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Check, Touchpoint
from fieldgate.domain.records.learning import Evidence, Hypothesis, Meeting, Note
from fieldgate.domain.records.people import Customer, Member, Workspace
from fieldgate.domain.records.record import Record
from fieldgate.domain.records.work import Action, Requirement
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One stored field of a kind.

    `key` is its name in a file's head, where `kind` names the kind of record. `holds` is one of str, int, float, bool, date, time, datetime, an enum class, frozenset (of str), dict (str to str)
    or tuple (of Conflict). `merge` and `group` are explained in `records.record`. `body`: stands in the long text.
    """

    name: str
    key: str
    holds: type
    optional: bool
    required: bool
    default: Any
    merge: str
    group: str
    body: bool
    enum: type[StrEnum] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record. `folder` is empty for what stands in another record's file or at the root."""

    name: str
    record: type[Record]
    letter: str
    folder: str
    title_field: str
    fields: Mapping[str, FieldSpec]

    @property
    def body_fields(self) -> tuple[str, ...]:
        """The fields that make up the long text, in the order they are declared."""
        return tuple(spec.name for spec in self.fields.values() if spec.body)

    @property
    def table(self) -> str:
        """The name of its table: the name of the kind."""
        return self.name


_CORE: tuple[tuple[str, type[Record], str, str, str], ...] = (
    ("workspace", Workspace, "", "", "name"),
    ("member", Member, "", "members", "name"),
    ("customer", Customer, "C", "customers", "name"),
    ("hypothesis", Hypothesis, "H", "hypotheses", ""),
    ("meeting", Meeting, "M", "meetings", "topic"),
    ("note", Note, "N", "notes", ""),
    ("evidence", Evidence, "", "", ""),
    ("touchpoint", Touchpoint, "", "touchpoints", "title"),
    ("check", Check, "", "", "text"),
    ("requirement", Requirement, "R", "requirements", "category"),
    ("action", Action, "A", "actions", "text"),
    ("gate", Gate, "", "gates", ""),
)

KIND_NAMES: tuple[str, ...] = tuple(row[0] for row in _CORE)
KIND_OF: Mapping[type[Record], str] = {row[1]: row[0] for row in _CORE}
LETTERS: Mapping[str, str] = {row[2]: row[0] for row in _CORE if row[2]}
OWN_FILE: tuple[str, ...] = tuple(row[0] for row in _CORE if row[0] not in {"evidence", "check"})
"""The kinds that have a file of their own."""


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by name; worked out once, when first needed."""
    return {
        name: Kind(name=name, record=cls, letter=letter, folder=folder, title_field=title, fields=_specs(cls))
        for name, cls, letter, folder, title in _CORE
    }


def kind_of(record: Record) -> str:
    """Return the name of the kind that a record is of."""
    return KIND_OF[type(record)]


def _specs(cls: type[Record]) -> Mapping[str, FieldSpec]:
    hints = get_type_hints(cls)
    return {each.name: _spec(cls, each.name, hints[each.name], each) for each in fields(cls)}


def _spec(cls: type[Record], name: str, hint: Any, declared: Any) -> FieldSpec:
    plain, optional = _without_none(hint)
    origin = get_origin(plain) or plain
    kept = {Mapping: dict}.get(origin, origin)
    required = declared.default is MISSING and declared.default_factory is MISSING
    default = None
    if declared.default is not MISSING:
        default = declared.default
    elif declared.default_factory is not MISSING:
        default = declared.default_factory()
    return FieldSpec(
        name=name,
        key=f"{cls.__name__.lower()}_kind" if name == "kind" else name,
        holds=kept if kept in _TYPES or issubclass(kept, StrEnum) else dict,
        optional=optional,
        required=required,
        default=default,
        merge=declared.metadata.get("merge", "scalar"),
        group=declared.metadata.get("group", ""),
        body=bool(declared.metadata.get("body")),
        enum=kept if issubclass(kept, StrEnum) else None,
    )


_TYPES = (str, int, float, bool, date, time, datetime, frozenset, dict, tuple)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in {types.UnionType, Union}:
        rest = [each for each in get_args(hint) if each is not type(None)]
        return rest[0], True
    return hint, False
