"""Files in which git stopped in the middle of a merge: both sides are taken from where git keeps them.

Somebody typed `git pull` in a clone without the merge driver. The file holds marks of a conflict, and is no version of
anything; but the index of the clone names both sides. They come in as versions, are merged like any, and the file is
replaced by what came of it. Only where nobody has written in the file since: every line of it must stand on either
side, or it stays as it is and is named. The index is left to its owner, who says `git add`.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fieldgate.documents.frontmatter import clean, decode, has_markers
from fieldgate.documents.reading import Found, Reading, read_content
from fieldgate.errors import BusyError, FormatError, NotFoundError
from fieldgate.sync.git_stages import both_sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fieldgate.documents.folder import Content, Folder

_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


def with_both_sides(folder: Folder, reading: Reading, workspace_id: str) -> Reading:
    """Return what was read with both sides of every file in which a merge stopped, instead of the trouble with it."""
    marked = dict(_marked(folder, reading))
    if not marked:
        return reading
    try:
        with tempfile.TemporaryDirectory(prefix="fieldgate-") as private:
            sides = both_sides(folder.path, Path(private), marked.keys())
    except (NotFoundError, BusyError, OSError):
        return reading  # no git, or no room: the files stay named as they are
    found = {path: _versions(marked[path], stages, workspace_id) for path, stages in sides.items()}
    taken = [each for versions in found.values() for each in versions]
    troubles = tuple(each for each in reading.troubles if not found.get(each.path))
    return replace(reading, versions=(*reading.versions, *taken), troubles=troubles)


def _marked(folder: Folder, reading: Reading) -> Iterator[tuple[str, Content]]:
    for trouble in reading.troubles:
        try:
            content = folder.read(trouble.path)
            if has_markers(clean(decode(content.data, trouble.path))):
                yield trouble.path, content
        except (FormatError, NotFoundError):
            continue


def _versions(file: Content, stages: Mapping[int, Content], workspace_id: str) -> list[Found]:
    """Return the versions of both sides, and of what both grew out of; none where the file says more than these."""
    if not _lines(file) <= set().union(*map(_lines, stages.values())):
        return []
    sides = [replace(each, stamp=file.stamp, fingerprint=file.fingerprint) for _, each in sorted(stages.items())]
    try:
        found = [replace(read_content(each, workspace_id), stands_for=True) for each in sides]
    except FormatError:
        return []
    return found if len({each.version.document.id for each in found}) == 1 else []


def _lines(content: Content) -> set[str]:
    lines = content.data.decode(errors="replace").split("\n")
    return {line for line in lines if not line.startswith(_MARKS)}
