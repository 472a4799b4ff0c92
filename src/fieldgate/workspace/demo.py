"""The demo: a copy of the sample, its dates moved so that today is the day it was written for; leaves nothing."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from fieldgate.domain.identity import ID_ALPHABET
from fieldgate.locations import Locations
from fieldgate.workspace.arriving import inspect_folder, one_each, read_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.domain.records.record import Record
    from fieldgate.workspace.clock import Clock

SAMPLE_DAY = date(2026, 3, 16)
"""The day on which the sample's story stands: its gate is three days overdue, an interview is planned for Thursday."""

SAMPLE_AUTHOR = "an"
R = TypeVar("R", bound="Record")


@contextmanager
def demo(locations: Locations, clock: Clock) -> Iterator[tuple[Locations, Path]]:
    """Give a data folder of its own with the moved sample in it, and the path of its store; both go at the end."""
    folder = Path(tempfile.mkdtemp(prefix="fieldgate-demo-"))
    own = Locations(data=folder / "data", config=locations.config, cache=folder / "cache")
    try:
        yield own, make_demo(own, clock)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_demo(locations: Locations, clock: Clock) -> Path:
    """Make the store of the demo; returns its path."""
    from fieldgate.store.taking import Arrival  # with SQLModel
    from fieldgate.workspace.founding import make_store

    target = inspect_folder(locations.sample(), locations)
    by = clock.today() - SAMPLE_DAY
    arrivals = [
        Arrival(
            record=moved(each.parsed.record, by),
            evidence=tuple(moved(piece, by) for piece in each.parsed.evidence),
            checks=tuple(moved(check, by) for check in each.parsed.checks),
        )
        for each in one_each(read_target(target).versions)
        if each.parsed.record is not None
    ]
    writer = "".join(secrets.choice(ID_ALPHABET) for _ in range(5))
    make_store(target.store, arrivals, locations, clock, writer=writer, author=SAMPLE_AUTHOR)
    return target.store


def moved(record: R, by: timedelta) -> R:
    """Return a record with all its dates and timestamps moved."""
    values: dict[str, Any] = {}
    for each in fields(record):
        value = getattr(record, each.name)
        if isinstance(value, (date, datetime)):
            values[each.name] = value + by
    return replace(record, **values)
