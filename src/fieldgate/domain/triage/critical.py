"""Critical requests to which nobody has responded: no action and no meeting is linked. Strategic accounts first."""

from collections.abc import Iterator

from fieldgate.domain.records.work import Action, ActionState, Requirement, RequirementState, Urgency
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.domain.triage.reach import named_by, naming
from fieldgate.words import mark

_NO_RANK = 1_000_000_000
_OVER = frozenset(
    {
        RequirementState.DONE,
        RequirementState.CONFIRMED,
        RequirementState.DECLINED,
        RequirementState.DUPLICATE,
    }
)


def account_rank(facts: Snapshot, requirement: Requirement) -> int:
    """The rank of the customer among the strategic accounts; those that are none come last."""
    customer = facts.customers.get(requirement.customer_id or "")
    if customer is None or not customer.live or customer.account_rank is None:
        return _NO_RANK
    return customer.account_rank


def has_response(facts: Snapshot, requirement: Requirement) -> bool:
    """Whether a meeting, or an action that was not dropped, is linked to a request."""
    meetings = (requirement.field_meeting_id, requirement.decision_meeting_id)
    if any((found := facts.get("meeting", each)) is not None and found.live for each in meetings):
        return True
    actions = facts.linked("action", "requirement_id", requirement.id)
    return any(isinstance(each, Action) and each.state != ActionState.DROPPED for each in actions)


def _judge(sight: Sight, record: Requirement) -> Iterator[Item]:
    if record.urgency != Urgency.CRITICAL or record.state in _OVER:
        return
    if not has_response(sight.facts, record):
        rank = account_rank(sight.facts, record)
        order = (rank, record.reported_at, record.created_at, record.id)
        customer_id = record.customer_id or ""
        yield item_of("critical", record, record.reported_at, customer_id=customer_id, order=order)


CRITICAL = TriageKind(
    name="critical",
    title=mark("Critical requests"),
    about=frozenset({"requirement"}),
    judge=_judge,
    verbs=("respond", "not_critical"),
    reaches={
        "action": named_by("action", "requirement_id"),
        "meeting": naming("requirement", "field_meeting_id", "decision_meeting_id"),
        "customer": naming("requirement", "customer_id"),
    },
    snoozable=False,
)
