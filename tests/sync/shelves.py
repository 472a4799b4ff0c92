"""Kept versions in memory, for tests."""

from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import digest


class ListShelf:
    """The kept versions of one record."""

    def __init__(self, *versions: Version) -> None:
        self._kept = {}
        for version in versions:
            self.keep(version)

    def keep(self, version: Version) -> None:
        self._kept.setdefault(self._key(version.vector, digest(version.document)), version)

    def knows(self, vector, mark):
        return self._key(vector, mark) in self._kept

    def versions(self):
        return list(self._kept.values())

    def copy(self):
        return ListShelf(*self._kept.values())

    def _key(self, vector, mark):
        return (*sorted(vector.items()), mark)
