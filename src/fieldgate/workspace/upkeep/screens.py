"""Who has a workspace open on a screen: a small file beside the store, locked for as long as the screen runs.

Standing answer: only screens leave it, and only a second screen asks; commands of the shell always work. The lock is
the kernel's, so that it is gone when a screen was killed: nothing stale is ever in the way.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from fieldgate.errors import BusyError
from fieldgate.words import t

if TYPE_CHECKING:
    from pathlib import Path

    from fieldgate.workspace.door import Target

_LONGEST = 4096


class Holder(NamedTuple):
    """Who has it open: a process, on which machine, since when."""

    pid: int
    host: str
    since: str

    @property
    def words(self) -> str:
        """One sentence about who has it."""
        return t("It is open on a screen: process {pid} on {host}, since {since}.",
                 pid=self.pid, host=self.host, since=self.since)  # fmt: skip


class Claim:
    """A screen's own note; given back by `release`, or by the end of the process."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def release(self) -> None:
        """Let go."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def claim(store: Path) -> Claim | Holder:
    """Say that a screen has the store open; if another one has it, return who that is, and claim nothing.

    Where no note can be written, as in a folder that is read-only, the claim is empty: nothing can be lost there.
    """
    try:
        handle = os.open(_note(store), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError:
        return Claim(-1)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        try:
            return _read(os.read(handle, _LONGEST))
        finally:
            os.close(handle)
    except OSError:  # a disk without locks: nobody can be told apart
        os.close(handle)
        return Claim(-1)
    os.ftruncate(handle, 0)
    note = {"pid": os.getpid(), "host": os.uname().nodename, "since": time.strftime("%Y-%m-%d %H:%M")}
    os.write(handle, json.dumps(note).encode())
    return Claim(handle)


def holder(store: Path) -> Holder | None:
    """Return which screen has the store open; None if none has."""
    try:
        handle = os.open(_note(store), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(os.read(handle, _LONGEST))
    except OSError:
        return None
    finally:
        os.close(handle)
    return None


def refuse_if_open(store: Path) -> None:
    """Refuse while another screen than our own has the store open.

    Raises:
        BusyError: One has.
    """
    found = holder(store)
    if found is not None and (found.pid, found.host) != (os.getpid(), os.uname().nodename):
        raise BusyError(found.words, t("Quit it first; then try again."), str(store))


def settled(target: Target | None) -> tuple[Target | None, Claim]:
    """Claim what a screen is about to open; where another screen has it, ask in the terminal what to do.

    Raises:
        BusyError: Neither reading alone nor working together was chosen.
    """
    if target is None or not target.known:
        return target, Claim(-1)
    found = claim(target.store)
    if isinstance(found, Claim):
        return target, found
    from fieldgate.domain.display import clean  # a first screen has nothing to say

    sys.stderr.write(clean(found.words) + "\n" + t("[r] only read   [t] work together   anything else: leave") + " ")
    sys.stderr.flush()
    chosen = sys.stdin.readline().strip().casefold()
    if chosen == "r":
        return target._replace(read_only=True), Claim(-1)
    if chosen == "t":
        return target, Claim(-1)
    raise BusyError(found.words, t("Open it there, or choose r or t here."), str(target.store))


def _note(store: Path) -> Path:
    return store.with_name(f".{store.name}.screen")


def _read(content: bytes) -> Holder:
    try:
        note = json.loads(content)
        return Holder(int(note["pid"]), str(note["host"])[:80], str(note["since"])[:40])
    except (ValueError, KeyError, TypeError):
        return Holder(0, "?", "?")
