"""AttentiveScreen: hears a key only for what was on the screen when it was pressed.

While a job is under way, and until its outcome has been drawn, keys wait; then those are dropped that would do something
to what is shown: whatever was typed ahead can never land on something that nobody has seen.
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
        self._deaf = False

    @property
    def hears(self) -> bool:
        """Whether what it shows has been drawn; until then keys wait."""
        return self._armed is not None

    def do(self, job: Job, then: Callable[[Any], None]) -> None:
        """Ask for a job; until its outcome has been drawn no key is heard."""
        self._armed = None
        self.post_message(JobRequested(job, self.if_here(then), self.refused))

    def look_up(self, job: Job, then: Callable[[Any], None]) -> None:
        """Ask for a job that keys need not wait for."""
        self.post_message(JobRequested(job, self.if_here(then), holds=False))

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

    def is_safe(self, key: str) -> bool:
        """Whether a key does no harm to something that nobody has seen: it only goes somewhere."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Hear a key that was pressed at what is on the screen now; of those typed ahead only what does no harm.

        Once one of them was dropped, those behind it are too: they may have been meant for what it would have opened.
        """
        if self.leaves(event.key):
            return
        event.stop()
        event.prevent_default()
        if self._armed is None:
            return
        is_early = event.time < self._armed
        self._deaf = is_early and (self._deaf or not self.is_safe(event.key))
        if not self._deaf:
            self.hear(event.key)
