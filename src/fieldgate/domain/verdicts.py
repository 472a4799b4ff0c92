"""Verdicts: what the numbers suggest, and whether a ruling still stands.

Let `need` = target_n times pass_pct, in whole answers rounded up; `passing` = at least one firm answer and yes makes
up pass_pct of the firm ones. Supported: yes >= need and passing. Refuted: no > target_n - need and not passing. Either
may come before target_n is reached. With target_n firm answers one of the two always holds: there is no middle ground.
"""

from datetime import date
from typing import Literal

from fieldgate.domain.evidence import Tally
from fieldgate.domain.findings import counted
from fieldgate.domain.records.learning import Hypothesis, HypothesisState
from fieldgate.values import dataclass
from fieldgate.words import mark, t


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What to do with a belief in testing.

    `decide`: too few firm answers by the date; narrow, retire or extend once. `keep`: go on testing. `wanted`: firm
    answers still missing to the target, never below 0.
    """

    kind: Literal["supported", "refuted", "decide", "keep"]
    wanted: int
    reason: str


def need_of(hypothesis: Hypothesis) -> int:
    """How many yes the prediction asks for."""
    return -(-hypothesis.pass_pct * hypothesis.target_n // 100)


def is_passing(hypothesis: Hypothesis, count: Tally) -> bool:
    """Whether the share of yes among firm answers reaches the pass line."""
    return count.firm > 0 and 100 * count.yes >= hypothesis.pass_pct * count.firm


def speaks_for(hypothesis: Hypothesis, count: Tally) -> bool:
    """Whether the numbers support the belief."""
    return count.yes >= need_of(hypothesis) and is_passing(hypothesis, count)


def speaks_against(hypothesis: Hypothesis, count: Tally) -> bool:
    """Whether the numbers refute the belief."""
    return count.no > hypothesis.target_n - need_of(hypothesis) and not is_passing(hypothesis, count)


def suggest(hypothesis: Hypothesis, count: Tally, today: date) -> Suggestion | None:
    """What the numbers suggest for a belief in testing; None for one in any other state."""
    if hypothesis.state != HypothesisState.TESTING:
        return None
    wanted = max(hypothesis.target_n - count.firm, 0)
    told = {"yes": count.yes, "no": count.no, "firm": count.firm, "need": need_of(hypothesis)}
    told |= {"pct": hypothesis.pass_pct, "target": hypothesis.target_n}
    if speaks_for(hypothesis, count):
        reason = t("{yes} yes of {firm} firm answers: the prediction asked for {need}, at {pct} %.", **told)
        return Suggestion(kind="supported", wanted=wanted, reason=reason)
    if speaks_against(hypothesis, count):
        reason = t("{no} no of {firm} firm answers: {pct} % yes of {target} is out of reach.", **told)
        return Suggestion(kind="refuted", wanted=wanted, reason=reason)
    if hypothesis.due is not None and hypothesis.due < today:
        reason = t("It was due {due} and has {firm} of {target} firm answers.", due=hypothesis.due, **told)
        return Suggestion(kind="decide", wanted=wanted, reason=reason)
    reason = counted(wanted, mark("1 more firm answer is wanted."), mark("{n} more firm answers are wanted."))
    return Suggestion(kind="keep", wanted=wanted, reason=reason)


def is_shaken(hypothesis: Hypothesis, count: Tally) -> bool:
    """Whether a ruling is no longer what the numbers say."""
    if hypothesis.state == HypothesisState.SUPPORTED:
        return not speaks_for(hypothesis, count)
    if hypothesis.state == HypothesisState.REFUTED:
        return not speaks_against(hypothesis, count)
    return False
