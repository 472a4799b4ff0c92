"""import: bring notes, tables, transcripts or another workspace in; with a preview of what will be made."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldgate.cli.acting import acting
from fieldgate.cli.call import Call, command
from fieldgate.cli.output import say, say_json, tell
from fieldgate.domain.display import clean
from fieldgate.errors import UsageError
from fieldgate.imports.columns import NAMES
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.workspace.importing import Preview

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
    """Bring in Markdown notes, CSV, transcripts (.vtt, .srt, `Name: words`) or another workspace; twice adds nothing."""
    path, source = _place(call)
    told = _told(kind, columns)
    at = Call(path=path, words=(), clock=call.clock, locations=call.locations, as_json=call.as_json,
              author=call.author, as_is=call.as_is, no_sync=call.no_sync)  # fmt: skip
    with acting(at) as workspace:
        from fieldgate.workspace.importing import bring, preview  # it writes; other commands need none of it

        found = preview(workspace, source, kind=kind, told=told)
        if not dry_run and (found.new or found.back):
            bring(workspace, found, source.name)
    _say(call, found, done=not dry_run)


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
        say_json({"done": done, "new": found.counts(), "known": len(found.known), "back": len(found.back),
                  "problems": problems})  # fmt: skip
        return
    for kind, number in found.counts().items():
        say(t("{n} new: {kind}", n=number, kind=kind))
    if found.back:
        say(t("{n} brought back from the archive", n=len(found.back)))
    if found.known:
        say(t("{n} here already", n=len(found.known)))
    if not (found.new or found.back or found.known):
        say(t("There is nothing in it to bring."))
    for where, why in found.problems[:_SHOWN]:
        tell(clean(t("left out: {where}: {why}", where=where, why=why)))
    rest = Counter(where.partition("/")[0] for where, _ in found.problems[_SHOWN:])
    if rest:
        tell(t("and {n} more", n=rest.total()))
    if not done:
        say(t("Nothing was changed. Without --dry-run it is brought in; undo takes it back."))
