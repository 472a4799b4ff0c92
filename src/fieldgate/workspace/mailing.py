"""One file for e-mail: a zip of the text form is one more source of versions, whoever opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldgate.documents.archive import Archive, write_archive
from fieldgate.documents.reading import read_contents
from fieldgate.errors import UndecidedError
from fieldgate.words import t
from fieldgate.workspace.attachments import files_of, take_attachments, take_from_archive
from fieldgate.workspace.sharing_report import SyncReport, both
from fieldgate.workspace.taking import Came, Taking
from fieldgate.workspace.whole_files import whole_file_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fieldgate.documents.reading import Reading
    from fieldgate.documents.tree import Trouble
    from fieldgate.store.bench import Bench
    from fieldgate.store.taking import Arrival
    from fieldgate.workspace.service import Workspace


def write_zip(workspace: Workspace, target: Path, files: Sequence[tuple[str, bytes]] | None = None) -> int:
    """Write a workspace as one file for e-mail, whole or not at all; returns how many files are in it.

    Args:
        workspace: The open workspace.
        target: Where to.
        files: What is in it instead of the workspace's own files, such as those that name nobody.

    Raises:
        BusyError: It cannot be written.
    """
    files = [*workspace.text_files(), *_attachments(workspace)] if files is None else files
    with whole_file_told(target) as out:
        write_archive(out, files)
    return len(files)


def _attachments(workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    if workspace.target.kind == "folder":
        take_attachments(workspace, workspace.target.path)
    yield from files_of(workspace)


@dataclass(slots=True)
class ReadingJob:
    """Everything that was read somewhere, taken in: called inside the transaction, then asked what it came to."""

    reading: Reading
    workspace_id: str
    writer: str
    came: Came | None = None

    def __call__(self, bench: Bench) -> list[Arrival]:
        """Merge what was read into what the store has."""
        taking = Taking(bench, self.workspace_id, self.writer)
        self.came = taking.came
        bench.expect({each.version.document.id for each in self.reading.versions})
        for each in self.reading.versions:
            taking.take(each.version, each.path, each.parsed)
        return list(taking.arrivals())

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What could not be used."""
        return (*self.reading.troubles, *(self.came.troubles if self.came else ()))


def take_in_archive(workspace: Workspace, path: Path) -> SyncReport:
    """Take in a zip of the same workspace.

    Raises:
        NotFoundError: There is no such file.
        FormatError: It is no archive of a workspace, or damaged.
        NewerFormatError: A newer fieldgate wrote it.
        UndecidedError: It is of another workspace.
    """
    with Archive(path) as archive:
        manifest = archive.manifest()
        if manifest.id != workspace.facts.workspace.id:
            raise UndecidedError(
                t("{path} holds another workspace, {name}; nothing was read.", path=path, name=manifest.name),
                t("Open it by itself: fieldgate {path}", path=path),
                str(path),
            )
        job = ReadingJob(read_contents(archive.contents(), manifest.id), manifest.id, workspace.writer)
    workspace.take_in(job, words=t("Took in {path}", path=path.name))
    return both(report_of(job), SyncReport(troubles=take_from_archive(workspace, path)))


def report_of(job: ReadingJob) -> SyncReport:
    """Return what a job came to."""
    came = job.came or Came()
    return came.report(read=len(job.reading.versions) + len(job.reading.troubles), troubles=job.troubles)
