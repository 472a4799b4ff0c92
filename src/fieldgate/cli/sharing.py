"""Commands for several founders: share, sync, remote, merge, and the two that a clone of git needs."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from fieldgate.cli.acting import acting
from fieldgate.cli.call import Call, command
from fieldgate.cli.output import say, say_json, tell
from fieldgate.errors import BusyError, FieldgateError, UndecidedError, UsageError
from fieldgate.words import t
from fieldgate.workspace.door import make_own_copy, open_workspace
from fieldgate.workspace.sharing_report import SyncReport
from fieldgate.workspace.stillness import is_in_step
from fieldgate.workspace.wishes import NOTHING_SAID, Place, Wishes

OWN = "own"
_TOLD = 20
_LEFT_TO_GIT = 1


@click.command(name="share")
@command(words="FOLDER", writes=True)
def share_command(call: Call) -> None:
    """Write the workspace as text to a folder, and keep both in step from now on."""
    words = [*([call.path] if call.path else []), *call.words]
    if not words or len(words) > len(("PATH", "FOLDER")):
        raise UsageError(t("Which folder?"), t("Form: fieldgate share [PATH] FOLDER"))
    path, folder = (words[0], words[1]) if len(words) > 1 else (None, words[0])
    with acting(_at(call, path)) as workspace:
        _say(call, workspace.sharing.share(Path(folder)))
    tell(t("Shared at {path}. On another machine: fieldgate {name}", path=Path(folder).absolute(), name=folder))


@click.command(name="sync")
@command()
@click.option("--put-back", is_flag=True, help=t("Write files again that are missing."))
@click.option("--archive-missing", is_flag=True, help=t("Archive the records whose files are missing."))
@click.option("--place", type=click.Choice([*(each.value for each in Place), OWN]), help=t("What a new place is."))
@click.option("--copies", is_flag=True, help=t("Copies made as a template are versions of their record."))
@click.option("--new-records", is_flag=True, help=t("Copies made as a template become records of their own."))
@click.option("--go-back", is_flag=True, help=t("Say again what older files say that came back."))
def sync_command(call: Call, *, place: str | None, **chosen: bool) -> int:
    """Take in what others changed, and write what changed here; by git where a remote is set."""
    if call.words:
        raise UsageError(t("sync takes no {word}.", word=call.words[0]), t("Form: fieldgate sync [PATH]"))
    if place == OWN:
        own = make_own_copy(call.target(), call.locations, call.clock)
        tell(t("{path} is a workspace of its own now; what it was is kept beside it.", path=own.path))
        return 0
    wishes = _wishes(place, **chosen)
    target = call.target()
    if wishes == NOTHING_SAID and is_in_step(target, call.locations):
        _say(call, SyncReport())
        return 0
    workspace = open_workspace(target, call.locations, call.clock, call.author)
    try:
        if not workspace.sharing.folders():
            raise UsageError(t("This workspace is not shared."), t("Share it: fieldgate share FOLDER"))
        _, report = workspace.sync(wishes)
    finally:
        workspace.close(give_out=False)
    _say(call, report)
    return _status(report)


def _wishes(place: str | None, **chosen: bool) -> Wishes:
    for one, other in (("put_back", "archive_missing"), ("copies", "new_records")):
        if chosen[one] and chosen[other]:
            names = " ".join(f"--{each.replace('_', '-')}" for each in (one, other))
            raise UsageError(t("Only one of these: {names}", names=names), "", names)
    return Wishes(
        place=Place(place) if place else None,
        put_back=chosen["put_back"],
        archive=chosen["archive_missing"],
        doubles_too=chosen["copies"],
        doubles_new=chosen["new_records"],
        go_back=chosen["go_back"],
    )


@click.command(name="remote")
@command(words="URL")
@click.option("--branch", default="main", show_default=True, help=t("The branch that is shared."))
def remote_command(call: Call, *, branch: str) -> None:
    """Say where the shared folder is shared by git: https, ssh, or a repository on this machine."""
    words = [*([call.path] if call.path else []), *call.words]
    if not words or len(words) > len(("PATH", "URL")):
        raise UsageError(t("Which address?"), t("Form: fieldgate remote [PATH] URL [--branch main]"))
    path, url = (words[0], words[1]) if len(words) > 1 else (None, words[0])
    workspace = open_workspace(_at(call, path).target(), call.locations, call.clock, call.author)
    try:
        workspace.sharing.take_in()
        shown = workspace.sharing.set_remote(url, branch)
    finally:
        workspace.close(give_out=False)
    tell(t("Shared by git at {url}, branch {branch}. Now: fieldgate sync", url=shown, branch=branch))


@click.command(name="merge")
@command(words="OTHER.fieldgate", writes=True)
@click.option("--dry-run", is_flag=True, help=t("Say what would come of it, and change nothing."))
def merge_command(call: Call, *, dry_run: bool) -> None:
    """Merge a copy of the same workspace that went its own way; a backup is made first, and undo takes it back."""
    words = [*([call.path] if call.path else []), *call.words]
    if not words or len(words) > len(("PATH", "OTHER")):
        raise UsageError(t("Which file?"), t("Form: fieldgate merge [PATH] OTHER.fieldgate"))
    path, other = (words[0], words[1]) if len(words) > 1 else (None, words[0])
    with acting(_at(call, path)) as workspace:
        _say(call, workspace.sharing.merge_copy(Path(other), dry_run=dry_run))


@click.command(name="git-setup")
@command()
def git_setup_command(call: Call) -> None:
    """Tell a clone of your own to merge records with fieldgate, so that `git pull` leaves no conflict markers."""
    from fieldgate.sync.driver import register  # with all that merges, which only this and the driver need

    clone = Path(call.path or (call.words[0] if call.words else "."))
    register(clone)
    tell(t("git pull in {path} merges records with fieldgate now.", path=clone.absolute()))


@click.command(name="merge-driver", hidden=True)
@click.argument("ancestor", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("where", default="")
def merge_driver_command(ancestor: Path, ours: Path, theirs: Path, where: str) -> int:
    """Merge three states of one file for git; what cannot be merged is left to git, with our side in place."""
    from fieldgate.sync.driver import merge_files  # as above

    try:
        merged = merge_files(ancestor.read_bytes(), ours.read_bytes(), theirs.read_bytes(), where)
        _write_over(ours, merged)
    except FieldgateError as error:
        tell(error.message)
        return _LEFT_TO_GIT
    return 0


def _write_over(path: Path, data: bytes) -> None:
    try:
        with path.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise BusyError(t("{path} cannot be written: {why}", path=path, why=error.strerror), "", str(path)) from error


def _at(call: Call, path: str | None) -> Call:
    """Return the call with another PATH: the first of two words that both look like one."""
    return Call(
        path=path,
        words=(),
        clock=call.clock,
        locations=call.locations,
        as_json=call.as_json,
        author=call.author,
        as_is=call.as_is,
        no_sync=call.no_sync,
    )


def _say(call: Call, report: SyncReport) -> None:
    if call.as_json:
        say_json(_data(report))
        return
    say(report.line)
    for each in report.troubles[:_TOLD]:
        tell(f"  {each.path}: {each.why}")
    for path in (*report.missing[:_TOLD], *report.undecided[:_TOLD]):
        tell(f"  {path}")
    if report.missing:
        tell(t("Put them back: fieldgate sync --put-back. Archive all: fieldgate sync --archive-missing."))
    if report.undecided:
        tell(
            t("Versions of their record: fieldgate sync --copies. Records of their own: fieldgate sync --new-records.")
        )
    if report.older:
        tell(t("To say again what the older ones say: fieldgate sync --go-back"))
    sys.stdout.flush()


def _data(report: SyncReport) -> dict[str, Any]:
    names = (
        *("new", "changed", "merged", "conflicted", "much_removed", "older", "missing", "undecided", "removed"),
        *("read", "written", "skipped", "unwritten", "line"),
    )
    return {
        **{name: getattr(report, name) for name in names},
        "renumbered": [{"id": each.id, "before": each.before, "after": each.after} for each in report.renumbered],
        "troubles": [{"path": each.path, "why": each.why} for each in report.troubles],
    }


def _status(report: SyncReport) -> int:
    """Return the exit status of a sync: 6 says that a folder was not written, 7 that a person has to decide something."""
    if report.unwritten:
        return BusyError.exit_status
    return UndecidedError.exit_status if report.missing or report.undecided else 0
