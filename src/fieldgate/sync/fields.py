"""Merge one record field by field.

`merge` is pure, and gives the same with its two sides exchanged. A field that only one side changed
is as that side has it. Both changed: of a scalar the value of the later `updated_at` is shown (at the same moment the
greater by code points) and the other becomes a conflict, a value never standing in both; a set has what either side
has, without what either side took out; a map merges key by key; a text by lines. Fields that mean something only
together are one scalar, and of two the one with the further state is shown. `updated_*` is the later one. Archived
here and changed there: live again, with a conflict that asks; archived twice: the earlier time. Of two codes the
smaller number wins and the other joins the former codes. Without a common ancestor differing scalars conflict; texts,
sets and maps unite, and what only one side has set is as that side has it.
"""

from collections.abc import Mapping

from fieldgate.documents.document import Document, Value
from fieldgate.documents.frontmatter import cleaned
from fieldgate.documents.offers import Path, picked, shown, text_form
from fieldgate.sync.answers import with_answers
from fieldgate.sync.contents import Contents, contents_of, document_of
from fieldgate.sync.disagreement import Entries, Key, add, moment, united, value_entry
from fieldgate.sync.rules import NO_EDIT, rules_of
from fieldgate.sync.shapes import are_sets, merge_sets, smaller_code
from fieldgate.sync.values import Merging

_ARCHIVED: Path = ("deleted_at",)


def merge(ancestor: Document | None, one: Document, other: Document) -> Document:
    """Merge two documents of one record.

    Args:
        ancestor: What both grew out of; None if that is not known.
        one: One side.
        other: The other side. Of two kinds under one id the one with the smaller name stays, whole.
    """
    one, other = cleaned(one), cleaned(other)
    ancestor = cleaned(ancestor) if ancestor is not None and ancestor.kind == one.kind else None
    if one.kind != other.kind:
        return min(one, other, key=lambda side: side.kind)
    if other in (one, ancestor):
        return one
    if one == ancestor:
        return other
    rules = rules_of(one.kind)
    if ancestor is not None:
        ancestor = with_answers(ancestor, one, other)
    work = Merging(contents_of(ancestor) if ancestor else None, contents_of(one), contents_of(other))
    fields = work.map((), rules)
    _merge_people(work, fields)
    _merge_codes(work, fields)
    _merge_archive(work, fields)
    return cleaned(document_of(one, fields, _remaining(work, fields, one.kind), (one, other)))


def _merge_people(work: Merging, fields: dict[str, Value]) -> None:
    """Who made the record and when: as it was first said; who changed it last and when: the latest."""
    sides = (work.one.fields, work.other.fields)
    made = [picked(side, ("created_at", "created_by")) for side in sides if "created_at" in side]
    if made:
        first = min(made, key=_by_moment)
        fields |= first
    fields |= sorted((picked(side, ("updated_at", "updated_by")) for side in sides), key=_by_moment)[1]


def _by_moment(pair: Mapping[str, Value]) -> tuple[str, str, str]:
    at, by = (
        text_form(next((value for key, value in pair.items() if key.endswith(end)), None)) for end in ("at", "by")
    )
    return (moment(at), at, by)


def _merge_codes(work: Merging, fields: dict[str, Value]) -> None:
    """Of two codes the smaller number wins; the other one still finds the record."""
    old, one, other = (text_form(side.get("code")) for side in work.sides())
    code, lost = one or other, ""
    if one != other and one and other:
        code = smaller_code(one, other)
        if work.old and old in {one, other}:
            code = other if one == old else one
        lost = one if code == other else other
    before, first, second = (side.get("former_codes") for side in work.sides())
    former = (before, first, second)
    kept = merge_sets(former) if are_sets(former) else ()
    fields |= {"code": code} if code else {}
    fields["former_codes"] = tuple(sorted({*kept, lost} - {code, ""}))


def _merge_archive(work: Merging, fields: dict[str, Value]) -> None:
    """Archived on one side: archived, unless the other side changed the record; then it is live, and asks."""
    old, one, other = (text_form(side.get("deleted_at")) for side in work.sides())
    if one and other:
        changed = [each for each in (one, other) if each != old] or [one]
        fields["deleted_at"] = min(changed, key=moment)
    elif one or other:
        archived = work.one if one else work.other
        if work.old and not old and not _brings(work, fields, archived):
            fields["deleted_at"] = one or other
        elif not work.old or old != (one or other):
            add(work.found, value_entry(_ARCHIVED, one or other, archived.by, archived.at))


def _brings(work: Merging, fields: Mapping[str, Value], archived: Contents) -> bool:
    """Whether a merge says more than the side that archived the record: then the other side had changed it.

    What that side had changed too, or had seen and taken in, is no reason to bring the record back.
    """
    keys = (fields.keys() | archived.fields.keys()) - NO_EDIT - set(_ARCHIVED)
    if any((fields.get(key) or None) != (archived.fields.get(key) or None) for key in keys):
        return True
    entries = united(work.old.entries if work.old else None, work.one.entries, work.other.entries).keys()
    return any(key[0] != _ARCHIVED for key in (entries | work.found.keys()) ^ archived.entries.keys())


def _remaining(work: Merging, fields: Mapping[str, Value], kind: str) -> Entries:
    """The conflicts of both sides that nobody solved, and the new ones; a value that is shown is no conflict."""
    entries = united(work.old.entries if work.old else None, work.one.entries, work.other.entries)
    for entry in work.found.values():
        add(entries, entry)
    asked = sorted((key for key in entries if key[0] == _ARCHIVED), key=lambda key: moment(key[1]))
    settled = asked if fields.get("deleted_at") else asked[1:]
    return {key: entry for key, entry in entries.items() if key not in settled and not _is_shown(key, fields, kind)}


def _is_shown(key: Key, fields: Mapping[str, Value], kind: str) -> bool:
    path, value, flag = key
    return not flag and value == shown(fields, path, kind)
