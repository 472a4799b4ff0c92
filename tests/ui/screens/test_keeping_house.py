"""Jumping, help with its reasons, what was archived, merging, forms that link several, drafts of a beginning."""

import json
import re

from tests.ui.desks import DAY, NARROW, desk, locations_in, open_desk, press, sample_store
from tests.ui.screens.working_keys import calm, code_id, facts, hit
from tests.ui.screentext import screen_text
from textual import events

from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.form import AskScreen
from fieldgate.ui.screens.help import HelpScreen
from fieldgate.ui.screens.jumping import JumpScreen, labels
from fieldgate.ui.screens.menu import MenuScreen
from fieldgate.ui.screens.opening import OpeningScreen


def said(app):
    return [str(each.message) for each in app._notifications]


async def on_record(app, pilot, view, code):
    """Put the cursor of a view on a record."""
    await press(app, pilot, view)
    pane = desk(app)._pane(desk(app).view)
    assert pane.go_to(code_id(app, code))
    pane.heart.focus()
    await pilot.pause()


def test_labels_are_enough_different_and_none_begins_another():
    for count in (0, 1, 26, 27, 300):
        found = labels(count)
        assert len(set(found)) == count
        assert not [each for each in found if any(other != each and other.startswith(each) for other in found)]


async def test_a_label_jumps_to_a_row_or_pane_in_sight_and_any_other_key_leaves(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "3", "ctrl+o")
        assert isinstance(app.screen, JumpScreen)
        text = screen_text(app)
        assert "aNew feature" not in text
        assert "a▌" in text
        await hit(app, pilot, "escape")
        assert desk(app).view == "journey"
        await hit(app, pilot, "F")
        row = next(label for label, number in app.screen._numbers.items() if number == 2)
        await hit(app, pilot, *row)
        assert desk(app).view == "journey"
        assert desk(app).list_at_hand.cursor == 2
        await hit(app, pilot, "F")
        spots = app.screen._numbers
        notes = desk(app)._pane("notes").region
        label = next(each for each in spots if app.screen._signs[each].region.offset == (notes.x, notes.y + 5))
        await hit(app, pilot, *label)
        assert desk(app).view == "notes"
        assert desk(app).list_at_hand.cursor == 1


async def test_help_says_why_a_key_is_off_and_the_key_says_it_too(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await on_record(app, pilot, "1", "H3")
        await hit(app, pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        assert "Keys here" in screen_text(app)
        await hit(app, pilot, "end")
        text = screen_text(app)
        assert "H3 was locked and is never archived" in text
        assert re.search(r"L move.*=\W+order by rule.*: Only cards of the\W+board", text, re.DOTALL)
        await hit(app, pilot, "escape", "x")
        assert "H3 was locked and is never archived" in said(app)[-1]
        await hit(app, pilot, "full_stop", "question_mark")
        assert "A letter does it at once" in screen_text(app)


async def test_a_move_that_lacks_something_says_so_before_it_asks_anything(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await on_record(app, pilot, "1", "H8")
        before = app._workspace.store.last_seq()
        app._workspace.perform("hypothesis.archive", code_id(app, "H8"))
        desk(app).post_message(_asked("hypothesis.edit", code_id(app, "H8")))
        await calm(app, pilot)
        assert app.screen is desk(app)
        assert "restore it first" in said(app)[-1]
        assert app._workspace.store.last_seq() == before + 1


def _asked(move_id, record_id):
    from fieldgate.ui.messages import AskRequested

    return AskRequested(move_id, record_id)


async def test_what_was_archived_is_found_by_typing_and_brought_back(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await hit(app, pilot, "apostrophe", "a")
        assert "Nothing was archived" in said(app)[-1]
        await press(app, pilot, "5")
        customer = desk(app).at_hand[1]
        name = facts(app).customers[customer].name
        await hit(app, pilot, "x", "2", "x", "apostrophe", "a")
        assert isinstance(app.screen, ChooseScreen)
        assert app.screen._list.count == 2
        await pilot.press(*name[:4])
        await hit(app, pilot, "enter")
        assert facts(app).customers[customer].live
        assert desk(app).at_hand == ("customer", customer)
        await hit(app, pilot, "u")
        assert not app._workspace.record("customer", customer).live


async def test_two_customers_become_one_with_every_note_and_undo_parts_them(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        everything = list(app._workspace.reader.records("note"))
        # A note that no rule reads must be among them: the facts do not hold it.
        quiet = next(each for each in everything if each.customer_id and each.id not in facts(app).notes)
        old, kept = quiet.customer_id, code_id(app, "C12")
        notes = [each.id for each in everything if each.customer_id == old]
        desk(app).post_message(_asked("customer.merge", old))
        await calm(app, pilot)
        assert "no rule reads" not in screen_text(app)
        await pilot.press(*"c12", "enter")
        await hit(app, pilot, "ctrl+s")
        assert {app._workspace.record("note", each).customer_id for each in notes} == {kept}
        assert app._workspace.record("customer", old).merged_into == kept
        await hit(app, pilot, "u")
        assert {app._workspace.record("note", each).customer_id for each in notes} == {old}
        assert app._workspace.record("customer", old).live


async def test_a_draft_of_a_belief_is_merged_into_another_from_the_palette(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        draft = next(each for each in facts(app).live("hypothesis") if each.locked_at is None and each.state == "draft")
        await on_record(app, pilot, "1", draft.code)
        await hit(app, pilot, "colon")
        await pilot.press(*"this hypothesis into")
        await hit(app, pilot, "enter")
        assert isinstance(app.screen, AskScreen)
        await pilot.press(*"h4", "enter")
        await hit(app, pilot, "ctrl+s")
        assert app._workspace.record("hypothesis", draft.id).merged_into == code_id(app, "H4")
        await on_record(app, pilot, "1", "H3")
        await hit(app, pilot, "colon")
        await pilot.press(*"this hypothesis into")
        await hit(app, pilot, "enter")
        assert app.screen is desk(app)
        assert "H3 was locked and stays" in said(app)[-1]


async def test_several_members_are_named_by_parts_of_their_names(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await hit(app, pilot, "6", "o")
        members = next(row for row in app.screen._fields._rows if row.spec.name == "members")
        assert members.control.typed == "an"
        members.control.focus()
        await pilot.press(*"chen", "enter")
        assert members.control.typed == "an mei"
        app.screen._fields.fill({"topic": "今日の話"})
        await hit(app, pilot, "ctrl+s")
        meeting = facts(app).meetings[desk(app).at_hand[1]]
        assert {facts(app).members[each].handle for each in meeting.members} == {"an", "mei"}


async def test_more_than_a_field_holds_is_refused_in_words(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "2", "o")
        await pilot.press(*"kept")
        app.screen.focused.post_message(events.Paste("x" * 1_100_000))
        await calm(app, pilot)
        assert "1100 kB were pasted" in screen_text(app)
        assert app.screen._fields.typed["text"] == "kept"


async def test_a_beginning_that_was_not_finished_is_offered_with_its_time(tmp_path):
    locations = locations_in(tmp_path)
    app = FieldgateApp(locations=locations, clock=DAY, target=None)
    try:
        async with app.run_test(size=NARROW) as pilot:
            await pilot.press("end", "enter")
            await pilot.pause()
            app.screen._fields.fill({"name": "Nước sạch", "vision": "首次接触"})
            app.keep_all()  # as when the terminal goes away
            (kept,) = json.loads((locations.data / "drafts.json").read_text())
            assert kept["typed"] == {"name": "Nước sạch", "vision": "首次接触"}
    finally:
        app.finish()
    app = FieldgateApp(locations=locations, clock=DAY, target=None)
    try:
        async with app.run_test(size=NARROW) as pilot:
            await pilot.pause()
            assert isinstance(app.screen, OpeningScreen)
            assert f"begun {kept['at']} and not finished" in " ".join(screen_text(app).split())
            await pilot.press("enter")
            await pilot.pause()
            assert app.screen._fields.typed["name"] == "Nước sạch"
            assert f"Typed {kept['at']}" in screen_text(app)
    finally:
        app.finish()


async def test_a_draft_of_an_edit_stands_beside_what_is_saved(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await on_record(app, pilot, "5", "C8")
        await hit(app, pilot, "e")
        await pilot.press("end", *" XY", "escape")
        await hit(app, pilot, "e")
        assert app.screen._fields.typed["name"] == "Northfleet Shellfish XY"
        assert "name, as saved: Northfleet Shellfish" in screen_text(app)


async def test_the_menu_shows_in_full_what_its_line_cuts(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await on_record(app, pilot, "1", "H3")
        await hit(app, pilot, "full_stop")
        assert isinstance(app.screen, MenuScreen)
        number = next(n for n, each in enumerate(app.screen._items) if "Merge" in each.label)
        await hit(app, pilot, *["j"] * number)
        assert "merge the draft into it, or retire it." in " ".join(screen_text(app).split())
