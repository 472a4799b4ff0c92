"""Taking a shared folder in: what changed in it since it was last seen, merged into the store in one transaction.

Only files whose size, time or number on the disk changed are read. All files with one id are
versions of one record, whatever their names. A file that is gone changes no record: it is listed until somebody
chooses. Where more than a fifth of the files (and more than five) are gone, where the marker is gone, or where the
folder is another workspace, nothing is read or written. A file that cannot be read is named and left alone. Until the
transaction ends nothing has happened; after it, the next sync does whatever a crash left undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fieldgate.documents.folder import Folder
from fieldgate.documents.frontmatter import digest
from fieldgate.documents.manifest import read_manifest
from fieldgate.documents.reading import read_some
from fieldgate.documents.tree import MANIFEST, Trouble
from fieldgate.documents.vectors import Order, compare
from fieldgate.errors import UndecidedError
from fieldgate.sync.git_stages import is_clone
from fieldgate.sync.take import Happened
from fieldgate.words import t
from fieldgate.workspace.doubles import looks_like_template
from fieldgate.workspace.new_from_copies import make_record
from fieldgate.workspace.places import moved, moved_from, place_of, unknown_place
from fieldgate.workspace.sameness import BYTES
from fieldgate.workspace.seeing import ASKED, Look, differs, seen_file, unusable
from fieldgate.workspace.sharing_report import SyncReport
from fieldgate.workspace.taking import Came, Taking
from fieldgate.workspace.unmerged import with_both_sides
from fieldgate.workspace.wishes import NOTHING_SAID, Place, Wishes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fieldgate.documents.reading import Found
    from fieldgate.documents.scan import Scan
    from fieldgate.store import folders
    from fieldgate.store.bench import Bench
    from fieldgate.store.folders import SeenFile
    from fieldgate.store.taking import Arrival
    from fieldgate.workspace.service import Workspace

FEW = 5
SHARE = 0.2
"""So many files, and this share of all, may be missing before nothing at all is done."""


def take_in_folder(
    workspace: Workspace, path: Path, wishes: Wishes = NOTHING_SAID, *, merging: bool = False
) -> SyncReport:
    """Take in what changed in a shared folder; writes nothing to it.

    Args:
        workspace: The open workspace.
        path: The folder.
        wishes: What was decided about it.
        merging: Where git stopped in the middle of a merge, take what it kept of both sides.

    Raises:
        NotFoundError: There is no folder.
        FormatError: It has no workspace.md, or a damaged one.
        NewerFormatError: A newer fieldgate writes it.
        UndecidedError: It is another workspace, too many files are missing, or it is an unknown place.
    """
    store, path = workspace.store, path.absolute()
    with Folder(path) as folder:
        place = _place(workspace, folder, path, wishes)
        scan = folder.scan()
        stopped = store.folders.trouble(place) if place and merging and is_clone(path) else {}
        if place and not wishes.doubles_said and not stopped and _nothing_new(store.folders, place, scan):
            return SyncReport(troubles=scan.troubles, undecided=store.folders.marked(place, ASKED))
        known = store.folders.files(place) if place else {}
        _refuse_other(folder, scan, known, workspace.facts.workspace.id)
        changed = [
            each
            for each, stamp in scan.stamps.items()
            if differs(known.get(each), stamp)
            or each in stopped
            or (wishes.doubles_said and known[each].digest == ASKED)
        ]
        reading = read_some(folder, changed, workspace.facts.workspace.id)
        if merging and reading.troubles and is_clone(path):
            reading = with_both_sides(folder, reading, workspace.facts.workspace.id)
    look = Look(path=path, identity=_identity(path), known=known, scan=scan, changed=changed, reading=reading)
    job = FolderJob(look, workspace.facts.workspace.id, workspace.writer, wishes, known_place=place is not None)
    if not (changed or job.missing or set(known) - scan.stamps.keys() or place is None):
        return _report(job, store.folders.trouble(place) if place else {})
    job.refuse_emptied()
    workspace.guard.arriving()
    workspace.take_in(job, words=t("Took in {path}", path=path.name))
    return _report(job, job.trouble)


@dataclass(slots=True)
class FolderJob:
    """One folder taken in: called inside the transaction, then asked what it came to."""

    look: Look
    workspace_id: str
    writer: str
    wishes: Wishes
    known_place: bool
    older: dict[str, tuple[str, str]] = field(default_factory=dict)
    undecided: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    trouble: dict[str, str] = field(default_factory=dict)
    taking: Taking | None = None
    _places: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.missing = self._missing()
        asked = (path for path, seen in self.look.known.items() if seen.digest == ASKED)
        self.undecided = [each for each in asked if each in self.look.scan.stamps and each not in self.look.changed]
        for path, seen in self.look.known.items():
            if path in self.look.scan.stamps:
                self._places.setdefault(seen.id, set()).add(path)
        for each in self.look.reading.versions:
            self._places.setdefault(each.version.document.id, set()).add(each.path)

    def __call__(self, bench: Bench) -> list[Arrival]:
        """Merge what was read into what the store has, and remember the files."""
        taking = self.taking = Taking(bench, self.workspace_id, self.writer)
        bench.expect({each.version.document.id for each in self.look.reading.versions})
        seen = [self._take(taking, each) for each in sorted(self.look.reading.versions, key=_order)]
        left = {each.path for each in seen if not each.digest}
        seen = [replace(each, digest="") if each.path in left else each for each in seen]
        if self.older and not (self.known_place or self.wishes.place):
            raise unknown_place(self.look.path, len(self.older))
        arrivals = list(taking.arrivals())
        folder = bench.folder(self.look.path, *self.look.identity)
        left_alone = [*self.look.scan.troubles, *self.look.reading.troubles, *taking.came.troubles]
        self.trouble = {each.path: each.why for each in left_alone}
        bench.see(folder, [*seen, *self._unusable()], self._forgotten())
        kept = bench.trouble(folder)
        unchanged = self.look.known.keys() - set(self.look.changed)
        self.trouble |= {path: why for path, why in kept.items() if path in unchanged and path in self.look.scan.stamps}
        bench.list_trouble(folder, self.trouble)
        self.missing = [each for each in self.missing if _is_live(taking, self.look.known[each].id)]
        return arrivals

    def refuse_emptied(self) -> None:
        """Refuse a folder out of which much is gone: it is unmounted, half copied, or emptied by mistake.

        Raises:
            UndecidedError: More than a fifth of the files, and more than a few, are gone.
        """
        known = sum(bool(each.id) for each in self.look.known.values())
        if self.wishes.put_back or self.wishes.archive or len(self.missing) <= max(FEW, SHARE * known):
            return
        raise UndecidedError(
            t("{n} of {all} files are missing in {path}; nothing was changed.", n=len(self.missing), all=known,
              path=self.look.path),
            t("Connect or restore the folder. If it is meant: fieldgate sync --put-back, or --archive-missing."),
            str(self.look.path),
            ("put_back", "archive"),
        )  # fmt: skip

    def _take(self, taking: Taking, found: Found) -> SeenFile:
        """Take in one file; returns how it is remembered."""
        record_id, mark = found.version.document.id, digest(found.version.document)
        if found.stands_for:
            taken = taking.take(found.version, found.path, found.parsed) is not None
            return unusable(found.path, found.stamp, record_id, f"{BYTES}{found.fingerprint}" if taken else "")
        if not self.wishes.doubles_too and self._is_template(found):
            if not self.wishes.doubles_new:
                self.undecided.append(found.path)
                return unusable(found.path, found.stamp, "", ASKED)
            new_id = make_record(taking, found)
            return seen_file(found.path, new_id, found.stamp, mark if new_id else ASKED, found.version.vector)
        before = taking.current(record_id)
        happened = taking.take(found.version, found.path, found.parsed)
        if happened is None:
            return unusable(found.path, found.stamp, record_id)
        known = happened in {Happened.OLD, Happened.KNOWN}
        if known and before is not None and compare(found.version.vector, before.vector) is Order.BEFORE:
            self.older[found.path] = (record_id, mark)
        return seen_file(found.path, record_id, found.stamp, mark, found.version.vector)

    def _is_template(self, found: Found) -> bool:
        others = self._places.get(found.version.document.id, set()) - {found.path}
        seen = self.look.known.get(found.path)
        return looks_like_template(found, others, known=seen is not None and seen.digest != ASKED)

    def _unusable(self) -> list[SeenFile]:
        """Remember how files that could not be read stood, so that they are read again only when they change."""
        stamps = self.look.scan.stamps
        read = {each.path for each in self.look.reading.versions}
        paths = [each for each in self.look.changed if each not in read]
        return [unusable(each, stamps[each], self._id_at(each)) for each in paths]

    def _id_at(self, path: str) -> str:
        return self.look.known[path].id if path in self.look.known else ""

    def _missing(self) -> list[str]:
        """Known files that are gone, and whose record stands nowhere else in the folder."""
        look = self.look
        troubled = {each.path for each in look.scan.troubles}
        gone = [each for each in look.known if each not in look.scan.stamps and each not in troubled]
        gone = [each for each in gone if each.partition("/")[0] not in look.scan.unread]
        there = {seen.id for path, seen in look.known.items() if path in look.scan.stamps}
        there |= {each.version.document.id for each in look.reading.versions}
        return sorted(each for each in gone if look.known[each].id and look.known[each].id not in there)

    def _forgotten(self) -> list[str]:
        """Files that are gone and need not be missed: their record stands at another path."""
        missed = set(self._missing())
        gone = self.look.known.keys() - self.look.scan.stamps.keys()
        return [each for each in gone if each not in missed and each not in self.trouble]


def _nothing_new(shared: folders.Folders, place: folders.Folder, scan: Scan) -> bool:
    """Whether every file stands as it was last seen, none is gone, and the marker is among them."""
    stamps = {path: (each.size, each.mtime_ns, each.inode) for path, each in scan.stamps.items()}
    return MANIFEST in stamps and not scan.unread and stamps == shared.stamps(place) and _told(shared, place, scan)


def _told(shared: folders.Folders, place: folders.Folder, scan: Scan) -> bool:
    return {each.path: each.why for each in scan.troubles} == shared.trouble(place)


def _place(workspace: Workspace, folder: Folder, path: Path, wishes: Wishes) -> folders.Folder | None:
    store, identity = workspace.store, folder.identity()
    place = place_of(store, path, identity)
    if place is None and wishes.place is Place.MOVED:
        place = moved(store, moved_from(store.folders.all(), path), path, identity)
    return place


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _refuse_other(folder: Folder, scan: Scan, known: Mapping[str, SeenFile], workspace_id: str) -> None:
    stamp = scan.stamps.get(MANIFEST)
    if stamp is not None and not differs(known.get(MANIFEST), stamp):
        return
    manifest = read_manifest(folder)
    if manifest.id != workspace_id:
        raise UndecidedError(
            t("{path} holds another workspace, {name}; nothing was read or written.", path=folder.path,
              name=manifest.name),
            t("Open it by itself: fieldgate {path}", path=folder.path),
            str(folder.path),
        )  # fmt: skip


def _order(found: Found) -> tuple[bool, str]:
    """Files under their own name first, so that a copy is judged by what the record's own file says."""
    return (not found.path.endswith(f"{found.version.document.id}.md"), found.path)


def _is_live(taking: Taking, record_id: str) -> bool:
    version = taking.current(record_id)
    return version is not None and "deleted_at" not in version.document.head


def _report(job: FolderJob, trouble: Mapping[str, str]) -> SyncReport:
    came = job.taking.came if job.taking else Came()
    return came.report(
        older=tuple(job.older),
        older_versions=tuple(job.older.values()),
        missing=tuple(job.missing),
        missing_ids=tuple(job.look.known[each].id for each in job.missing),
        undecided=tuple(job.undecided),
        troubles=tuple(Trouble(path=path, why=why) for path, why in trouble.items()),
        read=len(job.look.reading.versions) + len(job.look.reading.troubles),
    )
