"""Taking in versions of records, from wherever they come: one after the other, merged with what the store has.

Works inside the transaction that writes the outcome, on a bench that shows what the store holds. Nothing is known here
of files and folders. A version that cannot be read once it is merged is left out and named.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from fieldgate.documents.codec import canonical, from_document
from fieldgate.documents.document import Document, Version
from fieldgate.documents.frontmatter import is_dirty
from fieldgate.documents.tree import Trouble, trouble_of
from fieldgate.domain.kinds import kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence
from fieldgate.errors import FormatError, RefusedError
from fieldgate.store.taking import Arrival
from fieldgate.store.versions import kept_as_found
from fieldgate.sync.circles import LINKS, cut_circles
from fieldgate.sync.codes import Labelled, labelled, settle_codes, with_code
from fieldgate.sync.take import Happened, Taken, stamped, take
from fieldgate.words import t
from fieldgate.workspace.sharing_report import Renumbered, SyncReport
from fieldgate.workspace.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from fieldgate.documents.codec import Parsed
    from fieldgate.store.bench import Bench

Piece = TypeVar("Piece", Evidence, Check)
_MOVED = frozenset({Happened.NEW, Happened.NEWS, Happened.MERGED})


@dataclass(slots=True)
class Came:
    """What came in so far; ids of records in the order in which they came."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    conflicted: list[str] = field(default_factory=list)
    much_removed: list[str] = field(default_factory=list)
    renumbered: list[Renumbered] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def report(self, **more: Any) -> SyncReport:
        """Return it as a report, with what is known besides."""
        return SyncReport(
            new=tuple(self.new),
            changed=tuple(dict.fromkeys(self.changed)),
            merged=tuple(dict.fromkeys(self.merged)),
            conflicted=tuple(dict.fromkeys(self.conflicted)),
            renumbered=tuple(self.renumbered),
            much_removed=tuple(self.much_removed),
            **more,
        )


class Taking:
    """A number of versions that are taken in together.

    Args:
        bench: The store inside its transaction.
        workspace_id: The id of the workspace.
        writer: The name of this run of the program.
    """

    def __init__(self, bench: Bench, workspace_id: str, writer: str) -> None:
        self._bench = bench
        self._workspace_id = workspace_id
        self._writer = writer
        self._current: dict[str, Version] = {}
        self._parsed: dict[str, Parsed] = {}
        self._fresh: dict[str, list[Version]] = {}
        self._touched: dict[str, None] = {}
        self._recoded: set[str] = set()
        self.came = Came()

    def take(self, version: Version, where: str, parsed: Parsed | None = None) -> Happened | None:
        """Take in one version; returns what it came to, or None if it could not be read.

        Args:
            version: It has a trailer; its mark tells whether it was edited by hand.
            where: Where it stands, for messages.
            parsed: The record in it, where that was read already.
        """
        if self._is_head(version):
            return Happened.KNOWN
        try:
            return self._taken(self._settled(version, where), where, parsed)
        except (FormatError, RefusedError) as error:
            self.came.troubles.append(trouble_of(where, error))
            return None

    def lend(self, versions: Iterable[Version]) -> None:
        """Keep versions of another store, so that they may serve as ancestors."""
        for version in versions:
            self._fresh.setdefault(version.document.id, []).append(version)

    def current(self, record_id: str) -> Version | None:
        """Return our version of a record as it is by now."""
        if record_id not in self._current:
            found = self._bench.current(record_id)
            if found is None:
                return None
            self._current[record_id] = found
        return self._current[record_id]

    def arrivals(self) -> Iterator[Arrival]:
        """Return what is to be written, codes and circles settled; versions that change nothing are kept at once."""
        for kind in sorted({self._current[each].document.kind for each in self._touched}):
            self._settle_codes(kind)
            self._cut_circles(kind)
        loose = [each for name, found in self._fresh.items() if name not in self._touched for each in found]
        self._bench.keep(loose)
        for record_id in self._touched:
            yield self._arrival(record_id)

    def replace(self, document: Document) -> None:
        """Give a record another content, as an edit of ours that follows from what came in."""
        current = self.current(document.id)
        if current is None:
            raise ValueError(document.id)
        version = stamped(replace(current, document=document), self._writer, self._bench.counter)
        self._parsed[document.id] = from_document(document, document.id, workspace_id=self._workspace_id)
        self._current[document.id] = version
        self._fresh.setdefault(document.id, []).append(version)
        self._touched[document.id] = None

    @property
    def now(self) -> datetime:
        """The moment that is written."""
        return self._bench.now

    def next_code(self, like: Document) -> str:
        """Return the code that a new record gets which is like another one; empty where its kind has none."""
        if not labelled(like).code:
            return ""
        new = replace(labelled(like), id="~", created_at="~", former_codes=())
        return settle_codes(like.kind, [*self._labels(like.kind).values(), new]).get(new.id, new.code)

    def make(self, document: Document, where: str) -> None:
        """Make a new record, as an edit of ours that follows from what came in.

        Raises:
            FormatError: It cannot be one.
        """
        parsed = from_document(document, where, workspace_id=self._workspace_id)
        version = stamped(Version(document=document), self._writer, self._bench.counter)
        self._parsed[document.id] = parsed
        self._current[document.id] = version
        self._fresh[document.id] = [version]
        self._touched[document.id] = None
        self.came.new.append(document.id)
        self.came.changed.append(document.id)

    def _is_head(self, version: Version) -> bool:
        """Whether a version is the very one that the rows hold: most are, in a folder that was only moved."""
        record_id = version.document.id
        head = self._bench.head(record_id)
        if head is None or record_id in self._touched or version.mark != head.digest:
            return False
        return dict(version.vector) == dict(head.vector) and not is_dirty(version)

    def _settled(self, version: Version, where: str) -> Version:
        """Write a hand edit as we would: `40.0` for `40` is the same content, and no edit."""
        if not is_dirty(version):
            return version
        document = canonical(version.document, where, workspace_id=self._workspace_id)
        return replace(version, document=document)

    def _taken(self, version: Version, where: str, known: Parsed | None) -> Happened:
        record_id = version.document.id
        before = self.current(record_id)
        if before is not None and before.document.kind != version.document.kind:
            reason = t("its id is that of a {kind}", kind=before.document.kind)
            raise FormatError(f"{where}: {reason}", "", where)
        taken = take(before, self._shelf(record_id), version, writer=self._writer, counter=self._bench.counter)
        if taken.happened in _MOVED:
            document = taken.current.document
            is_read = known is not None and known.document is document
            parsed = known if is_read and known else from_document(document, where, workspace_id=self._workspace_id)
            if parsed.record is None:
                raise FormatError(t("{where}: only a newer fieldgate knows its kind", where=where), "", where)
            self._parsed[record_id] = parsed
        self._fresh.setdefault(record_id, []).extend(taken.keep)
        if before is None or taken.current.vector != before.vector or taken.current.mark != before.mark:
            self._current[record_id] = taken.current
            self._touched[record_id] = None
            if before is None or labelled(before.document) != labelled(taken.current.document):
                self._recoded.add(taken.current.document.kind)
        self._tell(before, taken)
        return taken.happened

    def _tell(self, before: Version | None, taken: Taken) -> None:
        record_id, came = taken.current.document.id, self.came
        if before is None:
            came.new.append(record_id)
        if before is None or taken.current.mark != before.mark:
            came.changed.append(record_id)
        if taken.happened is Happened.MERGED:
            came.merged.append(record_id)
        if taken.removed_much:
            came.much_removed.append(record_id)
        if _asked(taken.current) > (_asked(before) if before else 0):
            came.conflicted.append(record_id)

    def _shelf(self, record_id: str) -> Shelf:
        return Shelf(self._bench, record_id, self._fresh.get(record_id, []))

    def _settle_codes(self, kind: str) -> None:
        if kind not in self._recoded or "code" not in kinds()[kind].fields:
            return  # what is stored was settled before, and stays so while no code changes
        labels = self._labels(kind)
        for record_id, code in settle_codes(kind, labels.values()).items():
            current = self.current(record_id)
            if current is not None:
                self.replace(with_code(current.document, code))
                before = labels[record_id].code
                self.came.renumbered.append(Renumbered(id=record_id, before=before, after=code))

    def _labels(self, kind: str) -> dict[str, Labelled]:
        labels = {
            row_id: Labelled(id=row_id, created_at=made, code=code, former_codes=former)
            for row_id, (made, code, former) in self._bench.codes(kind).items()
        }
        return labels | {each.id: labelled(each) for each in self._documents(kind)}

    def _cut_circles(self, kind: str) -> None:
        link = LINKS.get(kind)
        if link is None or not any(link in each.head for each in self._documents(kind)):
            return
        found = {row_id: self.current(row_id) for row_id in self._bench.linked(kind, link)}
        documents = {row_id: version.document for row_id, version in found.items() if version is not None}
        documents |= {each.id: each for each in self._documents(kind)}
        for document in cut_circles(documents.values()):
            self.replace(document)
            self.came.conflicted.append(document.id)

    def _documents(self, kind: str) -> list[Document]:
        """The documents of a kind that this taking changed."""
        found = [self._current[each].document for each in self._touched]
        return [each for each in found if each.kind == kind]

    def _arrival(self, record_id: str) -> Arrival:
        version = self._current[record_id]
        parsed = self._parsed.get(record_id)
        if parsed is None:
            parsed = from_document(version.document, record_id, workspace_id=self._workspace_id)
        if parsed.record is None:
            raise FormatError(t("{id}: only a newer fieldgate knows its kind", id=record_id), "", record_id)
        known = self._bench.head(record_id) is not None
        evidence, checks = parsed.evidence, parsed.checks
        if known and version.document.kind == "note":
            evidence = self._settled_pieces(evidence, self._bench.pieces(record_id))
        elif known and version.document.kind in {"touchpoint", "customer", "gate"}:
            checks = self._settled_pieces(checks, self._bench.checks(record_id))
        fresh = (each for each in self._fresh.get(record_id, []) if each is not version)
        return Arrival(
            record=parsed.record,
            evidence=evidence,
            checks=checks,
            unknown=parsed.unknown,
            head=kept_as_found(version),
            versions=tuple(kept_as_found(each) for each in fresh),
        )

    def _settled_pieces(self, came: tuple[Piece, ...], there: list[Piece]) -> tuple[Piece, ...]:
        """Keep of rows that are there what no file tells; archive those whose entry was taken out of the file."""
        old = {each.id: each for each in there}
        settled: list[Piece] = [_as_it_was(each, old.get(each.id)) for each in came]
        gone = (each for each in there if each.live and all(each.id != other.id for other in came))
        settled += (replace(each, deleted_at=self._bench.now) for each in gone)
        return tuple(settled)


def _asked(version: Version) -> int:
    entries = version.document.head.get("conflicts", ())
    return len(entries) if isinstance(entries, tuple) else 0


def _as_it_was(came: Piece, there: Piece | None) -> Piece:
    """Take from the row that is there what no file tells, so that only real changes are logged."""
    if there is None:
        return came
    kept = replace(came, created_at=there.created_at, created_by=there.created_by)
    same = replace(kept, updated_at=there.updated_at, updated_by=there.updated_by)
    return there if same == there else kept
