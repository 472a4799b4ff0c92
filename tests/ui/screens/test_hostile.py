"""A hostile workspace is shown, not obeyed: nothing in it becomes markup, an action or a control sequence."""

import pytest
from tests.builders import DAY
from tests.ui.desks import NARROW, WIDE, desk, open_desk, press, store_of
from tests.ui.hostile import STRINGS, hostile_records
from tests.ui.screentext import FORBIDDEN, screen_lines

from fieldgate.domain.listing import KIND_OF_VIEW, View
from fieldgate.ui.screens.views import PANES
from fieldgate.workspace.clock import Clock


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("hostile"), hostile_records(), DAY)


def assert_safe(app) -> None:
    text = "\n".join(screen_lines(app))
    assert not set(text) & set(FORBIDDEN)
    assert app.is_running


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_every_view_draws_it_as_text(store, size):
    async with open_desk(store, size, clock=Clock(DAY)) as (app, pilot):
        for spec in PANES:
            await press(app, pilot, str(spec.number))
            assert_safe(app)
            for key in ("pagedown", "end", "enter", "escape"):
                await press(app, pilot, key)
                assert_safe(app)
        await press(app, pilot, "3", "M")
        assert_safe(app)
        await press(app, pilot, "question_mark")
        assert_safe(app)


async def test_every_record_reads_as_text(store):
    async with open_desk(store, WIDE, clock=Clock(DAY)) as (app, pilot):
        await press(app, pilot, "1", "enter")
        detail = desk(app)._detail
        seen = ""
        reader = app.screen.state.reader
        for view, kind in KIND_OF_VIEW.items():
            ids = [row.id for row in reader.page(view, 0, 1000)] if view is not View.BOARD else []
            ids = ids or [row[0] for row in reader._all(f"select id from {kind}", ())]
            for record_id in ids:
                detail.open(kind, record_id)
                # Before the last door: what the pane itself draws.
                text = "\n".join(detail.render_line(y).text for y in range(detail.size.height))
                assert not set(text) & set(FORBIDDEN)
                seen += text
        await pilot.pause()
        assert_safe(app)
        for name in ("style", "action", "unclosed", "open", "list", "nested", "link", "backslash", "variable"):
            assert STRINGS[name] in seen, name


async def test_a_refusal_that_quotes_a_record_is_text_too(store):
    from fieldgate.errors import RefusedError

    async with open_desk(store, NARROW, clock=Clock(DAY)) as (app, pilot):
        for text in STRINGS.values():
            app._say(RefusedError(text, text, missing=(text,)))
        await pilot.pause(0.2)
        assert_safe(app)
