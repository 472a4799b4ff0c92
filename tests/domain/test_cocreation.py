"""Co-creation customers: what one must bring, what must be agreed, which rhythm was missed."""

from dataclasses import replace

import pytest
from tests.builders import (
    DAY,
    a_check,
    a_customer,
    a_hypothesis,
    a_meeting,
    an_action,
    an_id,
    day,
    facts,
    moment,
)

from fieldgate.domain.cocreation import (
    end_missing,
    meeting_due,
    project_due,
    start_missing,
    traits_missing,
    traits_passed,
    values_at_risk,
    visit_due,
)
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.journey import Answer, Proof
from fieldgate.domain.records.learning import MeetingKind, Purpose
from fieldgate.domain.records.people import Cadence, VisitCadence
from fieldgate.domain.records.work import ActionState

AGREED = a_meeting(kind=MeetingKind.EXCHANGE, date=day(-30))
MAKER = a_customer(code="C9", name="ACME", agreed_meeting_id=AGREED, created_at=moment(-100))
AGREED_WITH = replace(AGREED, customer_id=MAKER.id)


def complete(playbook):
    """The checks of a customer who may start and may end."""
    given = {"measure": "hours", "target": "1", "result": "0.5", "proof": Proof.AUDIT, "answered_at": moment(-1)}
    texts = [*playbook.traits, *playbook.acceptance, playbook.feasible, *playbook.project_checks]
    return {each.key: a_check(MAKER, key=each.key, answer=Answer.YES, **given) for each in texts}


def held(kind, on, **given):
    return a_meeting(kind=kind, customer_id=MAKER, date=day(on), **given)


ENDED = [held(MeetingKind.RETROSPECTIVE, -1), held(MeetingKind.VISIT, 0, purpose=Purpose.FEEDBACK)]


def world(checks, *more, maker=MAKER):
    return facts(maker, AGREED_WITH, *checks.values(), *more)


def test_a_customer_starts_with_everything_agreed(playbook):
    checks = complete(playbook)
    assert start_missing(world(checks), MAKER, playbook, DAY) == ()
    assert traits_passed(world(checks), MAKER, playbook) == 6


@pytest.mark.parametrize("answer", [Answer.OPEN, Answer.NO, Answer.NA])
def test_one_missing_trait_means_no(answer, playbook):
    checks = complete(playbook)
    checks["trait.power"] = replace(checks["trait.power"], answer=answer)
    found = world(checks)
    (fix,) = start_missing(found, MAKER, playbook, DAY)
    assert (fix.kind, fix.id, fix.code) == ("check", checks["trait.power"].id, "C9")
    assert fix.text == "ACME (C9): the trait “Contact person with authority” is not answered yes."
    assert traits_passed(found, MAKER, playbook) == 5
    assert traits_missing(found, MAKER, playbook) == (fix,)


def test_what_was_never_asked_is_missing_too(playbook):
    found = start_missing(facts(MAKER, AGREED_WITH), MAKER, playbook, DAY)
    assert len(found) == 6 + 9 + 1
    assert {each.kind for each in found} == {"customer"}


def test_benefits_may_be_not_applicable_but_not_all_and_the_legal_one_never(playbook):
    checks = complete(playbook)
    benefits = [each.key for each in playbook.acceptance if each.level == "benefit" and "legal" not in each.key]
    for key in benefits[1:]:
        checks[key] = replace(checks[key], answer=Answer.NA, measure=None, target=None)
    assert start_missing(world(checks), MAKER, playbook, DAY) == ()
    checks[benefits[0]] = replace(checks[benefits[0]], answer=Answer.NA)
    (fix,) = start_missing(world(checks), MAKER, playbook, DAY)
    assert fix.text == "ACME (C9): at least one benefit must apply."
    legal = "accept.benefit.legal"
    checks = complete(playbook)
    checks[legal] = replace(checks[legal], answer=Answer.NA, target="")
    (fix,) = start_missing(world(checks), MAKER, playbook, DAY)
    assert fix.id == checks[legal].id


@pytest.mark.parametrize("agreed", [None, an_id(5), AGREED])
def test_the_criteria_are_agreed_in_a_meeting_with_the_customer(agreed, playbook):
    maker = replace(MAKER, agreed_meeting_id=agreed.id if agreed is AGREED else agreed)
    found = facts(maker, AGREED, *complete(playbook).values())
    (fix,) = start_missing(found, maker, playbook, DAY)
    assert "link the meeting with them" in fix.text


def test_a_planned_meeting_has_agreed_nothing(playbook):
    planned = replace(AGREED_WITH, date=day(1))
    found = facts(MAKER, planned, *complete(playbook).values())
    assert len(start_missing(found, MAKER, playbook, DAY)) == 1


def test_both_sides_hold_the_criteria_to_be_doable(playbook):
    checks = complete(playbook)
    del checks[playbook.feasible.key]
    (fix,) = start_missing(world(checks), MAKER, playbook, DAY)
    assert fix.text == f"ACME (C9): {playbook.feasible.text}."


def test_a_project_ends_with_results_a_retrospective_and_feedback(playbook):
    checks = complete(playbook)
    assert end_missing(world(checks, *ENDED), MAKER, playbook, DAY) == ()
    texts = [each.text for each in end_missing(world(checks), MAKER, playbook, DAY)]
    assert texts == ["ACME (C9): hold the retrospective meeting.", "ACME (C9): ask for their feedback in a meeting."]


@pytest.mark.parametrize("given", [{"result": " "}, {"answer": Answer.OPEN}, {"proof": None}])
def test_each_criterion_that_applies_needs_result_answer_and_proof(given, playbook):
    checks = complete(playbook)
    checks["accept.build.time"] = replace(checks["accept.build.time"], **given)
    (fix,) = end_missing(world(checks, *ENDED), MAKER, playbook, DAY)
    assert fix.id == checks["accept.build.time"].id
    checks["accept.build.time"] = replace(checks["accept.build.time"], answer=Answer.NO, result="late", proof=Proof.OWN)
    assert end_missing(world(checks, *ENDED), MAKER, playbook, DAY) == ()


def test_a_criterion_that_was_never_written_has_no_result(playbook):
    checks = complete(playbook)
    del checks["accept.build.time"], checks["pm.retro"]
    assert [each.kind for each in end_missing(world(checks, *ENDED), MAKER, playbook, DAY)] == ["customer", "customer"]


def test_running_project_points_are_asked_again_after_their_days(playbook):
    checks = complete(playbook)
    running = ["pm.plan", "pm.resources", "pm.risk", "pm.quality"]
    assert project_due(world(checks), MAKER, playbook, DAY) == ()
    checks["pm.plan"] = replace(checks["pm.plan"], answered_at=moment(-91))
    checks["pm.risk"] = replace(checks["pm.risk"], answer=Answer.OPEN)
    checks["pm.quality"] = replace(checks["pm.quality"], answered_at=None)
    del checks["pm.resources"]
    found = project_due(world(checks), MAKER, playbook, DAY)
    assert [text.key for text, _ in found] == running
    assert [check for _, check in found] == [checks.get(each) for each in running]
    checks["pm.plan"] = replace(checks["pm.plan"], answered_at=moment(-90))
    assert "pm.plan" not in {text.key for text, _ in project_due(world(checks), MAKER, playbook, DAY)}


def test_a_promised_value_is_at_risk_when_nobody_touched_it():
    value = a_check(MAKER, key="value.1", updated_at=moment(-91))
    for other in (
        replace(value, updated_at=moment(-90)),
        replace(value, answer=Answer.YES),
        replace(value, key="trait.need"),
    ):
        assert values_at_risk(facts(MAKER, other), MAKER, Policy(), DAY) == ()
    assert values_at_risk(facts(MAKER, value), MAKER, Policy(), DAY) == (value,)


@pytest.mark.parametrize(("cadence", "days"), [(Cadence.WEEKLY, 7), (Cadence.BIWEEKLY, 14), (Cadence.MONTHLY, 31)])
def test_a_regular_meeting_is_overdue_after_its_interval(cadence, days):
    maker = replace(MAKER, cadence=cadence)
    last = held(MeetingKind.REGULAR, -days)
    assert meeting_due(facts(maker, last), maker, DAY) is None
    old = held(MeetingKind.REGULAR, -days - 1)
    assert meeting_due(facts(maker, old, held(MeetingKind.VISIT, -1)), maker, DAY) == day(-1)
    assert meeting_due(facts(maker), maker, DAY) == day(-100)
    assert visit_due(facts(maker), maker, DAY) is None


@pytest.mark.parametrize(("cadence", "days"), [(VisitCadence.MONTHLY, 31), (VisitCadence.QUARTERLY, 92)])
def test_a_visit_is_overdue_after_its_interval(cadence, days):
    maker = replace(MAKER, visit_cadence=cadence)
    assert visit_due(facts(maker, held(MeetingKind.VISIT, -days)), maker, DAY) is None
    assert visit_due(facts(maker, held(MeetingKind.VISIT, -days - 1)), maker, DAY) == day(-1)
    assert meeting_due(facts(maker), maker, DAY) is None


def test_a_rhythm_that_is_scheduled_again_is_not_overdue():
    maker = replace(MAKER, cadence=Cadence.WEEKLY)
    assert meeting_due(facts(maker, held(MeetingKind.REGULAR, 3)), maker, DAY) is None
    call = an_action(customer_id=maker, due=DAY)
    assert meeting_due(facts(maker, call), maker, DAY) is None
    for other in (
        replace(call, due=day(-1)),
        replace(call, state=ActionState.DONE),
        replace(call, chase=True),
        replace(call, milestone=True),
        replace(call, hypothesis_id=a_hypothesis().id),
    ):
        assert meeting_due(facts(maker, other), maker, DAY) == day(-100)
