"""Circles after a merge: one founder made a record the child of another while a second one did the reverse.

Nothing descends from itself. In a circle the record that was made first is the origin and loses its
link, which stays as a conflict; every founder who has the same records cuts the same link. A request that is thus no
duplicate any more is new again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fieldgate.documents.document import Document, Value
from fieldgate.documents.frontmatter import cleaned
from fieldgate.documents.offers import Path, picked, text_form
from fieldgate.sync.disagreement import add, entries_of, listed, moment, value_entry
from fieldgate.sync.rules import rules_of

LINKS: Mapping[str, str] = {"hypothesis": "parent_id", "requirement": "duplicate_of"}
"""The links in which a circle could come about: kind to its field."""


def cut_circles(documents: Iterable[Document]) -> list[Document]:
    """Return those records of one kind, archived ones included, whose link has to go, without it."""
    found = {each.id: each for each in documents if each.kind in LINKS}
    links = {each.id: text_form(each.head.get(LINKS[each.kind])) for each in found.values()}
    cut: list[Document] = []
    for circle in _circles(links):
        first = min(circle, key=lambda each: (moment(text_form(found[each].head.get("created_at"))), each))
        cut.append(_without_link(found[first]))
    return sorted(cut, key=lambda each: each.id)


def _circles(links: Mapping[str, str]) -> list[list[str]]:
    circles: list[list[str]] = []
    seen: set[str] = set()
    for start in sorted(links):
        line: list[str] = []
        place = start
        while place in links and place not in seen:
            seen.add(place)
            line.append(place)
            place = links[place]
        if place in line:
            circles.append(line[line.index(place) :])
    return circles


def _without_link(document: Document) -> Document:
    head = dict(document.head)
    name = LINKS[document.kind]
    group = next(((key, keys) for key, keys in rules_of(document.kind).groups.items() if name in keys), None)
    path: Path = (group[0] if group else name,)
    value = text_form(picked(head, group[1])) if group else text_form(head[name])
    entries = dict(entries_of(head))
    by, at = (text_form(head.get(key)) for key in ("updated_by", "updated_at"))
    add(entries, value_entry(path, value, by, at))
    del head[name]
    again: Mapping[str, Value] = {"state": "new"} if group else {}
    return cleaned(replace(document, head={**head, **again, "conflicts": listed(entries.values())}))
