"""Cards wait when they are to be asked in the current step, or were not reviewed for long."""

import pytest
from tests.builders import DAY, a_gate, a_touchpoint, day, facts
from tests.worlds import READY

from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.journey import Phase, TouchpointState
from fieldgate.domain.records.learning import Step
from fieldgate.domain.triage.touchpoint import TOUCHPOINT

CORE = {"code": "FO-PM-01", "phase": Phase.FIND_OUT}


def waiting(playbook, *records):
    return [each.code for each in TOUCHPOINT.find(facts(*records), playbook, DAY)]


@pytest.mark.parametrize("step", [Step.DISCOVERY, Step.CREATION])
def test_an_unasked_core_card_of_the_phase_in_focus_waits(step, playbook):
    assert waiting(playbook, a_gate(step=step), a_touchpoint(**CORE)) == ["FO-PM-01"]


def test_other_cards_do_not_wait_to_be_asked(playbook):
    gate = a_gate()
    assert waiting(playbook, gate, a_touchpoint(**CORE, state=TouchpointState.GAP)) == []
    assert waiting(playbook, gate, a_touchpoint(code="FO-PM-02", phase=Phase.FIND_OUT)) == []
    assert waiting(playbook, gate, a_touchpoint(code="FO-PM-C01", phase=Phase.FIND_OUT)) == []
    assert waiting(playbook, gate, a_touchpoint(code="BY-PM-01")) == []
    assert waiting(playbook, gate, a_touchpoint(**CORE, snoozed_until=day(1))) == []
    assert waiting(playbook, a_gate(step=Step.VALIDATION), a_touchpoint(**CORE)) == []
    assert waiting(playbook, a_gate(outcome=Outcome.ADVANCE), a_touchpoint(**CORE)) == []


def test_a_stale_card_waits_whatever_its_phase(playbook):
    card = {"code": "US-PM-01", "phase": Phase.USE, "state": READY}
    assert waiting(playbook, a_touchpoint(**card, reviewed_at=day(-91))) == ["US-PM-01"]
    assert waiting(playbook, a_touchpoint(**card, reviewed_at=day(-90))) == []
    undated = a_touchpoint(code="FO-PM-01", phase=Phase.FIND_OUT, state_on=None)
    assert waiting(playbook, a_gate(), undated) == ["FO-PM-01"]
