from rich.cells import cell_len
from tests.ui.screentext import CONTROLS, FORBIDDEN, MARKUP, SCRIPTS, screen_text
from textual.app import App, ComposeResult

from fieldgate.ui.widgets.page_view import PageView, rows_of
from fieldgate.ui.widgets.spans import BLANK, Line, label, line, link, quote, strong


def text_of(rows) -> list[str]:
    return ["".join(piece[0] for piece in row) for row in rows]


class Reading(App[None]):
    def __init__(self, lines) -> None:
        super().__init__()
        self.lines = lines
        self.followed: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield PageView()

    def on_mount(self) -> None:
        page = self.query_one(PageView)
        page.read("H1", self.lines)
        page.focus()

    def on_page_view_followed(self, event: PageView.Followed) -> None:
        self.followed.append((event.kind, event.id))


def test_a_line_wraps_and_what_follows_is_set_in():
    rows = text_of(rows_of([line(label("Due         "), "one two three four five six", indent=12)], 24))
    assert rows == ["Due         one two", "            three four", "            five six"]


def test_the_stems_of_a_tree_go_on_where_a_line_wraps():
    rows = text_of(rows_of([line("├─ ", link("H2 客戶付錢 客戶付錢", "x", "y"), " ok", follow="│  │  ")], 16))
    assert rows == ["├─ H2 客戶付", "│  │  錢 客戶付", "│  │  錢 ok"]


def test_line_breaks_of_the_text_are_kept():
    assert text_of(rows_of([line("a\nb\n\nc")], 20)) == ["a", "b", "", "c"]


def test_a_word_that_does_not_fit_the_rest_of_a_row_goes_to_the_next():
    rows = text_of(rows_of([line(strong("1234567890 "), "abcdefgh ijk")], 16))
    assert rows == ["1234567890 ", "abcdefgh ijk"]


def test_no_row_is_wider_than_the_page_in_any_script():
    for text in (*SCRIPTS.values(), *MARKUP.values(), *CONTROLS.values(), "x" * 300):
        spans = line(label("Who  "), text, quote(text * 3), link(text, "note", "1"), indent=5)
        for width in (7, 20, 60):
            for row in text_of(rows_of([spans], width)):
                assert cell_len(row) <= width
                assert not set(row) & set(FORBIDDEN)


def test_a_megabyte_is_wrapped_only_as_far_as_it_is_read():
    rows = rows_of([Line((strong("word " * 200_000),))], 80)
    assert cell_len("".join(piece[0] for piece in next(rows))) <= 80


async def test_down_walks_the_links_and_enter_follows():
    lines = [line("one ", link("H1", "hypothesis", "h1"), " and ", link("N2", "note", "n2")), BLANK, line("end")]
    app = Reading(lines)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("enter")
        assert app.followed == []
        await pilot.press("j", "enter", "j", "enter", "k", "enter")
        assert app.followed == [("hypothesis", "h1"), ("note", "n2"), ("hypothesis", "h1")]
        assert "▌one H1 and N2" in screen_text(app)


async def test_down_scrolls_where_no_link_is_in_sight():
    lines = [*(line(f"row {number}") for number in range(40)), line(link("last", "note", "n"))]
    app = Reading(lines)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("j", "j")
        text = screen_text(app)
        assert "row 1\n" not in text.replace("┃", "").replace(" \n", "\n")
        await pilot.press("end", "j", "enter")
        assert app.followed == [("note", "n")]
        await pilot.press("home")
        assert "row 0" in screen_text(app)


async def test_a_click_follows_a_link():
    app = Reading([line("see ", link("H1", "hypothesis", "h1"))])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(PageView, offset=(7, 1))
        assert app.followed == [("hypothesis", "h1")]
