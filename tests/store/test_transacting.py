"""What a commit costs does not grow with the workspace, its log or its age."""

import pytest
from tests import builders as make
from tests.builders import NOW
from tests.store.conftest import WRITER

from fieldgate.domain.changes import Act, Create, Edit

BY = {"by": "ana", "now": NOW, "session": WRITER}


@pytest.fixture
def statements(store):
    """Count what SQLite is asked while something is done, and the steps that it takes."""

    def count(work):
        asked, steps = [], []
        store._database.raw.set_trace_callback(asked.append)
        store._database.raw.set_progress_handler(lambda: steps.append(1), 1)
        try:
            work()
        finally:
            store._database.raw.set_trace_callback(None)
            store._database.raw.set_progress_handler(None, 0)
        return len(asked), len(steps)

    return count


def test_a_commit_and_its_undo_cost_the_same_in_an_old_and_full_workspace(store, statements):
    facts = store.load_facts()
    row = next(iter(facts.hypotheses.values()))

    def edit(facts, importance):
        act = Act(action="update", changes=(Edit("hypothesis", row.id, {"importance": importance}),))
        return store.commit(facts, lambda _: act, **BY).facts

    def once():
        nonlocal facts
        facts = edit(facts, 1)
        facts = store.undo(facts, **BY).facts
        facts = store.redo(facts, **BY).facts
        facts = store.undo(facts, **BY).facts

    young = statements(once)
    for number in range(60):
        facts = edit(facts, 2 + number % 3)
    notes = Act(action="create", changes=tuple(Create(make.a_note(code="")) for _ in range(400)))
    facts = store.commit(facts, lambda _: notes, **BY).facts
    facts = edit(facts, 5)
    old = statements(once)
    assert old[0] == young[0] < 120
    assert old[1] < young[1] * 1.5


def test_a_new_record_costs_the_same_among_many(store, statements):
    facts = store.load_facts()

    def create():
        nonlocal facts
        act = Act(action="create", changes=(Create(make.a_note(code="")),))
        facts = store.commit(facts, lambda _: act, **BY).facts

    few = statements(create)
    for _ in range(3):
        notes = Act(action="create", changes=tuple(Create(make.a_note(code="")) for _ in range(200)))
        facts = store.commit(facts, lambda _, notes=notes: notes, **BY).facts
    many = statements(create)
    assert many[0] == few[0] < 30
    assert many[1] < few[1] * 1.5
