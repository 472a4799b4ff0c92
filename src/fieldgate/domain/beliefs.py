"""Beliefs: which hypotheses are key, which are riskiest, and whom to ask next.

Key hypothesis of a gate: live, not retired, of at least the key importance, and of the gate's step. A risk of one
customer's project (it names a customer) is never key.
"""

import heapq
from collections.abc import Iterator
from datetime import date
from typing import cast

from fieldgate.domain.evidence import segment_test, tally
from fieldgate.domain.findings import code_order
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import STEPS, Hypothesis, HypothesisState, Step
from fieldgate.domain.records.people import Customer, CustomerStatus
from fieldgate.domain.snapshot import Snapshot

OPEN = (HypothesisState.DRAFT, HypothesisState.TESTING)
"""States in which a belief is not settled."""


def is_key(hypothesis: Hypothesis, policy: Policy) -> bool:
    """Whether so much hangs on the belief that gates read it, whatever its step."""
    return (
        hypothesis.deleted_at is None
        and hypothesis.state != HypothesisState.RETIRED
        and hypothesis.importance >= policy.key_importance
        and hypothesis.customer_id is None
    )


def live_beliefs(facts: Snapshot) -> Iterator[Hypothesis]:
    """All hypotheses that are not archived."""
    return cast("Iterator[Hypothesis]", facts.live("hypothesis"))


def key_beliefs(facts: Snapshot, policy: Policy, step: Step) -> list[Hypothesis]:
    """The key hypotheses of a step, by code."""
    found = [each for each in live_beliefs(facts) if each.step == step and is_key(each, policy)]
    return sorted(found, key=lambda each: code_order(each.code))


def riskiest(facts: Snapshot, policy: Policy, step: Step | None) -> list[Hypothesis]:
    """Open beliefs, riskiest first.

    Those of earlier steps (left open) come first, then those of `step`, then those of later ones; within that the
    higher risk, then the earlier due date (none last), then the code. Without a step by risk alone.
    """
    current = STEPS.index(step) if step else None

    def order(belief: Hypothesis) -> tuple[object, ...]:
        distance = 0 if current is None else STEPS.index(belief.step) - current
        side = (distance > 0) - (distance < 0)
        return side, -tally(facts, belief, policy).risk, belief.due or date.max, code_order(belief.code)

    return sorted((each for each in live_beliefs(facts) if each.state in OPEN), key=order)


def whom_to_ask(facts: Snapshot, hypothesis: Hypothesis, policy: Policy, limit: int) -> list[Customer]:
    """Customers of the belief's segment who have not answered it yet, those most aware of the problem first.

    A risk of one customer's project is asked of that customer.
    """
    count = tally(facts, hypothesis, policy)

    def ask() -> list[Customer]:
        answered = {each.source for each in count.standing}
        of_segment = segment_test(hypothesis.segment)
        only = hypothesis.customer_id
        unheard = (
            each
            for each in facts.customers.values()
            if each.deleted_at is None
            and each.status != CustomerStatus.DROPPED
            and each.id not in answered
            and (only is None or each.id == only)
            and of_segment(each)
        )
        return heapq.nsmallest(limit, unheard, key=lambda each: (-each.awareness, code_order(each.code)))

    return list(facts.keep_of(("customer",), "whom to ask", ask, hypothesis, count, limit))


def lead_customers(facts: Snapshot) -> list[Customer]:
    """Live customers of the lead segment whatever their status, in no order; none without a lead segment."""
    lead = facts.workspace.lead_segment
    if lead is None or not lead.strip():
        return []

    def look() -> list[Customer]:
        of_lead = segment_test(lead)
        return [each for each in facts.customers.values() if each.deleted_at is None and of_lead(each)]

    return list(facts.keep_of(("customer",), "lead", look, lead))
