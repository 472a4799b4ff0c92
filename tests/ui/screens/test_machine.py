"""Coming back, switching, starting, themes, the own editor, copying: what is about this machine."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ui.desks import DAY, WIDE, app_on, desk, locations_in, open_desk, press, sample_store, settle
from tests.ui.screens.working_keys import calm, facts, hit
from tests.ui.screentext import screen_text
from textual.css.query import NoMatches

from fieldgate.settings import load_settings
from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.form import AskScreen
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.recent import recent_workspaces


async def type_in(app, pilot, text):
    await pilot.press(*text)
    for _ in range(4):
        await pilot.pause(0.05)


async def test_view_cursor_filter_phase_and_folds_are_there_after_a_restart(tmp_path):
    path = sample_store(tmp_path)
    async with open_desk(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "3", "right_square_bracket", "l", "l", "l", "j")
        board = desk(app)._pane("journey")
        was = board.phase, board.folds, desk(app).at_hand
        await press(app, pilot, "2", "j", "j", "j")
        note = desk(app).at_hand
        await hit(app, pilot, "5", "slash")
        await type_in(app, pilot, "a")
        await hit(app, pilot, "enter", "j")
        customer, count = desk(app).at_hand, desk(app).list_at_hand.count
        app.keep_all()
    async with open_desk(path, (80, 24)) as (app, pilot):
        await calm(app, pilot)
        await pilot.pause(0.1)
        assert desk(app).view == "customers"
        assert desk(app).at_hand == customer
        assert desk(app).list_at_hand.count == count
        await press(app, pilot, "2")
        assert desk(app).at_hand == note
        await press(app, pilot, "3")
        board = desk(app)._pane("journey")
        assert (board.phase, board.folds, desk(app).at_hand) == was


async def test_a_broken_file_of_the_place_costs_nothing(tmp_path):
    path = sample_store(tmp_path)
    async with open_desk(path) as (app, _):
        app.keep_all()
        file = app._screen_stacks["_default"][0]._place_file
    file.write_text('{"lists": [1, 2], "view": 7}')
    async with open_desk(path) as (app, _):
        assert desk(app).view == "journey"


async def test_a_workspace_is_started_in_one_form_from_the_start_screen(tmp_path):
    locations = locations_in(tmp_path)
    app = FieldgateApp(locations=locations, clock=DAY, target=None)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("end", "enter")
            await pilot.pause()
            assert isinstance(app.screen, AskScreen)
            typed = {
                "path": str(tmp_path / "new.fieldgate"),
                "name": "Nước sạch",
                "vision": "首次接触",
                "custdev": "Ana Souza",
                "stop_if": "nobody pays",
            }
            app.screen._fields.fill(typed)
            await pilot.press("ctrl+s")
            await calm(app, pilot)
            await settle(app, pilot)
            assert facts(app).workspace.name == "Nước sạch"
            assert [each.handle for each in facts(app).live("member")] == ["ana"]
            assert next(iter(facts(app).live("gate"))).stop_if == "nobody pays"
    finally:
        app.finish()


async def test_what_a_new_workspace_lacks_is_said_and_what_was_typed_stays(tmp_path):
    app = FieldgateApp(locations=locations_in(tmp_path), clock=DAY, target=None)
    try:
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("end", "enter")
            await pilot.pause()
            taken = tmp_path / "taken.fieldgate"
            taken.write_text("mine")
            app.screen._fields.fill({"path": str(taken), "name": "N", "vision": "V", "custdev": "Ana"})
            await pilot.press("ctrl+s")
            await calm(app, pilot)
            assert isinstance(app.screen, AskScreen)
            assert app.screen._fields.typed["vision"] == "V"
            assert taken.read_text() == "mine"
    finally:
        app.finish()


async def test_another_workspace_is_opened_from_the_list_of_recent_ones(tmp_path):
    first, second = sample_store(tmp_path / "one"), sample_store(tmp_path / "two")
    locations = locations_in(tmp_path)
    for each in (first, second):
        open_workspace(inspect(each, locations), locations, DAY, "an").close()
    assert len(recent_workspaces(locations)) == 2
    async with open_desk(first, folder=tmp_path) as (app, pilot):
        await hit(app, pilot, "W")
        assert isinstance(app.screen, ChooseScreen)
        await type_in(app, pilot, str(second)[-30:])
        await hit(app, pilot, "enter")
        await settle(app, pilot)
        assert app._target.path == second
        assert len(app.screen_stack) == 1
        await hit(app, pilot, "2", "x")
        assert app._workspace.store.path == second


async def test_a_new_workspace_from_an_old_one_has_new_ids_and_nothing_that_was_learned(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        old = facts(app)
        await hit(app, pilot, "colon")
        await type_in(app, pilot, "as template")
        await hit(app, pilot, "enter")
        assert isinstance(app.screen, AskScreen)
        app.screen._fields.fill({"path": str(tmp_path / "next.fieldgate"), "name": "Next"})
        await pilot.press("ctrl+s")
        await calm(app, pilot)
        await settle(app, pilot)
        new = facts(app)
        assert new.workspace.name == "Next"
        assert new.workspace.vision == old.workspace.vision
        assert not list(new.live("note"))
        assert not list(new.live("customer"))
        assert {each.handle for each in new.live("member")} == {each.handle for each in old.live("member")}
        assert {each.statement for each in new.live("hypothesis")} <= {
            each.statement for each in old.live("hypothesis")
        }
        assert not {each.id for each in new.live("hypothesis")} & set(old.hypotheses)
        assert {each.code for each in old.live("touchpoint") if each.origin != "custom"} <= {
            each.code for each in new.live("touchpoint")
        }


async def test_a_theme_is_previewed_while_choosing_kept_by_enter_and_dropped_by_escape(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        before = app.theme
        await hit(app, pilot, "ctrl+t", "down")
        chosen = app.theme
        assert chosen != before
        await hit(app, pilot, "escape")
        assert app.theme == before
        await hit(app, pilot, "ctrl+t", "down", "enter")
        assert app.theme == chosen
        assert load_settings(app._locations).theme == chosen


async def test_a_bad_theme_of_the_user_is_refused_in_words_and_the_old_one_stays(tmp_path):
    path = sample_store(tmp_path)
    folder = locations_in(tmp_path).user_themes()
    folder.mkdir(parents=True)
    (folder / "aaa.yaml").write_text("name: aaa\nprimary: no colour at all\n")
    async with open_desk(path) as (app, pilot):
        before = app.theme
        await hit(app, pilot, "ctrl+t")
        await type_in(app, pilot, "aaa")
        assert app.theme == before
        assert any("aaa.yaml" in str(each.message) for each in app._notifications)


def editor(folder, script):
    path = folder / "editor.py"
    path.write_text(f"import sys, os, pathlib\npath = pathlib.Path(sys.argv[-1])\n{script}\n")
    return path


async def test_the_own_editor_gets_a_private_file_of_a_fixed_name_and_its_text_is_saved(tmp_path, monkeypatch):
    import contextlib

    seen = tmp_path / "seen"
    script = editor(
        tmp_path,
        f"pathlib.Path({str(seen)!r}).write_text(f'{{path.name}} {{oct(path.stat().st_mode)}} "
        "{oct(path.parent.stat().st_mode)}')\n"
        "path.write_text(path.read_text(encoding='utf-8') + ' 首次 $(id)', encoding='utf-8')",
    )
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}'")
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        app.suspend = contextlib.nullcontext
        await press(app, pilot, "2")
        note = desk(app).at_hand[1]
        await hit(app, pilot, "E")
        assert app._workspace.record("note", note).text.endswith(" 首次 $(id)")
        name, mode, folder_mode = seen.read_text().split()
        assert name == "text.md"
        assert stat.S_IMODE(int(mode, 8)) == 0o600
        assert stat.S_IMODE(int(folder_mode, 8)) == 0o700
        assert not list(tmp_path.rglob("edits/*"))
        assert not desk(app).drafts


@pytest.fixture
def dead():
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


async def test_what_the_own_editor_wrote_is_never_thrown_away(tmp_path, monkeypatch, dead):
    import contextlib

    path = sample_store(tmp_path)
    writes = "path.write_bytes(os.environ['WRITES'].encode('utf-8', 'surrogateescape') * int(os.environ['TIMES']))"
    script = editor(tmp_path, f"{writes}\nsys.exit(int(os.environ['STATUS']))")
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}'")
    async with open_desk(path) as (app, pilot):
        app.suspend = contextlib.nullcontext
        await press(app, pilot, "2")
        note = desk(app).at_hand[1]
        before = app._workspace.record("note", note).text
        for words, times, status in (("\udcff", 1, 0), ("x", 1_000_001, 0), ("viết dở", 1, 1)):
            for name, value in (("WRITES", words), ("TIMES", str(times)), ("STATUS", str(status))):
                monkeypatch.setenv(name, value)
            await hit(app, pilot, "E")
            named = [line for each in app._notifications for line in str(each.message).splitlines()]
            (file,) = {Path(line.removeprefix("Written to ")) for line in named if line.startswith("Written to ")}
            assert file.read_bytes() == words.encode("utf-8", "surrogateescape") * times
            app.clear_notifications()
        assert app._workspace.record("note", note).text == before
    folder = file.parent  # the last one is what an editor leaves that was ended together with us
    folder.rename(folder.with_name(f"{dead}-x"))
    async with open_desk(path) as (app, pilot):
        assert "viết dở" in screen_text(app)
        await hit(app, pilot, "enter")
        assert app.screen._fields.typed["text"] == "viết dở"
        assert len(list(tmp_path.rglob("edits/*"))) == 2, "what could be no draft"


async def test_without_an_editor_it_says_so(tmp_path, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "'unbalanced")
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "2", "E")
        assert any("EDITOR" in str(each.message) for each in app._notifications)


async def test_a_row_is_copied_whole_and_cleaned(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "1", "Y")
        belief = facts(app).hypotheses[desk(app).at_hand[1]]
        assert app.clipboard == f"{belief.code} {belief.statement}"


async def test_who_writes_is_asked_once_where_nobody_said_so(tmp_path):
    path = sample_store(tmp_path)
    locations = locations_in(tmp_path)
    opened = open_workspace(inspect(path, locations), locations, DAY)
    opened.store.keep_meta("author", "")
    opened.close()
    app = app_on(path)
    app._author = None
    try:
        async with app.run_test(size=WIDE) as pilot:
            await settle(app, pilot)
            await calm(app, pilot)
            assert isinstance(app.screen, ChooseScreen)
            await hit(app, pilot, "enter")
            assert app._workspace.author
            assert desk(app).state.author == app._workspace.author
    finally:
        app.finish()


async def test_a_theme_of_the_user_is_read_again_while_it_is_edited(tmp_path):
    path = sample_store(tmp_path)
    folder = locations_in(tmp_path).user_themes()
    folder.mkdir(parents=True)
    ours = next(each for each in locations_in(tmp_path).themes().glob("*.yaml") if each.stem == "field-light")
    mine = folder / "mine.yaml"
    mine.write_text(ours.read_text().replace("field-light", "mine"))
    async with open_desk(path, theme="mine") as (app, pilot):
        assert app.theme == "mine"
        before = app.current_theme.primary
        mine.write_text(mine.read_text().replace(before, "#123456"))
        os.utime(mine, (1, 1))
        await pilot.pause(1.3)
        assert app.current_theme.primary == "#123456"


async def test_a_screen_that_opens_as_the_app_ends_is_no_failure(tmp_path):
    async with open_desk(sample_store(tmp_path), WIDE) as (app, _):
        app.exit(0)
        app._handle_exception(NoMatches("the page is gone"))
    assert app.return_code == 0
    with pytest.raises(NoMatches):
        async with open_desk(sample_store(tmp_path), WIDE) as (app, _):
            app._handle_exception(NoMatches("a page that should be there"))
