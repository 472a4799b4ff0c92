"""Records as rows and back, by field name, for every kind alike. Imports neither SQLModel nor SQLAlchemy.

A field has a plain form, which JSON can hold (a set is a sorted list, a timestamp its text), and a column form, which
is the plain one with lists and maps as JSON text and yes/no as 1/0.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any

from fieldgate.domain.kinds import FieldSpec, kind_of, kinds
from fieldgate.domain.records.record import Conflict, Record
from fieldgate.domain.snapshot import LEFT_OUT
from fieldgate.domain.times import read_stamp, stamp_column

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=dict)
_NESTED = (frozenset, dict, tuple)
_EMPTY = frozenset({"[]", "{}"})


def dump(value: Any) -> str:
    """Return JSON text as the store keeps it: sorted, compact, every script as it is."""
    return _ENCODER.encode(value)


def plain(value: Any) -> Any:
    """Return the value of a field in the form that JSON can hold."""
    for held, form in _PLAIN:
        if isinstance(value, held):
            return form(value)
    return value


def column(value: Any) -> Any:
    """Return the value of a field as its column holds it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (frozenset, tuple, Mapping)):
        return dump(plain(value))
    return plain(value)


def row_of(record: Record) -> dict[str, Any]:
    """Return a record as a row: column name to value."""
    return {name: write(getattr(record, name)) for name, write in _writers(kind_of(record))}


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return some fields as columns."""
    return {name: column(value) for name, value in values.items()}


def record_of(kind: str, names: Sequence[str], row: Sequence[Any]) -> Record:
    """Build a record from the columns `names` of a row; fields that are not named get what a snapshot holds for them.

    Raises:
        ValueError: A column holds what its field cannot: the file is damaged.
    """
    values = dict(LEFT_OUT.get(kind, {}))
    for name, read, value in zip(names, _readers(kind, tuple(names)), row, strict=True):
        values[name] = value if read is None or value is None else read(value)
    return kinds()[kind].record(**values)


def field_of(kind: str, name: str, value: Any) -> Any:
    """Return the value of a field from its plain form."""
    spec = kinds()[kind].fields[name]
    if value is None:
        return None
    if spec.holds in _NESTED:
        return _nested(spec, value)
    read = _reader(spec)
    return value if read is None else read(value)


@cache
def _writers(kind: str) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    return tuple((name, _writer(spec)) for name, spec in kinds()[kind].fields.items())


def _writer(spec: FieldSpec) -> Callable[[Any], Any]:
    """Return what makes a column of a field: the same as `column`, without a look at what the value is."""
    if spec.enum is not None:
        return lambda value: None if value is None else str(value)
    if spec.holds in _NESTED:
        empty = "{}" if spec.holds is dict else "[]"
        return lambda value: column(value) if value else empty
    if spec.holds is datetime:
        return lambda value: None if value is None else _stamp(value)
    return _same if spec.holds in {str, int, float} else column


def _same(value: Any) -> Any:
    return value


_read_stamp = lru_cache(4096)(read_stamp)
_stamp = lru_cache(4096)(stamp_column)
"""Records that were made together have the same timestamps."""


@cache
def _readers(kind: str, names: tuple[str, ...]) -> tuple[Callable[[Any], Any] | None, ...]:
    specs = kinds()[kind].fields
    return tuple(_reader(specs[name]) for name in names)


def _reader(spec: FieldSpec) -> Callable[[Any], Any] | None:
    if spec.enum is not None:
        return {each.value: each for each in spec.enum}.__getitem__
    if spec.holds in _NESTED:
        return lambda text: spec.holds() if text in _EMPTY else _nested(spec, json.loads(text))
    readers: dict[type, Callable[[Any], Any]] = {
        datetime: _read_stamp,
        date: date.fromisoformat,
        time: time.fromisoformat,
        bool: bool,
    }
    return readers.get(spec.holds)


def _nested(spec: FieldSpec, value: Any) -> Any:
    if spec.holds is frozenset:
        return frozenset(value)
    if spec.holds is dict:
        return value
    return tuple(Conflict(**{**each, "field": tuple(each["field"])}) for each in value)


def _plain_conflict(conflict: Conflict) -> dict[str, Any]:
    parts = {name: getattr(conflict, name) for name in ("value", "flag", "by", "at")}
    return {"field": list(conflict.field), **{name: text for name, text in parts.items() if text}}


def _plain_time(value: time) -> str:
    return value.isoformat("minutes" if value.second == value.microsecond == 0 else "auto")


_PLAIN: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, str),
    (datetime, stamp_column),
    (date, date.isoformat),
    (time, _plain_time),
    (frozenset, sorted),
    (Mapping, dict),
    (tuple, lambda conflicts: [_plain_conflict(each) for each in sorted(conflicts, key=repr)]),
)
"""What is not its own plain form; a timestamp is a date too, so it comes first."""
