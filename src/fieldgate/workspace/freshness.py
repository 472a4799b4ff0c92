"""Freshness: whether a shared folder holds something that the store has not seen, told by a scan that opens no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.documents.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fieldgate.store.reader import Reader
    from fieldgate.workspace.door import Target


def has_news(target: Target, reader: Reader) -> bool:
    """Whether a file of the folder is new or differs by its stamp from when it was last read or written.

    A file that could not be read counts as news until it can. One that is missing is none: the record stays.
    """
    if target.kind != "folder":
        return False
    return differs(target.path, reader.seen_files(target.path.absolute()))


def differs(path: Path, seen: Mapping[str, tuple[int, int, int]]) -> bool:
    """Whether a file of a folder is new or differs from its stamp: size, time and number on the disk, by its path.

    Raises:
        NotFoundError: There is no folder.
    """
    with Folder(path) as folder:
        scan = folder.scan()
    if scan.troubles:
        return True
    return any(seen.get(name) != (each.size, each.mtime_ns, each.inode) for name, each in scan.stamps.items())
