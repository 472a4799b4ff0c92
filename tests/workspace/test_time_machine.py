"""Looking back: the log replayed to a day gives that day, to today gives now; the sample's pivot is undone before it."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ui.desks import locations_in, sample_store

from fieldgate.domain.gates import open_gate
from fieldgate.domain.kinds import kinds
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.snapshot import LEFT_OUT
from fieldgate.errors import RefusedError, UsageError
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.reading import open_reading
from fieldgate.workspace.time_machine import look_back, past_of

LONG = "Гост пита за доказателство. " * 40
MOVES = (
    ("customer.edit", "C6", lambda n: {"segment": f"ร้านอาหาร {n}"}),
    ("customer.drop", "C5", lambda _: {}),
    ("hypothesis.edit", "H8", lambda n: {"statement": f"{n} {LONG}"}),
    ("hypothesis.support", "H4", lambda n: {"learned": f"Một trang là đủ {n}"}),
    ("note.yes", "N53", lambda n: {"hypothesis": "H5", "strength": n % 3 + 2}),
    ("touchpoint.edit", "BY-SAL-10", lambda n: {"owner": f"mei {n}"}),
    ("action.done", "A3", lambda _: {}),
    ("workspace.policy", "workspace", lambda n: {"key": "maybe_days", "value": str(20 + n)}),
    ("gate.na", "gate", lambda n: {"criterion": "discovery.features", "reason": f"理由 {n}"}),
    ("customer.create", "", lambda n: {"name": f"客戶 {n}"}),
    ("undo", "", lambda _: {}),
)


def facts_of(snapshot):
    """All that the rules read, without who touched it last."""
    told = {}
    for kind, rows in snapshot.tables.items():
        names = [
            name for name in kinds()[kind].fields if name not in {"updated_at", "updated_by", *LEFT_OUT.get(kind, {})}
        ]
        for record in rows.values():
            if record.live:
                told[kind, record.id] = {name: getattr(record, name) for name in names}
    return told


def without_unread_notes(told, other):
    """A snapshot holds only the notes that a rule reads; looking back holds them all."""
    return {row: values for row, values in told.items() if row[0] != "note" or row in other}


def act(workspace, move, place, answers):
    if move == "undo":
        workspace.undo()
        return
    if place in {"", "workspace"}:
        record = workspace.facts.workspace.id if place else None
    else:
        record = open_gate(workspace.facts).id if place == "gate" else workspace.store.find(place)[1]
    workspace.perform(move, record, answers)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 3)), min_size=1, max_size=7))
def test_each_day_is_seen_again_as_it_was(tmp_path_factory, chosen):
    folder = tmp_path_factory.mktemp("past")
    locations, store = locations_in(folder), sample_store(folder)
    target, day, seen = inspect(store, locations), SAMPLE_DAY, {}
    for number, ((move, place, answers), days) in enumerate(chosen):
        day += timedelta(days=days)
        workspace = open_workspace(target, locations, Clock(day), "an")
        with contextlib.suppress(RefusedError):
            act(workspace, move, place, answers(number))
        seen[day] = facts_of(workspace.store.load_facts())
        workspace.close(give_out=False)
    for then, expected in seen.items():
        past = past_of(store, then, day)
        assert without_unread_notes(facts_of(past.facts), expected) == expected, then


@pytest.fixture
def store(tmp_path):
    return sample_store(tmp_path)


def test_today_is_now(store, locations):
    with open_reading(inspect(store, locations), locations, Clock(SAMPLE_DAY)) as reading:
        past = look_back(reading, SAMPLE_DAY, locations, None)
        assert facts_of(past.facts).items() >= facts_of(reading.facts).items()
        assert past.report.criteria == reading.report.criteria
        assert past.summary == reading.summary
        assert past.shown_as_now == ()


def test_before_the_pivot_the_first_gate_is_open(store, locations):
    with open_reading(inspect(store, locations), locations, Clock(SAMPLE_DAY)) as reading:
        before = look_back(reading, date(2026, 1, 11), locations, None)
        after = look_back(reading, date(2026, 1, 12), locations, None)
        assert (before.report.gate.round, before.report.gate.outcome) == (1, None)
        assert after.report.gate.round == 2
        assert Outcome.PIVOT in {each.outcome for each in after.facts.gates.values()}
        assert "H1" in before.shown_as_now


def test_the_numbers_of_that_day_hold(store, locations):
    workspace = open_workspace(inspect(store, locations), locations, Clock(SAMPLE_DAY), "an")
    workspace.perform("workspace.policy", workspace.facts.workspace.id, {"key": "key_importance", "value": "5"})
    workspace.close(give_out=False)
    later = Clock(SAMPLE_DAY + timedelta(days=2))
    workspace = open_workspace(inspect(store, locations), locations, later, "an")
    workspace.perform("workspace.policy", workspace.facts.workspace.id, {"key": "key_importance", "value": "3"})
    workspace.close(give_out=False)
    with open_reading(inspect(store, locations), locations, later) as reading:
        assert reading.playbook.policy.key_importance == 3
        assert look_back(reading, SAMPLE_DAY, locations, None).playbook.policy.key_importance == 5


def test_a_text_whose_version_is_gone_is_shown_as_now(store, locations):
    workspace = open_workspace(inspect(store, locations), locations, Clock(SAMPLE_DAY), "an")
    belief = workspace.store.find("H8")[1]
    workspace.perform("hypothesis.edit", belief, {"statement": f"1 {LONG}"})
    workspace.close(give_out=False)
    later = Clock(SAMPLE_DAY + timedelta(days=1))
    workspace = open_workspace(inspect(store, locations), locations, later, "an")
    workspace.perform("hypothesis.edit", belief, {"statement": f"2 {LONG}"})
    workspace.close(give_out=False)
    assert past_of(store, SAMPLE_DAY, later.today()).facts.hypotheses[belief].statement.startswith("1 ")
    forget_versions(store, belief)
    past = past_of(store, SAMPLE_DAY, later.today())
    assert past.facts.hypotheses[belief].statement.startswith("2 ")
    assert ("hypothesis", belief) in past.as_now


def forget_versions(store, row_id):
    import sqlite3

    with sqlite3.connect(store) as db:
        db.execute("DELETE FROM versions WHERE id = ?", (row_id,))
    db.close()


def test_a_day_to_come_and_a_day_before_the_beginning_are_refused_in_words(store):
    with pytest.raises(UsageError, match="still to come"):
        past_of(store, SAMPLE_DAY + timedelta(days=1), SAMPLE_DAY)
    with pytest.raises(UsageError, match="not there yet") as caught:
        past_of(store, date(2020, 1, 1), SAMPLE_DAY)
    assert "began on 2025-10-20" in caught.value.hint
