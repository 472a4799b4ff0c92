"""Touchpoints: which cards count, which are stale, and how many gaps we caught before a customer did."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from fieldgate.domain.policy import Policy
from fieldgate.domain.records.journey import FoundBy, Touchpoint, TouchpointState
from fieldgate.domain.snapshot import Snapshot


def live_cards(facts: Snapshot) -> Iterator[Touchpoint]:
    """All cards that are not archived."""
    return cast("Iterator[Touchpoint]", facts.live("touchpoint"))


def is_fit_card(touchpoint: Touchpoint) -> bool:
    """Whether it is the card of a whole cell, which no gate reads."""
    return touchpoint.code.endswith("-00")


def counted_cards(facts: Snapshot, *phases: str) -> list[Touchpoint]:
    """The cards of some phases that gates read, by code: all but fit cards."""
    found = (each for each in live_cards(facts) if each.phase in phases and not is_fit_card(each))
    return sorted(found, key=lambda each: each.code)


def is_stale(touchpoint: Touchpoint, policy: Policy, today: date) -> bool:
    """Whether a ready card was last reviewed more than `review_days` ago."""
    seen = touchpoint.reviewed_at or touchpoint.state_on
    return touchpoint.state == TouchpointState.READY and seen is not None and (today - seen).days > policy.review_days


def is_escalated(touchpoint: Touchpoint) -> bool:
    """Whether it is a gap that a customer met."""
    return touchpoint.escalated_at is not None and touchpoint.state == TouchpointState.GAP


def catch_rate(facts: Snapshot) -> tuple[int, int]:
    """How many gaps no customer met first, of how many that were ever found."""
    found = [each for each in live_cards(facts) if each.found_by is not None]
    return sum(each.found_by == FoundBy.US and each.escalated_at is None for each in found), len(found)
