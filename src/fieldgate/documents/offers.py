"""What a document offers where founders disagree, and what was offered and chosen from before.

A conflict offers the value that is shown and those kept beside it. Whoever decides it takes it out of the record; that
it was decided has to travel too, since another founder may ask the same once more, from the same edits merged apart
from this decision. So the record keeps a mark of each value that was offered, in the set `answered` of its head: no
field of ours, so that it goes along like any field that we do not know. A mark is a digest: a value that was turned
down does not stand in the file for good.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from fieldgate.documents.bodies import split
from fieldgate.documents.document import Document, Value
from fieldgate.documents.groups import TEXT, groups_inside, groups_of
from fieldgate.domain.kinds import kinds

ANSWERED = "answered"

Path: TypeAlias = tuple[str, ...]
Maybe: TypeAlias = "Value | None"
"""A value, or None where the field is not set."""

_MARK_LENGTH = 12


def text_form(value: Maybe) -> str:
    """Return a value as text: a scalar as it stands, nothing as "", all else as JSON with sorted keys."""
    if isinstance(value, str) or value is None:
        return value or ""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def at_path(fields: Mapping[str, Value], path: Path) -> Maybe:
    """Return what stands at a path, or None; a long text is named without TEXT."""
    found: Maybe = fields.get(path[0], fields.get(f"{TEXT}{path[0]}")) if path else None
    for step in path[1:]:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def picked(fields: Mapping[str, Value], keys: tuple[str, ...]) -> Mapping[str, Value]:
    """Return some of the fields, long texts named as the field is."""
    return {key.removeprefix(TEXT): fields[key] for key in keys if key in fields}


def shown(fields: Mapping[str, Value], path: Path, kind: str) -> str:
    """Return the text form of what stands at the path of a conflict: a field, or a group of fields."""
    *place, last = path or ("",)
    groups = groups_inside(tuple(place)) if place else groups_of(kind)
    around = at_path(fields, tuple(place)) if place else fields
    if last in groups:
        return text_form(picked(around, groups[last])) if isinstance(around, Mapping) else ""
    return text_form(at_path(fields, path))


def flat(document: Document) -> dict[str, Value]:
    """Return the fields of a document with its long texts among them, behind TEXT; its conflicts are left out."""
    known = kinds().get(document.kind)
    texts = split(document.kind, (known.body_fields if known else ()) or ("body",), document.body)
    fields = {key: value for key, value in document.head.items() if key != "conflicts"}
    return fields | {f"{TEXT}{name}": text for name, text in texts.items() if text}


def path_of(entry: Mapping[str, Value]) -> Path:
    """Return the path of an entry of the list of conflicts."""
    field = entry.get("field", ())
    return tuple(text_form(step) for step in field) if isinstance(field, tuple) else (text_form(field),)


def asked(document: Document) -> dict[Path, frozenset[str]]:
    """Return the marks of what each conflict offers, by path; texts in conflict hold both sides already."""
    entries = document.head.get("conflicts", ())
    values: dict[Path, set[str]] = {}
    for entry in entries if isinstance(entries, tuple) else ():
        if isinstance(entry, Mapping) and "flag" not in entry:
            values.setdefault(path_of(entry), set()).add(text_form(entry.get("value")))
    fields = flat(document) if values else {}
    return {
        path: frozenset(mark_of(document, path, each) for each in {*found, shown(fields, path, document.kind)})
        for path, found in values.items()
    }


def mark_of(document: Document, path: Path, value: str) -> str:
    """Return the mark of a value that is offered at a path of this record."""
    text = "\0".join((document.id, *path, "", value))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_LENGTH]


def answered(document: Document) -> frozenset[str]:
    """Return the marks of what was offered and decided before."""
    found = document.head.get(ANSWERED, ())
    return frozenset(each for each in found if isinstance(each, str)) if isinstance(found, tuple) else frozenset()


def remembering(before: Document, after: Document) -> Document:
    """Return a document that remembers what was decided in it since another one, and forgets what it asks again."""
    was, still = asked(before), asked(after)
    decided = {mark for path, marks in was.items() if path not in still for mark in marks}
    again = {mark for path, marks in still.items() if path not in was for mark in marks}
    marks = tuple(sorted((answered(after) | decided) - again))
    head = {key: value for key, value in after.head.items() if key != ANSWERED}
    return replace(after, head={**head, ANSWERED: marks} if marks else head)


def _plain(value: Value) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return value if isinstance(value, str) else [_plain(inner) for inner in value]
