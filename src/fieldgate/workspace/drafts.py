"""Drafts: what was typed and not saved, kept in the data folder so that a kill loses two seconds of it at most.

One small file for each workspace, 0600, replaced as a whole. It is written while one types, not only at the end; a
draft goes when its form is saved.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from pathlib import Path

from fieldgate.locations import Locations
from fieldgate.values import dataclass

Name = tuple[str, str]
"""The move that the form is of, and the record; empty for what creates one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed into a form, and when: local time as text."""

    name: Name
    typed: dict[str, str]
    at: str


class Drafts(MutableMapping[Name, dict[str, str]]):
    """The drafts of one workspace; what is put in is in the file at once.

    Args:
        now: Tells the local time as text.
        path: The file; None keeps them for this run of the program only.
    """

    def __init__(self, now: Callable[[], str], path: Path | None = None) -> None:
        self._now = now
        self._path: Path | None = None
        self._kept: dict[Name, Draft] = {}
        self._ours: set[Name] = set()
        self.move_to(path)

    def move_to(self, path: Path | None) -> None:
        """Go on with the drafts of another workspace; a file that cannot be read counts as empty."""
        self._path = path
        self._ours = set()
        self._kept = {each.name: each for each in _read(path)} if path is not None else {}

    def __getitem__(self, name: Name) -> dict[str, str]:
        """Return what was typed."""
        return dict(self._kept[name].typed)

    def __setitem__(self, name: Name, typed: dict[str, str]) -> None:
        """Keep what was typed."""
        self._kept[name] = Draft(name=name, typed=dict(typed), at=self._now())
        self._ours.add(name)
        self._write()

    def __delitem__(self, name: Name) -> None:
        """Forget a draft."""
        del self._kept[name]
        self._ours.add(name)
        self._write()

    def __iter__(self) -> Iterator[Name]:
        """Go through the names of all drafts."""
        return iter(tuple(self._kept))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._kept)

    def at(self, name: Name) -> str:
        """When a draft was typed last; empty if there is none."""
        kept = self._kept.get(name)
        return kept.at if kept is not None else ""

    def _write(self) -> None:
        """Replace the file. A full disk costs the draft, not what is typed: the form keeps that.

        Another screen may have put drafts of its own in meanwhile: the file is read anew, and only ours are changed.
        """
        path = self._path
        if path is None:
            return
        with suppress(OSError), _alone(path):
            theirs = {each.name: each for each in _read(path) if each.name not in self._ours}
            self._kept = {**theirs, **self._kept_of_ours()}
            if not self._kept:
                path.unlink(missing_ok=True)
                return
            rows = [
                {"move": each.name[0], "record": each.name[1], "typed": each.typed, "at": each.at}
                for each in self._kept.values()
            ]
            write_private(path, json.dumps(rows, ensure_ascii=True))

    def _kept_of_ours(self) -> dict[Name, Draft]:
        return {name: each for name, each in self._kept.items() if name in self._ours}


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let no other screen replace the file meanwhile."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # a disk without locks: the last one wins
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def beginnings_path(locations: Locations) -> Path:
    """The file in which what was typed for a new workspace is kept: it has no folder of its own yet."""
    return locations.data / "drafts.json"


def now_as_text() -> str:
    """The local time, as drafts are told by."""
    return time.strftime("%Y-%m-%d %H:%M")


def drafts_path(locations: Locations, workspace_id: str) -> Path:
    """The file in which the drafts of a workspace are kept."""
    return locations.workspace_folder(workspace_id) / "drafts.json"


def write_private(path: Path, text: str) -> None:
    """Replace a file that only its owner may read.

    Raises:
        OSError: It cannot be written; the old one stays.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    beside.replace(path)


def _read(path: Path) -> Iterator[Draft]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        found = [
            Draft(
                name=(str(row["move"]), str(row["record"])),
                typed={str(name): str(text) for name, text in row["typed"].items()},
                at=str(row["at"]),
            )
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    yield from found
