"""Both halves of a sync over all the places that a workspace is shared at: taking in, then giving out."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from fieldgate.domain.changes import Act, Edit
from fieldgate.errors import (
    BusyError,
    FieldgateError,
    FormatError,
    NotFoundError,
    RefusedError,
    UndecidedError,
)
from fieldgate.mishaps import said
from fieldgate.words import t
from fieldgate.workspace.attachments import give_attachments, take_attachments
from fieldgate.workspace.door import need_name
from fieldgate.workspace.earlier import with_content
from fieldgate.workspace.giving import give_out, start_folder
from fieldgate.workspace.mailing import take_in_archive
from fieldgate.workspace.remotes import sync_by_git
from fieldgate.workspace.sharing import take_in_folder
from fieldgate.workspace.sharing_report import SyncReport, both
from fieldgate.workspace.wishes import NOTHING_SAID, Wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.workspace.service import Workspace

OLDER = "older"
"""The name under which a store keeps which older files came back: ids of records, and digests of what they say."""

ROUNDS = 3
"""How often a sync goes on while files change under it."""


def shared_folders(workspace: Workspace) -> list[Path]:
    """Return the folder that the workspace was opened at, else every folder that it is shared at."""
    if workspace.target.kind == "folder":
        return [workspace.target.path.absolute()]
    return [each.path for each in workspace.store.folders.all()]


def sync_folder(workspace: Workspace, path: Path, wishes: Wishes = NOTHING_SAID) -> SyncReport:
    """Take a folder in, then write what differs; again where files changed meanwhile.

    Raises:
        FieldgateError: As `take_in_folder` and `give_out`.
    """
    report = SyncReport()
    for _ in range(ROUNDS):
        came = _take(workspace, path, wishes, merging=True)
        if wishes.archive and came.missing:
            archive_missing(workspace, came.missing_ids)
        chosen = wishes.put_back or wishes.archive
        gave = _give(workspace, path, missing_too=chosen)
        report = both(report, both(replace(came, missing=(), missing_ids=()) if chosen else came, gave))
        if not gave.skipped:
            break
    return report


def archive_missing(workspace: Workspace, ids: Iterable[str]) -> None:
    """Archive the records whose files are missing, in one act.

    Raises:
        RefusedError: A locked hypothesis is among them; it is retired, never archived.
    """
    heads = workspace.store.heads()
    chosen = [(heads[each].kind, each) for each in ids if each in heads]

    def plan(facts: Snapshot) -> Act:
        locked = [
            facts.hypotheses[row_id].code
            for kind, row_id in chosen
            if kind == "hypothesis" and facts.hypotheses[row_id].locked_at is not None
        ]
        if locked:
            raise RefusedError(
                t("Locked hypotheses are never archived: {codes}", codes=", ".join(locked)),
                t("Put their files back: fieldgate sync --put-back; then retire them."),
            )
        edits = tuple(Edit(kind, row_id, {"deleted_at": workspace.clock.now()}) for kind, row_id in chosen)
        return Act(action="delete", changes=edits, words=t("Archived {n} records whose files are gone", n=len(edits)))

    workspace.commit(plan)


def take_in_all(workspace: Workspace) -> SyncReport:
    """Take in every shared folder, and the zip that was opened.

    Raises:
        FieldgateError: The folder that was opened cannot be taken in; of others it is told as trouble.
    """
    report = _each(workspace, lambda path: _take(workspace, path, NOTHING_SAID))
    if workspace.target.kind == "archive":
        report = both(report, take_in_archive(workspace, workspace.target.path))
    return report


def give_out_all(workspace: Workspace) -> SyncReport:
    """Write to every shared folder what differs."""
    return _each(workspace, lambda path: _give(workspace, path))


def _take(workspace: Workspace, path: Path, wishes: Wishes, *, merging: bool = False) -> SyncReport:
    came = take_in_folder(workspace, path, wishes, merging=merging)
    return both(came, SyncReport(troubles=take_attachments(workspace, path)))


def _give(workspace: Workspace, path: Path, *, missing_too: bool = False) -> SyncReport:
    gave = give_out(workspace, path, missing_too=missing_too)
    if gave.unwritten or _may_not_write(path):
        return gave
    return both(gave, SyncReport(written=give_attachments(workspace, path)))


def _may_not_write(path: Path) -> bool:
    return not os.access(path, os.W_OK)


def sync_all(workspace: Workspace, wishes: Wishes = NOTHING_SAID) -> SyncReport:
    """Sync with every shared folder.

    Raises:
        FieldgateError: As for one folder, if there is but one.
    """
    if wishes.go_back:
        go_back(workspace)
    return _each(workspace, lambda path: _sync_place(workspace, path, wishes), asked=True)


def go_back(workspace: Workspace) -> None:
    """Let records say again what the older files say that came back last, in one act.

    Raises:
        RefusedError: No older files came back, or a rule that always holds would be broken.
    """
    pairs = json.loads(workspace.store.meta(OLDER) or "[]")
    heads = workspace.store.heads()
    found = [(heads[each].kind, with_content(workspace.store, each, mark)) for each, mark in pairs if each in heads]
    wanted = [(kind, earlier) for kind, earlier in found if earlier is not None and not earlier.is_current]
    if not wanted:
        raise RefusedError(t("No older files came back."), t("What a record said before: fieldgate versions CODE"))
    workspace.guard.before("bulk")
    workspace.bring_back(wanted)
    workspace.store.keep_meta(OLDER, "[]")


def _sync_place(workspace: Workspace, path: Path, wishes: Wishes) -> SyncReport:
    place = workspace.store.folders.at(path)
    if place is None or not place.remote:
        report = sync_folder(workspace, path, wishes)
    else:
        report = sync_by_git(workspace, place, lambda: sync_folder(workspace, path, wishes))
    if report.older_versions:
        workspace.store.keep_meta(OLDER, json.dumps(report.older_versions))
    place = workspace.store.folders.at(path)
    if place is not None and (place.remote or not report.quiet):
        workspace.store.folders.change(replace(place, last_sync=workspace.clock.now()))
    return report


def share(workspace: Workspace, path: Path) -> SyncReport:
    """Write a workspace as text to a folder, and keep it in step from now on.

    Raises:
        UndecidedError: The folder holds another workspace.
        FormatError: It has no name that can be kept.
        BusyError: It cannot be made, or the working store lies in it.
    """
    path = path.absolute()
    need_name(path)
    if workspace.store.path.absolute().is_relative_to(path):
        raise BusyError(
            t("The working file lies in {path}, and must not be shared itself.", path=path),
            t("Share an empty folder beside it: fieldgate share {path}", path=path / "shared"),
            str(path),
        )
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = t("{path} cannot be made: {why}", path=path, why=error.strerror)
        raise BusyError(message, t("Choose a folder that you may write to."), str(path)) from error
    if (path / "workspace.md").exists():
        return sync_folder(workspace, path)
    started = start_folder(workspace, path)
    return both(started, SyncReport(written=give_attachments(workspace, path)))


def _each(workspace: Workspace, half: Callable[[Path], SyncReport], *, asked: bool = False) -> SyncReport:
    """Do it with every folder; what hinders a sync that nobody asked for keeps nobody from writing in a file."""
    report = SyncReport()
    if workspace.store.read_only:
        return report  # nothing can come in, and nothing was changed that could go out
    paths = shared_folders(workspace)
    for path in paths:
        try:
            with said(path):  # a disk may refuse any operation
                report = both(report, half(path))
        except (NotFoundError, FormatError, BusyError, UndecidedError) as error:
            beside = workspace.target.kind == "store" and not isinstance(error, UndecidedError)
            if len(paths) == 1 and (asked or not beside):
                raise
            report = both(report, SyncReport(unwritten=_told(error)))
    return report


def _told(error: FieldgateError) -> str:
    return f"{error.message} {error.hint}".strip()
