"""A file with one record of every kind, in four scripts."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests import builders as make
from tests.builders import NOW

from fieldgate.domain.changes import Act
from fieldgate.domain.records.learning import HypothesisState
from fieldgate.store.store import Store

WRITER = "k3f9a"


def everything():
    workspace = make.a_workspace(vision="Trả lương không cần bảng tính.")
    ana, minh = make.a_member("ana"), make.a_member("minh", name="Minh Đặng")
    gate = make.a_gate(na={"discovery.price": "no price yet"}, stop_if="Nobody pays")
    customer = make.a_customer(code="C1", name="Ана Петрова", contact="ops")
    hypothesis = make.a_hypothesis(code="H1", statement="ลูกค้าเสียเวลา", state=HypothesisState.TESTING)
    members = frozenset({ana.id, minh.id})
    meeting = make.a_meeting(code="M1", customer_id=customer, members=members, gate_id=gate.id)
    note = make.a_note("先用表格，够了", code="N1", meeting_id=meeting, customer_id=customer)
    card = make.a_touchpoint(code="BY-SAL-01", leave=True)
    return [
        workspace,
        ana,
        minh,
        gate,
        customer,
        hypothesis,
        meeting,
        note,
        card,
        make.a_piece(note, hypothesis, "yes", 3),
        make.a_check(card, key="how"),
        make.a_requirement(code="R1", customer_id=customer, touchpoint_id=card),
        make.an_action(code="A1", hypothesis_id=hypothesis),
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "delmar.fieldgate"


@pytest.fixture
def store(path: Path):
    with Store.create(path, everything(), by="ana", now=NOW, writer=WRITER) as store:
        yield store


@pytest.fixture
def do():
    """Write changes as one act, a minute after the last one."""
    minutes = iter(range(1, 10_000))

    def commit(store, facts, *changes, action="update", words="did it", by="minh"):
        act = Act(action=action, changes=tuple(changes), words=words)
        now = NOW + timedelta(minutes=next(minutes))
        return store.commit(facts, lambda _: act, by=by, now=now, session=WRITER)

    return commit
