"""What a triage session remembers of itself, as the text that the store keeps, so that it goes on after a kill."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldgate.domain.triage.kind import Item

Verdict = tuple[str, str, int, str]
"""Kind, item and act of a verdict, and the move that it was."""

_ASKED_ON = frozenset({"note", "touchpoint"})
KEPT = "triage"
"""The name under which a store keeps it."""


@dataclass
class Memory:
    """What a session remembers of itself."""

    started: str = ""
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
