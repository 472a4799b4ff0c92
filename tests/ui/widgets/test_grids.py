"""Widgets in rows and columns: the table of requests, the map of the journey, the line of tabs."""

import pytest
from rich.cells import cell_len
from tests.ui.screentext import SCRIPTS, screen_lines, screen_text
from textual.app import App, ComposeResult

from fieldgate.ui.widgets.journey_map import JourneyMap, MapCell, MapData
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.ui.widgets.tab_line import Tab, TabLine
from fieldgate.ui.widgets.table_list import Column, TableList, widths

PHASES = (("FO", "Find out"), ("BY", "Buy"))
FUNCTIONS = (("PM", "Product"), ("MKT", "Marketing"), ("SAL", "Sales"))
CELLS = {
    ("FO", "PM"): MapCell(gap=1, fixing=1, unasked=2, ready=3),
    ("BY", "PM"): MapCell(unasked=2, ready=3),
    ("FO", "MKT"): MapCell(ready=3),
}


class Grids(App[None]):
    def __init__(self, widget) -> None:
        super().__init__()
        self.widget = widget
        self.news: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        if self.widget.can_focus:
            self.widget.focus()

    def on_journey_map_chosen(self, event: JourneyMap.Chosen) -> None:
        self.news.append((event.phase, event.function))

    def on_tab_line_clicked(self, event: TabLine.Clicked) -> None:
        self.news.append(event.view)


def test_columns_share_what_is_left_by_weight_and_shrink_the_widest_first():
    columns = [Column(heading="a", least=3), Column(heading="b", least=10, weight=1), Column(heading="c", least=5)]
    assert widths(columns, 40) == [3, 30, 5]
    assert widths(columns, 15) == [3, 5, 5]
    assert sum(widths(columns, 3)) == 3


async def test_a_table_draws_headings_and_cells_in_every_script():
    table = TableList(lines=2, gap=1)
    table.set_columns([Column(heading="No", least=3), Column(heading="Problem", least=10, weight=1)])
    table.show(Listed([Row(name, (name, text)) for name, text in SCRIPTS.items()]))
    app = Grids(table)
    async with app.run_test(size=(40, 16)) as pilot:
        lines = screen_lines(app)
        assert {cell_len(line) for line in lines} == {40}
        assert "No  Problem" in lines[1]
        assert lines[2].startswith("┃▌en  How does")
        await pilot.press("end")
        assert f"▌{list(SCRIPTS)[-1]}" in screen_text(app)
        await pilot.click(TableList, offset=(4, 2))
        assert table.cursor == table._window.first


async def test_a_map_counts_shades_and_opens_the_cell_under_the_cursor():
    grid = JourneyMap()
    app = Grids(grid)
    async with app.run_test(size=(60, 12)) as pilot:
        assert grid.cursor == ("", "")
        grid.show(MapData(phases=PHASES, functions=FUNCTIONS, cells=CELLS))
        await pilot.pause()
        text = screen_text(app)
        assert "▌██ 2 / 2 / 3" in text
        assert "▒▒ 0 / 2 / 3" in text
        assert "░░ 0 / 0 / 3" in text
        assert "··" in text
        await pilot.press("l", "j", "j", "j", "enter")
        assert app.news == [("BY", "SAL")]
        grid.go_to("FO", "MKT")
        assert grid.cursor == ("FO", "MKT")


async def test_a_map_that_is_too_high_scrolls_with_its_cursor():
    grid = JourneyMap()
    app = Grids(grid)
    async with app.run_test(size=(60, 5)) as pilot:
        grid.show(MapData(phases=PHASES, functions=FUNCTIONS, cells=CELLS))
        await pilot.press("end")
        assert "Sales" in screen_text(app)


@pytest.mark.parametrize("width", [20, 40, 80])
async def test_tabs_write_out_the_shown_one_first_and_keep_all_keys(width):
    tabs = [Tab(name, str(number), f"{name} 12") for number, name in enumerate(("notes", "journey", "gate"), 1)]
    line = TabLine()
    app = Grids(line)
    async with app.run_test(size=(width, 3)) as pilot:
        line.show(tabs, "gate", "4 waiting")
        await pilot.pause()
        drawn = screen_lines(app)[0]
        assert "▌3 gate 12" in drawn
        assert all(str(number) in drawn for number in (1, 2, 3))
        await pilot.click(TabLine, offset=(1, 0))
        assert app.news == ["notes"]
