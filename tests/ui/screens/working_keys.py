"""Pressing keys of the desk and waiting until what they asked for is done and shown."""

from tests.ui.desks import press


def code_id(app, code):
    return app._workspace.store.find(code)[1]


def facts(app):
    return app._workspace.facts


async def calm(app, pilot):
    """Wait until every job that a key asked for is done and shown."""
    for _ in range(3):
        await pilot.pause()
        await app.workers.wait_for_complete()
    await pilot.pause()


async def hit(app, pilot, *keys):
    for key in keys:
        await press(app, pilot, key)
        await calm(app, pilot)
