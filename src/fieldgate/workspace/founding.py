"""Making a working store: from a shared folder opened for the first time, or for a new workspace.

The store appears whole under its name, with its playbook and the figures of its first frame, or not at all.
"""

from __future__ import annotations

import gc
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fieldgate.documents.tree import Trouble
from fieldgate.domain.folding import same
from fieldgate.domain.gates import in_force
from fieldgate.domain.identity import random_id
from fieldgate.domain.moves.starting import Start, new_workspace
from fieldgate.domain.occasion import Occasion
from fieldgate.domain.records.people import Workspace
from fieldgate.errors import UsageError
from fieldgate.store.creation import make_file
from fieldgate.store.store import Store
from fieldgate.store.taking import arrivals_of
from fieldgate.words import t
from fieldgate.workspace.arriving import read_target
from fieldgate.workspace.door import STORE_SUFFIX, Target
from fieldgate.workspace.glance import AUTHOR, PLAYBOOK, overrides_of
from fieldgate.workspace.judging import judge
from fieldgate.workspace.mailing import ReadingJob
from fieldgate.workspace.playbook_files import current_playbook, effective_playbook
from fieldgate.workspace.seeing import first_look
from fieldgate.workspace.sharing import FolderJob
from fieldgate.workspace.summary import figures
from fieldgate.workspace.text_form import refuse_taken, text_files, write_folder
from fieldgate.workspace.wishes import NOTHING_SAID

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fieldgate.domain.records.record import Record
    from fieldgate.locations import Locations
    from fieldgate.store.bench import Job
    from fieldgate.store.database import Database
    from fieldgate.store.taking import Arrival
    from fieldgate.workspace.clock import Clock


def prepare(target: Target, locations: Locations, clock: Clock, writer: str) -> tuple[Trouble, ...]:
    """Make the store of a folder or an archive that is opened for the first time; returns the files left out.

    Raises:
        BusyError: The store cannot be written.
    """
    with _collector_paused():
        if target.kind == "archive":
            mailed = ReadingJob(read_target(target), target.workspace_id, writer)
            make_store(target.store, mailed, locations, clock, writer=writer)
            return mailed.troubles
        look = first_look(target.path, target.workspace_id)
        job = FolderJob(look, target.workspace_id, writer, NOTHING_SAID, known_place=True)
        make_store(target.store, job, locations, clock, writer=writer, overrides=overrides_of(target))
        return tuple(Trouble(path=path, why=why) for path, why in job.trouble.items())


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Look for no garbage while ten thousand records are made, all of which stay: a fifth of the time went there."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def found_workspace(
    path: Path, start: Start, locations: Locations, clock: Clock, *, writer: str, author: str | None
) -> Target:
    """Make a new workspace: the file that `path` names, or a shared folder there with its store in the data folder.

    Raises:
        RefusedError: Something that a workspace starts with is missing.
        UsageError: The author is none of the founders, or the path cannot be one of a workspace.
        BusyError: Something stands there already, or it cannot be written. Nothing is left half made.
    """
    by = _founder(start, author)
    playbook = effective_playbook(locations.playbooks(), None, {}).playbook
    occasion = Occasion(today=clock.today(), now=clock.now(), by=by, new_id=random_id, playbook=playbook)
    workspace_id = random_id()
    records = [each.record for each in new_workspace(start, occasion, workspace_id)]
    return workspace_of(path, records, locations, clock, writer=writer, by=by, action="create")


def workspace_of(
    path: Path,
    records: Sequence[Record],
    locations: Locations,
    clock: Clock,
    *,
    writer: str,
    by: str = "",
    action: str = "import",
) -> Target:
    """Make a workspace of records: the file that `path` names, or a shared folder with its store in the data folder.

    Raises:
        BusyError: Something stands there already, or it cannot be written. Nothing is left half made.
    """
    workspace = next(each for each in records if isinstance(each, Workspace))
    target = _target(path, workspace.id, workspace.name, locations)
    make_store(target.store, arrivals_of(records), locations, clock, writer=writer, by=by, author=by, action=action)
    _write_beside(target)
    return target


def workspace_from_text(
    path: Path, source: Target, locations: Locations, clock: Clock, *, writer: str
) -> tuple[Target, ReadingJob]:
    """Make the workspace that a folder of text or a zip holds once more, elsewhere: the same ids, fields and versions.

    Raises:
        BusyError: Something stands there already, or it cannot be written. Nothing is left half made.
    """
    job = ReadingJob(read_target(source), source.workspace_id, writer)
    target = _target(path, source.workspace_id, source.name, locations)
    make_store(target.store, job, locations, clock, writer=writer)
    _write_beside(target)
    return target, job


def _target(path: Path, workspace_id: str, name: str, locations: Locations) -> Target:
    """A file, or a folder with its store in the data folder."""
    as_file = path.name.endswith(STORE_SUFFIX)
    if not as_file:
        refuse_taken(path)
    store = path if as_file else locations.store_path(workspace_id)
    kind = "store" if as_file else "folder"
    return Target(path=path, kind=kind, store=store, workspace_id=workspace_id, name=name)


def _write_beside(target: Target) -> None:
    """Write the folder of a store that was just made; without it the store is not there either."""
    path, store = target.path, target.store
    if target.kind == "folder":
        try:
            with Store.open(store, trusted=True) as opened:
                write_folder(path, text_files(opened))
        except BaseException:
            shutil.rmtree(store.parent, ignore_errors=True)
            raise


def _founder(start: Start, author: str | None) -> str:
    handles = [each.handle for each in start.founders]
    if author is None:
        return handles[0] if handles else ""
    for handle in handles:
        if same(handle, author):
            return handle
    raise UsageError(
        t("{handle} is none of the founders.", handle=author),
        t("Founders: {handles}", handles=", ".join(handles) or "-"),
        "--as",
    )


def make_store(
    path: Path,
    arrivals: Sequence[Arrival] | Job,
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
        store.keep_figures(done.facts, lambda facts: figures(judge(facts, playbook, today)), day=today)

    make_file(path, fill)
