"""Worlds: for each step the records of a workspace whose gate lacks nothing, by name, so that a test can break one."""

from dataclasses import replace
from typing import Any

from tests.builders import (
    DAY,
    a_check,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_member,
    a_note,
    a_piece,
    a_touchpoint,
    a_workspace,
    day,
    facts,
    moment,
)

from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Answer, Function, Phase, TouchpointState
from fieldgate.domain.records.learning import Area, Hypothesis, HypothesisState, MeetingKind, Proposal, Purpose, Step
from fieldgate.domain.records.people import Cocreation, MarketType, Team
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import Snapshot

READY = TouchpointState.READY


class World(dict[str, Record]):
    """Records by the name that a test knows them by."""

    def add(self, **records: Record) -> "World":
        self.update(records)
        return self

    def change(self, name: str, **values: Any) -> None:
        self[name] = replace(self[name], **values)  # type: ignore[type-var]  # every record is a dataclass

    def remove(self, *names: str) -> None:
        for name in names:
            del self[name]

    def facts(self) -> Snapshot:
        return facts(*self.values())

    @property
    def gate(self) -> Gate:
        found = self["gate"]
        assert isinstance(found, Gate)
        return found

    def belief(self, name: str, area: Area, state: HypothesisState = HypothesisState.SUPPORTED, **given: Any) -> None:
        """Add a key belief of the gate's step, ruled yesterday unless it is open."""
        ruled = {"verdict_on": day(-1)} if state in {HypothesisState.SUPPORTED, HypothesisState.REFUTED} else {}
        values = {"code": f"H{len(self)}", "importance": 5, "step": self.gate.step, **ruled, **given}
        self[name] = a_hypothesis(area=area, state=state, **values)

    def heard(self, name: str, stance: str, strength: int, customer: str | None = None, on: int = -2) -> None:
        """Add a note of a customer and tie it to a belief."""
        belief = self[name]
        assert isinstance(belief, Hypothesis)
        note = a_note(customer_id=self[customer] if customer else None, said_on=day(on))
        count = len(self)
        self[f"note {count}"] = note
        self[f"piece {count}"] = a_piece(note, belief, stance, strength)

    def card(self, code: str, **given: Any) -> None:
        """Add a ready touchpoint of the catalogue under its code."""
        phase, function, _ = code.split("-")
        values = {"code": code, "phase": Phase(phase), "function": Function(function), "state": READY, **given}
        self[code] = a_touchpoint(**values)


def a_world(step: Step, playbook: Playbook) -> World:
    """A workspace in which the gate of the step may advance today."""
    gate = a_gate(step=step, opened_on=day(-60), opened_at=moment(-60), decide_by=day(30), stop_if="Nobody pays")
    world = World(
        workspace=a_workspace(lead_segment="Finance", market_type=MarketType.NEW),
        gate=gate,
        ana=a_member("ana", team=Team.CUSTDEV),
        binh=a_member("binh", team=Team.PRODDEV, key=True),
    )
    _FILL[step](world, playbook)
    members = frozenset({world["ana"].id, world["binh"].id})
    world["sync"] = a_meeting(
        code="M90",
        kind=MeetingKind.SYNC,
        topic="Leave the step?",
        gate_id=gate,
        members=members,
        proposal=Proposal.ADVANCE,
        agree_custdev=True,
        agree_proddev=True,
        date=DAY,
    )
    for key in [each.id for each in playbook.criteria_of(step) if each.check]:
        world[key] = a_check(gate, key=key, answer=Answer.YES, note="Seen in the contracts")
    return world


def _discovery(world: World, playbook: Playbook) -> None:
    for number in range(1, 13):
        customer = a_customer(
            code=f"C{number}", name=f"Khách {number}", segment="finance", awareness=4 if number <= 3 else 2
        )
        world[f"c{number}"] = customer
        world[f"m{number}"] = a_meeting(code=f"M{number}", customer_id=customer, date=day(-number))
    world.belief("problem", Area.PROBLEM)
    world.belief("customer", Area.CUSTOMER)
    world.belief("solution", Area.SOLUTION)
    world.belief("price", Area.PRICE)
    world.heard("price", "yes", 3, "c1")


def _validation(world: World, playbook: Playbook) -> None:
    for area in (Area.SALES, Area.MARKET, Area.MODEL):
        world.belief(area.value, area)
    world.belief("channel", Area.CHANNEL, HypothesisState.REFUTED)
    for number in range(1, 4):
        world[f"c{number}"] = a_customer(code=f"C{number}", name=f"客戶 {number}", segment="finance")
        world.heard("sales", "yes", 4, f"c{number}")
    world.card("BY-PM-01", kpi_value=31.0)
    world.card("BY-PM-02", kpi_value=45.0)
    world.card("BY-SAL-01", state=TouchpointState.NA)
    world["field"] = a_meeting(
        code="M1",
        kind=MeetingKind.EXCHANGE,
        customer_id=world["c1"],
        purpose=Purpose.SALE,
        members=frozenset({world["binh"].id}),
        date=day(-60),
    )
    maker = a_customer(code="C9", name="ACME", cocreation=Cocreation.ACTIVE)
    world["maker"] = maker
    for trait in playbook.traits:
        world[trait.key] = a_check(maker, key=trait.key, answer=Answer.YES)
    for each in playbook.acceptance:
        world[each.key] = a_check(maker, key=each.key, measure="hours a week", target="1")


def _creation(world: World, playbook: Playbook) -> None:
    world.belief("market", Area.MARKET, HypothesisState.REFUTED)
    world.belief("demand", Area.DEMAND)
    world.heard("demand", "yes", 3, on=-40)
    world.heard("demand", "yes", 4, on=-12)
    world.card("BY-MKT-08", kpi_value=0.2)
    world.card("FO-PM-01")


def _building(world: World, playbook: Playbook) -> None:
    for code in ("US-OPS-02", "US-SUP-02", "LF-SUP-03", "LF-MKT-09"):
        world.card(code, kpi_value=1.0, owner="Ана")
    world.change("LF-SUP-03", state=TouchpointState.GAP)
    world.card("US-PM-01", state=TouchpointState.NA)


_FILL = {
    Step.DISCOVERY: _discovery,
    Step.VALIDATION: _validation,
    Step.CREATION: _creation,
    Step.BUILDING: _building,
}
