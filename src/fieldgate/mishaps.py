"""Mishaps: what the system refuses to do with a file, as a failure with words.

Only for calls whose failure has no words of its own: a disk can refuse any of them, and each must be said.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldgate.errors import BusyError
from fieldgate.words import t


def in_words(error: OSError, path: Path | None = None) -> BusyError:
    """Return the failure as one that can be said; the file is the one that the system names, else `path`."""
    name = error.filename if isinstance(error.filename, (str, bytes)) else path
    where = "" if name is None else os.fsdecode(name)
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    message = t("The disk refuses: {path}: {reason}.", path=where, reason=reason) if where else t(
        "The disk refuses: {reason}.", reason=reason
    )  # fmt: skip
    return BusyError(message, t("See that there is room and that you may write there; what was saved is safe."), where)


@contextmanager
def said(path: Path | None = None) -> Iterator[None]:
    """Turn what the system refuses within the block into words.

    Raises:
        BusyError: It refused something.
    """
    try:
        yield
    except OSError as error:
        raise in_words(error, path) from error
