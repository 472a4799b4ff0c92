"""Giving out: writing to a shared folder what the store has and the folder has not.

A file is replaced only if it is still what was last read or written there, whole and by a rename; the
marker is written first. A file that is missing is not written again until somebody says so, and one that cannot be
read is never touched. Copies of a file go once the record they were merged into is on the disk. In a folder that may
not be written to nothing happens, which is said once.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fieldgate.documents.folder import Folder
from fieldgate.documents.frontmatter import dump, parse
from fieldgate.documents.manifest import GIT_ATTRIBUTES, read_manifest
from fieldgate.documents.tree import ATTRIBUTES, MANIFEST, Trouble, birth_path, trouble_of
from fieldgate.errors import BusyError, FieldgateError, FormatError, NotFoundError, UndecidedError
from fieldgate.store.folders import SeenFile
from fieldgate.words import t
from fieldgate.workspace.doubles import own_file
from fieldgate.workspace.places import place_of
from fieldgate.workspace.sameness import holds, is_as_seen, is_version
from fieldgate.workspace.sharing_report import SyncReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from fieldgate.documents.disk import Stamp
    from fieldgate.store import folders
    from fieldgate.store.store import Store
    from fieldgate.store.versions import Head
    from fieldgate.workspace.service import Workspace

_BATCH = 200
_NOT_OURS_TO_WRITE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def give_out(workspace: Workspace, path: Path, *, missing_too: bool = False) -> SyncReport:
    """Write what differs to a shared folder that is known.

    Args:
        workspace: The open workspace.
        path: The folder.
        missing_too: Write files again that are missing.

    Raises:
        NotFoundError: There is no folder.
        FormatError: It has no workspace.md any more, or a damaged one.
        UndecidedError: It is another workspace, or was not taken in yet.
        BusyError: The disk is full.
    """
    path = path.absolute()
    with Folder(path) as folder:
        place = place_of(workspace.store, path, folder.identity())
        if place is None:
            raise UndecidedError(
                t("{path} was not taken in yet.", path=path), t("First: fieldgate sync {path}", path=path), str(path)
            )
        giving = Giving(workspace.store, folder, place, missing_too=missing_too)
        giving.check_marker(workspace.facts.workspace.id)
        return giving.write_all()


def start_folder(workspace: Workspace, path: Path) -> SyncReport:
    """Write a workspace to a folder for the first time, the marker first.

    Raises:
        BusyError: It cannot be written.
    """
    with Folder(path) as folder:
        device, inode = folder.identity()
        place = workspace.store.folders.add(path, device=device, inode=inode)
        return Giving(workspace.store, folder, place, missing_too=True).write_all()


@dataclass(slots=True)
class _Tally:
    written: int = 0
    read: int = 0
    removed: list[str] = field(default_factory=list)
    skipped: int = 0
    troubles: list[Trouble] = field(default_factory=list)


class Giving:
    """One folder being written."""

    def __init__(self, store: Store, folder: Folder, place: folders.Folder, *, missing_too: bool) -> None:
        self._store = store
        self._folder = folder
        self._place = place
        self._missing_too = missing_too
        self._tally = _Tally()
        self._seen: list[SeenFile] = []
        self._differing = store.folders.differing(place)
        self._files = store.folders.files(place) if missing_too else store.folders.files_of(place, self._differing)
        self._gone = self._files.keys() - folder.scan().stamps.keys() if missing_too else set()
        self._of_record: dict[str, list[str]] = {}
        for path, seen in self._files.items():
            self._of_record.setdefault(seen.id, []).append(path)

    def check_marker(self, workspace_id: str) -> None:
        """Refuse a folder that is not, or no longer, this workspace.

        Raises:
            FormatError: It has no workspace.md.
            UndecidedError: It is another workspace.
        """
        seen = self._store.folders.file(self._place, MANIFEST)
        if seen is not None and self._stands(seen):
            return
        if read_manifest(self._folder).id != workspace_id:
            raise UndecidedError(
                t("{path} holds another workspace; nothing was written.", path=self._folder.path),
                t("Open it by itself: fieldgate {path}", path=self._folder.path),
                str(self._folder.path),
            )

    def write_all(self) -> SyncReport:
        """Write every record whose file differs; then remove copies that are merged."""
        differing = self._differing | {self._files[path].id for path in self._gone}
        found = self._store.heads(differing).values() if differing else ()
        heads = sorted(found, key=lambda head: (head.kind != "workspace", head.id))
        stale = [head for head in heads if self._differs(head)]
        copies = [head for head in heads if len(self._of_record.get(head.id, ())) > 1]
        unwritten = ""
        try:
            if stale or copies:
                self._folder.sweep()
            self._write_each(stale)
            self._remove_copies(copies)
            if self._tally.written:
                self._folder.write(ATTRIBUTES, GIT_ATTRIBUTES, None)
        except BusyError as error:
            unwritten = self._cannot_write(error)
        finally:
            self._remember()
        tally = self._tally
        return SyncReport(
            read=tally.read,
            written=tally.written,
            removed=tuple(tally.removed),
            skipped=tally.skipped,
            troubles=tuple(tally.troubles),
            unwritten=unwritten,
        )

    def _write_each(self, heads: Sequence[Head]) -> None:
        for number, head in enumerate(heads, 1):
            self._write(head)
            if number % _BATCH == 0:
                self._remember()

    def _differs(self, head: Head) -> bool:
        paths = self._of_record.get(head.id)
        if not paths or own_file(head.id, paths) in self._gone:
            return True
        return not holds(self._files[own_file(head.id, paths)], head)

    def _write(self, head: Head) -> None:
        paths = self._of_record.get(head.id)
        path = own_file(head.id, paths) if paths else ""
        try:
            text = self._text(head)
            path = path or self._free(birth_path(parse(text).document), head)
            expected = self._expected(path)
        except FieldgateError as error:
            self._tally.troubles.append(trouble_of(path or head.id, error))
            return
        if expected is not _SKIP:
            self._put(path, head, text, None if expected is None else str(expected))

    def _free(self, path: str, head: Head) -> str:
        """Return the path, or one beside it where the file there was made another record by hand."""
        free, number = path, 1
        while (seen := self._store.folders.file(self._place, free)) is not None and seen.id not in {"", head.id}:
            number += 1
            free = f"{path.removesuffix('.md')}-{number}.md"
        return free

    def _text(self, head: Head) -> str:
        """Return the text of a record's file, which reads back as the same version.

        Raises:
            FormatError: It does not, so it must not be written.
        """
        text = self._store.file_text(head)
        if text is None:
            raise FormatError(t("A version of {id} that should be kept is not there.", id=head.id), "", head.id)
        version = parse(text)
        if version.mark != head.digest:  # taken over from a hand edit that said the same
            text = dump(replace(version, mark=head.digest))
            version = parse(text)
        if not is_version(version, head.digest, head.vector):
            raise FormatError(t("{id} cannot be written so that it reads back the same", id=head.id), "", head.id)
        return text

    def _put(self, path: str, head: Head, text: str, expected: str | None) -> None:
        stamp = self._folder.write(path, text.encode("utf-8", "surrogatepass"), expected)
        if stamp is None:
            self._tally.skipped += 1
            return
        self._tally.written += 1
        self._see(path, head, stamp)

    def _expected(self, path: str) -> object:
        """Return the fingerprint of the file that may be replaced, None where a new one may be made, else _SKIP."""
        seen = self._files.get(path)
        if seen is None:
            return None
        if not seen.digest:
            return _SKIP  # it cannot be read, or waits for a decision
        try:
            content = self._folder.read(path)
        except NotFoundError:
            return None if self._missing_too else _SKIP
        except FormatError:
            self._tally.skipped += 1
            return _SKIP
        self._tally.read += 1
        if not is_as_seen(content, seen):
            self._tally.skipped += 1
            return _SKIP
        return content.fingerprint

    def _remove_copies(self, heads: Iterable[Head]) -> None:
        """Remove the other files of records whose own file now holds what they were merged into."""
        gone = []
        for head in heads:
            paths = [path for path in self._of_record[head.id] if self._files[path].digest]
            if not paths or not holds(self._files[own_file(head.id, paths)], head):
                continue
            others = sorted(set(paths) - {own_file(head.id, paths)})
            gone += [path for path in others if self._remove(path)]
        if gone:
            self._store.folders.see(self._place, (), gone)

    def _remove(self, path: str) -> bool:
        try:
            content = self._folder.read(path)
        except NotFoundError:
            return True
        except FormatError:
            return False
        if not is_as_seen(content, self._files[path]) or not self._folder.remove(path, content.fingerprint):
            self._tally.skipped += 1
            return False
        self._tally.removed.append(path)
        return True

    def _see(self, path: str, head: Head, stamp: Stamp) -> None:
        seen = SeenFile(
            path=path,
            id=head.id,
            size=stamp.size,
            mtime_ns=stamp.mtime_ns,
            inode=stamp.inode,
            digest=head.digest,
            vector=head.vector,
        )
        self._files[path] = seen
        paths = self._of_record.setdefault(head.id, [])
        if path not in paths:
            paths.append(path)
        self._seen.append(seen)

    def _remember(self) -> None:
        if self._seen:
            self._store.folders.see(self._place, self._seen)
            self._seen = []

    def _stands(self, seen: SeenFile) -> bool:
        try:
            status = (self._folder.path / seen.path).lstat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns, status.st_ino) == (seen.size, seen.mtime_ns, seen.inode)

    def _cannot_write(self, error: BusyError) -> str:
        """Return what is said of a folder that cannot be written; of one that never can be, only once.

        Raises:
            BusyError: It is the disk that is full, or fails.
        """
        cause = error.__cause__
        if not (isinstance(cause, OSError) and cause.errno in _NOT_OURS_TO_WRITE):
            raise error
        key = f"read_only.{self._place.id}"
        if self._store.meta(key):
            return ""
        self._store.keep_meta(key, "told")
        return t("{path} may only be read: what others write comes in, yours stays here", path=self._folder.path)


_SKIP = object()
