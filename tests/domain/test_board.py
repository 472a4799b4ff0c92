"""The board: the order within a column, and ranks given by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import NOW, a_touchpoint, an_id, day, facts, moment

from fieldgate.domain.board import COLUMNS, between, board, column, in_order, moved
from fieldgate.domain.records.journey import TouchpointState


def test_the_computed_order_is_leave_then_yes_answers_then_escalated_then_oldest():
    gap = {"state": TouchpointState.GAP}
    oldest = a_touchpoint(**gap, state_on=day(-9))
    undated = a_touchpoint(**gap, state_on=None, created_at=moment(-8))
    escalated = a_touchpoint(**gap, escalated_at=NOW)
    one_yes = a_touchpoint(**gap, faster=True)
    two_yes = a_touchpoint(**gap, faster=True, safer=True)
    leave = a_touchpoint(**gap, leave=True)
    both = a_touchpoint(**gap, leave=True, safer=True)
    no = a_touchpoint(**gap, leave=False, faster=False, state_on=day(-10))
    cards = [oldest, undated, escalated, one_yes, two_yes, leave, both, no]
    found = column(facts(*cards), TouchpointState.GAP)
    assert found == (both, leave, two_yes, one_yes, escalated, no, oldest, undated)


def test_ranked_cards_come_first_and_equal_ranks_go_by_id():
    last = a_touchpoint(rank="k")
    twins = [a_touchpoint(id=an_id(9000 - n), rank="b") for n in range(2)]
    computed = a_touchpoint(leave=True)
    assert in_order([computed, last, *twins]) == (twins[1], twins[0], last, computed)


def test_a_board_holds_every_live_card_once_and_hides_those_not_applicable():
    cards = [a_touchpoint(state=state) for state in TouchpointState]
    found = board(facts(*cards, a_touchpoint(deleted_at=NOW)))
    assert [found[each.state] for each in cards] == [(each,) for each in cards]
    assert [*COLUMNS, "na"] == list(found)


ranks = st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6).filter(lambda each: each[-1] != "0")


@given(st.none() | ranks, st.none() | ranks)
def test_there_is_always_room_between_two_ranks(one, other):
    low, high = one, other
    if one is not None and other is not None:
        low, high = sorted((one, other))
        if low == high:
            high = None
    found = between(low, high)
    assert (low or "") < found
    assert high is None or found < high
    assert not found.endswith("0")


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [("a", "c", "b"), ("a", "b", "ai"), ("a", "a1", "a0i"), (None, "1", "0i"), ("z", None, "zi")],
)
def test_where_no_digit_lies_between_one_more_does(low, high, found):
    assert between(low, high) == found


@pytest.mark.parametrize(("low", "high"), [("b", "a"), ("a", "a"), ("", "a"), ("a0", None), (None, "Ä"), ("~", "a")])
def test_what_is_no_rank_has_no_place_between(low, high):
    with pytest.raises(ValueError, match=r".*"):
        between(low, high)


def after_moving(cards, card_id, by):
    ranks = moved(cards, card_id, by)
    return [
        each.id
        for each in in_order(
            a_touchpoint(id=each.id, state_on=each.state_on, rank=ranks.get(each.id, each.rank)) for each in cards
        )
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.none() | ranks | st.sampled_from(["~", "", "a0", "a"]), min_size=1, max_size=9),
    st.integers(0, 8),
    st.integers(-9, 9),
)
def test_a_card_lands_where_it_was_moved_and_no_other_changes_place(given_ranks, which, by):
    cards = in_order(a_touchpoint(rank=rank, state_on=day(n)) for n, rank in enumerate(given_ranks))
    start = which % len(cards)
    wanted = [each.id for each in cards]
    card_id = wanted.pop(start)
    wanted.insert(min(max(start + by, 0), len(cards) - 1), card_id)
    assert after_moving(cards, card_id, by) == wanted


def test_a_move_among_ranked_cards_changes_one_card_only():
    cards = in_order([a_touchpoint(rank=each) for each in ("b", "d", "f")])
    assert moved(cards, cards[2].id, -1) == {cards[2].id: "c"}
    assert moved(cards, cards[2].id, -2) == {cards[2].id: "5"}
    assert moved(cards, cards[0].id, 2) == {cards[0].id: "p"}


def test_a_card_that_cannot_move_stays():
    cards = in_order([a_touchpoint(), a_touchpoint()])
    assert moved(cards, cards[0].id, -1) == {}
    assert moved(cards, an_id(1), 1) == {}


def test_a_long_column_without_ranks_gets_them_down_to_the_moved_card():
    cards = in_order([a_touchpoint(state_on=day(n)) for n in range(60)])
    ranks = moved(cards, cards[0].id, 45)
    assert len(ranks) == 46
    assert sorted(ranks.values()) == [ranks[each.id] for each in (*cards[1:46], cards[0])]
