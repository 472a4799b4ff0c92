"""Backups of a working store: sound copies in a folder of their own, few enough to be kept for ever.

Standing answer: kept are the last 10, the newest of each of the last 7 days, and the newest of each of the last 4 weeks
that have one; each is looked at after it was written, and only its owner can read it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fieldgate.errors import NotFoundError
from fieldgate.mishaps import said
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.attachments import kept_with_backups

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from pathlib import Path

    from fieldgate.store.store import Store

LAST, DAYS, WEEKS = 10, 7, 4
"""How many are kept: of all, of days, of weeks."""

SUFFIX = ".fieldgate"
NAME = re.compile(r"(\d{8}-\d{6})-(\d+)-([a-z]+)(?:-\d+)?")
"""Moment in UTC, number of the last event, and why it was made."""

NEWEST = "last"
"""What people may call the newest one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup as its name tells: when it was made, up to which event it goes, and why."""

    path: Path
    at: datetime
    seq: int
    reason: str

    @property
    def name(self) -> str:
        """What it is called by: the name of its file without the ending."""
        return self.path.name.removesuffix(SUFFIX)


class Backups:
    """The backups of one workspace.

    Args:
        folder: Where they lie; made when the first one is.
        now: Tells the time. Never a pretended day: what is old is told by it.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.folder = folder
        self.now = now

    def listed(self) -> list[Backup]:
        """Return them, newest first.

        Raises:
            BusyError: Their folder cannot be read.
        """
        if not self.folder.is_dir():
            return []
        with said(self.folder):
            found = [_read(each) for each in self.folder.iterdir()]
        return sorted((each for each in found if each), key=lambda each: (each.at, each.seq, each.name), reverse=True)

    def find(self, name: str) -> Backup:
        """Return one by its name, by as much of its beginning as no other shares, or as `last`.

        Raises:
            NotFoundError: There is none, or more than one.
        """
        listed = self.listed()
        if name == NEWEST and listed:
            return listed[0]
        wanted = name.removesuffix(SUFFIX)
        found = [each for each in listed if each.name == wanted] or [
            each for each in listed if wanted and each.name.startswith(wanted)
        ]
        if len(found) == 1:
            return found[0]
        message = t("There is no backup {name}.", name=name)
        if found:
            message = t("{n} backups begin with {name}.", n=len(found), name=name)
        raise NotFoundError(message, t("`fieldgate backups` lists them."), name)

    def make(self, store: Store, reason: str) -> Backup:
        """Copy the store, look at the copy, and let go of those that are too many.

        Raises:
            BusyError: It cannot be written.
            FormatError: The copy is not sound.
        """
        target = self.free_path(store.last_seq(), reason)
        store.backup(target)
        kept_with_backups(store.path, self.folder)
        self.thin()
        return next(each for each in self.listed() if each.path == target)

    def free_path(self, seq: int, reason: str) -> Path:
        """Return a path for a new one."""
        stem = f"{self.now():%Y%m%d-%H%M%S}-{seq}-{reason}"
        target, number = self.folder / f"{stem}{SUFFIX}", 1
        while target.exists():
            number += 1
            target = self.folder / f"{stem}-{number}{SUFFIX}"
        return target

    def thin(self) -> None:
        """Let go of those that are too many."""
        listed = self.listed()
        kept = {each.path for each in kept_of(listed)}
        with said(self.folder):
            for each in listed:
                if each.path not in kept:
                    each.path.unlink(missing_ok=True)


def kept_of(listed: Sequence[Backup]) -> list[Backup]:
    """Return those of the listed ones, newest first, that are kept."""
    days = _newest_of_each(listed, lambda each: each.at.date())[:DAYS]
    weeks = _newest_of_each(listed, lambda each: each.at.isocalendar()[:2])[:WEEKS]
    chosen = {each.path for each in (*listed[:LAST], *days, *weeks)}
    return [each for each in listed if each.path in chosen]


def _newest_of_each(listed: Iterable[Backup], span: Callable[[Backup], Hashable]) -> list[Backup]:
    found: dict[Hashable, Backup] = {}
    for each in listed:
        found.setdefault(span(each), each)
    return list(found.values())


def _read(path: Path) -> Backup | None:
    found = NAME.fullmatch(path.name.removesuffix(SUFFIX)) if path.name.endswith(SUFFIX) else None
    if found is None:
        return None
    try:
        at = datetime.strptime(found[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path=path, at=at, seq=int(found[2]), reason=found[3])
