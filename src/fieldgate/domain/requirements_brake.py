"""The feature brake: what a requirement must be linked to before it may be accepted.

Discovery confirms the product that is intended; it invents no features. A feature is opened only if customers do not
see the problem, do not find it serious, or say that the product does not solve it; then a belief of problem, solution
or customer must be refuted, or be denied by `brake_no` sources, and both teams decide in a sync meeting. If a customer
insists, whoever is responsible for the product first goes and hears that customer, on or after the day it was
reported. In validation and creation the joint decision is enough; in building and after none is needed.
"""

from datetime import date

from fieldgate.domain.attendance import is_held, is_joint_sync, product_deciders
from fieldgate.domain.evidence import tally
from fieldgate.domain.findings import Fix, listed, name_of
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import Area, HypothesisState, Meeting, Step
from fieldgate.domain.records.work import Reason, Requirement
from fieldgate.domain.snapshot import Snapshot
from fieldgate.words import t

_AREAS = (Area.PROBLEM, Area.SOLUTION, Area.CUSTOMER)


def missing_links(
    facts: Snapshot, requirement: Requirement, step: Step | None, policy: Policy, today: date
) -> tuple[Fix, ...]:
    """What a requirement lacks to be accepted, besides its three risk and reward answers; empty means nothing.

    Args:
        facts: The facts it is judged by.
        requirement: As it is, or as it would be.
        step: The step of the open gate; None after the last one.
        policy: The numbers in force.
        today: Meetings after it prove nothing.
    """
    if step is None or step == Step.BUILDING:
        return ()
    if step != Step.DISCOVERY:
        return _decision(facts, requirement, None, today)
    if requirement.reason == Reason.NONE:
        text = t(
            "Say why {code} may be opened in discovery: customers do not see the problem, do not find it serious, "
            "say the product does not solve it, or one customer insists.",
            code=requirement.code,
        )
        return (Fix(kind="requirement", id=requirement.id, code=requirement.code, text=text),)
    if requirement.reason == Reason.CUSTOMER_INSISTS:
        field = _field_meeting(facts, requirement, today)
        return (*_field_visit(facts, requirement, field), *_decision(facts, requirement, field, today))
    return (*_doubt(facts, requirement, policy), *_decision(facts, requirement, None, today))


def _decision(facts: Snapshot, requirement: Requirement, after: Meeting | None, today: date) -> tuple[Fix, ...]:
    """Both teams decide in a sync meeting, on or after the visit if there was one."""
    meeting = facts.meetings.get(requirement.decision_meeting_id or "")
    if meeting is None or not is_joint_sync(facts, meeting, today):
        text = t("Decide {code} in a sync meeting that both teams attend, and link it.", code=requirement.code)
        return (Fix(kind="meeting", text=text),)
    if after is not None and meeting.date < after.date:
        text = t(
            "{sync} was held before {visit}: decide {code} in a sync meeting after the visit.",
            sync=meeting.code,
            visit=after.code,
            code=requirement.code,
        )
        return (Fix(kind="meeting", id=meeting.id, code=meeting.code, text=text),)
    return ()


def _doubt(facts: Snapshot, requirement: Requirement, policy: Policy) -> tuple[Fix, ...]:
    """A belief of problem, solution or customer that customers deny."""
    belief = facts.hypotheses.get(requirement.hypothesis_id or "")
    if belief is None or not belief.live or belief.area not in _AREAS:
        text = t("Link {code} to the belief of problem, solution or customer that fell.", code=requirement.code)
        return (Fix(kind="hypothesis", text=text),)
    denied = tally(facts, belief, policy).no
    if belief.state == HypothesisState.REFUTED or denied >= policy.brake_no:
        return ()
    text = t(
        "{belief} is not refuted and {denied} of {want} sources say no to it.",
        belief=belief.code,
        denied=denied,
        want=policy.brake_no,
    )
    return (Fix(kind="hypothesis", id=belief.id, code=belief.code, text=text),)


def _field_meeting(facts: Snapshot, requirement: Requirement, today: date) -> Meeting | None:
    meeting = facts.meetings.get(requirement.field_meeting_id or "")
    sound = (
        meeting is not None
        and is_held(meeting, today)
        and requirement.customer_id is not None
        and meeting.customer_id == requirement.customer_id
        and meeting.date >= requirement.reported_at
        and any(each.id in meeting.members for each in product_deciders(facts))
    )
    return meeting if sound else None


def _field_visit(facts: Snapshot, requirement: Requirement, held: Meeting | None) -> tuple[Fix, ...]:
    if held is not None:
        return ()
    customer = facts.customers.get(requirement.customer_id or "")
    if customer is None or not customer.live:
        text = t("Name the customer who insists on {code}.", code=requirement.code)
        return (Fix(kind="requirement", id=requirement.id, code=requirement.code, text=text),)
    text = t(
        "Hear {customer} first: a meeting with them on or after {day}, attended by {members}, linked to {code}.",
        customer=name_of(customer),
        day=requirement.reported_at,
        members=listed([each.name for each in product_deciders(facts)]) or t("someone of Product Development"),
        code=requirement.code,
    )
    return (Fix(kind="customer", id=customer.id, code=customer.code, text=text),)
