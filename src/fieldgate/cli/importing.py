"""import: bring notes, tables, transcripts or another workspace in; with a preview of what will be made."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldgate.cli.acting import acting
from fieldgate.cli.call import Call, command
from fieldgate.cli.output import say, say_json, tell
from fieldgate.domain.display import clean
from fieldgate.errors import UsageError
from fieldgate.imports.columns import NAMES, matched
from fieldgate.imports.json_records import ENDING, read_json
from fieldgate.imports.tables import UnclearError
from fieldgate.words import t
from fieldgate.workspace.arriving import count_of, read_target
from fieldgate.workspace.door import MARKER, found_from, inspect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldgate.documents.tree import Trouble
    from fieldgate.workspace.importing import Preview
    from fieldgate.workspace.service import Workspace

_SHOWN = 20
"""How many problems are told one by one."""


@click.command(name="import")
@command(words="FILE|FOLDER", writes=True)
@click.option("--dry-run", is_flag=True, help=t("Say what would be made and what cannot be read; change nothing."))
@click.option("--kind", metavar="KIND", help=t("What the rows of a table are: {kinds}.", kinds=", ".join(NAMES)))
@click.option(
    "--column", "columns", multiple=True, metavar="HEADER=FIELD", help=t("What a column means; may be given again.")
)
def import_command(call: Call, *, dry_run: bool, kind: str | None, columns: tuple[str, ...]) -> None:
    """Bring in Markdown notes, CSV, transcripts (.vtt, .srt, `Name: words`) or another workspace; twice adds nothing.

    JSON, folder and zip that `export` wrote become that workspace again, with PATH where nothing stands yet.
    """
    path, source = _place(call)
    told = _told(kind, columns)
    if path is not None and _is_whole(source) and not Path(path).exists():
        _begin_from(call, Path(path), source, dry_run=dry_run)
        return
    at = Call(path=path, words=(), clock=call.clock, locations=call.locations, as_json=call.as_json,
              author=call.author, as_is=call.as_is, no_sync=call.no_sync)  # fmt: skip
    with acting(at) as workspace:
        from fieldgate.workspace.importing import bring  # it writes; other commands need none of it

        found = _previewed(workspace, source, kind, told)
        if not dry_run and (found.new or found.back):
            bring(workspace, found, os.fsencode(source.name).decode("utf-8", "replace"))
    _say(call, found, done=not dry_run)


def _begin_from(call: Call, path: Path, source: Path, *, dry_run: bool) -> None:
    """Make a workspace out of all that was written of one, at a path where nothing stands."""
    troubles: Sequence[Trouble] = ()
    if not dry_run:
        target, count, troubles = found_from(path, source, call.locations, call.clock)
        path = target.path
    elif source.suffix.lower() == ENDING:
        count = len(read_json(source))
    else:
        reading = read_target(inspect(source, call.locations))
        count, troubles = count_of(reading), reading.troubles
    if call.as_json:
        say_json({"done": not dry_run, "new": {"workspace": 1}, "records": count, "path": str(path),
                  "problems": [{"where": each.path, "why": each.why} for each in troubles]})  # fmt: skip
    else:
        say(t("{n} records become the workspace {path}", n=count, path=path))
    _say_left_out([(each.path, each.why) for each in troubles])


def _is_whole(source: Path) -> bool:
    """Whether something holds a whole workspace as text."""
    return source.suffix.lower() in {ENDING, ".zip"} or (source / MARKER).is_file()


def _previewed(workspace: "Workspace", source: Path, kind: str | None, told: dict[str, str]) -> "Preview":
    """Read it; what the columns of a table mean is asked where somebody can answer."""
    from fieldgate.workspace.importing import preview  # as above

    while True:
        try:
            return preview(workspace, source, kind=kind, told=told)
        except UnclearError as unclear:
            if not sys.stdin.isatty():
                raise
            tell(unclear.message)
            kind = str(click.prompt(t("What is a row?"), type=click.Choice(list(NAMES)),
                                    default=unclear.kind_of_rows or "interview", err=True))  # fmt: skip
            fields = [*NAMES[kind], "-"]
            guess = matched(kind, unclear.headers, told)
            for header in unclear.headers:
                asked = t("What is {header}? (- leaves it out)", header=clean(header))
                answer = click.prompt(asked, type=click.Choice(fields), default=guess.get(header, "-"), err=True)
                told[header] = "" if answer == "-" else str(answer)


def _place(call: Call) -> tuple[str | None, Path]:
    """A single word is what is to be brought, also where it looks like a path."""
    words = [*([call.path] if call.path else []), *call.words]
    if not words or len(words) > len(("PATH", "FILE")):
        raise UsageError(t("Which file or folder?"), t("Form: fieldgate import [PATH] FILE|FOLDER"))
    return (words[0], Path(words[1])) if len(words) > 1 else (None, Path(words[0]))


def _told(kind: str | None, columns: tuple[str, ...]) -> dict[str, str]:
    if kind is not None and kind not in NAMES:
        raise UsageError(
            t("There is no kind {kind}.", kind=kind), t("One of: {known}", known=", ".join(NAMES)), "--kind"
        )
    fields = {field for names in NAMES.values() for field in names}
    told = {}
    for each in columns:
        header, sign, field = each.rpartition("=")
        if not sign or (field and field not in fields):
            known = ", ".join(sorted(fields))
            raise UsageError(
                t("{word} names no field.", word=each), t("Form: HEADER=FIELD, one of {known}", known=known)
            )
        told[header] = field
    return told


def _say(call: Call, found: "Preview", *, done: bool) -> None:
    if call.as_json:
        problems = [{"where": where, "why": why} for where, why in found.problems]
        say_json({"done": done, "new": found.counts(), "files": found.files(), "known": len(found.known), "back": len(found.back),
                  "problems": problems})  # fmt: skip
        return
    _say_made(found)
    _say_left_out(found.problems)
    notes = found.counts().get("note", 0)
    if done and notes == 1:
        tell(t("1 line waits for triage: open the workspace and press t, or run `fieldgate triage`."))
    elif done and notes:
        tell(t("{n} lines wait for triage: open the workspace and press t, or run `fieldgate triage`.", n=notes))
    if not done:
        say(t("Nothing was changed. Without --dry-run it is brought in; undo takes it back."))


def _say_left_out(problems: "Sequence[tuple[str, str]]") -> None:
    for where, why in problems[:_SHOWN]:
        tell(clean(t("left out: {where}: {why}", where=where, why=why)))
    if len(problems) > _SHOWN:
        tell(t("and {n} more", n=len(problems) - _SHOWN))


def _say_made(found: "Preview") -> None:
    """Say what is made of each file, then of which kind how many."""
    made = list(found.files().items())
    for name, counts in made[:_SHOWN] if len(made) > 1 else ():
        say(clean(f"{name}: {', '.join(f'{number} {kind}' for kind, number in counts.items())}"))
    if len(made) > _SHOWN:
        say(t("and {n} more files", n=len(made) - _SHOWN))
    for kind, number in found.counts().items():
        say(t("{n} new: {kind}", n=number, kind=kind))
    if found.back:
        say(t("{n} brought back from the archive", n=len(found.back)))
    if found.known:
        say(t("{n} here already", n=len(found.known)))
    if not (found.new or found.back or found.known):
        say(t("There is nothing in it to bring."))
