"""The guard of an open workspace: backs it up without being asked.

Standing answer: when a screen starts on a store that was changed since the last backup, every 30 minutes while it is
being changed, and before a sync, what comes in at opening, a merge, a bulk change and a repair. A backup that nobody asked for never makes an
edit fail: that it could not be made is kept, to be said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from fieldgate.errors import FieldgateError
from fieldgate.mishaps import in_words
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.store.store import Store
    from fieldgate.workspace.upkeep.backups import Backup, Backups

EVERY = timedelta(minutes=30)
"""How long a store may be changed without a backup; before the first one, since it was made."""

_SECOND = 2
_PAGE = 200


class Guard:
    """Backs up an open store.

    Args:
        store: The open store.
        backups: Where to.
    """

    def __init__(self, store: Store, backups: Backups) -> None:
        self._store = store
        self.backups = backups
        self.trouble: FieldgateError | None = None
        self._last: Backup | None = None
        self._looked = False

    def started(self) -> None:
        """Back up what was changed since the last backup, as a screen starts."""
        self._try("start")

    def changed(self) -> None:
        """Back up after a change, if the last backup is 30 minutes old."""
        last = self._newest()
        since = last.at if last else self._store.acts(1, _SECOND)[0].at
        if not timedelta(0) <= self.backups.now() - since < EVERY:
            self._try("change")

    def before(self, reason: str) -> None:
        """Back up what was changed since the last backup, before something that changes much.

        Raises:
            BusyError: It cannot be written.
        """
        last = self._newest()
        if self._store.read_only or (last is not None and last.seq == self._store.last_seq() and last.path.exists()):
            return
        self._last = self.backups.make(self._store, reason)
        self.trouble = None

    def arriving(self) -> None:
        """Back up what was changed here since the last backup, before others' changes come in; theirs come often."""
        last = self._newest()
        since = self._store.log(_PAGE) if last is not None else []
        recent = [each for each in since if last is not None and each.seq > last.seq]
        if last is None or len(recent) == _PAGE or any(each.action != "merge" for each in recent):
            self._try("sync")

    def take_trouble(self) -> FieldgateError | None:
        """Return why a backup could not be made, once."""
        trouble, self.trouble = self.trouble, None
        return trouble

    def _try(self, reason: str) -> None:
        try:
            self.before(reason)
        except FieldgateError as error:
            self.trouble = FieldgateError(t("No backup could be made: {why}", why=error.message), error.hint)
        except OSError as error:
            why = in_words(error)
            self.trouble = FieldgateError(t("No backup could be made: {why}", why=why.message), why.hint)

    def _newest(self) -> Backup | None:
        if not self._looked:
            listed = self.backups.listed()
            self._last, self._looked = (listed[0] if listed else None), True
        return self._last
