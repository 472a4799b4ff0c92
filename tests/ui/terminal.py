"""A real pseudo-terminal with a program in it."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

PATIENCE = 30
"""Seconds after which a program that does not answer has failed; no test waits that long otherwise."""


MARK = b"<end of what it drew>"


class Terminal:
    """Runs Python with the given arguments in a pseudo-terminal of its own."""

    def __init__(self, *arguments: str, size: tuple[int, int] = (80, 24), env: dict[str, str] | None = None) -> None:
        self.master, slave = pty.openpty()
        columns, lines = size
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.output = b""
        self.process = self._start(arguments, {"TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})})

    def _start(self, arguments: tuple[str, ...], env: dict[str, str]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, *arguments],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env={**os.environ, **env},
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    def hang_up(self) -> None:
        """Close the terminal."""
        for descriptor in (self.slave, self.master):
            if descriptor >= 0:
                os.close(descriptor)
        self.slave = self.master = -1

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def until(self, wanted: str | bytes, *, after: int = 0) -> bytes:
        """Read what the program draws until something is in it."""
        wanted = wanted.encode() if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + PATIENCE
        while wanted not in self.output[after:]:
            assert time.monotonic() < deadline, f"never saw {wanted!r} in {self.output[-2000:]!r}"
            self.read(0.1)
        return self.output[after:]

    def read(self, seconds: float) -> None:
        """Take in what the program has drawn."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if ready:
            self.output += os.read(self.master, 65536)

    def settle(self) -> None:
        """Read until the program is still."""
        size = -1
        while size != len(self.output):
            size = len(self.output)
            self.read(0.3)

    def end(self) -> int:
        """Read to the end of the program and return its status."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "did not end"
            self.read(0.05)
        self._read_the_rest()
        return self.process.returncode

    def _read_the_rest(self) -> None:
        """Take in what the program drew last; only what is written behind it tells that it has all come."""
        size = -1
        while size != len(self.output):  # makes room for the mark
            size = len(self.output)
            self.read(0)
        if self.slave >= 0:
            os.write(self.slave, MARK)
            self.until(MARK, after=size)
            self.output = self.output.replace(MARK, b"")

    def attributes(self) -> list[object]:
        """Return the settings of the terminal as they are now."""
        return termios.tcgetattr(self.slave)

    def switches(self) -> int:
        """Return how often any thread of the program gave up the processor, having waited."""
        total = 0
        for status in Path(f"/proc/{self.process.pid}/task").glob("*/status"):
            for line in status.read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    total += int(line.split()[1])
        return total
