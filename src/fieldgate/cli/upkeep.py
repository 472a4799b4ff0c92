"""Commands that look after the files: backup, backups, forget; and what restore and check --repair do with them."""

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fieldgate.cli.acting import acting
from fieldgate.cli.call import Call, command
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say, say_json, tell
from fieldgate.domain.display import pad
from fieldgate.domain.times import stamp_text
from fieldgate.errors import FormatError, UndecidedError, UsageError
from fieldgate.words import t
from fieldgate.workspace.door import Target, find_path, inspect, keeper, repair
from fieldgate.workspace.naming import find_record

if TYPE_CHECKING:
    from fieldgate.workspace.upkeep.forgetting import Forgotten
    from fieldgate.workspace.upkeep.mending import Repair

_NAME = 34
_BACKUP = re.compile(r"last|\d{8}-[\d-]+[a-z\d-]*")
_KILO = 1024


@click.command(name="backup")
@command()
@click.option("--to", metavar="FILE", help=t("Where to; without it among the other backups."))
def backup_command(call: Call, *, to: str | None) -> None:
    """Make a sound copy of the store now; fieldgate makes some without being asked."""
    call.no_words("backup")
    path = keeper(call.target(), call.locations).back_up(Path(to).absolute() if to else None)
    if call.as_json:
        say_json({"path": str(path)})
    else:
        say(str(path))


@click.command(name="backups")
@command()
def backups_command(call: Call) -> None:
    """All backups of a workspace, newest first."""
    call.no_words("backups")
    kept = keeper(call.target(), call.locations).backups
    if call.as_json:
        listed = [
            {"name": each.name, "at": stamp_text(each.at), "reason": each.reason, "path": str(each.path),
             "bytes": each.path.stat().st_size}
            for each in kept.listed()
        ]  # fmt: skip
        say_json({"folder": str(kept.folder), "count": len(listed), "backups": listed})
        return
    found = kept.listed()
    if not found:
        say(t("There are no backups yet; `fieldgate backup` makes one, and some are made without asking."))
        return
    for each in found:
        size = each.path.stat().st_size // _KILO
        say(f"{pad(each.name, _NAME)}{each.at.astimezone():%Y-%m-%d %H:%M}  {size} kB")
    tell(t("`fieldgate restore NAME` puts one in the place of the store; what is there now is kept."))


@click.command(name="forget")
@command(words="CUSTOMER", writes=True)
@click.option("--yes", is_flag=True, help=t("Do not ask; it cannot be taken back."))
def forget_command(call: Call, *, yes: bool) -> None:
    """Forget a customer: names, contact and words go, from records, history and backups; a tombstone stays."""
    code = call.one_word(t("code"))
    with acting(call) as workspace:
        named = find_record(workspace.store, workspace.facts, code)
        if named.kind != "customer":
            raise UsageError(t("{code} is no customer.", code=code), t("Name one by its code, such as C3."), code)
        if not yes:
            _confirm(code)
        done = workspace.forget(named.id)
    if call.as_json:
        say_json(_forgotten_data(done))
    else:
        _say_forgotten(done)


def is_backup(words: tuple[str, ...]) -> bool:
    """Whether the words name a backup; no code of a record looks like the name of one."""
    return len(words) == 1 and _BACKUP.fullmatch(words[0]) is not None


def restore_backup(call: Call) -> None:
    """Put a backup in the place of the store."""
    chosen, kept = keeper(_target(call), call.locations).restore(call.words[0])
    if call.as_json:
        say_json({"restored": chosen.name, "kept": str(kept) if kept else None})
        return
    say(t("Restored {name}.", name=chosen.name))
    if kept:
        say_wrapped(t("What was there is kept: {path}", path=kept))
    tell(t("A shared folder still holds what is newer; the next sync takes that in again."))


def repair_store(call: Call) -> int:
    """Repair the store of a workspace, if it is damaged."""
    target = _target(call)
    trouble = keeper(target, call.locations).trouble()
    done = repair(target, call.locations, call.clock) if trouble else None
    if call.as_json:
        say_json({"path": str(target.store), "trouble": trouble, "repaired": done is not None, **_repair_data(done)})
        return 0
    if done is None:
        say(t("Sound: there is nothing to repair."))
        return 0
    say_wrapped(trouble, "✗ ")
    _say_repair(done)
    return 0


def _target(call: Call) -> Target:
    """Return what is meant; a file that no longer looks like a store is taken at its name."""
    path = find_path(call.path, call.locations)
    try:
        return inspect(path, call.locations)
    except FormatError:
        if path.is_file() and path.suffix == ".fieldgate":
            return Target(path=path, kind="store", store=path)
        raise


def _confirm(code: str) -> None:
    asked = t("Forget {code} for good? Type the code to go on", code=code)
    if not sys.stdin.isatty():
        message = t("Forgetting {code} cannot be taken back.", code=code)
        raise UndecidedError(message, t("Say it with --yes."), code)
    if str(click.prompt(asked, err=True)).strip().casefold() != code.casefold():
        raise UndecidedError(t("Nothing was forgotten."), "", code)


def _repair_data(done: "Repair | None") -> dict[str, Any]:
    if done is None:
        return {}
    came = done.salvaged
    return {
        "backup": done.backup.name if done.backup else None,
        "kept": str(done.kept),
        "saved": dict(came.saved),
        "newer": dict(came.newer),
        "lost": list(came.lost),
        "doubtful": list(came.doubtful),
    }


def _say_repair(done: "Repair") -> None:
    came = done.salvaged
    saved, newer = sum(came.saved.values()), sum(came.newer.values())
    say(t("Repaired: {n} records are in the store now.", n=saved))
    if done.backup:
        say_wrapped(
            t("Everything of the backup {name}; {n} records are newer than it.", name=done.backup.name, n=newer)
        )
    else:
        say_wrapped(t("There was no backup; all of it was read from the damaged file."))
    if came.lost:
        say_wrapped(t("Not saved, though known to have existed: {n} records.", n=len(came.lost)), "✗ ")
        for each in came.lost:
            say(f"  {each}")
    if came.doubtful:
        say_wrapped(t("Look at these, they may lack a part: {ids}", ids=", ".join(came.doubtful)), "· ")
    say_wrapped(t("The damaged file is kept: {path}", path=done.kept))


def _forgotten_data(done: "Forgotten") -> dict[str, Any]:
    return {
        "code": done.code,
        "blanked": dict(done.blanked),
        "backups": done.backups,
        "files": done.files,
        "drafts": done.drafts,
        "left": [os.fspath(each) for each in done.left],
        "mentions": list(done.mentions),
    }


def _say_forgotten(done: "Forgotten") -> None:
    parts = ", ".join(f"{count} {kind}" for kind, count in done.blanked.items())
    say_wrapped(t("Forgotten: {code}. Blanked in records and history: {parts}.", code=done.code, parts=parts))
    say(t("{n} backups were rewritten.", n=done.backups))
    if done.files:
        say(t("{n} attached files that only these named were removed.", n=done.files))
    if done.drafts:
        say(t("{n} half-written texts were removed.", n=done.drafts))
    for each in done.left:
        say_wrapped(t("This file may still hold it; look, and delete it yourself: {path}", path=each), "✗ ")
    if done.mentions:
        say_wrapped(t("Still named in the text of: {codes}", codes=", ".join(done.mentions)), "✗ ")
    tell(
        t(
            "Other founders keep earlier versions and backups until they forget it too; "
            "the history of git keeps it until somebody rewrites it."
        )
    )
