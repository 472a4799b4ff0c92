"""Lines of descent: who came out of whom, what changed, and that no circle or long line breaks the drawing."""

from dataclasses import replace

from tests.builders import a_gate, a_hypothesis, a_note, a_piece, a_workspace, day, facts, moment

from fieldgate.domain.lineage import generation_of, line_of_descent, pivot_tree
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.learning import HypothesisState, PivotKind

POLICY = Policy()


def family():
    gate = a_gate(outcome=Outcome.PIVOT, closed_on=day(-10))
    first = a_hypothesis(code="H1", statement="Ресторанти губят", state=HypothesisState.RETIRED, verdict_on=day(-10))
    second = a_hypothesis(
        code="H2", statement="Nhà xuất khẩu mất", parent_id=first.id, born_gate_id=gate.id,
        pivot_kind=PivotKind.SEGMENT, segment="出口商",
    )  # fmt: skip
    third = a_hypothesis(code="H10", statement="Nhà xuất khẩu mất", parent_id=second.id, pivot_kind=PivotKind.NARROW,
                         importance=2, segment="出口商", created_at=moment(-3))  # fmt: skip
    other = a_hypothesis(code="H3", statement="คนอื่น", parent_id=first.id)
    return gate, first, second, third, other


def drawn(*records):
    return [(each.lead, each.generation.belief.code) for each in pivot_tree(facts(a_workspace(), *records), POLICY)]


def test_the_tree_draws_each_belief_below_the_one_it_came_out_of():
    lone = a_hypothesis(code="H4")
    assert drawn(*family(), lone) == [("", "H1"), ("├─ ", "H2"), ("│  └─ ", "H10"), ("└─ ", "H3"), ("", "H4")]


def test_further_lines_stand_beside_the_strokes():
    tree = pivot_tree(facts(a_workspace(), *family()), POLICY)
    assert [each.follow for each in tree] == ["│  ", "│  │  ", "│        ", "      "]
    assert [(each.depth, each.children) for each in tree] == [(0, 2), (1, 1), (2, 0), (1, 0)]


def test_a_generation_says_when_it_was_born_at_which_gate_and_what_changed():
    gate, first, second, third, _ = family()
    note = a_note()
    world = facts(a_workspace(), gate, first, second, third, note, a_piece(note, first, "no", 3))
    born = generation_of(world, second, POLICY)
    assert (born.parent, born.gate, born.born_on) == (first, gate, day(-10))
    assert born.changed == ("statement", "segment")
    narrowed = generation_of(world, third, POLICY)
    assert (narrowed.gate, narrowed.born_on, narrowed.changed) == (None, day(-3), ("importance",))
    root = generation_of(world, first, POLICY)
    assert (root.no, root.yes, root.changed, root.settled_on) == (1, 0, (), day(-10))


def test_a_belief_born_at_a_gate_that_is_open_again_was_born_when_it_was_written():
    gate = a_gate(outcome=None, closed_on=None)
    belief = a_hypothesis(born_gate_id=gate.id, created_at=moment(-5))
    assert generation_of(facts(a_workspace(), gate, belief), belief, POLICY).born_on == day(-5)


def test_the_line_of_a_belief_begins_with_its_oldest_ancestor():
    world = facts(a_workspace(), *family())
    third = next(each for each in world.hypotheses.values() if each.code == "H10")
    assert [each.belief.code for each in line_of_descent(world, third, POLICY)] == ["H1", "H2", "H10"]


def test_a_circle_is_drawn_once():
    one = a_hypothesis(code="H1")
    two = a_hypothesis(code="H2", parent_id=one.id)
    one = replace(one, parent_id=two.id)
    assert drawn(one, two) == [("", "H1"), ("└─ ", "H2")]
    world = facts(a_workspace(), one, two)
    assert [each.belief.code for each in line_of_descent(world, one, POLICY)] == ["H2", "H1"]


def test_a_child_whose_parent_was_archived_is_a_root():
    gone = a_hypothesis(code="H1", deleted_at=moment(-1))
    assert drawn(gone, a_hypothesis(code="H2", parent_id=gone.id)) == [("", "H2")]


def test_a_line_of_two_thousand_generations_is_drawn():
    line = [a_hypothesis(code="H1")]
    for number in range(2, 2001):
        line.append(a_hypothesis(code=f"H{number}", parent_id=line[-1].id))
    assert drawn(*line)[-1][1] == "H2000"
