"""Which key means what in triage: the letters of verdicts and the keys of the session, with the user's own in force."""

from fieldgate.ui.keymap import Keymap
from fieldgate.ui.keys import KEYS, Context

STRENGTHS = range(5)
LOOKS = frozenset(
    {
        "triage.end",
        "triage.quick_note",
        "list.open",
        "gate.why",
        "list.down",
        "list.up",
        "list.page_down",
        "list.page_up",
        "list.zoom",
        "list.filter",
        "record.history",
        "app.log",
    }
)
"""Keys on an item that decide nothing about it."""
OF_THE_SESSION = (
    "triage.skip",
    "record.snooze",
    "app.undo",
    "triage.quick_note",
    "gate.why",
    "triage.end",
    "list.open",
    "list.filter",
    "list.copy",
    "record.history",
    "app.log",
    "triage.more",
)
"""Keys that the help lists beside the verdicts."""


class Letters:
    """Reads pressed keys by the keymap in force.

    Args:
        keymap: The keys in force.
    """

    def __init__(self, keymap: Keymap) -> None:
        self._pressed: dict[Context, dict[str, tuple[str, str]]] = {}
        self._keys: dict[str, str] = {}
        for context in (Context.TRIAGE, Context.STRENGTH, Context.CONFLICT, Context.MENU):
            table = self._pressed.setdefault(context, {})
            for key in KEYS:
                if context in key.contexts:
                    names = keymap.keys(key.id)
                    table.update(dict.fromkeys(names, (key.id, key.keys[0])))
                    if context is Context.TRIAGE:
                        self._keys.setdefault(key.keys[0], names[0])

    def id_of(self, key: str, context: Context = Context.TRIAGE) -> str:
        """The id of the binding that a pressed key has; empty for none."""
        return self._pressed[context].get(key, ("", ""))[0]

    def letter_of(self, key: str) -> str:
        """The letter of a verdict that a pressed key stands for; the key itself where nobody changed it."""
        return self._pressed[Context.TRIAGE].get(key, ("", key))[1]

    def key_of(self, letter: str) -> str:
        """The key that stands for the letter of a verdict."""
        return self._keys.get(letter, letter)

    def digit_of(self, key: str, context: Context) -> int | None:
        """The digit that a pressed key stands for, of a strength or of a numbered value."""
        name = self.id_of(key, context).rpartition(".")[2]
        return int(name) if name.isdecimal() else None
