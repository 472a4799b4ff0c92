"""Evidence: which pieces count, what each source answers, and the numbers that follow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import NOW, a_customer, a_hypothesis, a_note, a_piece, a_workspace, an_id, day, facts, moment

from fieldgate.domain.changes import Change, Create, Edit, apply
from fieldgate.domain.evidence import pieces, segment_test, strongest_contrary, tally
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import HypothesisState, Stance
from fieldgate.domain.records.people import CustomerStatus
from fieldgate.domain.snapshot import Snapshot, snapshot_of

POLICY = Policy()


def answered(hypothesis, *answers):
    """Facts in which each answer comes from a customer of its own."""
    records = [hypothesis]
    for stance, strength in answers:
        customer = a_customer()
        note = a_note(customer_id=customer)
        records += [customer, note, a_piece(note, hypothesis, stance, strength)]
    return facts(*records)


@pytest.mark.parametrize(
    ("answers", "counts", "confidence", "risk"),
    [
        ([], (0, 0, 0), 0.0, 5.0),
        ([("yes", 2)] * 3, (3, 0, 0), 0.5, 2.5),
        ([("yes", 2)] * 5 + [("no", 2)], (5, 1, 0), 0.444, 2.78),
        ([("yes", 4)] * 3, (3, 0, 0), 0.667, 1.67),
        ([("no", 2)] * 3, (0, 3, 0), -0.5, 2.5),
        ([("yes", 2), ("no", 2)], (1, 1, 0), 0.0, 5.0),
        ([("yes", 1)] * 10, (0, 0, 10), 0.0, 5.0),
        ([("yes", 2)] * 3 + [("no", 3)] * 2, (3, 2, 0), 0.0, 5.0),
    ],
)
def test_confidence_and_risk_follow_from_the_standing_answers(answers, counts, confidence, risk):
    belief = a_hypothesis(importance=5)
    found = tally(answered(belief, *answers), belief, POLICY)
    assert (found.yes, found.no, found.maybe) == counts
    assert found.firm == found.yes + found.no
    assert (found.confidence, found.risk) == (confidence, risk)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ([("yes", 1)], ("maybe", 0)),
        ([("maybe", 0), ("yes", 2)], ("yes", 2)),
        ([("yes", 2), ("yes", 0)], ("yes", 2)),
        ([("yes", 2), ("maybe", 0)], ("yes", 2)),
        ([("yes", 4), ("no", 2)], ("no", 2)),
        ([("no", 2), ("yes", 3)], ("yes", 3)),
        ([("no", 1)], ("maybe", 0)),
    ],
)
def test_the_standing_answer_of_one_customer_follows_from_its_pieces_in_order(said, answer):
    belief, customer = a_hypothesis(), a_customer()
    records = [belief, customer]
    for number, (stance, strength) in enumerate(said):
        note = a_note(customer_id=customer, said_on=day(number - 10))
        records += [note, a_piece(note, belief, stance, strength)]
    (standing,) = tally(facts(*records), belief, POLICY).standing
    assert (standing.stance, standing.strength) == answer
    assert standing.customer_id == standing.source == customer.id


def one_answer(belief, customer):
    note = a_note(customer_id=customer)
    return tally(facts(belief, customer, note, a_piece(note, belief, "yes", 3)), belief, POLICY)


def test_a_dropped_customer_has_no_answer():
    assert one_answer(a_hypothesis(), a_customer(status=CustomerStatus.DROPPED)).standing == ()


def test_an_archived_customer_has_no_answer():
    assert one_answer(a_hypothesis(), a_customer(deleted_at=NOW)).standing == ()


def test_a_customer_that_is_not_there_has_no_answer():
    belief = a_hypothesis()
    note = a_note(customer_id=an_id(77))
    assert tally(facts(belief, note, a_piece(note, belief)), belief, POLICY).standing == ()


def test_a_customer_of_another_segment_has_no_answer():
    assert one_answer(a_hypothesis(segment="finance"), a_customer(segment="sales")).standing == ()
    assert one_answer(a_hypothesis(segment="finance"), a_customer(segment=None)).standing == ()


@pytest.mark.parametrize("segment", [None, "", "  "])
def test_a_belief_without_a_segment_hears_everyone(segment):
    found = one_answer(a_hypothesis(segment=segment), a_customer(segment="sales"))
    assert (found.yes, found.standing[0].strength) == (1, 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tìm hiểu", "Tìm hiểu"),
        ("КЛИЕНТИ", "клиенти"),
        ("ลูกค้า", " ลูกค้า "),
        ("客戶", "客戶"),
    ],
)
def test_a_segment_is_compared_as_people_read_it(one, other):
    assert one_answer(a_hypothesis(segment=one), a_customer(segment=other)).yes == 1
    assert not segment_test(one)(a_customer(segment=one + "x"))


def test_pieces_of_discarded_or_archived_rows_do_not_count():
    belief = a_hypothesis()
    notes = [a_note(discarded=True), a_note(deleted_at=NOW), a_note()]
    rows = [a_piece(notes[0], belief), a_piece(notes[1], belief), a_piece(notes[2], belief, deleted_at=NOW)]
    assert pieces(facts(belief, *notes, *rows), belief) == []


def test_a_piece_whose_note_is_not_there_does_not_count():
    belief = a_hypothesis()
    assert pieces(facts(belief, a_piece(a_note(), belief)), belief) == []


def test_notes_without_a_customer_are_each_their_own_source_and_always_count():
    belief = a_hypothesis(segment="finance")
    notes = [a_note(), a_note()]
    found = tally(facts(belief, *notes, *(a_piece(each, belief, "no", 3) for each in notes)), belief, POLICY)
    assert found.no == 2
    assert {each.source for each in found.standing} == {each.id for each in notes}
    assert {each.customer_id for each in found.standing} == {None}


def test_pieces_said_on_one_day_are_ordered_by_when_the_note_was_made_then_by_its_id():
    belief, customer = a_hypothesis(), a_customer()
    first = a_note(id=an_id(9001), customer_id=customer, created_at=moment(-1))
    second = a_note(id=an_id(9000), customer_id=customer, created_at=NOW)
    third = a_note(id=an_id(9002), customer_id=customer, created_at=NOW)
    rows = [a_piece(third, belief, "no"), a_piece(second, belief, "yes"), a_piece(first, belief, "yes")]
    found = facts(belief, customer, first, second, third, *rows)
    assert [each.note.id for each in pieces(found, belief)] == [first.id, second.id, third.id]
    assert tally(found, belief, POLICY).no == 1


def test_a_standing_maybe_dates_from_the_first_piece():
    belief, customer = a_hypothesis(), a_customer()
    first, second = a_note(customer_id=customer, said_on=day(-9)), a_note(customer_id=customer, said_on=day(-2))
    rows = [a_piece(first, belief, "yes", 1), a_piece(second, belief, "maybe")]
    (standing,) = tally(facts(belief, customer, first, second, *rows), belief, POLICY).standing
    assert (standing.said_on, standing.note_id, standing.evidence_id) == (day(-9), first.id, rows[0].id)


def test_the_maybe_rate_is_maybes_over_all_answers():
    belief = a_hypothesis()
    assert tally(answered(belief, ("maybe", 0), ("yes", 2), ("yes", 1), ("no", 3)), belief, POLICY).maybe_rate == 0.5
    assert tally(answered(belief), belief, POLICY).maybe_rate == 0.0


def test_pieces_from_before_the_bet_count_and_are_marked():
    belief = a_hypothesis(state=HypothesisState.TESTING, locked_on=day(-3))
    notes = [a_note(said_on=day(-4)), a_note(said_on=day(-3))]
    rows = [a_piece(each, belief) for each in notes]
    both = tally(facts(belief, *notes, *rows), belief, POLICY)
    assert (both.early, both.pieces, both.yes, both.only_early) == (1, 2, 2, False)
    one = tally(facts(belief, notes[0], rows[0]), belief, POLICY)
    assert (one.early, one.pieces, one.only_early) == (1, 1, True)
    soft = tally(facts(belief, notes[0], a_piece(notes[0], belief, "maybe")), belief, POLICY)
    assert not soft.only_early


def test_firm_strength_and_caution_are_numbers_of_the_policy():
    belief = a_hypothesis(importance=5)
    found = tally(answered(belief, ("yes", 1)), belief, Policy(firm_strength=1, k=1))
    assert (found.yes, found.confidence, found.risk) == (1, 0.5, 2.5)


def test_halves_are_rounded_away_from_zero():
    belief = a_hypothesis(importance=1)
    policy = Policy(k=12)
    assert tally(answered(belief, ("yes", 4)), belief, policy).confidence == 0.25
    eighth = Policy(k=62)
    assert tally(answered(belief, ("yes", 2)), belief, eighth).confidence == 0.031
    sixteenth = Policy(k=30, firm_strength=2)
    assert tally(answered(belief, ("yes", 2)), belief, sixteenth).confidence == 0.063
    assert tally(answered(a_hypothesis(importance=1), ("no", 2)), belief, sixteenth).confidence == 0.0
    other = a_hypothesis(importance=1)
    assert tally(answered(other, ("no", 2)), other, sixteenth).confidence == -0.063


def test_the_strongest_contrary_piece_is_the_strongest_no_and_of_equals_the_newest():
    belief = a_hypothesis(state=HypothesisState.SUPPORTED)
    notes = [a_note(said_on=day(-n)) for n in range(5)]
    stances = [("no", 1), ("no", 3), ("no", 3), ("yes", 4), ("maybe", 0)]
    rows = [a_piece(note, belief, *each) for note, each in zip(notes, stances, strict=True)]
    found = strongest_contrary(facts(belief, *notes, *rows), belief)
    assert found is not None
    assert found.evidence.id == rows[1].id


def test_what_speaks_most_against_a_refuted_belief_is_a_yes():
    belief = a_hypothesis(state=HypothesisState.REFUTED)
    found = strongest_contrary(answered(belief, ("no", 4), ("yes", 1)), belief)
    assert found is not None
    assert found.evidence.stance is Stance.YES
    assert strongest_contrary(answered(belief, ("no", 4)), belief) is None


WS = a_workspace()
BELIEFS = [a_hypothesis(), a_hypothesis(segment="finance", state=HypothesisState.TESTING)]
CUSTOMERS = [a_customer(segment="finance"), a_customer(segment="Finance "), a_customer()]
NOTES = [a_note(customer_id=CUSTOMERS[n % 4] if n % 4 < 3 else None, said_on=day(n % 3)) for n in range(6)]
PIECES = [a_piece(note, belief) for note in NOTES for belief in BELIEFS]
ROWS = [WS, *BELIEFS, *CUSTOMERS, *NOTES, *PIECES]

changed_pieces = st.builds(
    lambda row, stance, strength: Edit("evidence", row.id, {"stance": stance, "strength": strength}),
    st.sampled_from(PIECES),
    st.sampled_from(list(Stance)),
    st.integers(0, 4),
)
moved_pieces = st.builds(
    lambda row, to: Edit("evidence", row.id, {"hypothesis_id": to.id}),
    st.sampled_from(PIECES),
    st.sampled_from(BELIEFS),
)
archived = st.builds(
    lambda row, at: Edit(_kind(row), row.id, {"deleted_at": at}),
    st.sampled_from([*CUSTOMERS, *NOTES, *PIECES]),
    st.sampled_from([NOW, None]),
)
changed_notes = st.builds(
    lambda row, values: Edit("note", row.id, values),
    st.sampled_from(NOTES),
    st.one_of(
        st.fixed_dictionaries({"discarded": st.booleans()}),
        st.fixed_dictionaries({"said_on": st.integers(-9, 0).map(day)}),
        st.fixed_dictionaries({"customer_id": st.sampled_from([*(each.id for each in CUSTOMERS), None])}),
    ),
)
changed_customers = st.builds(
    lambda row, values: Edit("customer", row.id, values),
    st.sampled_from(CUSTOMERS),
    st.one_of(
        st.fixed_dictionaries({"status": st.sampled_from(list(CustomerStatus))}),
        st.fixed_dictionaries({"segment": st.sampled_from(["finance", "FINANCE", "sales", None])}),
    ),
)
changed_beliefs = st.builds(
    lambda row, values: Edit("hypothesis", row.id, values),
    st.sampled_from(BELIEFS),
    st.one_of(
        st.fixed_dictionaries({"importance": st.integers(1, 5)}),
        st.fixed_dictionaries({"segment": st.sampled_from(["finance", None])}),
        st.fixed_dictionaries({"locked_on": st.integers(-5, 0).map(day)}),
    ),
)


def _heard(stance):
    note = a_note()
    return [Create(note), Create(a_piece(note, BELIEFS[0], stance))]


new_pieces = st.builds(_heard, st.sampled_from(["yes", "no", "maybe"]))
acts = st.lists(
    st.one_of(
        changed_pieces, moved_pieces, archived, changed_notes, changed_customers, changed_beliefs, new_pieces
    ).map(lambda each: each if isinstance(each, list) else [each]),
    max_size=12,
)


def _kind(row):
    return type(row).__name__.lower()


def everything(found: Snapshot):
    return snapshot_of(row for table in found.tables.values() for row in table.values())


@given(acts)
@settings(max_examples=150, deadline=None)
def test_a_kept_tally_equals_one_computed_from_nothing(steps: list[list[Change]]):
    found = snapshot_of(ROWS)
    for step in steps:
        for belief in found.hypotheses.values():
            tally(found, belief, POLICY)
        found = apply(found, step)
    anew = everything(found)
    for belief in found.hypotheses.values():
        kept, fresh = tally(found, belief, POLICY), tally(anew, belief, POLICY)
        assert {each.source: each for each in kept.standing} == {each.source: each for each in fresh.standing}
        assert (kept.confidence, kept.risk, kept.pieces, kept.early) == (
            fresh.confidence,
            fresh.risk,
            fresh.pieces,
            fresh.early,
        )


def test_a_changed_number_of_the_policy_counts_anew():
    belief = a_hypothesis()
    workspace = a_workspace()
    note = a_note()
    found = snapshot_of([workspace, belief, note, a_piece(note, belief, "yes", 2)])
    assert tally(found, belief, POLICY).yes == 1
    after = apply(found, [Edit("workspace", workspace.id, {"policy": {"firm_strength": "3"}})])
    assert tally(after, belief, Policy(firm_strength=3)).yes == 0
