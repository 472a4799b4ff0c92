"""What a triage session remembers of itself, as the text that the store keeps, so that it goes on after a kill."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fieldgate.workspace.triage_values import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldgate.domain.triage.kind import Item

Verdict = tuple[str, str, int, str]
"""Kind, item and act of a verdict, and the move that it was."""

_ASKED_ON = frozenset({"note", "touchpoint"})
KEPT = "triage"
"""The name under which a store keeps it."""


@dataclass
class Memory:
    """What a session remembers of itself."""

    skipped: list[str] = field(default_factory=list)
    decided: list[Verdict] = field(default_factory=list)
    """Each verdict, oldest first."""
    snoozed: int = 0
    front: str = ""
    """The item to show before all others: the one whose verdict was taken back."""
    first_unmet: list[str] = field(default_factory=list)
    first_met: int = 0
    first_total: int = 0
    in_all: int = 0
    spent: float = 0
    """Seconds that it had lasted when it was kept."""
    kinds: list[str] = field(default_factory=list)
    items: int | None = None
    minutes: int | None = None
    records: list[str] = field(default_factory=list)
    """What it is limited to."""

    @property
    def limits(self) -> Limits:
        """What it is limited to."""
        records = frozenset(self.records)
        return Limits(kinds=tuple(self.kinds), items=self.items, minutes=self.minutes, records=records)

    def bind(self, limits: Limits) -> None:
        """Keep what it is limited to."""
        self.kinds, self.items = list(limits.kinds), limits.items
        self.minutes, self.records = limits.minutes, sorted(limits.records)

    def copy(self) -> Memory:
        """Another one with the same in it, to be changed in its place."""
        return replace(self, skipped=[*self.skipped], decided=[*self.decided])

    def left(self, waiting: int) -> int:
        """How many are left of it while so many wait within its kinds and records."""
        return waiting if self.items is None else max(0, min(waiting, self.items - len(self.decided)))

    def decide(self, item: Item, move_id: str, txn: int, *, waits: bool) -> None:
        """Take a verdict down, with the act that it became."""
        self.settle(item, waits=waits)
        self.decided.append((item.kind, item.id, txn, move_id))
        self.snoozed += move_id.endswith(".snooze")

    def take_back(self) -> None:
        """Forget the last verdict; its item comes first."""
        _, item_id, _, move_id = self.decided.pop()
        self.skipped = [each for each in self.skipped if each != item_id]
        self.front = item_id
        self.snoozed -= move_id.endswith(".snooze")

    def drop_undone(self, is_undone: Callable[[int], bool]) -> None:
        """Forget the last verdicts as far as they were taken back from elsewhere, such as the desk."""
        while self.decided and is_undone(self.decided[-1][2]):
            self.take_back()

    def settle(self, item: Item, *, waits: bool) -> None:
        """Keep the place of an item after a verdict: it is asked on while it has questions, else it comes last."""
        self.front = item.id if waits and item.kind in _ASKED_ON else ""
        if waits and not self.front and item.id not in self.skipped:
            self.skipped.append(item.id)

    def text(self) -> str:
        """Return it as text."""
        return json.dumps(self.__dict__, ensure_ascii=False)

    @classmethod
    def read(cls, text: str | None) -> Memory | None:
        """Read it; None if there is none, or one of another version of the program."""
        try:
            values = json.loads(text) if text else None
            if not values:
                return None
            memory = cls(**values)
            memory.decided = [(kind, item, int(txn), move) for kind, item, txn, move in memory.decided]
        except (ValueError, TypeError, KeyError):
            return None  # it was another version's; a session starts anew
        return memory
