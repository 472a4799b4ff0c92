"""The text form of a whole workspace: every record as the file that it is, and a new folder made of these files."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from typing import TYPE_CHECKING

from fieldgate.documents.document import Version
from fieldgate.documents.folder import Folder
from fieldgate.documents.frontmatter import dump
from fieldgate.documents.manifest import GIT_ATTRIBUTES
from fieldgate.documents.tree import ATTRIBUTES, birth_path
from fieldgate.domain.kinds import OWN_FILE, kind_of, kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence
from fieldgate.errors import BusyError
from fieldgate.store.versions import Head, assembled
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fieldgate.domain.records.record import Record
    from fieldgate.store.store import Store


def text_files(store: Store) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every file of a workspace, workspace.md first; the same store, the same bytes.

    Archived records are among them, and records of kinds that only a newer fieldgate knows.
    """
    heads = store.heads()
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    checks: dict[str, list[Check]] = defaultdict(list)
    for each in store.records("evidence"):
        if isinstance(each, Evidence):
            evidence[each.note_id].append(each)
    for each in store.records("check"):
        if isinstance(each, Check):
            checks[each.owner_id].append(each)
    for kind in OWN_FILE:
        for record in store.records(kind):
            head = heads.get(record.id) or Head(id=record.id, kind=kind)
            document = assembled(record, evidence[record.id], checks[record.id], head)
            yield birth_path(document), dump(Version(document=document, vector=head.vector)).encode()
    for head in heads.values():
        version = store.version(head.id, head.digest) if head.kind not in kinds() else None
        if version is not None:
            yield birth_path(version.document), dump(version).encode()
    yield ATTRIBUTES, GIT_ATTRIBUTES


def files_of(records: Iterable[Record]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every file of a workspace that has no history: just these records."""
    by_owner: dict[str, tuple[list[Evidence], list[Check]]] = defaultdict(lambda: ([], []))
    own = []
    for each in records:
        if isinstance(each, Evidence):
            by_owner[each.note_id][0].append(each)
        elif isinstance(each, Check):
            by_owner[each.owner_id][1].append(each)
        else:
            own.append(each)
    for each in sorted(own, key=lambda record: OWN_FILE.index(kind_of(record))):
        head = Head(id=each.id, kind=kind_of(each))
        document = assembled(each, *by_owner[each.id], head)
        yield birth_path(document), dump(Version(document=document, vector=head.vector)).encode()
    yield ATTRIBUTES, GIT_ATTRIBUTES


def write_folder(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Make a folder of files: whole under its name, or not there at all; returns how many files it has.

    Args:
        target: Not there yet, or an empty folder.
        files: Relative path and bytes of each.

    Raises:
        BusyError: Something stands there, or it cannot be written.
    """
    refuse_taken(target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    count = 0
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.mkdir(mode=0o700)
        with Folder(unfinished) as folder:
            for path, data in files:
                folder.write(path, data, None)
                count += 1
        unfinished.rename(target)
    except OSError as error:
        message = t("{path} cannot be written: {why}.", path=target, why=error.strerror)
        raise BusyError(message, t("Check that there is room and that you may write there."), str(target)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return count


def refuse_taken(target: Path) -> None:
    """Refuse a place where something stands already.

    Raises:
        BusyError: There is a file, a link, or a folder that is not empty.
    """
    free = not target.exists() or (target.is_dir() and not any(target.iterdir()))
    if target.is_symlink() or not free:
        raise BusyError(
            t("Something stands there already: {path}", path=target), t("Choose another name."), str(target)
        )
