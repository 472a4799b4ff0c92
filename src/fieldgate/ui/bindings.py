"""Bindings of Textual made from the tables of keys, so that every one has an id, its keys and its words."""

from textual.binding import Binding

from fieldgate.ui.keymap import key_name
from fieldgate.ui.keys import BY_ID


def binding(name: str, action: str, *, priority: bool = False) -> Binding:
    """Return the binding of an id from the tables with the action it has in this place.

    Args:
        name: Its id, `area.action`.
        action: What it does here, as Textual writes actions.
        priority: Heard before the focused widget.
    """
    key = BY_ID[name]
    keys = ",".join(key_name(each) for each in key.keys)
    return Binding(keys, action, key.words, show=False, priority=priority, id=name)
