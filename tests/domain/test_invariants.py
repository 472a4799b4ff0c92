"""Invariants: each is seen when it is broken, and no sequence of moves breaks one."""

import itertools
import json
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.builders import (
    DAY,
    NOW,
    a_check,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_note,
    a_piece,
    a_requirement,
    a_touchpoint,
    a_workspace,
    an_id,
    facts,
)
from tests.domain.moves.acting import an_occasion

from fieldgate.domain.changes import Create, Edit, apply
from fieldgate.domain.gates import live_gates, open_gate, phase
from fieldgate.domain.invariants import proves, violations
from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.domain.moves.ask import Ask
from fieldgate.domain.moves.catalog import find_move, moves_of, perform, possible
from fieldgate.domain.moves.starting import Founder, Start, new_workspace
from fieldgate.domain.records.history import Gate, Outcome
from fieldgate.domain.records.learning import HypothesisState, MeetingKind, Proposal, Step
from fieldgate.domain.records.people import Team
from fieldgate.domain.records.record import Conflict, Record
from fieldgate.domain.snapshot import Snapshot, snapshot_of
from fieldgate.errors import FieldgateError, RefusedError
from fieldgate.locations import Locations
from fieldgate.workspace.playbook_files import shipped_playbook

PLAYBOOK = shipped_playbook(Locations.find().playbooks())
WORDS = (
    "Khách hàng trả tiền",
    "Tìm hiểu".encode().decode(),
    "客戶付錢",
    "Клиентите плащат",
    "ลูกค้าจ่าย",
    "x",
    "[/b] {y}",
    "H1",
)
OFTEN = (*KIND_NAMES, "hypothesis", "hypothesis", "note", "note", "evidence", "evidence", "requirement", "touchpoint")
SYNC = {"kind": MeetingKind.SYNC, "gate_id": an_id(5)}

BROKEN = {
    "There must be one workspace record": [a_workspace(), a_workspace()],
    "More than one gate is open": [a_gate(), a_gate(step=Step.VALIDATION)],
    "not numbered 1, 2, 3": [a_gate(round=2)],
    "discovery.sync is never waived": [a_gate(na={"discovery.sync": "no time"})],
    "lacks a criterion": [
        a_gate(
            outcome=Outcome.ADVANCE,
            snapshot=json.dumps({"criteria": [{"id": "discovery.heard", "result": "unmet"}]}),
        )
    ],
    "M1: proposal": [a_meeting(code="M1", kind=MeetingKind.SYNC)],
    "M2: proposal": [a_meeting(code="M2", proposal=Proposal.STOP)],
    "M3: proposal": [a_meeting(code="M3", **SYNC, agree_custdev=True)],
    "M4: proposal": [a_meeting(code="M4", **SYNC, proposal=Proposal.STOP, agree_proddev=False)],
    "state holds maybe": [a_touchpoint(state="maybe")],
    "A maybe has strength 3": [replace(a_piece(a_note(), a_hypothesis(), "maybe"), strength=3)],
    "testing and its lock says otherwise": [a_hypothesis(state=HypothesisState.TESTING, locked_at=None)],
    "draft and its lock says otherwise": [a_hypothesis(locked_at=NOW)],
    "was locked and is archived": [a_hypothesis(state=HypothesisState.TESTING, deleted_at=NOW)],
    "has no child": [a_gate(outcome=Outcome.PIVOT)],
    "descends from itself": [a_requirement(id=an_id(7), duplicate_of=an_id(7))],
    "has 2 owners": [replace(a_check(a_touchpoint()), customer_id=an_id(9))],
}


@pytest.mark.parametrize(("words", "records"), BROKEN.items())
def test_a_broken_invariant_is_named(words, records):
    found = violations(facts(*records))
    assert any(words in each for each in found), found


def test_a_child_of_a_pivot_has_a_retired_parent():
    gate = a_gate(outcome=Outcome.PIVOT)
    parent = a_hypothesis(code="H1")
    child = a_hypothesis(parent_id=parent.id, born_gate_id=gate.id)
    assert violations(facts(gate, parent, child)) == ("H1 was changed by a pivot and is not retired.",)
    orphan = a_hypothesis(code="H2", born_gate_id=gate.id)
    assert violations(facts(gate, orphan)) == ("H2 was changed by a pivot and is not retired.",)
    retired = replace(parent, state=HypothesisState.RETIRED)
    assert violations(facts(gate, retired, child)) == ()


def test_two_rows_of_one_pair_are_named():
    note, belief, card = a_note(), a_hypothesis(), a_touchpoint()
    assert violations(facts(a_piece(note, belief), a_piece(note, belief))) == (
        "One note is evidence twice for one hypothesis.",
    )
    assert violations(facts(a_check(card, key="how.1"), a_check(card, key="how.1"))) == (
        "how.1 is asked twice of one owner.",
    )


def test_a_sound_workspace_has_no_violation():
    belief = a_hypothesis(state=HypothesisState.RETIRED, locked_at=None)
    sync = a_meeting(**SYNC, proposal=Proposal.STOP, agree_custdev=False, agree_reason="They do not pay")
    proof = json.dumps({"criteria": [{"id": "discovery.heard", "result": "met"}]})
    closed = a_gate(outcome=Outcome.ADVANCE, snapshot=proof, na={"discovery.heard": "Only five exist"})
    records = (belief, sync, closed, a_gate(step=Step.VALIDATION), a_customer(), a_check(a_customer()))
    assert violations(facts(*records)) == ()
    assert proves(closed)
    assert not proves(replace(closed, snapshot=None))


def test_two_gates_may_be_open_until_the_conflict_between_them_is_decided():
    closed = a_gate(outcome=Outcome.ADVANCE, conflicts=(Conflict(field=("outcome",), value="{}"),))
    both = (a_gate(step=Step.VALIDATION), a_gate(step=Step.DISCOVERY, round=2))
    assert violations(facts(closed, *both)) == ()


class Histories(RuleBasedStateMachine):
    """Any legal history: no sequence of moves breaks an invariant, whatever is answered."""

    facts: Snapshot

    @initialize()
    def begin(self) -> None:
        self.today = DAY
        self.now = NOW
        self.steps = 0
        self.ids = itertools.count(10**9)
        founders = (
            Founder(handle="ana", name="Ана", team=Team.BOTH, key=True),
            Founder(handle="bo", name="Bo", team=Team.PRODDEV),
        )
        start = Start(
            name="Delmar",
            vision="Payouts",
            founders=founders,
            lead_segment="Tài chính",
            beliefs={"discovery.problem": "They lose a day", "any.delivery": "Nobody has time"},
            core=False,
        )
        made = new_workspace(start, self.occasion(), an_id(1))
        self.facts = snapshot_of(change.record for change in made)
        self.do("touchpoint.add", None, {"codes": ["FO-PM-01", "BY-PM-01", "US-PM-01"]})
        self.do("customer.create", None, {"name": "Kiri"})
        self.do("note.create", None, {"text": "Every Friday", "customer_id": "C1"})
        self.do("requirement.create", None, {"description": "Export", "customer_id": "C1"})

    def occasion(self) -> Any:
        return an_occasion(PLAYBOOK, today=self.today, now=self.now, ids=self.ids)

    def do(self, move_id: str, record: Record | None, answers: dict[str, Any]) -> bool:
        """Make a move if it is legal; say whether it was."""
        before = self.facts
        stopped = phase(before) == "stopped"
        try:
            act = perform(before, move_id, record.id if record else None, self.occasion(), answers)
        except RefusedError as refused:
            return self.refused(refused)
        assert act.words
        assert not stopped or find_move(move_id).when_stopped
        self.facts = apply(before, act.changes)
        self.seen(before, act.changes)
        return True

    def refused(self, error: RefusedError) -> bool:
        """A refusal names each thing that is missing."""
        assert error.missing
        assert all(error.missing)
        return False

    def seen(self, before: Snapshot, changes: Any) -> None:
        for change in changes:
            if isinstance(change, Create):
                assert change.row_id not in before.tables[change.kind], "a created record was there already"
            elif isinstance(change, Edit) and change.values.get("outcome") is Outcome.ADVANCE:
                assert proves(replace(self.facts.gates[change.row_id], snapshot=change.values["snapshot"]))
        for kind in KIND_NAMES:
            assert before.tables[kind].keys() <= self.facts.tables[kind].keys()

    @rule(seed=st.integers(0, 2**32))
    def make_some_moves(self, seed: int) -> None:
        self.steps += 1
        dice = random.Random(f"{seed} {self.steps}")  # noqa: S311  # a seeded die for a test, no secret
        for _ in range(40):
            kind = dice.choice([kind for kind in OFTEN if self.facts.tables[kind]])
            record = dice.choice(list(self.facts.tables[kind].values()))
            moves = possible(self.facts, record, self.occasion())
            legal = [move for move, missing in moves if not missing]
            if not legal:
                continue
            move = dice.choice(legal)
            if move.id.endswith((".archive", ".snooze", ".edit", ".retire")) and dice.random() < 0.8:
                continue
            there = move.defaults(self.facts, record, self.occasion())
            answers = {ask.name: self.answer(ask, dice, record, there[ask.name]) for ask in move.asks}
            self.do(move.id, record, {name: value for name, value in answers.items() if value is not ...})

    @rule(proposal=st.sampled_from(Proposal), agreed=st.booleans(), seed=st.integers(0, 2**32))
    def decide_the_gate(self, proposal: Proposal, agreed: bool, seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311  # a seeded die for a test, no secret
        if phase(self.facts) == "stopped":
            self.do("gate.reopen", live_gates(self.facts)[-1], {})
        gate = open_gate(self.facts)
        if gate is None:
            return
        if proposal is Proposal.ADVANCE:
            self.clear(gate)
        self.hold_a_sync(proposal, agreed=agreed)
        answers = {
            Proposal.ADVANCE: {"stop_if": "Nobody pays"},
            Proposal.STOP: {"reason": "No market", "stop_kind": "no_market"},
            Proposal.REDATE: {"reason": "Late", "decide_by": gate.decide_by + timedelta(days=dice.randint(0, 200))},
            Proposal.PIVOT: {"changes": self.pivots(dice)},
        }
        done = self.do(f"gate.{proposal.value}", gate, answers[proposal])
        assert agreed or not done or proposal is Proposal.REDATE or self.facts.gates[gate.id].meeting_id

    def hold_a_sync(self, proposal: Proposal, *, agreed: bool) -> None:
        who = [each.id for each in self.facts.live("member")]
        sync = {"kind": "sync", "topic": "Both teams", "proposal": proposal.value, "members": who}
        assert self.do("meeting.create", None, sync)
        meeting = max(self.facts.meetings.values(), key=lambda each: int(each.code[1:]))
        for team in ("custdev", "proddev"):
            self.do("meeting.vote", meeting, {"team": team, "agree": agreed, "reason": None if agreed else "Too soon"})

    def clear(self, gate: Gate) -> None:
        """Waive what can be waived, and retire every belief of the step."""
        for criterion in PLAYBOOK.criteria_of(gate.step):
            if criterion.waivable and criterion.id not in gate.na:
                self.do("gate.na", gate, {"criterion": criterion.id, "reason": "Not for us"})
        for belief in self.facts.hypotheses.values():
            if belief.step is gate.step and belief.live:
                self.do("hypothesis.retire", belief, {"reason": "Settled elsewhere"})

    @rule(days=st.integers(1, 40))
    def let_days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.now += timedelta(days=days)

    @invariant()
    def nothing_is_broken(self) -> None:
        if hasattr(self, "facts"):
            assert violations(self.facts) == ()

    def pivots(self, dice: random.Random) -> list[dict[str, Any]]:
        held = [each.code for each in self.facts.hypotheses.values() if each.live]
        chosen = dice.sample(held, k=min(len(held), dice.randint(1, 2)))
        return [
            {"hypothesis": code, "statement": dice.choice(WORDS), "pivot_kind": "segment", "reason": "They said no"}
            for code in chosen
        ]

    def answer(self, ask: Ask, dice: random.Random, record: Record, there: object) -> Any:
        """Answer an ask at random; `...` leaves it to its default."""
        if dice.random() < (0.7 if there is not None else 0.02 if ask.required else 0.5):
            return ...
        shape, _, kind = ask.holds.partition(":")
        options = ask.options(self.facts, record, self.occasion())
        linked = [each.id for each in self.facts.live(kind)] if kind else []
        answers: dict[str, Any] = {
            "yesno": dice.choice(["yes", "no"]),
            "number": dice.randint(ask.low or 0, min(ask.high or 6, 6)),
            "decimal": dice.choice(["1,5", "31"]),
            "date": self.today + timedelta(days=dice.randint(-1, 13)),
            "time": "14:30",
            "choice": dice.choice(options).value if options else "",
            "texts": [dice.choice(WORDS), dice.choice(sorted(PLAYBOOK.cards))],
            "link": dice.choice(linked) if linked else ...,
            "links": linked[: dice.randint(0, 3)],
            "pivots": self.pivots(dice),
        }
        return answers.get(shape, dice.choice(WORDS))


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_every_kind_has_moves_and_each_move_is_found_by_its_id():
    for kind in KIND_NAMES:
        assert moves_of(kind)
        assert all(find_move(move.id) is move for move in moves_of(kind))
    with pytest.raises(FieldgateError, match="no move"):
        find_move("hypothesis.wish")
