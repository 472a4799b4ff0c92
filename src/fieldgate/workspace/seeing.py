"""What was seen in a shared folder, and how its files are remembered: by stat, and by the version in them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from fieldgate.documents.folder import Folder
from fieldgate.documents.reading import read_some
from fieldgate.store.folders import SeenFile
from fieldgate.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from fieldgate.documents.disk import Stamp
    from fieldgate.documents.reading import Reading
    from fieldgate.documents.scan import Scan

ASKED = "?"
"""The digest of a file that somebody is asked about: it is no version of anything until that is decided."""

_FRESH_NS = 2_000_000_000
"""A file written this lately may change again without its time changing; it is read once more next time."""


def first_look(path: Path, workspace_id: str) -> Look:
    """Read a folder that no store knows; writes nothing to it.

    Raises:
        NotFoundError: There is no folder.
    """
    path = path.absolute()
    with Folder(path) as folder:
        scan = folder.scan()
        reading = read_some(folder, scan.stamps, workspace_id)
        return Look(
            path=path, identity=folder.identity(), known={}, scan=scan, changed=list(scan.stamps), reading=reading
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen in a folder: files known from before, the scan, the paths that changed, and what was read."""

    path: Path
    identity: tuple[int, int]
    known: Mapping[str, SeenFile]
    scan: Scan
    changed: Iterable[str]
    reading: Reading


def seen_file(path: str, record_id: str, stamp: Stamp, mark: str, vector: Mapping[str, int]) -> SeenFile:
    """Return a file as it is remembered; one written just now is looked at again."""
    fresh = abs(time.time_ns() - stamp.mtime_ns) < _FRESH_NS
    return SeenFile(
        path=path,
        id=record_id,
        size=stamp.size,
        mtime_ns=-1 if fresh else stamp.mtime_ns,
        inode=stamp.inode,
        digest=mark,
        vector=vector,
    )


def unusable(path: str, stamp: Stamp, record_id: str, mark: str = "") -> SeenFile:
    """Return a file as it is remembered that holds nothing that can be used; it is read again when it changes."""
    return SeenFile(
        path=path, id=record_id, size=stamp.size, mtime_ns=stamp.mtime_ns, inode=stamp.inode, digest=mark, vector={}
    )


def differs(known: SeenFile | None, stamp: Stamp) -> bool:
    """Whether a file stands otherwise than it is remembered."""
    if known is None:
        return True
    return (known.size, known.mtime_ns, known.inode) != (stamp.size, stamp.mtime_ns, stamp.inode)
