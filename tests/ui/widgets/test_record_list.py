from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from tests.ui.screentext import CONTROLS, FORBIDDEN, MARKUP, SCRIPTS, screen_lines, screen_text
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import PAGE, PAGES, Listed, Pages, Row, lay_out

HOSTILE = {**MARKUP, **CONTROLS, **SCRIPTS}
SIZES = [(80, 24), (140, 40)]


def rows(count: int, prefix: str = "R") -> list[Row]:
    return [Row(f"{prefix}{n}", (f"{prefix}{n} title", f"facts of {prefix}{n}")) for n in range(count)]


class Counting:
    """A long source that counts what is asked of it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[int] = []

    def page(self, start: int, limit: int) -> Sequence[Row]:
        self.asked.append(start)
        return rows_between(start, min(start + limit, self.count))

    def position(self, id: str) -> int | None:  # noqa: A002 - the name in the protocol
        number = int(id[1:])
        return number if number < self.count else None


def rows_between(start: int, end: int) -> list[Row]:
    return [Row(f"N{n}", (f"N{n} title", "facts")) for n in range(start, end)]


class Desk(App[None]):
    """Two lists side by side."""

    def __init__(self, source, **options) -> None:
        super().__init__()
        self.left = RecordList(source, title="3 To ask 14", id="left", **options)
        self.right = RecordList(Listed(rows(3, "S")), title="Gap 3", id="right", empty=Content("press o"))
        self.news: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.left
            yield self.right

    def on_mount(self) -> None:
        self.left.focus()

    def _take(self, message) -> None:
        self.news.append((type(message).__name__, message.id))

    on_moved = on_chosen = on_marked = on_dropped = _take


def told(app: Desk, kind: str) -> list[str]:
    return [record_id for name, record_id in app.news if name == kind]


@pytest.mark.parametrize("size", SIZES)
async def test_rows_of_any_text_keep_the_frame_straight(size):
    source = Listed([Row(name, (text, text, text), glyph="●") for name, text in HOSTILE.items()])
    app = Desk(source)
    half = size[0] // 2
    seen: set[str] = set()
    async with app.run_test(size=size) as pilot:
        while app.left.cursor < source.count - 1:
            lines = screen_lines(app)
            seen.add(app.left.cursor_id)
            assert not set(FORBIDDEN) & set("\n".join(lines))
            assert all(cell_len(line) == size[0] for line in lines)
            for line in lines[1:-1]:
                assert line[0] == "┃"
                assert line.endswith("│")
                seam = next(place for place in range(len(line)) if cell_len(line[:place]) == half)
                assert line[seam] == "│"
            await pilot.press("pagedown")
    assert len(seen) > 3


async def test_a_row_shows_title_facts_state_and_cursor_without_colour():
    source = Listed([Row("T1", ("How does a first contact start?", "Find out · PM"), glyph="?"), *rows(2)])
    app = Desk(source)
    async with app.run_test(size=(50, 14)):
        lines = screen_text(app).splitlines()
    assert lines[0].startswith("┏━ 3 To ask 14 ━")
    assert lines[1].startswith("┃▌? How does a first")
    assert lines[2].startswith("┃▌contact start?")
    assert lines[3].startswith("┃▌Find out · PM")
    assert lines[4].startswith("┃ ")
    assert lines[5].startswith("┃ R0 title")


async def test_the_list_at_rest_is_drawn_otherwise():
    app = Desk(Listed(rows(3)))
    async with app.run_test(size=(60, 14)) as pilot:
        app.right.focus()
        await pilot.pause()
        first, second = screen_text(app).splitlines()[:2]
    assert first.startswith("╭─ 3 To ask 14 ─")
    assert "┏━ Gap 3 ━" in first
    assert second.startswith("│▏R0 title")


async def test_keys_move_the_cursor_and_tell_it():
    app = Desk(Listed(rows(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "down", "k", "end", "up", "home", "pagedown", "pageup", "j")
        assert app.left.cursor_id == "R1"
        assert screen_text(app).count("▌") == 3
    moved = told(app, "Moved")
    assert moved[0] == "S0" or "R0" in moved[:2]
    assert moved[-1] == "R1"
    assert "R49" in moved
    assert "R48" in moved


async def test_the_window_follows_the_cursor_to_both_ends():
    app = Desk(Listed(rows(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        assert "R49 title" in screen_text(app)
        assert "R43 title" not in screen_text(app)
        await pilot.press("home")
        assert "R0 title" in screen_text(app)
        assert app.left.place == ("R0", 0)


async def test_enter_chooses_and_space_marks_and_goes_on():
    app = Desk(Listed(rows(5)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "space", "space", "k", "space")
        assert told(app, "Chosen") == ["R0"]
        assert told(app, "Marked") == ["R0", "R1", "R1"]
        assert app.left.marks == {"R0"}
        assert "* R0 title" in screen_text(app)
        app.left.clear_marks()
        await pilot.pause()
        assert "*" not in screen_text(app)


async def test_space_goes_on_to_others_where_rows_are_not_marked():
    app = Desk(Listed(rows(5)), markable=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        assert app.left.marks == frozenset()
        assert app.left.cursor_id == "R0"


async def test_the_cursor_stays_on_its_record_when_the_rows_change():
    app = Desk(Listed(rows(20)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "j")
        app.left.show(Listed([*rows(2, "new"), *rows(20)]))
        await pilot.pause()
        assert app.left.cursor_id == "R3"
        assert app.left.cursor == 5
        app.left.show(Listed(rows(3, "other")))
        await pilot.pause()
        assert app.left.cursor_id == "other2"
        app.left.show(Listed(rows(20)), keep="R12")
        await pilot.pause()
        assert app.left.cursor_id == "R12"
        assert "R12 title" in screen_text(app)
    assert told(app, "Moved")[-3:] == ["R3", "other2", "R12"]


async def test_a_place_is_come_back_to():
    app = Desk(Listed(rows(40)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "pagedown", "k")
        place = app.left.place
        shown = screen_text(app)
        app.left.show(Listed(rows(40, "x")))
        record_id, first = place
        app.left.show(Listed(rows(40)), keep=record_id, first=first)
        await pilot.pause()
        assert app.left.place == place
        assert screen_text(app) == shown


async def test_an_empty_list_says_what_fills_it_and_its_keys_do_no_harm():
    app = Desk(Listed(), empty=Content("Nothing to ask yet. [o] writes the first question."))
    async with app.run_test(size=(60, 14)) as pilot:
        await pilot.press("j", "k", "end", "home", "pagedown", "enter", "space")
        assert "Nothing to ask yet. [o]" in screen_text(app)
        assert app.left.cursor_id == ""
        app.left.set_empty(Content("Nothing matches."))
        await pilot.pause()
        assert "Nothing matches." in screen_text(app)
    assert not told(app, "Chosen")
    assert not told(app, "Marked")


async def test_a_list_that_empties_tells_that_nothing_is_under_the_cursor():
    app = Desk(Listed(rows(3)))
    async with app.run_test(size=(60, 14)) as pilot:
        app.left.show(Listed())
        await pilot.pause()
    assert told(app, "Moved")[-1] == ""


async def test_a_long_list_is_read_a_page_at_a_time():
    source = Counting(100_000)
    app = Desk(source)
    async with app.run_test(size=(80, 24)) as pilot:
        assert source.asked == [0]
        await pilot.press("j", "j", "k", "j")
        assert source.asked == [0]
        await pilot.press("end")
        assert len(source.asked) == 2
        assert "N99999 title" in screen_text(app)
        await pilot.press("home")
        assert len(source.asked) == 2


async def test_a_cursor_move_draws_two_rows():
    app = Desk(Listed(rows(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        drawn: list[int] = []
        line = app.left.render_line
        app.left.render_line = lambda y: (drawn.append(y), line(y))[1]
        await pilot.press("j")
        assert sorted(set(drawn)) == [1, 2, 3, 5, 6, 7]


async def test_a_click_selects_and_a_double_click_opens():
    app = Desk(Listed(rows(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#left", offset=(5, 6))
        assert app.left.cursor_id == "R1"
        await pilot.click("#left", offset=(5, 10), times=2)
        assert told(app, "Chosen") == ["R2"]
        await pilot.click("#right", offset=(5, 20))
        assert app.right.cursor_id == "S0"
        assert app.focused is app.right


async def test_the_wheel_scrolls_and_leaves_the_cursor_on_its_record():
    app = Desk(Listed(rows(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        from textual.events import MouseScrollDown, MouseScrollUp

        for kind in (MouseScrollDown, MouseScrollDown, MouseScrollUp):
            app.left.post_message(kind(app.left, 5, 5, 0, 0, 0, False, False, False))
            await pilot.pause()
        assert app.left.cursor_id == "R0"
        assert app.left.place == ("R0", 1)
        assert "R0 title" not in screen_text(app)
        await pilot.press("j")
        assert "R1 title" in screen_text(app)


async def test_a_dragged_row_tells_where_it_was_let_go():
    app = Desk(Listed(rows(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.mouse_down("#left", offset=(5, 6))
        await pilot.mouse_up("#right", offset=(5, 6))
        assert told(app, "Dropped") == ["R1"]
        await pilot.click("#left", offset=(5, 6))
        assert told(app, "Dropped") == ["R1"]


async def test_a_resize_keeps_the_cursor_in_sight():
    app = Desk(Listed(rows(50)))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("pagedown")
        cursor = app.left.cursor_id
        await pilot.resize_terminal(80, 12)
        await pilot.pause()
        assert f"{cursor} title" in screen_text(app)
        await pilot.resize_terminal(3, 2)
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(80, 40)
        await pilot.pause()
        assert f"{cursor} title" in screen_text(app)


async def test_the_frame_shows_how_far_a_long_list_is_scrolled():
    app = Desk(Listed(rows(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        top = [line[39] for line in screen_lines(app)[1:-1]]
        await pilot.press("end")
        bottom = [line[39] for line in screen_lines(app)[1:-1]]
    assert top[0] == "█"
    assert bottom[-1] == "█"
    assert top[-1] == bottom[0] == "┃"


async def test_titles_change_in_place():
    app = Desk(Listed(rows(5)))
    async with app.run_test(size=(60, 14)) as pilot:
        app.left.set_title("[red]Gap[/] \x1b[2J 客戶", "3 of 9")
        await pilot.pause()
        lines = screen_lines(app)
    assert "━ [red]Gap[/] \ufffd[2J 客戶 ━" in lines[0]
    assert "━ 3 of 9 ━" in lines[-1]


async def test_one_line_rows_without_frame_serve_as_table():
    app = Desk(Listed([Row(f"T{n}", (f"T{n} title",)) for n in range(9)]), lines=1, gap=0, framed=False)
    async with app.run_test(size=(60, 6)) as pilot:
        await pilot.press("j")
        lines = screen_text(app).splitlines()
    assert lines[0].startswith(" T0 title")
    assert lines[1].startswith("▌T1 title")


async def test_styles_follow_a_change_of_theme():
    app = Desk(Listed(rows(5)))
    async with app.run_test(size=(60, 14)) as pilot:
        before = app.left.look("record-list--cursor")
        app.theme = "textual-light"
        await pilot.pause()
        assert app.left.look("record-list--cursor") != before


def test_pages_are_kept_within_bounds_and_the_oldest_goes_first():
    source = Counting(PAGE * 50)
    pages = Pages(source)
    for page in range(PAGES + 1):
        pages.row(page * PAGE)
    pages.row(PAGES * PAGE)
    pages.row(0)
    assert source.asked == [*(page * PAGE for page in range(PAGES + 1)), 0]


def test_a_row_that_is_gone_by_now_is_none():
    class Shrunk(Counting):
        def page(self, start: int, limit: int) -> Sequence[Row]:
            return []

    assert Pages(Shrunk(5)).row(3) is None
    assert Pages(Shrunk(5)).row(-1) is None
    assert Pages(Shrunk(5)).row(5) is None


def test_a_title_too_long_for_its_lines_ends_in_an_ellipsis():
    laid = lay_out(Row("T", ("How does a first contact with us start at all?", "facts")), 16, 3)
    assert laid.lines == ("How does a first", "contact with us…", "facts           ")
    assert laid.looks == ("title", "title", "facts")


def test_a_row_of_three_lines_gives_its_title_one():
    laid = lay_out(Row("T", ("a title that is long", "second", "third", "lost")), 10, 3)
    assert laid.lines == ("a title t…", "second    ", "third     ")


def test_strong_and_dim_rows_are_drawn_so():
    assert lay_out(Row("T", ("a", "b"), strong=True), 4, 2).looks == ("strong", "facts")
    assert lay_out(Row("T", ("a", "b"), strong=True, dim=True), 4, 2).looks == ("dim", "dim")


def test_a_row_without_text_is_blank():
    assert lay_out(Row("T", ()), 4, 2).lines == ("    ", "    ")
