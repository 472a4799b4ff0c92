"""Whatever form one types into: it is kept while one types, stays when it is left, and is offered back after a kill."""

import json
from pathlib import Path

from tests.ui.desks import NARROW, PATIENCE, desk, open_desk, sample_store
from tests.ui.screens.test_deciding import GOTO, act, facts, hit
from tests.ui.screens.working_keys import calm
from tests.ui.screentext import screen_text

import fieldgate
from fieldgate.ui.messages import SyncRequested
from fieldgate.ui.screens.form import AskScreen
from fieldgate.ui.screens.left_behind import _open
from fieldgate.ui.screens.menu import MenuScreen

PIVOT = ("4", "full_stop", "P")
WAYS = {
    "a record": ("5", "e"),
    "a new one": ("1", "o"),
    "several records": ("2", "space", "j", "space", "a"),
    "a number of the policy": (GOTO, "p", "j", "enter"),
    "an answer of a hat": (GOTO, "y", "full_stop", "1"),
    "a belief that changes": (*PIVOT, "enter"),
    "the gate that opens": (*PIVOT, "j", "enter", "z", "tab", "right", "tab", "w", "ctrl+s", "ctrl+s"),
    "a folder to share at": (),
}
"""Every way to a form, each with the keys that lead there."""


async def type_into(app, text):
    """Type into the first field that takes words; it is kept, at once if need be and else a moment later."""
    form = app.screen
    assert isinstance(form, AskScreen)
    name = next(each.name for each in form.form.questions if each.holds in {"text", "lines", "long"})
    form._fields.fill({name: text})
    return form, name


def kept(folder, name):
    """Return what the file of drafts holds of a field."""
    found = [json.loads(file.read_text("utf-8")) for file in folder.rglob("drafts.json")]
    return [each["typed"].get(name) for drafts in found for each in drafts]


def to_agree(app):
    """Hold a sync meeting with a pivot as its proposal; return its id."""
    members = [each.id for each in facts(app).members.values()]
    act(app, "meeting.create", None, kind="sync", topic="Kam", members=members, proposal="pivot")
    return max(facts(app).meetings.values(), key=lambda each: int(each.code[1:])).id


async def test_what_is_typed_into_any_form_is_kept_and_offered_back(tmp_path):
    path = sample_store(tmp_path)
    typed = {}
    async with open_desk(path, NARROW) as (app, pilot):
        meeting = to_agree(app)
        for number, (way, keys) in enumerate(WAYS.items()):
            for key in keys:
                await pilot.press(key)
                await app.workers.wait_for_complete()
            await calm(app, pilot)
            if way == "a folder to share at":
                desk(app).post_message(SyncRequested("share"))
                await calm(app, pilot)
            text = f"{number} bản nháp ราคา"
            form, name = await type_into(app, text)
            for _ in range(PATIENCE):
                await pilot.pause(0.01)
                if form._keeping or text in kept(tmp_path, name):  # a moment later; on a busy machine that may be over
                    break
            else:
                raise AssertionError(f"{way}: what is typed is not kept a moment later")
            app.keep_all()
            assert text in kept(tmp_path, name), way
            typed[text] = (way, name)
            await hit(app, pilot, "escape")
            while app.screen is not desk(app):
                await app.pop_screen()
            await pilot.press("escape")  # and what was marked is so no more
            if way == "an answer of a hat":
                for team in ("custdev", "proddev"):
                    act(app, "meeting.vote", meeting, team=team, agree=True)
    async with open_desk(path, NARROW) as (app, pilot):  # a kill leaves no more than that file
        for text, (way, name) in typed.items():
            place, at = next((at, n) for n, (at, each) in enumerate(desk(app).drafts.items()) if each.get(name) == text)
            if isinstance(app.screen, MenuScreen):
                await hit(app, pilot, *["j"] * at, "enter")
            else:
                _open(desk(app), place)
                await calm(app, pilot)
            assert isinstance(app.screen, AskScreen), way
            assert app.screen._fields.typed[name] == text, way
            assert "and not saved: it stands here again" in " ".join(screen_text(app).split()), way
            while app.screen is not desk(app):
                await app.pop_screen()


def test_forms_are_shown_in_one_place_which_keeps_what_is_typed():
    house = Path(fieldgate.__file__).parent
    found = {str(each.relative_to(house)): each.read_text("utf-8") for each in house.rglob("*.py")}
    assert {name for name, text in found.items() if "AskScreen(" in text.replace("class AskScreen(", "")} == {
        "ui/screens/asking.py"
    }
    lookups = {name for name, text in found.items() if "drafts=None" in text}
    assert lookups == {"ui/screens/time_machine.py", "ui/screens/triage_help.py"}, (
        "a day and a search; everything else is kept"
    )
