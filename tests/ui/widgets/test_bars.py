import pytest
from rich.cells import cell_len
from tests.ui.screentext import CONTROLS, FORBIDDEN, MARKUP, SCRIPTS, screen_lines, screen_text
from textual.app import App, ComposeResult
from textual.containers import Horizontal

from fieldgate.ui.keymap import Hint, Keymap
from fieldgate.ui.widgets.gate_bar import GateBar, GateBarData, Step, StepState, bar
from fieldgate.ui.widgets.hint_line import HintLine, place
from fieldgate.ui.widgets.spine import Spine

HOSTILE = {**MARKUP, **CONTROLS, **SCRIPTS}
SIZES = [(80, 24), (100, 30), (140, 40)]
IDS = [
    "record.new",
    "record.edit",
    "app.undo",
    "triage.start",
    "list.filter",
    "list.open",
    "record.archive",
    "list.zoom",
]


def data(**changes) -> GateBarData:
    steps = ("Discovery", StepState.CURRENT), ("Validation", StepState.AHEAD), ("Creation", StepState.AHEAD)
    values = {
        "workspace": "Delmar payouts",
        "steps": tuple(Step(number=n, title=title, state=state) for n, (title, state) in enumerate(steps, 1)),
        "met": 4,
        "total": 6,
        "next_text": "Price: one firm yes of strength 3 or more is missing",
        "next_hint": "G shows why",
    }
    return GateBarData(**{**values, **changes})


class Bars(App[None]):
    """The strip, two spines and the hints."""

    def __init__(self, shown: GateBarData, spine: str = "Ready", lines: int = 1) -> None:
        super().__init__()
        self.bar = GateBar(shown)
        self.hints = HintLine(lines)
        self.spines = [Spine(spine, 9), Spine("客戶開發", 120)]
        self.pressed: list[str] = []
        self.clicked: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.bar
        with Horizontal():
            yield from self.spines
        yield self.hints

    def on_mount(self) -> None:
        keymap = Keymap()
        self.hints.show([*(keymap.hint(name) for name in IDS), keymap.hint("app.help")])

    def on_key(self, event) -> None:
        self.pressed.append(event.key)

    def _note(self, message) -> None:
        self.clicked.append(type(message).__qualname__)

    on_gate_bar_clicked = on_spine_clicked = _note


async def test_the_wide_strip_has_steps_above_and_what_is_next_below():
    app = Bars(data())
    async with app.run_test(size=(140, 40)):
        lines = screen_text(app).splitlines()
    assert lines[0] == " Delmar payouts   ▶ 1 Discovery 4 of 6 ████▒▒   · 2 Validation   · 3 Creation"
    assert lines[1] == " NEXT   Price: one firm yes of strength 3 or more is missing   G shows why"


async def test_the_narrow_strip_is_one_line():
    app = Bars(data())
    async with app.run_test(size=(80, 24)):
        lines = screen_text(app).splitlines()
    assert lines[0] == "▶ 1 Discovery 4/6 ████▒▒ NEXT Price: one firm yes of strength 3 or more is miss…"
    assert "NEXT" not in lines[1]


async def test_the_strip_says_that_it_is_late_and_that_it_is_computing():
    app = Bars(data(due="overdue 3 days", overdue=True, stale=True))
    async with app.run_test(size=(140, 40)) as pilot:
        assert "4 of 6… ████▒▒ ! overdue 3 days" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "4/6… ████▒▒ ! NEXT" in screen_text(app)
        app.bar.show(data(due="decide by 12 Dec"))
        await pilot.pause()
        assert "decide by" not in screen_text(app)


async def test_a_strip_without_data_is_empty():
    app = Bars(data())
    app.bar._data = None
    async with app.run_test(size=(80, 24)):
        assert "NEXT" not in screen_text(app)


async def test_a_stopped_workspace_shows_no_current_step():
    steps = (Step(number=1, title="Discovery", state=StepState.STOPPED),)
    app = Bars(data(steps=steps, next_text="Stopped."))
    async with app.run_test(size=(140, 24)) as pilot:
        assert "✗ 1 Discovery" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert screen_text(app).startswith("✗ 1 Discovery NEXT Stopped.")


@pytest.mark.parametrize("size", SIZES)
async def test_any_text_stays_in_its_lines(size):
    app = Bars(data())
    async with app.run_test(size=size) as pilot:
        for name, text in HOSTILE.items():
            step = Step(number=1, title=text, state=StepState.CURRENT)
            values = {"workspace": text * 3, "steps": (step,), "next_text": text * 9, "next_hint": text, "due": text}
            app.bar.show(data(**values))
            app.spines[0].show(text, 9)
            await pilot.pause()
            lines = screen_lines(app)
            assert all(cell_len(line) == size[0] for line in lines), name
            assert not set(FORBIDDEN) & set("\n".join(lines)), name
            assert lines[-1].startswith("o new")


@pytest.mark.parametrize(
    ("met", "total", "shown"), [(0, 0, ""), (0, 6, "▒▒▒▒▒▒"), (6, 6, "██████"), (29, 30, "███████████▒")]
)
def test_the_bar_is_full_only_when_all_are_met(met, total, shown):
    assert bar(met, total) == shown


async def test_hints_come_from_the_keymap_and_the_last_one_stays():
    app = Bars(data())
    async with app.run_test(size=(40, 12)) as pilot:
        line = screen_text(app).splitlines()[-1]
        assert line == "o new  e edit  u undo  ? all keys"
        await pilot.resize_terminal(12, 12)
        await pilot.pause()
        assert screen_text(app).splitlines()[-1] == "? all keys"


async def test_a_click_on_a_hint_presses_its_key():
    app = Bars(data())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(HintLine, offset=(1, 0))
        line = screen_lines(app)[-1]
        await pilot.click(HintLine, offset=(line.index("? all"), 0))
        await pilot.click(HintLine, offset=(79, 0))
        await pilot.pause()
    assert app.pressed == ["o", "question_mark"]


async def test_hints_that_are_off_and_hints_of_two_keys_are_shown():
    app = Bars(data())
    async with app.run_test(size=(80, 24)) as pilot:
        keymap = Keymap()
        app.hints.show(
            [
                keymap.hint("record.snooze", enabled=False),
                keymap.pair("board.left", "board.right", "move"),
                keymap.hint("app.help"),
            ]
        )
        await pilot.pause()
        assert screen_text(app).splitlines()[-1] == "s snooze  H/L move  ? all keys"


def test_hints_flow_over_the_lines_they_are_given():
    hints = [Hint(str(n), str(n), "words") for n in range(9)]
    placed = place(hints, 30, 3)
    assert [[p.hint.key for p in line] for line in placed] == [["0", "1", "2"], ["3", "4", "5"], ["6", "7", "8"]]
    assert [[p.hint.key for p in line] for line in place(hints, 30, 2)] == [["0", "1", "2"], ["3", "4", "8"]]
    assert place([], 30, 2) == []
    assert [[p.hint.key for p in line] for line in place(hints[:2], 8, 2)] == [["0"], ["1"]]


async def test_spines_show_count_and_upright_name():
    app = Bars(data())
    async with app.run_test(size=(80, 24)):
        lines = screen_text(app).splitlines()[1:]
    assert [line[:5] for line in lines[:8]] == ["╭───╮", "│ 9 │", "│   │", "│ R │", "│ e │", "│ a │", "│ d │", "│ y │"]
    assert "│120│" in lines[1]
    assert "│客 │" in lines[3]


async def test_clicks_on_strip_and_spine_are_told():
    app = Bars(data())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(GateBar)
        await pilot.click(Spine, offset=(2, 2))
    assert app.clicked == ["GateBar.Clicked", "Spine.Clicked"]
