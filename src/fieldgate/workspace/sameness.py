"""Whether a file holds what it is remembered or wished to hold: the same content under the same vector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.documents.frontmatter import decode, digest, parse
from fieldgate.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldgate.documents.document import Version
    from fieldgate.documents.folder import Content
    from fieldgate.store.folders import SeenFile
    from fieldgate.store.versions import Head


BYTES = "="
"""Before the fingerprint of a file whose bytes are no version, but which may be replaced by one."""


def holds(seen: SeenFile, head: Head) -> bool:
    """Whether a file, as it was last seen, holds the version that the rows hold."""
    return seen.digest == head.digest and dict(seen.vector) == dict(head.vector)


def is_as_seen(content: Content, seen: SeenFile) -> bool:
    """Whether a file still holds what was last seen in it, however it is written."""
    if seen.digest.startswith(BYTES):
        return content.fingerprint == seen.digest.removeprefix(BYTES)
    try:
        version = parse(decode(content.data, content.path), content.path)
    except FormatError:
        return False
    return is_version(version, seen.digest, seen.vector)


def is_version(version: Version, mark: str, vector: Mapping[str, int]) -> bool:
    """Whether a version has this digest of its content and this vector."""
    return digest(version.document) == mark and dict(version.vector) == dict(vector)
