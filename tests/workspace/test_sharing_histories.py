"""Simulated weeks of three founders over git and plain folders at once, with kills: nothing is lost, all agree.

FIELDGATE_SOAK says how many times as many weeks, each as many times as long.
"""

import os
import sys

import pytest
from tests.workspace.weeks import Week

SOAK = int(os.environ.get("FIELDGATE_SOAK", "1"))
STEPS = 40 if SOAK == 1 else 200
MOST_ROUNDS = 5


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(2 * SOAK))
def test_a_week_of_three_founders_ends_alike_with_every_sentence_and_every_conflict_asked_once(tmp_path, capsys, seed):
    week = Week(tmp_path, seed).run(STEPS)
    rounds = week.settle()
    assert rounds <= MOST_ROUNDS
    assert week.missing() == set()
    assert week.broken() == []
    contents = week.contents()
    assert contents[0] == contents[1] == contents[2]
    codes = [each.code for each in week.founders[0].at.store.records("note")]
    assert len(codes) == len(set(codes))
    open_now = week.open_conflicts()
    assert open_now[0] == open_now[1] == open_now[2]
    week.decide()
    assert week.settle() <= MOST_ROUNDS
    assert week.open_conflicts() == [set(), set(), set()]
    assert {asked: times for asked, times in week.decided.items() if times > 1} == {}
    assert week.missing() == set()
    for founder in week.founders:
        report = founder.sync()
        assert (report.written, report.changed) == (0, ())
    with capsys.disabled():
        figures = {"sentences": len(week.said), "lost": 0, "asked": len(week.decided), "rounds": rounds} | week.figures
        told = ", ".join(f"{name} {count}" for name, count in sorted(figures.items()))
        sys.stdout.write(f"\n    week {seed}: {told}\n")
    week.end()
