"""Conflicts as data: what two founders said differently, kept in the record until somebody decides.

An entry of the head's list `conflicts` is a map {field: path, value, by, at}, or {field: path, flag} for a text, which
holds both sides already. The path of a group of fields is the name of the group, and its value is the JSON of the
map of its fields. No `value` means that the field was not set on that side.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from fieldgate.documents.document import Value
from fieldgate.documents.offers import Path, path_of, text_form

Key: TypeAlias = tuple[Path, str, str]
"""Path, value and flag: what makes two entries the same one, whoever said it first."""

Entries: TypeAlias = Mapping[Key, Mapping[str, Value]]


def moment(text: str) -> str:
    """Return a timestamp so that the order of texts is that of time; some have thousandths before the Z."""
    return text.removesuffix("Z")


def entries_of(head: Mapping[str, Value]) -> Entries:
    """Return the entries of a head by their keys; of the same entry twice, the one that was said first."""
    listed = head.get("conflicts", ())
    found: dict[Key, Mapping[str, Value]] = {}
    for item in listed if isinstance(listed, tuple) else ():
        if isinstance(item, Mapping):
            add(found, item)
    return found


def value_entry(path: Path, value: str, by: str, at: str) -> Mapping[str, Value]:
    """Return the entry of a value that is not shown, from whom and when."""
    parts: dict[str, Value] = {"field": path, "value": value, "by": by, "at": at}
    return {name: part for name, part in parts.items() if part}


def flag_entry(path: Path, flag: str) -> Mapping[str, Value]:
    """Return the entry of a text that a person should look at: "overlap" or "deleted"."""
    return {"field": path, "flag": flag}


def add(entries: dict[Key, Mapping[str, Value]], entry: Mapping[str, Value]) -> None:
    """Add an entry; if it is there already, the one that was said first stays."""
    key = _key(entry)
    entries[key] = min(entries.get(key, entry), entry, key=_said)


def united(old: Entries | None, one: Entries, other: Entries) -> dict[Key, Mapping[str, Value]]:
    """Return the entries of both sides without those that either side has solved since the ancestor."""
    solved = {key for key in old or {} if key not in one or key not in other}
    merged: dict[Key, Mapping[str, Value]] = {}
    for entry in (entry for side in (one, other) for key, entry in side.items() if key not in solved):
        add(merged, entry)
    return merged


def solved_at(path: Path, old: Entries, side: Entries) -> bool:
    """Whether a side has solved a conflict of values at a path since the ancestor."""
    return any(key[0] == path and not key[2] and key not in side for key in old)


def listed(entries: Iterable[Mapping[str, Value]]) -> tuple[Value, ...]:
    """Return entries as a head lists them."""
    return tuple(sorted(entries, key=text_form))


def _key(entry: Mapping[str, Value]) -> Key:
    return (path_of(entry), text_form(entry.get("value")), text_form(entry.get("flag")))


def _said(entry: Mapping[str, Value]) -> tuple[str, str]:
    return (moment(text_form(entry.get("at"))), text_form(entry))
