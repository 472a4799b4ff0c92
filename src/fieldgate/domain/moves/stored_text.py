"""Reading one value as a file holds it, for a field that a conflict is about.

A conflict keeps the value that is not shown as text: a scalar as it stands in the head of the file, a set or a group
of fields as JSON. What a field cannot hold is refused, since a file may say anything.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from fieldgate.domain.kinds import FieldSpec, kinds
from fieldgate.domain.times import read_stamp

_TRUTH = {"yes": True, "true": True, "no": False, "false": False}


def _truth(text: str) -> bool:
    if text not in _TRUTH:
        raise ValueError(text)
    return _TRUTH[text]


_READERS: Mapping[str, Callable[[str], object]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": _truth,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime": read_stamp,
}


def read_value(spec: FieldSpec, text: object) -> object:
    """Return the value of a field from its text; nothing at all is the field's default.

    Raises:
        ValueError, TypeError: The field cannot hold it.
    """
    if not text:
        if spec.required:
            raise ValueError(spec.name)
        return spec.default
    if spec.holds in (frozenset, dict):
        plain = json.loads(text) if isinstance(text, str) else text
        if spec.holds is dict and isinstance(plain, dict):
            return {str(key): str(value) for key, value in plain.items()}
        if spec.holds is frozenset and isinstance(plain, list):
            return frozenset(str(each) for each in plain)
        raise ValueError(text)
    if not isinstance(text, str):
        raise TypeError(text)
    return spec.enum(text) if spec.enum else _READERS[spec.holds.__name__](text)


def read_group(kind: str, group: str, text: str) -> dict[str, Any]:
    """Return the fields of a group by name, those that were not set as their defaults.

    Raises:
        ValueError, TypeError: It is no JSON map, or a field cannot hold its value.
    """
    given = json.loads(text) if text else {}
    if not isinstance(given, dict):
        raise TypeError(text)
    specs = kinds()[kind].fields.values()
    members = [each for each in specs if each.group == group or each.key in given]
    return {each.name: read_value(each, given.get(each.name if each.body else each.key)) for each in members}
