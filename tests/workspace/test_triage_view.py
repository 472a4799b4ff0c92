"""What a face of triage shows of each item."""

import pytest
from tests.ui.desks import DAY, locations_in, sample_store

from fieldgate.domain.triage.catalog import TRIAGE_KINDS
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.triage import Session
from fieldgate.workspace.triage_values import Limits
from fieldgate.workspace.triage_view import effects_of, view_of


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
