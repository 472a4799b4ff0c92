"""Batches: one move for several records, worked out one after the other and made as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.changes import Act, Change, apply
from fieldgate.domain.moves.catalog import find_move
from fieldgate.errors import FieldgateError
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldgate.domain.snapshot import Snapshot


def together(facts: Snapshot, count: int, one: Callable[[Snapshot, int], Act], move_id: str) -> Act:
    """Make one act of several, each worked out from what those before it leave.

    Args:
        facts: The facts before.
        count: How many.
        one: Works out the act of a number from the facts as they then are.
        move_id: The move that all of them make.

    Raises:
        RefusedError: A rule refuses one of them; then none is made.
    """
    changes: list[Change] = []
    action = "update"
    for number in range(count):
        act = one(facts, number)
        facts = apply(facts, act.changes)
        changes += act.changes
        action = act.action
    words = t("{verb}: {n} records", verb=t(find_move(move_id).label), n=count)
    return Act(action=action, changes=tuple(changes), words=words)


def foreseen(one: Callable[[], Act]) -> tuple[str, bool]:
    """Say in words what an act would do, or what it lacks, and whether it would be done."""
    try:
        return one().words, True
    except FieldgateError as error:
        return " ".join(getattr(error, "missing", ()) or (error.message,)), False
