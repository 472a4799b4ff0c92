"""The picture of the last desk, in the real app in a real terminal."""

from pathlib import Path

import pytest
from tests.ui.desks import DAY, locations_in
from tests.ui.terminal import Terminal

from fieldgate.workspace.demo import make_demo

ALTERNATE = b"\x1b[?1049h"
QUERY = b"\x1b[?2026$p"
"""What Textual asks the terminal when it takes it over: all that is drawn before is the picture."""


@pytest.fixture
def place(tmp_path) -> tuple[Path, dict[str, str]]:
    locations = locations_in(tmp_path)
    env = {
        "FIELDGATE_DATA": str(locations.data),
        "FIELDGATE_CONFIG": str(locations.config),
        "FIELDGATE_CACHE": str(locations.cache),
    }
    return make_demo(locations, DAY), env


def started(place, *words: str, day: str = "2026-03-16", size=(140, 40)) -> Terminal:
    path, env = place
    return Terminal("-m", "fieldgate", str(path), "--today", day, *words, size=size, env=env)


def visit(place, keys: str = "", size=(140, 40)) -> None:
    """Open the desk, wait until the figures are settled, press keys and quit."""
    with started(place, size=size) as terminal:
        terminal.until("all keys")
        terminal.settle()
        for key in keys:
            terminal.send(key)
            terminal.settle()
        terminal.send("\x11")
        assert terminal.end() == 0


def first_paint(place, **options) -> bytes:
    """What was drawn before Textual spoke to the terminal."""
    with started(place, **options) as terminal:
        terminal.until(QUERY)
        drawn = terminal.output.partition(QUERY)[0]
        terminal.until("all keys")
        terminal.settle()
        terminal.send("\x11")
        assert terminal.end() == 0
        assert terminal.output.count(ALTERNATE) == 1
        assert terminal.attributes() == terminal.before
    return drawn


def test_the_second_start_shows_the_desk_before_anything_is_loaded(place):
    assert b"Hypotheses" not in first_paint(place)
    visit(place)
    drawn = first_paint(place).decode(errors="replace")
    assert "1 Hypotheses" in drawn
    assert "NEXT" in drawn


def test_keys_pressed_over_the_picture_are_obeyed(place):
    visit(place)
    with started(place) as terminal:
        terminal.until("1 Hypotheses")
        terminal.send("7")
        terminal.until("Urgency")
        terminal.send("\x11")
        assert terminal.end() == 0


@pytest.mark.parametrize("change", ["day", "size", "settings", "store", "place"])
def test_what_changed_since_takes_the_picture_away(place, change):
    path, env = place
    visit(place)
    options = {"day": {"day": "2026-03-17"}, "size": {"size": (100, 30)}}.get(change, {})
    if change == "settings":
        file = Path(env["FIELDGATE_CONFIG"]) / "settings.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("mouse: no\n")
    elif change == "store":
        path.touch()
    elif change == "place":
        (path.parent / "place.json").write_text("{}")
    assert b"1 Hypotheses" not in first_paint(place, **options)


def test_a_desk_that_the_next_start_would_show_otherwise_leaves_no_picture(place):
    visit(place, "1\r")
    assert b"1 Hypotheses" not in first_paint(place)


def test_a_store_outside_the_data_folder_leaves_no_picture(place, tmp_path):
    path, env = place
    elsewhere = tmp_path / "elsewhere.fieldgate"
    elsewhere.write_bytes(path.read_bytes())
    visit((elsewhere, env))
    assert not list(Path(env["FIELDGATE_CACHE"]).glob("*.frame*"))
