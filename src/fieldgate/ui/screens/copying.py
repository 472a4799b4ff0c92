"""Copying the row under the cursor, or what is selected, to the clipboard of the terminal, cleaned of what it obeys."""

from typing import TYPE_CHECKING, Any

from fieldgate.domain.display import clean
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

_TEXTS = ("name", "statement", "title", "topic", "description", "text")


def copy_row(desk: "DeskScreen") -> None:
    """Copy the whole text of the record under the cursor."""
    selected = desk.get_selected_text()
    text = selected or _text_of(desk)
    if not text:
        desk.notify(t("There is nothing to copy here."), severity="warning")
        return
    desk.app.copy_to_clipboard(clean(text, lines=True))
    desk.notify(t("Copied."), timeout=2)


def _text_of(desk: "DeskScreen") -> str:
    kind, record_id = desk.at_hand
    record: Any = desk.state.reader.record(kind, record_id) if desk.state is not None and record_id else None
    if record is None:
        return ""
    title = next((str(value) for name in _TEXTS if (value := getattr(record, name, ""))), "")
    return " ".join(each for each in (str(getattr(record, "code", "") or ""), title) if each)
