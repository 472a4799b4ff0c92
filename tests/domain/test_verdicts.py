"""Verdicts: what the numbers suggest, and when a ruling no longer stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import DAY, a_hypothesis, day

from fieldgate.domain.evidence import Tally
from fieldgate.domain.records.learning import HypothesisState
from fieldgate.domain.verdicts import is_shaken, need_of, suggest


def count(yes, no):
    return Tally(
        yes=yes, no=no, maybe=0, firm=yes + no, confidence=0.0, risk=0.0, maybe_rate=0.0, pieces=0, early=0, standing=()
    )


def in_testing(**given):
    return a_hypothesis(state=HypothesisState.TESTING, **given)


@pytest.mark.parametrize(
    ("yes", "no", "kind", "wanted"),
    [
        (0, 0, "keep", 5),
        (2, 0, "keep", 3),
        (2, 2, "keep", 1),
        (3, 0, "supported", 2),
        (3, 2, "supported", 0),
        (2, 3, "refuted", 0),
        (0, 3, "refuted", 2),
        (3, 3, "refuted", 0),
        (4, 3, "refuted", 0),
        (5, 3, "supported", 0),
    ],
)
def test_the_numbers_suggest_a_verdict(yes, no, kind, wanted):
    found = suggest(in_testing(), count(yes, no), DAY)
    assert found is not None
    assert (found.kind, found.wanted) == (kind, wanted)


def test_the_reason_holds_the_numbers():
    reasons = [suggest(in_testing(), count(*each), DAY).reason for each in ((3, 0), (0, 3), (2, 2), (2, 0))]
    assert reasons == [
        "3 yes of 3 firm answers: the prediction asked for 3, at 60 %.",
        "3 no of 3 firm answers: 60 % yes of 5 is out of reach.",
        "1 more firm answer is wanted.",
        "3 more firm answers are wanted.",
    ]


def test_too_few_answers_after_the_due_date_ask_for_a_decision():
    late = in_testing(due=day(-1))
    found = suggest(late, count(1, 1), DAY)
    assert (found.kind, found.wanted) == ("decide", 3)
    assert found.reason == "It was due 2026-11-19 and has 2 of 5 firm answers."
    assert suggest(late, count(3, 0), DAY).kind == "supported"
    assert suggest(in_testing(due=DAY), count(1, 1), DAY).kind == "keep"
    assert suggest(in_testing(due=None), count(1, 1), DAY).kind == "keep"


@pytest.mark.parametrize("state", [each for each in HypothesisState if each != "testing"])
def test_only_a_belief_in_testing_has_a_suggestion(state):
    assert suggest(a_hypothesis(state=state), count(3, 0), DAY) is None


@given(st.integers(1, 60), st.integers(1, 100), st.integers(0, 80), st.integers(0, 80))
def test_with_enough_firm_answers_there_is_no_middle_ground(target, share, yes, no):
    belief = in_testing(target_n=target, pass_pct=share, due=day(-1))
    found = suggest(belief, count(yes, no), DAY)
    if yes + no >= target:
        assert found.kind in {"supported", "refuted"}
    assert need_of(belief) * 100 >= share * target > (need_of(belief) - 1) * 100


@given(st.integers(0, 12), st.integers(0, 12))
def test_a_ruling_is_shaken_when_the_numbers_leave_it(yes, no):
    numbers = count(yes, no)
    said = suggest(in_testing(), numbers, DAY).kind
    assert is_shaken(a_hypothesis(state=HypothesisState.SUPPORTED), numbers) == (said != "supported")
    assert is_shaken(a_hypothesis(state=HypothesisState.REFUTED), numbers) == (said != "refuted")
    assert not is_shaken(in_testing(), numbers)
