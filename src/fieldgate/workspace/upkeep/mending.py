"""Putting another file in the place of a working store: a backup that is restored, or what a repair made.

Standing answer: what stood there is kept, the new file appears whole under the name or not at all, and none of it is
done while a screen has the store open.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from fieldgate.errors import BusyError, FieldgateError
from fieldgate.store.backups import copy, flush
from fieldgate.store.database import Database, make_private_file
from fieldgate.store.healing import heal, journal_of, refuse_foreign
from fieldgate.store.inspection import check_file
from fieldgate.store.salvage import Salvaged, is_sound, salvage
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.upkeep.screens import refuse_if_open

if TYPE_CHECKING:
    from fieldgate.workspace.upkeep.backups import Backup, Backups


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What a repair came to. `kept`: where the damaged file now lies; `backup`: what it began with, or None."""

    kept: Path
    backup: Backup | None
    salvaged: Salvaged


def restore(store: Path, backups: Backups, chosen: Backup) -> Path | None:
    """Put a backup in the place of the store; returns where what stood there is kept, None if nothing did.

    Raises:
        BusyError: A screen has it open, or it cannot be written.
        FormatError: The backup is damaged.
    """
    refuse_if_open(store)
    check_file(chosen.path)
    new = _beside(store)
    try:
        with closing(Database(chosen.path, read_only=True)) as source:
            copy(source, new)
        kept = keep_aside(store, backups, "replaced") if store.exists() else None
        _put_in_place(new, store)
    finally:
        new.unlink(missing_ok=True)
    backups.thin()
    return kept


def repair(store: Path, backups: Backups, *, writer: str) -> Repair:
    """Make a sound store out of a damaged one, the last sound backup, and what else can be read; the damaged file is kept.

    Raises:
        BusyError: A screen has it open, or it cannot be written.
        FormatError: Nothing can be read and there is no backup; everything is left as it is.
    """
    refuse_if_open(store)
    backup = next((each for each in backups.listed() if is_sound(each.path)), None)
    new = _beside(store)
    try:
        # In a folder of its own that only we can read: a write that was under way is taken back there, not in place.
        with tempfile.TemporaryDirectory(dir=store.parent, prefix=".repair-") as folder:
            work = Path(folder) / store.name
            _copy_with_journal(store, work)
            salvaged = salvage(work, backup.path if backup else None, new, now=backups.now(), writer=writer)
        kept = keep_aside(store, backups, "damaged")
        _put_in_place(new, store)
    except OSError as error:
        message = t("The repair could not be written: {why}.", why=error.strerror or type(error).__name__)
        raise BusyError(message, t("Make room and try again; the damaged file is as it was."), str(store)) from error
    finally:
        new.unlink(missing_ok=True)
    return Repair(kept=kept, backup=backup, salvaged=salvaged)


def keep_aside(store: Path, backups: Backups, why: str) -> Path:
    """Copy a store, sound or not, among its backups, under a name that is never let go of by itself if it is damaged."""
    sound = why == "replaced" and not _with_journal(store) and is_sound(store)
    if sound:
        with closing(Database(store, read_only=True)) as database:
            target = backups.free_path(int(database.raw.execute("select max(seq) from event").fetchone()[0] or 0), why)
            copy(database, target)
        return target
    number = 1
    target = backups.folder / f"damaged-{backups.now():%Y%m%d-%H%M%S}.fieldgate"
    while target.exists():
        number += 1
        target = backups.folder / f"damaged-{backups.now():%Y%m%d-%H%M%S}-{number}.fieldgate"
    make_private_file(target)
    _copy_with_journal(store, target)
    flush(target)
    flush(target.parent)
    return target


def _put_in_place(new: Path, store: Path) -> None:
    """Give the new file its name. The journal of the old one goes first: it must never be played into the new one."""
    journal_of(store).unlink(missing_ok=True)
    try:
        new.replace(store)
        flush(store.parent)
    except OSError as error:
        message = t("{path} cannot be replaced: {why}.", path=store, why=os.strerror(error.errno or 0))
        raise BusyError(message, t("Nothing was lost: what stood there is kept."), str(store)) from error


def _beside(store: Path) -> Path:
    new = store.with_name(f".{store.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    return new


def _with_journal(store: Path) -> bool:
    return journal_of(store).exists()


def _copy_with_journal(store: Path, target: Path) -> None:
    shutil.copyfile(store, target)
    if _with_journal(store):
        refuse_foreign(journal_of(store))
        beside = journal_of(target)
        make_private_file(beside)
        shutil.copyfile(journal_of(store), beside)


def trouble_of(store: Path) -> str:
    """Return what is wrong with a store in one sentence; empty if it opens and its pages and links are whole."""
    try:
        heal(store)
        check_file(store)
    except FieldgateError as error:
        return error.message
    return "" if is_sound(store) else t("{file} is damaged.", file=store.name)
