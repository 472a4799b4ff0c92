"""Take in one version of a record that came from elsewhere: the heart of a sync, and pure.

Standing answers. A version that is known changes nothing. The same content under another vector is only remembered as
seen. What our version has seen is old; what has seen our version replaces it. Two versions that know nothing of each
other are merged on the newest kept version that both have seen; so is a version edited by hand, on the version its
trailer names. A merge that differs from both sides is stamped by us, and so is one that a hand edit went into.

A version is *dirty* if its mark is not the digest of its content: edited by hand, or merged by the git driver. It
claims more than it has seen, so it never serves as an ancestor.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Protocol

from fieldgate.documents.document import Document, Version
from fieldgate.documents.frontmatter import digest
from fieldgate.sync.fields import merge
from fieldgate.sync.vectors import KEPT_PAIRS, Order, Vector, compare, join, meet, seen_by, stamp, union
from fieldgate.sync.wording import tokens

MUCH = 0.3
"""From this share of the text on, a removal is told under "changed by others"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kept version without its content: what it was, and what its trailer claimed."""

    vector: Vector
    digest: str
    mark: str

    @property
    def dirty(self) -> bool:
        """Whether its content is not what its vector says."""
        return self.mark != self.digest


class Shelf(Protocol):
    """All kept versions of one record; contents are fetched one by one, only where they are needed."""

    def kept(self) -> Collection[Kept]:
        """List them."""

    def content(self, kept: Kept) -> Document:
        """Return the content of one that `kept` listed."""


class Happened(Enum):
    """What taking a version in came to."""

    NEW = auto()
    """There was no such record yet."""
    KNOWN = auto()
    """This very version was taken in before."""
    SAME = auto()
    """The same content, come to on another way."""
    OLD = auto()
    """Our version had seen it."""
    NEWS = auto()
    """It had seen our version, and replaces it."""
    MERGED = auto()
    """Neither had seen the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The outcome: our version from now on, the versions to keep, what happened.

    `removed_much`: news or a merge that took out more than MUCH of our text.
    """

    current: Version
    keep: tuple[Version, ...]
    happened: Happened
    removed_much: bool = False


def take(current: Version | None, shelf: Shelf, incoming: Version, *, writer: str, counter: int) -> Taken:
    """Take in a version.

    Args:
        current: Our version, stamped, with its own digest for a mark; None if we have no such record.
        shelf: The kept versions of the record, `current` among them.
        incoming: What a file or another store says; it has a trailer (its mark is not "").
        writer: Who we are in this run of the program.
        counter: Our next counter, from `vectors.next_counter`.
    """
    found = Kept(vector=incoming.vector, digest=digest(incoming.document), mark=incoming.mark)
    if current is None:
        return _first(found, incoming, writer, counter)
    if any(_same(each, found) for each in shelf.kept()):
        return Taken(current=current, keep=(), happened=Happened.KNOWN)
    if found.digest == current.mark:
        joined = replace(current, vector=join(current.vector, incoming.vector))
        return Taken(current=joined, keep=(incoming, joined), happened=Happened.SAME)
    order = compare(incoming.vector, current.vector)
    if not found.dirty and order is Order.BEFORE:
        return Taken(current=current, keep=(incoming,), happened=Happened.OLD)
    if not found.dirty and order is Order.AFTER:
        much = _removes_much(current.document, incoming.document)
        return Taken(current=incoming, keep=(incoming,), happened=Happened.NEWS, removed_much=much)
    return _merged(current, shelf, (incoming, found), writer, counter)


def stamped(version: Version, writer: str, counter: int) -> Version:
    """Return a version with an edit of ours marked in its vector; its mark is the digest of what it holds now."""
    vector = stamp(version.vector, writer, counter)
    return replace(version, vector=vector, mark=digest(version.document))


def ancestor_of(shelf: Shelf, one: Vector, other: Vector) -> Document | None:
    """Return the newest kept version that both vectors have seen; None if there is none, or the vectors are equal."""
    if compare(one, other) is Order.SAME:
        return None
    both = meet(one, other)
    seen = [each for each in shelf.kept() if not each.dirty and seen_by(each.vector, both)]
    return shelf.content(max(seen, key=_age)) if seen else None


def _age(kept: Kept) -> tuple[int, list[tuple[str, int]], str]:
    """What has seen another version has a greater sum of counters; the rest makes the choice the same everywhere."""
    return (sum(kept.vector.values()), sorted(kept.vector.items()), kept.digest)


def _same(one: Kept, other: Kept) -> bool:
    return one.digest == other.digest and dict(one.vector) == dict(other.vector)


def _first(found: Kept, incoming: Version, writer: str, counter: int) -> Taken:
    if not found.dirty:
        return Taken(current=incoming, keep=(incoming,), happened=Happened.NEW)
    current = stamped(incoming, writer, counter)
    return Taken(current=current, keep=(incoming, current), happened=Happened.NEW)


def _merged(current: Version, shelf: Shelf, taken: tuple[Version, Kept], writer: str, counter: int) -> Taken:
    incoming, found = taken
    ancestor = _base(shelf, found) if found.dirty else None
    if ancestor is None:
        ancestor = ancestor_of(shelf, incoming.vector, current.vector)
    document = merge(ancestor, current.document, incoming.document)
    mark = digest(document)
    merged = Version(document=document, vector=join(current.vector, incoming.vector), mark=mark)
    forgot = len(union(current.vector, incoming.vector)) > KEPT_PAIRS
    if found.dirty or forgot or mark not in {current.mark, found.digest}:
        merged = stamped(merged, writer, counter)
    much = _removes_much(current.document, document)
    return Taken(current=merged, keep=(incoming, merged), happened=Happened.MERGED, removed_much=much)


def _base(shelf: Shelf, found: Kept) -> Document | None:
    """The version that a hand edit was made on, if it is kept."""
    named = replace(found, digest=found.mark)
    return next((shelf.content(each) for each in shelf.kept() if _same(each, named)), None)


def _removes_much(before: Document, after: Document) -> bool:
    had, has = (Counter(_words(document)) for document in (before, after))
    lost = sum(len(word) * count for word, count in (had - has).items())
    return lost > MUCH * sum(len(word) * count for word, count in had.items())


def _words(document: Document) -> list[str]:
    return [word for word in tokens(document.body) if not word.isspace()]
