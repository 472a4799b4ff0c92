"""What stands in a folder, seen from outside: names and stamps, and why some will not be read."""

import os
import stat
from collections.abc import Callable, Iterable, Mapping

from fieldgate.documents.disk import Stamp, stamp_of, too_long, why_not_plain
from fieldgate.documents.tree import Trouble
from fieldgate.values import dataclass
from fieldgate.words import t

MAX_FILES = 200_000
MAX_TROUBLES = 200
"""The most files that are looked at, and the most troubles that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What stands in a folder, by path.

    `unread` names the folders that are there and could not be listed to the end: nothing in them is missing.
    """

    stamps: Mapping[str, Stamp]
    troubles: tuple[Trouble, ...]
    unread: tuple[str, ...]


class Look:
    """A scan as it grows."""

    def __init__(self, is_name: Callable[[str], bool], limit: int) -> None:
        self.stamps: dict[str, Stamp] = {}
        self._troubles: list[Trouble] = []
        self._unread: list[str] = []
        self._is_name = is_name
        self._limit = limit

    def through(self, folder: str, entries: Iterable[os.DirEntry[str]]) -> None:
        """Look at what stands in a folder, as far as the limit allows."""
        for entry in entries:
            if len(self.stamps) >= MAX_FILES:
                self.give_up(folder, t("the workspace holds more than {n} files", n=MAX_FILES))
                return
            self.at(folder, entry)

    def at(self, folder: str, entry: os.DirEntry[str]) -> None:
        """Look at one entry of a folder; hidden ones and plain files of other endings are nothing to us."""
        if entry.name.startswith("."):
            return
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return  # gone since it was listed
        ours = entry.name.lower().endswith(".md") or self._is_name(entry.name)
        if ours or not stat.S_ISREG(status.st_mode):
            self.judge(f"{folder}/{entry.name}", status)

    def judge(self, path: str, status: os.stat_result) -> None:
        """Take a file's stamp, or say why it will not be read."""
        why = why_not_plain(status.st_mode)
        if not why and status.st_size > self._limit:
            why = too_long(self._limit)
        if not why and not self._is_name(path.rpartition("/")[2]):
            why = t("its name is none that we can keep")
        if why:
            self._troubles.append(Trouble(path=path.encode("utf-8", "backslashreplace").decode(), why=why))
        else:
            self.stamps[path] = stamp_of(status)

    def give_up(self, folder: str, why: str) -> None:
        """Say why a whole folder is not known."""
        self._unread.append(folder)
        self._troubles.append(Trouble(path=folder, why=why))

    def scan(self) -> Scan:
        """Return what was seen."""
        return Scan(stamps=self.stamps, troubles=bounded(self._troubles), unread=tuple(self._unread))


def bounded(troubles: list[Trouble]) -> tuple[Trouble, ...]:
    """Return the first troubles, and how many more there are in place of the rest."""
    if len(troubles) <= MAX_TROUBLES:
        return tuple(troubles)
    more = Trouble(path="", why=t("and {n} more", n=len(troubles) - MAX_TROUBLES))
    return (*troubles[:MAX_TROUBLES], more)
