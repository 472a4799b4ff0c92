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
from dataclasses import dataclass
from pathlib import Path

_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-9;:<=>?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[()#][^\x1b]|[^\[\]P()#])"
)
_TICKS = os.sysconf("SC_CLK_TCK")


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
        self._held = b""
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            surroundings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
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
        return self._last - self.started

    def press(self, key: str, quiet: float = 0.12) -> tuple[float, int] | None:
        """Press a key; return the seconds until the first answer and the bytes of all of it, None without an answer."""
        self.drain(0.02)
        pressed = time.perf_counter()
        os.write(self._fd, key.encode())
        first = self._read(1.0)
        if not first:
            return None
        answered, count = self._last - pressed, first
        while more := self._read(quiet):
            count += more
        return answered, count

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

    def quit(self, keys: str = "\x11", limit: float = 10.0) -> float | None:
        """Press the key that quits; return the seconds until the process is gone."""
        pressed = time.perf_counter()
        os.write(self._fd, keys.encode())
        while time.perf_counter() - pressed < limit:
            if self._read(0.005) is None or os.waitpid(self.pid, os.WNOHANG)[0]:
                gone = time.perf_counter() - pressed
                self.close()
                return gone
        self.close()
        return None

    def close(self) -> None:
        """End the program, however it stands."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            self.pid = 0
        os.close(self._fd)

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
        self._last = time.perf_counter()
        self._answer(data)
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
