"""Three questions for tomorrow: on the screen, and in the clipboard."""

import pytest
from tests.ui.desks import NARROW, WIDE, desk, open_desk, sample_store
from tests.ui.screens.working_keys import calm, hit
from tests.ui.screentext import screen_text

from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.workspace.asking import interview_prompt, prompt_lines


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_prompt_of_a_customer_is_read_and_copied_as_it_would_be_printed(tmp_path, size):
    async with open_desk(sample_store(tmp_path), size) as (app, pilot):
        await hit(app, pilot, "1")
        await hit(app, pilot, "P")  # no customer is under the cursor: one is chosen
        assert isinstance(app.screen, ChooseScreen)
        await pilot.press(*"northfleet")
        await hit(app, pilot, "enter")
        opened = app._workspace
        customer = next(each for each in opened.facts.customers.values() if each.code == "C8")
        prompt = interview_prompt(opened.facts, opened.playbook, customer)
        assert 0 < len(prompt.lessons) <= 3
        text = screen_text(app)
        assert "Three questions for C8" in text
        assert all(each.code in text for each in prompt.lessons)
        await hit(app, pilot, "Y")
        copied = app.clipboard.splitlines()
        assert [each for each in copied if each][:-1] == [each for each in prompt_lines(prompt) if each]
        await hit(app, pilot, "escape")
        assert app.screen is desk(app)


async def test_a_note_knows_whom_to_ask_and_who_is_of_no_open_segment_is_told(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await hit(app, pilot, "2")
        note = next(each for each in app._workspace.store.records("note") if each.code == "N53")
        desk(app).put_cursor("note", note.id)
        await calm(app, pilot)
        await hit(app, pilot, "P")
        assert "Three questions for C8" in screen_text(app)
        await hit(app, pilot, "escape")
        await hit(app, pilot, "5")
        await hit(app, pilot, "P")
        await calm(app, pilot)
        assert "No open belief is about their segment" in screen_text(app)
