import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from tests.ui.screentext import screen_text
from textual.app import App, ComposeResult
from textual.color import Color

from fieldgate.errors import FormatError, NotFoundError
from fieldgate.locations import Locations
from fieldgate.settings import DEFAULT_THEME, NO_COLOR_THEME
from fieldgate.ui.themes import COLORS, DEFAULT, load_theme, theme_files
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row

FOLDER = Locations.find().themes()
SHIPPED = theme_files([FOLDER])
COLOURED = [name for name in SHIPPED if name != NO_COLOR_THEME]
GOOD = (FOLDER / "field-dark.yaml").read_text(encoding="utf-8")

# How three cones that are two see linear light (Viénot, Brettel and Mollon 1999; Brettel for the last).
BLINDNESS = {
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "tritanopia": ((1.01354, 0.14268, -0.15622), (-0.01181, 0.87561, 0.13619), (0.07707, 0.81208, 0.11085)),
}


def linear(color: str) -> tuple[float, ...]:
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in Color.parse(color).normalized)


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(color: str, blindness: str) -> tuple[float, ...]:
    light = linear(color)
    mixed = (sum(a * b for a, b in zip(row, light, strict=True)) for row in BLINDNESS[blindness])
    return tuple(max(0.0, value) ** (1 / 2.4) for value in mixed)


def test_at_least_five_themes_ship():
    assert {"field-dark", "field-light", "deuteranopia", "tritanopia", "terminal", "paper"} <= set(SHIPPED)


def test_the_default_at_hand_is_the_default_in_its_file():
    assert load_theme(SHIPPED[DEFAULT.name]) == DEFAULT


@pytest.mark.parametrize("name", COLOURED)
def test_what_is_to_be_read_can_be_read(name):
    theme = load_theme(SHIPPED[name])
    for ground in (theme.background, theme.surface, theme.panel):
        for colour in ("foreground", "primary", "accent", "success", "warning", "error"):
            assert contrast(getattr(theme, colour), ground) >= 4.5, (colour, ground)
        assert contrast(theme.variables["text-muted"], ground) >= 4.5
        assert contrast(theme.variables["text-disabled"], ground) >= 3
        assert contrast(theme.variables["border"], ground) >= 3
        assert contrast(theme.variables["border-blurred"], ground) >= 1.9
    for cursor in ("block-cursor", "block-cursor-blurred"):
        assert contrast(theme.variables[f"{cursor}-foreground"], theme.variables[f"{cursor}-background"]) >= 4.5


@pytest.mark.parametrize(
    ("name", "blindness"),
    [("deuteranopia", "deuteranopia"), ("deuteranopia", "protanopia"), ("tritanopia", "tritanopia")],
)
def test_what_has_a_meaning_is_told_apart_without_one_kind_of_cone(name, blindness):
    theme = load_theme(SHIPPED[name])
    for one, other in combinations((theme.success, theme.warning, theme.error), 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen(one, blindness), seen(other, blindness), strict=True)) ** 0.5
        assert distance > 0.25, (one, other)


def test_the_terminal_theme_has_none_but_the_terminals_own_colours():
    theme = load_theme(SHIPPED[NO_COLOR_THEME])
    assert theme.ansi
    values = [getattr(theme, name) for name in COLORS] + [v for v in theme.variables.values() if v != "bold"]
    assert all(value.startswith("ansi_") for value in values)


def test_the_themes_that_settings_name_ship():
    assert {DEFAULT_THEME, NO_COLOR_THEME} <= set(SHIPPED)
    assert DEFAULT.name == DEFAULT_THEME


class Themed(App[None]):
    """One list in a theme."""

    def compose(self) -> ComposeResult:
        yield RecordList(Listed([Row("A", ("客戶", "facts")), Row("B", ("b", "facts"), dim=True)]), title="List")


@pytest.mark.parametrize("name", SHIPPED)
async def test_every_theme_can_be_worn(name):
    app = Themed()
    async with app.run_test(size=(40, 12)) as pilot:
        app.register_theme(load_theme(SHIPPED[name]))
        app.theme = name
        await pilot.pause()
        assert "▌客戶" in screen_text(app)
        colours = {
            str(colour.name)
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if segment.style
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour
        }
    if name == NO_COLOR_THEME:
        assert not any(colour.startswith("#") for colour in colours), colours


BROKEN = {
    "colour": (GOOD.replace('accent: "#e5b567"', "accent: bogus"), ["line 7", "bogus", "accent"]),
    "unknown colour": (GOOD.replace("  accent:", "  accents:"), ["line 7", "accents"]),
    "missing": (GOOD.replace('  accent: "#e5b567"\n', ""), ["accent", "missing"]),
    "variable": (GOOD.replace("  border:", "  bordure:"), ["line 16", "bordure"]),
    "variable colour": (GOOD.replace('border: "#6aa5e8"', 'border: "red; }"'), ["line 16", "border"]),
    "style": (GOOD.replace("text-style: bold", "text-style: blinking"), ["line 22", "blinking"]),
    "empty style": (GOOD.replace("text-style: bold", 'text-style: ""'), ["line 22"]),
    "part": (GOOD + "css: '* { }'\n", ["line 25", "css"]),
    "truth": (GOOD.replace("dark: yes", "dark: perhaps"), ["line 3", "dark"]),
    "list": (GOOD.replace("dark: yes", "dark: [yes]"), ["line 3", "dark"]),
    "about": (GOOD.replace("about: Dark, the default", "about: {a: b}"), ["line 2", "about"]),
    "nested": (GOOD.replace('accent: "#e5b567"', "accent: [a]"), ["line 4", "colors"]),
    "no map": (GOOD.replace("variables:", "variables: x\nabout2:"), ["bad.yaml"]),
    "yaml": ("colors: [", ["bad.yaml"]),
    "empty": ("", ["primary", "missing"]),
    "alias": ("colors: &a {primary: red}\nvariables: *a\n", ["bad.yaml", "line"]),
}


@pytest.mark.parametrize(("text", "words"), BROKEN.values(), ids=BROKEN)
def test_a_bad_theme_is_refused_with_file_line_and_reason(tmp_path: Path, text, words):
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as failure:
        load_theme(path, tmp_path / "cache")
    assert all(word in failure.value.message for word in words), failure.value.message
    assert "bad.yaml" in failure.value.message
    assert not (tmp_path / "cache").exists()


def test_a_theme_that_is_not_there_is_not_found(tmp_path: Path):
    with pytest.raises(NotFoundError):
        load_theme(tmp_path / "gone.yaml")


def test_a_theme_cannot_have_any_name(tmp_path: Path):
    path = tmp_path / "Bad Name.yaml"
    path.write_text(GOOD, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8")
    assert list(theme_files([tmp_path, tmp_path / "nowhere"])) == ["mine"]
    with pytest.raises(FormatError):
        load_theme(path)


def test_the_users_theme_of_one_name_counts(tmp_path: Path):
    (tmp_path / "paper.yaml").write_text(GOOD, encoding="utf-8")
    assert theme_files([FOLDER, tmp_path])["paper"].parent == tmp_path


def test_shades_with_an_amount_are_colours(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace('"#9fabba"', "auto 60%"), encoding="utf-8")
    assert load_theme(path).variables["text-muted"] == "auto 60%"


def test_what_was_parsed_is_kept_until_the_file_changes(tmp_path: Path):
    path, cache = tmp_path / "mine.yaml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    first = load_theme(path, cache)
    (kept,) = cache.iterdir()
    kept.write_text(kept.read_text().replace("#e5b567", "#e5b568"))
    assert load_theme(path, cache).accent == "#e5b568"
    path.write_text(GOOD + "# changed\n", encoding="utf-8")
    assert load_theme(path, cache) == first


@pytest.mark.parametrize("text", ["", "[]", "{", '{"digest": 1}', "\x00"])
def test_a_damaged_cache_does_no_harm(tmp_path: Path, text):
    path, cache = tmp_path / "mine.yaml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    first = load_theme(path, cache)
    (kept,) = cache.iterdir()
    kept.write_text(text)
    assert load_theme(path, cache) == first


def test_a_cache_that_cannot_be_written_is_only_slower(tmp_path: Path):
    path, cache = tmp_path / "mine.yaml", tmp_path / "cache"
    path.write_text(GOOD, encoding="utf-8")
    cache.write_text("a file where the folder should be")
    assert load_theme(path, cache).name == "mine"


def test_the_default_needs_no_yaml():
    code = "import fieldgate.ui.themes, sys; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
