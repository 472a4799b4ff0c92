"""Sharing on the screen: two founders with a machine each, and one folder that both see."""

import shutil
import sqlite3
from contextlib import asynccontextmanager

import pytest
from tests.ui.desks import WIDE, desk, settle, until
from tests.ui.screens.working_keys import calm, hit
from tests.ui.screentext import screen_text
from tests.workspace.founders import Founder, aged, tree

from fieldgate.errors import FieldgateError
from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.ui.messages import SyncRequested
from fieldgate.ui.screens import sharing
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.form import AskScreen
from fieldgate.ui.screens.menu import MenuScreen
from fieldgate.workspace.door import inspect

HANH = "Chị Hạnh bỏ bốn ký tôm."
SOMSRI = "คุณสมศรี เล่าว่าน้ำแข็งละลาย"


@pytest.fixture
def two(tmp_path):
    """Anna, who has the screen, and Ben, who works by commands; both have the same to begin with."""
    anna = Founder(tmp_path / "anna", "anna", tmp_path / "shared").start()
    anna.id = anna.note(HANH)
    anna.leave()
    ben = Founder(tmp_path / "ben", "ben", tmp_path / "shared")
    ben.at.sharing.looked()
    aged(tmp_path / "shared")
    yield anna, ben
    ben.leave(give_out=False)


@asynccontextmanager
async def screen_of(founder, path=None, *, ends=True):
    target = inspect(path or founder.folder, founder.locations)
    app = FieldgateApp(locations=founder.locations, clock=founder.clock, author=founder.handle, target=target)
    try:
        async with app.run_test(size=WIDE) as pilot:
            await settle(app, pilot)
            await calm(app, pilot)
            yield app, pilot
    finally:
        if ends:
            app.finish()


def listed(app, view="notes"):
    pane = desk(app)._pane(view)
    return [pane.row(number) for number in range(pane.count)]


def titles(app, view="notes"):
    return [row.lines[1] for row in listed(app, view)]


def said(app):
    return [each.message for each in app._notifications]


async def test_what_came_in_while_nobody_looked_is_told_and_marked_at_the_start(two):
    anna, ben = two
    async with screen_of(anna):
        pass
    ben.note(SOMSRI)
    ben.sync()
    async with screen_of(anna) as (app, _):
        assert [row.came for row in listed(app) if SOMSRI in row.lines[1]] == [True]
        assert [row.came for row in listed(app) if HANH in row.lines[1]] == [False]
        assert any("1 records came in (1 new" in each for each in said(app))


async def test_the_sync_key_takes_in_and_gives_out(two):
    anna, ben = two
    async with screen_of(anna) as (app, pilot):
        app._watch._rest()
        ben.note(SOMSRI)
        ben.sync()
        app._workspace.perform("note.create", None, {"text": "Димитър чака.", "said_on": anna.clock.today()})
        await hit(app, pilot, "S")
        assert any(SOMSRI in each for each in titles(app))
        assert "came in" in said(app)[-1]
        assert "V lists it" in said(app)[-1]
        assert any("Димитър" in data.decode() for data in tree(anna.folder).values())
        await hit(app, pilot, "S")
        assert said(app)[-1] == "nothing new"


async def test_a_change_comes_in_by_itself_while_the_screen_is_open(two):
    anna, ben = two
    async with screen_of(anna) as (app, pilot):
        ben.edit("note", anna.id, text="林志明說了")
        ben.sync()
        await until(pilot, lambda: any("林志明" in each for each in titles(app)))
        assert [row.came for row in listed(app)] == [True]


async def test_focus_and_a_key_after_a_while_look_at_once_and_a_key_right_after_a_look_does_not(two, monkeypatch):
    anna, ben = two
    monkeypatch.setattr(sharing, "SHORTEST", 1000.0)
    async with screen_of(anna) as (app, pilot):
        ben.note(SOMSRI)
        ben.sync()
        await hit(app, pilot, "j")
        assert len(titles(app)) == 1
        app._watch.focused()
        await calm(app, pilot)
        assert len(titles(app)) == 2
        ben.note("Трета")
        ben.sync()
        app._watch._looked_at -= 2000
        await hit(app, pilot, "j")
        assert len(titles(app)) == 3


async def test_what_others_changed_is_a_view_and_leaving_it_takes_the_marks_away(two):
    anna, ben = two
    async with screen_of(anna) as (app, pilot):
        app._watch._rest()
        ben.note(SOMSRI)
        customer = ben.customer("Nguyễn Văn An")
        ben.sync()
        await hit(app, pilot, "S", "V")
        assert isinstance(app.screen, ChooseScreen)
        assert len(app.screen._rows) == 2
        assert all("new" in row.lines[0] and "ben" in row.lines[0] for row in app.screen._rows)
        await pilot.press(*"Văn")
        await hit(app, pilot, "enter")
        assert desk(app).view == "customers"
        assert desk(app).at_hand == ("customer", customer)
        assert [row.came for row in listed(app, "customers")] == [True]
        await hit(app, pilot, "V", "escape")
        assert not any(row.came for row in (*listed(app), *listed(app, "customers")))
        await hit(app, pilot, "V")
        assert said(app)[-1] == "Others changed nothing since you last looked."
    async with screen_of(anna) as (app, _):
        assert not any(row.came for row in listed(app))


async def test_a_workspace_without_a_folder_is_never_looked_at(tmp_path, two):
    anna, _ = two
    store = anna.locations.store_path(anna.at.facts.workspace.id)
    anna.leave()
    alone = Founder(tmp_path / "alone", "anna", tmp_path / "other")
    path = alone.locations.data / "alone.fieldgate"
    path.parent.mkdir(parents=True)
    shutil.copy(store, path)
    with sqlite3.connect(path) as connection:
        connection.execute("delete from folders")
    async with screen_of(alone, path) as (app, pilot):
        assert app._watch._timer is None
        app._watch.focused()
        await hit(app, pilot, "j", "S")
        assert app._watch._timer is None
        assert "not shared" in said(app)[-1]


async def test_sharing_asks_for_a_folder_and_looks_at_it_from_then_on(tmp_path, two):
    anna, _ = two
    folder = tmp_path / "Общо 共享"
    async with screen_of(anna) as (app, pilot):
        app._watch._rest()
        desk(app).post_message(SyncRequested("share"))
        await calm(app, pilot)
        assert isinstance(app.screen, AskScreen)
        await hit(app, pilot, "ctrl+s")
        assert isinstance(app.screen, AskScreen)
        await pilot.press(*str(folder))
        await hit(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, AskScreen)
        assert (folder / "workspace.md").is_file()


async def test_a_folder_that_is_gone_is_said_once_and_again_when_asked(two):
    anna, _ = two
    async with screen_of(anna) as (app, pilot):
        shutil.move(anna.folder, anna.folder.with_name("elsewhere"))
        told = []
        for _ in range(3):
            app._watch.focused()
            await calm(app, pilot)
            told += [each for each in said(app) if str(anna.folder) in each]
            app.clear_notifications()
        assert len(told) == 1
        await hit(app, pilot, "S")
        assert len([each for each in said(app) if str(anna.folder) in each]) == 1
        shutil.move(anna.folder.with_name("elsewhere"), anna.folder)


async def test_missing_files_and_copies_are_named_and_decided_on_the_screen(two):
    anna, _ = two
    async with screen_of(anna) as (app, pilot):
        app._watch._rest()
        mine = anna.file_of(anna.id)
        content = mine.read_bytes()
        mine.unlink()
        await hit(app, pilot, "S")
        assert anna.id in said(app)[-1]
        assert "put back / archive" in said(app)[-1]
        assert isinstance(app.screen, MenuScreen)
        await hit(app, pilot, "escape")
        assert not mine.exists()
        await hit(app, pilot, "S", "p")
        assert mine.read_bytes() == content
        mine.unlink()
        await hit(app, pilot, "S", "a")
        assert titles(app) == []
        await hit(app, pilot, "u")
        await hit(app, pilot, "S", "escape")
        assert len(titles(app)) == 1
        copy = mine.with_name("next talk.md")
        copy.write_text(content.decode().replace(HANH, "ถามอีกครั้ง"), encoding="utf-8")
        await hit(app, pilot, "S")
        assert "copies" in screen_text(app)
        await hit(app, pilot, "n")
        assert sorted(titles(app)) == sorted([f"“{HANH}”", "“ถามอีกครั้ง”"])
        assert not isinstance(app.screen, MenuScreen)


async def test_a_folder_at_a_new_place_with_older_files_is_asked_about_when_it_is_opened(two, tmp_path):
    anna, _ = two
    older = tmp_path / "older"
    shutil.copytree(anna.folder, older)
    anna.edit("note", anna.id, text="newer")
    anna.leave()
    async with screen_of(anna, older) as (app, pilot):
        assert isinstance(app.screen, MenuScreen)
        await hit(app, pilot, "w")
        assert "older than yours" in said(app)[-1]
        assert titles(app) == ["“newer”"]
        await hit(app, pilot, "g")
        assert titles(app) == [f"“{HANH}”"]
        await hit(app, pilot, "u")
        assert titles(app) == ["“newer”"]


async def test_quitting_gives_out_what_was_changed(two):
    anna, ben = two
    async with screen_of(anna) as (app, _):
        app._workspace.perform("note.edit", anna.id, {"text": "Кафе с лед"})
    assert ben.sync().changed == (anna.id,)


async def test_a_folder_that_is_gone_at_the_end_is_said_and_the_change_is_kept(two):
    anna, _ = two
    async with screen_of(anna, ends=False) as (app, _pilot):
        app._workspace.perform("note.edit", anna.id, {"text": "Кафе с лед"})
        shutil.move(anna.folder, anna.folder.with_name("elsewhere"))
    with pytest.raises(FieldgateError, match="shared"):
        app.finish()
    assert app._workspace is None
    assert app._room._thread._shutdown
    shutil.move(anna.folder.with_name("elsewhere"), anna.folder)
    assert anna.record("note", anna.id).text == "Кафе с лед"
    anna.leave()


def test_nobody_there_is_looked_for_rarely(two):
    app = FieldgateApp(locations=two[0].locations, clock=two[0].clock)
    watch = sharing.FolderWatch(app, app._keys, {})
    assert watch.pause == 2
    watch._took = 0.05
    assert watch.pause == 10
    watch._key_at -= 301
    assert watch.pause == 60
    app.finish()
