"""First opening: what a shared folder or a file for e-mail holds, and the working store that is made from it.

Nothing is written to the folder. Files that cannot be read are named as trouble; all the others come in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.documents.archive import Archive
from fieldgate.documents.folder import Folder
from fieldgate.documents.manifest import Manifest, read_manifest
from fieldgate.documents.reading import Found, Reading, read_all, read_contents
from fieldgate.workspace.door import Target

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fieldgate.locations import Locations


def inspect_folder(path: Path, locations: Locations) -> Target:
    """Say which workspace a folder holds.

    Raises:
        FormatError: It has no workspace.md, or a damaged one.
        NewerFormatError: A newer fieldgate wrote it.
    """
    with Folder(path) as folder:
        return _target(path, "folder", read_manifest(folder), locations)


def inspect_archive(path: Path, locations: Locations) -> Target:
    """Say which workspace a zip file holds.

    Raises:
        FormatError: It is no archive of a workspace, or damaged.
        NewerFormatError: A newer fieldgate wrote it.
    """
    with Archive(path) as archive:
        return _target(path, "archive", archive.manifest(), locations)


def read_target(target: Target) -> Reading:
    """Read every record at a folder or in an archive."""
    if target.kind == "archive":
        with Archive(target.path) as archive:
            return read_contents(archive.contents(), target.workspace_id)
    with Folder(target.path) as folder:
        return read_all(folder, target.workspace_id)


def count_of(reading: Reading) -> int:
    """How many records were read, with those that stand in the files of others."""
    found = [each.parsed for each in reading.versions if each.parsed is not None]
    return sum((each.record is not None) + len(each.evidence) + len(each.checks) for each in found)


def one_each(found: Iterable[Found]) -> list[Found]:
    """Return one file per record: of copies of one record the one changed last, which the next sync merges."""
    chosen: dict[str, Found] = {}
    for each in found:
        document = each.version.document
        other = chosen.get(document.id)
        if other is None or _changed(each) > _changed(other):
            chosen[document.id] = each
    return list(chosen.values())


def _changed(found: Found) -> tuple[str, str]:
    return str(found.version.document.head.get("updated_at", "")), found.path


def _target(path: Path, kind: str, manifest: Manifest, locations: Locations) -> Target:
    return Target(
        path=path,
        kind=kind,
        store=locations.store_path(manifest.id),
        workspace_id=manifest.id,
        name=manifest.name,
    )
