"""Triaging: from the desk into triage and back; a session that was only left for a look goes on where it was."""

from typing import Any

from textual.app import App

from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import OpenRequested
from fieldgate.ui.screens.asking import Drafts
from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.screens.triage import TriageScreen
from fieldgate.ui.screens.triage_deciding import Leave
from fieldgate.ui.screens.triage_run import TriageRun
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.words import t
from fieldgate.workspace.triage_values import Limits

MOST = 2_000
"""Records of a pane that a session can be limited to."""


class Triaging:
    """Opens triage over the desk.

    Args:
        keymap: The keys in force.
        drafts: Forms that were left half filled in.
    """

    def __init__(self, keymap: Keymap, drafts: Drafts) -> None:
        self._keymap = keymap
        self._drafts = drafts
        self._run: TriageRun | None = None

    def open(self, app: App[Any], *, these: bool = False, kind: str = "") -> None:
        """Open triage on all that waits, on what the focused pane shows or has marked, or on one kind."""
        desk = app.screen
        if not isinstance(desk, DeskScreen) or desk.state is None:
            return
        records, together = records_of(desk) if these else (frozenset(), False)
        if these and not records:
            app.notify(t("This pane shows no records to decide on."))
            return
        run = TriageRun() if these or kind or self._run is None else self._run
        limits = Limits(records=records, kinds=(kind,) if kind else ()) if records or kind else None
        screen = TriageScreen(self._keymap, run, self._drafts, today=desk.state.today, limits=limits, together=together)

        def left(leave: Leave | None) -> None:
            self._run = None if leave is None or leave.ended else run
            desk.wake()
            if leave is None or not leave.kind:
                return
            if leave.kind == "gate":
                desk.show_view("gate")
            else:
                desk.post_message(OpenRequested(leave.kind, leave.id))
            if self._run is not None:
                app.notify(t("{key} goes back to triage", key=self._keymap.label("triage.start")), timeout=3)

        desk.rest()
        app.push_screen(screen, left)


def records_of(desk: DeskScreen) -> tuple[frozenset[str], bool]:
    """The records that are marked in the focused pane, to be decided at once, or all that it shows, one by one."""
    pane = desk.focused
    if not isinstance(pane, RecordList):
        return frozenset(), False
    if pane.marks:
        return pane.marks, len(pane.marks) > 1
    rows = (pane.row(number) for number in range(min(pane.count, MOST)))
    return frozenset(row.id for row in rows if row is not None), False
