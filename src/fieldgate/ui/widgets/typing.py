"""Typed: a control in which keys are heard in the order in which they were typed, however late they come.

Textual hands letters to the control at once, but Enter, Tab and Escape travel up to the app first; where the app was
busy for a moment, letters typed behind an Enter would land in the line before it. So a control handles those keys
itself, and a key that reaches it when the focus is elsewhere by now is handed on to where it belongs.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual import events

# Textual reads the styles of a widget along its first bases, so what is mixed in must be no widget itself.
if TYPE_CHECKING:
    from textual.widget import Widget as _Mixed
else:
    _Mixed = object


class Typed(_Mixed):
    """Mixed into a control before its Textual class."""

    AT_ONCE: Mapping[str, Callable[..., None]] = MappingProxyType({})
    """Key to the method that does at once what it means here."""

    async def _on_key(self, event: events.Key) -> None:
        here = self.app.screen
        if here is not self.screen or (here.focused is not self and here.focused is not None):
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
            return
        act = self.AT_ONCE.get(event.key)
        if act is not None:
            event.stop()
            event.prevent_default()
            act(self)
