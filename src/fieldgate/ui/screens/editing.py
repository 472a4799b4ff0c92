"""The user's own editor for long texts. It gets a file of a fixed name in a folder of its own, and no shell.

The name never comes from a record: what is in a workspace must not become words of a command.
"""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from fieldgate.locations import Locations
from fieldgate.ui.messages import AskRequested, Done, JobRequested
from fieldgate.ui.widgets.fields import TEXT_LIMIT
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

FILE = "text.md"
LONG: dict[str, str] = {
    "note": "text",
    "hypothesis": "statement",
    "meeting": "body",
    "touchpoint": "answer",
    "requirement": "description",
}
"""Kind of record to the field that `$EDITOR` opens."""


def edit_outside(app: App[Any], text: str, locations: Locations) -> str | None:
    """Let the user's own editor change a text; None when it stays as it was or cannot be edited."""
    command = editor_words()
    if not command or shutil.which(command[0]) is None:
        app.notify(t("No editor is set: put its name into EDITOR."), severity="warning")
        return None
    locations.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=locations.cache, prefix="edit-") as folder:
        path = Path(folder) / FILE
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        try:
            with app.suspend():
                status = subprocess.run([*command, str(path)], check=False).returncode
        except (SuspendNotSupported, OSError):
            app.notify(t("{editor} could not be started here.", editor=command[0]), severity="warning")
            return None
        return _read_back(app, path, text, status)


def editor_words() -> list[str]:
    """The words of the user's editor: VISUAL before EDITOR; empty where neither can be read as words."""
    try:
        return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError:
        return []


def _read_back(app: App[Any], path: Path, text: str, status: int) -> str | None:
    if status:
        app.notify(t("The editor ended with status {status}: the text stays as it was.", status=status))
        return None
    try:
        size = path.stat().st_size
        if size > TEXT_LIMIT:
            message = t("The text has {size} kB; at most {most} kB fit.", size=size // 1000, most=TEXT_LIMIT // 1000)
            app.notify(message, severity="warning")
            return None
        edited = path.read_text(encoding="utf-8").removesuffix("\n")
    except (OSError, UnicodeDecodeError):
        app.notify(t("What the editor wrote cannot be read as UTF-8: the text stays as it was."), severity="warning")
        return None
    return edited if edited != text.removesuffix("\n") else None


def edit_text(desk: "DeskScreen") -> None:
    """Edit the long text of the record under the cursor."""
    kind, record_id = desk.at_hand
    field = LONG.get(kind)
    if field is None or not record_id:
        desk.notify(t("There is no long text here."), severity="warning")
        return

    def look(opened: Any) -> Done:
        return Done(getattr(opened.record(kind, record_id), field, None) or "")

    def edit(text: str) -> None:
        outside = getattr(desk.app, "edit_outside", None)
        edited = outside(text) if outside is not None else None
        if edited is not None:
            desk.post_message(JobRequested(lambda opened: _save(opened, edited), saved, refused))

    def saved(words: object) -> None:
        desk.notify(str(words))

    def refused(error: Any) -> None:
        # Nothing typed is lost: the form stands open with the text that was refused.
        desk.notify(error.message, severity="warning")
        desk.drafts[f"{kind}.edit", record_id] = {field: refused_text[-1]}
        desk.post_message(AskRequested(f"{kind}.edit", record_id))

    refused_text: list[str] = []

    def _save(opened: Any, edited: str) -> Done:
        refused_text.append(edited)
        state = opened.perform(f"{kind}.edit", record_id, {field: edited})
        return Done(opened.last_act.words if opened.last_act else "", state)

    desk.post_message(JobRequested(look, edit))
