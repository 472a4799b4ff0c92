"""Text pictures of every view, in four scripts. `PICTURES=write pytest tests/ui/screens/test_pictures.py` draws them anew."""

import os
from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.builders import DAY
from tests.ui.desks import MIDDLE, NARROW, WIDE, open_desk, press, store_of
from tests.ui.screentext import screen_lines
from tests.ui.scripts import records

from fieldgate.ui.screens.views import PANES
from fieldgate.workspace.clock import Clock

PICTURES = Path(__file__).parents[1] / "pictures"
DETAILS = (("1", "j"), ("2", "j"), ("6", "j"))
"""Details that are pictured: view and the way to the record."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("scripts"), records(), DAY)


def compare(app, name: str) -> None:
    lines = screen_lines(app)
    assert {cell_len(line) for line in lines} == {app.size.width}
    drawn = "\n".join(line.rstrip() for line in lines) + "\n"
    path = PICTURES / f"{name}.txt"
    if os.environ.get("PICTURES") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [NARROW, MIDDLE, WIDE], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_view_looks_as_pictured(store, size):
    async with open_desk(store, size, clock=Clock(DAY)) as (app, pilot):
        for spec in PANES:
            await press(app, pilot, str(spec.number))
            compare(app, f"{size[0]}-{spec.name}")
        await press(app, pilot, "3", "M")
        compare(app, f"{size[0]}-map")
        if size == MIDDLE:
            return
        for view, *way in DETAILS:
            await press(app, pilot, view, *way, "enter")
            name = next(spec.name for spec in PANES if str(spec.number) == view)
            compare(app, f"{size[0]}-{name}-read")
