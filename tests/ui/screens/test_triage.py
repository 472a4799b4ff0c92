"""Triage by keys, in the real app."""

import shutil

import pytest
from rich.cells import cell_len
from tests.ui.desks import DAY, NARROW, WIDE, desk, locations_in, open_desk, sample_store
from tests.ui.screentext import screen_lines, screen_text
from textual import events

from fieldgate.domain.triage.catalog import TRIAGE_KINDS, queue
from fieldgate.ui.keys import BY_ID, Context
from fieldgate.ui.screens import triage
from fieldgate.ui.screens.form import AskScreen
from fieldgate.ui.screens.triage import PATIENCE, TriageScreen
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.triage import Session

NOTES = "8"
"""The number of the notes on the sample's start card."""


async def settled(app, pilot):
    for _ in range(3):
        await pilot.pause()
        await app.workers.wait_for_complete()
    await pilot.pause()


async def press(app, pilot, *keys):
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def item_id(app):
    return app.screen._view.item.id


def help_lines(app):
    return ["".join(span.text for span in each.spans) for each in app.screen._lines]


def waiting(app):
    opened = app._workspace
    return [each.id for each in queue(opened.facts, opened.playbook, opened.clock.today()).items]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_start_card_counts_each_kind_and_says_how_old_it_is(tmp_path, size):
    async with open_desk(sample_store(tmp_path), size) as (app, pilot):
        await press(app, pilot, "t")
        text = screen_text(app)
        assert "Everything   35" in text
        assert "8 Notes" in text
        assert "oldest 32 days" in text
        await press(app, pilot, "n", "m")
        assert "n items: 5   m minutes: 5" in screen_text(app)
        await press(app, pilot, "j", "space", "j", "space", "enter")  # two kinds together
        assert "Conflicts 1 of 2" in screen_text(app)
        await press(app, pilot, "q", "q")
        assert app.screen is desk(app)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_an_item_shows_all_that_is_needed_on_one_screen_of_whole_lines(tmp_path, size):
    async with open_desk(sample_store(tmp_path), size) as (app, pilot):
        await press(app, pilot, "t", NOTES)
        await pilot.pause(PATIENCE)
        await settled(app, pilot)
        text = screen_text(app)
        for words in (
            "Notes 1 of 10",
            "Said by",
            "Before",
            "After",
            "Which belief",
            "yes 2  maybe 2  no 1",
            "Gate ",
            "y Speaks for",
            "x Discard",
            "space skip",
            "? all keys",
        ):
            assert words in text, words
        assert {cell_len(line) for line in screen_lines(app)} == {size[0]}
        await press(app, pilot, "q")
        assert "Nothing was decided" in screen_text(app)


async def test_a_session_by_keys_decides_takes_back_puts_off_and_ends(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, "t", NOTES)
        first = item_id(app)
        await press(app, pilot, "j", "y")
        assert "0 polite  1 says  2 did  3 gave  4 paid" in screen_text(app)
        await press(app, pilot, "3")
        assert item_id(app) != first
        assert "H10: yes 3 · u undo" in screen_text(app)
        await press(app, pilot, "u")
        assert item_id(app) == first
        assert "Taken back: Speaks for" in screen_text(app)
        assert "Speaks for ◂" in screen_text(app)
        await press(app, pilot, "y", "x")
        assert item_id(app) == first
        assert first in waiting(app)
        await press(app, pilot, "m")
        assert first not in waiting(app)
        second = item_id(app)
        await press(app, pilot, "s", "3")
        assert second not in waiting(app)
        await press(app, pilot, "space", "b", "x", "q")
        text = screen_text(app)
        assert "4 decided" in text
        assert "Put off" in text
        assert "Maybes left    4" in text or "Maybes left    3" in text
        await press(app, pilot, "enter")
        assert desk(app).view == "gate"
        assert desk(app).state.facts is app._workspace.facts


async def test_the_desk_shows_what_was_decided_and_its_undo_takes_it_back(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        before = len(waiting(app))
        await press(app, pilot, "t", NOTES, "b", "q", "q")
        assert app.screen is desk(app)
        assert desk(app).state.summary.waiting_in_all == before - 1


async def test_a_verdict_draws_the_next_item_once_and_nothing_behind_it(tmp_path, monkeypatch):
    monkeypatch.setattr(triage, "PATIENCE", 60)  # what the verdicts would do is drawn by itself
    async with open_desk(sample_store(tmp_path), WIDE) as (app, pilot):
        await press(app, pilot, "t", NOTES, "b")
        await settled(app, pilot)
        drawn = []
        app._display = lambda screen, update: drawn.append(update and len(update.render_segments(app.console)))
        pane = desk(app).query_one("#pane-notes")
        behind = pane.state
        shown = item_id(app)
        await press(app, pilot, "b")
        assert item_id(app) != shown
        assert len(drawn) == 1
        assert drawn[0] < 9_000
        assert desk(app).state is not behind
        assert pane.state is behind
        await press(app, pilot, "q", "q")
        assert pane.state is desk(app).state


async def test_a_letter_that_lacks_something_says_what_and_changes_nothing(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, "t", "1")
        seq = app._workspace.store.last_seq()
        await press(app, pilot, "s")
        assert "cannot be put off" in screen_text(app)
        await press(app, pilot, "y")
        assert "y does nothing here" in screen_text(app)
        await press(app, pilot, "9")
        assert "9 does nothing here" in screen_text(app)
        assert app._workspace.store.last_seq() == seq
        await press(app, pilot, "question_mark")
        text = screen_text(app)
        assert "Keys everywhere" in text
        assert "role is no text: choose one value." in " ".join(help_lines(app))
        assert "No verdict on what is asked here." in " ".join(help_lines(app))
        told = [each.split()[:1] for each in help_lines(app)]
        assert (["1"] in told, ["2"] in told, ["9"] in told) == (True, True, False)
        assert ["F"] not in told
        await press(app, pilot, "escape")
        await press(app, pilot, "2")
        assert app._workspace.store.last_seq() > seq
        assert "1 decided" in screen_text(app)


async def test_a_form_opens_prefilled_and_decides_when_it_is_saved(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, "t", NOTES)
        first = item_id(app)
        await press(app, pilot, "a")
        assert isinstance(app.screen, AskScreen)
        assert "Her accountant asks" in app.screen._fields.typed["text"]
        await press(app, pilot, "escape")
        assert item_id(app) == first
        await press(app, pilot, "a", "ctrl+s")
        assert isinstance(app.screen, TriageScreen)
        assert first not in waiting(app)
        second = item_id(app)
        await press(app, pilot, "s", "enter")  # another day than the three usual ones
        await press(app, pilot, "ctrl+s")
        assert second not in waiting(app)
        assert item_id(app) != second


async def test_the_gate_is_decided_on_its_own_screen_and_triage_goes_on_where_it_was(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, "t", "enter", "2")
        gate = item_id(app)
        assert gate.startswith("gate:")
        await press(app, pilot, "enter")
        assert desk(app).view == "gate"
        await press(app, pilot, "t")
        assert item_id(app) == gate
        assert "Gate 2 of 35" in screen_text(app)


async def test_a_killed_session_is_offered_again(tmp_path):
    store = sample_store(tmp_path)
    async with open_desk(store, NARROW) as (app, pilot):
        await press(app, pilot, "t", NOTES, "b", "b")
    async with open_desk(store, NARROW) as (app, pilot):
        await press(app, pilot, "t")
        assert "Go on: 8 of 10 left" in screen_text(app)
        await press(app, pilot, "enter", "u")
        assert "Taken back: Background" in screen_text(app)
        assert "Notes 2 of 10" in screen_text(app)


async def test_minutes_that_are_exported_are_in_the_clipboard(tmp_path, one_of_each):
    store = shutil.copy(one_of_each, tmp_path / "store.fieldgate")
    async with open_desk(store, NARROW) as (app, pilot):
        await press(app, pilot, "t", *["j"] * 12, "enter", "X")
        assert app.clipboard.startswith("# Are we ready to leave discovery? (M19)")
        assert "## Decisions" in app.clipboard
        assert not [each for each in waiting(app) if each.startswith("minutes")]


async def test_a_belief_is_found_by_its_words_and_gets_the_verdict(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, "t", NOTES, "slash", *"forwarders", "enter", "m")
        assert "H7: maybe 0" in screen_text(app)


async def test_a_note_that_speaks_to_several_beliefs_stays_on_the_screen(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, "t", NOTES)
        first = item_id(app)
        await press(app, pilot, "l", "y", "3")
        assert item_id(app) == first
        await press(app, pilot, "j", "n", "2")
        assert item_id(app) != first
        assert first not in waiting(app)


async def test_a_quick_note_leaves_the_item_where_it_is(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, "t", "7")
        first = item_id(app)
        await press(app, pilot, "o", *"heard", "ctrl+s")
        assert isinstance(app.screen, TriageScreen)
        assert item_id(app) == first
        assert any(each.text == "heard" for each in app._workspace.store.records("note"))


async def test_every_key_that_the_card_lists_for_triage_does_something_there(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await press(app, pilot, "t", NOTES)
        bound = {each.id for binding in (TriageScreen.BINDINGS, app.BINDINGS) for each in binding}
        listed = {key.id for key in BY_ID.values() if Context.TRIAGE in key.contexts and not key.id.startswith("tour.")}
        assert listed <= bound | set(app.screen._session_keys())


class TestFlood:
    async def test_keys_typed_ahead_never_land_on_an_item_that_was_not_on_the_screen(self, tmp_path):
        async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
            await press(app, pilot, "t", NOTES)
            first, before = item_id(app), set(waiting(app))
            # All of these arrive while the first item is on the screen.
            for key in "bxbxbxbxbxbxbxbxbxbx":
                app.screen.post_message(events.Key(key, key))
            await settled(app, pilot)
            assert before - set(waiting(app)) == {first}

    async def test_a_flood_through_the_terminal_decides_only_what_was_seen(self, tmp_path):
        async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
            await press(app, pilot, "t", NOTES)
            seen, total = {item_id(app)}, len(waiting(app))
            shown = type(app.screen).show

            def watch(screen, view):
                shown(screen, view)
                if view.item is not None:
                    seen.add(view.item.id)

            app.screen.show = watch.__get__(app.screen)
            before = set(waiting(app))
            for _ in range(6):
                for key in "by3mnx":
                    app.screen.post_message(events.Key(key, key))
                await pilot.pause()
            await settled(app, pilot)
            gone = before - set(waiting(app))
            assert gone
            assert gone <= seen
            decided = app.screen._run._session._memory.decided
            assert [each[1] for each in decided] == list(dict.fromkeys(each[1] for each in decided))
            assert len(waiting(app)) == total - len(gone)

    async def test_a_key_pressed_before_an_item_was_drawn_is_dropped(self, tmp_path):
        async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
            await press(app, pilot, "t", NOTES)
            early = events.Key("b", "b")
            await press(app, pilot, "space")
            seq = app._workspace.store.last_seq()
            app.screen.post_message(early)
            await settled(app, pilot)
            assert app._workspace.store.last_seq() == seq


class TestMarked:
    async def test_what_the_pane_shows_can_be_triaged_alone(self, tmp_path):
        async with open_desk(sample_store(tmp_path)) as (app, pilot):
            await press(app, pilot, "2", "T")
            assert isinstance(app.screen, TriageScreen)
            assert "Notes 1 of 10" in screen_text(app)

    async def test_marked_records_are_decided_at_once_after_a_preview(self, tmp_path):
        async with open_desk(sample_store(tmp_path)) as (app, pilot):
            await press(app, pilot, "2", "j", "j", "space", "space", "T")
            before = len(waiting(app))
            assert "2 at once" in screen_text(app)
            await press(app, pilot, "b")
            assert "2 records change" in screen_text(app)
            await press(app, pilot, "escape")
            assert len(waiting(app)) == before
            await press(app, pilot, "b", "enter")
            assert len(waiting(app)) == before - 2
            await press(app, pilot, "u")
            assert len(waiting(app)) == before

    async def test_a_form_for_several_comes_before_the_preview_and_leaves_each_its_own(self, tmp_path):
        async with open_desk(sample_store(tmp_path)) as (app, pilot):
            await press(app, pilot, "2", "j", "j", "space", "space", "T")
            marked = [app._workspace.record("note", each.partition(":")[2]) for each in app.screen._view.together]
            before, text = len(waiting(app)), screen_text(app)
            assert "2 at once" in text
            assert all(each.text[:20] in text for each in marked)
            await press(app, pilot, "a")
            assert "2 at once · Action" in screen_text(app)
            await press(app, pilot, "ctrl+s")
            assert "records change" in screen_text(app)
            assert len(waiting(app)) == before
            await press(app, pilot, "enter")
            assert len(waiting(app)) == before - 2
            assert {each.text for each in marked} <= {each.text for each in app._workspace.facts.live("action")}

    async def test_one_that_was_marked_alone_is_shown_as_ever(self, tmp_path):
        async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
            await press(app, pilot, "2", "j", "space", "space", "T")  # one of the two does not wait
            assert "at once" not in screen_text(app)
            assert "Said by" in screen_text(app)


KEYS = {
    "conflict": ["2"],
    "gate": ["space"],
    "escalation": ["a", "ctrl+s"],
    "critical": ["a", "ctrl+s"],
    "verdict": ["y", "o", "k", "ctrl+s"],
    "maybe": ["c", "ctrl+s"],
    "action": ["D"],
    "note": ["y", "3"],
    "requirement": ["p"],
    "carry": ["y"],
    "minutes": ["D"],
}
"""What decides an item of a kind; of the others it hangs on what is asked."""


def keys_at(app):
    view = app.screen._view
    legal = {each.letter for each in view.options if not each.missing}
    asked = ["y"] if "y" in legal else ["D"] if "D" in legal else ["a", "ctrl+s"]
    return KEYS.get(view.item.kind, asked)


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory):
    """The sample with one item of each kind left, but for a customer who is asked about several things."""
    folder = tmp_path_factory.mktemp("one")
    store, locations = sample_store(folder), locations_in(folder)
    opened = open_workspace(inspect(store, locations), locations, DAY, "an")
    session = Session(opened)
    for kind in TRIAGE_KINDS:
        found = session.queue.found[kind.name]
        first = found[-1] if kind.name == "maybe" else found[0]  # the first maybe goes with the verdict before it
        later = [each for each in found if each.record_id != first.record_id]
        for record_id in dict.fromkeys(each.record_id for each in later):
            opened.perform(f"{first.record_kind}.snooze", record_id)
    session.end()
    opened.close()
    return store


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_whole_queue_is_emptied_by_its_letters_and_taken_back_across_kinds(tmp_path, one_of_each, size):
    store = shutil.copy(one_of_each, tmp_path / "store.fieldgate")
    async with open_desk(store, size) as (app, pilot):
        await press(app, pilot, "t", "enter")
        seen = []
        while app.screen._view.item.kind != "gate" or "gate" not in seen:
            seen.append(app.screen._view.item.kind)
            for key in keys_at(app):
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
            assert len(seen) < 30
        assert set(seen) == {kind.name for kind in TRIAGE_KINDS}
        assert [each.partition(":")[0] for each in waiting(app)] == ["gate"]
        decided = len(app.screen._run._session._memory.decided)
        await press(app, pilot, "u", "u", "u")
        assert len(app.screen._run._session._memory.decided) == decided - 3
        assert app.screen._view.item.kind == seen[-3]
        await press(app, pilot, "q")
        assert f"{decided - 3} decided" in screen_text(app)
