"""Touchpoints to ask: unasked core cards of the phases in focus of the current step, and ready cards that are stale."""

from collections.abc import Iterator

from fieldgate.domain.records.journey import Touchpoint, TouchpointState
from fieldgate.domain.touchpoints import is_stale
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.words import mark


def _judge(sight: Sight, record: Touchpoint) -> Iterator[Item]:
    if is_stale(record, sight.policy, sight.today) or _is_to_ask(sight, record):
        since = record.reviewed_at or record.state_on or record.created_at.date()
        yield item_of("touchpoint", record, since, order=(since, record.code, record.id))


def _is_to_ask(sight: Sight, card: Touchpoint) -> bool:
    if card.state != TouchpointState.UNASKED or sight.gate is None:
        return False
    known = sight.playbook.cards.get(card.code)
    return known is not None and known.core and card.phase in sight.playbook.step(sight.gate.step).phases


TOUCHPOINT = TriageKind(
    name="touchpoint",
    title=mark("Touchpoints"),
    about=frozenset({"touchpoint"}),
    judge=_judge,
    verbs=("check.yes", "check.no", "check.na", "ready", "review", "gap", "na"),
    reads=frozenset({"gate", "workspace"}),
)
