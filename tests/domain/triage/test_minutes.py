"""Minutes wait until they are shared, and again when they are changed afterwards."""

import pytest
from tests.builders import DAY, a_customer, a_meeting, day, facts, moment

from fieldgate.domain.records.learning import MeetingKind
from fieldgate.domain.triage.minutes import MINUTES

OCTO = a_customer()


def waiting(playbook, **given):
    values = {"kind": MeetingKind.VISIT, "customer_id": OCTO, "date": day(-3), **given}
    return MINUTES.find(facts(OCTO, a_meeting(**values)), playbook, DAY)


def test_minutes_that_were_not_shared_in_time_wait(playbook):
    (found,) = waiting(playbook)
    assert (found.since, found.customer_id) == (day(-3), OCTO.id)
    assert len(waiting(playbook, kind=MeetingKind.SYNC, customer_id=None)) == 1


@pytest.mark.parametrize(
    "given",
    [
        {"date": day(-2)},
        {"date": day(1)},
        {"kind": MeetingKind.INTERVIEW},
        {"customer_id": None},
        {"shared_at": moment(0)},
        {"deleted_at": moment(0)},
        {"snoozed_until": day(2)},
    ],
)
def test_minutes_that_are_shared_young_or_ours_alone_do_not_wait(given, playbook):
    assert waiting(playbook, **given) == ()


def test_minutes_changed_after_sharing_wait_again(playbook):
    (found,) = waiting(playbook, shared_at=moment(-2), updated_at=moment(-1))
    assert found.since == day(-1)
