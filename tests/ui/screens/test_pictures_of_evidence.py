"""Evidence over time and the mirror on the screen: read at 80x24 without colour, Enter goes to the words."""

from tests.ui.desks import NARROW, desk, open_desk, sample_store
from tests.ui.screens.working_keys import facts, hit
from tests.ui.screentext import screen_text

from fieldgate.ui.screens.desk import DeskScreen


async def test_a_sign_leads_to_the_words_it_stands_for(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await hit(app, pilot, "apostrophe", "t")
        assert "▌H1    [*]" in screen_text(app)
        await hit(app, pilot, "j", "l", "l", "k", "j", "h", "l")
        said = screen_text(app)
        assert "▌H2" in said
        assert "[✗]" in said or "[●]" in said
        note = next(each for each in facts(app).notes.values() if f" · {each.code} · " in said)
        await hit(app, pilot, "enter")
        assert isinstance(app.screen, DeskScreen)
        assert desk(app).at_hand == ("note", note.id)

        await hit(app, pilot, "apostrophe", "r")
        assert "Chen Mei-Ling  ██████▒" in screen_text(app)
        assert "N75" in screen_text(app)
        await hit(app, pilot, "j", "enter")
        assert desk(app).at_hand[0] == "note"
        await hit(app, pilot, "apostrophe", "t", "escape")
        assert isinstance(app.screen, DeskScreen)
