"""Reasons: why a key of the desk does nothing for what is under the cursor, one sentence for each such key.

What a move lacks is said by the rules themselves, the same words as in the menu of the record.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from fieldgate.domain.moves.catalog import find_move
from fieldgate.ui.screens import recording
from fieldgate.ui.screens.verbs import MOVES, NEW, NEW_UNDER
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

_OF_CARDS = ("board.left", "board.right", "board.lower", "board.higher", "board.by_rule")
_OF_RECORDS = ("record.editor", "record.history", "list.copy")


def reasons_of(desk: "DeskScreen") -> Callable[[Any], dict[str, str]]:
    """Return the job that works out, with the open workspace, which keys are off here, and why."""
    kind, record_id = desk.at_hand
    view, reading = desk.view, desk.is_reading

    def job(opened: Any) -> dict[str, str]:
        found = dict(_of_place(view, kind, record_id, reading=reading))
        if record_id:
            found.update(_of_record(opened, kind, record_id))
        return found

    return job


def _of_place(view: str, kind: str, record_id: str, *, reading: bool) -> Iterator[tuple[str, str]]:
    """Where one is decides these, whatever the record is like."""
    makes = NEW.get(view, "") if not (reading and kind in NEW_UNDER) else kind
    if not makes:
        yield "record.new", t("Nothing new is made here; go to a list first.")
    if kind != "touchpoint" or not record_id:
        for name in _OF_CARDS:
            yield name, t("Only cards of the board move between columns.")
    if not record_id:
        for name in (*MOVES, "record.chase", *_OF_RECORDS):
            yield name, t("No record is under the cursor.")


def _of_record(opened: Any, kind: str, record_id: str) -> Iterator[tuple[str, str]]:
    record = opened.record(kind, record_id)
    if record is None:
        return
    facts, occasion = opened.facts, opened.occasion()
    for name, moves in MOVES.items():
        move_id = moves.get(kind, "")
        if not move_id:
            if name != "record.action" or kind not in {"hypothesis", "meeting"}:
                yield name, t("Not for a record of this kind.")
            continue
        missing = find_move(move_id).missing(facts, record, occasion)
        # A card that is no gap gets an action of its own instead of being taken.
        if missing and move_id != "touchpoint.take":
            yield name, missing[0]
    if not recording.maybes(facts, kind, record_id):
        yield "record.chase", t("No maybe waits here.")
