"""Cards of the journey: each transition, and who found the gap."""

import pytest
from tests.builders import DAY, NOW, a_check, a_touchpoint, an_action, day, facts
from tests.domain.moves.acting import Desk

from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.records.journey import Answer, FoundBy, TouchpointState

S = TouchpointState
THREE = {"leave": True, "faster": False, "safer": "yes"}
ENOUGH = {
    "gap": {"gap": "no answer yet"},
    "escalate": {},
    "take": THREE,
    "ready": {},
    "review": {},
    "na": {"reason": "We sell nothing on paper"},
    "unasked": {},
}
LEGAL = {
    "gap": {S.UNASKED, S.FIXING, S.READY},
    "escalate": {S.UNASKED, S.GAP, S.FIXING, S.READY},
    "take": {S.GAP},
    "ready": {S.UNASKED, S.FIXING},
    "review": {S.READY},
    "na": {S.UNASKED, S.GAP},
    "unasked": {S.READY, S.NA},
}
AFTER = {
    "gap": S.GAP,
    "escalate": S.GAP,
    "take": S.FIXING,
    "ready": S.READY,
    "review": S.READY,
    "na": S.NA,
    "unasked": S.UNASKED,
}


@pytest.mark.parametrize("verb", LEGAL)
@pytest.mark.parametrize("state", S)
def test_each_transition_is_legal_from_its_columns_and_says_elsewhere_what_comes_first(playbook, verb, state):
    card = a_touchpoint(code="BY-SAL-01", state=state, rank="i", state_on=day(-5))
    desk = Desk(facts(card, a_check(card, answer=Answer.YES)), playbook)
    if state in LEGAL[verb]:
        desk.act(f"touchpoint.{verb}", card, **ENOUGH[verb])
        now = desk.now(card)
        assert now.state is AFTER[verb]
        if AFTER[verb] is not state:
            assert (now.rank, now.state_on) == (None, DAY)
    else:
        words = desk.missing(f"touchpoint.{verb}", card, **ENOUGH[verb])
        stands = "not applicable" if state == "na" else state
        assert words[0].startswith(f"BY-SAL-01 is {stands}: ")
        assert words[0].endswith("first.")


def test_a_gap_needs_a_question_answered_no_or_words(playbook):
    card = a_touchpoint(code="BY-SAL-01")
    desk = Desk(facts(card, a_check(card)), playbook)
    assert desk.missing("touchpoint.gap", card) == ("BY-SAL-01 needs a question answered no, or words for the gap.",)
    desk = Desk(facts(card, a_check(card, answer=Answer.NO)), playbook)
    desk.act("touchpoint.gap", card)
    assert (desk.now(card).found_by, desk.now(card).escalated_at) == (FoundBy.US, None)


def test_a_gap_found_anew_says_afresh_who_found_it(playbook):
    card = a_touchpoint(state=S.READY, found_by=FoundBy.CUSTOMER, escalated_at=NOW)
    desk = Desk(facts(card), playbook)
    desk.act("touchpoint.gap", card, gap="again")
    assert (desk.now(card).found_by, desk.now(card).escalated_at) == (FoundBy.US, None)
    fixing = a_touchpoint(state=S.FIXING, found_by=FoundBy.CUSTOMER, escalated_at=NOW)
    desk = Desk(facts(fixing), playbook)
    desk.act("touchpoint.gap", fixing, gap="not fixed")
    assert (desk.now(fixing).found_by, desk.now(fixing).escalated_at) == (FoundBy.CUSTOMER, NOW)


@pytest.mark.parametrize(("state", "finder"), [(S.UNASKED, FoundBy.CUSTOMER), (S.FIXING, FoundBy.US)])
def test_an_escalation_reached_a_customer_before_we_closed_it(playbook, state, finder):
    card = a_touchpoint(state=state, found_by=None if state is S.UNASKED else FoundBy.US)
    desk = Desk(facts(card), playbook)
    desk.act("touchpoint.escalate", card, gap="They called")
    now = desk.now(card)
    assert (now.state, now.found_by, now.escalated_at, now.gap) == (S.GAP, finder, NOW, "They called")


def test_fixing_needs_an_owner_an_open_action_and_three_answers(playbook):
    card = a_touchpoint(code="BY-SAL-01", state=S.GAP, title="Price list")
    desk = Desk(facts(card), playbook)
    words = desk.missing("touchpoint.take", card, owner="", action="")
    assert len(words) == 4
    assert desk.missing("touchpoint.take", card, **THREE, action="") == (
        "BY-SAL-01 needs an open action: say what is to be done.",
    )
    act = desk.act("touchpoint.take", card, **THREE)
    made = desk.made(act, "action")
    assert (made.text, made.owner, made.touchpoint_id, made.due) == ("Price list", "ana", card.id, day(7))
    now = desk.now(card)
    assert (now.owner, now.leave, now.faster, now.safer) == ("ana", True, False, True)


def test_fixing_takes_the_action_that_is_open_already(playbook):
    card = a_touchpoint(state=S.GAP)
    desk = Desk(facts(card, an_action(touchpoint_id=card)), playbook)
    desk.act("touchpoint.take", card, **THREE)
    assert len(desk.facts.actions) == 1
    assert desk.now(card).state is S.FIXING


def test_many_cards_in_fixing_warn(playbook):
    cards = [a_touchpoint(state=S.FIXING) for _ in range(3)]
    gap = a_touchpoint(state=S.GAP)
    take = find_move("touchpoint.take")
    desk = Desk(facts(gap, *cards), playbook)
    assert len(take.warnings(desk.facts, gap, desk.occasion)) == 1
    desk = Desk(facts(gap, *cards[:2]), playbook)
    assert take.warnings(desk.facts, gap, desk.occasion) == ()


READY = [
    ((), ("needs at least one question answered yes",)),
    ((Answer.OPEN,), ("a question that is open", "at least one question")),
    ((Answer.NO, Answer.YES), ("a question that is no",)),
    ((Answer.NA,), ("at least one question",)),
    ((Answer.NA, Answer.YES), ()),
]


@pytest.mark.parametrize(("answers", "words"), READY)
def test_ready_needs_every_question_yes_or_na_and_one_yes(playbook, answers, words):
    for verb, state in (("ready", S.FIXING), ("review", S.READY)):
        card = a_touchpoint(state=state)
        desk = Desk(facts(card, *(a_check(card, answer=each) for each in answers)), playbook)
        missing = desk.missing(f"touchpoint.{verb}", card)
        assert len(missing) == len(words)
        assert all(part in told for part, told in zip(words, missing, strict=True))
        if not words:
            desk.act(f"touchpoint.{verb}", card)
            assert (desk.now(card).state, desk.now(card).reviewed_at) == (S.READY, DAY)


def test_what_does_not_apply_keeps_its_reason(playbook):
    card = a_touchpoint()
    desk = Desk(facts(card), playbook)
    assert desk.missing("touchpoint.na", card)[0].endswith("needs this: why it does not apply.")
    act = desk.act("touchpoint.na", card, reason="We sell nothing on paper")
    assert act.changes[0].values["answer"] == "We sell nothing on paper"


def test_an_escalated_gap_cannot_be_put_off(playbook):
    card = a_touchpoint(code="BY-SAL-01", state=S.GAP, escalated_at=NOW)
    (words,) = Desk(facts(card), playbook).missing("touchpoint.snooze", card, until=day(2))
    assert words.startswith("BY-SAL-01 has reached a customer")
    calm = a_touchpoint(state=S.GAP)
    desk = Desk(facts(calm), playbook)
    desk.act("touchpoint.snooze", calm, until=day(2))
    assert (desk.now(calm).snoozed_until, desk.now(calm).snoozes) == (day(2), 1)


def test_a_measurement_has_its_day(playbook):
    card = a_touchpoint(kpi_name="Time to close", kpi_unit="days")
    desk = Desk(facts(card), playbook)
    desk.act("touchpoint.kpi", card, kpi_value="31,5", kpi_target="20")
    now = desk.now(card)
    assert (now.kpi_value, now.kpi_at, now.kpi_target, now.kpi_name) == (31.5, DAY, 20.0, "Time to close")


def test_a_card_is_placed_by_hand_and_the_column_ordered_by_rule_again(playbook):
    cards = [a_touchpoint(state_on=day(-n)) for n in (3, 2, 1)]
    other = a_touchpoint(state=S.GAP, rank="i")
    desk = Desk(facts(*cards, other), playbook)
    assert desk.missing("touchpoint.by_rule", cards[0]) == ("No card of this column was placed by hand.",)
    desk.act("touchpoint.place", cards[2], by=-2)
    assert desk.now(cards[2]).rank
    assert "at that end" in desk.missing("touchpoint.place", cards[2], by=-1)[0]
    desk.act("touchpoint.by_rule", cards[0])
    assert [desk.now(each).rank for each in cards] == [None] * 3
    assert desk.now(other).rank == "i"


def test_owner_and_journey_texts_are_edited(playbook):
    card = a_touchpoint()
    desk = Desk(facts(card), playbook)
    desk.act("touchpoint.edit", card, owner="Ана", goal="知道價錢", position="3")
    now = desk.now(card)
    assert (now.owner, now.goal, now.position) == ("Ана", "知道價錢", 3)
