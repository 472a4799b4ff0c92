"""The demo: a copy of the sample, its dates moved so that today is the day it was written for; leaves nothing."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from fieldgate.locations import Locations
from fieldgate.workspace.arriving import inspect_folder, one_each, read_target
from fieldgate.workspace.door import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.domain.records.record import Record
    from fieldgate.workspace.clock import Clock

SAMPLE_DAY = date(2026, 3, 16)
"""The day on which the sample's story stands: its gate is three days overdue, an interview is planned for Thursday."""

SAMPLE_AUTHOR = "an"
_FOLDER = "fieldgate-demo-"
_YOUNG = 60.0
"""Seconds within which a folder may have been made and not yet be held."""
R = TypeVar("R", bound="Record")


@contextmanager
def demo(locations: Locations, clock: Clock) -> Iterator[tuple[Locations, Path]]:
    """Give a data folder of its own with the moved sample in it, and the path of its store; both go at the end."""
    remove_left()
    folder = Path(tempfile.mkdtemp(prefix=_FOLDER))
    own = Locations(data=folder / "data", config=locations.config, cache=folder / "cache")
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield own, make_demo(own, clock)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def remove_left() -> int:
    """Remove what demos left that were killed: folders of ours, of this user, that no process holds; returns how many."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            continue  # a link, a file, or somebody else's
        try:
            about = os.fstat(handle)
            if about.st_uid == os.geteuid() and time.time() - about.st_mtime > _YOUNG:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
        except OSError:
            continue  # held: its demo still runs
        finally:
            os.close(handle)
    return removed


def is_demo(locations: Locations) -> bool:
    """Whether these are the places of a demo."""
    return locations.data.parent.name.startswith(_FOLDER)


def make_demo(locations: Locations, clock: Clock) -> Path:
    """Make the store of the demo; returns its path."""
    target = inspect_folder(locations.sample(), locations)
    by = clock.today() - SAMPLE_DAY
    records: list[Record] = []
    for each in one_each(read_target(target).versions):
        if each.parsed.record is not None:
            records += (each.parsed.record, *each.parsed.evidence, *each.parsed.checks)
    make_store(target, [moved(each, by) for each in records], locations, clock, SAMPLE_AUTHOR)
    return target.store


def moved(record: R, by: timedelta) -> R:
    """Return a record with all its dates and timestamps moved."""
    values: dict[str, Any] = {}
    for each in fields(record):
        value = getattr(record, each.name)
        if isinstance(value, (date, datetime)):
            values[each.name] = value + by
    return replace(record, **values)
