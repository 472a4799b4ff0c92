"""The keeper: looks after the files of one workspace on behalf of a command, whether its store opens or not."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from fieldgate.errors import FieldgateError, FormatError, NotFoundError
from fieldgate.store.store import Store
from fieldgate.words import t
from fieldgate.workspace.attachments import back_from_backups
from fieldgate.workspace.recent import recent_workspaces
from fieldgate.workspace.upkeep import mending
from fieldgate.workspace.upkeep.backups import Backup, Backups

if TYPE_CHECKING:
    from pathlib import Path

    from fieldgate.locations import Locations
    from fieldgate.workspace.door import Target


class Keeper:
    """Backs up, restores and repairs a store that need not be open, or not even sound.

    Args:
        target: What was found, or what should stand there.
        locations: Where this user's things are.
    """

    def __init__(self, target: Target, locations: Locations) -> None:
        self.store = target.store
        self._target = target
        self._locations = locations
        self.backups = Backups(locations.workspace_folder(self._workspace_id()) / "backups")

    def back_up(self, to: Path | None = None) -> Path:
        """Make a backup now, among the others or at a path of one's own; returns where.

        Raises:
            BusyError: Something stands there already, or it cannot be written.
        """
        if not self._target.known:
            raise NotFoundError(
                t("This folder was never opened here, so there is no store to back up."),
                t("Open it first: fieldgate status {path}", path=self._target.path),
            )
        with Store.open(self.store, read_only=True) as store:
            if to is None:
                return self.backups.make(store, "asked").path
            store.backup(to)
        return to

    def restore(self, name: str) -> tuple[Backup, Path | None]:
        """Put a backup in the place of the store; returns it, and where what stood there is kept.

        Raises:
            NotFoundError: There is no such backup.
            BusyError: A screen has the store open, or it cannot be written.
        """
        chosen = self.backups.find(name)
        kept = mending.restore(self.store, self.backups, chosen)
        back_from_backups(self.store, self.backups.folder)
        return chosen, kept

    def trouble(self) -> str:
        """Return what is wrong with the store in one sentence; empty if it is sound."""
        return mending.trouble_of(self.store)

    def repair(self, writer: str) -> mending.Repair:
        """Make a sound store out of the damaged one and the last backup."""
        return mending.repair(self.store, self.backups, writer=writer)

    def _workspace_id(self) -> str:
        """Return the id, by what is nearest: the folder, the store, where it lies, or the list of those opened lately."""
        if self._target.workspace_id:
            return self._target.workspace_id
        with suppress(FieldgateError), Store.open(self.store, read_only=True) as store:
            return next(store.records("workspace")).id
        folder = self.store.parent
        if folder.parent == self._locations.workspaces():
            return folder.name
        path = str(self._target.path.absolute())
        for each in recent_workspaces(self._locations):
            if each.path == path:
                return each.workspace_id
        raise FormatError(
            t("{path} does not say which workspace it is, so its backups cannot be found.", path=path),
            t("Look for them with: fieldgate where; then: fieldgate merge, or copy one by hand."),
            path,
        )
