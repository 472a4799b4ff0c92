"""Several items of one kind decided at once: one act, one undo, and a look at what it would do before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.changes import Act, Change, apply
from fieldgate.domain.gates import evaluate
from fieldgate.domain.moves.catalog import MOVES, perform
from fieldgate.errors import RefusedError
from fieldgate.words import t
from fieldgate.workspace.triage_values import Gauge, gauge_of, known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.domain.triage.kind import Item
    from fieldgate.workspace.triage import Session


def combined(
    session: Session, facts: Snapshot, items: Sequence[Item], move_id: str, answers: Mapping[str, object] | None = None
) -> Act:
    """Work out the act that takes one verdict on all of these, each judged after the ones before it.

    Raises:
        RefusedError: They are of several kinds, or a rule refuses one of them.
    """
    if len({item.kind for item in items}) != 1:
        raise RefusedError(t("Only items of one kind are decided at once."), t("Mark those of one kind."))
    occasion, move = session.workspace.occasion(), MOVES[move_id]
    changes: list[Change] = []
    for item in items:
        record = session.record_for(item, move)
        given = {**known(item, move), **(answers or {})}
        act = perform(facts, move_id, record.id if record else item.record_id, occasion, given, record=record)
        changes += act.changes
        facts = apply(facts, act.changes)
    words = t("{n} items: {label}", n=len(items), label=t(move.label))
    return Act(action="triage", changes=tuple(changes), words=words)


def preview(
    session: Session, items: Sequence[Item], move_id: str, answers: Mapping[str, object] | None = None
) -> tuple[int, Gauge]:
    """How many records a verdict on all of these would change, and where the gate would stand then.

    Raises:
        RefusedError: As `combined` says.
    """
    workspace = session.workspace
    act = combined(session, workspace.facts, items, move_id, answers)
    after = apply(workspace.facts, act.changes)
    touched = {(change.kind, change.row_id) for change in act.changes}
    return len(touched), gauge_of(evaluate(workspace.playbook, after, workspace.clock.today()))
