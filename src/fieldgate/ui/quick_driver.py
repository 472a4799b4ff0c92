"""The terminal driver that sleeps until a key comes: idle when idle, gone at once when the app ends.

Textual's own input thread wakes ten times a second to look whether the end has come, and its end always costs a full
extra wait. Here a pipe wakes the thread. Private names of Textual 8.2.8 live here, in `picture.py` and nowhere else.
"""

import os
import selectors
import signal
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any, ClassVar

from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

_ALTERNATE_SCREEN = "\x1b[?1049h"


class QuickDriver(LinuxDriver):
    """Waits for the terminal or for the end, whichever comes first."""

    already_open: ClassVar[bool] = False
    """The alternate screen shows the last picture: do not clear it."""
    attributes_before: ClassVar[list[Any] | None] = None
    """Settings of the terminal from before that picture, to be restored at the end."""

    _wake_out = -1
    _wake_in = -1

    def start_application_mode(self) -> None:
        """Take the terminal, also again after a suspension; the pipe is made anew each time."""
        self._close_pipe()
        self._wake_out, self._wake_in = os.pipe()
        taken_over, QuickDriver.attributes_before = QuickDriver.attributes_before, None
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual has it without types
        if taken_over is not None:
            self.attrs_before = taken_over

    def write(self, data: str) -> None:
        """Send data to the terminal, but do not blank a picture that is there already."""
        if QuickDriver.already_open and data == _ALTERNATE_SCREEN:
            QuickDriver.already_open = False
            return
        super().write(data)

    def disable_input(self) -> None:
        """Wake the input thread for its end."""
        if self._wake_in >= 0 and not self.exit_event.is_set():
            os.write(self._wake_in, b".")
        super().disable_input()

    def close(self) -> None:
        """Let go of the pipe as well."""
        super().close()
        self._close_pipe()

    def run_input_thread(self) -> None:
        """Turn what the terminal sends into messages until the end."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        # As Textual: other selectors are said not to watch a terminal on macOS.
        with selectors.SelectSelector() as selector:
            for descriptor in (self.fileno, self._wake_out):
                selector.register(descriptor, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                due = parser._timeout_time  # noqa: SLF001 - when an unfinished sequence counts as a lone Escape
                ready = selector.select(None if due is None else max(0.0, due - get_time()))
                if any(key.fd == self.fileno for key, _ in ready):
                    data = self._read()
                    if not data:
                        self._app.call_later(self._hang_up)
                        return
                    # Half a letter decodes to nothing yet, which the parser would take for the end.
                    if text := decode(data):
                        self._process(parser.feed(text))
                elif ready:
                    # The pipe is written just before the event is set, and never read: it cannot be missed.
                    self.exit_event.wait()
                self._process(parser.tick())

    def _hang_up(self) -> None:
        """Leave as for the signal that says the same, which not every terminal that goes away sends."""
        leave = getattr(self._app, "leave", None)
        if leave is None:
            self._app.exit(return_code=128 + signal.SIGHUP)
        else:
            leave(signal.SIGHUP)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            # The terminal is gone.
            return b""

    def _process(self, messages: "Iterable[Message]") -> None:
        for message in messages:
            self.process_message(message)

    def _close_pipe(self) -> None:
        for end in (self._wake_out, self._wake_in):
            if end >= 0:
                os.close(end)
        self._wake_out = self._wake_in = -1
