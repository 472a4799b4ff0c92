"""Making a working store: from a shared folder opened for the first time, or for a new workspace.

The store appears whole under its name, with its playbook and the figures of its first frame, or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import digest
from fieldgate.domain.gates import in_force
from fieldgate.store.creation import make_file
from fieldgate.store.store import Store
from fieldgate.store.taking import Arrival, arrivals_of
from fieldgate.store.versions import kept
from fieldgate.workspace.arriving import one_each, read_target
from fieldgate.workspace.glance import AUTHOR, PLAYBOOK, overrides_of
from fieldgate.workspace.playbook_files import current_playbook
from fieldgate.workspace.summary import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from fieldgate.documents.reading import Found
    from fieldgate.documents.tree import Trouble
    from fieldgate.domain.records.record import Record
    from fieldgate.locations import Locations
    from fieldgate.store.database import Database
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.door import Target


def prepare(target: Target, locations: Locations, clock: Clock, writer: str) -> tuple[Trouble, ...]:
    """Make the store of a folder or an archive that is opened for the first time; returns the files left out.

    Raises:
        BusyError: The store cannot be written.
    """
    reading = read_target(target)
    arrivals = [arrival_of(each) for each in one_each(reading.versions)]
    make_store(target.store, arrivals, locations, clock, writer=writer, overrides=overrides_of(target))
    return reading.troubles


def found(path: Path, records: Iterable[Record], locations: Locations, clock: Clock, *, writer: str, by: str) -> None:
    """Make the store of a new workspace from its first records."""
    make_store(path, arrivals_of(records), locations, clock, writer=writer, by=by, author=by, action="create")


def make_store(
    path: Path,
    arrivals: Sequence[Arrival],
    locations: Locations,
    clock: Clock,
    *,
    writer: str,
    by: str = "",
    action: str = "import",
    author: str = "",
    overrides: str | None = None,
) -> None:
    """Make a store from records, each with its version if it came with one."""

    def fill(database: Database) -> None:
        store = Store(database)
        done = store.take_in(None, arrivals, by=by, now=clock.now(), session=writer, action=action)
        policy = dict(done.facts.workspace.policy)
        effective, keep = current_playbook(None, locations.playbooks(), overrides, policy)
        store.keep_meta(PLAYBOOK, keep or "")
        if author:
            store.keep_meta(AUTHOR, author)
        playbook = in_force(done.facts, effective.playbook)
        today = clock.today()
        store.keep_figures(done.facts, lambda facts: figures(facts, playbook, today), day=today)

    make_file(path, fill)


def arrival_of(each: Found) -> Arrival:
    """Return a file's record as something to take in: with its own version, unless it was edited by hand since."""
    parsed, version = each.parsed, each.version
    if parsed.record is None:
        raise ValueError(each.path)
    clean = version.mark in {"-", digest(version.document)}
    return Arrival(
        record=parsed.record,
        evidence=parsed.evidence,
        checks=parsed.checks,
        unknown=parsed.unknown,
        head=kept(Version(document=version.document, vector=version.vector)) if clean else None,
        versions=() if clean else (kept(version),),
    )
