"""A file that a person copied to start a new record from: the record that it becomes.

It gets an id and a code of its own and starts fresh: no state, no evidence, no answers, nothing of what was decided
about the record that it was copied from. The file keeps its name; the next write puts the new id into it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fieldgate.documents.frontmatter import cleaned
from fieldgate.documents.tree import Trouble, trouble_of
from fieldgate.domain.identity import random_id
from fieldgate.domain.kinds import kinds
from fieldgate.domain.times import stamp_text
from fieldgate.errors import FormatError, RefusedError
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.documents.document import Document, Value
    from fieldgate.documents.reading import Found
    from fieldgate.workspace.taking import Taking

_ONLY_ONE = frozenset({"workspace", "member", "gate"})
"""Kinds of which two founders would make the same record alike: a copy of one is a version of it."""

_LEFT = frozenset(
    {"code", "former_codes", "conflicts", "deleted_at", "snoozes", "snoozed_until", "rank", "evidence", "checks"}
)


def make_record(taking: Taking, found: Found) -> str:
    """Make a record of a copied file; returns its id, empty where none can be made, which is listed as trouble."""
    document = found.version.document
    if document.kind not in kinds() or document.kind in _ONLY_ONE:
        taking.came.troubles.append(Trouble(path=found.path, why=t("a copy of this kind can only be a version of it")))
        return ""
    try:
        made = _fresh(document, stamp_text(taking.now), taking.next_code(document))
        taking.make(made, found.path)
    except (FormatError, RefusedError) as error:
        taking.came.troubles.append(trouble_of(found.path, error))
        return ""
    return made.id


def _fresh(document: Document, now: str, code: str) -> Document:
    grouped = {spec.key for spec in kinds()[document.kind].fields.values() if spec.group}
    head: dict[str, Value] = {
        name: value for name, value in document.head.items() if name not in _LEFT and name not in grouped
    }
    head |= {"created_at": now, "updated_at": now, **({"code": code} if code else {})}
    return cleaned(replace(document, id=random_id(), head=head))
