"""Random legal moves on a real file, with undo, redo and restarts between them.

Taking everything back gives the first state exactly, doing everything again the last one.
"""

import random
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from tests.store.test_undoing import in_step, live
from tests.workspace.test_road import START

from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.domain.moves.catalog import possible
from fieldgate.domain.moves.scene import name_of
from fieldgate.errors import RefusedError, UsageError
from fieldgate.locations import Locations
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.service import found_workspace

WORDS = ("Khách hàng trả tiền", "客戶付錢", "Клиентите плащат", "ลูกค้าจ่าย", "x", "[/b] {y}")
MADE = ("hypothesis.create", "note.create", "customer.create", "requirement.create", "touchpoint.add", "meeting.create")
TRIES = 30
"""Draws of a move before a step goes without one."""


class Moves(RuleBasedStateMachine):
    """A founder who does anything that is legal, and thinks better of it."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        home = Path(self.folder.name)
        self.locations = Locations(data=home / "data", config=home / "config", cache=home / "cache")
        self.clock = Clock(SAMPLE_DAY)
        self.target = found_workspace(home / "moves.fieldgate", START, self.locations, self.clock, "an")
        self.workspace = open_workspace(self.target, self.locations, self.clock, "an")
        self.states = [live(self.workspace.store)]
        self.at = 0
        for move_id, answers in (
            ("hypothesis.create", {"statement": "They lose a day", "area": "problem"}),
            ("customer.create", {"name": "Kiri"}),
            ("note.create", {"text": "Every Friday", "customer_id": "C1"}),
            ("touchpoint.add", {"codes": ["FO-PM-01", "BY-PM-01"]}),
        ):
            self.do(move_id, None, answers)

    def do(self, move_id, record_id, answers):
        try:
            self.workspace.perform(move_id, record_id, answers)
        except (RefusedError, UsageError):  # refused; or the founder is no member any more
            return False
        if self.workspace.last_act is not None and self.workspace.last_act.changes:
            del self.states[self.at + 1 :]
            self.states.append(live(self.workspace.store))
            self.at += 1
        return True

    @rule(seed=st.integers(0, 2**32))
    def make_a_move(self, seed):
        dice = random.Random(seed)  # noqa: S311  # a seeded die for a test, no secret
        facts, occasion = self.workspace.facts, self.workspace.occasion()
        for _ in range(TRIES):
            kind = dice.choice([kind for kind in KIND_NAMES if facts.tables[kind]])
            record = dice.choice(sorted(facts.tables[kind].values(), key=lambda each: (name_of(each), each.id)))
            legal = [move for move, missing in possible(facts, record, occasion) if not missing]
            move = dice.choice(legal) if legal else None
            if move is None or (record.live is False and not move.when_archived):
                continue
            answers = {ask.name: self.answer(ask, dice, record) for ask in move.asks if ask.required}
            owner = None if kind == "workspace" else record.id
            if self.do(move.id, owner, {name: each for name, each in answers.items() if each is not None}):
                return

    def answer(self, ask, dice, record):
        """Answer what has to be answered; None leaves it to its default."""
        facts, occasion = self.workspace.facts, self.workspace.occasion()
        shape, _, kind = ask.holds.partition(":")
        options = ask.options(facts, record, occasion)
        linked = [each.id for each in facts.live(kind)] if kind else []
        answers = {
            "yesno": dice.choice(["yes", "no"]),
            "number": dice.randint(ask.low or 0, min(ask.high or 6, 6)),
            "decimal": "1,5",
            "date": SAMPLE_DAY + timedelta(days=dice.randint(-1, 13)),
            "time": "14:30",
            "choice": dice.choice(options).value if options else None,
            "texts": [dice.choice(["FO-PM-02", "BY-LEG-01", "US-SUP-01"])],
            "link": dice.choice(linked) if linked else None,
            "links": linked[:2],
            "pivots": None,
        }
        return answers.get(shape, dice.choice(WORDS))

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self):
        self.workspace.undo()
        self.at -= 1
        assert live(self.workspace.store) == self.states[self.at]

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self):
        self.workspace.redo()
        self.at += 1
        assert live(self.workspace.store) == self.states[self.at]

    @rule()
    def restart(self):
        self.workspace.close()
        self.workspace = open_workspace(inspect(self.target.path, self.locations), self.locations, self.clock, "an")

    def teardown(self):
        if not hasattr(self, "workspace"):
            return
        while self.at:
            self.undo()
        while self.at < len(self.states) - 1:
            self.redo()
        assert in_step(self.workspace.store, self.workspace.facts)
        self.workspace.close()
        self.folder.cleanup()


TestMoves = Moves.TestCase
TestMoves.settings = settings(
    max_examples=4,
    stateful_step_count=16,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_who_has_left_can_still_take_that_back(workspace):
    workspace.act_as("mei")
    (mei,) = (each for each in workspace.facts.live("member") if each.handle == "mei")
    workspace.perform("member.archive", mei.id)
    assert not workspace.author
    workspace.undo()
    assert workspace.author == "mei"
