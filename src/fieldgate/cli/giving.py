"""export: write records out. One table says what can be written; each entry writes one thing."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldgate.cli.call import Call, command
from fieldgate.cli.output import FORMAT, json_text, say_json, tell
from fieldgate.domain.display import clean
from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.errors import UsageError
from fieldgate.reports.beliefs import beliefs_report
from fieldgate.reports.closing import closing_report
from fieldgate.reports.interview import interview_snapshot
from fieldgate.reports.minutes import minutes
from fieldgate.reports.requirement_log import requirement_log
from fieldgate.reports.web import web_report
from fieldgate.values import dataclass
from fieldgate.words import mark, t
from fieldgate.workspace import reporting
from fieldgate.workspace.door import open_workspace
from fieldgate.workspace.reading import plain_fields

if TYPE_CHECKING:
    from fieldgate.domain.records.learning import Meeting
    from fieldgate.domain.records.record import Record
    from fieldgate.reports.material import Material
    from fieldgate.workspace.service import Workspace

STDOUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One thing that can be written out: the words of its help, and who makes it.

    `text` yields the pieces of the one file that it is; `files` the paths and bytes of the folder that it is. One of
    them, or `report`, is set. `workspace` is open, `words` are what stood behind its name.
    """

    words: str
    file: "Callable[[Workspace, Path, Sequence[tuple[str, bytes]] | None], int] | None" = None
    text: "Callable[[Workspace, tuple[str, ...]], Iterable[str]] | None" = None
    files: "Callable[[Workspace, tuple[str, ...]], Iterable[tuple[str, bytes]]] | None" = None
    report: "Callable[[Material, tuple[str, ...]], Iterable[str]] | None" = None
    """Yields the pieces of a text for others, from material that may name nobody."""


@click.command(name="export")
@command(words="WHAT")
@click.option("--to", metavar="FILE|DIR|-", required=True, help=t("Where to write; - is standard output."))
@click.option("--force", is_flag=True, help=t("Write over a file that is there already."))
@click.option("--anonymous", is_flag=True, help=t("Leave out who people are; what nobody could judge is told."))
def export_command(call: Call, *, to: str, force: bool, anonymous: bool = False) -> None:
    """Write records out: yaml to a folder, json in one object; md, csv, html, minutes CODE, snapshot CODE to read."""
    if not call.words or call.words[0] not in EXPORTS:
        known = ", ".join(EXPORTS)
        raise UsageError(t("What is to be written out?"), t("One of: {known}", known=known), *call.words[:1])
    what, *rest = call.words
    export = EXPORTS[what]
    if to == STDOUT and (export.files is not None or export.file is not None):
        raise UsageError(
            t("{what} is a folder of files and cannot be one stream.", what=what),
            t("Name a folder: --to DIR; or export json --to -"),
            "--to",
        )
    workspace = open_workspace(call.target(), call.locations, call.clock, call.author)
    try:
        count = _write(workspace, export, tuple(rest), to, force=force, anonymous=anonymous)
    finally:
        workspace.close()
    if to != STDOUT:
        if call.as_json:
            say_json({"what": what, "to": str(Path(to).absolute()), "files": count})
        else:
            tell(t("written to {path}", path=to) if count == 1 else t("{n} files written to {path}", n=count, path=to))


def _write(
    workspace: "Workspace", export: Export, words: tuple[str, ...], to: str, *, force: bool, anonymous: bool
) -> int:
    if export.file is not None:
        reporting.refuse_file(Path(to), force=force)
        return export.file(workspace, Path(to), list(_anonymous_files(workspace, words)) if anonymous else None)
    if export.files is not None:
        files = _anonymous_files(workspace, words) if anonymous else export.files(workspace, words)
        return workspace.write_text(Path(to).absolute(), files)
    pieces = _pieces(workspace, export, words, anonymous=anonymous)
    if to == STDOUT:
        shown = sys.stdout.isatty()
        for piece in pieces:
            sys.stdout.write(clean(piece, lines=True) if shown else piece)
        return 0
    reporting.write_file(Path(to), pieces, force=force)
    return 1


def _pieces(workspace: "Workspace", export: Export, words: tuple[str, ...], *, anonymous: bool) -> Iterable[str]:
    if export.report is None and not anonymous:
        return export.text(workspace, words) if export.text else ()
    material = _material(workspace, anonymous=anonymous)
    if export.report is not None:
        return list(export.report(material, words))
    _no_words("json", words)
    return json_of(material.facts.workspace.id, lambda kind: material.facts.tables[kind].values())


def _anonymous_files(workspace: "Workspace", words: tuple[str, ...]) -> Iterable[tuple[str, bytes]]:
    _no_words("yaml", words)
    facts = _material(workspace, anonymous=True).facts
    return workspace.text_files(each for kind in KIND_NAMES for each in facts.tables[kind].values())


def _material(workspace: "Workspace", *, anonymous: bool) -> "Material":
    """Gather what is to be written; what nobody could judge is told before anything is."""
    material, unjudged = reporting.gather(workspace, anonymous=anonymous)
    if anonymous:
        click.echo(t("Known names were replaced. Look yourself at what no rule can judge:"), err=True)
        for code, doubtful in unjudged:
            click.echo(clean(f"  {code}: {doubtful}"), err=True)
    return material


def all_as_json(workspace: "Workspace", words: tuple[str, ...]) -> Iterator[str]:
    """Yield one JSON object of all records, archived ones too, as `json_of`: {format, workspace, records: {kind: [...]}}.

    Keys and records stand in a fixed order and nothing of the machine or the moment is in it: the same records give
    the same bytes.
    """
    _no_words("json", words)
    return json_of(workspace.facts.workspace.id, workspace.store.records)


def json_of(workspace_id: str, records: "Callable[[str], Iterable[Record]]") -> Iterator[str]:
    """Yield records as one JSON object: {format, workspace, records: {kind: [...]}}."""
    head = {"format": FORMAT, "workspace": workspace_id}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "records": {'
    for number, kind in enumerate(KIND_NAMES):
        yield f"{',' if number else ''}\n{json.dumps(kind)}: ["
        for place, record in enumerate(records(kind)):
            yield ("," if place else "") + "\n" + json_text(plain_fields(kind, record))
        yield "]"
    yield "\n}}\n"


def _folder(workspace: "Workspace", words: tuple[str, ...]) -> Iterable[tuple[str, bytes]]:
    _no_words("yaml", words)
    return workspace.text_files()


def _zip(workspace: "Workspace", path: Path, files: "Sequence[tuple[str, bytes]] | None") -> int:
    return workspace.sharing.write_zip(path, files)


def _meeting(
    make: "Callable[[Material, Meeting], Iterable[str]]",
) -> "Callable[[Material, tuple[str, ...]], Iterable[str]]":
    def made(material: "Material", words: tuple[str, ...]) -> Iterable[str]:
        if len(words) != 1:
            raise UsageError(t("Which meeting?"), t("Name it by its code: export minutes M12 --to -"), *words[:1])
        return make(material, material.meeting_called(words[0]))

    return made


def _whole(
    what: str, make: "Callable[[Material], Iterable[str]]"
) -> "Callable[[Material, tuple[str, ...]], Iterable[str]]":
    def made(material: "Material", words: tuple[str, ...]) -> Iterable[str]:
        _no_words(what, words)
        return make(material)

    return made


def _no_words(what: str, words: tuple[str, ...]) -> None:
    if words:
        raise UsageError(t("{what} takes no {word}.", what=what, word=words[0]), where=words[0])


EXPORTS: Mapping[str, Export] = {
    "zip": Export(words=mark("one file for e-mail; opening it merges it"), file=_zip),
    "yaml": Export(words=mark("the folder of text files that is the workspace"), files=_folder),
    "json": Export(words=mark("all records in one JSON object, archived ones too"), text=all_as_json),
    "md": Export(
        words=mark("vision, gate, hypotheses and what was said of each, as Markdown"),
        report=_whole("md", beliefs_report),
    ),
    "csv": Export(words=mark("the requirement log"), report=_whole("csv", requirement_log)),
    "html": Export(
        words=mark("the report for people outside, one page for a browser"), report=_whole("html", web_report)
    ),
    "report": Export(words=mark("the same as html"), report=_whole("report", web_report)),
    "closing": Export(
        words=mark("after a stop: why it ended and what was learned, as Markdown"),
        report=_whole("closing", closing_report),
    ),
    "minutes": Export(words=mark("the minutes of a meeting, by its code"), report=_meeting(minutes)),
    "snapshot": Export(words=mark("one page of an interview, by its code"), report=_meeting(interview_snapshot)),
}
"""Everything that can be written out, by its name."""
