"""Beliefs wait for a verdict when their numbers say something, their date has passed, or a key ruling is shaken."""

import pytest
from tests.builders import DAY, a_hypothesis, a_note, a_piece, day, facts

from fieldgate.domain.records.learning import HypothesisState
from fieldgate.domain.triage.verdict import VERDICT

TESTING = HypothesisState.TESTING


def with_answers(*answers, said=-3, **given):
    belief = a_hypothesis(**{"importance": 5, "state": TESTING, **given})
    notes = [a_note(said_on=day(said)) for _ in answers]
    return [belief, *notes, *(a_piece(note, belief, *each) for note, each in zip(notes, answers, strict=True))]


def waiting(playbook, *records):
    return VERDICT.find(facts(*records), playbook, DAY)


@pytest.mark.parametrize(
    ("answers", "given", "part", "since"),
    [
        ([("yes", 2)] * 3, {}, "supported", day(-3)),
        ([("no", 2)] * 3, {}, "refuted", day(-3)),
        ([("yes", 2)], {"due": day(-2)}, "decide", day(-2)),
        ([("no", 2)], {"state": HypothesisState.SUPPORTED}, "shaken", day(-3)),
        ([], {"state": HypothesisState.REFUTED, "verdict_on": day(-7)}, "shaken", day(-7)),
        ([], {"state": HypothesisState.REFUTED}, "shaken", DAY),
        ([("yes", 2)] * 3, {"importance": 1}, "supported", day(-3)),
    ],
)
def test_what_the_numbers_say_waits(answers, given, part, since, playbook):
    belief, *rest = with_answers(*answers, **given)
    (found,) = waiting(playbook, belief, *rest)
    assert (found.part, found.since, found.hypothesis_id, found.id) == (part, since, belief.id, f"verdict:{belief.id}")
    assert found.key == (belief.importance >= 4)


@pytest.mark.parametrize(
    ("answers", "given"),
    [
        ([("yes", 2)], {}),
        ([("yes", 2)] * 3, {"state": HypothesisState.SUPPORTED}),
        ([("no", 2)], {"state": HypothesisState.SUPPORTED, "importance": 3}),
        ([("yes", 2)] * 3, {"state": HypothesisState.DRAFT}),
        ([("yes", 2)] * 3, {"state": HypothesisState.RETIRED}),
        ([("yes", 2)] * 3, {"snoozed_until": day(1)}),
    ],
)
def test_what_needs_no_verdict_does_not_wait(answers, given, playbook):
    assert waiting(playbook, *with_answers(*answers, **given)) == ()


def test_key_beliefs_come_first_then_the_riskier(playbook):
    lesser = with_answers(*[("yes", 2)] * 3, importance=3)
    sure = with_answers(*[("yes", 4)] * 3)
    risky = with_answers(("yes", 2), due=day(-1))
    found = waiting(playbook, *lesser, *sure, *risky)
    assert [each.hypothesis_id for each in found] == [risky[0].id, sure[0].id, lesser[0].id]
