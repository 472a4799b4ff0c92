"""Attaching a file to a record: its path is typed or chosen; what is refused is said, and what was typed stays."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldgate.errors import FieldgateError
from fieldgate.ui.crash import words_of
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.doing import say, tell
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import t
from fieldgate.workspace.attachments import attach
from fieldgate.workspace.kept_files import TEXTS

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

FEW = 200
"""Files that are listed at once."""


def show(desk: "DeskScreen") -> None:
    """Attach a file to the record under the cursor."""
    kind, record_id = desk.at_hand
    if record_id and kind in TEXTS:
        ask_for_file(desk, kind, record_id)
    else:
        say(desk, t("Put the cursor on a note, a meeting, a request or a card first."))


def ask_for_file(desk: "DeskScreen", kind: str, record_id: str, typed: str = "") -> None:
    """Ask which file: one of this folder, or of the folder that is typed, or any path."""

    def chosen(name: str | None) -> None:
        if name is None:
            return
        wish = name.removeprefix("+")
        path = _at_home(wish)
        if _is_folder(path):
            ask_for_file(desk, kind, record_id, f"{wish.rstrip('/')}/")
        else:
            _keep(desk, kind, record_id, wish)

    def more(wish: str, then: Callable[[Sequence[Row]], None]) -> None:
        then(list(_beside(wish)))

    title = t("Attach which file? At most 20 MB")
    rows = list(_rows(Path(), ""))
    desk.app.push_screen(ChooseScreen(title, rows, more=more, free=t("Path"), typed=typed), chosen)


def _keep(desk: "DeskScreen", kind: str, record_id: str, wish: str) -> None:
    path = _at_home(wish)

    def job(opened: Any) -> Done:
        attach(opened, kind, record_id, path)
        return Done(None, opened.state())

    def done(_: object) -> None:
        tell(desk, t("{name} is kept with the workspace.", name=path.name))

    def refused(error: FieldgateError) -> None:
        desk.notify(words_of(error), severity="warning", timeout=10)
        ask_for_file(desk, kind, record_id, wish)

    desk.post_message(JobRequested(job, done, refused))


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  that of a path raises where the folder may not be looked into


def _at_home(typed: str) -> Path:
    with suppress(RuntimeError):  # nobody of that name: then it is an ordinary name
        return Path(typed).expanduser()
    return Path(typed)


def _beside(wish: str) -> Iterator[Row]:
    """What lies in the folder that is typed, and begins as the last part of it does."""
    if "/" in wish:
        folder, _, start = wish.rpartition("/")
        yield from _rows(_at_home(f"{folder}/"), start)


def _rows(folder: Path, start: str) -> Iterator[Row]:
    found: list[Path] = []
    with suppress(OSError):  # no such folder: then nothing is offered, and any path may be typed
        found = sorted(folder.iterdir())
    shown = [each for each in found if each.name.startswith(start) and (start or not each.name.startswith("."))]
    for each in shown[:FEW]:
        yield Row(str(each), (f"{each}{'/' if _is_folder(each) else ''}",))
