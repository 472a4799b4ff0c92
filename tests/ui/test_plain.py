import pytest
from rich.cells import cell_len
from rich.control import Control
from rich.segment import Segment
from tests.ui.screentext import CONTROLS, FORBIDDEN, MARKUP, SCRIPTS, screen_text
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widgets import Input, Label, Static

from fieldgate.ui.plain import ControlFilter, cut, pad, plain, wrap

BLACK = Color(0, 0, 0)
HOSTILE = {**MARKUP, **CONTROLS}


class Shown(App[None]):
    """Shows a text in widgets that take content, and raw in one that does not."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.door = ControlFilter()

    def get_line_filters(self):
        return [*super().get_line_filters(), self.door]

    def compose(self) -> ComposeResult:
        label = Label(plain(self.text))
        label.border_title = plain(self.text)
        label.styles.border = ("solid", "red")
        yield label
        yield Static(plain(self.text, lines=True))
        yield Input(self.text)
        yield Static(self.text, markup=False)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_text_is_shown_and_not_obeyed(text):
    app = Shown(text)
    async with app.run_test(size=(80, 24)):
        shown = screen_text(app)
        styles = [s.style for strip in app.screen._compositor.render_strips() for s in strip if s.style]
    assert not set(FORBIDDEN) & set(shown)
    assert shown.count("end") >= 4
    assert not any(style.link for style in styles)
    assert not any(str(key).startswith("@") for style in styles for key in style.meta)


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
async def test_brackets_are_drawn_literally(text):
    app = Shown(text)
    async with app.run_test(size=(80, 24)):
        assert screen_text(app).count(text) >= 3


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_cutting_agrees_with_textual_in_every_script(text):
    for width in range(1, cell_len(text) + 2):
        assert pad(text, width).rstrip() == Content(text).truncate(width, ellipsis=True).plain.rstrip().replace(
            " …", "…"
        ) or (cell_len(cut(text, width)) <= width)
        assert cell_len(pad(text, width)) == width
        assert all(cell_len(line) <= max(width, 2) for line in wrap(text, width))


def test_the_filter_leaves_clean_lines_alone():
    segments = [Segment("plain [b] text ลูกค้า")]
    assert ControlFilter().apply(segments, BLACK) is segments


def test_the_filter_leaves_the_control_segments_of_the_screen_alone():
    control = Control.home().segment
    kept = ControlFilter().apply([control, Segment("a\x1bb")], BLACK)
    assert kept == [control, Segment("ab")]


def test_the_filter_moves_nothing():
    for text in CONTROLS.values():
        (segment,) = ControlFilter().apply([Segment(text)], BLACK)
        assert segment.cell_length == cell_len(text)
