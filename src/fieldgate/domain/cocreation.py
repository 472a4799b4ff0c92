"""Co-creation customers: what one must bring, what must be agreed, and which rhythm was missed.

A customer becomes active with six traits yes, a measure and a target for every acceptance criterion that applies, at
least one benefit other than the legal one, both sides holding them to be doable, and a meeting with the customer in
which all that was agreed. It ends when every such criterion has result, yes or no, and proof, a retrospective was held
and feedback was asked for, and `pm.feedback`, `pm.retro` and `pm.upkeep` are yes.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import cast

from fieldgate.domain.attendance import is_held, latest, meetings_with
from fieldgate.domain.findings import Fix, name_of
from fieldgate.domain.playbook import CheckText, Playbook
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.journey import Answer, Check
from fieldgate.domain.records.learning import Meeting, MeetingKind, Purpose
from fieldgate.domain.records.people import Cadence, Customer, VisitCadence
from fieldgate.domain.records.work import Action, ActionState
from fieldgate.domain.snapshot import Snapshot
from fieldgate.words import t

CADENCE_DAYS: Mapping[Cadence, int] = MappingProxyType({Cadence.WEEKLY: 7, Cadence.BIWEEKLY: 14, Cadence.MONTHLY: 31})
VISIT_DAYS: Mapping[VisitCadence, int] = MappingProxyType({VisitCadence.MONTHLY: 31, VisitCadence.QUARTERLY: 92})

_LEGAL = "accept.benefit.legal"


def checks_of(facts: Snapshot, customer: Customer) -> Mapping[str, Check]:
    """The live checks of a customer by key."""
    rows = cast("list[Check]", facts.linked("check", "customer_id", customer.id))
    return {each.key: each for each in rows}


def traits_missing(facts: Snapshot, customer: Customer, playbook: Playbook) -> tuple[Fix, ...]:
    """The traits that are not answered yes."""
    checks = checks_of(facts, customer)
    return tuple(
        _fix(
            customer,
            checks.get(trait.key),
            t("{customer}: the trait “{title}” is not answered yes.", customer=name_of(customer), title=t(trait.title)),
        )
        for trait in playbook.traits
        if not _is_yes(checks.get(trait.key))
    )


def traits_passed(facts: Snapshot, customer: Customer, playbook: Playbook) -> int:
    """How many of the six traits are answered yes."""
    return len(playbook.traits) - len(traits_missing(facts, customer, playbook))


def applies(criterion: CheckText, check: Check | None) -> bool:
    """Whether an acceptance criterion counts: only benefits may be not applicable, and the legal one never."""
    waivable = criterion.level == "benefit" and criterion.key != _LEGAL
    return not (waivable and check is not None and check.answer == Answer.NA)


def acceptance_missing(facts: Snapshot, customer: Customer, playbook: Playbook) -> tuple[Fix, ...]:
    """What to do about the acceptance criteria that apply and lack a measure or a target."""
    return tuple(
        _fix(
            customer,
            check,
            t("{customer}: give a measure and a target to “{text}”.", customer=name_of(customer), text=t(each.text)),
        )
        for each, check in unmeasured(facts, customer, playbook)
    )


def unmeasured(facts: Snapshot, customer: Customer, playbook: Playbook) -> tuple[tuple[CheckText, Check | None], ...]:
    """The acceptance criteria that apply and lack a measure or a target, with their checks where there are any."""
    checks = checks_of(facts, customer)
    return tuple(
        (each, checks.get(each.key))
        for each in playbook.acceptance
        if applies(each, checks.get(each.key)) and not _is_measured(checks.get(each.key))
    )


def start_missing(facts: Snapshot, customer: Customer, playbook: Playbook, today: date) -> tuple[Fix, ...]:
    """What a candidate lacks to become active."""
    checks = checks_of(facts, customer)
    name = name_of(customer)
    missing = [*traits_missing(facts, customer, playbook), *acceptance_missing(facts, customer, playbook)]
    benefits = [each for each in playbook.acceptance if each.level == "benefit" and each.key != _LEGAL]
    if not any(applies(each, checks.get(each.key)) for each in benefits):
        missing.append(_fix(customer, None, t("{customer}: at least one benefit must apply.", customer=name)))
    feasible = checks.get(playbook.feasible.key)
    if not _is_yes(feasible):
        missing.append(_fix(customer, feasible, f"{name}: {t(playbook.feasible.text)}."))
    agreed = facts.meetings.get(customer.agreed_meeting_id or "")
    if agreed is None or agreed.customer_id != customer.id or not is_held(agreed, today):
        text = t("{customer}: link the meeting with them in which the criteria were agreed.", customer=name)
        missing.append(_fix(customer, None, text))
    return tuple(missing)


def end_missing(facts: Snapshot, customer: Customer, playbook: Playbook, today: date) -> tuple[Fix, ...]:
    """What an active customer lacks to end as planned."""
    checks = checks_of(facts, customer)
    name = name_of(customer)
    missing = [
        _fix(
            customer,
            checks.get(each.key),
            t("{customer}: “{text}” lacks its result, yes or no, or the proof.", customer=name, text=t(each.text)),
        )
        for each in playbook.acceptance
        if applies(each, checks.get(each.key)) and not _is_verified(checks.get(each.key))
    ]
    held = [each for each in meetings_with(facts, customer.id) if is_held(each, today)]
    if not any(each.kind == MeetingKind.RETROSPECTIVE for each in held):
        missing.append(_fix(customer, None, t("{customer}: hold the retrospective meeting.", customer=name)))
    if not any(each.purpose == Purpose.FEEDBACK for each in held):
        missing.append(_fix(customer, None, t("{customer}: ask for their feedback in a meeting.", customer=name)))
    missing += [
        _fix(customer, checks.get(each.key), f"{name}: {t(each.text)}.")
        for each in playbook.project_checks
        if each.level == "end" and not _is_yes(checks.get(each.key))
    ]
    return tuple(missing)


def project_due(
    facts: Snapshot, customer: Customer, playbook: Playbook, today: date
) -> tuple[tuple[CheckText, Check | None], ...]:
    """The running project points that are open, or were answered longer ago than `review_days`."""
    checks = checks_of(facts, customer)
    days = playbook.policy.review_days
    return tuple(
        (each, checks.get(each.key))
        for each in playbook.project_checks
        if each.level != "end" and _is_due(checks.get(each.key), days, today)
    )


def values_at_risk(facts: Snapshot, customer: Customer, policy: Policy, today: date) -> tuple[Check, ...]:
    """The values promised at sale (`value.<n>`) that are open and not touched for `review_days`."""
    return tuple(
        check
        for key, check in checks_of(facts, customer).items()
        if key.startswith("value.")
        and check.answer == Answer.OPEN
        and (today - check.updated_at.date()).days > policy.review_days
    )


def meeting_due(facts: Snapshot, customer: Customer, today: date) -> date | None:
    """Since when a regular meeting is overdue; None when it is not, or none is agreed.

    Overdue: none was held within the interval, none is planned, and no open action to see the customer is still in
    time.
    """
    return _overdue(facts, customer, MeetingKind.REGULAR, CADENCE_DAYS.get(customer.cadence), today)


def visit_due(facts: Snapshot, customer: Customer, today: date) -> date | None:
    """Since when a regular visit is overdue; None when it is not, or none is agreed."""
    return _overdue(facts, customer, MeetingKind.VISIT, VISIT_DAYS.get(customer.visit_cadence), today)


def _overdue(facts: Snapshot, customer: Customer, kind: MeetingKind, days: int | None, today: date) -> date | None:
    if days is None:
        return None
    rows = [each for each in meetings_with(facts, customer.id) if each.kind == kind]
    last: Meeting | None = latest(each for each in rows if is_held(each, today))
    if last is not None and (today - last.date).days <= days:
        return None
    if any(each.date > today for each in rows) or _is_scheduled(facts, customer, today):
        return None
    return min(last.date + timedelta(days=days) if last else customer.created_at.date(), today)


def _is_scheduled(facts: Snapshot, customer: Customer, today: date) -> bool:
    """Whether somebody has taken on to see the customer: an open action that is about nothing else."""
    actions = cast("list[Action]", facts.linked("action", "customer_id", customer.id))
    return any(
        each.state == ActionState.OPEN
        and each.due >= today
        and not each.chase
        and not each.milestone
        and not (each.hypothesis_id or each.touchpoint_id or each.requirement_id)
        for each in actions
    )


def _is_yes(check: Check | None) -> bool:
    return check is not None and check.answer == Answer.YES


def _is_measured(check: Check | None) -> bool:
    return check is not None and bool((check.measure or "").strip()) and bool((check.target or "").strip())


def _is_verified(check: Check | None) -> bool:
    return (
        check is not None
        and bool((check.result or "").strip())
        and check.answer in {Answer.YES, Answer.NO}
        and check.proof is not None
    )


def _is_due(check: Check | None, days: int, today: date) -> bool:
    if check is None or check.answer == Answer.OPEN or check.answered_at is None:
        return True
    return (today - check.answered_at.date()).days > days


def _fix(customer: Customer, check: Check | None, text: str) -> Fix:
    if check is None:
        return Fix(kind="customer", id=customer.id, code=customer.code, text=text)
    return Fix(kind="check", id=check.id, code=customer.code, text=text)
