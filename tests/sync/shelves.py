"""Kept versions in memory, for tests."""

from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import digest
from fieldgate.sync.take import Kept


class ListShelf:
    """The kept versions of one record."""

    def __init__(self, *versions: Version) -> None:
        self._contents = {}
        for version in versions:
            self.keep(version)

    def keep(self, version: Version) -> None:
        kept = Kept(vector=version.vector, digest=digest(version.document), mark=version.mark)
        self._contents[(*sorted(kept.vector.items()), kept.digest, kept.mark)] = (kept, version.document)

    def kept(self):
        return [kept for kept, _ in self._contents.values()]

    def content(self, kept):
        return self._contents[(*sorted(kept.vector.items()), kept.digest, kept.mark)][1]

    def copy(self):
        other = ListShelf()
        other._contents = dict(self._contents)
        return other
