"""What one side of a merge has decided already, although the other side asks it still, or once more.

Two founders who merge the same edits apart from each other ask the same question twice. Where one of them is answered
before the other arrives, neither merge has seen the other one, and what both have seen asks nothing: the question
would be new, or the answer undone. But a record remembers what was decided in it (`documents.offers`). A field of the
ancestor is made to look as on the side that does not know of the decision, if all that it offers there was decided
about on the other side: then only the decision has changed since.
"""

from collections.abc import Mapping

from fieldgate.documents.document import Document, Value
from fieldgate.documents.groups import TEXT, groups_inside, groups_of
from fieldgate.documents.offers import Maybe, Path, answered, asked, flat, mark_of, shown
from fieldgate.sync.contents import document_of
from fieldgate.sync.disagreement import entries_of
from fieldgate.sync.rules import SPECIAL


def with_answers(ancestor: Document, one: Document, other: Document) -> Document:
    """Return the ancestor as it has to be for what either side has decided to hold; the same whose side is whose."""
    old = answered(ancestor)
    found = [_unaware(decided, asking, old) for decided, asking in ((one, other), (other, one))]
    for paths, asking in ((found[0] - found[1], other), (found[1] - found[0], one)):
        for path in sorted(paths):
            ancestor = _as_asked(ancestor, asking, path)
    return ancestor


def _unaware(decided: Document, asking: Document, old: frozenset[str]) -> frozenset[Path]:
    """The fields where one side has decided, since the ancestor, among all that the other one offers unaware of it."""
    marks, known = answered(decided), answered(asking) | old
    if marks <= known:
        return frozenset()
    open_now = asked(decided)
    offers = {**_plainly(asking), **asked(asking)}
    return frozenset(
        path for path, each in offers.items() if each <= marks and not each <= known and path not in open_now
    )


def _plainly(document: Document) -> dict[Path, frozenset[str]]:
    """What stands in each field and group without being asked about; that a record is live is nothing."""
    fields, groups = flat(document), groups_of(document.kind)
    grouped = {key for keys in groups.values() for key in keys}
    names = groups.keys() | {key for key in fields if not key.startswith(TEXT)} - grouped - set(SPECIAL)
    names |= {"deleted_at"} & fields.keys()
    return {(name,): frozenset({mark_of(document, (name,), shown(fields, (name,), document.kind))}) for name in names}


def _as_asked(ancestor: Document, asking: Document, path: Path) -> Document:
    """Return the ancestor with a field as it stands, and as it is asked about, on another side."""
    fields = _with_field(flat(ancestor), flat(asking), path, (), groups_of(ancestor.kind))
    entries = {key: entry for key, entry in entries_of(ancestor.head).items() if key[0] != path}
    entries |= {key: entry for key, entry in entries_of(asking.head).items() if key[0] == path}
    return document_of(ancestor, fields, entries, (ancestor,))


def _with_field(
    fields: Mapping[str, Value],
    source: Mapping[str, Value],
    path: Path,
    place: Path,
    groups: Mapping[str, tuple[str, ...]],
) -> dict[str, Value]:
    """Return fields with the one at a path, or the group of that name, as it is in the source."""
    name, *rest = path
    if rest:
        inner, theirs = (_map(each.get(name)) for each in (fields, source))
        below = (*place, name)
        return {**fields, name: _with_field(inner, theirs, tuple(rest), below, groups_inside(below))}
    keys = groups.get(name, (name, f"{TEXT}{name}"))
    kept = {key: value for key, value in fields.items() if key not in keys}
    return kept | {key: source[key] for key in keys if key in source}


def _map(value: Maybe) -> Mapping[str, Value]:
    return value if isinstance(value, Mapping) else {}
