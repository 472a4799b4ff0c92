"""Merging values by their shape: sets, and scalars of which one simply wins."""

import re
from collections.abc import Mapping
from typing import TypeAlias, TypeGuard

from fieldgate.documents.document import Value
from fieldgate.documents.offers import Maybe, text_form
from fieldgate.sync.disagreement import moment

_WHOLE = re.compile(r"[0-9]{1,18}", re.ASCII)
_NUMBER = re.compile(r"(.*?)([0-9]{1,18})", re.ASCII | re.DOTALL)


Three: TypeAlias = tuple[Maybe, Maybe, Maybe]
"""What stands in one place: in the ancestor, on one side, on the other; None where it is not set."""

Texts: TypeAlias = tuple[str | None, str | None, str | None]
Sets: TypeAlias = tuple[tuple[str, ...] | None, tuple[str, ...] | None, tuple[str, ...] | None]


def are_texts(values: Three) -> TypeGuard[Texts]:
    """Whether each value is a scalar or not set."""
    return all(value is None or isinstance(value, str) for value in values)


def are_maps(values: Three) -> bool:
    """Whether each value is a map or not set."""
    return all(value is None or isinstance(value, Mapping) for value in values)


def are_sets(values: Three) -> TypeGuard[Sets]:
    """Whether each value is a list of plain strings or not set."""
    return all(
        value is None or (isinstance(value, tuple) and all(isinstance(item, str) for item in value)) for value in values
    )


def merge_sets(values: Sets) -> tuple[str, ...]:
    """Return what either side has, without what either side took out."""
    old, one, other = (set(each or ()) for each in values)
    return tuple(sorted((one | other) - (old - one) - (old - other)))


def winner(rule: str, one: Value, other: Value) -> Value:
    """Return the "later", "earlier" or "greater" of two values; numbers are compared as numbers."""
    return min(one, other, key=_order) if rule == "earlier" else max(one, other, key=_order)


def smaller_code(one: str, other: str) -> str:
    """Return the code with the smaller number, H9 before H10; equal numbers by code points."""
    return min(one, other, key=code_order)


def code_order(code: str) -> tuple[int, str]:
    """What codes are sorted by: the number at the end, then the whole."""
    found = _NUMBER.fullmatch(code)
    return (int(found[2]) if found else 0, code)


def _order(value: Value) -> tuple[int, str, str]:
    text = text_form(value)
    return (int(text) if _WHOLE.fullmatch(text) else 0, moment(text), text)
