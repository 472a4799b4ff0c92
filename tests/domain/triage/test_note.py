"""Observations wait until somebody has looked at them."""

import pytest
from tests.builders import DAY, NOW, a_customer, a_note, day, facts, moment

from fieldgate.domain.records.learning import NoteKind
from fieldgate.domain.triage.note import NOTE


def test_untriaged_observations_wait_in_the_order_in_which_they_were_said(playbook):
    customer = a_customer()
    last = a_note(said_on=DAY)
    second = a_note(said_on=day(-1), created_at=NOW)
    first = a_note(said_on=day(-1), created_at=moment(-1), customer_id=customer)
    found = NOTE.find(facts(customer, last, second, first), playbook, DAY)
    assert [each.record_id for each in found] == [first.id, second.id, last.id]
    assert (found[0].customer_id, found[0].since) == (customer.id, day(-1))
    assert NOTE.moves(found[0])[-2:] == ("note.discard", "note.snooze")


@pytest.mark.parametrize(
    "given",
    [
        {"triaged_at": NOW},
        {"discarded": True},
        {"kind": NoteKind.DECISION},
        {"kind": NoteKind.QUESTION},
        {"deleted_at": NOW},
        {"snoozed_until": day(3)},
    ],
)
def test_other_notes_do_not_wait(given, playbook):
    assert NOTE.find(facts(a_note(**given)), playbook, DAY) == ()
