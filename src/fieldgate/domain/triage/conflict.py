"""Conflicts: a live record of which two founders gave one field different values; one item for each field."""

from collections.abc import Iterator
from datetime import date

from fieldgate.domain.records.record import Conflict, Record
from fieldgate.domain.triage.kind import EVERY_KIND, Item, Sight, TriageKind, item_of
from fieldgate.words import mark


def _judge(sight: Sight, record: Record) -> Iterator[Item]:
    del sight
    fields: dict[str, list[Conflict]] = {}
    for each in record.conflicts:
        fields.setdefault(".".join(each.field), []).append(each)
    for path, entries in fields.items():
        since = min((day for day in map(_day, entries) if day), default=record.updated_at.date())
        yield item_of("conflict", record, since, part=path)


def _day(entry: Conflict) -> date | None:
    """The day of a version that somebody else wrote; its text may be anything."""
    try:
        return date.fromisoformat(entry.at[:10])
    except ValueError:
        return None


CONFLICT = TriageKind(
    name="conflict",
    title=mark("Conflicts"),
    about=EVERY_KIND,
    judge=_judge,
    verbs=("settle", "both"),
    snoozable=False,
    when_stopped=True,
)
