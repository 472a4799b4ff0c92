"""A copy of the working file that went its own way: merged by the same engine, after a backup, and undoable.

The other file is looked at as one of a stranger is, opened for reading alone, and stays as it is. Its kept versions
serve as ancestors, so that what both files grew out of is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fieldgate.errors import UndecidedError
from fieldgate.store.store import Store
from fieldgate.words import t
from fieldgate.workspace.attachments import Cellar
from fieldgate.workspace.kept_files import cellar_of
from fieldgate.workspace.refused_files import refused_files
from fieldgate.workspace.taking import Came, Taking

if TYPE_CHECKING:
    from pathlib import Path

    from fieldgate.store.bench import Bench
    from fieldgate.store.taking import Arrival
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.sharing_report import SyncReport


def merge_copy(workspace: Workspace, other: Path, *, dry_run: bool = False) -> SyncReport:
    """Merge another working file of the same workspace into this one.

    Args:
        workspace: The open workspace.
        other: The other file.
        dry_run: Say what would come of it, and change nothing.

    Raises:
        NotFoundError: It is not there.
        FormatError: It is no working file, or damaged.
        NewerFormatError: A newer fieldgate wrote it.
        UndecidedError: It is of another workspace.
    """
    with Store.open(other, read_only=True) as copy:
        theirs = next(copy.records("workspace"))
        if theirs.id != workspace.facts.workspace.id:
            raise UndecidedError(
                t("{path} is another workspace; nothing was merged.", path=other),
                t("Only copies of one workspace merge."),
                str(other),
            )
        job = _CopyJob(copy, other, theirs.id, workspace.writer, dry_run=dry_run)
        if not dry_run:
            workspace.guard.before("merge")
        try:
            workspace.take_in(job, words=t("Merged {path}", path=other.name), lasting=False)
        except _PreviewedError:
            return job.came.report(troubles=tuple(job.came.troubles))
    Cellar(cellar_of(other)).copy_to(Cellar(cellar_of(workspace.store.path)), refused_files(workspace.store))
    return job.came.report(troubles=tuple(job.came.troubles))


class _PreviewedError(Exception):
    """Ends the transaction of a preview: everything is taken back."""


@dataclass(slots=True)
class _CopyJob:
    copy: Store
    path: Path
    workspace_id: str
    writer: str
    dry_run: bool
    came: Came = field(default_factory=Came)

    def __call__(self, bench: Bench) -> list[Arrival]:
        taking = Taking(bench, self.workspace_id, self.writer)
        self.came = taking.came
        heads = self.copy.heads()
        bench.expect(heads.keys())
        for head in sorted(heads.values(), key=lambda head: head.id):
            ours = bench.head(head.id)
            if ours is not None and (ours.digest, dict(ours.vector)) == (head.digest, dict(head.vector)):
                continue
            kept = self.copy.versions(head.id)
            taking.lend(each for each in kept if dict(each.vector) != dict(head.vector))
            version = self.copy.version(head.id, head.digest)
            if version is not None:
                taking.take(replace(version, vector=head.vector, mark=head.digest), self.path.name)
        arrivals = list(taking.arrivals())
        if self.dry_run:
            raise _PreviewedError
        return arrivals
