"""What a face of triage shows of each item."""

import pytest
from tests.ui.desks import DAY, locations_in, sample_store

from fieldgate.domain.triage.catalog import TRIAGE_KINDS
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.triage import Session
from fieldgate.workspace.triage_values import Limits
from fieldgate.workspace.triage_view import effect_of, effects_of, said_of, telling, view_of


@pytest.fixture
def workspace(tmp_path):
    locations = locations_in(tmp_path)
    opened = open_workspace(inspect(sample_store(tmp_path), locations), locations, DAY, "an")
    yield opened
    opened.close()


def test_every_item_of_the_sample_is_shown_with_text_and_verdicts(workspace):
    session, seen = Session(workspace), set()
    for item in session.items:
        session.limits = Limits(records=frozenset({item.record_id}), kinds=(item.kind,))
        view = view_of(session)
        seen.add(item.kind)
        assert view.sheet.text
        # The gate is decided on its own screen, where everything that it lacks is said.
        assert item.kind == "gate" or [each for each in view.options if not each.missing]
        assert effects_of(session, view, "H5") is not None
    assert len(seen) == len(TRIAGE_KINDS)


def test_what_is_said_after_a_verdict_names_the_criteria_that_turned(workspace):
    session = Session(workspace)
    before = session.gauge()
    for item in [each for each in session.items if each.kind == "maybe"]:
        session.decide(item.id, "evidence.count_no")
    view = view_of(session)
    assert session.gauge().unmet != before.unmet
    assert "now met" in view.said


def test_a_conflict_offers_as_many_numbers_as_there_are_values(workspace):
    view = view_of(Session(workspace))
    assert view.item.kind == "conflict"
    assert view.numbers == 2


def test_who_takes_a_decision_back_did_not_write_what_is_shown(workspace):
    session = Session(workspace, Limits(kinds=("conflict",)))
    before = view_of(session).sheet.lines
    assert any("petya" in value for _, value in before)
    session.decide(session.current().id, "customer.settle", {"number": 2})
    session.undo()
    assert view_of(session).sheet.lines == before


def test_what_a_verdict_would_do_is_told_before_its_text_is_written(workspace):
    session = Session(workspace, Limits(kinds=("verdict",)))
    told = dict(effects_of(session, view_of(session)))
    assert told == {"y": "5 of 9 · The product answers the problem now met"}
    item = session.current()
    session.decide(item.id, "hypothesis.support", {"learned": "they pay", "therefore": "sell"})
    assert said_of(session).endswith("The product answers the problem now met")
    assert (session.gauge().met, session.gauge().total) == (5, 9)


def test_verdicts_that_do_the_same_stand_together_and_one_that_hangs_on_its_answers_is_not_told(workspace):
    session = Session(workspace, Limits(kinds=("maybe",)))
    for _ in range(2):
        session.decide(session.current().id, "evidence.chase", {"text": "again"})
    told = dict(effects_of(session, view_of(session)))
    assert told == {"y3 n3 c N x": "5 of 9 · No untreated maybe now met"}
    session = Session(workspace, Limits(kinds=("note",)))
    view = view_of(session)
    unsure = {each.move.id for each in telling(view) if not effect_of(session, view.item, each, "H5").told}
    assert unsure == {"note.hypothesis", "note.gap"}


def test_a_conflict_says_what_its_other_value_would_do(workspace):
    session = Session(workspace, Limits(kinds=("conflict",)))
    view = view_of(session)
    assert [effect_of(session, view.item, each).keys for each in telling(view)] == ["2"]
