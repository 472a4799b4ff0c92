import pytest
from rich.cells import cell_len
from tests.ui.desks import MIDDLE, NARROW, SIZES, WIDE, desk, open_desk, press, sample_store
from tests.ui.screens.working_keys import calm, code_id
from tests.ui.screentext import screen_lines, screen_text

from fieldgate.ui.board_column import BoardColumn
from fieldgate.ui.screens.views import PANES

VIEWS = [str(spec.number) for spec in PANES]


@pytest.fixture
def sample(tmp_path):
    return sample_store(tmp_path)


async def test_the_first_frame_shows_rows_and_the_next_gate_before_the_rules_have_run(sample):
    async with open_desk(sample, settled=False) as (app, _):
        text = screen_text(app)
        assert app._workspace is None
        assert "1 Hypotheses 10" in text
        assert "▶ 1 Discovery 4 of 9" in text
        assert "NEXT" in text
        assert "H2 ✓ supported" in text


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_is_as_wide_as_the_screen_in_every_view(sample, size):
    async with open_desk(sample, size) as (app, pilot):
        for key in VIEWS:
            await press(app, pilot, key)
            assert {cell_len(line) for line in screen_lines(app)} == {size[0]}


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_goes_to_its_view(sample, size):
    async with open_desk(sample, size) as (app, pilot):
        for spec in PANES:
            await press(app, pilot, str(spec.number))
            assert desk(app).view == spec.name
            title = {"journey": "To ask", "gate": "Customer Discovery"}.get(spec.name, spec.title)
            assert f"{spec.number} {title}" in screen_text(app)


async def test_tab_goes_round_the_panes_and_shift_tab_back(sample):
    async with open_desk(sample) as (app, pilot):
        seen = []
        for _ in range(5):
            await press(app, pilot, "tab")
            seen.append((app.focused.id or "").removeprefix("pane-"))
        assert seen == ["detail", "hypotheses", "notes", "column-unasked", "detail"]
        await press(app, pilot, "shift+tab")
        assert app.focused.id == "column-unasked"


async def test_one_pane_at_a_time_on_a_narrow_screen(sample):
    async with open_desk(sample, NARROW) as (app, pilot):
        text = screen_text(app)
        assert "▌3 Journey 36" in text
        assert "H2 ✓ supported" not in text
        await press(app, pilot, "1")
        text = screen_text(app)
        assert "H2 ✓ supported" in text
        assert "To ask" not in text


async def test_enter_reads_the_record_and_escape_comes_back_to_the_row(sample):
    for size in SIZES:
        async with open_desk(sample, size) as (app, pilot):
            await press(app, pilot, "1", "j", "enter")
            assert app.focused.id == "detail"
            assert "H2 ✓ supported · key" in screen_text(app)
            assert "Where each one stands" in screen_text(app)
            await press(app, pilot, "escape")
            assert app.focused.id == "pane-hypotheses"
            assert app.focused.cursor == 1


async def test_escape_never_quits_and_says_what_does(sample):
    async with open_desk(sample, NARROW) as (app, pilot):
        for key in ("escape", "q"):
            await press(app, pilot, key)
            assert app.is_running
            assert [note.message for note in app._notifications] == ["ctrl+q quits"]
            app.clear_notifications()


async def test_messages_do_not_pile_up(sample):
    async with open_desk(sample, NARROW) as (app, pilot):
        for message in ("one", "two", "two", "three", "four", "three"):
            app.notify(message)
            await pilot.pause()
        assert [note.message for note in app._notifications] == ["two", "four", "three"]


async def test_sideways_goes_through_the_columns_and_out_at_the_edges(sample):
    async with open_desk(sample) as (app, pilot):
        await press(app, pilot, "l", "l", "l")
        assert app.focused.id == "column-ready"
        await press(app, pilot, "l")
        assert app.focused.id == "detail"
        await press(app, pilot, "h")
        assert app.focused.id == "column-ready"
        await press(app, pilot, "h", "h", "h", "h")
        assert app.focused.id == "pane-hypotheses"
        await press(app, pilot, "l")
        assert app.focused.id == "column-unasked"


def open_columns(app) -> list[str]:
    return [column.column for column in app.screen.query(BoardColumn) if column.display]


async def test_the_fold_follows_the_cursor(sample):
    async with open_desk(sample, NARROW) as (app, pilot):
        assert open_columns(app) == ["unasked", "gap", "fixing"]
        await press(app, pilot, "l", "l", "l")
        assert open_columns(app) == ["gap", "fixing", "ready"]
        assert app.focused.id == "column-ready"


async def test_the_detail_follows_the_cursor_where_it_has_a_place(sample):
    async with open_desk(sample, WIDE) as (app, pilot):
        await press(app, pilot, "1", "j", "j")
        assert "H3 ✓ supported · key" in screen_text(app).split("2 Notes")[1]


async def test_brackets_move_the_phase_filter_round(sample):
    async with open_desk(sample) as (app, pilot):
        await press(app, pilot, "right_square_bracket")
        assert "3 Find out: To ask 3" in screen_text(app)
        await press(app, pilot, "left_square_bracket")
        assert "3 To ask 24" in screen_text(app)
        await press(app, pilot, "left_square_bracket")
        assert "3 For life: To ask" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_map_counts_every_cell_and_opens_its_cards(sample, size):
    async with open_desk(sample, size) as (app, pilot):
        await press(app, pilot, "M")
        text = screen_text(app)
        assert "Journey map" in text
        assert "██ 3 / 2 / 0" in text
        assert "░░ 0 / 0 / 2" in text
        await press(app, pilot, "l", "enter")
        text = screen_text(app)
        assert "3 Buy · PM: " in text
        assert "To ask 3" in text
        await press(app, pilot, "plus")
        assert "▏BY-PM-06 Invoice model" in screen_text(app).replace("▌", "▏")
        await press(app, pilot, *"BY-PM-00", "enter")
        await calm(app, pilot)
        assert desk(app).at_hand == ("touchpoint", code_id(app, "BY-PM-00"))


async def test_the_gate_starts_on_what_is_missing_and_enter_goes_to_what_fixes_it(sample):
    for size in SIZES:
        async with open_desk(sample, size) as (app, pilot):
            await press(app, pilot, "G")
            text = screen_text(app)
            assert "▌✗ missing    The product answers" in text
            assert "What would fix it 1" in text
            assert "Stop if:" in text
            assert "decide by 13 Mar" in text
            await press(app, pilot, "enter")
            assert app.focused.id == "pane-hypotheses"
            assert app.focused.row(app.focused.cursor).lines[0].startswith("H4")
            await press(app, pilot, "G")
            assert desk(app).view == "gate"
            await press(app, pilot, "G")
            assert desk(app).view == "hypotheses"


async def test_links_lead_on_and_escape_comes_back_the_same_way(sample):
    async with open_desk(sample, MIDDLE) as (app, pilot):
        await press(app, pilot, "1", "j", "enter")
        detail = app.focused
        first = detail.record
        for _ in range(30):
            if detail.place[1] >= 0:
                break
            await press(app, pilot, "j")
        await press(app, pilot, "enter")
        assert detail.record[0] == "customer"
        await press(app, pilot, "escape")
        assert detail.record == first
        assert app.focused is detail
        await press(app, pilot, "escape")
        assert app.focused.id == "pane-hypotheses"


async def test_cursor_and_scroll_survive_views_and_resizing(sample):
    async with open_desk(sample, WIDE) as (app, pilot):
        await press(app, pilot, "2", *"jjjjjjjjjj")
        notes = app.focused
        place = notes.place
        await press(app, pilot, "4", "7", "3", "2")
        assert notes.place == place
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        assert app.focused is notes
        assert notes.cursor_id == place[0]
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert notes.cursor_id == place[0]
        assert "1 Hypotheses 10" in screen_text(app)


async def test_zoom_gives_the_pane_the_screen_and_takes_it_back(sample):
    async with open_desk(sample) as (app, pilot):
        await press(app, pilot, "2", "z")
        assert "Hypotheses" not in screen_text(app)
        await press(app, pilot, "escape")
        assert "1 Hypotheses 10" in screen_text(app)
        assert app.focused.id == "pane-notes"


async def test_help_explains_the_focus_and_lists_keys_that_work(sample):
    async with open_desk(sample, NARROW) as (app, pilot):
        await press(app, pilot, "4", "question_mark")
        text = screen_text(app)
        assert "The criteria of the next gate" in text
        assert "Explain what has the focus" in text
        await press(app, pilot, "escape")
        assert "What would fix it" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_no_hint_is_cut_and_all_keys_is_always_there(sample, size):
    async with open_desk(sample, size) as (app, pilot):
        for key in VIEWS:
            await press(app, pilot, key)
            last = screen_lines(app)[-1].rstrip()
            assert last.endswith("? all keys")
            assert "…" not in last
