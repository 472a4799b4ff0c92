"""Backups and the way out of a damaged store, on the screen of 80x24, by keys alone."""

import shutil
import sqlite3
from contextlib import closing

from tests.ui.desks import NARROW, app_on, locations_in, open_desk, sample_store, settle, until
from tests.ui.screens.working_keys import calm
from tests.ui.screentext import screen_text

from fieldgate.store.reader import Reader
from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.screens.menu import MenuScreen
from fieldgate.ui.screens.working import start_move
from fieldgate.workspace.demo import SAMPLE_DAY
from fieldgate.workspace.door import inspect, open_workspace


def own_store(folder):
    """A store of our own, where such stores lie."""
    locations = locations_in(folder)
    path = locations.store_path("c0dene2026samp01")
    path.parent.mkdir(parents=True)
    shutil.copy(sample_store(folder / "sample"), path)
    path.chmod(0o600)
    return path


def note(app, text):
    app._workspace.perform("note.create", None, {"text": text})


def texts(path):
    with Reader(path, SAMPLE_DAY) as reader:
        return {each.text for each in reader.records("note")}


def told(app):
    return "\n".join(each.message for each in app._notifications)


async def test_a_backup_is_made_and_restored_and_what_it_replaces_is_kept(tmp_path):
    path = own_store(tmp_path)
    async with open_desk(path, NARROW, folder=tmp_path) as (app, pilot):
        note(app, "before")
        start_move(app.screen, "backups")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        await pilot.press("b")
        await calm(app, pilot)
        note(app, "after")
        start_move(app.screen, "backups")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        await until(pilot, lambda: "asked for" in screen_text(app))
        await pilot.press("j", "enter")
        await until(pilot, lambda: "Restore it" in screen_text(app))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen) and "Restored" in told(app))
        assert {"before", "after"} & texts(path) == {"before"}
        await settle(app, pilot)
        assert any(each.reason == "replaced" for each in app._workspace.guard.backups.listed())
        note(app, "and on")
    assert "and on" in texts(path)


async def test_a_damaged_store_offers_the_way_out_before_anything_is_shown(tmp_path):
    path = own_store(tmp_path)
    locations = locations_in(tmp_path)
    opened = open_workspace(inspect(path, locations), locations, app_on(path, folder=tmp_path)._clock, "an")
    opened.perform("note.create", None, {"text": "backed up"})
    opened.guard.before("asked")
    opened.close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(400_000) + content[404_096:])
    app = app_on(path, folder=tmp_path)
    try:
        async with app.run_test(size=NARROW) as pilot:
            await until(pilot, lambda: isinstance(app.screen, MenuScreen) and "Repair" in screen_text(app))
            await pilot.press("r")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen))
            await until(pilot, lambda: "is kept" in told(app))
    finally:
        app.finish()
    assert "backed up" in texts(path)
    assert list((path.parent / "backups").glob("damaged-*"))


async def test_damage_that_the_first_screen_does_not_meet_is_found_behind_it(tmp_path):
    path = own_store(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("pragma ignore_check_constraints=on")
        raw.execute("update note set discarded = 7 where rowid = 1")
    async with open_desk(path, NARROW, folder=tmp_path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, MenuScreen) and "damaged" in screen_text(app))
        await pilot.press("escape")
        await calm(app, pilot)
        assert isinstance(app.screen, DeskScreen)
