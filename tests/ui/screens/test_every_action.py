"""Every action of the desk by its key and by the palette: both do the same, and both do something."""

import pytest
from tests.ui.desks import NARROW, desk, open_desk, sample_store
from tests.ui.screens.working_keys import code_id, facts
from textual.widgets import Input

from fieldgate.ui.keys import KEYS, Context
from fieldgate.ui.screens import palette
from fieldgate.ui.screens.verbs import HOUSEKEEPING
from fieldgate.words import t

PLACES = {
    "board": ("3", "FO-MKT-01"),
    "record.escalate": ("3", "FO-MKT-01"),
    "record.park": ("7", "R5"),
    "record.to_sync": ("7", "R5"),
    "record.chase": ("1", "H5"),
    "list.back": ("5", "C4"),
    "gate.why": ("5", "C4"),
    "view.notes": ("1", "H5"),
}
"""Where an action is tried: by its id, else by its area; the notes where neither is here."""


def wanted():
    return [key for key in KEYS if Context.DESK in key.contexts and key.id not in {"app.quit"} | palette.LEFT_OUT]


async def go(app, pilot, name):
    """Put the desk where an action is tried."""
    view, code = PLACES.get(name) or PLACES.get(name.partition(".")[0]) or ("2", "N74")
    await pilot.press(view)
    pane = desk(app)._pane(desk(app).view)
    assert pane.go_to(code_id(app, code))
    pane.heart.focus()
    desk(app)._pane("journey")._filter("")
    await pilot.pause()
    opened = app._workspace
    if name in {"app.undo", "app.redo"}:
        opened.perform("customer.archive", code_id(app, "C1"))
        desk(app).state = opened.state() if name == "app.undo" else opened.undo()
    app.clear_notifications()


def seen(app):
    """What can be seen of what an action did."""
    screen, here = app.screen, desk(app)
    parts = [type(screen).__name__, here.view, here.at_hand, here.is_reading, here.maximized is not None, app.theme]
    pane = here._pane("journey")
    parts += [pane.phase, pane.is_map, type(here.focused).__name__, sorted(here._pane("notes").marks), app.clipboard]
    parts += [sorted(str(each.message) for each in app._notifications), sorted(_rows(app))]
    return parts


def _rows(app):
    """Records that count, as they stand."""
    found = facts(app)
    for kind in ("note", "touchpoint", "requirement", "customer", "evidence"):
        for each in found.tables[kind].values():
            if each.live:
                yield each.id, str(getattr(each, "state", "")), str(getattr(each, "rank", ""))


async def leave(app, pilot):
    """Take back what an action did."""
    while app.screen is not desk(app):
        await pilot.press("escape")
        await rest(app, pilot)
    if isinstance(desk(app).focused, Input):
        await pilot.press("escape")
    opened = app._workspace
    while sorted(_rows(app)) != app.first_rows:
        desk(app).state = opened.undo()
    desk(app)._minimize()
    desk(app)._pane("notes").clear_marks()
    if desk(app)._pane("journey").is_map:
        desk(app)._pane("journey").action_map()
    app.copy_to_clipboard("")
    await pilot.pause()


async def rest(app, pilot):
    """Wait for what was asked for."""
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.fixture
def own_editor(monkeypatch):
    monkeypatch.setenv("EDITOR", "'unbalanced")
    monkeypatch.delenv("VISUAL", raising=False)


PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_action_does_the_same_by_its_key_and_by_the_palette(tmp_path, own_editor, part):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        app.first_rows = sorted(_rows(app))
        await pilot.press("colon")
        listed = {row.id: row.lines[0] for row in app.screen._rows}
        await pilot.press("escape")
        for key in wanted()[part::PARTS]:
            assert listed[f"key {key.id}"].split()[0] == desk(app).keymap.label(key.id)
            found = []
            for act in (_press, _choose):
                await go(app, pilot, key.id)
                idle = seen(app)
                await act(app, pilot, key)
                await rest(app, pilot)
                await rest(app, pilot)
                found.append(seen(app))
                await leave(app, pilot)
            assert found[0] == found[1], key.id
            assert found[0] != idle, key.id


async def test_every_act_of_the_palette_alone_does_something(tmp_path, own_editor):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        app.first_rows = sorted(_rows(app))
        await pilot.press("colon")
        listed = {row.id: row.lines[0] for row in app.screen._rows}
        await pilot.press("escape")
        for name, words in HOUSEKEEPING:
            assert t(words) in listed[f"move {name}"]
            if name == "tour":  # opens another workspace; tested by the tour
                continue
            await go(app, pilot, "")
            idle = seen(app)
            palette._run(desk(app), f"move {name}")
            await rest(app, pilot)
            await rest(app, pilot)
            assert seen(app) != idle, name
            await leave(app, pilot)


async def _press(app, pilot, key):
    await pilot.press(desk(app).keymap.keys(key.id)[0])


async def _choose(app, pilot, key):
    """Choose the row of the palette, without opening it each time."""
    palette._run(desk(app), f"key {key.id}")
    await pilot.pause()
