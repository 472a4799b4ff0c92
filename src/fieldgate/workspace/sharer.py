"""Sharing: everything that an open workspace does with other founders and other machines, in one place for callers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.workspace import copies, freshness, mailing, remotes, syncing
from fieldgate.workspace.wishes import NOTHING_SAID, Wishes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fieldgate.domain.records.history import Event
    from fieldgate.store.store import Store
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.sharing_report import SyncReport

LAST_LOOKED = "last_looked"
"""The name under which a store keeps the number of the event up to which its user has looked."""

_PAGE = 1000


class Sharing:
    """What an open workspace can do with folders, git, zips and copies of its file."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def folders(self) -> list[Path]:
        """Return the folders that it is kept in step with."""
        return syncing.shared_folders(self._workspace)

    def changed_outside(self) -> bool:
        """Whether a shared folder holds something that the store has not seen; opens no file.

        Raises:
            NotFoundError: There is no folder any more.
        """
        store = self._workspace.store
        return any(freshness.differs(path, _seen(store, path)) for path in self.folders())

    def take_in(self) -> SyncReport:
        """Take in what changed in the shared folders, or the zip that was opened; writes nothing there."""
        return syncing.take_in_all(self._workspace)

    def give_out(self) -> SyncReport:
        """Write to the shared folders what differs."""
        return syncing.give_out_all(self._workspace)

    def sync(self, wishes: Wishes = NOTHING_SAID) -> SyncReport:
        """Take in, then give out; where a remote is set, by git. What was changed since the last backup is backed up."""
        self._workspace.guard.before("sync")
        return syncing.sync_all(self._workspace, wishes)

    def share(self, folder: Path) -> SyncReport:
        """Write the workspace as text to a folder, and keep it in step from now on."""
        return syncing.share(self._workspace, folder)

    def set_remote(self, url: str, branch: str) -> str:
        """Remember where its folder is shared by git; returns the address as it can be shown."""
        return remotes.set_remote(self._workspace, self.folders(), url, branch)

    def merge_copy(self, other: Path, *, dry_run: bool = False) -> SyncReport:
        """Merge another working file of the same workspace into this one, after a backup."""
        return copies.merge_copy(self._workspace, other, dry_run=dry_run)

    def write_zip(self, target: Path, files: Sequence[tuple[str, bytes]] | None = None) -> int:
        """Write it, or other files than its own, as one file for e-mail; returns how many files are in that."""
        return mailing.write_zip(self._workspace, target, files)

    @property
    def looked_once(self) -> bool:
        """Whether it is known what its user has seen."""
        return self._workspace.store.meta(LAST_LOOKED) is not None

    def looked(self) -> None:
        """Remember that its user has seen everything up to now."""
        self._workspace.store.keep_meta(LAST_LOOKED, str(self._workspace.store.last_seq()))

    def news(self) -> list[Event]:
        """Return what others changed since its user last looked, newest first."""
        store = self._workspace.store
        looked = int(store.meta(LAST_LOOKED) or 0)
        found: list[Event] = []
        before: int | None = None
        while page := store.log(_PAGE, before):
            found += [each for each in page if each.seq > looked and each.action == "merge"]
            before = page[-1].seq
            if before <= looked:
                break
        return found


def _seen(store: Store, path: Path) -> dict[str, tuple[int, int, int]]:
    place = store.folders.at(path)
    return store.folders.stamps(place) if place is not None else {}
