"""Holding: what is typed while a screen is being worked out waits for that screen, and never falls on the desk.

The letters of a text would be commands there. So a transparent screen takes the keys, and hands them on in their order.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.screen import ModalScreen, Screen

from fieldgate.errors import FieldgateError
from fieldgate.ui.messages import Done, JobRequested

T = TypeVar("T")


class HoldScreen(ModalScreen[None], inherit_bindings=False):
    """Takes keys and pastes until it is let go."""

    DEFAULT_CSS = """
    HoldScreen { background: transparent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: list[events.Key | events.Paste] = []

    def on_key(self, event: events.Key) -> None:
        """Keep a key for later."""
        event.stop()
        self._held.append(event)

    def take_key(self, event: events.Key) -> None:
        """Keep a key that came by the desk."""
        self._held.append(event)

    def on_paste(self, event: events.Paste) -> None:
        """Keep a paste for later."""
        event.stop()
        self._held.append(event)

    def let_go(self, then: Callable[[], None]) -> None:
        """Go away, let the next screen come, and hand on what was typed."""
        app = self.app
        if app.screen is self:
            app.pop_screen()
        then()
        held, self._held = self._held, []
        if held:
            app.screen.call_after_refresh(_replay, app, held)


def hold(
    app: App[Any],
    job: Callable[[Any], Done],
    then: Callable[[Any], None],
    refused: Callable[[FieldgateError], None],
) -> None:
    """Do a job of the workspace and hold all keys until what comes of it is on the screen.

    Args:
        app: The app.
        job: Gets the workspace, in its thread.
        then: Gets what the job returned; shows the screen.
        refused: Gets the failure.
    """
    screen = HoldScreen()
    app.push_screen(screen)
    app.post_message(
        JobRequested(
            job,
            lambda value: screen.let_go(lambda: then(value)),
            lambda error: screen.let_go(lambda: refused(error)),
        )
    )


def catch_up(screen: Screen[Any], event: events.Key) -> None:
    """Hand a key that was typed before a screen was there to that screen, once it is."""
    key = events.Key(event.key, event.character)
    screen.call_after_refresh(screen.app.post_message, key)


def _replay(app: App[Any], held: list[events.Key | events.Paste]) -> None:
    for event in held:
        if isinstance(event, events.Key):
            app.post_message(events.Key(event.key, event.character))
        else:
            app.post_message(events.Paste(event.text))
