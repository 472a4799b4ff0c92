"""The values of one field as text and back: the field owns the type, the file holds text only.

Dates are `2026-11-22`, times `10:30`, timestamps `2026-11-22T10:00:00Z`, yes and no are `yes` and `no`; a set is a
sorted list. An empty scalar is a field that is not set.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from fieldgate.documents.document import Value
from fieldgate.documents.frontmatter import clean
from fieldgate.domain.identity import is_id
from fieldgate.domain.kinds import FieldSpec
from fieldgate.domain.records.record import Conflict
from fieldgate.domain.times import read_stamp, stamp_text
from fieldgate.errors import FormatError
from fieldgate.words import t

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(:\d\d(\.\d{1,6})?)?", re.ASCII)
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,30})?([eE][+-]?\d{1,3})?", re.ASCII)
"""As many digits behind the point as the shortest form of a number above 0.0001 can have, and some more."""
_TRUTH: Mapping[str, bool] = MappingProxyType({"yes": True, "true": True, "no": False, "false": False})
_WHOLE_FLOAT = 1e15


def to_text(value: Any) -> Value:
    """Return the value of a field as a head holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return clean(str(value))
    if isinstance(value, frozenset):
        return tuple(sorted({clean(item) for item in value}))
    if isinstance(value, tuple):
        return tuple(sorted((_conflict_text(conflict) for conflict in value), key=repr))
    if isinstance(value, Mapping):
        return {clean(str(key)): to_text(inner) for key, inner in value.items()}
    return _plain_text(value)


def unwritten(spec: FieldSpec, value: Any) -> bool:
    """Whether a head leaves the field out: not set, or the no, zero or empty text that stands for nothing set."""
    return value is None or (not spec.required and (value == "" or (not value and value == spec.default)))


def read_fields(specs: Iterable[FieldSpec], head: Mapping[str, Value], where: str, under: str = "") -> dict[str, Any]:
    """Return the fields that a head sets, by name; those that it does not set are left to the record's defaults.

    Args:
        specs: The fields to look for.
        head: Names in files to values.
        where: The path of the file, for messages.
        under: What the fields stand below, such as `checks.trait.need`.

    Raises:
        FormatError: a required field is missing, or a value is none of its field's.
    """
    values: dict[str, Any] = {}
    for spec in specs:
        if spec.name == "id" or spec.body:
            continue
        value = head.get(spec.key, "")
        if value == "" and not (spec.holds is str and spec.required and spec.key in head):
            if spec.required:
                raise refusal(where, under, spec.key, t("it is missing"))
            continue
        try:
            values[spec.name] = from_text(spec, value)
        except ValueError as error:
            raise refusal(where, under, spec.key, t("it cannot be {value}", value=repr(value)[:60])) from error
    return values


def refusal(where: str, under: str, name: str, reason: str) -> FormatError:
    """Return the failure of one field, with its path in the head and the reason."""
    path = f"{under}.{name}" if under else name
    message = (
        t("{where}: field {name}: {reason}", where=where, name=path, reason=reason) if where else f"{path}: {reason}"
    )
    return FormatError(message, t("Correct the line in the file, or put back an earlier version of it."), where)


def from_text(spec: FieldSpec, value: Value) -> Any:
    """Return what a head holds as the field's own type.

    Raises:
        ValueError: the field cannot hold it.
    """
    if spec.enum is not None:
        return spec.enum(_text(value))
    if spec.holds is str and (spec.name.endswith("_id") or spec.name in _LINKS):
        return _link(value)
    return _READERS[spec.holds](value)


def sorted_conflicts(conflicts: tuple[Conflict, ...]) -> tuple[Conflict, ...]:
    """Return conflicts in the order in which a file lists them; each stands once."""
    return tuple(sorted(set(conflicts), key=lambda conflict: repr(_conflict_text(conflict))))


def _plain_text(value: Any) -> str:
    if isinstance(value, datetime):
        return stamp_text(value)
    if isinstance(value, time):
        return value.isoformat() if value.second or value.microsecond else value.isoformat("minutes")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE_FLOAT else repr(value)
    return str(value)


def _conflict_text(conflict: Conflict) -> Mapping[str, Value]:
    """Return an entry of `conflicts`; names in alphabetical order, what is empty left out."""
    parts: dict[str, Value] = {
        "at": clean(conflict.at),
        "by": clean(conflict.by),
        "field": tuple(clean(step) for step in conflict.field),
        "flag": clean(conflict.flag),
        "value": clean(conflict.value),
    }
    return {name: part for name, part in parts.items() if part}


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(value)


def _link(value: Value) -> str:
    if is_id(_text(value)):
        return _text(value)
    raise ValueError(value)


def _whole(value: Value) -> int:
    if _WHOLE.fullmatch(_text(value)):
        return int(_text(value))
    raise ValueError(value)


def _number(value: Value) -> float:
    text = _text(value)
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError(value)
    return float(text)


def _yes_or_no(value: Value) -> bool:
    truth = _TRUTH.get(_text(value).lower())
    if truth is None:
        raise ValueError(value)
    return truth


def _date(value: Value) -> date:
    if _DATE.fullmatch(_text(value)):
        return date.fromisoformat(_text(value))
    raise ValueError(value)


def _time(value: Value) -> time:
    if _TIME.fullmatch(_text(value)):
        return time.fromisoformat(_text(value))
    raise ValueError(value)


def _stamp(value: Value) -> datetime:
    if not _STAMP.fullmatch(_text(value)):
        raise ValueError(value)
    try:
        return read_stamp(_text(value))
    except OverflowError as error:
        raise ValueError(value) from error


def _set(value: Value) -> frozenset[str]:
    if isinstance(value, tuple):
        return frozenset(_text(item) for item in value)
    raise ValueError(value)


def _map(value: Value) -> Mapping[str, Any]:
    """Return a map of texts, or of maps of texts (the policy's days per step)."""
    if isinstance(value, Mapping):
        return {key: _map(inner) if isinstance(inner, Mapping) else _text(inner) for key, inner in value.items()}
    raise ValueError(value)


def _conflicts(value: Value) -> tuple[Conflict, ...]:
    if isinstance(value, tuple):
        return sorted_conflicts(tuple(_conflict(item) for item in value))
    raise ValueError(value)


def _conflict(value: Value) -> Conflict:
    if not isinstance(value, Mapping) or not value.keys() <= {"field", "value", "flag", "by", "at"}:
        raise ValueError(value)
    field = value.get("field", ())
    path = (field,) if isinstance(field, str) else tuple(_text(step) for step in field)
    if isinstance(field, Mapping) or not all(path) or not path:
        raise ValueError(value)
    rest: dict[str, Any] = {name: _text(part) for name, part in value.items() if name != "field"}
    return Conflict(field=path, **rest)


_LINKS = frozenset({"duplicate_of", "merged_into"})
_READERS: Mapping[type, Callable[[Value], Any]] = MappingProxyType(
    {
        str: _text,
        int: _whole,
        float: _number,
        bool: _yes_or_no,
        date: _date,
        time: _time,
        datetime: _stamp,
        frozenset: _set,
        dict: _map,
        tuple: _conflicts,
    }
)
