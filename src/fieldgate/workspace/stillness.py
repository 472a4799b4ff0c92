"""Stillness: whether a sync would find nothing to do, told before anything that writes is loaded.

It is one only if every reason to do something is absent: no remote to ask, no file of a record or an attachment that
differs by its stamp or is missing, no record that its file does not hold, nothing that waits for a decision or could
not be read, no schema to upgrade, and no change that the last backup lacks. Whatever is not plainly so, also what
cannot be looked at, is left to the sync itself, which says it in its words.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from fieldgate.documents.folder import Folder
from fieldgate.documents.tree import MANIFEST
from fieldgate.errors import FieldgateError
from fieldgate.store.reader import Reader
from fieldgate.workspace.attachments import Cellar
from fieldgate.workspace.door import SCHEMA
from fieldgate.workspace.kept_files import cellar_of
from fieldgate.workspace.recent import recent_workspaces
from fieldgate.workspace.upkeep.backups import Backups

if TYPE_CHECKING:
    from fieldgate.locations import Locations
    from fieldgate.workspace.door import Target


def is_in_step(target: Target, locations: Locations) -> bool:
    """Whether a workspace and all folders that it is shared at say the same, and it was the one used last."""
    used_last = [each.path for each in recent_workspaces(locations)[:1]]
    if not target.known or target.kind == "archive" or used_last != [str(target.path.absolute())]:
        return False
    try:
        with Reader(target.store, date.min) as reader:
            return _is_still(target, reader, locations)
    except (FieldgateError, OSError):
        return False


def _is_still(target: Target, reader: Reader, locations: Locations) -> bool:
    places = reader.places()
    if target.kind == "folder":
        places = [each for each in places if each[0] == str(target.path.absolute())]
    still = all(in_step and not url and schema == SCHEMA for _, url, in_step, schema in places)
    if not places or not still or not _is_backed_up(reader, locations):
        return False
    return all(_is_as_seen(Path(path), reader) for path, *_ in places)


def _is_backed_up(reader: Reader, locations: Locations) -> bool:
    newest = Backups(locations.workspace_folder(reader.workspace_id()) / "backups").listed()[:1]
    return [each.seq for each in newest] == [reader.last_seq()]


def _is_as_seen(path: Path, reader: Reader) -> bool:
    with Folder(path) as folder:
        scan, files = folder.scan(), folder.attachments()
    stamps = {name: (each.size, each.mtime_ns, each.inode) for name, each in scan.stamps.items()}
    if scan.troubles or scan.unread or files.troubles or MANIFEST not in stamps or stamps != reader.seen_files(path):
        return False
    names = {PurePosixPath(each).name for each in files.stamps}
    return names == Cellar(cellar_of(reader.path)).names()
