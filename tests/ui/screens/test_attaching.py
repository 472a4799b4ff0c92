"""Attaching a file on the screen: by the menu of a record and by the palette, with a path chosen or typed."""

import hashlib

from tests.ui.desks import NARROW, desk, open_desk, sample_store
from tests.ui.screens.test_importing import palette
from tests.ui.screens.working_keys import calm, hit
from tests.ui.screentext import screen_text

from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.workspace.kept_files import cellar_of

OFFER = "giá 40 евро".encode()
NAME = f"{hashlib.sha256(OFFER).hexdigest()}.pdf"


def said(app):
    return " ".join(str(each.message) for each in app._notifications)


async def test_a_file_is_attached_by_menu_and_palette_and_shown_with_its_path(tmp_path, monkeypatch):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "offer.pdf").write_bytes(OFFER)
    monkeypatch.chdir(tmp_path)
    async with open_desk(sample_store(tmp_path / "store"), NARROW) as (app, pilot):
        cellar = cellar_of(app._workspace.store.path)
        await hit(app, pilot, "2")
        note = desk(app).at_hand[1]
        before = app._workspace.record("note", note).text

        # What is refused is said in words, and what was typed stays in the line.
        await hit(app, pilot, "full_stop", "@")
        await pilot.press(*"~nobody-there/none.pdf", "enter")
        await calm(app, pilot)
        assert isinstance(app.screen, ChooseScreen)
        assert app.screen._line.value == "~nobody-there/none.pdf"
        assert "cannot be read" in said(app)
        assert app._workspace.record("note", note).text == before

        # A folder is gone into; what lies in it is offered by its first letters.
        await pilot.press("ctrl+u", *"papers", "enter")
        await calm(app, pilot)
        assert app.screen._line.value == "papers/"
        await pilot.press("o")
        await pilot.pause()
        assert "papers/offer.pdf" in screen_text(app)
        await pilot.press("enter")
        await calm(app, pilot)
        link = f"[offer.pdf](attachments/{NAME})"
        assert app._workspace.record("note", note).text == f"{before}\n{link}"
        assert (cellar / NAME).read_bytes() == OFFER
        assert "offer.pdf is kept with the workspace." in said(app)

        await hit(app, pilot, "enter")
        text = screen_text(app)
        assert "Files" in text
        assert NAME[:20] in text
        await hit(app, pilot, "escape", "u")
        assert app._workspace.record("note", note).text == before

        # By the palette, on whatever can name a file; on what cannot, it says so.
        await hit(app, pilot, "6")
        meeting = desk(app).at_hand[1]
        await palette(app, pilot, "attach a file to this")
        await pilot.press(*"papers/offer.pdf", "enter")
        await calm(app, pilot)
        assert app._workspace.record("meeting", meeting).body.endswith(link)
        (cellar / NAME).unlink()
        await hit(app, pilot, "enter", "end")
        assert "not on this machine yet" in screen_text(app)
        await hit(app, pilot, "escape", "5")
        await palette(app, pilot, "attach a file to this")
        assert "Put the cursor on a note" in said(app)
