"""Where the attachments of a store lie, and which of them a record names; little, since what reads a record needs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fieldgate.documents.tree import ATTACHMENTS, attachment_of
from fieldgate.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldgate.documents.document import Document
    from fieldgate.domain.records.record import Record

_OURS = "store.fieldgate"
TEXTS = {"note": "text", "meeting": "body", "requirement": "description", "touchpoint": "answer"}
"""The kinds that can name a file, and the text in which they do."""

_LINK = re.compile(rf"\[([^\[\]\n]{{0,200}})\]\(({ATTACHMENTS}/[0-9a-z.]{{1,80}})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """An attachment as a record names it: what it is called there, and its name in the folder of attachments."""

    called: str
    name: str


def cellar_of(store: Path) -> Path:
    """Return the folder in which the attachments of a store lie."""
    return store.with_name(ATTACHMENTS) if store.name == _OURS else store.with_name(f"{store.stem}.files")


def names_in(document: Document) -> set[str]:
    """Return the names of the attachments that a version of a record names anywhere."""
    texts = (document.body, *(value for value in document.head.values() if isinstance(value, str)))
    paths = {found[2] for text in texts for found in _LINK.finditer(text)} | set(texts)
    return {name for path in paths if (name := attachment_of(path))}


def kept_files(kind: str, record: Record) -> Iterator[KeptFile]:
    """Go through the attachments that a record names, each once."""
    text = str(getattr(record, TEXTS[kind], "") or "") if kind in TEXTS else ""
    links = [(found[1], found[2]) for found in _LINK.finditer(text)]
    links.append(("", str(getattr(record, "screenshot", "") or "")))
    seen: set[str] = set()
    for called, path in links:
        name = attachment_of(path)
        if name and name not in seen:
            seen.add(name)
            yield KeptFile(called=called, name=name)
