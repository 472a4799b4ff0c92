"""Minutes of meetings with customers and of syncs that were not shared in time, or were changed after sharing.

Interviews are for us alone.
"""

from collections.abc import Iterator

from fieldgate.domain.attendance import is_held
from fieldgate.domain.records.learning import Meeting, MeetingKind
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.words import mark


def is_changed_after_sharing(meeting: Meeting) -> bool:
    """Whether the minutes are not what the others have."""
    return meeting.shared_at is not None and meeting.updated_at > meeting.shared_at


def _judge(sight: Sight, record: Meeting) -> Iterator[Item]:
    if record.kind == MeetingKind.INTERVIEW or not is_held(record, sight.today):
        return
    if record.customer_id is None and record.kind != MeetingKind.SYNC:
        return
    customer_id = record.customer_id or ""
    if is_changed_after_sharing(record):
        yield item_of("minutes", record, record.updated_at.date(), customer_id=customer_id)
    elif record.shared_at is None and (sight.today - record.date).days > sight.policy.minutes_days:
        yield item_of("minutes", record, record.date, customer_id=customer_id)


MINUTES = TriageKind(
    name="minutes",
    title=mark("Minutes to share"),
    about=frozenset({"meeting"}),
    judge=_judge,
    verbs=("shared", "export", "not_needed"),
    reads=frozenset({"workspace"}),
)
