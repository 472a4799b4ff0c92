"""Working on the desk: every verb by its key, in the app and against the store."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.ui.desks import NARROW, WIDE, desk, open_desk, press, sample_store
from tests.ui.screens.working_keys import calm, code_id, facts, hit
from tests.ui.screentext import screen_text
from textual import events

from fieldgate import words
from fieldgate.ui.screens.batch import PreviewScreen
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.form import AskScreen
from fieldgate.ui.screens.log import LogScreen
from fieldgate.ui.screens.menu import MenuScreen
from fieldgate.ui.widgets.field_form import FieldForm


async def on_record(app, pilot, view, code):
    """Put the cursor of a view on a record."""
    await press(app, pilot, view)
    pane = desk(app)._pane(desk(app).view)
    assert pane.go_to(code_id(app, code))
    pane.heart.focus()
    await pilot.pause()


async def test_archive_puts_a_record_away_and_undo_and_redo_bring_it_back_and_away(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "2")
        note = desk(app).at_hand[1]
        await hit(app, pilot, "x")
        assert app._workspace.record("note", note).deleted_at is not None
        assert desk(app).at_hand[1] not in {note, ""}
        await hit(app, pilot, "u")
        assert app._workspace.record("note", note).deleted_at is None
        await hit(app, pilot, "U")
        assert app._workspace.record("note", note).deleted_at is not None
        await hit(app, pilot, "ctrl+z")
        assert app._workspace.record("note", note).deleted_at is None


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_new_makes_a_record_of_the_view_and_puts_the_cursor_on_it(tmp_path, size):
    async with open_desk(sample_store(tmp_path), size) as (app, pilot):
        await hit(app, pilot, "1", "o")
        assert isinstance(app.screen, AskScreen)
        await pilot.press(*"首次接触够了")
        await pilot.press("tab", "right")
        await hit(app, pilot, "ctrl+s")
        assert app.screen is desk(app)
        found = facts(app).hypotheses[desk(app).at_hand[1]]
        assert found.statement == "首次接触够了"


async def test_edit_changes_the_record_under_the_cursor_and_the_cursor_stays(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "5")
        before = desk(app).at_hand[1]
        await hit(app, pilot, "e")
        await pilot.press("end", *" 首次")
        await hit(app, pilot, "ctrl+s")
        assert facts(app).customers[before].name.endswith(" 首次")
        assert desk(app).at_hand[1] == before


async def test_the_menu_lists_what_is_legal_and_says_what_the_rest_lacks(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "1", "full_stop")
        assert isinstance(app.screen, MenuScreen)
        text = screen_text(app)
        assert "Edit" in text
        letters = {item.label: item.letter for item in app.screen._items}
        assert (letters["Edit"], letters["Extend, once"]) == ("e", "")  # as on the desk
        lacking = next(item for item in app.screen._items if item.missing)
        assert lacking.missing[0][:20] in text
        before = facts(app)
        if lacking.letter:
            await hit(app, pilot, lacking.letter)
            assert isinstance(app.screen, MenuScreen)
        assert facts(app) is before
        await hit(app, pilot, "escape")
        assert app.screen is desk(app)


async def test_a_note_is_linked_by_a_chord_and_a_line_says_what_changed(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "2")
        note = desk(app).at_hand[1]
        belief = next(
            each for each in facts(app).live("hypothesis") if each.state in {"locked", "testing", "supported"}
        )
        before = len(facts(app).linked("evidence", "note_id", note))
        await hit(app, pilot, "full_stop", "l")
        assert isinstance(app.screen, ChooseScreen)
        await pilot.press(*belief.code.lower())
        await pilot.pause()
        await hit(app, pilot, "enter", "y", "3")
        pieces = facts(app).linked("evidence", "note_id", note)
        mine = next(each for each in pieces if each.hypothesis_id == belief.id)
        assert (mine.stance, mine.strength) == ("yes", 3)
        assert len(pieces) >= before
        assert desk(app).at_hand[1] == note
        assert belief.code in screen_text(app)
        assert any(belief.code in str(each.message) for each in app._notifications)


async def test_a_card_moves_to_the_next_column_asking_in_place_and_the_cursor_goes_along(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        card = next(each for each in facts(app).live("touchpoint") if each.state == "gap")
        await on_record(app, pilot, "3", card.code)
        await hit(app, pilot, "L")
        assert isinstance(app.screen, AskScreen)
        for _ in range(3):
            await pilot.press("tab")
        await pilot.press("y", "tab", "y", "tab", "y")
        await hit(app, pilot, "ctrl+s")
        assert app.screen is desk(app), screen_text(app)
        assert facts(app).touchpoints[card.id].state == "fixing"
        assert desk(app).at_hand == ("touchpoint", card.id)
        await hit(app, pilot, "u")
        assert facts(app).touchpoints[card.id].state == "gap"
        assert desk(app).at_hand == ("touchpoint", card.id)


async def test_a_card_that_lacks_something_stays_and_what_it_lacks_is_said(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        card = next(each for each in facts(app).live("touchpoint") if each.state == "fixing")
        await on_record(app, pilot, "3", card.code)
        await hit(app, pilot, "shift+right")
        assert facts(app).touchpoints[card.id].state == "fixing"
        assert any(str(each.message).strip() for each in app._notifications)


async def test_cards_are_ordered_by_hand_and_by_rule_again(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "3")
        column = desk(app).list_at_hand
        first = column.cursor_id
        await hit(app, pilot, "J")
        assert column.position(first) == 1
        assert desk(app).at_hand[1] == first
        await hit(app, pilot, "K")
        assert column.position(first) == 0
        await hit(app, pilot, "equals_sign")
        assert all(each.rank is None for each in facts(app).live("touchpoint") if each.state == column.column)


async def test_marks_let_one_verb_act_on_all_after_one_preview_with_one_undo(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "2")
        notes = desk(app).list_at_hand
        await pilot.press("space", "space")
        marked = set(notes.marks)
        assert len(marked) == 2
        await hit(app, pilot, "x")
        assert isinstance(app.screen, PreviewScreen)
        await hit(app, pilot, "enter")
        assert all(app._workspace.record("note", each).deleted_at for each in marked)
        assert not notes.marks
        await hit(app, pilot, "u")
        assert not any(app._workspace.record("note", each).deleted_at for each in marked)
        before = {each: app._workspace.record("note", each) for each in marked}
        for each in marked:
            notes.go_to(each)
            await pilot.press("space")
        assert set(notes.marks) == marked
        await hit(app, pilot, "e")
        assert "2 at once" in screen_text(app)
        app.screen.query_one(FieldForm).fill({"said_on": "2026-11-01"})
        await hit(app, pilot, "ctrl+s", "enter")
        for each, note in before.items():
            # Only what was changed in the form is alike now; all else is each one's own.
            assert app._workspace.record("note", each) == replace(
                note, said_on=date(2026, 11, 1), updated_at=app._workspace.record("note", each).updated_at
            )
        assert len({each.text for each in before.values()}) == 2


async def test_the_preview_left_by_escape_changes_nothing(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "2")
        await pilot.press("space")
        before = app._workspace.store.last_seq()
        await hit(app, pilot, "x", "escape")
        assert app._workspace.store.last_seq() == before


async def test_the_log_takes_everything_back_to_an_act(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "2")
        first = desk(app).at_hand[1]
        await hit(app, pilot, "x")
        second = desk(app).at_hand[1]
        await hit(app, pilot, "x")
        await hit(app, pilot, "I")
        assert isinstance(app.screen, LogScreen)
        await hit(app, pilot, "j", "u")
        assert app._workspace.record("note", first).deleted_at is not None
        assert app._workspace.record("note", second).deleted_at is None


async def test_the_history_of_a_record_shows_field_by_field(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "5")
        await hit(app, pilot, "e")
        await pilot.press("end", *"XYZZY")
        await hit(app, pilot, "ctrl+s")
        await hit(app, pilot, "i")
        assert "XYZZY" in screen_text(app)
        assert "name" in screen_text(app)
        first = app.screen.sheet.items[-1]
        assert "Version 1" in first.label
        await hit(app, pilot, "full_stop", "end", "enter")
        assert "version 1" in screen_text(app)
        assert "XYZZY" not in screen_text(app)
        await hit(app, pilot, "full_stop", "b", "escape")
        assert "XYZZY" not in screen_text(app)


async def test_a_card_of_the_catalogue_is_added_by_typing_part_of_its_title(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        before = {each.code for each in facts(app).live("touchpoint")}
        await press(app, pilot, "3")
        await hit(app, pilot, "plus")
        await hit(app, pilot, "enter")
        after = {each.code for each in facts(app).live("touchpoint")}
        assert len(after - before) == 1


async def test_a_verb_that_means_nothing_here_says_so(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "1", "p")
        assert any("means nothing here" in str(each.message) for each in app._notifications)


async def test_undo_of_a_change_that_another_path_changed_since_is_refused_in_words(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "5")
        customer = desk(app).at_hand[1]
        app._workspace.perform("customer.edit", customer, {"name": "One"})
        txn = app._workspace.last_txn
        app._workspace.perform("customer.edit", customer, {"name": "Two"})
        from fieldgate.ui.messages import Done, JobRequested

        desk(app).post_message(JobRequested(lambda opened: Done(state=opened.undo(txn)), print))
        await calm(app, pilot)
        assert any("was changed since" in str(each.message) for each in app._notifications)
        assert facts(app).customers[customer].name == "Two"


async def test_a_drag_moves_a_card_to_another_column(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        board = desk(app)._pane("journey")
        source = next(each for each in board._columns if each.column == "unasked")
        target = next(each for each in board._columns if each.column == "gap")
        await pilot.mouse_down(source, offset=(5, 2))
        await pilot.mouse_up(target, offset=(5, 2))
        await calm(app, pilot)
        assert isinstance(app.screen, AskScreen)


async def type_in(app, pilot, text):
    await pilot.press(*text)
    for _ in range(4):
        await pilot.pause(0.05)


async def test_a_filter_narrows_the_pane_as_one_types_and_escape_shows_all_again(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "2")
        notes = desk(app).list_at_hand
        everything = notes.count
        await hit(app, pilot, "slash")
        await type_in(app, pilot, "friday")
        assert 0 < notes.count < everything
        narrowed = notes.count
        await hit(app, pilot, "enter")
        assert desk(app).focused is notes
        assert notes.count == narrowed
        await hit(app, pilot, "slash")
        await pilot.press(*["backspace"] * 6)
        await type_in(app, pilot, "!friday")
        assert notes.count == everything - narrowed
        await hit(app, pilot, "escape")
        assert notes.count == everything
        # What is filtered away is not said never to have been written, and Escape on the rows shows all again too.
        await hit(app, pilot, "slash")
        await type_in(app, pilot, "zzz")
        await hit(app, pilot, "enter")
        assert "Nothing has these words." in screen_text(app)
        assert "No notes yet" not in screen_text(app)
        await hit(app, pilot, "escape")
        assert notes.count == everything
        assert "quits" not in screen_text(app)


async def test_a_filtered_list_follows_changes(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "2")
        notes = desk(app).list_at_hand
        await hit(app, pilot, "slash")
        await type_in(app, pilot, "friday")
        await hit(app, pilot, "enter")
        before, gone = notes.count, notes.cursor_id
        await hit(app, pilot, "x")
        await pilot.pause(0.1)
        assert notes.count == before - 1
        assert notes.position(gone) is None


async def test_the_board_is_filtered_in_all_its_columns(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "3")
        columns = desk(app)._pane("journey")._columns
        before = [each.count for each in columns]
        await hit(app, pilot, "slash")
        await type_in(app, pilot, "contract")
        after = [each.count for each in columns]
        assert sum(after) < sum(before)
        await hit(app, pilot, "escape")
        assert [each.count for each in columns] == before


async def test_the_palette_runs_an_action_by_its_words(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "colon")
        await type_in(app, pilot, "customers")
        await hit(app, pilot, "enter")
        assert desk(app).view == "customers"


async def test_an_action_is_found_by_its_english_words_in_every_language(tmp_path):
    words.choose("vi")
    try:
        async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
            await hit(app, pilot, "colon")
            await type_in(app, pilot, "import")
            assert app.screen._list.cursor_id == "move import"
            assert "Import" not in screen_text(app)
    finally:
        words.choose("en")


async def test_the_palette_shows_the_key_of_every_action(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "ctrl+p")
        await type_in(app, pilot, "$EDITOR")
        assert re.search(r"E +\$EDITOR", screen_text(app))


async def test_the_palette_finds_records_in_any_script_and_goes_to_them(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "colon")
        await type_in(app, pilot, "h3")
        await hit(app, pilot, "enter")
        assert desk(app).at_hand == ("hypothesis", code_id(app, "H3"))


async def test_the_menu_of_places_goes_to_a_view_by_its_number(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await hit(app, pilot, "apostrophe", "6")
        assert desk(app).view == "meetings"
        await hit(app, pilot, "ctrl+g", "1")
        assert desk(app).view == "hypotheses"


async def test_a_segment_is_renamed_everywhere_from_the_palette(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        old = facts(app).workspace.lead_segment
        assert old
        await hit(app, pilot, "colon")
        await type_in(app, pilot, "rename a segment")
        await hit(app, pilot, "enter")
        await pilot.press("tab", *"New name")
        await hit(app, pilot, "ctrl+s")
        assert facts(app).workspace.lead_segment == "New name"
        assert not [each for each in facts(app).live("customer") if each.segment == old]


async def test_what_is_typed_before_a_form_is_there_goes_into_the_form_and_never_onto_the_desk(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        before = app._workspace.store.last_seq()
        await press(app, pilot, "2")
        for key in "oxaxs":
            app.post_message(events.Key(key, key))
        await calm(app, pilot)
        assert isinstance(app.screen, AskScreen)
        assert app.screen._fields.typed["text"] == "xaxs"
        assert app._workspace.store.last_seq() == before


async def test_archiving_twice_in_a_hurry_archives_two_records(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await press(app, pilot, "2")
        count = desk(app).list_at_hand.count
        for key in "xx":
            app.post_message(events.Key(key, key))
        await calm(app, pilot)
        await calm(app, pilot)
        assert desk(app)._pane("notes").count == count - 2
