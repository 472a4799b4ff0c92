"""Figures for the first frame are kept with the change they come of."""

import sqlite3
from contextlib import closing

from tests import builders as make
from tests.builders import DAY, NOW
from tests.store.conftest import WRITER

from fieldgate.domain.changes import Create, Edit


def tallies(path):
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("select * from tally order by hypothesis_id").fetchall()


def commit(store, facts, figures, *changes):
    from fieldgate.domain.changes import Act

    act = Act(action="update", changes=changes)
    return store.commit(facts, lambda _: act, by="ana", now=NOW, session=WRITER, summarise=lambda _: figures)


def test_counts_are_kept_by_hypothesis_and_gone_ones_dropped(store, path):
    facts = store.load_facts()
    one = next(iter(facts.hypotheses))
    counts = {"yes": 2, "no": 1, "maybe": 3, "confidence": 0.25, "risk": 3.5, "verdict": "supported", "shaken": True}
    done = commit(store, facts, {"met": 1, "tallies": {one: counts}}, Edit("hypothesis", one, {"importance": 1}))
    assert tallies(path) == [(one, 2, 1, 3, 0.25, 3.5, "supported", 1)]
    made = commit(store, done.facts, {"met": 1, "tallies": {}}, Create(make.a_hypothesis(code="")))
    assert tallies(path) == []
    assert store.summary() == {"met": 1, "seq": store.last_seq(), "day": "2026-11-20"}
    assert made.txn == 3


def test_a_missing_count_is_none_and_others_stay(store, path):
    facts = store.load_facts()
    one = next(iter(facts.hypotheses))
    commit(store, facts, {"tallies": {one: {"verdict": None}}}, Edit("hypothesis", one, {"importance": 1}))
    assert tallies(path) == [(one, 0, 0, 0, 0.0, 0.0, "", 0)]
    commit(store, store.load_facts(), {"met": 2}, Edit("hypothesis", one, {"importance": 2}))
    assert len(tallies(path)) == 1


def test_figures_of_another_day_are_kept_without_a_change(store):
    store.keep_figures(store.load_facts(), lambda _: {"met": 3}, day=DAY)
    assert store.summary() == {"met": 3, "seq": store.last_seq(), "day": "2026-11-20"}
    assert len(store.acts()) == 1


def test_a_file_without_figures_says_so(store):
    assert store.summary() is None
    store.keep_meta("playbook", "{}")
    store.keep_meta("playbook", '{"a":1}')
    assert store.meta("playbook") == '{"a":1}'
    assert store.meta("nothing") is None
