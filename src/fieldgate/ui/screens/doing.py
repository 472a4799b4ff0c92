"""Doing: how a verb of the desk asks the app for a change, and where the cursor is afterwards."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from fieldgate.ui.messages import AskRequested, Done, JobRequested, OpenRequested
from fieldgate.ui.screens import asking, batch
from fieldgate.ui.screens.holding import hold
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.words import t
from fieldgate.workspace.news import news_of

if TYPE_CHECKING:
    from fieldgate.domain.changes import Act
    from fieldgate.ui.screens.desk import DeskScreen

_LISTED = frozenset({"hypothesis", "note", "touchpoint", "requirement", "action", "customer", "meeting"})
"""Kinds that a list of the desk shows."""


def ask(desk: "DeskScreen", move_id: str, record_id: str = "", values: Mapping[str, object] | None = None) -> None:
    """Make a move; what it asks is asked first."""
    # Not by a message: the next key must not overtake it.
    asking.ask(desk.app, desk.keymap, desk.drafts, AskRequested(move_id, record_id, values))


def open_by(desk: "DeskScreen", job: Callable[[Any], Done], show: Callable[[Any], None]) -> None:
    """Show a screen that the workspace has to be asked for; what is typed meanwhile waits for it."""
    hold(desk.app, job, show, lambda error: say(desk, f"{error.message}\n{error.hint}".strip()))


def say(desk: "DeskScreen", text: str) -> None:
    """Say why a key does nothing here."""
    desk.notify(text, severity="warning")


def follow(desk: "DeskScreen", act: "Act | None", record_id: str) -> None:
    """After a change: the cursor stays on what was changed, also when that has moved to another column."""
    from fieldgate.domain.changes import Create  # with the rules, which are loaded by now

    made = [each for each in act.changes if isinstance(each, Create)] if act is not None else []
    new = next((each for each in made if each.kind in _LISTED), None) if not record_id else None
    kind, row_id = (new.kind, new.row_id) if new is not None else (desk.at_hand[0], record_id)
    if kind == "touchpoint" or new is not None:
        desk.put_cursor(kind, row_id)
    held = desk.list_at_hand
    if held is not None:
        held.clear_marks()
    if act is not None and _is_stop(act):
        from fieldgate.ui.screens import closing  # once in the life of a workspace, or never

        closing.show(desk, write=True)


def _is_stop(act: "Act") -> bool:
    edits = (getattr(each, "values", {}) for each in act.changes if each.kind == "gate")
    return act.action == "gate" and any(values.get("outcome") == "stop" for values in edits)


def make(desk: "DeskScreen", move_id: str, record_id: str, values: Mapping[str, object] | None = None) -> None:
    """Make a move with the record, or with all that are marked."""
    held = desk.list_at_hand
    marks = held.marks if held is not None else frozenset()
    if marks and held is not None and move_id.partition(".")[0] == desk.at_hand[0]:
        batch.start(desk, move_id, sorted(marks, key=lambda each: _place(held, each)), values)
    else:
        ask(desk, move_id, record_id, values)


def _place(held: RecordList, row_id: str) -> int:
    return held.position(row_id) or 0


def ask_at_once(desk: "DeskScreen", move_id: str, record_id: str, answers: Mapping[str, object]) -> None:
    """Make a move whose questions are answered already; a refusal is said."""

    def job(opened: Any) -> Done:
        before = opened.judged
        state = opened.perform(move_id, record_id or None, answers)
        return Done((opened.last_act, news_of(before, opened.judged, opened.last_act)), state)

    def done(value: "tuple[Act | None, str]") -> None:
        act, words = value
        follow(desk, act, record_id)
        tell(desk, words)

    desk.post_message(JobRequested(job, done))


def tell(desk: "DeskScreen", words: str) -> None:
    """Say what was done, and the key that takes it back."""
    if words:
        desk.notify(t("{words} · {key} takes it back", words=words, key=desk.keymap.label("app.undo")), timeout=4)


def open_hit(desk: "DeskScreen", kind: str, record_id: str) -> None:
    """Go to a record."""
    desk.post_message(OpenRequested(kind, record_id))
