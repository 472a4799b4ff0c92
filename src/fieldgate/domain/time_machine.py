"""Time machine: the facts as they stood on an earlier day.

Records made later are left out, evidence by the day it was given. Older values of fields come from the log as far as it
reaches. Dated facts do not need the log: a hypothesis was a draft before `locked_on` and in testing before
`verdict_on`, a gate was open before `closed_on`, a card entered its column on `state_on`. So every copy of a workspace
gives the same answer for all that is dated. A record that was changed since, with a log that does not reach back, shows
its other fields as they are now, and is named as such.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from fieldgate.domain.kinds import KIND_OF
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Touchpoint, TouchpointState
from fieldgate.domain.records.learning import Evidence, Hypothesis, HypothesisState
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import Snapshot, snapshot_of
from fieldgate.values import dataclass

Row = tuple[str, str]
"""Kind and id of a record."""

_UNRULED = {
    "verdict_at": None,
    "verdict_on": None,
    "verdict_by": None,
    "verdict_reason": None,
    "learned": None,
}
_UNDECIDED = {
    "outcome": None,
    "decided_at": None,
    "closed_on": None,
    "meeting_id": None,
    "reason": None,
    "stop_kind": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The facts of an earlier day. `as_now`: records of which some fields could only be shown as they are now."""

    day: date
    facts: Snapshot
    as_now: frozenset[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What the log says of one record after the day: its fields before the first later change.

    `reaches`: the log saw the record on that day already, so `before` is all that changed since.
    """

    before: Mapping[str, Any]
    reaches: bool


def as_of(records: Iterable[Record], day: date, log: Mapping[Row, Logged]) -> Past:
    """Return the facts as they stood at the end of a day.

    Args:
        records: All records as they are now, archived ones included.
        day: The day.
        log: By record, what the log knows of it.
    """
    stood: list[Record] = []
    as_now: set[Row] = set()
    for record in records:
        row = (KIND_OF[type(record)], record.id)
        earlier = _earlier(record, day, log.get(row))
        if earlier is None:
            continue
        stood.append(earlier)
        known = log.get(row)
        if record.updated_at.date() > day and not (known and known.reaches):
            as_now.add(row)
    return Past(day=day, facts=snapshot_of(stood), as_now=frozenset(as_now))


def _earlier(record: Record, day: date, logged: Logged | None) -> Record | None:
    if record.created_at.date() > day:
        return None
    values = dict(logged.before) if logged else {}
    names = {each.name for each in fields(record)}
    earlier = replace(record, **{name: value for name, value in values.items() if name in names})
    if isinstance(earlier, Evidence):
        return earlier if earlier.answered_at.date() <= day else None
    if isinstance(earlier, Gate) and earlier.opened_on > day:
        return None
    changes = dict(_dated(earlier, day))
    if earlier.deleted_at is not None and earlier.deleted_at.date() > day:
        changes["deleted_at"] = None
    return replace(earlier, **changes) if changes else earlier


def _dated(record: Record, day: date) -> Iterator[tuple[str, Any]]:
    """The fields that the dates of a record itself take back."""
    if isinstance(record, Gate) and record.closed_on is not None and record.closed_on > day:
        yield from _UNDECIDED.items()
    elif isinstance(record, Hypothesis):
        yield from _belief(record, day)
    elif isinstance(record, Touchpoint) and record.state_on is not None and record.state_on > day:
        yield "state", TouchpointState.UNASKED
        yield "state_on", None


def _belief(record: Hypothesis, day: date) -> Iterator[tuple[str, Any]]:
    if record.locked_on is not None and record.locked_on > day:
        yield from {**_UNRULED, "state": HypothesisState.DRAFT, "locked_at": None, "locked_on": None}.items()
    elif record.verdict_on is not None and record.verdict_on > day:
        yield from {**_UNRULED, "state": HypothesisState.TESTING}.items()
