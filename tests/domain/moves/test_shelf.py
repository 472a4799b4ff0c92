"""The shelf: archive, restore, snooze within its limits."""

import pytest
from tests.builders import NOW, a_customer, a_gate, a_note, a_workspace, day, facts
from tests.domain.moves.acting import Desk

from fieldgate.domain.kinds import kinds
from fieldgate.domain.moves.catalog import MOVES, find_move
from fieldgate.domain.records.record import Conflict

SNOOZABLE = [name for name, kind in kinds().items() if "snoozes" in kind.fields]


def test_every_kind_with_snooze_fields_can_be_put_off_and_no_other():
    assert {move.kind for move in MOVES.values() if move.id.endswith(".snooze")} == set(SNOOZABLE)


@pytest.mark.parametrize(("until", "fine"), [(day(0), False), (day(1), True), (day(14), True), (day(15), False)])
def test_a_snooze_ends_within_its_days(playbook, until, fine):
    note = a_note()
    missing = Desk(facts(note), playbook).missing("note.snooze", note, until=until)
    assert missing == (() if fine else ("Put it off to a day after today, 2026-12-04 at the latest.",))


def test_a_record_is_put_off_so_often_and_then_decided(playbook):
    note = a_note(code="N1")
    desk = Desk(facts(note), playbook)
    desk.act("note.snooze", note)
    desk.act("note.snooze", note, until=day(9))
    assert (desk.now(note).snoozes, desk.now(note).snoozed_until) == (2, day(9))
    assert desk.missing("note.snooze", note) == ("N1 was put off 2 times: decide it now.",)


def test_the_limits_are_the_policy_of_the_workspace(playbook):
    note = a_note(code="N1")
    workspace = a_workspace(policy={"snooze_max_days": "3", "snooze_max_times": "0"})
    desk = Desk(facts(workspace, note), playbook)
    assert desk.missing("note.snooze", note) == ("N1 was put off 0 times: decide it now.",)
    assert find_move("note.snooze").defaults(desk.facts, note, desk.occasion) == {"until": day(3)}


def test_a_conflict_is_decided_not_put_off(playbook):
    note = a_note(code="N1", conflicts=(Conflict(field=("said_on",), value="2026-01-01"),))
    assert Desk(facts(note), playbook).missing("note.snooze", note) == (
        "N1 holds two versions of a field: decide that first.",
    )


def test_archiving_keeps_the_record_and_restoring_brings_it_back(playbook):
    customer = a_customer(code="C1")
    desk = Desk(facts(customer, a_gate()), playbook)
    assert desk.missing("customer.restore", customer) == ("C1 is not archived.",)
    desk.act("customer.archive", customer)
    assert desk.now(customer).deleted_at == NOW
    desk.act("customer.restore", customer)
    assert desk.now(customer) == customer


def test_what_was_merged_away_comes_back_without_its_pointer(playbook):
    other = a_customer()
    customer = a_customer(deleted_at=NOW, merged_into=other)
    desk = Desk(facts(customer, other), playbook)
    desk.act("customer.restore", customer)
    assert (desk.now(customer).live, desk.now(customer).merged_into) == (True, None)
