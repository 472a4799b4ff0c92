"""A triage session: what it asks, what a verdict does, what undo brings back, what survives a kill."""

from datetime import timedelta
from random import Random

import pytest
from tests.ui.desks import DAY, SAMPLE_DAY, locations_in, sample_store

from fieldgate.domain.triage.catalog import TRIAGE_KINDS, queue
from fieldgate.errors import RefusedError, UndecidedError
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.triage import Session
from fieldgate.workspace.triage_foresight import foreseen
from fieldgate.workspace.triage_values import Limits
from fieldgate.workspace.triage_view import start_of


@pytest.fixture
def workspace(tmp_path):
    """The sample, from a store that was made once."""
    locations = locations_in(tmp_path)
    opened = open_workspace(inspect(sample_store(tmp_path), locations), locations, DAY, "an")
    yield opened
    opened.close()


class Ticking(Clock):
    """A clock by which every look is later than the one before."""

    def now(self):
        TICKS.append(timedelta(milliseconds=1))
        return super().now() + sum(TICKS, timedelta())


TICKS = []


def first(session, kind):
    return next(item for item in session.items if item.kind == kind)


def rows(workspace):
    """All live records with their fields, but for who touched them last."""
    found = {}
    for kind in ("note", "hypothesis", "touchpoint", "requirement", "action", "customer", "meeting", "gate"):
        for record in workspace.store.records(kind):
            found[kind, record.id] = plain(record)
    for kind in ("evidence", "check"):
        for record in workspace.facts.live(kind):
            found[kind, record.id] = plain(record)
    return {key: value for key, value in found.items() if value["deleted_at"] is None}


def plain(record):
    names = type(record).__dataclass_fields__
    return {name: getattr(record, name) for name in names if not name.startswith("updated_")}


def defined(workspace):
    return queue(workspace.facts, workspace.playbook, workspace.clock.today()).items


SET = object()
"""A value that stands for any but none."""
FIX = {"action": "repair it", "leave": "yes", "faster": "yes", "safer": "no"}
RULED = {"learned": "they pay", "reason": "early", "therefore": "sell it"}
SOON = SAMPLE_DAY + timedelta(days=7)
VERDICTS = [
    # kind, verdict, answers, what is changed or made by it: kind of record and its fields
    ("conflict", "settle", {"number": 2}, [("customer", {"role": "decision_maker", "conflicts": ()})]),
    (
        "escalation",
        "take",
        FIX,
        [
            ("touchpoint", {"state": "fixing", "leave": True, "faster": True, "safer": False, "owner": SET}),
            ("action", {"text": "repair it", "touchpoint_id": SET, "state": "open"}),
        ],
    ),
    ("escalation", "na", {"reason": "nobody sees it"}, [("touchpoint", {"state": "na", "answer": "nobody sees it"})]),
    ("critical", "respond", {"text": "call Isla"}, [("action", {"requirement_id": SET, "due": SAMPLE_DAY})]),
    ("critical", "not_critical", {}, [("requirement", {"urgency": "high"})]),
    ("verdict", "support", RULED, [("hypothesis", {"state": "supported", "learned": "they pay", "verdict_on": SET})]),
    ("verdict", "refute", RULED, [("hypothesis", {"state": "refuted", "verdict_reason": "early"})]),
    (
        "verdict",
        "narrow",
        {"statement": "only small ones pay", "reason": "too wide"},
        [
            ("hypothesis", {"state": "retired"}),
            ("hypothesis", {"state": "draft", "pivot_kind": "narrow", "parent_id": SET}),
        ],
    ),
    ("verdict", "retire", {"reason": "irrelevant"}, [("hypothesis", {"state": "retired"})]),
    (
        "verdict",
        "extend",
        {"due": SAMPLE_DAY + timedelta(days=60), "reason": "holidays"},
        [("hypothesis", {"extended": True, "due": SAMPLE_DAY + timedelta(days=60)})],
    ),
    (
        "maybe",
        "firm_yes",
        {"text": "they sent the contract", "strength": 4},
        [
            ("note", {"text": "they sent the contract", "triaged_at": SET}),
            ("evidence", {"stance": "yes", "strength": 4}),
        ],
    ),
    ("maybe", "firm_no", {"text": "họ nói không", "strength": 3}, [("evidence", {"stance": "no", "strength": 3})]),
    ("maybe", "chase", {"text": "ask again"}, [("action", {"chase": True, "due": SOON, "customer_id": SET})]),
    ("maybe", "count_no", {}, [("note", {"text": SET}), ("evidence", {"stance": "no", "strength": 2})]),
    ("maybe", "drop_customer", {}, [("customer", {"status": "dropped"})]),
    ("action", "done", {}, [("action", {"state": "done"})]),
    ("action", "redate", {"due": SOON}, [("action", {"due": SOON, "redated": 1})]),
    ("action", "drop", {"reason": "no longer needed"}, [("action", {"state": "dropped"})]),
    ("note", "yes", {"strength": 3}, [("note", {"triaged_at": SET}), ("evidence", {"stance": "yes", "strength": 3})]),
    ("note", "no", {"strength": 2}, [("note", {"triaged_at": SET}), ("evidence", {"stance": "no", "strength": 2})]),
    ("note", "maybe", {}, [("note", {"triaged_at": SET}), ("evidence", {"stance": "maybe", "strength": 0})]),
    (
        "note",
        "hypothesis",
        {"statement": "客户会付款", "area": "price"},
        [("note", {"triaged_at": SET}), ("hypothesis", {"statement": "客户会付款", "state": "draft", "area": "price"})],
    ),
    ("note", "request", {"urgency": "high"}, [("note", {"requirement_id": SET}), ("requirement", {"urgency": "high"})]),
    (
        "note",
        "gap",
        {"touchpoint": "FO-MKT-14", "gap": "nobody knows"},
        [
            ("note", {"touchpoint_id": SET}),
            ("touchpoint", {"state": "gap", "found_by": "customer", "escalated_at": SET}),
        ],
    ),
    ("note", "action", {}, [("note", {"triaged_at": SET}), ("action", {"text": SET, "state": "open"})]),
    ("note", "background", {}, [("note", {"triaged_at": SET, "discarded": False})]),
    ("note", "discard", {}, [("note", {"discarded": True})]),
    ("requirement", "park", {}, [("requirement", {"state": "parked"})]),
    ("requirement", "check", {}, [("requirement", {"state": "checking"}), ("action", {"requirement_id": SET})]),
    ("requirement", "to_sync", {}, [("requirement", {"state": "parked", "to_sync": True})]),
    ("requirement", "decline", {"remarks": "no"}, [("requirement", {"state": "declined", "remarks": SET})]),
    (
        "requirement",
        "duplicate",
        {"duplicate_of": "R1"},
        [("requirement", {"state": "duplicate", "duplicate_of": SET})],
    ),
    ("carry", "still_speaks", {}, [("evidence", {"hypothesis_id": SET}), ("hypothesis", {"carried": SET})]),
    ("carry", "no_longer", {}, [("hypothesis", {"carried": SET})]),
    ("cocreation", "yes", {}, [("check", {"answer": "yes", "answered_at": SET})]),
    ("cocreation", "no", {}, [("check", {"answer": "no", "answered_at": SET})]),
    ("cocreation", "schedule", {}, [("action", {"customer_id": SET, "state": "open"})]),
    ("minutes", "shared", {}, [("meeting", {"shared_at": SET})]),
    ("minutes", "export", {}, [("meeting", {"shared_at": SET})]),
    ("minutes", "not_needed", {}, [("meeting", {"shared_at": SET})]),
    ("touchpoint", "yes", {}, [("check", {"answer": "yes"})]),
    ("touchpoint", "no", {}, [("check", {"answer": "no"})]),
    ("touchpoint", "review", {}, [("touchpoint", {"state": "ready", "reviewed_at": SAMPLE_DAY})]),
    ("touchpoint", "gap", {"gap": "no answer"}, [("touchpoint", {"state": "gap", "found_by": "us"})]),
    ("touchpoint", "check.na", {}, [("check", {"answer": "na"})]),
    ("touchpoint", "touchpoint.na", {"reason": "not ours"}, [("touchpoint", {"state": "na", "answer": "not ours"})]),
]


def fits(row, wanted):
    return all(row[name] is not None if value is SET else row[name] == value for name, value in wanted.items())


class TestVerdicts:
    @pytest.mark.parametrize(("kind", "verb", "answers", "effects"), VERDICTS, ids=lambda each: str(each)[:20])
    def test_each_does_what_it_says_in_one_act_that_the_session_takes_back_exactly(
        self, workspace, kind, verb, answers, effects
    ):
        session = Session(workspace)
        before, gate = rows(workspace), session.gauge()
        options = [(item, each) for item in session.items if item.kind == kind for each in session.options(item)]
        item, option = next(
            (item, each) for item, each in options if f".{each.move.id}".endswith(f".{verb}") and not each.missing
        )
        if option.move.id in {"note.yes", "note.no", "note.maybe"}:
            answers = {**answers, "hypothesis": "H5"}
        seq = workspace.store.last_seq()
        session.decide(item.id, option.move.id, answers)
        events = [each for each in workspace.store.log(500) if each.seq > seq]
        assert len({each.txn for each in events}) == 1
        changed = [(name[0], row) for name, row in rows(workspace).items() if before.get(name) != row]
        for record, wanted in effects:
            assert any(name == record and fits(row, wanted) for name, row in changed), (record, wanted, changed)
        assert session.last.move_id == option.move.id
        assert {each.id for each in session.items} == {each.id for each in defined(workspace)}
        _, back, verdict = session.undo()
        assert (back, verdict) == (item.id, option.move.id)
        assert rows(workspace) == before
        assert session.gauge() == gate
        assert session.current().id == item.id

    def test_every_kind_has_its_verdicts_tried_but_the_gate_which_is_decided_on_its_own_screen(self):
        assert {each[0] for each in VERDICTS} == {kind.name for kind in TRIAGE_KINDS} - {"gate"}

    def test_a_verdict_lands_on_no_item_that_waits_no_more(self, workspace):
        session = Session(workspace)
        item = first(session, "note")
        session.decide(item.id, "note.background")
        seq = workspace.store.last_seq()
        with pytest.raises(UndecidedError, match="does not wait"):
            session.decide(item.id, "note.background")
        assert workspace.store.last_seq() == seq

    def test_what_was_shared_is_gone_however_long_the_writing_takes(self, workspace):
        workspace.clock = Ticking(SAMPLE_DAY)
        session = Session(workspace)
        item = first(session, "minutes")
        session.decide(item.id, "meeting.shared")
        assert item.id not in {each.id for each in session.items}
        meeting = workspace.facts.meetings[item.record_id]
        assert meeting.shared_at == meeting.updated_at

    def test_a_verdict_of_another_kind_is_refused_with_those_that_fit(self, workspace):
        session = Session(workspace)
        with pytest.raises(RefusedError) as caught:
            session.decide(first(session, "note").id, "action.done")
        assert "note.background" in caught.value.hint

    def test_what_it_would_do_to_the_gate_is_what_it_does(self, workspace):
        session = Session(workspace)
        item = first(session, "verdict")
        answers = {"learned": "they pay", "reason": "early", "therefore": "sell it"}
        told = foreseen(session, item, "hypothesis.support", answers)
        seq = workspace.store.last_seq()
        assert workspace.store.last_seq() == seq
        session.decide(item.id, "hypothesis.support", answers)
        assert session.gauge() == told
        assert session.last.after == told

    def test_a_note_may_speak_to_several_beliefs_and_stays_until_the_last(self, workspace):
        session = Session(workspace)
        item = first(session, "note")
        session.decide(item.id, "note.yes", {"hypothesis": "H5", "strength": 2, "more": "yes"})
        assert session.current().id == item.id
        session.decide(item.id, "note.no", {"hypothesis": "H10", "strength": 2})
        assert item.id not in {each.id for each in session.items}

    def test_a_card_is_asked_question_by_question_and_then_made_ready(self, workspace):
        session = Session(workspace)
        item = next(each for each in session.items if each.kind == "touchpoint" and session.question(each) is not None)
        asked = []
        while (question := session.question(item)) is not None:
            asked.append(question.key)
            session.decide(item.id, "check.yes")
        assert asked == sorted(set(asked))
        letters = {each.letter: each for each in session.options(item) if not each.missing}
        assert "y" not in letters
        session.decide(item.id, "touchpoint.ready")
        assert workspace.facts.touchpoints[item.record_id].state == "ready"
        for _ in asked:
            session.undo()
        session.undo()
        assert session.current().id == item.id

    def test_several_are_decided_in_one_act(self, workspace):
        session = Session(workspace)
        notes = [each.id for each in session.items if each.kind == "note"][:4]
        before = rows(workspace)
        session.decide_all(notes, "note.background")
        assert not {each.id for each in session.items} & set(notes)
        session.undo()
        assert rows(workspace) == before
        assert set(notes) <= {each.id for each in session.items}
        assert session.taken_back == dict.fromkeys(notes, "note.background")
        session.decide_all(notes[:2], "note.background")
        assert session.taken_back == dict.fromkeys(notes[2:], "note.background")

    def test_several_of_different_kinds_are_refused(self, workspace):
        session = Session(workspace)
        seq = workspace.store.last_seq()
        with pytest.raises(RefusedError, match="one kind"):
            session.decide_all([first(session, "note").id, first(session, "action").id], "note.background")
        assert workspace.store.last_seq() == seq


@pytest.mark.parametrize("seed", range(3))
def test_the_queue_is_what_its_definition_says_after_any_history(workspace, seed):
    chance = Random(seed)  # noqa: S311  to be repeated, not to be secret
    session, before = Session(workspace), rows(workspace)
    for _ in range(30):
        item = chance.choice(session.items)
        simple = [each for each in session.options(item) if not each.missing and not wanted(session, item, each)]
        verdict = chance.choice([*simple, "skip", "undo"])
        try:
            if verdict == "undo":
                session.undo()
            elif verdict == "skip":
                session.skip(item.id)
            else:
                session.decide(item.id, verdict.move.id)
        except RefusedError:
            continue
        assert {each.id for each in session.items} == {each.id for each in defined(workspace)}
        assert len({each.id for each in session.items}) == len(session.items)
    again = Session(workspace, go_on=True)  # as after a restart
    while again._memory.decided:
        again.undo()
    assert rows(workspace) == before


def wanted(session, item, option):
    """The asks that nothing stands in yet."""
    defaults = session.defaults(item, option.move.id)
    return [ask.name for ask in option.move.asks if ask.required and defaults[ask.name] in (None, "")]


class TestSession:
    def test_it_asks_in_the_order_of_the_kinds(self, workspace):
        kinds = list(dict.fromkeys(each.kind for each in Session(workspace).items))
        assert kinds == [kind.name for kind in TRIAGE_KINDS if kind.name in kinds]
        assert len(kinds) == len(TRIAGE_KINDS)

    def test_what_is_skipped_comes_at_the_end_and_is_there_in_the_next_session(self, workspace):
        session = Session(workspace, Limits(kinds=("note",)))
        one, two, *_ = (each.id for each in session.items)
        session.skip(one)
        session.skip(two)
        assert [each.id for each in session.items][-2:] == [one, two]
        assert Session(workspace, Limits(kinds=("note",))).current().id == one

    def test_it_can_be_limited_to_kinds_records_and_a_number(self, workspace):
        session = Session(workspace, Limits(kinds=("note", "action"), items=1))
        assert {each.kind for each in session.items} == {"note", "action"}
        session.decide(first(session, "note").id, "note.background")
        assert session.current() is None
        record = first(Session(workspace), "note").record_id
        assert len(Session(workspace, Limits(records=frozenset({record}))).items) == 1
        assert Session(workspace, Limits(minutes=0)).current() is None

    def test_putting_off_is_limited_and_refused_where_it_hurts(self, workspace):
        session = Session(workspace)
        item, today = first(session, "note"), workspace.clock.today()
        with pytest.raises(RefusedError):
            session.decide(item.id, "note.snooze", {"until": today + timedelta(days=200)})
        session.decide(item.id, "note.snooze", {"until": today + timedelta(days=1)})
        assert item.id not in {each.id for each in session.items}
        for kind in ("conflict", "gate", "escalation", "critical"):
            moves = [each.move.id for each in session.options(first(session, kind))]
            assert not [each for each in moves if each.endswith(".snooze")]
        assert session.end().snoozed == 1

    def test_undo_goes_back_across_kinds_and_over_a_restart(self, workspace):
        before = rows(workspace)
        session = Session(workspace)
        note, action, minutes = (first(session, kind) for kind in ("note", "action", "minutes"))
        session.decide(note.id, "note.yes", {"hypothesis": "H5", "strength": 3})
        session.decide(action.id, "action.done")
        session.decide(minutes.id, "meeting.shared")
        again = Session(workspace, go_on=True)
        assert [again.undo()[1] for _ in range(3)] == [minutes.id, action.id, note.id]
        assert rows(workspace) == before
        with pytest.raises(RefusedError, match="Nothing was decided"):
            again.undo()

    def test_what_was_taken_back_from_elsewhere_is_passed_over(self, workspace):
        session = Session(workspace, Limits(kinds=("note",)))
        one, two = (each.id for each in session.items[:2])
        session.decide(one, "note.background")
        session.decide(two, "note.background")
        workspace.undo()  # as on the desk
        assert session.undo()[1] == one
        with pytest.raises(RefusedError, match="Nothing was decided"):
            session.undo()

    def test_it_goes_on_after_a_kill_and_not_after_its_end(self, workspace):
        assert start_of(workspace).left is None
        session = Session(workspace)
        total = len(session.items)
        session.decide(first(session, "note").id, "note.background")
        assert start_of(workspace).left == (total - 1, total)
        session.end()
        assert start_of(workspace).left is None

    def test_the_end_says_what_was_decided_and_what_turned(self, workspace):
        session = Session(workspace)
        item = first(session, "verdict")
        session.decide(
            item.id, "hypothesis.support", {"learned": "they pay", "reason": "early", "therefore": "sell it"}
        )
        session.skip(first(session, "note").id)
        card = session.end()
        assert dict(card.decided) == {"verdict": 1}
        assert card.skipped == 1
        assert card.maybes == card.waiting["maybe"]
        assert set(card.met) <= {each.id for each in workspace.playbook.criteria}

    def test_an_item_that_was_decided_elsewhere_is_gone(self, workspace):
        session = Session(workspace)
        item = first(session, "note")
        workspace.perform("note.background", item.record_id)
        assert item.id not in {each.id for each in session.items}


def test_going_back_to_a_verdict_leaves_it_where_a_later_one_was_taken_back_on_the_desk(workspace):
    session = Session(workspace, Limits(kinds=("note",)))
    decided = []
    for _ in range(3):
        item = session.current()
        decided.append(item.id)
        session.decide(item.id, "note.background")
    first = session.acts()[-1].txn
    workspace.undo(session.acts()[0].txn)
    session.undo_back_to(first)
    assert [each.txn for each in session.acts()] == [first]
    assert decided[0] not in {each.id for each in session.items}
    assert set(decided[1:]) <= {each.id for each in session.items}
    assert session.undo_back_to(first) is None
