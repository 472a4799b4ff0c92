"""Version vectors: what has seen what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldgate.documents.vectors import (
    GREATEST_COUNTER,
    KEPT_PAIRS,
    Order,
    compare,
    join,
    meet,
    newest,
    next_counter,
    seen_by,
    stamp,
)

VECTORS = st.dictionaries(st.sampled_from(["aaaaa", "bbbbb", "ccccc", "ddddd"]), st.integers(1, 5))


@pytest.mark.parametrize(
    ("vector", "other", "order"),
    [
        ({}, {}, Order.SAME),
        ({"a": 1}, {"a": 1}, Order.SAME),
        ({"a": 1}, {"a": 2}, Order.BEFORE),
        ({}, {"a": 2}, Order.BEFORE),
        ({"a": 1, "b": 1}, {"a": 1}, Order.AFTER),
        ({"a": 1}, {"b": 1}, Order.CONCURRENT),
        ({"a": 2, "b": 1}, {"a": 1, "b": 2}, Order.CONCURRENT),
    ],
)
def test_two_versions_stand_in_one_of_four_ways(vector, other, order):
    assert compare(vector, other) is order


@given(VECTORS, VECTORS, VECTORS)
def test_join_is_the_least_that_has_seen_both(a, b, c):
    joined = join(a, b)
    assert seen_by(a, joined)
    assert seen_by(b, joined)
    assert joined == join(b, a)
    if seen_by(a, c) and seen_by(b, c):
        assert seen_by(joined, c)


@given(VECTORS, VECTORS, VECTORS)
def test_meet_is_the_most_that_both_have_seen(a, b, c):
    met = meet(a, b)
    assert seen_by(met, a)
    assert seen_by(met, b)
    assert met == meet(b, a)
    if seen_by(c, a) and seen_by(c, b):
        assert seen_by(c, met)


@given(VECTORS, st.sampled_from(["aaaaa", "zzzzz"]), st.integers(0, 9))
def test_a_stamped_version_comes_after_what_it_stands_on(vector, writer, counter):
    assert compare(vector, stamp(vector, writer, counter)) is Order.BEFORE


def test_the_newest_pairs_are_kept_and_of_equal_ones_the_greater_writer():
    many = {f"w{number:04}": number // 2 for number in range(2, 2 * KEPT_PAIRS + 3)}
    kept = newest(many)
    assert len(kept) == KEPT_PAIRS
    assert sorted(kept) == sorted(many)[-KEPT_PAIRS:]


def test_an_edit_is_never_the_pair_that_is_forgotten_even_under_a_slow_clock():
    full = {f"w{number:04}": 1_741_960_000 + number for number in range(KEPT_PAIRS)}
    edited = stamp(full, "mine0", 5)
    assert edited["mine0"] == max(full.values()) + 1
    assert len(edited) == KEPT_PAIRS
    assert "w0000" not in edited


def test_a_known_writer_in_a_full_vector_just_rises():
    full = {f"w{number:04}": 100 + number for number in range(KEPT_PAIRS)}
    assert stamp(full, "w0003", 50)["w0003"] == 104


@pytest.mark.parametrize(("last", "seconds", "counter"), [(0, 1741960800, 1741960800), (7, 7, 8), (9, 3, 10)])
def test_a_counter_is_the_time_or_one_more_than_the_last(last, seconds, counter):
    assert next_counter(last, seconds) == counter


def test_a_forged_counter_does_not_outgrow_the_trailer():
    full = {f"w{number:04}": GREATEST_COUNTER for number in range(KEPT_PAIRS)}
    assert max(stamp(full, "zzzzz", 5).values()) == GREATEST_COUNTER
