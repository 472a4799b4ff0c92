"""Beliefs: which are key, which are riskiest, whom to ask."""

from tests.builders import NOW, a_customer, a_hypothesis, a_note, a_piece, a_workspace, day, facts

from fieldgate.domain.beliefs import is_key, key_beliefs, lead_customers, riskiest, whom_to_ask
from fieldgate.domain.findings import code_order, counted, listed, name_of
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import HypothesisState, Step
from fieldgate.domain.records.people import CustomerStatus

POLICY = Policy()


def test_a_key_belief_is_live_important_not_retired_and_no_risk_of_one_project():
    assert is_key(a_hypothesis(importance=4), POLICY)
    assert not is_key(a_hypothesis(importance=3), POLICY)
    assert is_key(a_hypothesis(importance=3), Policy(key_importance=3))
    assert not is_key(a_hypothesis(importance=5, state=HypothesisState.RETIRED), POLICY)
    assert not is_key(a_hypothesis(importance=5, deleted_at=NOW), POLICY)
    assert not is_key(a_hypothesis(importance=5, customer_id=a_customer()), POLICY)


def test_key_beliefs_of_a_step_come_by_code():
    ours = [a_hypothesis(code=each, importance=5) for each in ("H10", "H2")]
    other = a_hypothesis(importance=5, step=Step.CREATION)
    assert [each.code for each in key_beliefs(facts(*ours, other), POLICY, Step.DISCOVERY)] == ["H2", "H10"]


def test_riskiest_first_goes_by_step_then_risk_then_due_date_then_code():
    left = a_hypothesis(code="H1", importance=1, step=Step.DISCOVERY)
    low = a_hypothesis(code="H2", importance=2, step=Step.VALIDATION)
    late = a_hypothesis(code="H3", importance=5, step=Step.VALIDATION, due=day(9))
    undated = a_hypothesis(code="H4", importance=5, step=Step.VALIDATION)
    soon = a_hypothesis(code="H10", importance=5, step=Step.VALIDATION, due=day(3))
    twin = a_hypothesis(code="H9", importance=5, step=Step.VALIDATION, due=day(3))
    later = a_hypothesis(code="H6", importance=5, step=Step.BUILDING)
    settled = a_hypothesis(code="H7", importance=5, step=Step.VALIDATION, state=HypothesisState.SUPPORTED)
    found = facts(later, low, undated, settled, late, left, soon, twin)
    codes = [each.code for each in riskiest(found, POLICY, Step.VALIDATION)]
    assert codes == ["H1", "H9", "H10", "H3", "H4", "H2", "H6"]
    assert [each.code for each in riskiest(found, POLICY, None)] == ["H9", "H10", "H3", "H4", "H6", "H2", "H1"]


def test_whom_to_ask_are_customers_of_the_segment_who_have_not_answered():
    belief = a_hypothesis(segment="khách hàng")
    answered = a_customer(code="C1", segment="khách hàng")
    aware = a_customer(code="C10", segment="Khách Hàng", awareness=5)
    first, second = a_customer(code="C2", segment="khách hàng"), a_customer(code="C3", segment="khách hàng")
    gone = a_customer(segment="khách hàng", status=CustomerStatus.DROPPED)
    away = a_customer(segment="khách hàng", deleted_at=NOW)
    note = a_note(customer_id=answered)
    found = facts(belief, answered, second, first, aware, gone, away, a_customer(), note, a_piece(note, belief))
    assert [each.code for each in whom_to_ask(found, belief, POLICY, 9)] == ["C10", "C2", "C3"]
    assert [each.code for each in whom_to_ask(found, belief, POLICY, 1)] == ["C10"]


def test_a_risk_of_one_project_is_asked_of_its_customer():
    theirs, other = a_customer(), a_customer()
    belief = a_hypothesis(customer_id=theirs)
    assert whom_to_ask(facts(belief, theirs, other), belief, POLICY, 9) == [theirs]


def test_lead_customers_are_of_the_lead_segment_whatever_their_status():
    ours = [a_customer(code="C10", segment="  Finance"), a_customer(code="C9", segment="finance", status="dropped")]
    others = [a_customer(segment="sales"), a_customer(), a_customer(segment="finance", deleted_at=NOW)]
    found = lead_customers(facts(a_workspace(lead_segment="FINANCE"), *ours, *others))
    assert {each.code for each in found} == {"C9", "C10"}
    for none in (None, " "):
        assert lead_customers(facts(a_workspace(lead_segment=none), *ours)) == []


def test_names_for_sentences_are_short_and_counted():
    assert name_of(a_customer(name="Mai Trần", code="C3")) == "Mai Trần (C3)"
    assert name_of(a_customer(name="客戶" * 40, code="C3")).endswith("… (C3)")
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert counted(1, "one", "{n} of them") == "one"
    assert counted(0, "one", "{n} of them") == "0 of them"
    assert sorted(["H10", "H2", "BY-PM-01"], key=code_order) == ["BY-PM-01", "H2", "H10"]
