"""The assumption map: every belief has its place by importance and confidence, and no label hides another."""

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import a_customer, a_hypothesis, a_note, a_piece, a_workspace, facts, moment

from fieldgate.domain.assumption_map import LEVELS, column_of, laid_out, points_of
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import HypothesisState

POLICY = Policy()


def test_the_riskiest_open_belief_comes_first_and_is_marked():
    sure = a_hypothesis(code="H1", importance=5)
    note = a_note()
    open_one = a_hypothesis(code="H2", importance=4)
    settled = a_hypothesis(code="H3", importance=5, state=HypothesisState.SUPPORTED)
    world = facts(a_workspace(), sure, note, a_piece(note, sure, "yes", 4), open_one, settled)
    points = points_of(world, POLICY)
    assert [(each.belief.code, each.riskiest) for each in points] == [("H2", True), ("H1", False), ("H3", False)]
    assert points[1].confidence == 0.4


def test_retired_and_archived_beliefs_and_risks_of_one_project_are_not_on_it():
    buyer = a_customer()
    world = facts(
        a_workspace(),
        a_hypothesis(state=HypothesisState.RETIRED),
        a_hypothesis(deleted_at=moment(-1)),
        buyer,
        a_hypothesis(customer_id=buyer.id),
    )
    assert points_of(world, POLICY) == ()


def test_nothing_settled_is_riskiest():
    world = facts(a_workspace(), a_hypothesis(state=HypothesisState.REFUTED))
    assert [each.riskiest for each in points_of(world, POLICY)] == [False]


def test_the_ends_of_the_scale_are_the_ends_of_the_place():
    assert [column_of(value, 61) for value in (-1, 0, 1, 2, -2)] == [0, 30, 60, 60, 0]


def test_a_label_that_finds_its_lines_full_is_hidden_and_told():
    world = facts(a_workspace(), *(a_hypothesis(code=f"H{number}", importance=5) for number in range(1, 4)))
    plot = laid_out(points_of(world, POLICY), 60, 10)
    assert (plot.band, plot.height, plot.middle) == (2, 10, 30)
    assert [(each.point.belief.code, each.line) for each in plot.placed] == [("H1", 0), ("H2", 1)]
    assert [each.belief.code for each in plot.hidden] == ["H3"]


@given(
    st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["", "yes", "no"]), st.integers(2, 4)), max_size=12),
    st.integers(12, 90),
    st.integers(1, 30),
)
def test_every_point_is_placed_once_in_its_band_or_told_and_none_covers_another(beliefs, width, height):
    records = [a_workspace()]
    for number, (importance, stance, strength) in enumerate(beliefs, 1):
        belief = a_hypothesis(code=f"H{number}", importance=importance)
        note = a_note()
        records += [belief, note, *([a_piece(note, belief, stance, strength)] if stance else [])]
    points = points_of(facts(*records), POLICY)
    plot = laid_out(points, width, height)
    cells = set()
    for each in plot.placed:
        assert each.line // plot.band == LEVELS - each.point.belief.importance
        taken = {(each.line, each.column + cell) for cell in range(each.width)}
        assert not taken & cells
        assert each.column + each.width <= width
        cells |= taken
    shown = [each.point.belief.id for each in plot.placed] + [each.belief.id for each in plot.hidden]
    assert sorted(shown) == sorted(each.belief.id for each in points)
