"""Whole weeks of editing and sharing on the real `take` and `merge`: nothing is lost, and everybody ends up alike.

FIELDGATE_RUNS sets how many weeks are lived through for each way of sharing.
"""

import os
from random import Random

import pytest
from tests.sync.simulation import TRANSPORTS, NaiveFounder, World

RUNS = int(os.environ.get("FIELDGATE_RUNS", "60"))
STEPS, MOST_ROUNDS = 60, 5


def a_week(transport, seed):
    return Random(f"{transport} {seed}")  # noqa: S311  # a week that can be lived through again, no secret


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_no_word_is_lost_and_all_founders_end_up_alike(transport):
    for seed in range(RUNS):
        world = World(a_week(transport, seed), 2 + seed % 4, transport)
        rounds = world.run(STEPS)
        assert not world.lost(), f"week {seed}"
        assert rounds <= MOST_ROUNDS, f"week {seed}"
        assert world.agreed(), f"week {seed}"


@pytest.mark.parametrize("transport", [each for each in TRANSPORTS if each != "driver"])
def test_a_merge_on_what_was_last_seen_loses_words(transport):
    lost = 0
    for seed in range(3):
        world = World(a_week(transport, seed), 3, transport, NaiveFounder)
        world.run(STEPS)
        lost += len(world.lost())
    assert lost > 0
