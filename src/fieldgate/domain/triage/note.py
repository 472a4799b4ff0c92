"""Observations that nobody has looked at yet, in the order in which they were said."""

from collections.abc import Iterator

from fieldgate.domain.records.learning import Note, NoteKind
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.words import mark


def _judge(sight: Sight, record: Note) -> Iterator[Item]:
    del sight
    if record.kind == NoteKind.OBSERVATION and record.triaged_at is None and not record.discarded:
        yield item_of("note", record, record.said_on, customer_id=record.customer_id or "")


NOTE = TriageKind(
    name="note",
    title=mark("Notes"),
    about=frozenset({"note"}),
    judge=_judge,
    verbs=("yes", "no", "maybe", "hypothesis", "request", "gap", "action", "background", "discard"),
)
