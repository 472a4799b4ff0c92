"""Bringing in notes, tables, transcripts, JSON or another workspace: what would come of it is shown before it is done."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fieldgate.errors import FieldgateError
from fieldgate.imports.columns import NAMES, matched
from fieldgate.imports.files import ENDINGS
from fieldgate.imports.json_records import ENDING
from fieldgate.imports.tables import UnclearError
from fieldgate.ui.crash import words_of
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.screens.paper import Do, PaperScreen, Sheet
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.spans import BLANK, Line, dim, line, strong
from fieldgate.words import t
from fieldgate.workspace.importing import Preview, bring, preview

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

FEW = 200
"""Files and problems that are shown one by one."""
_BRING = "bring"
_LEAVE = "-"


def show(desk: "DeskScreen") -> None:
    """Ask what is to be brought: something in this folder, or any path."""

    def chosen(name: str | None) -> None:
        if name:
            look(desk, Path(name.removeprefix("+")).expanduser(), None, {})

    rows = [Row(str(each), (f"{each.name}{'/' if each.is_dir() else ''}",)) for each in _here()]
    desk.app.push_screen(ChooseScreen(t("Bring in which file or folder?"), rows, free=t("Path")), chosen)


def _here() -> list[Path]:
    """The folders and files of the working directory that may hold something."""
    found: list[Path] = []
    with suppress(OSError):
        for each in sorted(Path.cwd().iterdir()):
            readable = each.is_dir() or each.suffix.lower() in {*ENDINGS, ENDING, ".fieldgate", ".zip"}
            if readable and not each.name.startswith("."):
                found.append(each)
    return found[:FEW]


def look(desk: "DeskScreen", path: Path, kind: str | None, told: Mapping[str, str]) -> None:
    """Read it and show what would come of it; ask first where a table is not clear."""

    def found(value: Preview) -> None:
        desk.app.push_screen(
            PaperScreen(
                lambda _: _sheet(path, value, desk.keymap.label("record.moves")),
                desk.keymap,
                do=_bringing(desk, path, value),
            )
        )

    def refused(error: FieldgateError) -> None:
        if isinstance(error, UnclearError):
            _ask_kind(desk, path, error, told)
        else:
            desk.notify(words_of(error), severity="warning", timeout=10)

    desk.post_message(JobRequested(lambda opened: Done(preview(opened, path, kind=kind, told=told)), found, refused))


def _bringing(desk: "DeskScreen", path: Path, found: Preview) -> Do:
    def do(paper: PaperScreen, value: str) -> None:
        if value != _BRING:
            return

        def brought(_: object) -> None:
            paper.dismiss(None)
            notes = found.counts().get("note", 0)
            key = desk.keymap.label("triage.start")
            many = t("{n} lines wait for triage: {key}", n=notes, key=key)
            said = t("1 line waits for triage: {key}", key=key) if notes == 1 else many
            done = t("{n} records are here now.", n=len(found.new) + len(found.back))
            desk.notify(f"{done} {said if notes else ''}", timeout=8)

        paper.post_message(JobRequested(lambda opened: Done(None, bring(opened, found, path.name)), brought))

    return do


def _sheet(path: Path, found: Preview, key: str) -> Sheet:
    items = [Item(value=_BRING, label=t("Bring it in; undo takes it back"), letter="b")]
    return Sheet(
        title=t("Import {name}", name=path.name),
        lines=[*_how(found, key), *_lines(found)],
        items=items if found.new or found.back else (),
    )


def _how(found: Preview, key: str) -> Iterator[Line]:
    """Say how it is brought in, where there is anything to bring."""
    if found.new or found.back:
        yield line(strong(t("Nothing was changed yet. {key} then b brings it in.", key=f"`{key}`")))
        yield BLANK


def _lines(found: Preview) -> Iterator[Line]:
    yield line(strong(t("What would be made")))
    for kind, number in found.counts().items():
        yield line(t("{n} new: {kind}", n=number, kind=t(kind)), indent=2)
    if found.back:
        yield line(t("{n} brought back from the archive", n=len(found.back)))
    if found.known:
        yield line(dim(t("{n} here already", n=len(found.known))))
    if not (found.new or found.back or found.known):
        yield line(t("There is nothing in it to bring."))
    files = list(found.files().items())
    if files:
        yield BLANK
        yield line(strong(t("File by file")))
    for name, counts in files[:FEW]:
        yield line(f"{name}: ", dim(", ".join(f"{number} {t(kind)}" for kind, number in counts.items())), indent=2)
    if found.problems:
        yield BLANK
        yield line(strong(t("Left out")))
    for where, why in found.problems[:FEW]:
        yield line(f"{where}: ", dim(why), indent=2)


# A table that is not clear


def _ask_kind(desk: "DeskScreen", path: Path, unclear: UnclearError, told: Mapping[str, str]) -> None:
    """Ask what a row is; the kind that fits best stands first."""
    kinds = sorted(NAMES, key=lambda each: each != (unclear.kind_of_rows or "interview"))
    items = [Item(value=each, label=t(each), letter=str(number)) for number, each in enumerate(kinds, 1)]

    def chosen(kind: str | None) -> None:
        if kind is not None:
            _ask_column(desk, path, kind, list(unclear.headers), dict(told))

    desk.app.push_screen(MenuScreen(t("What is a row of {name}?", name=unclear.where), items), chosen)


def _ask_column(desk: "DeskScreen", path: Path, kind: str, left: list[str], told: dict[str, str]) -> None:
    """Ask what each column means, one after the other; what its name says stands first."""
    if not left:
        look(desk, path, kind, told)
        return
    header, *rest = left
    guess = matched(kind, [header], {}).get(header, _LEAVE)
    taken = set(told.values())
    fields = sorted((each for each in (*NAMES[kind], _LEAVE) if each not in taken), key=lambda each: each != guess)
    labels = {_LEAVE: t("leave it out")}

    def chosen(field: str | None) -> None:
        if field is not None:
            _ask_column(desk, path, kind, rest, {**told, header: "" if field == _LEAVE else field})

    items = [Item(value=each, label=labels.get(each, each)) for each in fields]
    desk.app.push_screen(MenuScreen(t("What is the column {header}?", header=header), items), chosen)
