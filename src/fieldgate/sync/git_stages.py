"""What git keeps of both sides of a file in which a merge stopped, in the clone of a founder.

The clone is data like everything else in a shared folder: its index is copied, and its objects are looked up from a
private directory with our own configuration, so that nothing in the clone configures git. A clone whose objects lie
elsewhere, or in which a link stands where a file or a folder should, is left alone. Nothing in it is written.
"""

import os
import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fieldgate.documents.disk import READ_FOLDER, read_plain
from fieldgate.documents.folder import Content
from fieldgate.errors import FormatError
from fieldgate.sync.git import Repository
from fieldgate.sync.git_program import Remote

if TYPE_CHECKING:
    from fieldgate.sync.git_script import Entry

MAX_INDEX = 64 * 1024 * 1024
_NOWHERE = Remote(url="", branch="main", local=True)
OURS_AND_THEIRS = frozenset({2, 3})


def is_clone(folder: Path) -> bool:
    """Whether a folder is the work tree of a repository of its own; nothing in it is opened to say so."""
    return _is(stat.S_ISDIR, folder / ".git") and _is(stat.S_ISREG, folder / ".git" / "index")


def both_sides(folder: Path, private: Path, paths: Collection[str]) -> dict[str, dict[int, Content]]:
    """Return what git kept of files in which a merge stopped: by path, then 1 for the base, 2 for ours, 3 for theirs.

    Args:
        folder: The work tree.
        private: A folder of our own that is empty.
        paths: The files that are wanted; those of which both sides cannot be had are left out.

    Raises:
        NotFoundError: git is not installed.
        BusyError: git does not answer.
    """
    objects = folder / ".git" / "objects"
    index = _copied(folder / ".git", private)
    if index is None or not _is_whole(objects):
        return {}
    more = {"GIT_INDEX_FILE": str(index), "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{_quoted(objects)}"'}
    repository = Repository(private / "stages.git", _NOWHERE, more)
    repository.prepare()
    by_stage: dict[int, dict[str, Entry]] = {}
    for path, stage, entry in repository.unmerged():
        if path in paths and _is_plain_object(objects, entry.blob):
            by_stage.setdefault(stage, {})[path] = entry
    found: dict[str, dict[int, Content]] = {}
    for stage, entries in by_stage.items():
        for content in repository.contents(entries):
            if isinstance(content, Content):
                found.setdefault(content.path, {})[stage] = content
    return {path: stages for path, stages in found.items() if stages.keys() >= OURS_AND_THEIRS}


def _copied(git_folder: Path, private: Path) -> Path | None:
    """Copy the index, so that git finds no folder beside it; None if it cannot be read."""
    target = private / "index"
    handle = os.open(git_folder, READ_FOLDER)
    try:
        data, _ = read_plain(handle, "index", "index", MAX_INDEX)
    except (FormatError, OSError):
        return None
    finally:
        os.close(handle)
    target.write_bytes(data)
    return target


def _is_whole(objects: Path) -> bool:
    """Whether all objects lie here: no other folder is named, and no pack is a link."""
    if os.path.lexists(objects / "info" / "alternates") or not _is(stat.S_ISDIR, objects):
        return False
    packs = objects / "pack"
    if not os.path.lexists(packs):
        return True
    return _is(stat.S_ISDIR, packs) and all(_is(stat.S_ISREG, each) for each in _listed(packs))


def _listed(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        yield from (folder / each.name for each in entries)


def _is_plain_object(objects: Path, blob: str) -> bool:
    """Whether an object that lies by itself, and not in a pack, is a plain file."""
    place = objects / blob[:2]
    if not os.path.lexists(place / blob[2:]):
        return True
    return _is(stat.S_ISDIR, place) and _is(stat.S_ISREG, place / blob[2:])


def _is(kind: Callable[[int], bool], path: Path) -> bool:
    with suppress(OSError):
        return kind(path.lstat().st_mode)
    return False


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace('"', '\\"')
