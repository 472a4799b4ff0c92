"""Maybes: who has been left undecided for too long.

A standing maybe on a key belief that is not settled starts a clock of `maybe_days`. After that it is untreated unless
an open chase of that customer and belief is not yet past due.
"""

import itertools
from dataclasses import dataclass
from datetime import date

from fieldgate.domain.beliefs import OPEN, is_key, live_beliefs
from fieldgate.domain.evidence import Standing, tally
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import Hypothesis, Stance
from fieldgate.domain.records.work import Action, ActionState
from fieldgate.domain.snapshot import Snapshot


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
    return [Untreated(hypothesis, each) for each in old if not is_chased(facts, hypothesis.id, each.customer_id, today)]


def standing_maybes(facts: Snapshot, hypothesis: Hypothesis, policy: Policy) -> tuple[Standing, ...]:
    """The maybes that stand on a belief, oldest first; kept until something that they rest on changes."""

    def sort_out() -> tuple[Standing, ...]:
        soft = (each for each in tally(facts, hypothesis, policy).standing if each.stance == Stance.MAYBE)
        return tuple(sorted(soft, key=lambda each: (each.said_on, each.source)))

    return facts.keep("maybes", hypothesis.id, sort_out)


def all_untreated(facts: Snapshot, policy: Policy, today: date) -> list[Untreated]:
    """The untreated maybes on all key beliefs that are not settled, oldest first."""
    found = [each for belief in live_beliefs(facts) for each in untreated(facts, belief, policy, today)]
    return sorted(found, key=lambda each: (each.standing.said_on, each.hypothesis.id, each.standing.source))


def chases(facts: Snapshot, hypothesis_id: str, customer_id: str | None) -> list[Action]:
    """The chases of one customer for one belief, whatever became of them, oldest first: there may be one only."""
    if customer_id is None:
        return []
    linked = facts.linked("action", "hypothesis_id", hypothesis_id)
    return [each for each in linked if isinstance(each, Action) and each.chase and each.customer_id == customer_id]


def is_chased(facts: Snapshot, hypothesis_id: str, customer_id: str | None, today: date) -> bool:
    """Whether an open chase of the pair is not yet past due."""
    return any(
        each.state == ActionState.OPEN and each.due >= today for each in chases(facts, hypothesis_id, customer_id)
    )
