"""The user's own editor for long texts. It gets a file of a fixed name in a folder of its own, and no shell.

The name never comes from a record: what is in a workspace must not become words of a command.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from fieldgate.ui.messages import AskRequested, Done, JobRequested
from fieldgate.ui.widgets.fields import TEXT_LIMIT
from fieldgate.words import t
from fieldgate.workspace import edits
from fieldgate.workspace.edits import Place

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

Take = Callable[[str], None]
LONG: dict[str, str] = {
    "note": "text",
    "hypothesis": "statement",
    "meeting": "body",
    "touchpoint": "answer",
    "requirement": "description",
}
"""Kind of record to the field that `$EDITOR` opens."""


def edit_outside(app: App[Any], text: str, folder: Path, place: Place, take: Take) -> None:
    """Let the user's own editor change a text.

    What the editor wrote and cannot be taken stays in its file, which is named.

    Args:
        app: The app.
        text: What stands in it at first.
        folder: Where its file may stand.
        place: Where the text belongs.
        take: Gets what was written; its file stays until it has been taken.
    """
    command = editor_words()
    if not command or shutil.which(command[0]) is None:
        app.notify(t("No editor is set: put its name into EDITOR."), severity="warning")
        return
    try:
        file = edits.begin(folder, place, text)
    except OSError as error:
        app.notify(t("{path} cannot be made: {why}", path=folder, why=error.strerror), severity="warning")
        return
    try:
        with app.suspend():
            status = subprocess.run([*command, str(file)], check=False).returncode
    except (SuspendNotSupported, OSError):
        edits.end(file)
        app.notify(t("{editor} could not be started here.", editor=command[0]), severity="warning")
        return
    edited = _read_back(app, file, text, status)
    if edited is not None:
        take(edited)
        edits.end(file)


def editor_words() -> list[str]:
    """The words of the user's editor: VISUAL before EDITOR; empty where neither can be read as words."""
    try:
        return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError:
        return []


def _read_back(app: App[Any], file: Path, text: str, status: int) -> str | None:
    def keep(why: str) -> None:
        app.notify("\n".join((why, t("Written to ") + str(file))), severity="warning", timeout=20)

    try:
        data = file.read_bytes()
        edited = data.decode("utf-8").removesuffix("\n")
    except (OSError, UnicodeDecodeError):
        edits.end(file, keep=True)
        keep(t("What the editor wrote cannot be read as UTF-8: the text stays as it was."))
        return None
    if len(data) > TEXT_LIMIT:
        edits.end(file, keep=True)
        keep(t("The text has {size} kB; at most {most} kB fit.", size=len(data) // 1000, most=TEXT_LIMIT // 1000))
        return None
    if edited == text.removesuffix("\n"):
        edits.end(file)
        if status:
            app.notify(t("The editor ended with status {status}: the text stays as it was.", status=status))
        return None
    if status:  # it may have been ended with us: the next start offers what it wrote
        keep(t("The editor ended with status {status}: the text stays as it was.", status=status))
        return None
    return edited


def edit_text(desk: "DeskScreen") -> None:
    """Edit the long text of the record under the cursor."""
    kind, record_id = desk.at_hand
    field = LONG.get(kind)
    if field is None or not record_id:
        desk.notify(t("There is no long text here."), severity="warning")
        return

    draft = (f"{kind}.edit", record_id)

    def look(opened: Any) -> Done:
        return Done(getattr(opened.record(kind, record_id), field, None) or "")

    def edit(text: str) -> None:
        outside = getattr(desk.app, "edit_outside", None)
        if outside is not None:
            outside(text, (*draft, field), take)

    def take(edited: str) -> None:
        desk.drafts[draft] = {field: edited}  # until it is saved; then nothing ends in between
        desk.post_message(JobRequested(lambda opened: _save(opened, edited), saved, refused))

    def saved(words: object) -> None:
        desk.drafts.pop(draft, None)
        desk.notify(str(words))

    def refused(error: Any) -> None:
        # Nothing typed is lost: the form stands open with the text that was refused.
        desk.notify(error.message, severity="warning")
        desk.post_message(AskRequested(*draft))

    def _save(opened: Any, edited: str) -> Done:
        state = opened.perform(f"{kind}.edit", record_id, {field: edited})
        return Done(opened.last_act.words if opened.last_act else "", state)

    desk.post_message(JobRequested(look, edit))
