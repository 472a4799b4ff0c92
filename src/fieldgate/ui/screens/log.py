"""The log: what was done, newest first, with "undo back to here"."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

MOST = 1000
"""Acts shown; older ones are in `fieldgate log`."""


class LogScreen(ModalScreen[str], inherit_bindings=False):
    """The acts; `u` closes with the number of the act to go back to.

    Args:
        rows: One row for each act, newest first.
        keymap: The keys in force.
    """

    DEFAULT_CSS = """
    LogScreen {
        align: center middle;
        background: $background 60%;
        & > #log { width: 100; max-width: 100%; height: 90%; background: $surface; }
    }
    """
    HELP = mark("What was done, newest first. u takes back everything after the act under the cursor; U does it again.")
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.back", "close"),
        binding("app.log", "close"),
        binding("app.help", "app.explain"),
        binding("app.undo", "back_to"),
    ]

    def __init__(self, rows: Sequence[Row], keymap: Keymap) -> None:
        super().__init__()
        self._list = RecordList(Listed(rows), lines=2, gap=0, title=t("Log"), markable=False)
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The list and its keys."""
        with Vertical(id="log"):
            yield self._list
            yield HintLine(id="log-hints")

    def on_mount(self) -> None:
        """Show the keys."""
        back_to = self._keymap.hint("app.undo", t("undo back to here"))
        self.query_one(HintLine).show([back_to, self._keymap.hint("list.back")])
        self._list.focus()

    @on(RecordList.Chosen)
    def _stay(self, event: RecordList.Chosen) -> None:
        """Enter changes nothing: what goes back must be meant."""
        event.stop()

    def action_back_to(self) -> None:
        """Go back to the act under the cursor."""
        if self._list.cursor_id:
            self.dismiss(self._list.cursor_id)

    def action_close(self) -> None:
        """Leave all as it is."""
        self.dismiss(None)


def show_log(desk: "DeskScreen") -> None:
    """Show what was done in the workspace."""

    def read(opened: Any) -> Done:
        return Done([act_row(each) for each in opened.store.acts(MOST)])

    def show(rows: Sequence[Row]) -> None:
        def chosen(txn: str | None) -> None:
            if txn:
                _go_back_to(desk, int(txn))

        desk.app.push_screen(LogScreen(rows, desk.keymap), chosen)

    open_by(desk, read, show)


def act_row(act: Any) -> Row:
    """Return how an act is listed: what was done, when and by whom."""
    state = t("taken back") if act.undone else ""
    words = act.words or act.action
    if act.depth % 2:
        words = t("taken back: {words}", words=words)
    elif act.depth:
        words = t("done again: {words}", words=words)
    when = act.at.astimezone().strftime("%Y-%m-%d %H:%M")
    facts = " · ".join(each for each in (when, act.by, act.action, state) if each)
    return Row(str(act.txn), (words, facts), dim=act.undone)


def _go_back_to(desk: "DeskScreen", txn: int) -> None:
    def job(opened: Any) -> Done:
        events = opened.store.events(txn)
        seq = max(each.seq for each in events)
        return Done(None, opened.undo_back_to(seq))

    def done(_: object) -> None:
        desk.notify(t("Back to that act · {key} does it again", key=desk.keymap.label("app.redo")))

    desk.post_message(JobRequested(job, done))
