"""The tour, taken with real keys from the start screen to its end."""

from tests.ui.desks import DAY, NARROW, locations_in, open_desk, sample_store, settle, until_shown
from tests.ui.screens.working_keys import calm
from tests.ui.screentext import screen_text

from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.ui.keys import BY_ID
from fieldgate.ui.screens.tour_steps import STEPS, Sight
from fieldgate.ui.widgets.tour_line import TourLine
from fieldgate.workspace.demo import is_demo
from fieldgate.workspace.recent import recent_workspaces

WAY = (
    ("G",),
    ("j", "enter"),
    ("1", "enter"),
    ("2", "T"),
    ("y", "3"),
    ("u",),
    ("q", "q"),
    ("C", "enter", *"paid", "enter"),
    ("escape", "colon"),
    ("escape", "question_mark"),
)


async def test_ten_steps_are_taken_with_real_keys_and_each_is_noticed(tmp_path):
    app = FieldgateApp(locations=locations_in(tmp_path), clock=DAY)
    try:
        async with app.run_test(size=NARROW) as pilot:
            await pilot.press("enter")
            await settle(app, pilot)
            assert len(WAY) == len(STEPS) == 10
            for number, keys in enumerate(WAY):
                await until_shown(pilot, f"TOUR {'✓' * number}▶")
                assert "…" not in "".join(screen_text(app).splitlines()[:2])
                assert "f7 skip  f8 leave" in screen_text(app)
                await pilot.press("f9")  # what is no part of the step changes nothing
                for key in keys:
                    assert f"TOUR {'✓' * number}▶" in screen_text(app), (number, key)
                    await pilot.press(key)
                    await calm(app, pilot)
            await until_shown(pilot, "That was the tour.")
            assert is_demo(app._locations)
            await pilot.press("f8", "escape")
            await pilot.pause()
            assert not app.screen.query(TourLine)
    finally:
        app.finish()
    assert not recent_workspaces(locations_in(tmp_path))


async def test_the_tour_is_left_at_any_time_and_steps_are_skipped(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        own = app._target.path
        await pilot.press("colon", *"tour: ten", "enter")
        await until_shown(pilot, "TOUR ▶")
        assert app._target.path != own  # a workspace of one's own is not for trying things out
        await settle(app, pilot)
        await pilot.press("f7", "4")
        await calm(app, pilot)
        await pilot.press("escape", "1")
        await calm(app, pilot)
        assert "TOUR ✓▶" in screen_text(app)  # to leave the gate is not to go to what would prove it
        await pilot.press("f7")
        assert "TOUR ✓✓▶" in screen_text(app)
        await pilot.press("f8")
        await pilot.pause()
        assert "TOUR" not in screen_text(app)
        await pilot.press("f7", "G")
        await pilot.pause()
        assert "TOUR" not in screen_text(app)


def test_every_key_that_a_step_names_exists_and_fills_its_place():
    for step in STEPS:
        assert set(step.keys) <= set(BY_ID)
        assert "{" not in step.what.format(*step.keys)
        assert not step.is_done(Sight(), Sight())
