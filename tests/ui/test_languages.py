"""Every screen in every language at 80x24: borders straight, the way to all keys in sight, none of our own words cut."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tests.ui.desks import NARROW, open_desk, sample_store
from tests.ui.screentext import screen_lines

import fieldgate
from fieldgate import words
from fieldgate.ui.keys import BY_ID
from fieldgate.ui.plain import width_of

FOLDER = Path(fieldgate.__file__).parent / "languages"
HINTED = frozenset({"DeskScreen", "TriageScreen", "TimelineScreen", "AssumptionMapScreen"})
"""Screens that end with the way to all keys."""

LEAST = 8
"""A shorter run of letters before `…` may be the beginning of anything."""

WAY = (
    *"245678", "G", "3", "M", "question_mark", "escape", "colon", "escape", "apostrophe", "m", "escape",
    "apostrophe", "v", "escape", "apostrophe", "t", "escape", "apostrophe", "r", "escape", "apostrophe", "p", "escape",
    "apostrophe", "b", "escape", "I", "escape", "1", "enter", "full_stop", "escape", "o", "escape", "C", "escape",
    "t", "enter", "question_mark", "escape", "q", "q",
)  # fmt: skip
"""The keys of a walk through every screen; what each shows is looked at."""


@pytest.fixture(autouse=True)
def english_again():
    yield
    words.choose("en")


@cache
def own_words(language: str) -> tuple[str, ...]:
    """What the app says in a language: each text up to its first placeholder."""
    path = FOLDER / ("vi" if language == "en" else language) / "LC_MESSAGES" / "fieldgate.po"
    with path.open("rb") as file:
        found = [each for each in read_po(file, locale=path.parents[1].name) if each.id]
    texts = {each.id if language == "en" else each.string or each.id for each in found}
    return tuple(text.partition("{")[0] for text in texts)


def cut_words(lines: list[str], language: str) -> set[str]:
    """The runs before a `…` that are the beginning of a text of ours and not the whole of it."""
    found = set()
    for line in lines:
        for run in re.findall(r"([^…│┃╭┏▌█·•]*)…", line):
            text = re.split(r"\s{2,}", run.strip())[-1].strip()
            if len(text) >= LEAST and any(own.startswith(text) and own.strip() != text for own in own_words(language)):
                found.add(text)
    return found


def looked_at(lines: list[str], screen: str) -> list[str]:
    """The lines in which nothing of ours may be cut.

    Rows of the desk hold what records hold, and the detail says it whole; what a greyed line of a menu lacks is said when
    it is pressed; a field says its whole name below while it has the focus.
    """
    if screen == "DeskScreen":
        return [line for line in lines if set(line) & set("╭┏╰┗") or line is lines[-1]]
    return [] if screen in {"AskScreen", "MenuScreen"} else lines


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_every_screen_is_whole(tmp_path, language):
    words.choose(language)
    seen: set[str] = set()
    cut: dict[str, list[str]] = {}
    async with open_desk(sample_store(tmp_path), NARROW) as (app, pilot):
        for number, key in enumerate(WAY):
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            lines, screen = screen_lines(app), type(app.screen).__name__
            assert {width_of(line) for line in lines} == {80}, (language, key)
            assert screen not in HINTED or words.t(BY_ID["app.help"].words) in lines[-1], (language, key)
            seen.add(screen)
            if found := cut_words(looked_at(lines, screen), language):
                cut[f"{number} {key} {screen}"] = sorted(found)
    assert len(seen) > 11
    assert cut == {}
