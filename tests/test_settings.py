import os
import stat
import subprocess
import sys

import pytest

from fieldgate.errors import BusyError, FormatError
from fieldgate.locations import Locations
from fieldgate.settings import ALLOWED, DEFAULT_THEME, NO_COLOR_THEME, Settings, change_setting, load_settings

ID = "7k3m9q2xw4tb1n8c"
FILE = """\
# my settings
theme: paper  # for the train
language: vi
author: an
authors:
  7k3m9q2xw4tb1n8c: nguyễn
mouse: no
keys:
  desk.find: ctrl+f
  desk.next: "j,down"
"""


@pytest.fixture
def locations(tmp_path, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FIELDGATE_AUTHOR", raising=False)
    return Locations(data=tmp_path / "data", config=tmp_path / "config", cache=tmp_path / "cache")


@pytest.fixture
def write_file(locations):
    def write(text: str) -> None:
        locations.config.mkdir(exist_ok=True)
        locations.settings().write_text(text, encoding="utf-8")

    return write


def test_without_a_file_the_defaults_hold_and_nothing_is_made(locations, tmp_path):
    settings = load_settings(locations)
    assert settings == Settings()
    assert (settings.theme, settings.language, settings.mouse) == (DEFAULT_THEME, "en", True)
    assert settings.author_of(ID) == ""
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_read_with_the_line_of_every_key(locations, write_file):
    write_file(FILE)
    settings = load_settings(locations)
    assert (settings.theme, settings.language, settings.author, settings.mouse) == ("paper", "vi", "an", False)
    assert settings.authors == {ID: "nguyễn"}
    assert settings.keys == {"desk.find": "ctrl+f", "desk.next": "j,down"}
    assert settings.lines["keys", "desk.find"] == 9
    assert settings.lines["theme",] == 2


def test_an_empty_file_and_empty_settings_leave_the_defaults(locations, write_file):
    write_file("# nothing yet\n")
    assert load_settings(locations) == Settings()
    write_file("theme:\nlanguage:\nkeys:\nauthors:\nmouse:\n")
    settings = load_settings(locations)
    assert (settings.theme, settings.keys, settings.authors) == (DEFAULT_THEME, {}, {})


def test_the_author_is_told_by_the_environment_then_the_workspace_then_all(locations, write_file, monkeypatch):
    write_file(FILE)
    assert load_settings(locations).author_of(ID) == "nguyễn"
    assert load_settings(locations).author_of("4wd0m2t9cq8s1zxy") == "an"
    monkeypatch.setenv("FIELDGATE_AUTHOR", " kiri ")
    assert load_settings(locations).author_of(ID) == "kiri"


def test_no_color_asks_for_the_terminals_colours_unless_a_theme_is_chosen(locations, write_file, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert load_settings(locations).theme == NO_COLOR_THEME
    write_file("mouse: yes\n")
    assert load_settings(locations).theme == NO_COLOR_THEME
    write_file("theme: paper\n")
    assert load_settings(locations).theme == "paper"
    monkeypatch.setenv("NO_COLOR", "")
    write_file("mouse: yes\n")
    assert load_settings(locations).theme == DEFAULT_THEME


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("theme: dark\ncolour: red\n", 2, "there is no setting colour"),
        ("theme: [dark]\n", 1, "theme is one line of text"),
        ("author: |\n  a\n  b\n", 1, "author is one line of text"),
        ("theme: " + "x" * 300, 1, "theme is one line of text"),
        ("\nlanguage: klingon\n", 2, "there is no language klingon"),
        ("mouse: perhaps\n", 1, "mouse is yes or no"),
        ("keys: ctrl+f\n", 1, "keys is a map"),
        ("keys:\n  desk.find: [a]\n", 2, "desk.find is one line of text"),
        ("keys:\n  desk.find:\n", 2, "desk.find is one line of text"),
        ("authors: [an]\n", 1, "authors is a map"),
        ("theme: a\ntheme: b\n", 2, "the key theme stands here twice"),
        ("theme: *x\n", 1, "aliases"),
        ("theme: 'a\n", None, "not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(locations, write_file, text, line, words):
    write_file(text)
    with pytest.raises(FormatError) as caught:
        load_settings(locations)
    assert words in caught.value.message
    assert caught.value.message.startswith("settings.yaml, line ")
    if line:
        assert f"line {line}: " in caught.value.message


def test_allowed_settings_are_named(locations, write_file):
    write_file("colour: red\n")
    with pytest.raises(FormatError) as caught:
        load_settings(locations)
    assert caught.value.hint == f"Allowed are {', '.join(ALLOWED)}."


def test_hostile_files_are_refused(locations, write_file):
    for text in ("[" * 100_000, "x" * 2_000_000, "a: \x00"):
        write_file(text)
        with pytest.raises(FormatError):
            load_settings(locations)
    locations.settings().unlink()
    os.mkfifo(locations.settings())
    with pytest.raises(FormatError, match="not a plain file"):
        load_settings(locations)


def test_reading_the_defaults_loads_no_yaml(tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from fieldgate.locations import Locations\nfrom fieldgate.settings import load_settings\n"
        f"here = Path({str(tmp_path)!r})\n"
        "load_settings(Locations(data=here, config=here, cache=here))\n"
        "assert not {'yaml', 'fieldgate.yamltext'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_change_leaves_every_other_line_as_it_was(locations, write_file):
    write_file(FILE)
    assert change_setting(locations, ("theme",), "night").theme == "night"
    assert locations.settings().read_text(encoding="utf-8") == FILE.replace(
        "theme: paper  # for the train", "theme: night"
    )


def test_a_setting_that_is_new_goes_to_its_map_or_to_the_end(locations, write_file):
    write_file(FILE + "\n\n")
    change_setting(locations, ("authors", "4wd0m2t9cq8s1zxy"), "kiri: k")
    text = locations.settings().read_text(encoding="utf-8")
    assert 'authors:\n  4wd0m2t9cq8s1zxy: "kiri: k"\n  7k3m9q2xw4tb1n8c: nguyễn\n' in text
    write_file("# mine\n")
    change_setting(locations, ("theme",), "night")
    settings = change_setting(locations, ("authors", ID), "Иван")
    assert locations.settings().read_text(encoding="utf-8") == (f'# mine\ntheme: night\nauthors:\n  {ID}: "Иван"\n')
    assert settings.author_of(ID) == "Иван"


def test_the_first_change_makes_the_file_for_this_user_alone(locations):
    before = os.umask(0)
    try:
        assert change_setting(locations, ("language",), "th").language == "th"
    finally:
        os.umask(before)
    assert locations.settings().read_text() == "language: th\n"
    assert stat.S_IMODE(locations.settings().stat().st_mode) == 0o600
    assert stat.S_IMODE(locations.config.stat().st_mode) == 0o700
    assert [path.name for path in locations.config.iterdir()] == ["settings.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "{theme: paper, mouse: no}\n",
        "theme:\n  paper\nmouse: no\n",
        "theme: >\n  paper\nmouse: no\n",
        "authors: {}\nmouse: no\n",
        "authors: {aaaabbbbccccdddd: x}\nmouse: no",
        "authors:\n    aaaabbbbccccdddd: x\nmouse: no",
    ],
)
def test_an_unusual_layout_is_written_anew_with_the_same_settings(locations, write_file, text):
    write_file(text)
    before = load_settings(locations)
    change_setting(locations, ("theme",), "night")
    settings = change_setting(locations, ("authors", ID), "an")
    assert settings.theme == "night"
    assert settings.authors == {**before.authors, ID: "an"}
    assert settings.mouse is False
    assert load_settings(locations) == settings


def test_a_change_that_may_not_be_leaves_the_file_as_it_was(locations, write_file):
    write_file(FILE)
    for path, value in ((("colour",), "red"), (("language",), "klingon"), (("theme",), "a\nb"), (("mouse", "x"), "y")):
        with pytest.raises(FormatError):
            change_setting(locations, path, value)
    assert locations.settings().read_text(encoding="utf-8") == FILE


def test_a_link_to_a_file_elsewhere_stays_a_link(locations, tmp_path):
    real = tmp_path / "dotfiles.yaml"
    real.write_text("theme: paper\n")
    locations.config.mkdir()
    locations.settings().symlink_to(real)
    change_setting(locations, ("theme",), "night")
    assert locations.settings().is_symlink()
    assert real.read_text() == "theme: night\n"


def test_a_folder_that_cannot_be_written_is_told(locations):
    locations.config.write_text("a file where the folder should be")
    with pytest.raises(BusyError, match="cannot be written"):
        change_setting(locations, ("theme",), "night")


def test_the_themes_that_hold_by_default_ship():
    shipped = {path.stem for path in Locations.find().themes().glob("*.yaml")}
    assert {DEFAULT_THEME, NO_COLOR_THEME} <= shipped
