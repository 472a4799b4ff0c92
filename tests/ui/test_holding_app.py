"""Keys typed in one breath come to the same as keys typed one after the other, whatever screens they lead over."""

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from tests.ui.desks import NARROW, desk, open_desk, sample_store
from textual import events
from textual.keys import _character_to_key

from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.screens.form import AskScreen
from fieldgate.ui.screens.menu import MenuScreen
from fieldgate.ui.screens.triage import TriageScreen
from fieldgate.ui.widgets.field_form import FieldForm
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY

NAMED = frozenset({"enter", "escape", "tab", "space", "down", "up", "end", "home", "right", "left"})
WALKS: Sequence[str] = (
    *"12345678",
    *"jjkhlGMz[]",
    "enter",
    "escape",
    "tab",
    "tab j enter escape",
    "enter j enter escape escape",
)
"""Keys that go somewhere on the desk."""
VISITS: Sequence[str] = (
    "? j escape",
    "i j j escape",
    "I j escape",
    "> j escape",
    "> j enter",
    "' m j enter",
    "' t l j escape",
    "' v escape",
    ". j j escape",
    ". j enter escape",
    ". escape",
    ". e tab +x escape",
    ": +timeline enter j escape",
    ": +policy enter j escape",
    ": +sync enter . j escape escape",
    ": +sync enter . o +gate tab escape escape",
    ": +H3 enter",
    "/ +load enter j /",
    "/ +no enter escape",
    "P escape escape",
    "C escape",
    "t escape",
    "t enter j z G",
    "t enter k o +quick ctrl+s q escape",
    "t enter o +left escape q escape",
    "t j enter ? escape enter escape",
    "t 8 j z G",
    "t 2 j q escape",
    "F escape",
)
"""Over other screens and back, mostly."""
WORKS: Sequence[str] = (
    "2 o +they*said*so ctrl+s",
    "2 e end +,*again ctrl+s",
    "1 o +they*would*pay tab right ctrl+s j",
    "2 x",
    "2 x u",
    "u",
    "U",
    "3 L",
    "3 l H",
    "3 L +falls*short ctrl+s",
    "3 J K",
    "2 space space x enter",
    "8 o +call*back ctrl+s",
    ". x",
    "2 home . l j enter y 2",
    "C down enter +p:*it*is*slow enter +and*dear enter escape",
)
"""What changes something."""


def chain_of(seed: int, length: int = 4) -> list[str]:
    """Return random keys of a chain that leads over several screens."""
    pick = random.Random(seed)  # noqa: S311 - chains to type, no secrets
    steps = [pick.choice(pick.choice((WALKS, VISITS, VISITS, WORKS))) for _ in range(length)]
    return [key for step in steps for key in keys_of(step)]


def keys_of(step: str) -> Iterator[str]:
    for word in step.split():
        if word.startswith("+") and len(word) > 1:
            yield from word[1:].replace("*", " ")
        else:
            yield word


def event_of(key: str) -> events.Key:
    if key in NAMED or len(key) > 1:
        return events.Key(key, " " if key == "space" else None)
    return events.Key(_character_to_key(key), key)


def means_an_item(app, key: str) -> bool:
    """Whether a key would do something to an item of triage: typed ahead, those are dropped on purpose."""
    screen, name = app.screen, event_of(key).key
    return isinstance(screen, TriageScreen) and not screen.leaves(name) and not screen.is_safe(name)


async def rest(app, pilot) -> None:
    """Wait until nothing is under way."""
    calm = 0
    while calm < 2:
        await pilot.pause()
        await app.workers.wait_for_complete()
        there = isinstance(app.screen_stack[0], DeskScreen)
        busy = app.is_holding or app._is_settling or (there and app.screen_stack[0]._pause is not None)
        busy = busy or not getattr(app.screen, "hears", True) or not app.screen.is_mounted
        if busy:
            await pilot.pause(0.005)
        calm = 0 if busy else calm + 1


async def one_by_one(app, pilot, keys: Sequence[str]) -> int:
    """Type each key when the one before it is done; return after how many a key would decide in triage."""
    for number, key in enumerate(keys):
        if means_an_item(app, key):
            return number
        app._driver.send_message(event_of(key))
        await rest(app, pilot)
    return len(keys)


async def at_once(app, pilot, keys: Sequence[str]) -> None:
    for key in keys:
        app._driver.send_message(event_of(key))
    await rest(app, pilot)


def seen(app) -> dict[str, object]:
    """What is the same however quickly one types: screens, focus, place, what is typed, and the store."""
    focused = app.focused
    with closing(sqlite3.connect(app._workspace.store.path)) as store:
        codes = dict(store.execute("select id, code from search"))
    lists = [each for each in app.screen.query(RecordList) if each.is_mounted]
    told = {
        "screens": [type(each).__name__ for each in app.screen_stack],
        "focus": (type(focused).__name__, getattr(focused, "id", None)),
        "view": desk(app).view,
        "reading": desk(app).is_reading,
        "rows": [(each.id, codes.get(each.cursor_id, each.cursor_id), each.count) for each in lists],
        "typed": [each.typed for each in app.screen.query(FieldForm)],
        "line": getattr(focused, "value", ""),
        "form": app.screen.form.move_id if isinstance(app.screen, AskScreen) else "",
    }
    return told | stored(app)


def stored(app) -> dict[str, object]:
    """What was done and what is there: each act with its words, the fields it changed, and all texts."""
    with closing(sqlite3.connect(app._workspace.store.path)) as store:
        changed = [
            (table, sorted(json.loads(after or "{}")))
            for table, after in store.execute('select "table", "after" from event order by seq')
        ]
        return {
            "acts": store.execute("select action, words from act order by txn").fetchall(),
            "changed": changed,
            "texts": sorted(store.execute("select kind, code, folded from search")),
        }


class Ticking(Clock):
    """The day of the sample, at which no moment comes twice: else rows stand in the order of ids made by chance."""

    ticks = count()

    def now(self) -> datetime:
        return super().now() + timedelta(milliseconds=next(self.ticks))


@asynccontextmanager
async def two_desks(folder: Path):
    slow, quick = (sample_store(folder / name) for name in ("slow", "quick"))
    clock = Ticking(SAMPLE_DAY)
    async with open_desk(slow, NARROW, clock=clock) as one, open_desk(quick, NARROW, clock=clock) as other:
        yield one, other


async def compare(folder: Path, seeds: Iterable[int]) -> list[str]:
    """Type chains both ways, one after the other; return those that came to something else."""
    differing = []
    async with two_desks(folder) as ((slow, slow_pilot), (quick, quick_pilot)):
        for seed in seeds:
            keys = chain_of(seed)
            keys = keys[: await one_by_one(slow, slow_pilot, keys)]
            await at_once(quick, quick_pilot, keys)
            wanted, came = seen(slow), seen(quick)
            if wanted != came:
                names = {name: (wanted[name], came[name]) for name in wanted if wanted[name] != came[name]}
                differing.append(f"{seed}: {' '.join(keys)}: {names}")
                break
    return differing


async def test_keys_typed_before_the_rules_have_run_wait_for_what_they_say(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW, settled=False) as (app, pilot):
        await at_once(app, pilot, ["G", "j", "j", "enter"])
        assert isinstance(app.screen, MenuScreen), "the third criterion offers what would fix it"


async def test_keys_typed_behind_a_new_workspace_wait_until_it_is_open(tmp_path):
    path = tmp_path / "new" / "ours.fieldgate"
    path.parent.mkdir()
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        fields = (str(path), "Ours", "To see", "an")
        typed = [key for text in fields for key in (*text, "tab")]
        await at_once(app, pilot, [":", *"start a new", "enter", *typed, "ctrl+s", "5", "o"])
        await rest(app, pilot)
        assert app._target.path == path
        assert desk(app).view == "customers"
        assert app.screen.form.move_id == "customer.create"


async def test_a_chain_typed_in_one_breath_comes_to_the_same_as_key_by_key(tmp_path):
    assert await compare(tmp_path, (4, 6, 8)) == []
