"""What a triage session remembers of itself, as the text that the store keeps, so that it goes on after a kill."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

KEPT = "triage"
"""The name under which a store keeps it."""


@dataclass
class Memory:
    """What a session remembers of itself."""

    started: str = ""
    skipped: list[str] = field(default_factory=list)
    decided: list[tuple[str, str, int]] = field(default_factory=list)
    """Kind, item and act of each verdict, oldest first."""
    snoozed: int = 0
    first_unmet: list[str] = field(default_factory=list)
    in_all: int = 0

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
            memory.decided = [(kind, item, int(txn)) for kind, item, txn in memory.decided]
        except (ValueError, TypeError, KeyError):
            return None  # it was another version's; a session starts anew
        return memory
