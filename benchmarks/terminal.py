"""A program in a pseudo terminal, watched from outside: when bytes arrive, what they say, what the process costs."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-9;:<=>?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[()#][^\x1b]|[^\[\]P()#])"
)
_CLOSELY = 0.03
"""Seconds: less than any part of the screen waits for the keys to rest."""
_TICKS = os.sysconf("SC_CLK_TCK")


def plain_environment() -> dict[str, str]:
    """The environment of a user: what makes Python compile every module anew at each start is none of it."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TEXTUAL", "COVERAGE"))}


@dataclass(frozen=True)
class Answer:
    """What a key led to: seconds to the first byte and to the last one, and how many bytes."""

    first: float
    last: float
    size: int


@dataclass(frozen=True)
class Cost:
    """CPU seconds of all threads, resident megabytes, voluntary context switches so far."""

    cpu: float
    megabytes: float
    switches: int


class Terminal:
    """Runs one program until it is closed."""

    def __init__(
        self, words: list[str], *, size: tuple[int, int] = (140, 40), env: dict[str, str] | None = None
    ) -> None:
        self.seen = b""
        self.last = self.pressed = 0.0
        self._held = self._raw = b""
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            surroundings = {**plain_environment(), "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
            os.execvpe(words[0], words, surroundings)  # noqa: S606  the program under test
        columns, rows = size
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait_for(self, text: str, limit: float = 60.0) -> float | None:
        """Return the seconds from the start until a text was written, None if it never was."""
        wanted = text.encode()
        end = time.perf_counter() + limit
        while wanted not in self.seen:
            if time.perf_counter() > end or self._read(0.5) is None:
                return None
        return self.last - self.started

    def press(self, key: str, quiet: float = 0.12, settle: float = 0.02) -> Answer | None:
        """Press a key and wait until the screen is still; None without an answer."""
        if settle:
            self.drain(settle)
        pressed = self.pressed = time.perf_counter()
        os.write(self._fd, key.encode())
        size = self._read(1.0)
        if not size:
            return None
        first = self.last - pressed
        while more := self._read(quiet):
            size += more
        return Answer(first, self.last - pressed, size)

    def hold(self, key: str, times: int, rate: float = 30.0) -> float:
        """Press a key at a rate without waiting; return the seconds that the screen lags behind the last press.

        It lags as long as bytes follow each other closely; what waits for the keys to rest comes later and is no lag.
        """
        due = pressed = time.perf_counter()
        for _ in range(times):
            while (left := due - time.perf_counter()) > 0:
                self._read(left)
            pressed = time.perf_counter()
            os.write(self._fd, key.encode())
            due += 1 / rate
        self.last = pressed
        self.drain(_CLOSELY)
        lag = self.last - pressed
        self.drain(0.15)
        return lag

    def drain(self, quiet: float) -> None:
        """Read until nothing has come for a while."""
        while self._read(quiet):
            continue

    def cost(self) -> Cost:
        """Return what the process has cost so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{self.pid}/status").read_text()
        switches = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            found = re.search(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.MULTILINE)
            switches += int(found[1]) if found else 0
        memory = re.search(r"VmRSS:\s+(\d+)", status)
        return Cost(
            cpu=(int(fields[11]) + int(fields[12])) / _TICKS,
            megabytes=int(memory[1]) / 1024 if memory else 0.0,
            switches=switches,
        )

    def quit(self, keys: str = "\x11", limit: float = 10.0) -> tuple[float, float] | None:
        """Press the key that quits; return the seconds until the terminal is back and until the process is gone."""
        pressed, back = time.perf_counter(), 0.0
        self._raw = b""
        os.write(self._fd, keys.encode())
        while time.perf_counter() - pressed < limit:
            ended = self._read(0.002) is None
            if not back and b"\x1b[?1049l" in self._raw:
                back = time.perf_counter() - pressed
            if ended or os.waitpid(self.pid, os.WNOHANG)[0]:
                gone = time.perf_counter() - pressed
                self.close()
                return back or gone, gone
        self.close()
        return None

    def close(self) -> None:
        """End the program, however it stands; once is enough."""
        if self._fd < 0:
            return
        with suppress(ProcessLookupError, ChildProcessError):  # it may have ended by itself
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)
        self._fd = -1

    def _read(self, wait: float) -> int | None:
        """Read what is there; 0 after `wait` seconds of nothing, None at the end."""
        if not select.select([self._fd], [], [], wait)[0]:
            return 0
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return None
        if not data:
            return None
        self.last = time.perf_counter()
        self._answer(data)
        self._raw = self._raw[-64:] + data
        text = self._held + data
        cut = text.rfind(b"\x1b")
        whole = len(text) if cut < 0 or _ESCAPES.match(text, cut) else cut
        self._held = text[whole:]
        self.seen = (self.seen + _ESCAPES.sub(b"", text[:whole]))[-200_000:]
        return len(data)

    def _answer(self, data: bytes) -> None:
        if b"\x1b[c" in data:
            os.write(self._fd, b"\x1b[?62;22c")
        if b"\x1b[6n" in data:
            os.write(self._fd, b"\x1b[1;1R")
