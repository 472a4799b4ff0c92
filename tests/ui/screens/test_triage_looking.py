"""What can be looked at from an item of triage, by the keys that do the same on the desk."""

from tests.ui.desks import NARROW, open_desk, sample_store
from tests.ui.screens.test_triage import item_id, press, waiting
from tests.ui.screentext import screen_text

from fieldgate.ui.screens.log import LogScreen
from fieldgate.ui.screens.paper import PaperScreen
from fieldgate.ui.screens.triage import TriageScreen

NOTES = ("t", "8")


async def test_the_text_of_the_item_is_copied_and_the_item_stays(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, *NOTES)
        item, text = item_id(app), app.screen._view.sheet.text
        await press(app, pilot, "Y")
        assert app.clipboard == text
        assert item_id(app) == item
        assert "Copied." in screen_text(app)


async def test_the_history_of_the_record_opens_over_the_item_and_leads_back_to_it(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, *NOTES)
        item, code = item_id(app), app.screen._view.item.code
        await press(app, pilot, "i")
        assert isinstance(app.screen, PaperScreen)
        assert f"History of {code}" in screen_text(app)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, TriageScreen)
        assert item_id(app) == item


async def test_the_log_lists_the_verdicts_of_this_session_and_goes_back_to_one(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, *NOTES, "I")
        assert "Nothing was decided in this session yet." in screen_text(app)
        seen = []
        for _ in range(3):
            seen.append(item_id(app))
            await press(app, pilot, "b")
        await press(app, pilot, "I")
        assert isinstance(app.screen, LogScreen)
        assert app.screen._list.count == 3
        await press(app, pilot, "end", "u")  # the oldest stays, the two after it go back
        assert isinstance(app.screen, TriageScreen)
        assert item_id(app) == seen[1]
        assert "Taken back: Background" in screen_text(app)
        assert "Background ◂" in screen_text(app)
        assert [each in waiting(app) for each in seen] == [False, True, True]
        await press(app, pilot, "I", "escape")
        assert item_id(app) == seen[1]
        assert "Background ◂" in screen_text(app)
        await press(app, pilot, "b")
        assert item_id(app) == seen[2]
        assert "Background ◂" in screen_text(app)  # it had been decided, too
        await press(app, pilot, "u")
        await press(app, pilot, "q")
        assert "1 decided" in screen_text(app)
