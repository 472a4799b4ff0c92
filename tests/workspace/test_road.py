"""The whole road by moves: discovery, a pivot in validation, all over again, building, done; and once to stop and on."""

from datetime import date, timedelta

import pytest

from fieldgate.domain.gates import open_gate, phase
from fieldgate.domain.moves.starting import Founder, Start
from fieldgate.domain.records.people import Team
from fieldgate.errors import RefusedError
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.hearing import hear
from fieldgate.workspace.service import found_workspace

START = Start(
    name="Доказателство",
    vision="Không ai phải cãi nhau về một lô hàng ấm nữa.",
    founders=(
        Founder(handle="an", name="อัน", team=Team.CUSTDEV),
        Founder(handle="mei", name="美玲", team=Team.PRODDEV, key=True),
    ),
    lead_segment="出口商",
    decide_by=date(2026, 5, 1),
    stop_if="Nobody lost a load",
    beliefs={},
    core=False,
)


class Road:
    """A workspace on its way, a day at a time, everything by its moves."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.sayings = 0

    @property
    def facts(self):
        return self.workspace.facts

    @property
    def gate(self):
        return open_gate(self.facts)

    @property
    def day(self):
        return self.workspace.clock.today()

    def sleep(self, days=1):
        self.workspace.clock = Clock(self.day + timedelta(days=days))

    def do(self, move, record=None, /, **answers):
        self.workspace.perform(move, record.id if record is not None else None, answers)
        return self.workspace.last_act

    def made(self, of, move, record=None, /, **answers):
        act = self.do(move, record, **answers)
        made = next(each.record for each in act.changes if each.kind == of and hasattr(each, "record"))
        return self.workspace.record(of, made.id)

    def unmet(self):
        return {each.criterion.id: each.text for each in self.workspace.report().unmet()}

    def refused(self, move, record=None, /, **answers):
        with pytest.raises(RefusedError) as caught:
            self.do(move, record, **answers)
        return " ".join(caught.value.missing)

    def members(self):
        return [each.id for each in self.facts.members.values()]

    # Learning

    def customers(self, count):
        return [
            self.made("customer", "customer.create", name=f"Khách {n}", segment="出口商", awareness=4)
            for n in range(count)
        ]

    def meet(self, customer, **more):
        values = {"kind": "interview", "topic": "第一次", "date": self.day, "members": self.members(), **more}
        return self.made("meeting", "meeting.create", customer_id=customer.id, **values)

    def say(self, belief, customer, stance="yes", strength=4):
        self.sayings += 1
        note = self.made("note", "note.create", text=f"казва {self.sayings}", customer_id=customer.id)
        self.do(f"note.{stance}", note, hypothesis=belief.id, strength=strength)

    def belief(self, area, customers, *, verdict="support", **more):
        """Write a belief, bet on it, ask until it holds, and rule."""
        made = self.made("hypothesis", "hypothesis.create", statement=f"信念 {area}", area=area,
                         step=self.gate.step, importance=5, **more)  # fmt: skip
        self.bet(made, customers, verdict)
        return made

    def bet(self, belief, customers, verdict="support"):
        self.do("hypothesis.lock", belief, prediction="1 of 1 says so", metric="answers", target_n=1, pass_pct=60,
                due=self.day + timedelta(days=30))  # fmt: skip
        for customer in customers:
            self.say(belief, customer, "yes" if verdict == "support" else "no")
        self.do(f"hypothesis.{verdict}", belief, learned="Học được điều này")

    def cards(self, *codes, ready=True, measured=None, **fields):
        self.do("touchpoint.add", codes=list(codes))
        for card in [each for each in self.facts.touchpoints.values() if each.code in codes]:
            if fields:
                self.do("touchpoint.edit", card, **fields)
            if measured is not None:
                self.do("touchpoint.kpi", card, kpi_value=measured)
            if ready:
                for check in self.facts.linked("check", "touchpoint_id", card.id):
                    self.do("check.yes", check)
                self.do("touchpoint.ready", card)

    # Deciding

    def attest(self):
        for check in self.facts.linked("check", "gate_id", self.gate.id):
            self.do("check.yes", check, note="видях договорите")

    def hear_all(self):
        for each in self.workspace.report().unheard:
            assert hear(self.workspace, each.hypothesis_id).now

    def agree(self, proposal):
        meeting = self.made("meeting", "meeting.create", kind="sync", topic="Cùng quyết", date=self.day,
                            members=self.members(), proposal=proposal)  # fmt: skip
        for team in ("custdev", "proddev"):
            self.do("meeting.vote", meeting, team=team, agree=True)
        return meeting

    def advance(self, following=None):
        self.hear_all()
        gate = self.gate
        assert set(self.unmet()) == {f"{gate.step}.sync"}
        assert "Both teams" in self.refused("gate.advance", gate)
        self.agree("advance")
        assert self.unmet() == {}
        # The last gate opens no other one, so it asks for no line to stop at.
        self.do("gate.advance", gate, **({"stop_if": "Никой не плаща"} if following else {}))
        assert self.facts.gates[gate.id].outcome == "advance"
        assert (self.gate.step if self.gate else None) == following
        self.sleep()

    def discover(self, customers):
        for customer in customers:
            self.meet(customer)
        for area in ("problem", "customer", "solution", "price"):
            self.belief(area, customers[:2])


@pytest.fixture
def road(tmp_path, locations):
    path, clock = tmp_path / "đường.fieldgate", Clock(date(2026, 2, 1))
    found_workspace(path, START, locations, clock, "an")
    workspace = open_workspace(inspect(path, locations), locations, clock, "an")
    yield Road(workspace)
    workspace.close(give_out=False)


def validate(road, customers):
    for area in ("sales", "market", "model"):
        road.belief(area, customers[:3])
    road.belief("channel", customers[:1], verdict="refute")
    road.cards("BY-PM-01", "BY-PM-02", kpi_name="days", measured=30.0)
    road.do("workspace.edit", road.facts.workspace, market_type="new")
    road.meet(customers[0], kind="exchange", purpose="sale")
    road.attest()


def test_from_a_new_workspace_through_a_pivot_to_done(road):
    assert phase(road.facts) == "open"
    customers = road.customers(12)
    assert "discovery.heard" in road.unmet()
    road.discover(customers)
    road.advance("validation")
    # In validation the price does not hold: pivot, back to discovery, the earliest step among what changed.
    price = next(each for each in road.facts.hypotheses.values() if each.area == "price")
    gate = road.gate
    change = {
        "hypothesis": price.code,
        "statement": "每趟付費",
        "pivot_kind": "value_capture",
        "reason": "не плащат на месец",
    }
    assert "proposal pivot" in road.refused("gate.pivot", gate, changes=[change])
    road.agree("pivot")
    road.do("gate.pivot", gate, changes=[change])
    assert road.facts.hypotheses[price.id].state == "retired"
    assert (road.gate.step, road.gate.round) == ("discovery", 2)
    child = next(each for each in road.facts.hypotheses.values() if each.parent_id == price.id)
    assert (child.state, child.born_gate_id) == ("draft", gate.id)
    assert set(road.unmet()) >= {"discovery.price", "discovery.open", "discovery.sync"}
    road.sleep()
    road.bet(child, customers[:2])
    road.advance("validation")
    assert road.gate.round == 2
    validate(road, customers)
    road.advance("creation")
    road.belief("market", customers[:1], verdict="refute")
    demand = road.made(
        "hypothesis", "hypothesis.create", statement="需求重複", area="demand", step="creation", importance=5
    )
    road.do("hypothesis.lock", demand, prediction="twice", metric="orders", target_n=1, pass_pct=60,
            due=road.day + timedelta(days=60))  # fmt: skip
    road.say(demand, customers[0])
    road.sleep(28)
    road.say(demand, customers[1])
    road.do("hypothesis.support", demand, learned="повтаря се")
    road.cards("BY-MKT-08", kpi_name="rate", measured=0.2)
    road.cards("FO-PM-01")
    road.attest()
    road.advance("building")
    road.cards("US-OPS-02", "US-SUP-02", "LF-SUP-03", "LF-MKT-09", kpi_name="share", measured=1.0, owner="mei")
    road.attest()
    road.advance()
    assert phase(road.facts) == "done"
    assert [each.outcome for each in sorted(road.facts.gates.values(), key=lambda each: each.opened_at)] == [
        "advance", "pivot", "advance", "advance", "advance", "advance"
    ]  # fmt: skip
    # The work on the journey goes on.
    road.cards("LF-PM-01", ready=False)
    assert any(each.code == "LF-PM-01" for each in road.facts.touchpoints.values())


def test_to_stop_and_open_again(road):
    gate = road.gate
    assert "proposal stop" in road.refused("gate.stop", gate, reason="x", stop_kind="no_market")
    customer = road.customers(1)[0]
    road.agree("stop")
    road.do("gate.stop", gate, reason="ไม่มีใครจ่าย", stop_kind="no_market")
    assert phase(road.facts) == "stopped"
    for move, record, answers in (
        ("customer.edit", customer, {"segment": "друг"}),
        ("note.create", None, {"text": "nữa"}),
        ("gate.advance", gate, {}),
        ("workspace.policy", road.facts.workspace, {"key": "k", "value": "7"}),
    ):
        assert "stopped" in road.refused(move, record, **answers).lower(), move
    road.sleep(3)
    road.do("gate.reopen", gate, stop_if="отново")
    assert (road.gate.step, road.gate.round, road.gate.opened_by_gate_id) == ("discovery", 2, gate.id)
    road.do("customer.edit", customer, segment="друг")
    log = [each.action for each in road.workspace.store.acts(3)]
    assert log[1] == "gate"


def test_a_stop_can_be_taken_back(road):
    gate = road.gate
    road.agree("stop")
    road.do("gate.stop", gate, reason="x", stop_kind="other")
    road.workspace.undo()
    assert road.gate.id == gate.id
    assert phase(road.facts) == "open"
