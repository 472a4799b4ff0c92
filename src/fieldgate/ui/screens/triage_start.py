"""StartMenu: what is chosen on the start card of triage. Plain values, no widgets."""

from fieldgate.ui.keys import Context
from fieldgate.ui.screens.triage_keys import Letters
from fieldgate.workspace.triage_values import Limits
from fieldgate.workspace.triage_view import StartCard

ITEM_COUNTS = (None, 5, 10, 20, 30)
MINUTES = (None, 5, 10, 20, 30)
GO_ON = "go on"
ALL = "all"


class StartMenu:
    """The start card with its cursor and its limits.

    Args:
        card: What waits.
    """

    def __init__(self, card: StartCard) -> None:
        self.card = card
        self.cursor = 0
        self.marks: set[str] = set()
        """Names of the kinds that are marked, to be asked together."""
        self._items = 0
        self._minutes = 0

    @property
    def choices(self) -> list[str]:
        """What can be chosen, line by line: go on, everything, a kind by its number."""
        if not self.card.total:
            return []
        rows = [str(number) for number, _ in enumerate(self.card.rows, start=1)]
        return [*([GO_ON] if self.card.left else []), ALL, *rows]

    @property
    def limits(self) -> Limits:
        """The limits of number and minutes."""
        return Limits(items=ITEM_COUNTS[self._items], minutes=MINUTES[self._minutes])

    def limits_of(self, choice: str) -> Limits:
        """The limits of a choice: those of number and minutes, and its kind."""
        marked = tuple(row.name for row in self.card.rows if row.name in self.marks)
        kinds = (self.card.rows[int(choice) - 1].name,) if choice.isdecimal() else marked
        return Limits(kinds=kinds, items=self.limits.items, minutes=self.limits.minutes)

    def hear(self, key: str, letters: Letters) -> str | None:
        """Hear a key: returns what was chosen, an empty text to leave, None where nothing was chosen yet."""
        name, choices = letters.id_of(key, Context.MENU), self.choices
        if name == "list.back" or (name == "list.open" and not choices):
            return ""
        if name == "list.open":
            chosen = choices[self.cursor]
            return ALL if self.marks and chosen != GO_ON else chosen
        if name == "list.mark" and choices and choices[self.cursor].isdecimal():
            self.marks ^= {self.card.rows[int(choices[self.cursor]) - 1].name}
            return None
        if key.isdecimal() and key in choices:
            return key
        if name in {"list.down", "list.up"} and choices:
            self.cursor = (self.cursor + (1 if name == "list.down" else -1)) % len(choices)
        elif name == "triage.items":
            self._items = (self._items + 1) % len(ITEM_COUNTS)
        elif name == "triage.minutes":
            self._minutes = (self._minutes + 1) % len(MINUTES)
        return None
