"""Bringing in what somebody has, on the screen: a preview, questions where a table is not clear, and one act."""

from tests.builders import a_gate, a_workspace
from tests.ui.desks import NARROW, open_desk, sample_store, store_of
from tests.ui.screens.working_keys import calm, facts, hit
from tests.ui.screentext import screen_text

from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.screens.paper import PaperScreen


async def palette(app, pilot, words):
    await hit(app, pilot, "colon")
    await pilot.press(*words, "enter")
    await calm(app, pilot)


async def test_a_folder_and_an_unclear_table_are_shown_before_they_are_brought(tmp_path, monkeypatch):
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "Kiri.md").write_text(
        "---\ncustomer: Kiri\nmood: '[red]x[/]'\n---\n- zu teuer\n- แพงไป\n", "utf-8"
    )
    (tmp_path / "t.csv").write_text("Firma,Zitat\nDelmar,teuer\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    async with open_desk(sample_store(tmp_path / "store"), NARROW) as (app, pilot):
        waiting = len(list(facts(app).live("note")))
        await palette(app, pilot, "import: notes")
        assert "vault/" in screen_text(app)
        await pilot.press(*"vault", "enter")
        await calm(app, pilot)
        said = screen_text(app)
        for words in (
            "`.` then b brings it in",
            "2 new: note",
            "Kiri.md: 1 customer, 1 meeting, 2 note",
            "keys that mean nothing here: mood",
        ):
            assert words in said
        assert "enter open" not in said, "no link is on the page"
        assert len(list(facts(app).live("note"))) == waiting
        await hit(app, pilot, "full_stop", "b")
        assert isinstance(app.screen, DeskScreen)
        assert len(list(facts(app).live("note"))) == waiting + 2
        assert any("2 lines wait" in str(each.message) for each in app._notifications)

        await palette(app, pilot, "import: notes")
        await pilot.press(*"t.csv", "enter")
        await calm(app, pilot)
        assert "What is a row of t.csv?" in screen_text(app)
        await hit(app, pilot, "1")
        assert "What is the column Firma?" in screen_text(app)
        await pilot.press("j", "j", "enter")
        await calm(app, pilot)
        assert "What is the column Zitat?" in screen_text(app)
        await pilot.press("escape")
        await hit(app, pilot, "u")
        assert isinstance(app.screen, DeskScreen)
        assert not isinstance(app.screen, PaperScreen)
        assert len(list(facts(app).live("note"))) == waiting


async def test_what_begins_with_the_typed_words_stands_first_in_the_palette(tmp_path):
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        await hit(app, pilot, "colon")
        await pilot.press(*"import")
        await pilot.pause()
        said = screen_text(app)
        assert 0 < said.index("Import: notes") < said.index("Assumption map: importance")


async def test_an_empty_list_says_which_keys_fill_it(tmp_path):
    async with open_desk(store_of(tmp_path, [a_workspace(), a_gate()]), NARROW) as (app, pilot):
        for key, words in (("2", "C  writes a talk down"), ("2", ":  and `import`"), ("1", "o  writes the first one"),
                           ("5", ":  and `import`"), ("8", "o  writes the first one")):  # fmt: skip
            await hit(app, pilot, key)
            assert words in screen_text(app), key
