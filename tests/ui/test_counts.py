"""What a start and a key may cost, counted and not timed: modules, widgets, statements, rows, bytes."""

import sys
from pathlib import Path

import pytest
from tests.ui.desks import DAY, WIDE, locations_in, settle
from tests.ui.terminal import Terminal

from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.workspace.demo import make_demo
from fieldgate.workspace.door import inspect

START = """
import sys
from fieldgate.ui import fieldgate_app
from fieldgate.cli.entry import run

def on_ready(self):
    with open(sys.argv[1], "w") as file:
        file.write("\\n".join(sys.modules))
        file.write("\\nWIDGETS %d" % len(list(self.screen.walk_children())))
    self.exit()

fieldgate_app.FieldgateApp.on_ready = on_ready
run(sys.argv[2:])
"""
LATE = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "markdown_it",
    "pygments",
    "yaml",
    "click",
    "rapidfuzz",
    "hashlib",
    "gettext",
)
LATE_OF_OURS = ("domain.kinds", "domain.records", "domain.playbook", "domain.policy", "domain.snapshot", "yamltext")


@pytest.fixture
def sample(tmp_path) -> Path:
    return make_demo(locations_in(tmp_path), DAY)


def test_the_first_frame_loads_no_database_library_no_yaml_no_rules_and_few_widgets(sample, tmp_path):
    told = tmp_path / "told"
    words = ("-c", START, str(told), str(sample), "--today", "2026-03-16")
    with Terminal(*words, size=WIDE) as terminal:
        terminal.end()
    *modules, widgets = told.read_text().splitlines()
    late = {*LATE, *(f"fieldgate.{name}" for name in LATE_OF_OURS)}
    assert {name for name in modules if name in late or name.partition(".")[0] in LATE} == set()
    assert len([name for name in modules if name.startswith("fieldgate")]) <= 78
    # What the standard library loads differs from Python to Python.
    assert len([name for name in modules if name.partition(".")[0] not in sys.stdlib_module_names]) <= 284
    assert len(modules) <= 474
    assert int(widgets.split()[1]) <= 16


async def statements_of(app: FieldgateApp, pilot, *keys: str) -> list[str]:
    """Return the statements that the screen's reader runs while keys are pressed."""
    seen: list[str] = []
    database = app.screen.state.reader._db
    database.set_trace_callback(seen.append)
    for key in keys:
        await pilot.press(key)
    await pilot.pause(0.2)
    database.set_trace_callback(None)
    return seen


async def test_a_cursor_move_reads_nothing_but_the_record_that_it_rests_on(sample, tmp_path):
    locations = locations_in(tmp_path)
    app = FieldgateApp(locations=locations, clock=DAY, target=inspect(sample, locations))
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await pilot.press("1")
        await pilot.pause(0.3)
        held = await statements_of(app, pilot, "j", "j", "j", "k", "k")
    assert not [each for each in held if "OFFSET" in each or "count(*)" in each]
    assert len(held) <= 7 * 5
    assert held, "the detail follows the cursor"


def test_a_key_in_a_list_writes_a_few_lines_and_never_the_whole_screen(sample):
    with Terminal("-m", "fieldgate", str(sample), "--today", "2026-03-16", size=WIDE) as terminal:
        terminal.until("all keys")
        terminal.settle()
        terminal.send("2")
        terminal.settle()
        # The least of some presses: what the rules say when they have run may be drawn beside one of them.
        written = {"j": [], "\t": []}
        for key in ("j", "j", "j", "\t", "\t", "\t"):
            start = len(terminal.output)
            terminal.send(key)
            terminal.settle()
            written[key].append(len(terminal.output) - start)
        moved, changed = min(written["j"]), min(written["\t"])
        terminal.send("\x11")
        assert terminal.end() == 0
    assert moved < 6_000
    assert changed < 14_000
