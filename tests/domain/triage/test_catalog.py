"""The whole queue: its order, its kinds, and the moves that decide."""

from pathlib import Path

from tests.builders import (
    DAY,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_note,
    a_piece,
    a_requirement,
    a_touchpoint,
    an_action,
    day,
    facts,
    moment,
)

from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.domain.moves.catalog import MOVES
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.journey import TouchpointState
from fieldgate.domain.records.learning import HypothesisState, MeetingKind
from fieldgate.domain.records.people import Cocreation
from fieldgate.domain.records.record import Conflict
from fieldgate.domain.records.work import Urgency
from fieldgate.domain.triage import catalog
from fieldgate.domain.triage.catalog import TRIAGE_KINDS, queue, waiting
from fieldgate.domain.triage.kind import item_of

NAMES = [
    "conflict",
    "gate",
    "escalation",
    "critical",
    "verdict",
    "maybe",
    "action",
    "note",
    "requirement",
    "carry",
    "cocreation",
    "minutes",
    "touchpoint",
]


def one_of_each():
    """Records of which every kind has something to ask."""
    gate, pivot = a_gate(decide_by=day(-1), opened_on=day(-9)), a_gate(outcome=Outcome.PIVOT, opened_at=moment(-90))
    mai = a_customer(conflicts=(Conflict(field=("name",), value="Mai"),))
    parent = a_hypothesis(state=HypothesisState.RETIRED)
    child = a_hypothesis(parent_id=parent, born_gate_id=pivot)
    late = a_hypothesis(state=HypothesisState.TESTING, due=day(-1))
    open_one = a_hypothesis(state=HypothesisState.TESTING, importance=5)
    soft, old = a_note(customer_id=mai, said_on=day(-40), triaged_at=moment(-1)), a_note(triaged_at=moment(-1))
    return [
        gate,
        pivot,
        mai,
        parent,
        child,
        late,
        open_one,
        soft,
        old,
        a_piece(soft, open_one, "maybe"),
        a_piece(old, parent),
        a_touchpoint(state=TouchpointState.GAP, escalated_at=moment(-1)),
        a_touchpoint(state=TouchpointState.READY, reviewed_at=day(-99)),
        a_requirement(urgency=Urgency.CRITICAL),
        an_action(due=day(-1)),
        a_note(),
        a_customer(cocreation=Cocreation.CANDIDATE),
        a_meeting(kind=MeetingKind.SYNC, gate_id=gate, date=day(-5)),
    ]


def test_the_kinds_stand_in_the_order_in_which_they_are_asked():
    assert [each.name for each in TRIAGE_KINDS] == NAMES
    folder = Path(catalog.__file__).parent
    assert {each.stem for each in folder.glob("*.py")} == {*NAMES, "__init__", "kind", "catalog", "reach"}


def test_every_kind_has_its_items_in_queue_order(playbook):
    found = facts(*one_of_each())
    counts = waiting(found, playbook, DAY)
    assert list(counts) == NAMES
    assert all(counts.values()), counts
    whole = queue(found, playbook, DAY)
    assert [each.kind for each in whole.items] == [name for name in NAMES for _ in range(counts[name])]
    assert len({each.id for each in whole.items}) == len(whole.items)
    assert [whole.kind_of(each).name for each in whole.items] == [each.kind for each in whole.items]
    for each in whole.items:
        assert found.get(each.record_kind, each.record_id) is not None
        assert each.since <= DAY
        assert each.order


def test_every_verdict_is_a_move(playbook):
    for item in queue(facts(*one_of_each()), playbook, DAY).items:
        kind = next(each for each in TRIAGE_KINDS if each.name == item.kind)
        assert set(kind.moves(item)) <= set(MOVES), kind.name


def test_only_what_may_be_put_off_can_be_put_off():
    assert [each.name for each in TRIAGE_KINDS if not each.snoozable] == ["conflict", "gate", "escalation", "critical"]


def test_every_kind_says_which_records_it_reads():
    for each in TRIAGE_KINDS:
        assert each.about <= set(KIND_NAMES)
        assert each.reads <= set(KIND_NAMES)
        assert each.title


def test_a_stopped_workspace_asks_nothing_but_conflicts(playbook):
    records = [each for each in one_of_each() if not (KIND_NAMES and getattr(each, "decide_by", None))]
    found = queue(facts(a_gate(outcome=Outcome.STOP), *records), playbook, DAY)
    assert {name for name, count in found.waiting.items() if count} == {"conflict"}


def test_an_item_of_a_record_without_a_code_is_named_by_its_id():
    piece = a_piece(a_note(), a_hypothesis())
    item = item_of("maybe", piece, DAY)
    assert (item.code, item.id) == ("", f"maybe:{piece.id}")
