"""HoldingApp: hands on one key after the other, each to what the one before it led to.

Textual forwards a key to what has the focus when the key arrives, which is too early for one that was typed ahead: the
letters of a text would be commands of the desk. So a key waits, in its order, until what the keys before it set going
has gone through every queue, until the work that they asked for is done, and until the screen that they led to hears.
It keeps the time at which it was pressed.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import events
from textual.app import App
from textual.message import Message

from fieldgate.ui.keymap import Keymap

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.message_pump import MessagePump
    from textual.widget import Widget

_PATIENCE, _MOMENT = 50, 0.02
"""How often keys wait how many seconds for a screen that does not hear yet."""
_QUIET = 0.1
"""Seconds after a key in which it may still be on its way though no queue holds anything."""
_LOST = 0.25
"""Seconds after which a word that has not come round is lost."""
_ROUNDS = 40
"""Rounds after which keys wait no longer for messages: some program would never be still."""


class HoldingApp(App[int], inherit_bindings=False):
    """An app in which no key overtakes what the one before it led to.

    Args:
        keymap: The keys in force.
        driver_class: How the terminal is driven; None leaves it to Textual.
    """

    def __init__(self, keymap: Keymap, *, driver_class: "type[Driver] | None" = None) -> None:
        super().__init__(driver_class=driver_class)
        self._keys = keymap
        self._typed: deque[events.Key | events.Paste] = deque()
        self._works = 0
        self._is_settling = False
        self._handed_at = 0.0
        self._word: _Word | None = None
        self._lost: asyncio.TimerHandle | None = None

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait its turn; whoever wants to leave twice does not wait."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._leaves_again(event) or self._is_at_rest(event):
            self._handed_at = event.time
            await self.hand_on(event)
        else:
            self._typed.append(event)
            self._settle()

    async def hand_on(self, event: events.Key | events.Paste) -> None:
        """Hand a key to what has the focus now."""
        await super().on_event(event)

    def _leaves_again(self, event: events.Key | events.Paste) -> bool:
        """Whether somebody who wants to leave, and has to wait for something that takes long, says so again."""
        quits = self._keys.keys("app.quit")
        waits = any(isinstance(each, events.Key) and each.key in quits for each in self._typed)
        return waits and isinstance(event, events.Key) and event.key in quits

    def simulate_key(self, key: str) -> None:
        """Press a key that something else stands for: it comes before those that were typed behind that."""
        self._typed.appendleft(events.Key(key, None))
        self._settle()

    def _is_at_rest(self, event: events.Key | events.Paste) -> bool:
        """Whether nothing of what was typed before can be left: by far the most keys come then."""
        quiet = event.time - self._handed_at > _QUIET and not self.is_holding and not self._is_settling
        return quiet and self._hears() and _calm(self._pumps())

    @property
    def is_holding(self) -> bool:
        """Whether a key waits, or something that keys have to wait for is under way."""
        return bool(self._typed or self._works)

    # Work

    def begin_work(self) -> Callable[[], None]:
        """Hold all keys until what is returned is called: what is done now leads to a new screen, or a new State."""
        self._works += 1
        is_over = False

        def end() -> None:
            nonlocal is_over
            if not is_over:
                is_over = True
                self._works -= 1
                self._settle()

        return end

    # Waiting

    def _settle(self) -> None:
        """Look whether the next key may go on."""
        if self._typed and not self._works and not self._is_settling:
            self._is_settling = True
            self._go_round(_ROUNDS, _PATIENCE)

    def _go_round(self, rounds: int, patience: int) -> None:
        """Pass a word through every queue that a key goes through; behind it nothing of the keys before is left."""
        pumps = self._pumps()
        word = _Word(calm=_calm(pumps), rounds=rounds, patience=patience)
        # A widget that is taken away takes the word along: another one goes round then.
        self._lost = asyncio.get_running_loop().call_later(_LOST, self._go_round, rounds, patience)
        self._word = word
        pumps[0].call_later(self._pass_on, word, pumps[1:])

    async def _pass_on(self, word: "_Word", pumps: "Sequence[MessagePump]") -> None:
        for number, pump in enumerate(pumps):
            if pump.call_later(self._pass_on, word, pumps[number + 1 :]):
                return
        if word is self._word and self._lost is not None:
            self._lost.cancel()
            await self._come_round(word)

    async def _come_round(self, word: "_Word") -> None:
        if self._works:
            self._is_settling = False  # the end of the work looks again
        elif word.rounds and not (word.calm and _calm(self._pumps())):
            self._go_round(word.rounds - 1, word.patience)
        elif word.patience and not self._hears():
            self.set_timer(_MOMENT, lambda: self._go_round(_ROUNDS, word.patience - 1))
        else:
            await self._hand_on_next()
            self._is_settling = False
            self._settle()

    async def _hand_on_next(self) -> None:
        """Hand on the next key, and with a letter of a text those behind it: a letter in a text leads nowhere."""
        focused = self.focused
        go_on = True
        while go_on:
            go_on = _is_letter(self._typed[0], focused)
            self._handed_at = Message().time
            await self.hand_on(self._typed.popleft())
            go_on = go_on and bool(self._typed) and _is_letter(self._typed[0], focused)

    def _pumps(self) -> "Sequence[MessagePump]":
        """The queues that a key and what it sets going pass: from the focus up, then the screens below, then the app."""
        below: list[MessagePump] = [*reversed(self.screen_stack), self]
        focused = self.screen_stack[-1].focused if self.screen_stack else None
        return [*(each for each in _up_from(focused) if each not in below), *below]

    def _hears(self) -> bool:
        """Whether the screen is there, with what has the focus, and ready for keys."""
        if not self.screen_stack:
            return False
        screen = self.screen_stack[-1]
        there = screen.is_mounted and (screen.focused is None or screen.focused.is_attached)
        return there and bool(getattr(screen, "hears", True))


class _Word(NamedTuple):
    """What goes round: whether all was calm when it began, and how often it will be tried again."""

    calm: bool
    rounds: int
    patience: int


def _up_from(widget: "Widget | None") -> "Sequence[MessagePump]":
    return widget.ancestors_with_self if widget is not None else ()


def _is_letter(event: events.Key | events.Paste, focused: "Widget | None") -> bool:
    """Whether a key is a letter of the text that has the focus."""
    return (
        focused is not None and isinstance(event, events.Key) and focused.check_consume_key(event.key, event.character)
    )


def _calm(pumps: "Sequence[MessagePump]") -> bool:
    return not any(pump.message_queue_size for pump in pumps)


def hold_keys(app: App[Any]) -> Callable[[], None]:
    """Hold all keys of the app until what is returned is called."""
    return app.begin_work() if isinstance(app, HoldingApp) else _nothing


def _nothing() -> None:
    """Do nothing: this app hands keys on as Textual does."""
