"""Sharing by git: what the other side has comes in as versions, and what the folder then holds goes back.

The git directory is private, in the data folder; git never looks into the shared folder. A file of
the other side that stands nowhere here is put into the folder under the name that it has there. Of two files that are
no records (a playbook, an attachment) ours stays and theirs is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fieldgate.documents.folder import Content, Folder
from fieldgate.documents.reading import Found, Reading, read_content
from fieldgate.documents.tree import (
    ATTACHMENTS,
    ATTRIBUTES,
    PLAYBOOK,
    Trouble,
    attachment_of,
    attachment_path,
    trouble_of,
)
from fieldgate.errors import FormatError, NotFoundError, UsageError
from fieldgate.sync.git import Outgoing, Repository, exchange
from fieldgate.sync.git_program import checked_remote
from fieldgate.sync.git_script import Signature
from fieldgate.words import t
from fieldgate.workspace.mailing import ReadingJob, report_of
from fieldgate.workspace.refused_files import have_left, leaving_files, refused_files
from fieldgate.workspace.sharing_report import SyncReport, both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from fieldgate.store import folders
    from fieldgate.workspace.service import Workspace


def set_remote(workspace: Workspace, shared: Sequence[Path], url: str, branch: str) -> str:
    """Remember where the shared folder is shared by git; returns the address as it can be shown.

    Raises:
        UsageError: git may not be given this address, or it is not clear which folder is meant.
        NotFoundError: It is a local path with no repository.
    """
    place = workspace.store.folders.at(shared[0].absolute()) if len(shared) == 1 else None
    if place is None:
        raise UsageError(
            t("A remote belongs to one shared folder, and this workspace has {n}.", n=len(shared)),
            t("Name the folder: fieldgate remote FOLDER URL; or make one: fieldgate share FOLDER"),
            "remote",
        )
    remote = checked_remote(url, branch)
    workspace.store.folders.change(replace(place, remote=remote.url, branch=remote.branch))
    return remote.shown


def sync_by_git(workspace: Workspace, place: folders.Folder, sync_folder: Callable[[], SyncReport]) -> SyncReport:
    """Fetch, take in, sync the folder, commit and push.

    Args:
        workspace: The open workspace.
        place: The shared folder; its remote is set.
        sync_folder: Syncs the folder itself.

    Raises:
        BusyError: The other side cannot be reached, refuses, or others were faster five times.
        FieldgateError: As `sync_folder`.
    """
    remote = checked_remote(place.remote or "", place.branch or "main")
    directory = workspace.locations.workspace_folder(workspace.facts.workspace.id) / f"folder-{place.id}.git"
    going = _Going(workspace, place, sync_folder)
    words = t("fieldgate: sync by {name}", name=workspace.author or t("somebody"))
    signature = Signature(
        name=workspace.author or "fieldgate", seconds=int(workspace.clock.now().timestamp()), words=words
    )
    exchange(Repository(directory, remote), going.absorb, signature)
    have_left(workspace.store, place)
    return going.report


@dataclass(slots=True)
class _Going:
    """One sync by git, perhaps in several rounds."""

    workspace: Workspace
    place: folders.Folder
    sync_folder: Callable[[], SyncReport]
    report: SyncReport = field(default_factory=SyncReport)

    def absorb(self, contents: Iterable[Content | Trouble]) -> Outgoing:
        """Take in what the other side has, sync the folder, and say what stands there then."""
        found, troubles = self._received(contents)
        if found:
            job = ReadingJob(
                Reading(versions=tuple(found), troubles=()), self.workspace.facts.workspace.id, self.workspace.writer
            )
            self.workspace.take_in(job, words=t("Took in {url}", url=self.place.remote))
            self.report = both(self.report, report_of(job))
        self.report = both(self.report, self.sync_folder())
        self.report = both(self.report, SyncReport(troubles=tuple(troubles)))
        files = self._files()
        leaving = leaving_files(self.workspace.store, self.place)
        forgotten = {f"{ATTACHMENTS}/{each}" for each in leaving} - files.keys()
        return Outgoing(files=files, removed=(*self.report.removed, *sorted(forgotten)))

    def _received(self, contents: Iterable[Content | Trouble]) -> tuple[list[Found], list[Trouble]]:
        """Read the records among the contents; put files into the folder that stand nowhere there."""
        known, refused = self.workspace.store.folders.files(self.place), refused_files(self.workspace.store)
        found: list[Found] = []
        troubles: list[Trouble] = []
        with Folder(self.place.path) as folder:
            for content in contents:
                if isinstance(content, Trouble):
                    troubles.append(content)
                    continue
                try:
                    if content.path.endswith(".md"):
                        found.append(read_content(content, self.workspace.facts.workspace.id))
                    elif attachment_of(content.path) in refused:
                        continue
                    elif not _stands(folder, _sound(content)):
                        troubles.append(_differs(content.path))
                        continue
                except FormatError as error:
                    troubles.append(trouble_of(content.path, error))
                    continue
                if content.path not in known:
                    folder.write(content.path, content.data, None)
        return found, troubles

    def _files(self) -> dict[str, bytes]:
        """What the folder holds and can be used: records, attachments, the playbook."""
        troubled = {each.path for each in self.report.troubles}
        files: dict[str, bytes] = {}
        with Folder(self.place.path) as folder:
            paths = [*folder.scan().stamps, *folder.attachments().stamps, ATTRIBUTES, PLAYBOOK]
            for path in paths:
                if path in troubled or path in self.report.undecided:
                    continue
                try:
                    files[path] = folder.read(path).data
                except (NotFoundError, FormatError):
                    continue  # gone meanwhile, or never there
        return files


def _sound(content: Content) -> Content:
    """Return it, unless it is an attachment that does not hold what its name says."""
    name = attachment_of(content.path)
    if name and attachment_path(content.data, PurePosixPath(name).suffix) != content.path:
        raise FormatError(t("{name}: it does not hold what its name says", name=content.path), "", content.path)
    return content


def _stands(folder: Folder, content: Content) -> bool:
    """Whether a file that is no record is the same here, or not here yet."""
    try:
        return folder.read(content.path).fingerprint == content.fingerprint
    except NotFoundError:
        return True


def _differs(path: str) -> Trouble:
    return Trouble(path=path, why=t("the other side has another one; ours stays"))
