"""Several files of one record in a folder: which one stays, and which may not be a version of it at all.

Programs that keep folders in step make a second file where two people changed one; such copies are versions, and go
once they are merged. A person who copies a file to start a new record from it makes a second file too, and changes
what it says: that one is asked about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fieldgate.documents.frontmatter import is_dirty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fieldgate.documents.reading import Found

_MADE_BY_PROGRAMS = re.compile(
    r"sync-conflict-|conflict|konflikt|conflit|конфликт|冲突|衝突|xung đột|ขัดแย้ง|\(\d+\)\.md$|~[0-9a-z]+\.md$|\.orig\.md$",
    re.IGNORECASE,
)


def looks_like_template(found: Found, there: Collection[str], *, known: bool) -> bool:
    """Whether a file may be a copy that a person made to start a new record from.

    Its trailer is of other content than it holds, its name is not known and none that programs give to copies, and
    the record's own file stands beside it.

    Args:
        found: The file.
        there: Other paths at which the same record stands now.
        known: Whether its path was seen before, as a file of that record.
    """
    name = found.path.rpartition("/")[2]
    own_name = name.endswith(f"{found.version.document.id}.md")
    if own_name or known or not there or _MADE_BY_PROGRAMS.search(name):
        return False
    return is_dirty(found.version) and found.version.mark != "-"


def own_file(record_id: str, paths: Iterable[str]) -> str:
    """Return the path at which a record stays: under the name it was born with, else the shortest."""
    return min(paths, key=lambda path: (not path.endswith(f"{record_id}.md"), len(path), path))
