"""The desk under test: the real app on a real store, made of the sample or of records that a test gives."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.ui.screentext import screen_text
from textual.pilot import Pilot

from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.record import Record
from fieldgate.locations import Locations
from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY, make_demo
from fieldgate.workspace.door import inspect
from fieldgate.workspace.judging import judge
from fieldgate.workspace.playbook_files import shipped_playbook
from fieldgate.workspace.summary import figures

WIDE, MIDDLE, NARROW = (140, 40), (100, 30), (80, 24)
SIZES = (NARROW, MIDDLE, WIDE)
DAY = Clock(SAMPLE_DAY)
PATIENCE = 200


def locations_in(folder: Path) -> Locations:
    return Locations(data=folder / "data", config=folder / "config", cache=folder / "cache")


@cache
def _sample() -> Path:
    """The sample's store, made once for all tests."""
    return make_demo(locations_in(Path(mkdtemp(prefix="fieldgate-tests-"))), DAY)


def sample_store(folder: Path) -> Path:
    """Return a copy of the sample's store."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(_sample(), folder / "store.fieldgate"))


def store_of(folder: Path, records: Iterable[Record], day: date = SAMPLE_DAY) -> Path:
    """Return a store of these records."""
    from fieldgate.store.store import Store

    path = folder / "records.fieldgate"
    now = Clock(day).now()
    playbook = _playbook()
    with Store.create(path, records, by="an", now=now, writer="test1") as store:
        store.keep_figures(store.load_facts(), lambda facts: figures(judge(facts, playbook, day)), day=day)
    return path


@cache
def _playbook() -> Playbook:
    return shipped_playbook(Locations.find().playbooks())


def app_on(path: Path, *, folder: Path | None = None, clock: Clock = DAY, **options) -> FieldgateApp:
    """Return the app on a store."""
    locations = locations_in(folder or path.parent)
    target = inspect(path, locations)
    return FieldgateApp(locations=locations, clock=clock, author="an", target=target, **options)


@asynccontextmanager
async def open_desk(
    path: Path, size: tuple[int, int] = WIDE, *, settled: bool = True, **options
) -> AsyncIterator[tuple[FieldgateApp, Pilot[int]]]:
    """Run the app; settled: with the workspace open and the rules run."""
    app = app_on(path, **options)
    try:
        async with app.run_test(size=size) as pilot:
            if settled:
                await settle(app, pilot)
            yield app, pilot
    finally:
        app.finish()


async def settle(app: FieldgateApp, pilot: Pilot[int]) -> None:
    """Open the workspace now and wait for its State."""
    app._load()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot: Pilot[int], holds: Callable[[], object], patience: float = 10.0) -> None:
    """Wait until something holds, so many seconds at most on a quiet machine."""
    for _ in range(int(patience / 0.05)):
        if holds():
            return
        await pilot.pause(0.05)
    raise AssertionError([each.message for each in pilot.app._notifications], screen_text(pilot.app))


async def until_shown(pilot: Pilot[int], words: str) -> None:
    """Wait until the screen says it."""
    await until(pilot, lambda: words in screen_text(pilot.app))


def desk(app: FieldgateApp) -> DeskScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, DeskScreen)
    return screen


async def press(app: FieldgateApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys and wait until all were heard and the detail has caught up with the cursor."""
    await pilot.press(*keys)
    await pilot.pause()
    for _ in range(PATIENCE):
        if not app.is_holding:
            break
        await pilot.pause(0.01)
    await pilot.pause()
    screen = app.screen_stack[0]
    if isinstance(screen, DeskScreen) and screen._pause is not None:
        await pilot.pause(0.1)
