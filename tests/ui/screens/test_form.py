"""The form of any move: what stands in it, what it sends, what it keeps."""

from tests.ui.desks import desk, open_desk, sample_store
from tests.ui.screentext import screen_text

from fieldgate.ui.messages import AskRequested
from fieldgate.ui.screens.form import AskScreen
from fieldgate.ui.screens.left_behind import offer_drafts
from fieldgate.ui.widgets.field_form import FieldRow


async def ask(app, pilot, move_id, record_id="", **values):
    desk(app).post_message(AskRequested(move_id, record_id, values))
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


def code_id(app, code):
    return app._workspace.store.find(code)[1]


async def save(app, pilot):
    await pilot.press("ctrl+s")
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_form_is_prefilled_from_the_record_and_saves_only_what_was_typed(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        found = code_id(app, "H8")
        before = app._workspace.facts.hypotheses[found]
        await ask(app, pilot, "hypothesis.edit", found)
        assert isinstance(app.screen, AskScreen)
        assert before.statement[:20] in screen_text(app)
        await pilot.press("home", *"ง")
        await save(app, pilot)
        assert app.screen is desk(app)
        after = app._workspace.facts.hypotheses[found]
        assert after.statement == "ง" + before.statement
        assert after.area == before.area
        assert desk(app).state.facts is app._workspace.facts


async def test_what_the_rules_refuse_is_said_beside_its_field_and_stays_typed(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await ask(app, pilot, "member.create")
        await pilot.press(*"an", "tab", *"An again", "tab", "right")
        await save(app, pilot)
        assert isinstance(app.screen, AskScreen)
        text = screen_text(app)
        assert "! " in text
        assert "is missing" not in text
        assert "An again" in text
        assert len(app._workspace.facts.members) == len(desk(app).state.facts.members)


async def test_escape_keeps_a_draft_that_stands_there_the_next_time(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await ask(app, pilot, "note.create")
        await pilot.press(*"首次接触")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is desk(app)
        await ask(app, pilot, "note.create")
        assert app.screen._fields.typed["text"] == "首次接触"
        await pilot.press("escape")
        # Forgetting is asked once more: nothing else brings it back.
        for answer, left in (("escape", 1), ("k", 1), ("X", 0)):
            offer_drafts(desk(app))
            await pilot.pause()
            await pilot.press("X")
            await pilot.pause()
            assert "This cannot be undone" in screen_text(app)
            await pilot.press(answer)
            await pilot.pause()
            assert app.screen is desk(app)
            assert len(desk(app).drafts) == left


async def test_a_moment_that_ends_after_the_save_keeps_nothing_of_it(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        await ask(app, pilot, "note.create")
        await pilot.press(*"客戶")
        form = app.screen
        form.keep_now()
        assert len(desk(app).drafts) == 1
        form._sent({"text": "客戶"}, None)
        desk(app).drafts.clear()
        form.keep_now()
        assert not desk(app).drafts
        await pilot.pause()
        assert app.screen is desk(app)
        assert not desk(app).drafts


async def test_a_refusal_of_many_reasons_leaves_room_for_the_field_that_answers_it(tmp_path):
    async with open_desk(sample_store(tmp_path), (80, 24)) as (app, pilot):
        await ask(app, pilot, "customer.end", code_id(app, "C4"))
        await save(app, pilot)
        shown = screen_text(app)
        for words in ("… and 8 more.", "Or give a reason for ending early.", "why it ends early", "ctrl+s save"):
            assert words in shown
        await pilot.press(*"Sold")
        await save(app, pilot)
        assert app.screen is desk(app)
        # What is said below a field is not cut either.
        await ask(app, pilot, "hypothesis.support", code_id(app, "H5"))
        await pilot.press(*"They")
        await save(app, pilot)
        assert "firm answers are wanted" in " ".join(screen_text(app).replace("│", " ").split())


async def test_a_required_choice_is_never_answered_by_what_happens_to_stand_first(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        members = len(app._workspace.facts.members)
        await ask(app, pilot, "member.create")
        await pilot.press(*"newbie", "tab", *"Newbie")
        await save(app, pilot)
        assert isinstance(app.screen, AskScreen)
        assert "team is missing" in screen_text(app)
        assert len(app._workspace.facts.members) == members


async def test_a_move_that_asks_nothing_is_made_at_once(tmp_path):
    async with open_desk(sample_store(tmp_path)) as (app, pilot):
        note = next(each for each in app._workspace.facts.notes.values() if each.triaged_at is None)
        await ask(app, pilot, "note.background", note.id)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen is desk(app)
        assert app._workspace.record("note", note.id).triaged_at is not None


async def test_a_link_that_finds_nothing_says_so_while_one_types_and_how_to_make_it(tmp_path):
    async with open_desk(sample_store(tmp_path), (80, 24)) as (app, pilot):
        await ask(app, pilot, "note.create")
        while "customer_id" not in {each.spec.name for each in app.screen.query(FieldRow) if each.has_focus_within}:
            await pilot.press("tab")
        await pilot.press(*"Nobody")
        await pilot.pause()
        text = " ".join(screen_text(app).replace("│", " ").split())
        assert "no record is called Nobody · Esc keeps what you typed here; then : and “New customer” makes it" in text
        await pilot.press(*["backspace"] * 6, *"c1")
        await pilot.pause()
        assert "no record is called" not in screen_text(app)
