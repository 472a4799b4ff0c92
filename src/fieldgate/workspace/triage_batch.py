"""Several items of one kind decided at once: one act, one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.changes import Act, Change, apply
from fieldgate.domain.moves.catalog import MOVES, perform
from fieldgate.errors import RefusedError
from fieldgate.words import t
from fieldgate.workspace.triage_values import known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.domain.triage.kind import Item
    from fieldgate.workspace.triage import Session


class Batch:
    """One verdict on several items.

    Args:
        session: The session that asks them.
        items: The items.
        move_id: The verdict.
        answers: What the verdict asks, the same for all.

    Raises:
        RefusedError: They are of several kinds.
    """

    def __init__(
        self, session: Session, items: Sequence[Item], move_id: str, answers: Mapping[str, object] | None = None
    ) -> None:
        if len({item.kind for item in items}) != 1:
            raise RefusedError(t("Only items of one kind are decided at once."), t("Mark those of one kind."))
        self.occasion = session.workspace.occasion()
        self._workspace = session.workspace
        self._items = items
        self._move = MOVES[move_id]
        self._answers = answers or {}
        # Long texts are not in the facts, and nothing can be read any more while the act is being written.
        found = (session.record_for(item, self._move) for item in items)
        ids = [item.record_id if record is None else record.id for item, record in zip(items, found, strict=True)]
        self._wholes = [(row_id, self._workspace.held(self._move.kind, row_id)) for row_id in ids]

    def act(self, facts: Snapshot) -> Act:
        """Work out the act that takes the verdict on all of them, each judged after the ones before it.

        Raises:
            RefusedError: A rule refuses one of them.
        """
        changes: list[Change] = []
        for item, (row_id, whole) in zip(self._items, self._wholes, strict=True):
            given = {**known(item, self._move), **self._answers}
            record = self._workspace.whole(facts, self._move.kind, whole)
            act = perform(facts, self._move.id, row_id, self.occasion, given, record=record)
            changes += act.changes
            facts = apply(facts, act.changes)
        words = t("{n} items: {label}", n=len(self._items), label=t(self._move.label))
        return Act(action="triage", changes=tuple(changes), words=words)
