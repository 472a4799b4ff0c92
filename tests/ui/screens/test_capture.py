"""Capturing an interview: one line, Enter writes it; and what is left typed is kept."""

import asyncio
import json
import resource

from tests.ui.desks import NARROW, WIDE, desk, open_desk, sample_store
from tests.ui.screens.working_keys import calm, facts, hit
from tests.ui.screentext import screen_lines
from textual import events

from fieldgate.ui.keymap import key_name
from fieldgate.ui.screens.capture import CaptureScreen
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.menu import MenuScreen


async def start(app, pilot):
    """Choose the first customer for an interview today."""
    await hit(app, pilot, "C")
    assert isinstance(app.screen, ChooseScreen)
    await hit(app, pilot, "enter")
    assert isinstance(app.screen, CaptureScreen)


def advice(app):
    """The line above the keys."""
    return screen_lines(app)[-2].strip()


def texts(app, count):
    reader = desk(app).state.reader
    rows = sorted(reader.records("note"), key=lambda each: (each.created_at, len(each.code), each.code))
    return [(each.mark, each.text, each.meeting_id) for each in rows[-count:]]


async def test_lines_are_written_with_their_marks_into_a_meeting_made_by_two_keys(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        before = len(facts(app).meetings)
        await start(app, pilot)
        told = [advice(app)]
        await pilot.press(*"p: they print it twice", "enter")
        await calm(app, pilot)
        told.append(advice(app))
        await pilot.press("tab", *"so angry", "enter")
        await calm(app, pilot)
        await pilot.press(*"首次接触", "enter")
        await calm(app, pilot)
        told += [advice(app)]
        # How to ask: one short line in its place, another one with each note.
        assert len(set(told)) == len(told)
        assert "Ask: What happened the last time?" in told
        (first, second, third) = texts(app, 3)
        assert first[:2] == ("p", "they print it twice")
        assert second[0] == "e"
        assert third[:2] == (None, "首次接触")
        assert len({each[2] for each in (first, second, third)}) == 1
        assert len(facts(app).meetings) in {before, before + 1}


def in_one_breath(app, keys):
    """Send keys without waiting for any of them, as a terminal does that was busy for a moment."""
    for key in keys:
        app.post_message(events.Key({"\r": "enter", "\t": "tab", " ": "space"}.get(key, key_name(key)), key))


async def test_lines_typed_in_one_breath_stay_apart_with_their_marks(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await start(app, pilot)
        in_one_breath(app, "p:one\rtwo\r\tthree\rfo")
        await calm(app, pilot)
        await calm(app, pilot)
        assert [each[:2] for each in sorted(texts(app, 3), key=lambda each: each[1])] == [
            ("p", "one"), ("e", "three"), (None, "two")
        ]  # fmt: skip
        assert app.screen._line.value == "fo"


async def test_a_filter_a_search_and_a_form_typed_in_one_breath_do_nothing_else(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        before = app._workspace.store.last_seq()
        await hit(app, pilot, "5")
        in_one_breath(app, "/xoxo")
        await calm(app, pilot)
        assert desk(app).list_at_hand is None
        assert desk(app)._pane("customers").wish == "xoxo"
        await hit(app, pilot, "escape")
        in_one_breath(app, ":h3\r")
        for _ in range(3):
            await calm(app, pilot)
            await pilot.pause(0.05)
        assert desk(app).at_hand[0] == "hypothesis"
        in_one_breath(app, "'6")
        await calm(app, pilot)
        assert desk(app).view == "meetings"
        assert app._workspace.store.last_seq() == before
        in_one_breath(app, "4.A")  # a view that was not there yet, its menu, and what that says is missing
        await calm(app, pilot)
        assert isinstance(app.screen, MenuScreen)
        await hit(app, pilot, "escape")
        in_one_breath(app, "2osaid\t\t\t\tc4\tp")
        for _ in range(2):
            await calm(app, pilot)
        typed = app.screen._fields.typed
        assert (typed["text"], typed["mark"]) == ("said", "p")
        assert facts(app).customers[typed["customer_id"]].code == "C4"


async def test_a_customer_is_made_by_typing_a_name_that_nobody_has(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "C")
        await pilot.press(*"Zhang Wei XYZ")
        await hit(app, pilot, "enter")
        assert isinstance(app.screen, CaptureScreen)
        assert any(each.name == "Zhang Wei XYZ" for each in facts(app).live("customer"))
        await pilot.press(*"hello", "enter")
        await calm(app, pilot)
        ((_, text, meeting),) = texts(app, 1)
        assert text == "hello"
        assert facts(app).meetings[meeting].customer_id


async def test_many_pasted_lines_become_one_note_each_in_order_after_asking(tmp_path):
    async with open_desk(sample_store(tmp_path), WIDE) as (app, pilot):
        await start(app, pilot)
        before = len(list(desk(app).state.reader.records("note")))
        app.screen._line.post_message(events.Paste("one\r\n\ntwo\nลูกค้า\n"))
        await calm(app, pilot)
        assert isinstance(app.screen, MenuScreen)
        assert len(list(desk(app).state.reader.records("note"))) == before
        await hit(app, pilot, "n")
        assert [text for _, text, _ in texts(app, 3)] == ["one", "two", "ลูกค้า"]


async def test_a_line_that_was_not_written_stands_there_the_next_time(tmp_path):
    path = sample_store(tmp_path)
    async with open_desk(path) as (app, pilot):
        await start(app, pilot)
        await pilot.press(*"half a sen")
        await hit(app, pilot, "escape")
        assert app.screen is desk(app)
    async with open_desk(path) as (app, pilot):
        await calm(app, pilot)
        assert isinstance(app.screen, MenuScreen)
        await hit(app, pilot, "enter")
        assert isinstance(app.screen, CaptureScreen)
        assert app.screen._line.value == "half a sen"


async def test_what_is_typed_into_a_form_is_in_the_data_folder_within_two_seconds(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "2", "o")
        await pilot.press(*"quick brown")
        await asyncio.sleep(1.3)
        await pilot.press(*" fox")
        (file,) = (tmp_path / "data").rglob("drafts.json")
        assert "quick brown" in json.loads(file.read_text())[0]["typed"]["text"]
        assert file.stat().st_mode & 0o777 == 0o600
        app.keep_all()
        assert "quick brown fox" in json.loads(file.read_text())[0]["typed"]["text"]
        await hit(app, pilot, "ctrl+s")
        assert app.screen is desk(app)
        assert not file.exists()


async def test_what_finds_no_room_stays_and_is_written_before_the_next_line(tmp_path):
    path = sample_store(tmp_path)
    async with open_desk(path, NARROW) as (app, pilot):
        await start(app, pilot)
        lines = [f"line {number} ราคาแพงมาก {'x' * 3000}" for number in range(60)]
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100_000, most))
        try:
            app.screen._ask_about(lines)
            await pilot.pause()
            await pilot.press("n")
            await calm(app, pilot)
            await calm(app, pilot)
            unwritten = list(app.screen._unwritten)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        assert 0 < len(unwritten) < 60
        assert "not written yet" in [each.message for each in app._notifications][-1]
        kept = desk_drafts(app)
        assert kept.split("\n")[:-1] == unwritten
        await pilot.press(*"more", "enter")
        for _ in range(8):
            await calm(app, pilot)
        assert [each[1] for each in texts(app, 61)] == [*lines, "more"]
        assert desk_drafts(app) == ""


def desk_drafts(app):
    drafts = desk(app).drafts
    return next((drafts[name]["text"] for name in drafts if name[0] == "capture"), "")


async def test_a_hundred_thousand_lines_are_one_note_or_none_and_say_so(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await start(app, pilot)
        text = "\n".join(str(number) for number in range(100_000))
        app.screen.query_one("CaptureLine").post_message(events.Paste(text))
        await calm(app, pilot)
        assert isinstance(app.screen, MenuScreen)
        await pilot.press("n")
        assert "more than 1000" in [each.message for each in app._notifications][-1]
        await pilot.press("a")
        await calm(app, pilot)
        assert texts(app, 1)[0][1] == text
