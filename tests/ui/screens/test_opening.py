import pytest
from tests.ui.desks import DAY, NARROW, WIDE, locations_in, sample_store
from tests.ui.screentext import screen_text

from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.screens.opening import OpeningScreen


@pytest.fixture
def app(tmp_path):
    app = FieldgateApp(locations=locations_in(tmp_path), clock=DAY)
    yield app
    app.finish()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_four_ways_to_start_fit_every_screen(app, size):
    async with app.run_test(size=size) as pilot:
        text = screen_text(app)
        for words in (
            "Take the tour",
            "Look around in a sample",
            "Open a workspace",
            "Start a new workspace",
            "ctrl+q quit",
        ):
            assert words in text
        await pilot.press("question_mark")
        assert "keeps what customers said" in screen_text(app)


async def test_a_path_is_asked_for_and_what_is_not_there_is_said(app, tmp_path):
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("j", "j", "enter", *"/nowhere", "enter")
        await pilot.pause()
        assert "There is nothing at /nowhere." in screen_text(app)
        assert isinstance(app.screen, OpeningScreen)
        await pilot.press("escape", "k", "j")
        assert app.focused.id == "choices"


async def test_a_path_opens_its_workspace(app, tmp_path):
    path = sample_store(tmp_path / "w")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("j", "j", "enter")
        app.focused.value = str(path)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, DeskScreen)
        assert "3 Journey 36" in screen_text(app)


async def test_a_hostile_path_is_said_as_text(app):
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("j", "j", "enter")
        app.focused.value = "/[@click=app.quit]x[/nope]\x1b[31m"
        await pilot.press("enter")
        await pilot.pause()
        assert "[@click=app.quit]x[/nope]" in screen_text(app)
        assert "\x1b" not in screen_text(app)
