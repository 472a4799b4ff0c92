"""The closing report on the screen: after a stop it is written beside the workspace and shown; later it is read again."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fieldgate.errors import BusyError
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.screens.menu import Item
from fieldgate.ui.screens.paper import PaperScreen, Sheet
from fieldgate.ui.widgets.spans import BLANK, Line, label, line, strong, warn
from fieldgate.words import t
from fieldgate.workspace.reporting import closing_text, write_closing

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

_ESCAPE = re.compile(r"\\([^\w\s])")
_WRITE = "write"


def show(desk: "DeskScreen", *, write: bool = False) -> None:
    """Show the report; write it to a file first if that is wanted."""

    def gather(workspace: "Workspace") -> Done:
        said = written(workspace) if write else None
        text = closing_text(workspace)
        return Done(Sheet(title=t("Closing report"), lines=[*_first(said), *lines_of(text)], items=_items()))

    def read(sheet: Sheet) -> None:
        desk.app.push_screen(PaperScreen(lambda _: sheet, desk.keymap, do=_do, first=sheet))

    open_by(desk, gather, read)


def written(workspace: "Workspace") -> Path | BusyError:
    """Write the report; where that cannot be done, return why: the stop stands all the same."""
    try:
        return write_closing(workspace)
    except BusyError as error:
        return error


def lines_of(text: str) -> Iterator[Line]:
    """Make lines to read of the Markdown that is written."""
    for each in text.splitlines():
        shown = _ESCAPE.sub(r"\1", each)
        if each.startswith("#"):
            yield line(strong(shown.lstrip("#").strip()))
        else:
            yield line(shown, indent=2 if each.startswith(("- ", "> ")) else 0)


def _first(said: Path | BusyError | None) -> list[Line]:
    if said is None:
        return []
    if isinstance(said, Path):
        return [line(label(t("Written to ")), str(said)), BLANK]
    return [line(warn(said.message)), line(t("fieldgate export closing --to FILE writes it elsewhere.")), BLANK]


def _items() -> list[Item]:
    return [Item(value=_WRITE, label=t("Write it to a file beside the workspace"), letter="w")]


def _do(paper: PaperScreen, value: str) -> None:
    del value

    def told(said: Path | BusyError) -> None:
        found = isinstance(said, Path)
        words = t("The closing report is in {path}", path=said) if isinstance(said, Path) else said.message
        paper.notify(words, severity="information" if found else "warning", timeout=10)

    paper.post_message(JobRequested(lambda workspace: Done(written(workspace)), told))
