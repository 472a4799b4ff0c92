"""The whole road by keys: discovery, a pivot in validation, all over again, building, done; and once to stop and on.

Customers, notes and cards are written by their moves; every decision is made by keys: to lock, to rule, to hold the
sync meeting and answer in it, to hear what speaks against, to advance, to pivot, to stop, to open again.
"""

import asyncio
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest
from tests.ui.desks import NARROW, app_on, desk, locations_in, settle
from tests.ui.screentext import screen_text
from textual import events

from fieldgate.domain.gates import open_gate, phase
from fieldgate.domain.moves.starting import Founder, Start
from fieldgate.domain.records.people import Team
from fieldgate.ui.screens.paper import PaperScreen
from fieldgate.ui.screens.pivot import PivotScreen
from fieldgate.workspace.clock import Clock
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
NAMES = {"full_stop": ".", "apostrophe": "'"}
PATIENCE = 1500
"""How often it is looked whether a decision is made; far more than it takes."""


class Road:
    """The app on a new workspace, a decision at a time."""

    def __init__(self, app):
        self.app = app
        self.sayings = 0

    # What is so

    @property
    def facts(self):
        return self.app._workspace.facts

    @property
    def gate(self):
        return open_gate(self.facts)

    @property
    def said(self):
        return "\n".join(each.message for each in self.app._notifications)

    # Keys

    async def play(self, *keys, until, at_desk=True):
        """Type keys, each as soon as the one before has done what it does; then wait for what they came to."""
        for key in keys:
            character = NAMES.get(key, key if len(key) == 1 else None)
            self.app._driver.send_message(events.Key(key, character))
            await self.quiet()
        for _ in range(PATIENCE):
            if until() and (not at_desk or self.app.screen is desk(self.app)):
                return
            await asyncio.sleep(0.01)
        raise AssertionError((keys, screen_text(self.app), self.said))

    async def quiet(self):
        """Wait until nobody has anything left to do, twice in a row."""
        calm = 0
        while calm < 2:
            await asyncio.sleep(0.004)
            app, screen = self.app, self.app.screen
            pumps = [app, screen, *([app.focused] if app.focused else [])]
            waits = app.is_holding or any(not each._message_queue.empty() for each in pumps)
            calm = 0 if waits or any(each.is_running for each in app.workers) else calm + 1

    async def on(self, belief):
        """Put the cursor of the beliefs on one, from the end."""
        place = ("hypothesis", belief.id)
        if desk(self.app).at_hand != place:
            rows = sorted((int(each.code[1:]), each.id) for each in self.facts.hypotheses.values() if each.live)
            behind = len(rows) - 1 - [row for _, row in rows].index(belief.id)
            await self.play("1", "end", *["k"] * behind, until=lambda: desk(self.app).at_hand == place)

    def state(self, belief):
        return self.facts.hypotheses[belief.id].state

    async def lock(self, belief):
        await self.on(belief)
        await self.play("full_stop", "enter", "ctrl+s", until=lambda: self.state(belief) == "testing")

    async def rule(self, belief, letter="y"):
        verdict = {"y": "supported", "n": "refuted"}[letter]
        await self.on(belief)
        await self.play("full_stop", letter, "o", "ctrl+s", until=lambda: self.state(belief) == verdict)

    async def agree(self, letter=""):
        """Hold a sync meeting with a proposal, and answer yes under both hats; `letter` chooses the proposal."""
        choose = [*["tab"] * 8, letter] if letter else []
        count = len(self.facts.meetings)
        await self.play("apostrophe", "y", "full_stop", "o", *choose, "ctrl+s",
                        until=lambda: len(self.facts.meetings) > count, at_desk=False)  # fmt: skip
        meeting = max(self.facts.meetings.values(), key=lambda each: int(each.code[1:]))
        for silent, team in ((2, "custdev"), (1, "proddev")):
            # What can be done is asked of what the page shows: it has to show this meeting, and who answered.
            await self.play(until=lambda silent=silent: self.awaits(meeting, silent), at_desk=False)
            await self.play("full_stop", "1", "y", "ctrl+s", at_desk=False,
                            until=lambda team=team: getattr(self.facts.meetings[meeting.id], f"agree_{team}"))  # fmt: skip
        await self.play(until=lambda: isinstance(self.app.screen, PaperScreen), at_desk=False)
        await self.play("escape", until=lambda: True)

    def awaits(self, meeting, silent):
        """Whether the sync screen is there and says that so many teams have not answered in a meeting."""
        if not isinstance(self.app.screen, PaperScreen):
            return False
        shown = screen_text(self.app)
        return f"Meeting {meeting.code} " in shown and shown.count("has not answered yet") == silent

    async def advance(self, following):
        gate = self.gate
        report = self.do_now(lambda opened: opened.report())
        for _ in report.unheard:
            heard = len(self.gate.heard)
            await self.play("4", "full_stop", "1", at_desk=False,
                            until=lambda heard=heard: len(self.gate.heard) > heard and
                            isinstance(self.app.screen, PaperScreen))  # fmt: skip
            await self.play("escape", until=lambda: True)
        if "Both teams" not in self.said:
            await self.play("4", "full_stop", "A", until=lambda: "Both teams" in self.said, at_desk=False)
            await self.play("escape", until=lambda: True)
            assert self.gate.id == gate.id
        await self.agree()
        await self.play("4", "full_stop", "A", "ctrl+s", until=lambda: self.facts.gates[gate.id].outcome == "advance")
        assert (self.gate.step if self.gate else None) == following
        self.sleep(1)

    # What needs no decision, by its move

    def do_now(self, job):
        return self.app._room._thread.submit(job, self.app._workspace).result()

    def do(self, move, record=None, /, **answers):
        def job(opened):
            opened.perform(move, record.id if record is not None else None, answers)
            made = [each.record for each in opened.last_act.changes if hasattr(each, "record")]
            return next((opened.record(move.partition(".")[0], each.id) for each in made if each), None)

        return self.do_now(job)

    def show(self):
        self.app._spread(self.do_now(lambda opened: opened.state()))

    def sleep(self, days):
        def job(opened):
            opened.clock = Clock(opened.clock.today() + timedelta(days=days))

        self.do_now(job)

    def day(self):
        return self.app._workspace.clock.today()

    def belief(self, area, step):
        due = self.day() + timedelta(days=60)
        return self.do("hypothesis.create", statement=f"信念 {area}", area=area, step=step, importance=5, target_n=1,
                       pass_pct=60, prediction="1 of 1 says so", metric="answers", due=due)  # fmt: skip

    def say(self, belief, customer, stance="yes", strength=4):
        self.sayings += 1
        note = self.do("note.create", text=f"казва {self.sayings}", customer_id=customer.id)
        self.do(f"note.{stance}", note, hypothesis=belief.id, strength=strength)

    def members(self):
        return [each.id for each in self.facts.members.values()]

    def cards(self, *codes, measured=1.0, **fields):
        self.do("touchpoint.add", codes=list(codes))
        for card in [each for each in self.facts.touchpoints.values() if each.code in codes]:
            self.do("touchpoint.edit", card, kpi_name="days", **fields)
            self.do("touchpoint.kpi", card, kpi_value=measured)
            for check in self.facts.linked("check", "touchpoint_id", card.id):
                self.do("check.yes", check)
            self.do("touchpoint.ready", card)

    def attest(self):
        for check in self.facts.linked("check", "gate_id", self.gate.id):
            self.do("check.yes", check, note="видях")

    async def settled(self, area, step, customers, letter="y"):
        """A belief that is written, locked by keys, asked about, and ruled by keys."""
        made = self.belief(area, step)
        self.show()
        await self.lock(made)
        for customer in customers:
            self.say(made, customer, "yes" if letter == "y" else "no")
        self.show()
        await self.rule(made, letter)
        return made


@asynccontextmanager
async def a_road(tmp_path):
    path, clock = tmp_path / "đường.fieldgate", Clock(date(2026, 2, 1))
    found_workspace(path, START, locations_in(tmp_path), clock, "an")
    app = app_on(path, folder=tmp_path, clock=clock)
    try:
        async with app.run_test(size=NARROW) as pilot:
            await settle(app, pilot)
            yield Road(app)
    finally:
        app.finish()


@pytest.mark.timeout(480)  # six decisions key by key, on a machine that may have much else to do
async def test_from_a_new_workspace_through_a_pivot_to_done(tmp_path):
    async with a_road(tmp_path) as road:
        customers = [road.do("customer.create", name=f"Khách {n}", segment="出口商", awareness=4) for n in range(12)]
        for each in customers:
            road.do("meeting.create", kind="interview", topic="第一次", date=road.day(), customer_id=each.id)
        problem = road.belief("problem", "discovery")
        road.show()
        await road.lock(problem)
        for each in customers[:2]:
            road.say(problem, each)
        road.say(problem, customers[3], "no", 2)
        road.show()
        await road.rule(problem)
        for area in ("customer", "solution"):
            await road.settled(area, "discovery", customers[:2])
        price = await road.settled("price", "discovery", customers[:2])
        await road.advance("validation")
        # The price does not hold after all: back to discovery.
        gate = road.gate
        await road.play("4", "full_stop", "P", at_desk=False, until=lambda: "proposal pivot" in road.said)
        await road.play("escape", until=lambda: True)
        await road.agree("p")
        await road.play("4", "full_stop", "P", until=lambda: isinstance(road.app.screen, PivotScreen), at_desk=False)
        await road.play("j", "j", "j", "enter", "z", "tab", "right", "tab", "w", "ctrl+s", at_desk=False,
                        until=lambda: isinstance(road.app.screen, PivotScreen) and "1 to change" in screen_text(road.app))  # fmt: skip
        await road.play("ctrl+s", "ctrl+s", until=lambda: road.facts.gates[gate.id].outcome == "pivot")
        assert (road.gate.step, road.gate.round, road.state(price)) == ("discovery", 2, "retired")
        (child,) = [each for each in road.facts.hypotheses.values() if each.parent_id == price.id]
        road.sleep(1)
        road.do("hypothesis.edit", child, prediction="1 of 1", metric="orders", target_n=1,
                due=road.day() + timedelta(days=30))  # fmt: skip
        road.show()
        await road.lock(child)
        for each in customers[:2]:
            road.say(child, each)
        road.show()
        await road.rule(child)
        await road.advance("validation")
        assert road.gate.round == 2
        for area in ("sales", "market", "model"):
            await road.settled(area, "validation", customers[:3])
        await road.settled("channel", "validation", customers[:1], "n")
        road.cards("BY-PM-01", "BY-PM-02")
        road.do("workspace.edit", road.facts.workspace, market_type="new")
        road.do("meeting.create", kind="exchange", topic="kam", purpose="sale", date=road.day(),
                customer_id=customers[0].id, members=road.members())  # fmt: skip
        road.attest()
        road.show()
        await road.advance("creation")
        await road.settled("market", "creation", customers[:1], "n")
        demand = road.belief("demand", "creation")
        road.show()
        await road.lock(demand)
        road.say(demand, customers[0])
        road.sleep(28)
        road.say(demand, customers[1])
        road.show()
        await road.rule(demand)
        road.cards("BY-MKT-08", "FO-PM-01")
        road.attest()
        road.show()
        await road.advance("building")
        road.cards("US-OPS-02", "US-SUP-02", "LF-SUP-03", "LF-MKT-09", owner="mei")
        road.attest()
        road.show()
        await road.advance(None)
        assert phase(road.facts) == "done"
        gates = sorted(road.facts.gates.values(), key=lambda each: each.opened_at)
        assert [each.outcome for each in gates] == ["advance", "pivot", "advance", "advance", "advance", "advance"]
        await road.play("4", until=lambda: "Every step is done" in screen_text(road.app))


async def test_to_stop_with_its_closing_report_and_on_again(tmp_path):
    async with a_road(tmp_path) as road:
        gate = road.gate
        await road.play("4", "full_stop", "X", at_desk=False, until=lambda: "proposal stop" in road.said)
        await road.play("escape", until=lambda: True)
        await road.agree("s")
        report = tmp_path / "đường-closing-report.md"
        await road.play("4", "full_stop", "X", "ก", "tab", "right", "ctrl+s", at_desk=False,
                        until=lambda: isinstance(road.app.screen, PaperScreen) and
                        "Written to" in screen_text(road.app))  # fmt: skip
        assert phase(road.facts) == "stopped"
        written = report.read_text(encoding="utf-8")
        assert written.startswith("# Closing report: Доказателство")
        assert "## Why we stopped\n\nก\n" in written
        assert report.stat().st_mode & 0o777 == 0o600
        await road.play("escape", until=lambda: True)
        await road.play("5", "o", until=lambda: "stopped: re-open it first" in road.said)
        await road.play("4", "full_stop", "O", "ctrl+s", until=lambda: phase(road.facts) == "open")
        assert (road.gate.step, road.gate.round, road.gate.opened_by_gate_id) == ("discovery", 2, gate.id)
        assert phase(road.facts) == "open"
