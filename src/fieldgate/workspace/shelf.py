"""The kept versions of one record while many are taken in: those in the store, and those of this very taking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import MERGED, digest, is_dirty
from fieldgate.store.versions import vector_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.documents.vectors import Vector
    from fieldgate.store.bench import Bench


class Shelf:
    """The kept versions of one record: those in the store, and those of this very taking."""

    def __init__(self, bench: Bench, record_id: str, fresh: list[Version]) -> None:
        self._bench = bench
        self._id = record_id
        self._fresh = fresh

    def knows(self, vector: Vector, mark: str) -> bool:
        """Whether a version with this vector and this digest of its content is kept."""
        wanted = (vector_text(vector), mark)
        if any((vector_text(each.vector), digest(each.document)) == wanted for each in self._fresh):
            return True
        return any((vector_text(kept), found) == wanted for kept, found, _ in self._bench.kept(self._id))

    def versions(self) -> Iterator[Version]:
        """Return them all; one that was edited by hand has the mark "-"."""
        yield from (each if not is_dirty(each) else replace(each, mark=MERGED) for each in self._fresh)
        for vector, found, mark in self._bench.kept(self._id):
            document = self._bench.content(self._id, vector, found)
            yield Version(document=document, vector=vector, mark=found if mark == found else MERGED)
