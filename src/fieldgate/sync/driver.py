"""The merge driver: what git asks when somebody types `git pull` in a clone of their own.

It has three texts and no store, so it cannot know whether its result was ever written by a store: the result has the
mark "-", and the next sync takes it like a hand edit. A file that is cut off or foreign is refused, and left to git as
a conflict with our side in place: there are never conflict markers in a file.
"""

from pathlib import Path

from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import MERGED, decode, digest, dump, is_dirty, parse
from fieldgate.documents.vectors import join, seen_by
from fieldgate.errors import BusyError, FormatError
from fieldgate.sync.fields import merge
from fieldgate.sync.git_program import environment, run
from fieldgate.words import t

DRIVER = "fieldgate merge-driver %O %A %B %P"
ATTRIBUTES = "*.md merge=fieldgate -text\n*.yaml -text\n"
"""What a clone is told to run, and what `.gitattributes` of a shared folder says."""


def merge_files(ancestor: bytes, ours: bytes, theirs: bytes, where: str = "") -> bytes:
    """Merge three states of one file; an empty ancestor is none.

    Raises:
        FormatError: one of them is no record of ours, or they are of two records.
    """
    one, other = _read(ours, where), _read(theirs, where)
    if one.document.id != other.document.id:
        raise FormatError(t("{where}: two records stand in one file", where=where), "", where)
    base = _read(ancestor, where) if ancestor else None
    if base is not None and base.document.id != one.document.id:
        base = None
    return dump(merge_versions(base, one, other)).encode("utf-8", "surrogatepass")


def merge_versions(base: Version | None, one: Version, other: Version) -> Version:
    """Merge two versions; what has seen the other one stays as it is."""
    dirty = [is_dirty(side) for side in (one, other)]
    for side, seen in ((one, other), (other, one)):
        if not any(dirty) and seen_by(seen.vector, side.vector):
            return side
    document = merge(base.document if base else None, one.document, other.document)
    vector = join(one.vector, other.vector)
    for side, touched in zip((one, other), dirty, strict=True):
        if not touched and dict(vector) == dict(side.vector) and digest(document) == side.mark:
            return side
    return Version(document=document, vector=vector, mark=MERGED)


def register(clone: Path) -> None:
    """Tell a founder's own clone to use the driver.

    The command comes before the name: a name without a command makes every pull fail.

    Raises:
        BusyError: it is no clone, or its configuration cannot be written.
    """
    for key, value in (("driver", DRIVER), ("name", "fieldgate")):
        answer = run(["config", "--local", f"merge.fieldgate.{key}", value], environment(), cwd=clone)
        if answer.status:
            words = t("The merge driver could not be set up in {path}: {reason}", path=clone, reason=answer.reason)
            raise BusyError(words, t("Run it in a clone of your own, where git status works."), str(clone))


def _read(data: bytes, where: str) -> Version:
    version = parse(decode(data, where), where)
    if not version.mark:
        raise FormatError(t("{where}: its last line is missing; it is cut off, or no file of ours", where=where))
    return version
