"""AttentiveScreen: hears a key only for what was on the screen when it was pressed.

While a job is under way, and until its outcome has been drawn, keys are dropped: whatever was typed ahead can never
land on something that nobody has seen.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from textual import events
from textual.message import Message
from textual.screen import Screen

from fieldgate.errors import FieldgateError
from fieldgate.ui.messages import Job, JobRequested

T = TypeVar("T")


class AttentiveScreen(Screen[T], Generic[T], inherit_bindings=False):
    """A screen that asks for jobs and reads its keys itself."""

    JUMPS = False
    """Nothing on it is jumped to."""

    def __init__(self) -> None:
        super().__init__()
        self._armed: float | None = None

    def do(self, job: Job, then: Callable[[Any], None]) -> None:
        """Ask for a job; until its outcome has been drawn no key is heard."""
        self._armed = None
        self.post_message(JobRequested(job, self.if_here(then), self.refused))

    def look_up(self, job: Job, then: Callable[[Any], None]) -> None:
        """Ask for a job that keys need not wait for."""
        self.post_message(JobRequested(job, self.if_here(then)))

    def if_here(self, then: Callable[[Any], None]) -> Callable[[Any], None]:
        """Hand an outcome on only while the screen is there."""
        return lambda value: then(value) if self.is_attached else None

    def arm(self) -> None:
        """From when this has been drawn on, keys belong to it."""
        self.call_after_refresh(self._set_armed)

    def _set_armed(self) -> None:
        self._armed = Message().time

    def refused(self, error: FieldgateError) -> None:
        """Say what was refused; a subclass says where."""
        raise NotImplementedError

    def hear(self, key: str) -> None:
        """Hear a key."""
        raise NotImplementedError

    def leaves(self, key: str) -> bool:
        """Whether a key is the app's business."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Hear a key, if it was pressed at what is on the screen now."""
        if self.leaves(event.key):
            return
        event.stop()
        event.prevent_default()
        if self._armed is not None and event.time >= self._armed:
            self.hear(event.key)
