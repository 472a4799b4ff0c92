"""Attendance: which meetings took place, and who of us was there.

A meeting planned for a later date proves nothing. A founder who is both teams counts for each.
"""

from collections.abc import Iterable
from datetime import date
from typing import cast

from fieldgate.domain.records.learning import Meeting, MeetingKind
from fieldgate.domain.records.people import Member, Team
from fieldgate.domain.snapshot import Snapshot

TEAMS = (Team.CUSTDEV, Team.PRODDEV)


def is_held(meeting: Meeting, today: date) -> bool:
    """Whether a meeting counts: live, and not in the future."""
    return meeting.deleted_at is None and meeting.date <= today


def meetings_with(facts: Snapshot, customer_id: str) -> list[Meeting]:
    """The live meetings with a customer, planned ones included."""
    return cast("list[Meeting]", facts.linked("meeting", "customer_id", customer_id))


def latest(meetings: Iterable[Meeting]) -> Meeting | None:
    """The last of some meetings by date; of one day the one entered last."""
    return max(meetings, key=lambda each: (each.date, each.created_at, each.id), default=None)


def members_at(facts: Snapshot, meeting: Meeting) -> list[Member]:
    """Those of us who attended, by handle; archived members are not counted."""
    found = (facts.members.get(each) for each in meeting.members)
    return sorted((each for each in found if each is not None and each.live), key=lambda each: each.handle)


def teams_missing(facts: Snapshot, meeting: Meeting) -> tuple[Team, ...]:
    """The teams of which nobody attended."""
    present = {each.team for each in members_at(facts, meeting)}
    return () if Team.BOTH in present else tuple(each for each in TEAMS if each not in present)


def is_joint_sync(facts: Snapshot, meeting: Meeting, today: date) -> bool:
    """Whether it is a sync meeting that was held with both teams."""
    return meeting.kind == MeetingKind.SYNC and is_held(meeting, today) and not teams_missing(facts, meeting)


def is_product(member: Member) -> bool:
    """Whether a live member answers for the product."""
    return member.live and member.team in {Team.PRODDEV, Team.BOTH}


def product_deciders(facts: Snapshot) -> list[Member]:
    """Who must hear customers for the product: its active key members, all its active members when none is key."""
    product = sorted((each for each in facts.members.values() if is_product(each)), key=lambda each: each.handle)
    active = [each for each in product if each.active]
    return [each for each in active if each.key] or active
