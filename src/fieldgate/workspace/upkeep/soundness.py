"""Soundness: a look at a store on every open, behind the screen, so that damage is said before it is worked upon.

Standing answer: pages, values and links each time; once a week also whether the indexes agree with their tables, which
is what takes long. It has a connection of its own and changes nothing.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from fieldgate.errors import FieldgateError, FormatError
from fieldgate.store.backups import trouble_at
from fieldgate.words import t

if TYPE_CHECKING:
    from pathlib import Path

WEEK = 7 * 24 * 3600.0


def look_over(store: Path, note: Path) -> FormatError | None:
    """Return what is wrong with a store; None if it is sound, or cannot be looked at just now.

    Args:
        store: The store.
        note: A file whose time says when the last thorough look was; made by one that found nothing.
    """
    thorough = _age(note) > WEEK
    try:
        found = trouble_at(store, full=thorough)
    except FormatError as error:
        return error
    except FieldgateError:
        return None  # another program writes; whoever opens the store next looks again
    if found:
        message = t("{file} is damaged: {reason}.", file=store.name, reason=found[0][:120])
        return FormatError(message, t("Run: fieldgate check --repair. The damaged file is kept."), str(store))
    if thorough:
        with suppress(OSError):
            note.touch(mode=0o600)
    return None


def _age(note: Path) -> float:
    try:
        return abs(time.time() - note.stat().st_mtime)
    except OSError:
        return WEEK + 1
