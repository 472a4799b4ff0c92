"""Workspace: the one way to change anything. Checks, saves, and answers with the new State.

Used by one thread at a time. The only other module that loads SQLModel on purpose is the store itself; `door` imports
this one late.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fieldgate.documents.tree import trouble_of
from fieldgate.domain.identity import random_writer
from fieldgate.imports.json_records import ENDING, read_json
from fieldgate.mishaps import said
from fieldgate.store.reader import Reader
from fieldgate.store.store import Store
from fieldgate.store.taking import arrivals_of
from fieldgate.workspace import founding
from fieldgate.workspace.acting import Acting
from fieldgate.workspace.arriving import count_of
from fieldgate.workspace.attachments import take_attachments, take_from_archive
from fieldgate.workspace.door import inspect
from fieldgate.workspace.glance import effective_of
from fieldgate.workspace.own_copy import make_own_copy
from fieldgate.workspace.playbook_files import FILE_NAME
from fieldgate.workspace.recent import Recent, remember
from fieldgate.workspace.sharer import Sharing
from fieldgate.workspace.sharing_report import SyncReport
from fieldgate.workspace.upkeep import examination, forgetting, soundness
from fieldgate.workspace.upkeep.keeper import Keeper
from fieldgate.workspace.wishes import NOTHING_SAID, Wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from fieldgate.documents.tree import Trouble
    from fieldgate.domain.moves.starting import Start
    from fieldgate.domain.records.record import Record
    from fieldgate.errors import FormatError
    from fieldgate.locations import Locations
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.door import Target
    from fieldgate.workspace.state import State
    from fieldgate.workspace.upkeep.examination import Findings
    from fieldgate.workspace.upkeep.mending import Repair


class Workspace(Acting):
    """An open workspace with all that belongs to it: sharing, forgetting, and its end."""

    def forget(self, customer_id: str) -> forgetting.Forgotten:
        """Forget a customer for good: names, contact and words, in records, history and backups."""
        return forgetting.forget(self, customer_id)

    @property
    def sharing(self) -> Sharing:
        """All that has to do with other founders and other machines."""
        return Sharing(self)

    def take_in_shared(self) -> tuple[State, SyncReport]:
        """Take in what changed in the shared folders, or the zip that was opened; writes nothing there."""
        with said():
            report = self.sharing.take_in()
        return self.state(), report

    def sync(self, wishes: Wishes = NOTHING_SAID) -> tuple[State, SyncReport]:
        """Take in what changed in the shared folders, and write to them what changed here."""
        with said():
            report = self.sharing.sync(wishes)
        self._edited = False
        return self.state(), report

    def give_out(self) -> SyncReport:
        """Write to the shared folders what was changed here since; nothing if nothing was."""
        if not self._edited:
            return SyncReport()
        with said():
            report = self.sharing.give_out()
        self._edited = False
        return report

    def close(self, *, give_out: bool = True) -> None:
        """Write to the shared folders what was changed here, and let go of the store."""
        try:
            if give_out:
                self.give_out()
        finally:
            self._reader.close()
            self.store.close()


def open_target(target: Target, locations: Locations, clock: Clock, author: str | None) -> Workspace:
    """Open a workspace for reading and writing; a folder seen for the first time gets its store."""
    if not target.known:
        prepare(target, locations, clock)
    trusted = target.store.is_relative_to(locations.data)
    store = Store.open(target.store, read_only=target.read_only, trusted=trusted)
    workspace = Workspace(store, target, locations, clock, author)
    opened = workspace.facts.workspace
    remember(locations, Recent(path=str(target.path.absolute()), workspace_id=opened.id, name=opened.name))
    return workspace


def prepare(target: Target, locations: Locations, clock: Clock) -> tuple[Trouble, ...]:
    """Make the store of a folder or an archive seen for the first time; returns the files that were left out."""
    return founding.prepare(target, locations, clock, random_writer())


def take_in(target: Target, locations: Locations, clock: Clock) -> SyncReport:
    """Take in what changed in the shared folder of a workspace, and write nothing there."""
    workspace = open_target(target, locations, clock, None)
    try:
        return workspace.take_in_shared()[1]
    finally:
        workspace.close(give_out=False)


def own_copy(target: Target, locations: Locations, clock: Clock) -> Target:
    """Make the workspace in a folder one of its own."""
    own = make_own_copy(target, locations, clock, random_writer())
    remember(locations, Recent(path=str(own.path.absolute()), workspace_id=own.workspace_id, name=own.name))
    return own


def make_store(target: Target, records: Iterable[Record], locations: Locations, clock: Clock, author: str) -> None:
    """Make the store of a target from records."""
    arrivals = arrivals_of(records)
    founding.make_store(target.store, arrivals, locations, clock, writer=random_writer(), author=author)


def examine(target: Target, locations: Locations, clock: Clock) -> Findings:
    """Look at everything that can be wrong with what was found."""
    found = examination.examine(target, lambda: prepare(target, locations, clock))
    with Reader(target.store, clock.today()) as reader:
        unused = effective_of(reader, target, locations).trouble
    return replace(found, troubles=(*found.troubles, *(trouble_of(FILE_NAME, each) for each in unused)))


def look_over(store: Path, folder: Path) -> FormatError | None:
    """Look whether a store is sound; in the folder stands when that was done thoroughly."""
    return soundness.look_over(store, folder / "looked-over")


def keeper(target: Target, locations: Locations) -> Keeper:
    """Return who looks after the files of a workspace, whether its store opens or not."""
    return Keeper(target, locations)


def repair(target: Target, locations: Locations, clock: Clock) -> Repair:
    """Repair a damaged store, and look that the workspace opens."""
    done = Keeper(target, locations).repair(random_writer())
    workspace = open_target(target, locations, clock, None)
    workspace.settle_figures()
    workspace.close(give_out=False)
    return done


def found_workspace(path: Path, start: Start, locations: Locations, clock: Clock, author: str | None) -> Target:
    """Make a new workspace; it is the one used last from here on."""
    target = founding.found_workspace(path, start, locations, clock, writer=random_writer(), author=author)
    workspace = open_target(target, locations, clock, author)
    if target.kind == "folder":
        workspace.take_in_shared()  # so that the store knows the folder that was just written from it
    workspace.close()
    return target


def found_from(path: Path, source: Path, locations: Locations, clock: Clock) -> tuple[Target, int, Sequence[Trouble]]:
    """Make a workspace out of records that were written as JSON, as a folder of text or as a zip."""
    if source.suffix.lower() == ENDING:
        records = read_json(source)
        return founding.workspace_of(path, records, locations, clock, writer=random_writer()), len(records), ()
    text = inspect(source, locations)
    target, job = founding.workspace_from_text(path, text, locations, clock, writer=random_writer())
    workspace = open_target(target, locations, clock, None)
    take = take_from_archive if text.kind == "archive" else take_attachments
    troubles = (*job.troubles, *take(workspace, source))
    workspace.close()
    return target, count_of(job.reading), troubles
