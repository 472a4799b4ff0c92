"""The time machine: a workspace as it stood on an earlier day, for whoever reads.

Dated facts give the same answer on every machine; other fields come from the log of this store as far as it reaches,
and what it cannot tell is shown as now and named.
"""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from fieldgate.domain.moves.scene import name_of
from fieldgate.domain.time_machine import Past, as_of
from fieldgate.errors import UsageError
from fieldgate.store.past import PastReader
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.glance import PLAYBOOK, overrides_of
from fieldgate.workspace.playbook_files import current_playbook
from fieldgate.workspace.reading import Reading

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from fieldgate.domain.playbook import Playbook
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.locations import Locations
    from fieldgate.workspace.service import Workspace


@dataclass(frozen=True)
class PastReading(Reading):
    """A workspace as it stood at the end of a day; its `today` is that day."""

    past: Past = field(kw_only=True)

    @cached_property
    def facts(self) -> Snapshot:
        """The facts of that day."""
        return self.past.facts

    @property
    def shown_as_now(self) -> tuple[str, ...]:
        """The records of which some fields could only be shown as they are now, by what people call them."""
        return names_as_now(self.past)


def names_as_now(past: Past) -> tuple[str, ...]:
    """Return what people call the records of which some fields could only be shown as they are now."""
    found = (past.facts.get(kind, row_id) for kind, row_id in past.as_now)
    return tuple(sorted({name_of(each) for each in found if each is not None}, key=lambda name: (len(name), name)))


def past_of(store: Path, day: date, today: date) -> Past:
    """Return the facts of a store as they stood at the end of a day.

    Raises:
        UsageError: The day is still to come, or before the workspace was there.
    """
    if day > today:
        raise UsageError(t("{day} is still to come.", day=day), t("Name a day up to {today}.", today=today), "--at")
    with PastReader(store, day) as reader:
        past = as_of(reader.every_fact(), day, reader.logged_after(day))
        if past.facts.tables["workspace"]:
            return past
        began = next(reader.records("workspace")).created_at.date()
    raise UsageError(
        t("The workspace was not there yet on {day}.", day=day), t("It began on {day}.", day=began), "--at"
    )


def look_back(reading: Reading, day: date, locations: Locations, overrides: str | None) -> PastReading:
    """Return a workspace that is being read as it stood at the end of a day.

    Args:
        reading: The workspace as it is; stays open.
        day: The day.
        locations: Where the playbooks that ship lie.
        overrides: What the team wrote into its own playbook, if it has one.
    """
    past = past_of(reading.reader.path, day, reading.today)
    playbook = reading.playbook
    if past.facts.workspace.policy != reading.facts.workspace.policy:
        playbook = _with_numbers_of(past, reading.reader.meta(PLAYBOOK), locations, overrides)
    return PastReading(reader=reading.reader, playbook=playbook, path=reading.path, today=day, past=past)


def past_of_workspace(workspace: Workspace, day: date) -> tuple[Past, Playbook]:
    """Return an open workspace's facts as they stood at the end of a day, and the playbook with the numbers of then.

    Raises:
        UsageError: The day is still to come, or before the workspace was there.
    """
    past = past_of(workspace.store.path, day, workspace.clock.today())
    if past.facts.workspace.policy == workspace.facts.workspace.policy:
        return past, workspace.playbook
    kept = workspace.store.meta(PLAYBOOK)
    return past, _with_numbers_of(past, kept, workspace.locations, overrides_of(workspace.target))


def _with_numbers_of(past: Past, kept: str | None, locations: Locations, overrides: str | None) -> Playbook:
    """Return the playbook with the numbers of a day; texts and criteria are today's."""
    return current_playbook(kept, locations.playbooks(), overrides, dict(past.facts.workspace.policy))[0].playbook
