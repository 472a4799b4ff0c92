"""Take in one version of a record that came from elsewhere: the heart of a sync, and pure.

A version that is known changes nothing. The same content under another vector is only remembered as
seen. What our version has seen is old; what has seen our version replaces it. Two versions that know nothing of each
other are merged on the newest kept version that both have seen; so is a version edited by hand, on the version its
trailer names. A merge that differs from both sides is stamped by us, and so is one that a hand edit went into.

A version is *dirty* if its mark is not the digest of its content: edited by hand, or merged by the git driver. It
claims more than it has seen, so it never serves as an ancestor, and is kept with the mark "-".
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum, auto
from typing import Protocol

from fieldgate.documents.document import Document, Version
from fieldgate.documents.frontmatter import MERGED, digest, is_dirty
from fieldgate.documents.vectors import KEPT_PAIRS, Order, Vector, compare, join, meet, newest, seen_by, stamp, union
from fieldgate.sync.fields import merge
from fieldgate.sync.wording import tokens
from fieldgate.values import dataclass

_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"

MUCH = 0.3
"""From this share of the text on, a removal is told under "changed by others"."""


class Shelf(Protocol):
    """All kept versions of one record; contents are fetched only where they are needed."""

    def knows(self, vector: Vector, mark: str) -> bool:
        """Whether a version with this vector and this digest of its content is kept, dirty or not."""

    def versions(self) -> Iterable[Version]:
        """Return them all; a dirty one has the mark "-"."""


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
    mark = digest(incoming.document)
    dirty = mark != incoming.mark
    kept = replace(incoming, mark=MERGED) if dirty else incoming
    if current is None:
        first = stamped(incoming, writer, counter) if dirty else incoming
        return Taken(current=first, keep=(kept, first) if dirty else (first,), happened=Happened.NEW)
    if shelf.knows(incoming.vector, mark):
        return Taken(current=current, keep=(), happened=Happened.KNOWN)
    if mark == current.mark:
        joined = replace(current, vector=join(current.vector, incoming.vector))
        return Taken(current=joined, keep=(kept, joined), happened=Happened.SAME)
    order = compare(incoming.vector, current.vector)
    if not dirty and order is Order.BEFORE:
        return Taken(current=current, keep=(incoming,), happened=Happened.OLD)
    if not dirty and order is Order.AFTER:
        much = _removes_much(current.document, incoming.document)
        return Taken(current=incoming, keep=(incoming,), happened=Happened.NEWS, removed_much=much)
    merged = _merged(current, shelf, incoming, mark)
    if _needs_stamp(merged, current, incoming, mark):
        asks = not dirty and _asked(merged) - _asked(current) - _asked(incoming)
        merged = _agreed(merged) if asks else stamped(merged, writer, counter)
    much = _removes_much(current.document, merged.document)
    return Taken(current=merged, keep=(kept, merged), happened=Happened.MERGED, removed_much=much)


def stamped(version: Version, writer: str, counter: int) -> Version:
    """Return a version with an edit of ours marked in its vector; its mark is the digest of what it holds now."""
    vector = stamp(version.vector, writer, counter)
    return replace(version, vector=vector, mark=digest(version.document))


def _agreed(version: Version) -> Version:
    """Return a merge that asks something new, stamped so that whoever merges the same comes to the same version.

    Else the merge of one founder, made before the decision of another reached them, would ask again what was decided.
    The writer is made from the content, and the counter is the highest one, so that the pair is not soon forgotten.
    """
    mark = digest(version.document)
    writer = "".join(_LETTERS[byte % len(_LETTERS)] for byte in hashlib.sha256(mark.encode()).digest()[:5])
    counter = max(version.vector.values(), default=1)
    return replace(version, vector=newest({**version.vector, writer: counter}), mark=mark)


def _asked(version: Version) -> frozenset[str]:
    """What a version asks, each question as text."""
    entries = version.document.head.get("conflicts", ())
    return frozenset(map(repr, entries)) if isinstance(entries, tuple) else frozenset()


def ancestor_of(shelf: Shelf, one: Vector, other: Vector) -> Document | None:
    """Return the newest kept version that both vectors have seen; None if there is none, or the vectors are equal."""
    if compare(one, other) is Order.SAME:
        return None
    both = meet(one, other)
    seen = [each for each in shelf.versions() if seen_by(each.vector, both) and not is_dirty(each)]
    return max(seen, key=_age).document if seen else None


def _age(version: Version) -> tuple[int, list[tuple[str, int]], str]:
    """What has seen another version has a greater sum of counters; the rest makes the choice the same everywhere."""
    return (sum(version.vector.values()), sorted(version.vector.items()), version.mark)


def _merged(current: Version, shelf: Shelf, incoming: Version, mark: str) -> Version:
    ancestor = _base(shelf, incoming) if mark != incoming.mark else None
    if ancestor is None:
        ancestor = ancestor_of(shelf, incoming.vector, current.vector)
    document = merge(ancestor, current.document, incoming.document)
    return Version(document=document, vector=join(current.vector, incoming.vector), mark=digest(document))


def _base(shelf: Shelf, edited: Version) -> Document | None:
    """The version that a hand edit was made on, if it is kept."""
    found = (each for each in shelf.versions() if each.mark == edited.mark and dict(each.vector) == dict(edited.vector))
    return next((each.document for each in found if not is_dirty(each)), None)


def _needs_stamp(merged: Version, current: Version, incoming: Version, mark: str) -> bool:
    """Whether a merge says more than its two sides; also where its vector had to forget what it has seen."""
    forgot = len(union(current.vector, incoming.vector)) > KEPT_PAIRS
    return forgot or mark != incoming.mark or merged.mark not in {current.mark, mark}


def _removes_much(before: Document, after: Document) -> bool:
    had, has = (Counter(_words(document)) for document in (before, after))
    lost = sum(len(word) * count for word, count in (had - has).items())
    return lost > MUCH * sum(len(word) * count for word, count in had.items())


def _words(document: Document) -> list[str]:
    return [word for word in tokens(document.body) if not word.isspace()]
