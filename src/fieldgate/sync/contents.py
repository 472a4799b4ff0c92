"""A document as the merge sees it: flat fields, with its long texts among them, and its conflicts apart."""

from collections.abc import Mapping

from fieldgate.documents.bodies import joined, split
from fieldgate.documents.document import Document, Value
from fieldgate.documents.groups import TEXT
from fieldgate.documents.offers import flat, text_form
from fieldgate.sync.disagreement import Entries, entries_of, listed, moment
from fieldgate.sync.rules import rules_of
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """One side of a merge: its fields by key, long texts behind TEXT, and who changed it last, and when."""

    fields: Mapping[str, Value]
    entries: Entries
    by: str
    at: str

    @property
    def order(self) -> tuple[str, str]:
        """What decides whose value is shown: the later `updated_at`."""
        return (moment(self.at), self.at)


def contents_of(document: Document) -> Contents:
    """Return the contents of a document."""
    by, at = (text_form(document.head.get(key)) for key in ("updated_by", "updated_at"))
    return Contents(fields=flat(document), entries=entries_of(document.head), by=by, at=at)


def document_of(like: Document, fields: Mapping[str, Value], entries: Entries, sides: tuple[Document, ...]) -> Document:
    """Return the document with these fields and entries.

    Where a side already has the same long texts, its body stays as it was written.
    """
    names = rules_of(like.kind).texts
    texts = {name: text_form(fields.get(f"{TEXT}{name}")) for name in names}
    head = {key: value for key, value in fields.items() if not key.startswith(TEXT) and value not in ((), {})}
    if entries:
        head["conflicts"] = listed(entries.values())
    written = sorted(side.body for side in sides if _texts(side, names) == texts)
    return Document(id=like.id, kind=like.kind, head=head, body=written[0] if written else joined(like.kind, texts))


def _texts(document: Document, names: tuple[str, ...]) -> Mapping[str, str]:
    found = split(document.kind, names, document.body)
    return {name: found.get(name, "") for name in names}
