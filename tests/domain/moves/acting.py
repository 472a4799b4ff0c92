"""Acting in tests: an occasion, and moves that are made and applied, one after the other."""

import itertools
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tests.builders import DAY, NOW, an_id

from fieldgate.domain.changes import Act, apply
from fieldgate.domain.kinds import kind_of
from fieldgate.domain.moves.catalog import find_move, perform
from fieldgate.domain.occasion import Occasion
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import Snapshot
from fieldgate.errors import RefusedError

_ids = itertools.count(10**9)


def an_occasion(
    playbook: Playbook,
    *,
    today: date = DAY,
    now: datetime = NOW,
    by: str = "ana",
    ids: Iterator[int] = _ids,
) -> Occasion:
    return Occasion(today=today, now=now, by=by, new_id=lambda: an_id(next(ids)), playbook=playbook)


class Desk:
    """Facts that change as moves are made."""

    def __init__(self, facts: Snapshot, playbook: Playbook, **circumstances: Any) -> None:
        self.facts = facts
        self.playbook = playbook
        self.circumstances = circumstances

    @property
    def occasion(self) -> Occasion:
        return an_occasion(self.playbook, **self.circumstances)

    def act(self, move_id: str, record: Record | str | None = None, **answers: Any) -> Act:
        """Make a move and apply it."""
        row_id = record.id if isinstance(record, Record) else record
        act = perform(self.facts, move_id, row_id, self.occasion, answers)
        self.facts = apply(self.facts, act.changes)
        return act

    def missing(self, move_id: str, record: Record, **answers: Any) -> tuple[str, ...]:
        """What the move lacks: beforehand, or once it is made with these answers; empty when it is legal."""
        now = self.now(record)
        found = find_move(move_id).missing(self.facts, now, self.occasion)
        if found:
            return found
        try:
            perform(self.facts, move_id, record.id, self.occasion, answers)
        except RefusedError as refused:
            return refused.missing
        return ()

    def now(self, record: Any) -> Any:
        """A record as it stands now."""
        kind = kind_of(record)
        return self.facts.tables[kind][record.id]

    def made(self, act: Act, kind: str) -> Any:
        """The first record of a kind that an act created, as it stands now."""
        change = next(each for each in act.changes if each.kind == kind and hasattr(each, "record"))
        return self.facts.tables[kind][change.row_id]
