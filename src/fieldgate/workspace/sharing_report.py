"""What a sync came to: told in one line, and record by record for the panes that mark what changed."""

from collections.abc import Iterator

from fieldgate.documents.tree import Trouble
from fieldgate.values import dataclass
from fieldgate.words import t


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbered:
    """A record whose code another record had before it; `before` still finds it."""

    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What came in and what was written; ids of records, unless said otherwise.

    `changed`: every record that others changed here, new and merged ones among them. `conflicted`: those that now ask
    more than before. `much_removed`: those of which more than 30 % of the text went. `older`: files older than ours,
    by path (`older_versions`: id of each record, and digest of what its older file
    says); ours is kept and written. `missing`: live records whose file is gone, by path (`missing_ids`: the records); nothing was done about them.
    `undecided`: files that look like a copy made as a template, by path. `read` and `written` count files of records;
    `removed`: copies that were merged and are gone, by path. `unwritten` says why files could not be written.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    conflicted: tuple[str, ...] = ()
    renumbered: tuple[Renumbered, ...] = ()
    much_removed: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    older_versions: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    missing_ids: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    read: int = 0
    written: int = 0
    removed: tuple[str, ...] = ()
    skipped: int = 0
    unwritten: str = ""

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(True for _ in self._words())

    @property
    def line(self) -> str:
        """All of it in one line."""
        return "; ".join(self._words()) or t("nothing new")

    def _words(self) -> Iterator[str]:
        yield from self._came()
        yield from self._asks()
        if self.troubles:
            yield t("{n} files left alone", n=len(self.troubles))
        if self.skipped:
            yield t("{n} files changed meanwhile: the next sync takes them", n=self.skipped)
        if self.unwritten:
            yield self.unwritten

    def _came(self) -> Iterator[str]:
        if self.changed:
            yield t("{n} records came in ({new} new, {merged} merged)", n=len(self.changed), new=len(self.new),
                    merged=len(self.merged))  # fmt: skip
        if self.written:
            yield t("{n} files written", n=self.written)
        if self.conflicted:
            yield t("{n} to decide in triage", n=len(self.conflicted))
        for each in self.renumbered[:3]:
            yield t("{before} is {after} now", before=each.before, after=each.after)
        if self.much_removed:
            yield t("{n} lost much of their text to others", n=len(self.much_removed))

    def _asks(self) -> Iterator[str]:
        if self.older:
            yield t("{n} files older than yours: yours are kept", n=len(self.older))
        if self.missing:
            yield t("{n} files missing: put back / archive for all", n=len(self.missing))
        if self.undecided:
            yield t("{n} files may be copies made as a template: take as version / make new records",
                    n=len(self.undecided))  # fmt: skip


def both(one: SyncReport, other: SyncReport) -> SyncReport:
    """Return two halves of a sync as one report."""
    return SyncReport(
        new=_united(one.new, other.new),
        changed=_united(one.changed, other.changed),
        merged=_united(one.merged, other.merged),
        conflicted=_united(one.conflicted, other.conflicted),
        renumbered=(*one.renumbered, *other.renumbered),
        much_removed=_united(one.much_removed, other.much_removed),
        older=_united(one.older, other.older),
        older_versions=tuple(dict.fromkeys((*one.older_versions, *other.older_versions))),
        missing=_united(one.missing, other.missing),
        missing_ids=_united(one.missing_ids, other.missing_ids),
        undecided=_united(one.undecided, other.undecided),
        troubles=tuple({each.path: each for each in (*one.troubles, *other.troubles)}.values()),
        read=one.read + other.read,
        written=one.written + other.written,
        removed=_united(one.removed, other.removed),
        skipped=one.skipped + other.skipped,
        unwritten=one.unwritten or other.unwritten,
    )


def _united(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
