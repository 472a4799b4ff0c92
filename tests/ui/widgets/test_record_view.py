import pytest
from rich.cells import cell_len
from tests.ui.screentext import CONTROLS, FORBIDDEN, MARKUP, SCRIPTS, screen_lines, screen_text
from textual.app import App, ComposeResult
from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp

from fieldgate.ui.widgets.parts import Field, Heading, Link, Text, lay_out_parts
from fieldgate.ui.widgets.record_view import RecordView

HOSTILE = {**MARKUP, **CONTROLS, **SCRIPTS}
NOTE = Link("note", "n31", "N31 Kiri T.")
BELIEF = Link("hypothesis", "h4", "H4 Finance signs off")
PARTS = [
    Heading("BY-LEG-03"),
    Field("Ask", "✓ Who may grant one?   ✗ How long may it take?"),
    Field("Owner", "none"),
    Field("Heard", "21 Nov “I waited a week for one line in the contract.”", NOTE),
    Heading("Speaks for"),
    BELIEF,
    Text("first line\n\nthird line"),
]


class Reader(App[None]):
    """One record."""

    def __init__(self, parts, **options) -> None:
        super().__init__()
        self.view = RecordView(parts, title="Detail", **options)
        self.opened: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.view.focus()

    def on_record_view_opened(self, message: RecordView.Opened) -> None:
        self.opened.append((message.kind, message.id))


def inside(app: Reader) -> list[str]:
    return [line[1:-1].rstrip() for line in screen_lines(app)[1:-1]]


async def test_fields_stand_in_a_column_and_wrap_beside_their_labels():
    app = Reader(PARTS)
    async with app.run_test(size=(40, 16)):
        lines = inside(app)
    assert lines[:9] == [
        " BY-LEG-03",
        " Ask    ✓ Who may grant one?   ✗ How",
        "        long may it take?",
        " Owner  none",
        " Heard  21 Nov “I waited a week for",
        "        one line in the contract.”",
        "",
        " Speaks for",
        " H4 Finance signs off",
    ]


async def test_down_walks_the_links_and_enter_follows_them():
    app = Reader(PARTS)
    async with app.run_test(size=(40, 16)) as pilot:
        await pilot.press("enter", "j")
        assert app.view.link == NOTE
        assert inside(app)[4].startswith("▌Heard")
        assert inside(app)[5].startswith("▌")
        await pilot.press("enter", "down", "enter", "k", "enter")
    assert app.opened == [("note", "n31"), ("hypothesis", "h4"), ("note", "n31")]


async def test_down_scrolls_where_no_link_is_in_sight():
    app = Reader([Text("\n".join(f"line {n}" for n in range(50))), BELIEF])
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("j", "j")
        assert inside(app)[0] == " line 2"
        await pilot.press("k")
        assert inside(app)[0] == " line 1"
        await pilot.press("pagedown")
        assert inside(app)[0] == " line 10"
        await pilot.press("end")
        assert inside(app)[-1] == " H4 Finance signs off"
        await pilot.press("j", "enter")
        assert app.opened == [("hypothesis", "h4")]
        await pilot.press("pageup")
        assert app.view.link is None
        await pilot.press("home")
        assert app.view.first == 0


async def test_a_changed_record_stays_where_it_was_read():
    text = Text("\n".join(f"line {n}" for n in range(50)))
    app = Reader([text, BELIEF])
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("end", "j")
        first = app.view.first
        app.view.show([text, Link("hypothesis", "h4", "H4 Finance signs off")], keep=True)
        await pilot.pause()
        assert (app.view.first, app.view.link) == (first, BELIEF)
        app.view.show([text])
        await pilot.pause()
        assert (app.view.first, app.view.link) == (0, None)
        app.view.show([text], first=7)
        await pilot.pause()
        assert inside(app)[0] == " line 7"


async def test_a_resize_wraps_anew():
    app = Reader([Text("word " * 100)])
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.resize_terminal(22, 12)
        await pilot.pause()
        assert inside(app)[0] == " word word word"
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert inside(app)[0] == " word word word word word word word"


async def test_a_megabyte_is_made_only_as_far_as_it_is_read():
    app = Reader([Text("a line of some words\n" * 50_000)])
    async with app.run_test(size=(80, 24)) as pilot:
        assert len(app.view._lines) < 100
        await pilot.press("pagedown", "j")
        assert len(app.view._lines) < 100
        await pilot.press("end")
        assert inside(app)[-2] == " a line of some words"


async def test_clicks_choose_and_follow_links():
    app = Reader(PARTS)
    async with app.run_test(size=(40, 16)) as pilot:
        await pilot.click(RecordView, offset=(5, 6))
        assert app.view.link == NOTE
        await pilot.click(RecordView, offset=(5, 9), times=2)
        await pilot.click(RecordView, offset=(5, 14), times=2)
        assert app.opened == [("hypothesis", "h4")]


async def test_the_wheel_scrolls():
    app = Reader([Text("\n".join(f"line {n}" for n in range(50)))])
    async with app.run_test(size=(40, 12)) as pilot:
        for kind in (MouseScrollDown, MouseScrollDown, MouseScrollUp):
            app.view.post_message(kind(app.view, 5, 5, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert app.view.first == 1


async def test_an_empty_view_says_so():
    app = Reader([], empty=Content("Nothing under the cursor."))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("j", "k", "end", "enter", "pagedown")
        assert "Nothing under the cursor." in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (12, 8)])
async def test_any_text_is_shown_and_not_obeyed(size):
    app = Reader([Text("x")])
    async with app.run_test(size=size) as pilot:
        for name, text in HOSTILE.items():
            app.view.show(
                [Heading(text), Field(text, text), Field("L", text, NOTE), Text(text * 20), Link("note", "n", text)]
            )
            await pilot.pause()
            lines = screen_lines(app)
            assert not set(FORBIDDEN) & set("\n".join(lines)), name
            assert all(cell_len(line) == size[0] for line in lines), name
            assert all(line[0] == "┃" and line[-1] in "┃█" for line in lines[1:-1]), name


def test_chinese_wraps_between_characters_and_thai_at_spaces():
    parts = [Text("先用表格，够了先用表格"), Text("ลูกค้าบอกว่า น้ำที่บ้าน")]
    lines = ["".join(text for text, _ in line.parts) for line in lay_out_parts(parts, 14)]
    assert lines == ["先用表格，够了", "先用表格", "ลูกค้าบอกว่า", "น้ำที่บ้าน"]
