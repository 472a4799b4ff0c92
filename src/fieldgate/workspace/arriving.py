"""First opening: what a shared folder or a file for e-mail holds, and the working store that is made from it.

Nothing is written to the folder. Files that cannot be read are named as trouble; all the others come in.
"""

from pathlib import Path

from fieldgate.documents.archive import Archive
from fieldgate.documents.folder import Folder
from fieldgate.documents.manifest import Manifest, read_manifest
from fieldgate.documents.reading import Reading, read_all, read_contents
from fieldgate.locations import Locations
from fieldgate.workspace.door import Target


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


def _target(path: Path, kind: str, manifest: Manifest, locations: Locations) -> Target:
    return Target(
        path=path,
        kind=kind,
        store=locations.store_path(manifest.id),
        workspace_id=manifest.id,
        name=manifest.name,
    )
