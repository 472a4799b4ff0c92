"""Where a shared folder stands: which one of those that the store knows it is, and what to do about an unknown place.

A known workspace at an unknown path asks once: it was moved, it is one more place, or it is to be a
copy of its own. Where nobody can be asked it is one more place if none of its records is older than ours.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fieldgate.errors import UndecidedError
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fieldgate.store import folders
    from fieldgate.store.store import Store


def place_of(store: Store, path: Path, identity: tuple[int, int]) -> folders.Folder | None:
    """Return the shared folder at a path; one that was only renamed is found by what it is, not where. None: unknown.

    Args:
        store: The working store.
        path: The folder, absolute.
        identity: Its device and inode.
    """
    known = store.folders.all()
    for each in known:
        if each.path == path:
            return each
    for each in known:
        if (each.device, each.inode) == identity and not each.path.exists():
            return moved(store, each, path, identity)
    return None


def moved(store: Store, known: folders.Folder, path: Path, identity: tuple[int, int]) -> folders.Folder:
    """Remember that a folder stands at another path now."""
    changed = replace(known, path=path, device=identity[0], inode=identity[1])
    store.folders.change(changed)
    return changed


def moved_from(known: Sequence[folders.Folder], path: Path) -> folders.Folder:
    """Return the folder that was moved to a path: the one that is gone from its own.

    Raises:
        UndecidedError: There is none, or more than one.
    """
    gone = [each for each in known if not each.path.exists()]
    candidates = gone or list(known)
    if len(candidates) == 1:
        return candidates[0]
    raise UndecidedError(
        t("It cannot be told which of {n} shared folders was moved to {path}.", n=len(candidates), path=path),
        t("Take it as one more place: fieldgate sync {path} --place more", path=path),
        str(path),
    )


def unknown_place(path: Path, older: int) -> UndecidedError:
    """Return the question about a known workspace at an unknown path, some of whose records are older than ours."""
    return UndecidedError(
        t(
            "{path} is a workspace that you have, at a place not seen before, and {n} of its records are older than yours.",
            path=path,
            n=older,
        ),
        t("Say what it is: fieldgate sync {path} --place moved | more | own (a copy of its own).", path=path),
        str(path),
        ("more", "moved", "own"),
    )
