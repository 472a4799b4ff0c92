"""What else this machine keeps of a forgotten customer beside records: attached files, drafts, the last screen.

An attached file goes if nothing names it but what is forgotten: out of the folder beside the store, out of that with
the backups and out of the shared folders. Its name, which is a digest, is remembered, so that no sync brings it back
from where others still have it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fieldgate.documents.folder import Folder
from fieldgate.documents.tree import ATTACHMENTS
from fieldgate.domain.folding import fold
from fieldgate.errors import FieldgateError
from fieldgate.workspace.drafts import Drafts, drafts_path
from fieldgate.workspace.kept_files import TEXTS, cellar_of, kept_files, names_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from fieldgate.locations import Locations
    from fieldgate.store.store import Store
    from fieldgate.workspace.service import Workspace


def only_theirs(store: Store, row_ids: Collection[str]) -> frozenset[str]:
    """Return the attachments that these records name, or ever named, and no other record does."""
    theirs = {name for row_id in row_ids for version in store.versions(row_id) for name in names_in(version.document)}
    others = {
        each.name
        for kind in TEXTS
        for record in store.records(kind)
        if record.id not in row_ids
        for each in kept_files(kind, record)
    }
    return frozenset(theirs - others)


def remove_files(workspace: Workspace, names: Collection[str], backups: Path) -> tuple[Path, ...]:
    """Remove attachments everywhere on this machine; returns those that could not be."""
    left = [each for folder in (cellar_of(workspace.store.path), backups) for each in _removed(folder, names)]
    for place in workspace.store.folders.all():
        left += _removed_from_shared(place.path, names)
    return tuple(left)


def _removed(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    for name in sorted(names):
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError:
            yield folder / name


def _removed_from_shared(path: Path, names: Iterable[str]) -> Iterator[Path]:
    """Remove files of a shared folder, each only if it holds what its name says."""
    for name in sorted(names):
        try:
            with Folder(path) as folder:
                folder.remove(f"{ATTACHMENTS}/{name}", PurePosixPath(name).stem)
        except FieldgateError:
            yield path / ATTACHMENTS / name


def remove_drafts(locations: Locations, workspace_id: str, row_ids: Collection[str], words: Iterable[str]) -> int:
    """Remove what was typed into forms of these records, or names the customer by id or name; returns how many."""
    drafts = Drafts(str, drafts_path(locations, workspace_id))
    folded = [fold(each) for each in words]
    gone = [name for name, typed in drafts.items() if name[1] in row_ids or _names(typed.values(), row_ids, folded)]
    for name in gone:
        del drafts[name]
    return len(gone)


def _names(texts: Iterable[str], row_ids: Collection[str], folded: Iterable[str]) -> bool:
    said = "\n".join(texts)
    return any(each in said for each in row_ids) or any(each in fold(said) for each in folded)


def remove_pictures(cache: Path) -> None:
    """Remove the kept pictures of last screens: the next start draws without one."""
    with suppress(OSError):
        for each in cache.iterdir():
            if ".frame" in each.name:
                each.unlink(missing_ok=True)
