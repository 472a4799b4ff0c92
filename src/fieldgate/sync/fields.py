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
from fieldgate.sync.contents import Contents, at_path, contents_of, document_of, picked
from fieldgate.sync.disagreement import Entries, Key, Path, add, moment, text_form, united, value_entry
from fieldgate.sync.rules import NO_EDIT, Rules, entry_rules, rules_of
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
    work = Merging(contents_of(ancestor) if ancestor else None, contents_of(one), contents_of(other))
    fields = work.map((), rules)
    _merge_people(work, fields)
    _merge_codes(work, fields)
    _merge_archive(work, fields)
    return cleaned(document_of(one, fields, _remaining(work, fields, rules), (one, other)))


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
        archived, live = (work.one, work.other) if one else (work.other, work.one)
        if work.old and not old and not _edited(work.old, live):
            fields["deleted_at"] = one or other
        elif not work.old or old != (one or other):
            add(work.found, value_entry(_ARCHIVED, one or other, archived.by, archived.at))


def _edited(old: Contents, side: Contents) -> bool:
    keys = (old.fields.keys() | side.fields.keys()) - NO_EDIT
    return old.entries.keys() != side.entries.keys() or any(old.fields.get(key) != side.fields.get(key) for key in keys)


def _remaining(work: Merging, fields: Mapping[str, Value], rules: Rules) -> Entries:
    """The conflicts of both sides that nobody solved, and the new ones; a value that is shown is no conflict."""
    entries = united(work.old.entries if work.old else None, work.one.entries, work.other.entries)
    for entry in work.found.values():
        add(entries, entry)
    asked = sorted((key for key in entries if key[0] == _ARCHIVED), key=lambda key: moment(key[1]))
    settled = asked if fields.get("deleted_at") else asked[1:]
    return {key: entry for key, entry in entries.items() if key not in settled and not _is_shown(key, fields, rules)}


def _is_shown(key: Key, fields: Mapping[str, Value], rules: Rules) -> bool:
    path, value, flag = key
    return not flag and value == shown(fields, path, rules)


def shown(fields: Mapping[str, Value], path: Path, rules: Rules) -> str:
    """Return the text form of what stands at the path of a conflict."""
    *place, last = path or ("",)
    groups = (entry_rules(tuple(place)) if place else rules).groups
    around = at_path(fields, tuple(place)) if place else fields
    if last in groups:
        return text_form(picked(around, groups[last])) if isinstance(around, Mapping) else ""
    return text_form(at_path(fields, path))
