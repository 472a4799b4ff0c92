"""Maybes: who has been left undecided for too long.

A standing maybe on a key belief that is not settled starts a clock of `maybe_days`. After that it is untreated unless
an open chase of that customer and belief is not yet past due.
"""

import itertools
from datetime import date

from fieldgate.domain.beliefs import OPEN, is_key, live_beliefs
from fieldgate.domain.evidence import Standing, tally
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import Hypothesis, Stance
from fieldgate.domain.records.work import Action, ActionState
from fieldgate.domain.snapshot import Snapshot
from fieldgate.values import dataclass

_REST_ON = ("hypothesis", "evidence", "note", "meeting", "action", "customer")


@dataclass(frozen=True, slots=True)
class Untreated:
    """A standing maybe past its days, with the belief that it leaves open."""

    hypothesis: Hypothesis
    standing: Standing

    def age(self, today: date) -> int:
        """Days since the source first said something soft."""
        return (today - self.standing.said_on).days


def untreated(facts: Snapshot, hypothesis: Hypothesis, policy: Policy, today: date) -> list[Untreated]:
    """The untreated maybes on one belief, oldest first; none unless it is key and not settled."""
    if hypothesis.state not in OPEN or not is_key(hypothesis, policy):
        return []
    old = itertools.takewhile(
        lambda each: (today - each.said_on).days > policy.maybe_days, standing_maybes(facts, hypothesis, policy)
    )
    chased = _chased(facts, hypothesis, today)
    return [Untreated(hypothesis, each) for each in old if each.customer_id not in chased]


def standing_maybes(facts: Snapshot, hypothesis: Hypothesis, policy: Policy) -> tuple[Standing, ...]:
    """The maybes that stand on a belief, oldest first; kept until something that they rest on changes."""

    def sort_out() -> tuple[Standing, ...]:
        soft = (each for each in tally(facts, hypothesis, policy).standing if each.stance == Stance.MAYBE)
        return tuple(sorted(soft, key=lambda each: (each.said_on, each.source)))

    return facts.keep("maybes", hypothesis.id, sort_out)


def all_untreated(facts: Snapshot, policy: Policy, today: date) -> list[Untreated]:
    """The untreated maybes on all key beliefs that are not settled, oldest first."""

    def sort_out() -> list[Untreated]:
        found = [each for belief in live_beliefs(facts) for each in untreated(facts, belief, policy, today)]
        return sorted(found, key=lambda each: (each.standing.said_on, each.hypothesis.id, each.standing.source))

    # The gate and what is next both ask for it.
    return list(facts.keep_of(_REST_ON, "untreated", sort_out, policy, today))


def chases(facts: Snapshot, hypothesis_id: str, customer_id: str | None) -> list[Action]:
    """The chases of one customer for one belief, whatever became of them, oldest first: there may be one only."""
    if customer_id is None:
        return []
    return [each for each in _chases_for(facts, hypothesis_id) if each.customer_id == customer_id]


def _chases_for(facts: Snapshot, hypothesis_id: str) -> list[Action]:
    linked = facts.linked("action", "hypothesis_id", hypothesis_id)
    return [each for each in linked if isinstance(each, Action) and each.chase]


def _chased(facts: Snapshot, hypothesis: Hypothesis, today: date) -> set[str]:
    """The customers whose open chase for a belief is not yet past due."""
    chases = (
        each for each in _chases_for(facts, hypothesis.id) if each.state == ActionState.OPEN and each.due >= today
    )
    return {each.customer_id for each in chases if each.customer_id is not None}
