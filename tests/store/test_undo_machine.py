"""Random histories of acts, undos, redos and restarts on a real file."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from tests import builders as make
from tests.builders import NOW
from tests.store.conftest import WRITER, everything
from tests.store.test_undoing import LATER, in_step, live, only

from fieldgate.domain.changes import Act, Create, Edit
from fieldgate.store.store import Store

_CHANGES = {
    "hypothesis": [{"importance": n} for n in (1, 3, 5)]
    + [{"segment": None}, {"segment": "smb"}, {"statement": "Họ mất 3 giờ. " * 60}, {"statement": "short"}],
    "note": [{"text": "先用表格"}, {"text": "ก" * 400}, {"discarded": True}, {"triaged_at": NOW}, {"triaged_at": None}],
    "touchpoint": [{"rank": "a1"}, {"rank": None}, {"leave": False}, {"gap": "slow"}, {"owner": "ana"}],
    "customer": [{"awareness": n} for n in (0, 5)] + [{"contact": "ops"}, {"deleted_at": NOW}, {"deleted_at": None}],
    "gate": [{"na": {"a": "b"}}, {"na": {}}, {"heard": frozenset({"x", "y"})}],
}


class UndoMachine(RuleBasedStateMachine):
    """Random acts with undo and redo: undoing all gives the first state, redoing all the last one."""

    @initialize(folder=st.none())
    def begin(self, folder):
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "undo.fieldgate"
        self.store = Store.create(path, everything(), by="ana", now=NOW, writer=WRITER)
        self.facts = self.store.load_facts()
        self.states = [live(self.store)]
        self.at = 0

    def record(self):
        del self.states[self.at + 1 :]
        self.states.append(live(self.store))
        self.at += 1

    @rule(kind=st.sampled_from(sorted(_CHANGES)), data=st.data())
    def edit(self, kind, data):
        values = data.draw(st.sampled_from(_CHANGES[kind]))
        row = only(self.facts, kind)
        act = Act(action="update", changes=(Edit(kind, row.id, values),))
        done = self.store.commit(self.facts, lambda _: act, **LATER)
        self.facts = done.facts
        if done.txn is not None:
            self.record()

    @rule()
    def create_two(self):
        note = make.a_note(code="")
        act = Act(action="create", changes=(Create(note), Create(make.an_action(code=""))))
        self.facts = self.store.commit(self.facts, lambda _: act, **LATER).facts
        self.record()

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self):
        self.facts = self.store.undo(self.facts, **LATER).facts
        self.at -= 1
        assert live(self.store) == self.states[self.at]

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self):
        self.facts = self.store.redo(self.facts, **LATER).facts
        self.at += 1
        assert live(self.store) == self.states[self.at]

    @rule()
    def restart(self):
        path = self.store.path
        self.store.close()
        self.store = Store.open(path)
        self.facts = self.store.load_facts()

    def teardown(self):
        if not hasattr(self, "store"):
            return
        while self.at:
            self.undo()
        while self.at < len(self.states) - 1:
            self.redo()
        assert in_step(self.store, self.facts)
        assert self.store.integrity() == ()
        self.store.close()
        self.folder.cleanup()


TestUndoMachine = UndoMachine.TestCase
TestUndoMachine.settings = settings(
    max_examples=6, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
