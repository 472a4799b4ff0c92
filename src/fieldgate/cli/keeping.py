"""Commands that look after a workspace: check, where, doctor."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldgate.cli.call import Call, command
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say, say_json, tell
from fieldgate.cli.upkeep import repair_store
from fieldgate.domain.display import pad
from fieldgate.errors import FormatError, NotFoundError
from fieldgate.locations import Locations
from fieldgate.words import t
from fieldgate.workspace.door import Target, examine
from fieldgate.workspace.reading import workspace_id_of
from fieldgate.workspace.upkeep.doctor import report_on

if TYPE_CHECKING:
    from fieldgate.workspace.upkeep.examination import Findings

_NAME = 12


@click.command(name="check")
@command()
@click.option(
    "--repair", is_flag=True, help=t("Make a damaged store sound: the last backup, and what else can be read.")
)
def check_command(call: Call, *, repair: bool) -> int:
    """Look at every page of the store and every file of the folder; changes nothing. Exits 4 if something is wrong."""
    call.no_words("check")
    if repair:
        return repair_store(call)
    target = call.target()
    found = examine(target, call.locations, call.clock)
    if call.as_json:
        say_json(_check_data(target, found))
    else:
        _say_check(target, found)
    return 0 if found.sound else FormatError.exit_status


@click.command(name="where")
@command()
def where_command(call: Call) -> None:
    """Where the store, the shared folder, backups and settings of a workspace are kept."""
    call.no_words("where")
    places = _places(call)
    if call.as_json:
        say_json({name: None if path is None else str(path) for name, path in places.items()})
        return
    for name, path in places.items():
        if path is not None:
            say(f"{pad(name, _NAME)}{path}{'' if path.exists() else t(' (not there yet)')}")


@click.command(name="doctor")
@command()
def doctor_command(call: Call) -> int:
    """Versions, terminal, encoding, paths, sizes, SQLite, last backup, and what is wrong; made to be pasted."""
    call.no_words("doctor")
    places = _places(call)
    report = report_on(call.locations, places["store"], places["backups"])
    wrong = [{"what": each.what, "hint": each.hint} for each in report.wrong]
    if call.as_json:
        say_json({"facts": report.facts, "wrong": wrong})
        return 0
    for name, value in report.facts.items():
        say(f"{pad(f'{name}:', _NAME + 8)}{value}")
    say()
    for each in report.wrong:
        say_wrapped(each.what, "✗ ")
        say_wrapped(each.hint, "  → ")
    if not wrong:
        say(t("Nothing is wrong that can be seen from here."))
    return 0


def _places(call: Call) -> dict[str, Path | None]:
    target = _target(call)
    known = target is not None and target.known
    workspace = workspace_id_of(target) if target is not None and known else target.workspace_id if target else ""
    return {
        "workspace": target.path.absolute() if target else None,
        "store": target.store.absolute() if target else None,
        "folder": target.path.absolute() if target and target.kind == "folder" else None,
        "backups": backups_folder(call.locations, workspace) if workspace else None,
        "data": call.locations.data,
        "config": call.locations.config,
        "cache": call.locations.cache,
    }


def backups_folder(locations: Locations, workspace_id: str) -> Path:
    """Return the folder in which the backups of a workspace are kept."""
    return locations.workspace_folder(workspace_id) / "backups"


def _target(call: Call) -> Target | None:
    """Return the workspace that is meant; None where none was named and none was opened before."""
    try:
        return call.target()
    except NotFoundError:
        if call.path is not None:
            raise
        return None


def _check_data(target: Target, found: "Findings") -> dict[str, object]:
    return {
        "path": str(target.path.absolute()),
        "store": str(found.store),
        "sound": found.sound,
        "troubles": [
            *({"path": str(found.store), "why": each} for each in found.damage),
            *({"path": each.path, "why": each.why} for each in found.troubles),
        ],
        "counts": dict(found.counts),
        "odd": {"control_characters": found.control_characters, "over_long": found.over_long},
    }


def _say_check(target: Target, found: "Findings") -> None:
    say(t("{path}: {n} records", path=target.path, n=sum(found.counts.values())))
    for each in found.damage:
        say_wrapped(f"{found.store}: {each}", "✗ ")
    for trouble in found.troubles:
        say_wrapped(f"{trouble.path}: {trouble.why}", "✗ ")
    if found.control_characters:
        say_wrapped(
            t("{n} texts hold characters that a terminal might obey; they are shown as stand-ins.",
              n=found.control_characters), "· ")  # fmt: skip
    if found.over_long:
        say_wrapped(t("{n} texts are longer than a file of text takes.", n=found.over_long), "· ")
    if found.sound:
        say(t("Sound."))
    else:
        tell(t("The files that are named are left as they are; everything else is sound and open to you."))
