"""What changed since one last looked, and where to share: what the screen asks and shows about other founders."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from fieldgate.domain.kinds import kinds
from fieldgate.errors import UsageError
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import Done, JobRequested, OpenRequested
from fieldgate.ui.screens.asking import Drafts, open_form
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.sharing import words_for
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import t
from fieldgate.workspace.forms import Form, Question

if TYPE_CHECKING:
    from datetime import date

    from fieldgate.domain.records.history import Event
    from fieldgate.domain.records.record import Record
    from fieldgate.errors import FieldgateError
    from fieldgate.workspace.service import Workspace

SHARE = "share"
"""What the folder to share at is kept under while it is typed."""
MOST = 1000
"""Records listed; the log has all of them."""
_LONGEST = 200


def show(app: App[Any], seen: Callable[[], None]) -> None:
    """List what others changed since the user last looked; Enter goes to a record, leaving means that all is seen.

    Args:
        app: The app.
        seen: Called when the list was left.
    """

    def shown(rows: Sequence[Row]) -> None:
        if not rows:
            app.notify(t("Others changed nothing since you last looked."))
            return

        def chosen(name: str | None) -> None:
            if name is None:
                app.post_message(JobRequested(_looked, lambda _: seen()))
            else:
                kind, _, record_id = name.partition(" ")
                app.screen.post_message(OpenRequested(kind, record_id))

        title = t("What others changed since you last looked · Enter goes there, Esc: all seen")
        app.push_screen(ChooseScreen(title, rows), chosen)

    app.post_message(JobRequested(lambda opened: Done(rows_of(opened)), shown))


def rows_of(opened: "Workspace") -> list[Row]:
    """Return a row for each record that others changed since the user last looked, the newest first.

    A row is named by kind and id of its record.
    """
    changes: dict[tuple[str, str], list[Event]] = {}
    for each in opened.sharing.news():
        changes.setdefault((each.table, each.row_id), []).append(each)
    found = []
    for (kind, record_id), events in list(changes.items())[:MOST]:
        found.append(_row(kind, opened.record(kind, record_id), record_id, events))
    return found


def _row(kind: str, record: "Record | None", record_id: str, events: Sequence["Event"]) -> Row:
    code = str(getattr(record, "code", "") or getattr(record, "handle", "") or t(kind))
    title = _title(kind, record) if record is not None else ""
    when = events[0].at.astimezone().strftime("%Y-%m-%d %H:%M")
    who = record.updated_by if record is not None else ""
    facts = " · ".join(each for each in (f"{code} {title}".strip(), _what(events), who, when) if each)
    return Row(f"{kind} {record_id}", (facts,), came=True)


def _title(kind: str, record: "Record") -> str:
    spec = kinds()[kind]
    names = [spec.title_field] if spec.title_field else spec.body_fields
    texts = (str(getattr(record, name) or "").strip() for name in names)
    return next((text.partition("\n")[0][:_LONGEST] for text in texts if text), "")


def _what(events: Sequence["Event"]) -> str:
    if any(each.before is None for each in events):
        return t("new")
    names = dict.fromkeys(name for each in events for name in each.after or {})
    return ", ".join(name for name in names if not name.startswith("updated_"))


def _looked(opened: "Workspace") -> Done:
    opened.sharing.looked()
    return Done()


# Sharing at a folder


def ask_folder(app: App[Any], keymap: Keymap, drafts: Drafts, today: "date", begin: Callable[[], None]) -> None:
    """Ask for the folder at which the workspace is shared from now on, and write it there.

    Args:
        app: The app.
        keymap: The keys in force.
        drafts: Where what is typed is kept.
        today: The day.
        begin: Called when it is shared: the folder is looked at from then on.
    """
    question = Question(name="folder", words=t("Folder"), holds="text", required=True)
    title = t("Share: write it as text to a folder, and keep both in step")
    form = Form(move_id=SHARE, record_id=None, title=title, questions=(question,))

    def send(answers: dict[str, object], back: "Callable[[FieldgateError | None], None]") -> None:
        typed = str(answers.get("folder", "")).strip()

        def shared(words: str) -> None:
            back(None)
            app.notify(t("{words}. On another machine: fieldgate {folder}", words=words, folder=typed), timeout=10)
            begin()

        app.post_message(JobRequested(lambda opened: Done(_share(opened, typed), opened.state()), shared, back))

    open_form(app, keymap, form, today=today, drafts=drafts, send=send)


def _share(opened: "Workspace", typed: str) -> str:
    if not typed:
        raise UsageError(t("Which folder?"), t("Such as ~/shared/harbour"))
    return words_for(opened.sharing.share(Path(typed).expanduser()))
