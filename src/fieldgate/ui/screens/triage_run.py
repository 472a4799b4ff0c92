"""TriageRun: a session of triage as jobs. The screen asks for these; the thread of the workspace does them.

The session lives on the other side: nothing here touches it but from within a job.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fieldgate.domain.moves.catalog import find_move
from fieldgate.ui.messages import Done
from fieldgate.words import t
from fieldgate.workspace.forms import Form, form_of
from fieldgate.workspace.triage import Session
from fieldgate.workspace.triage_foresight import preview
from fieldgate.workspace.triage_values import Gauge, Limits, Option, known
from fieldgate.workspace.triage_view import effect_of, start_of, view_of

if TYPE_CHECKING:
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.domain.triage.kind import Item
    from fieldgate.ui.messages import Job
    from fieldgate.workspace.service import Workspace


class TriageRun:
    """One session, begun or not."""

    def __init__(self) -> None:
        self._session: Session | None = None
        self._limits = Limits()
        self._together = False

    @property
    def begun(self) -> bool:
        """Whether there is a session to go back to."""
        return self._session is not None

    def start(self, workspace: "Workspace") -> Done:
        """Work out the start card."""
        return Done(start_of(workspace))

    def begin(self, limits: Limits | None, *, go_on: bool = False, together: bool = False) -> "Job":
        """Begin a session, or take up the one that was interrupted; answers with its first view.

        Args:
            limits: What it is limited to; None for what the interrupted one was limited to.
            go_on: Take up the one that was interrupted.
            together: All of them are to be decided at once.
        """

        def job(workspace: "Workspace") -> Done:
            self._session, self._together = Session(workspace, limits, go_on=go_on), together
            self._limits = self._session.limits
            return Done(view_of(self._session, together=together))

        return job

    def look(self, workspace: "Workspace") -> Done:
        """Look again, as after a change from elsewhere."""
        return Done(view_of(self._at(workspace), together=self._together))

    def decide(self, item_id: str, move_id: str, answers: Mapping[str, object]) -> "Job":
        """Take a verdict on an item and look at the next."""

        def job(workspace: "Workspace") -> Done:
            session = self._at(workspace)
            state = session.decide(item_id, move_id, answers)
            return Done(view_of(session), state)

        return job

    def decide_all(self, item_ids: Sequence[str], move_id: str, answers: Mapping[str, object]) -> "Job":
        """Take a verdict on several items of one kind at once."""

        def job(workspace: "Workspace") -> Done:
            session = self._at(workspace)
            state, _ = session.decide_all(item_ids, move_id, answers)
            self._together = False
            return Done(view_of(session), state)

        return job

    def preview_all(self, item_ids: Sequence[str], move_id: str, answers: Mapping[str, object]) -> "Job":
        """Say what that would change: number of records, the gate before and after."""

        def job(workspace: "Workspace") -> Done:
            session = self._at(workspace)
            items = [item for item in session.items if item.id in set(item_ids)]
            count, after = preview(session, items, move_id, answers)
            now: Gauge = session.gauge()
            return Done((count, now, after))

        return job

    def skip(self, item_id: str) -> "Job":
        """Move an item to the end of the session."""

        def job(workspace: "Workspace") -> Done:
            session = self._at(workspace)
            session.skip(item_id)
            session.last = None
            return Done(view_of(session))

        return job

    def undo(self, workspace: "Workspace") -> Done:
        """Take the last verdict back and show its item."""
        session = self._at(workspace)
        session.limits = self._limits
        state, *_ = session.undo()
        return Done(view_of(session), state)

    def undo_back_to(self, txn: int) -> "Job":
        """Take back all verdicts after the one that became this act, and show the item of the last of them."""

        def job(workspace: "Workspace") -> Done:
            session = self._at(workspace)
            session.limits = self._limits
            state = session.undo_back_to(txn)
            return Done(view_of(session), state)

        return job

    def log(self, workspace: "Workspace") -> Done:
        """Look up what was decided, newest first."""
        return Done(self._at(workspace).acts())

    def end(self, workspace: "Workspace") -> Done:
        """End the session; answers with its end card."""
        session = self._at(workspace)
        session.limits = Limits(items=0)
        return Done(view_of(session))

    def effect(self, item: "Item", option: Option, belief_id: str) -> "Job":
        """Work out what one verdict on an item would do to the gate."""

        def job(workspace: "Workspace") -> Done:
            return Done(effect_of(self._at(workspace), item, option, belief_id))

        return job

    @staticmethod
    def minutes(meeting_id: str) -> "Job":
        """Write the minutes of a meeting."""

        def job(workspace: "Workspace") -> Done:
            from fieldgate.workspace.reporting import minutes_text  # exported seldom

            return Done(minutes_text(workspace, meeting_id))

        return job

    def form(self, item: "Item", move_id: str, record_id: str, given: Mapping[str, object]) -> "Job":
        """Work out the form of a verdict, and the facts that links are found in."""

        def job(workspace: "Workspace") -> Done:
            session = self._at(workspace)
            defaults = session.defaults(item, move_id)
            answered = {*known(item, find_move(move_id)), *given}
            form: Form = form_of(workspace, move_id, record_id, defaults, answered=answered)
            form = replace(form, title=f"{item.code} · {t(find_move(move_id).label)}")
            facts: Snapshot = workspace.facts
            return Done((form, facts, workspace.clock.today()))

        return job

    def _at(self, workspace: "Workspace") -> Session:
        if self._session is None:
            self._session = Session(workspace, go_on=True)
        return self._session
