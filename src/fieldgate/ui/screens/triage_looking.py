"""What can be looked at from an item of triage: its text on the clipboard, its history, the log of the session."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fieldgate.domain.display import clean
from fieldgate.ui.keymap import Keymap
from fieldgate.words import t
from fieldgate.workspace.triage_view import View

if TYPE_CHECKING:
    from fieldgate.ui.screens.triage import TriageScreen
    from fieldgate.ui.screens.triage_run import TriageRun
    from fieldgate.ui.widgets.rows import Row


def copy_item(screen: "TriageScreen", view: View | None) -> None:
    """Copy what is selected, else the text of the item, to the clipboard of the terminal."""
    sheet = view.sheet if view is not None else None
    shown = "\n".join(view.heads) if view is not None and view.together else sheet.text if sheet is not None else ""
    text = screen.get_selected_text() or shown
    if text:
        screen.app.copy_to_clipboard(clean(text, lines=True))
    screen.say(t("Copied.") if text else t("There is nothing to copy here."))


def show_history(screen: "TriageScreen", keymap: Keymap, view: View | None) -> None:
    """Show what happened to the record that the item is about."""
    if view is not None and view.item is not None:
        from fieldgate.ui.screens.history import history_of  # looked at seldom

        screen.app.push_screen(history_of(keymap, view.item.record_kind, view.item.record_id, screen.say))


def show_log(screen: "TriageScreen", keymap: Keymap, run: "TriageRun") -> None:
    """Show what was decided in this session; `u` there takes back everything after the verdict under the cursor."""
    from fieldgate.ui.screens.log import LogScreen, act_row  # as above

    def chosen(txn: str | None) -> None:
        if txn:
            screen.do(run.undo_back_to(int(txn)), screen.show)

    def show(acts: Sequence[object]) -> None:
        rows: list[Row] = [act_row(each) for each in acts]
        screen.arm()
        if rows:
            screen.app.push_screen(LogScreen(rows, keymap), chosen)
        else:
            screen.say(t("Nothing was decided in this session yet."))

    screen.do(run.log, show)
