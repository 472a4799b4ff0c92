"""Measures over customers: heard, aware, paying, visited by product people, and sound in co-creation.

Lead customers are those of the workspace's lead segment; without one, what says lead is unmet.
"""

import heapq
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fieldgate.domain.attendance import is_held, meetings_with, product_deciders
from fieldgate.domain.beliefs import lead_customers, live_beliefs
from fieldgate.domain.cocreation import acceptance_missing, traits_missing
from fieldgate.domain.evidence import tally
from fieldgate.domain.findings import FIXES, Finding, Fix, code_order, counted, listed, name_of
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.learning import Meeting, MeetingKind, Purpose, Stance
from fieldgate.domain.records.people import Cocreation, Customer, CustomerStatus, Member
from fieldgate.domain.snapshot import Snapshot
from fieldgate.words import mark, t

Args = Mapping[str, Any]

_LOOKING = (Purpose.SALE, Purpose.SOLUTION)


def customers_heard(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """At least `at_least` lead customers, whatever their status, were interviewed."""
    del gate, playbook
    want: int = args["at_least"]
    lead = lead_customers(facts)
    heard = _heard(facts, lead, today)
    told = {"n": len(heard), "want": want, "segment": facts.workspace.lead_segment}
    if len(heard) >= want:
        return Finding(
            met=True, value=len(heard), want=want, text=t("{n} customers of “{segment}” were heard.", **told)
        )
    if _has_no_lead(facts):
        return _no_lead(facts, want)
    silent = [each for each in lead if each.id not in heard and each.status != CustomerStatus.DROPPED]
    first = heapq.nsmallest(min(want - len(heard), FIXES), silent, key=lambda each: code_order(each.code))
    fixes = [_hear(facts, each, today) for each in first]
    if len(silent) < want - len(heard):
        fixes.append(Fix(kind="customer", text=t("Find more customers of “{segment}”.", **told)))
    text = t("{n} of {want} customers of “{segment}” were heard in an interview.", **told)
    return Finding(met=False, value=len(heard), want=want, text=text, fix=tuple(fixes))


def lead_awareness(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """At least `at_least` lead customers, not dropped, are this aware of the problem."""
    del gate, playbook, today
    want: int = args["at_least"]
    if _has_no_lead(facts):
        return _no_lead(facts, want)
    lead = [each for each in lead_customers(facts) if each.status != CustomerStatus.DROPPED]
    aware = [each for each in lead if each.awareness >= args["awareness"]]
    told = {"n": len(aware), "want": want, "level": args["awareness"], "segment": facts.workspace.lead_segment}
    text = t("Lead customers of awareness {level} or more: {n} of {want}.", **told)
    if len(aware) >= want:
        return Finding(met=True, value=len(aware), want=want, text=text)
    near = [each for each in lead if each.awareness < args["awareness"]]
    fixes = [
        Fix(
            kind="customer",
            id=each.id,
            code=each.code,
            text=t("Find out how aware {customer} is: {n} so far.", customer=name_of(each), n=each.awareness),
        )
        for each in heapq.nsmallest(min(want - len(aware), FIXES), near, key=_least_far)
    ]
    if len(near) < want - len(aware):
        fixes.append(Fix(kind="customer", text=t("Find early believers in “{segment}”.", **told)))
    return Finding(met=False, value=len(aware), want=want, text=text, fix=tuple(fixes))


def orders(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """At least `at_least` customers have a standing yes of this strength, said since the gate opened."""
    del today
    want: int = args["at_least"]
    paid: set[str] = set()
    gave: set[str] = set()
    for belief in live_beliefs(facts):
        for each in tally(facts, belief, playbook.policy).standing:
            if each.customer_id is None or each.stance != Stance.YES:
                continue
            if each.strength >= args["strength"] and each.said_on >= gate.opened_on:
                paid.add(each.customer_id)
            else:
                gave.add(each.customer_id)
    told = {"n": len(paid), "want": want, "day": gate.opened_on}
    if len(paid) >= want:
        text = t("{n} customers paid since {day}: {names}.", names=_names(facts, paid), **told)
        return Finding(met=True, value=len(paid), want=want, text=text)
    text = t("{n} of {want} customers paid since {day}.", **told)
    near = [_paying(each) for each in _by_code(facts, gave - paid)][:FIXES]
    missing = Fix(kind="note", text=t("Note the order of a customer and link it as yes of strength 4."))
    return Finding(met=False, value=len(paid), want=want, text=text, fix=(*near, missing))


def field_visits(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """Every active key member of Product Development met a customer about a sale or the solution since the opening.

    When none of them is marked as key, one of them having done so is enough.
    """
    del args, playbook
    members = product_deciders(facts)
    if not members:
        fix = Fix(kind="member", text=t("Name a member of Product Development."))
        text = t("Nobody answers for the product.")
        return Finding(met=False, value=0, want=1, text=text, fix=(fix,))
    out: set[str] = set()
    for each in facts.meetings.values():
        if _is_sale(facts, each, gate, today):
            out |= each.members
    there = [each for each in members if each.id in out]
    want = len(members) if any(each.key for each in members) else 1
    if len(there) >= want:
        text = t("In front of customers: {names}.", names=listed([each.name for each in there]))
        return Finding(met=True, value=len(there), want=want, text=text)
    away = [each for each in members if each not in there]
    text = t(
        "Not in front of a customer about a sale or the solution since {day}: {names}.",
        day=gate.opened_on,
        names=listed([each.name for each in away]),
    )
    return Finding(met=False, value=len(there), want=want, text=text, fix=tuple(_send(each) for each in away[:FIXES]))


def cocreation_sound(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """Every active co-creation customer has all traits yes, and measure and target for all acceptance that applies."""
    del args, gate, today
    active = [
        each
        for each in facts.customers.values()
        if each.live and each.cocreation == Cocreation.ACTIVE and each.status != CustomerStatus.DROPPED
    ]
    active.sort(key=lambda each: code_order(each.code))
    fixes: list[Fix] = []
    sound = 0
    for each in active:
        missing = (*traits_missing(facts, each, playbook), *acceptance_missing(facts, each, playbook))
        sound += not missing
        fixes += missing
    told = {"n": sound, "want": len(active)}
    if not active:
        text = t("There is no co-creation customer.")
    elif fixes:
        text = t("{n} of {want} co-creation customers are sound.", **told)
    else:
        text = counted(
            sound, mark("The co-creation customer is sound."), mark("All {n} co-creation customers are sound.")
        )
    return Finding(met=not fixes, value=sound, want=len(active), text=text, fix=tuple(fixes[:FIXES]))


def _has_no_lead(facts: Snapshot) -> bool:
    return not (facts.workspace.lead_segment or "").strip()


def _no_lead(facts: Snapshot, want: int) -> Finding:
    fix = Fix(kind="workspace", id=facts.workspace.id, text=t("Name the lead segment of the workspace."))
    text = t("No lead segment is named, so nobody counts as a lead customer.")
    return Finding(met=False, value=0, want=want, text=text, fix=(fix,))


def _heard(facts: Snapshot, lead: list[Customer], today: date) -> frozenset[str]:
    """The ids of the lead customers who were interviewed."""

    def look() -> frozenset[str]:
        return frozenset(each.id for each in lead if _interviews(facts, each, today, held=True))

    return facts.keep_of(("workspace", "customer", "meeting"), "heard", look, today)


def _interviews(facts: Snapshot, customer: Customer, today: date, *, held: bool) -> list[Meeting]:
    """The interviews with a customer that were held, or those that are planned."""
    rows = meetings_with(facts, customer.id)
    return [each for each in rows if each.kind == MeetingKind.INTERVIEW and is_held(each, today) is held]


def _hear(facts: Snapshot, customer: Customer, today: date) -> Fix:
    planned = _interviews(facts, customer, today, held=False)
    if planned:
        first = min(planned, key=lambda each: (each.date, each.id))
        text = t("Hold {code} with {customer} on {day}.", code=first.code, customer=name_of(customer), day=first.date)
        return Fix(kind="meeting", id=first.id, code=first.code, text=text)
    text = t("Interview {customer}.", customer=name_of(customer))
    return Fix(kind="customer", id=customer.id, code=customer.code, text=text)


def _least_far(customer: Customer) -> tuple[object, ...]:
    return -customer.awareness, code_order(customer.code)


def _by_code(facts: Snapshot, ids: set[str]) -> list[Customer]:
    found = (facts.customers[each] for each in ids)
    return sorted(found, key=lambda each: code_order(each.code))


def _names(facts: Snapshot, ids: set[str]) -> str:
    names: Sequence[str] = [name_of(each) for each in _by_code(facts, ids)]
    return listed(tuple(names))


def _paying(customer: Customer) -> Fix:
    text = t("Ask {customer} for the order: a firm yes is there.", customer=name_of(customer))
    return Fix(kind="customer", id=customer.id, code=customer.code, text=text)


def _is_sale(facts: Snapshot, meeting: Meeting, gate: Gate, today: date) -> bool:
    customer = facts.customers.get(meeting.customer_id or "")
    return (
        meeting.purpose in _LOOKING
        and is_held(meeting, today)
        and meeting.date >= gate.opened_on
        and customer is not None
        and customer.live
    )


def _send(member: Member) -> Fix:
    text = t("Take {name} to a customer, with the purpose sale or solution.", name=member.name)
    return Fix(kind="member", id=member.id, code=member.handle, text=text)
