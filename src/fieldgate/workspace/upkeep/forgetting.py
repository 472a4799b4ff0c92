"""Forgetting a customer: a legal right. Names, contact and words go, out of everything that this machine keeps.

Standing answer: blanked are the customer's name and contact, the words of the customer's notes, interviews and checks,
and who reported a request; in the rows, the kept versions, the log, the search and the backups; attached files that only these name, half-written
texts and kept pictures of the screen are removed. The record stays as a
tombstone, so that counts and evidence hold. What git keeps and what other founders keep is theirs to rewrite: it is said.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from fieldgate.documents.tree import ATTACHMENTS
from fieldgate.domain.changes import Act, Edit
from fieldgate.domain.folding import fold
from fieldgate.domain.kinds import KIND_NAMES, kinds
from fieldgate.errors import FieldgateError
from fieldgate.store.backups import flush
from fieldgate.store.database import make_private_file
from fieldgate.store.log import code_of
from fieldgate.store.store import Store
from fieldgate.values import dataclass
from fieldgate.workspace.refused_files import refuse_files
from fieldgate.workspace.upkeep.forgotten_files import (
    only_theirs,
    remove_drafts,
    remove_files,
    remove_pictures,
)
from fieldgate.workspace.upkeep.screens import refuse_if_open

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from fieldgate.domain.records.record import Record
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.upkeep.backups import Backups

GONE = "(forgotten)"
"""What stands where words stood; the same in every language, since it is stored and shared."""

_BLANK: Mapping[str, Mapping[str, Any]] = {
    "customer": {"name": GONE, "contact": None, "ended_reason": None, "emergency_contact": None, "channels": None},
    "note": {"text": GONE},
    "meeting": {"topic": GONE, "place": None, "others": None, "body": "", "agree_reason": None},
    "requirement": {"reported_by": None},
    "check": {"note": None, "measure": None, "target": None, "result": None, "proof": None},
}
"""What each kind of record becomes; conflicts, which may hold words too, become none."""

_TOO_SHORT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What came of it. `blanked`: records by kind; `backups`: how many were rewritten; `left`: files still to be seen to.

    `files` and `drafts`: how many attached files and half-written texts were removed.
    `mentions`: codes of other records whose text names the customer; a person has to change these.
    """

    code: str
    blanked: Mapping[str, int]
    backups: int
    files: int
    drafts: int
    left: tuple[Path, ...]
    mentions: tuple[str, ...]


def forget(workspace: Workspace, customer_id: str) -> Forgotten:
    """Forget a customer.

    Raises:
        BusyError: A screen has the store open, or something could not be written; calling it again goes on.
    """
    store, backups = workspace.store, workspace.guard.backups
    refuse_if_open(store.path)
    edits = _edits(store, customer_id)
    names = _names(store, customer_id)
    files = only_theirs(store, _fields(edits).keys())
    workspace.commit(lambda _: Act(action="update", changes=tuple(edits)))
    store.purge(_fields(edits), names)
    workspace.settle_figures()
    done, left = _forget_in_backups(workspace, backups, customer_id, files)
    refuse_files(store, files)
    left += remove_files(workspace, files, backups.folder / ATTACHMENTS)
    ids = {*_same_customer(store, customer_id), *_fields(edits)}
    drafts = remove_drafts(workspace.locations, workspace.facts.workspace.id, ids, names)
    remove_pictures(workspace.locations.cache)
    blanked: dict[str, int] = {}
    for each in edits:
        blanked[each.kind] = blanked.get(each.kind, 0) + 1
    customer = store.record("customer", customer_id)
    return Forgotten(
        code=code_of(customer) if customer else "",
        blanked=blanked,
        backups=done,
        files=len(files),
        drafts=drafts,
        left=left,
        mentions=tuple(_mentions(store, names)),
    )


def _forget_in_backups(
    workspace: Workspace, backups: Backups, customer_id: str, files: Collection[str]
) -> tuple[int, tuple[Path, ...]]:
    """Rewrite every backup that has the customer; return how many, and the files that could not be."""
    done, left = 0, []
    listed = [each.path for each in backups.listed()]
    for path in listed:
        try:
            done += _forget_in_file(workspace, path, customer_id, files)
        except FieldgateError:
            left.append(path)
    ours = {*listed, backups.folder / ATTACHMENTS}
    others = [each for each in backups.folder.iterdir() if each not in ours] if backups.folder.is_dir() else []
    return done, (*left, *sorted(others))


def _forget_in_file(workspace: Workspace, path: Path, customer_id: str, files: Collection[str]) -> int:
    work = path.with_name(f".{path.name}.{os.getpid()}.new")
    work.unlink(missing_ok=True)
    make_private_file(work)
    try:
        shutil.copyfile(path, work)
        with Store.open(work) as store:
            if store.record("customer", customer_id) is None:
                return 0
            edits, names, clock = _edits(store, customer_id), _names(store, customer_id), workspace.clock

            def plan(_: Snapshot) -> Act:
                return Act(action="update", changes=tuple(edits))

            store.commit(store.load_facts(), plan, by=workspace.author, now=clock.now(), session=workspace.writer)
            store.purge(_fields(edits), names)
            refuse_files(store, files)
        flush(work)
        work.replace(path)
        flush(path.parent)
    finally:
        work.unlink(missing_ok=True)
    return 1


def _edits(store: Store, customer_id: str) -> list[Edit]:
    """Return what blanks the records of a customer; those that are blank already too, whose history may not be."""
    ids = _same_customer(store, customer_id)
    return [
        Edit(kind, each.id, {**blank, "conflicts": ()})
        for kind, blank in _BLANK.items()
        for each in store.records(kind)
        if _belongs(kind, each, ids)
    ]


def _belongs(kind: str, record: Record, ids: frozenset[str]) -> bool:
    return (record.id if kind == "customer" else getattr(record, "customer_id", None)) in ids or (
        kind == "note" and getattr(record, "meeting_id", None) in ids
    )


def _same_customer(store: Store, customer_id: str) -> frozenset[str]:
    """Return the ids of the customer, of those merged into it, and of its interviews, whose notes are its words."""
    customers = {
        each.id for each in store.records("customer") if customer_id in {each.id, getattr(each, "merged_into", None)}
    }
    meetings = {each.id for each in store.records("meeting") if getattr(each, "customer_id", None) in customers}
    return frozenset(customers | meetings)


def _fields(edits: list[Edit]) -> dict[str, frozenset[str]]:
    return {each.row_id: frozenset(each.values) for each in edits}


def _names(store: Store, customer_id: str) -> list[str]:
    ids = _same_customer(store, customer_id)
    names = [str(getattr(each, "name", "")) for each in store.records("customer") if each.id in ids]
    return [each for each in names if each != GONE and len(each) >= _TOO_SHORT]


def _mentions(store: Store, names: list[str]) -> Iterator[str]:
    """Name the records whose text still says one of the names."""
    folded = [fold(each) for each in names]
    for kind in KIND_NAMES:
        for record in store.records(kind):
            texts = (getattr(record, name) for name in kinds()[kind].fields)
            said = "\n".join(fold(each) for each in texts if isinstance(each, str))
            if any(each in said for each in folded):
                yield code_of(record)
