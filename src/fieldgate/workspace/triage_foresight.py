"""What a verdict would do to the gate, worked out before it is taken; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.changes import apply
from fieldgate.domain.gates import evaluate
from fieldgate.domain.moves.catalog import MOVES, perform
from fieldgate.errors import NotFoundError, RefusedError
from fieldgate.workspace.triage_batch import Batch
from fieldgate.workspace.triage_values import Gauge, gauge_of, known, supposed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fieldgate.domain.triage.kind import Item
    from fieldgate.workspace.triage import Session


def foreseen(session: Session, item: Item, move_id: str, answers: Mapping[str, object] | None = None) -> Gauge | None:
    """Where the gate would stand after a verdict, whatever is written in its texts; None where more has to be known."""
    workspace = session.workspace
    move, occasion, facts = MOVES[move_id], workspace.occasion(), workspace.facts
    if (record := session.record_for(item, move)) is None:
        return None
    open_texts = supposed(move, move.defaults(facts, record, occasion), occasion.today)
    given = {**open_texts, **known(item, move), **(answers or {})}
    try:
        act = perform(facts, move_id, record.id, occasion, given, record=record)
    except (RefusedError, NotFoundError):
        return None
    return gauge_of(evaluate(workspace.playbook, apply(facts, act.changes), occasion.today))


def preview(
    session: Session, items: Sequence[Item], move_id: str, answers: Mapping[str, object] | None = None
) -> tuple[int, Gauge]:
    """How many records a verdict on all of these would change, and where the gate would stand then.

    Raises:
        RefusedError: They are of several kinds, or a rule refuses one of them.
    """
    workspace = session.workspace
    act = Batch(session, items, move_id, answers).act(workspace.facts)
    after = apply(workspace.facts, act.changes)
    touched = {(change.kind, change.row_id) for change in act.changes}
    return len(touched), gauge_of(evaluate(workspace.playbook, after, workspace.clock.today()))
