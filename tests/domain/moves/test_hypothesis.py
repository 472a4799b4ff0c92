"""Hypotheses: each transition, what it needs, and what it leaves behind."""

from dataclasses import replace

import pytest
from tests.builders import (
    DAY,
    NOW,
    a_customer,
    a_gate,
    a_hypothesis,
    a_note,
    a_piece,
    a_workspace,
    day,
    facts,
)
from tests.domain.moves.acting import Desk

from fieldgate.domain.records.learning import Area, HypothesisState, NoteKind, PivotKind, Step
from fieldgate.errors import RefusedError

S = HypothesisState
BET = {"prediction": "3 of 5 tell of last week", "metric": "hours", "due": day(30)}
ENOUGH = {
    "lock": BET,
    "support": {"learned": "They lose a day", "reason": "we saw it"},
    "refute": {"learned": "They do not care", "reason": "we saw it"},
    "narrow": {"statement": "Finance loses a day", "reason": "too wide"},
    "retire": {"reason": "does not matter"},
    "extend": {"due": day(60), "reason": "holidays"},
    "reopen": {"due": day(60), "reason": "new facts"},
}
LEGAL = {
    "lock": {S.DRAFT},
    "support": {S.TESTING},
    "refute": {S.TESTING},
    "narrow": {S.TESTING, S.SUPPORTED, S.REFUTED},
    "retire": {S.DRAFT, S.TESTING, S.SUPPORTED, S.REFUTED},
    "extend": {S.TESTING},
    "reopen": {S.SUPPORTED, S.REFUTED},
}
AFTER = {
    "lock": S.TESTING,
    "support": S.SUPPORTED,
    "refute": S.REFUTED,
    "narrow": S.RETIRED,
    "retire": S.RETIRED,
    "extend": S.TESTING,
    "reopen": S.TESTING,
}
FIRST = {
    S.DRAFT: "lock its prediction first",
    S.TESTING: "rule on it first",
    S.SUPPORTED: "reopen it first",
    S.REFUTED: "reopen it first",
    S.RETIRED: "that is final",
}


@pytest.mark.parametrize("verb", LEGAL)
@pytest.mark.parametrize("state", S)
def test_each_transition_is_legal_from_its_states_and_says_elsewhere_what_comes_first(playbook, verb, state):
    belief = a_hypothesis(code="H1", state=state)
    desk = Desk(facts(belief), playbook)
    if state in LEGAL[verb]:
        desk.act(f"hypothesis.{verb}", belief, **ENOUGH[verb])
        assert desk.now(belief).state is AFTER[verb]
    else:
        (words,) = desk.missing(f"hypothesis.{verb}", belief, **ENOUGH[verb])
        assert words.startswith(f"H1 is {state}: {FIRST[state]}")


NEEDS = [
    ("lock", "prediction", "prediction"),
    ("lock", "metric", "metric"),
    ("lock", "due", "due date"),
    ("support", "learned", "what was learned"),
    ("refute", "learned", "what was learned"),
    ("narrow", "reason", "reason"),
    ("retire", "reason", "reason"),
    ("extend", "due", "new due date"),
    ("extend", "reason", "reason"),
    ("reopen", "due", "new due date"),
    ("reopen", "reason", "reason"),
]


@pytest.mark.parametrize(("verb", "left_out", "words"), NEEDS)
def test_what_a_transition_needs_is_named_when_it_is_left_out(playbook, verb, left_out, words):
    belief = a_hypothesis(code="H1", state=max(LEGAL[verb]))
    if verb == "lock":
        belief = a_hypothesis(code="H1")
    given = {name: value for name, value in ENOUGH[verb].items() if name != left_out}
    (missing,) = Desk(facts(belief), playbook).missing(f"hypothesis.{verb}", belief, **given)
    assert missing.startswith(f"H1 needs this: {words}")


@pytest.mark.parametrize(("field", "value"), [("target_n", 0), ("pass_pct", 0), ("pass_pct", 101)])
def test_a_prediction_without_sense_is_not_locked(playbook, field, value):
    belief = a_hypothesis(code="H1")
    (missing,) = Desk(facts(belief), playbook).missing("hypothesis.lock", belief, **BET, **{field: value})
    assert "a whole number from 1 to" in missing


def test_locking_freezes_the_bet_on_this_day(playbook):
    belief = a_hypothesis(code="H1")
    desk = Desk(facts(belief), playbook)
    assert desk.missing("hypothesis.lock", belief, **(BET | {"due": day(-1)})) == (
        "H1 needs a due date of today or later.",
    )
    desk.act("hypothesis.lock", belief, **(BET | {"due": DAY}), target_n=7)
    locked = desk.now(belief)
    assert (locked.locked_at, locked.locked_on, locked.target_n, locked.due) == (NOW, DAY, 7, DAY)
    frozen = {
        "statement": "other",
        "area": "price",
        "step": "validation",
        "prediction": "other",
        "metric": "other",
        "target_n": 9,
        "pass_pct": 10,
        "segment": "other",
        "due": day(90),
    }
    for name, value in frozen.items():
        (words,) = desk.missing("hypothesis.edit", belief, **{name: value})
        assert words.startswith("H1 is locked and keeps its"), name
    desk.act("hypothesis.edit", belief, statement=locked.statement, therefore="We go on", importance=5)
    assert (desk.now(belief).therefore, desk.now(belief).importance) == ("We go on", 5)


def test_a_draft_may_be_changed_in_every_field(playbook):
    belief = a_hypothesis(code="H1", area=Area.DELIVERY)
    customer = a_customer(code="C1")
    desk = Desk(facts(belief, customer), playbook)
    desk.act("hypothesis.edit", belief, statement="新的假設", segment="", customer_id="C1", pass_pct=80)
    now = desk.now(belief)
    assert (now.statement, now.segment, now.customer_id, now.pass_pct) == ("新的假設", None, customer.id, 80)
    assert desk.missing("hypothesis.edit", belief, statement="") == ("H1 needs this: statement.",)
    assert desk.missing("hypothesis.edit", belief, importance="") == ("H1 needs this: importance, 1 to 5.",)
    (words,) = desk.missing("hypothesis.edit", belief, area="price")
    assert words.startswith("Only a hypothesis of the area delivery names a customer")


def test_lowering_a_locked_key_belief_needs_a_reason_that_is_kept(playbook):
    belief = a_hypothesis(code="H1", state=S.TESTING, importance=4)
    desk = Desk(facts(belief), playbook)
    assert desk.missing("hypothesis.edit", belief, importance=3) == (
        "H1 was locked as key: lowering it below 4 needs a reason.",
    )
    desk.act("hypothesis.edit", belief, importance=3, lowered_reason="Price settles it")
    assert desk.now(belief).lowered_reason == "Price settles it"
    desk.act("hypothesis.edit", belief, importance=2)
    draft = a_hypothesis(importance=5)
    desk = Desk(facts(draft), playbook)
    desk.act("hypothesis.edit", draft, importance=1)
    assert desk.now(draft).lowered_reason is None


def heard(belief, *answers, said_on=DAY):
    """Notes of as many customers, each with one answer."""
    records = []
    for stance, strength in answers:
        customer = a_customer()
        note = a_note(customer_id=customer, said_on=said_on)
        records += [customer, note, a_piece(note, belief, stance, strength)]
    return records


YES, NO = ("yes", 2), ("no", 2)


@pytest.mark.parametrize(
    ("answers", "verb", "needs"),
    [
        ([YES] * 3, "support", False),
        ([YES] * 3, "refute", True),
        ([NO] * 3, "refute", False),
        ([NO] * 3, "support", True),
        ([YES], "support", True),
        ([], "refute", True),
    ],
)
def test_ruling_against_the_numbers_needs_a_reason_and_is_an_override(playbook, answers, verb, needs):
    belief = a_hypothesis(code="H1", state=S.TESTING)
    desk = Desk(facts(belief, *heard(belief, *answers)), playbook)
    missing = desk.missing(f"hypothesis.{verb}", belief, learned="so it is")
    assert bool(missing) is needs
    if needs:
        assert missing[0].startswith("H1 needs a reason for this verdict.")
    act = desk.act(f"hypothesis.{verb}", belief, learned="so it is", reason="we were there" if needs else "")
    assert act.action == ("override" if needs else "update")
    ruled = desk.now(belief)
    assert (ruled.verdict_at, ruled.verdict_on, ruled.verdict_by) == (NOW, DAY, "ana")
    assert (ruled.learned, ruled.verdict_reason) == ("so it is", "we were there" if needs else None)


def test_a_verdict_that_rests_on_answers_before_the_bet_needs_a_reason(playbook):
    belief = a_hypothesis(code="H1", state=S.TESTING)
    desk = Desk(facts(belief, *heard(belief, *[YES] * 3, said_on=day(-40))), playbook)
    (missing,) = desk.missing("hypothesis.support", belief, learned="so it is")
    assert missing.endswith("All firm answers were given before the bet.")
    act = desk.act("hypothesis.support", belief, learned="so it is", reason="they came to us")
    assert act.action == "update"


def test_narrowing_retires_the_old_claim_for_a_smaller_one(playbook):
    belief = a_hypothesis(code="H1", state=S.TESTING, importance=5, segment="財務", area=Area.PRICE)
    desk = Desk(facts(belief), playbook)
    act = desk.act("hypothesis.narrow", belief, statement="Only small firms", reason="too wide")
    child = desk.made(act, "hypothesis")
    assert (child.code, child.parent_id, child.pivot_kind) == ("H2", belief.id, PivotKind.NARROW)
    assert (child.state, child.area, child.importance, child.segment) == (S.DRAFT, Area.PRICE, 5, "財務")
    assert (child.born_gate_id, child.locked_at) == (None, None)
    old = desk.now(belief)
    assert (old.state, old.verdict_reason, old.verdict_on) == (S.RETIRED, "too wide", DAY)


def test_due_is_extended_once_and_only_later(playbook):
    belief = a_hypothesis(code="H1", state=S.TESTING, due=day(10))
    desk = Desk(facts(belief), playbook)
    assert "later than" in desk.missing("hypothesis.extend", belief, due=day(10), reason="late")[0]
    assert "later than" in desk.missing("hypothesis.extend", belief, due=day(-2), reason="late")[0]
    act = desk.act("hypothesis.extend", belief, due=day(20), reason="holidays")
    assert desk.now(belief).due == day(20)
    kept = desk.made(act, "note")
    assert (kept.kind, kept.text) == (NoteKind.DECISION, f"H1 extended to {day(20)}: holidays")
    assert desk.missing("hypothesis.extend", belief, due=day(30), reason="again") == (
        "H1 was extended once already: rule on it, narrow it or retire it.",
    )


def test_an_overdue_belief_without_due_may_be_extended(playbook):
    belief = a_hypothesis(code="H1", state=S.TESTING, due=None)
    desk = Desk(facts(belief), playbook)
    desk.act("hypothesis.extend", belief, due=DAY, reason="none was set")
    assert desk.now(belief).extended


def test_reopening_clears_the_verdict_and_keeps_the_bet_and_what_was_learned(playbook):
    ruled = {"verdict_at": NOW, "verdict_on": DAY, "verdict_by": "ana", "verdict_reason": "so", "learned": "much"}
    belief = a_hypothesis(code="H1", state=S.SUPPORTED, **ruled)
    desk = Desk(facts(belief), playbook)
    assert "today or later" in desk.missing("hypothesis.reopen", belief, due=day(-1), reason="shaken")[0]
    act = desk.act("hypothesis.reopen", belief, due=day(5), reason="shaken")
    now = desk.now(belief)
    assert (now.state, now.verdict_at, now.verdict_on, now.verdict_by, now.verdict_reason) == (S.TESTING, *[None] * 4)
    assert (now.learned, now.locked_at, now.due) == ("much", belief.locked_at, day(5))
    assert desk.made(act, "note").text == "H1 reopened: shaken"


def test_a_new_hypothesis_takes_the_numbers_in_force_and_the_lead_segment(playbook):
    workspace = a_workspace(lead_segment="Tài chính", policy={"target_n": "8", "pass_pct": "70"})
    desk = Desk(facts(workspace, a_gate(step=Step.VALIDATION)), playbook)
    made = desk.made(desk.act("hypothesis.create", statement="They pay", area="price"), "hypothesis")
    assert (made.code, made.step, made.importance) == ("H1", Step.VALIDATION, 3)
    assert (made.target_n, made.pass_pct, made.segment) == (8, 70, "Tài chính")
    everyone = desk.made(desk.act("hypothesis.create", statement="All pay", area="price", segment=""), "hypothesis")
    assert (everyone.code, everyone.segment) == ("H2", None)
    customer = a_customer()
    with pytest.raises(RefusedError, match="area delivery names a customer"):
        Desk(facts(customer), playbook).act("hypothesis.create", statement="x", area="price", customer_id=customer.id)
    with pytest.raises(RefusedError, match="needs this: statement"):
        desk.act("hypothesis.create", area="price")


def test_what_was_locked_is_never_archived(playbook):
    belief = a_hypothesis(code="H1", state=S.RETIRED)
    assert Desk(facts(belief), playbook).missing("hypothesis.archive", belief) == (
        "H1 was locked and is never archived: retire it.",
    )
    draft = replace(belief, state=S.DRAFT, locked_at=None)
    desk = Desk(facts(draft), playbook)
    assert desk.act("hypothesis.archive", draft).action == "delete"
    assert desk.now(draft).deleted_at == NOW
