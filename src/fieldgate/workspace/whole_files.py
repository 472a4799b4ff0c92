"""Files that appear whole or not at all: written beside their place, put there when they are on the disk."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from fieldgate.errors import BusyError
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that only its owner can read; it is there once the block ends, and not if the block fails.

    Raises:
        OSError: It cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as out:
            os.fchmod(handle, 0o600)
            yield out
            out.flush()
            os.fsync(handle)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def whole_file_told(path: Path) -> Iterator[IO[bytes]]:
    """The same, where what the disk refuses is said in words.

    Raises:
        BusyError: It cannot be written.
    """
    try:
        with whole_file(path) as out:
            yield out
    except OSError as why:
        message = t("{path} cannot be written: {why}.", path=path, why=why.strerror)
        raise BusyError(message, t("Check that there is room and that you may write there."), str(path)) from why
