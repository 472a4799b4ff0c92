"""Deciding on the screen: the gate's menu, the sync meeting with its ballot, the pivot, the map, the tree, looking back."""

from datetime import date

import pytest
from tests.ui.desks import NARROW, WIDE, desk, open_desk, sample_store, until_shown
from tests.ui.screens.working_keys import calm, code_id, facts, hit
from tests.ui.screentext import screen_text

from fieldgate.domain.next_steps import NextStep
from fieldgate.errors import FormatError
from fieldgate.ui.screens.assumption_map import AssumptionMapScreen, MapView
from fieldgate.ui.screens.form import AskScreen
from fieldgate.ui.screens.help import HelpScreen
from fieldgate.ui.screens.menu import MenuScreen
from fieldgate.ui.screens.paper import PaperScreen
from fieldgate.ui.screens.pivot import PivotScreen
from fieldgate.ui.screens.policy import PolicyScreen
from fieldgate.ui.screens.time_machine import TimeMachineScreen
from fieldgate.ui.screens.triage import TriageScreen
from fieldgate.ui.screens.what_next import go

GOTO = "apostrophe"


keys = hit


def said(app):
    return "\n".join(each.message for each in app._notifications)


@pytest.fixture
def store(tmp_path):
    return sample_store(tmp_path)


def act(app, move, record, **answers):
    """Do a move in the thread of the app's workspace, as another founder would meanwhile."""
    app._room._thread.submit(lambda: app._workspace.perform(move, record, answers)).result()


def open_gate(app):
    return next(each for each in facts(app).gates.values() if each.open)


async def agree(app, pilot, proposal):
    """Hold a sync meeting in which both teams agree, by the rules."""
    members = [each.id for each in facts(app).members.values()]
    act(app, "meeting.create", None, kind="sync", topic="Kam", members=members, proposal=proposal)
    meeting = max((each for each in facts(app).meetings.values()), key=lambda each: int(each.code[1:]))
    for team in ("custdev", "proddev"):
        act(app, "meeting.vote", meeting.id, team=team, agree=True)
    return meeting.id


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_every_paper_opens_and_closes_at_every_size(store, size):
    async with open_desk(store, size) as (app, pilot):
        for letter, words in (
            ("y", "Sync meeting"),
            ("m", "riskiest"),
            ("v", "Pivot tree"),
            ("b", "As it stood on"),
            ("p", "Policy"),
            ("e", "Outcome"),
            ("n", "What is next"),
        ):
            await keys(app, pilot, GOTO, letter)
            assert words in screen_text(app), letter
            await keys(app, pilot, "question_mark")
            assert isinstance(app.screen, HelpScreen), letter
            await keys(app, pilot, "escape", "escape")
            assert app.screen is desk(app)


class TestTheGate:
    async def test_what_is_missing_stands_in_the_menu_and_is_said_in_full(self, store):
        async with open_desk(store, NARROW) as (app, pilot):
            await keys(app, pilot, "4", "full_stop")
            assert isinstance(app.screen, MenuScreen)
            await keys(app, pilot, "A")
            assert "Open the strongest piece against H2 first." in said(app)
            assert "Not settled yet: H4, H5." in said(app)
            assert open_gate(app).outcome is None

    async def test_opening_the_piece_against_a_belief_marks_it_heard(self, store):
        async with open_desk(store, WIDE) as (app, pilot):
            assert "What speaks against H2" not in screen_text(app)
            await keys(app, pilot, "4", "full_stop", "1")
            assert "bảo hiểm trả hết" in screen_text(app)
            assert "does not wait for it any more" in screen_text(app)
            assert len(open_gate(app).heard) == 1
            await keys(app, pilot, "escape")
            assert "What speaks against H2" not in screen_text(app)
            assert "What speaks against H5" in screen_text(app)

    async def test_enter_on_its_row_opens_it_too(self, store):
        async with open_desk(store, WIDE) as (app, pilot):
            await keys(app, pilot, "4", "end", "enter")
            assert isinstance(app.screen, PaperScreen)
            assert "Against H5" in screen_text(app)

    async def test_enter_on_the_agreement_of_the_teams_leads_to_the_sync_meeting(self, store):
        async with open_desk(store, WIDE) as (app, pilot):
            await keys(app, pilot, "4", "end", "k", "k", "enter")
            assert "Reason of the no" in screen_text(app)

    async def test_a_criterion_is_waived_with_a_reason(self, store):
        async with open_desk(store, WIDE) as (app, pilot):
            await keys(app, pilot, "4", "full_stop", "N")
            assert isinstance(app.screen, AskScreen)
            await keys(app, pilot, "right", "tab", "ở", "đ", "ctrl+s")
            assert list(open_gate(app).na.values()) == ["ởđ"]

    async def test_an_empty_stop_line_is_asked_for(self, store):
        async with open_desk(store, WIDE) as (app, pilot):
            act(app, "gate.edit", open_gate(app).id, stop_if="")
            app._spread(app._workspace.state())
            await keys(app, pilot, "4")
            assert "Stop if: not written yet" in screen_text(app)


class TestTheSyncMeeting:
    async def test_each_team_answers_before_it_sees_the_other(self, store):
        async with open_desk(store, WIDE) as (app, pilot):
            members = [each.id for each in facts(app).members.values()]
            act(app, "meeting.create", None, kind="sync", topic="同步", members=members, proposal="redate")
            await keys(app, pilot, GOTO, "y")
            assert "has not answered yet" in screen_text(app)
            await keys(app, pilot, "full_stop", "1")
            assert isinstance(app.screen, AskScreen)
            assert "answers for" in screen_text(app)
            await keys(app, pilot, "y", "ctrl+s")
            assert "has answered; shown when both have" in screen_text(app)
            assert "✓ yes" not in screen_text(app)
            await keys(app, pilot, "full_stop", "1", "n", "ctrl+s")
            assert isinstance(app.screen, AskScreen)  # a no needs its reason
            assert "reason" in screen_text(app)
            await keys(app, pilot, "tab", "c", "ầ", "n", "ctrl+s")
            text = screen_text(app)
            assert "✓ yes" in text
            assert "✗ no" in text
            meeting = max(facts(app).meetings.values(), key=lambda each: int(each.code[1:]))
            assert (meeting.agree_custdev, meeting.agree_proddev, meeting.agree_reason) == (True, False, "cần")
            assert app._workspace.author == "an"
            events = app._room._thread.submit(lambda: app._workspace.store.history(meeting.id)).result()
            assert len({each.by for each in events[:2]}) == 2

    async def test_a_new_meeting_of_the_gate_is_held_from_here(self, store):
        async with open_desk(store, NARROW) as (app, pilot):
            await keys(app, pilot, GOTO, "y", "full_stop", "o")
            assert isinstance(app.screen, AskScreen)
            assert "an mei petya" in screen_text(app)
            await keys(app, pilot, "ctrl+s")
            meeting = max(facts(app).meetings.values(), key=lambda each: int(each.code[1:]))
            assert (meeting.kind, meeting.gate_id) == ("sync", open_gate(app).id)
            assert len(meeting.members) == 3
            assert meeting.code in screen_text(app)


class TestWhatIsNext:
    async def test_each_step_leads_to_where_it_is_done(self, store):
        async with open_desk(store, NARROW) as (app, pilot):
            await keys(app, pilot, "greater_than_sign", "j", "enter")
            assert "The discovery gate is 3 days overdue" in screen_text(app)
            assert desk(app).view == "gate"
            await keys(app, pilot, "greater_than_sign", "j", "j", "enter")
            assert desk(app).at_hand == ("hypothesis", code_id(app, "H4"))
            await keys(app, pilot, "greater_than_sign", "j", "j", "j", "enter")
            assert isinstance(app.screen, TriageScreen)
            assert "Maybes 1 of" in screen_text(app)

    async def test_a_sync_an_advance_a_piece_and_a_record_to_be_made_have_their_places(self, store):
        def step(command, kind, row_id=""):
            return NextStep(rule=7, text="x", kind=kind, id=row_id, command=command)

        async with open_desk(store, NARROW) as (app, pilot):
            for each, shown in (
                (step("fieldgate add meeting --kind sync", "gate", "g"), "Sync meeting"),
                (step("fieldgate gate advance", "gate", "g"), "Advance"),
                (step("fieldgate show --contrary H5", "hypothesis", code_id(app, "H5")), "Against H5"),
                (step("fieldgate add hypothesis", "hypothesis"), "New hypothesis"),
                (step("fieldgate gate", "workspace", facts(app).workspace.id), "lead segment"),
            ):
                go(desk(app), each)
                await calm(app, pilot)
                assert shown in screen_text(app)
                await keys(app, pilot, "escape")


class TestThePivot:
    async def test_without_an_agreement_it_says_what_to_do(self, store):
        async with open_desk(store, WIDE) as (app, pilot):
            await keys(app, pilot, "4", "full_stop", "P")
            assert "Hold a sync meeting of this gate with the proposal pivot" in said(app)

    async def test_a_belief_is_changed_and_the_gate_of_its_step_opens(self, store):
        async with open_desk(store, WIDE) as (app, pilot):
            await agree(app, pilot, "pivot")
            await keys(app, pilot, "4", "full_stop", "P")
            assert isinstance(app.screen, PivotScreen)
            await keys(app, pilot, "ctrl+s")
            assert "at least one belief" in said(app)
            await keys(app, pilot, "enter")
            assert isinstance(app.screen, AskScreen)
            await keys(app, pilot, "б", "tab", "right", "tab", "в", "ctrl+s")
            assert "1 to change" in screen_text(app)
            await keys(app, pilot, "escape")
            await keys(app, pilot, "full_stop", "P")
            assert "1 to change" in screen_text(app)  # kept
            await keys(app, pilot, "ctrl+s")
            assert "is retired; its child starts as a draft" in screen_text(app)
            assert "the next round of discovery opens" in screen_text(app)
            await keys(app, pilot, "ctrl+s")
            assert app.screen is desk(app)
            assert open_gate(app).round == 3
            child = max(facts(app).hypotheses.values(), key=lambda each: int(each.code[1:]))
            assert (child.state, child.pivot_kind is None) == ("draft", False)
            assert facts(app).hypotheses[child.parent_id].state == "retired"

    async def test_x_leaves_a_belief_as_it_is(self, store):
        async with open_desk(store, NARROW) as (app, pilot):
            await agree(app, pilot, "pivot")
            await keys(app, pilot, "4", "full_stop", "P", "enter", "z", "tab", "right", "tab", "w", "ctrl+s")
            assert "1 to change" in screen_text(app)
            await keys(app, pilot, "x")
            assert "0 to change" in screen_text(app)


class TestTheMap:
    async def test_it_starts_on_the_riskiest_and_enter_opens_a_belief(self, store):
        async with open_desk(store, NARROW) as (app, pilot):
            await keys(app, pilot, GOTO, "m")
            assert isinstance(app.screen, AssumptionMapScreen)
            assert "[·H8!]" in screen_text(app)
            await keys(app, pilot, "j", "l")
            view = app.screen.query_one(MapView)
            code = view.point.belief.code
            assert code != "H8"
            await keys(app, pilot, "home", "h")
            assert view.point.belief.code == "H7"
            await keys(app, pilot, "k", "enter")
            assert app.screen is desk(app)


class TestLookingBack:
    async def test_h_goes_a_day_back_and_a_landmark_far_back(self, store):
        async with open_desk(store, WIDE) as (app, pilot):
            await keys(app, pilot, GOTO, "b", "h")
            assert isinstance(app.screen, TimeMachineScreen)
            assert "h/l day" in screen_text(app)
            assert "2026-03-15" in screen_text(app)
            await keys(app, pilot, "l", "l")
            assert "2026-03-16" in screen_text(app)
            app.screen.go_to_day(date(2026, 1, 11))
            await until_shown(pilot, "As it stood on 2026-01-11")
            assert "round 1" in screen_text(app)
            await keys(app, pilot, "end")
            assert "shown as now" in screen_text(app)
            app.screen.go_to_day(date(2020, 1, 1))
            await until_shown(pilot, "was not there yet")

    async def test_a_day_can_be_chosen(self, store):
        async with open_desk(store, NARROW) as (app, pilot):
            await keys(app, pilot, GOTO, "b", "full_stop", "d")
            assert isinstance(app.screen, AskScreen)
            await keys(app, pilot, *["backspace"] * 10)
            await keys(app, pilot, *(each.replace("-", "minus") for each in "2026-01-12"))
            await keys(app, pilot, "ctrl+s")
            assert "As it stood on 2026-01-12" in screen_text(app)


class TestThePolicy:
    async def test_a_number_is_changed_and_the_gate_judged_anew(self, store):
        async with open_desk(store, NARROW) as (app, pilot):
            await keys(app, pilot, GOTO, "p")
            assert isinstance(app.screen, PolicyScreen)
            assert "from this importance a hypothesis is key" in screen_text(app)
            app._welcomed = None
            app._welcome(("an", (FormatError("playbook.yaml, line 2: no title", "Write one."),)))
            await pilot.pause()
            assert "Not used: playbook.yaml, line 2: no title Write one." in said(app)
            await keys(app, pilot, "enter", "backspace", "9", "ctrl+s")
            assert isinstance(app.screen, AskScreen)
            assert "whole number from 1 to 5" in screen_text(app)
            await keys(app, pilot, "backspace", "5", "ctrl+s")
            assert isinstance(app.screen, PolicyScreen)
            assert "2 differ from the default" in screen_text(app)
            assert facts(app).workspace.policy["key_importance"] in {5, "5"}
