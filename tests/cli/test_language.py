import pytest

from fieldgate import words
from fieldgate.cli.language import choose_language


@pytest.fixture(autouse=True)
def english_again(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    words.choose("en")


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("", "en"),
        ("vi", "vi"),
        ("vi_VN.UTF-8:en", "vi"),
        ("zh_TW:zh", "zh_Hant"),
        ("zh-Hant", "zh_Hant"),
        ("fr:bg_BG", "bg"),
        ("en_GB:th", "en"),
        ("../../etc", "en"),
    ],
)
def test_the_environment_asks_for_a_language(monkeypatch, wish, language):
    monkeypatch.setenv("LANGUAGE", wish)
    assert choose_language() == language


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_MESSAGES": "th_TH.UTF-8"}, "th"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "bg"}, "bg"),
    ],
)
def test_the_locale_of_the_system_asks_too(monkeypatch, wishes, language):
    for name, wish in wishes.items():
        monkeypatch.setenv(name, wish)
    assert choose_language() == language


@pytest.mark.parametrize("line", ["language: th", "language: 'th' # mine", 'mouse: no\nlanguage: "th"'])
def test_the_setting_wins(monkeypatch, own_folders, line):
    monkeypatch.setenv("LANGUAGE", "vi")
    (own_folders / "config").mkdir()
    (own_folders / "config" / "settings.yaml").write_text(line + "\n", "utf-8")
    assert choose_language() == "th"


def test_a_setting_that_is_no_language_is_left_to_who_reads_the_settings(own_folders):
    (own_folders / "config").mkdir()
    (own_folders / "config" / "settings.yaml").write_text("language: klingon\n", "utf-8")
    assert choose_language() == "en"


def test_a_call_speaks_the_language_and_json_stays_as_it_is(told, monkeypatch):
    english = told("status", "--json").data
    monkeypatch.setenv("LANGUAGE", "bg")
    assert "СЛЕДВА" in told("status").out
    data = told("status", "--json").data
    assert (data["phase"], data["step"]) == (english["phase"], english["step"])
    assert data["waiting"].keys() == english["waiting"].keys()
    monkeypatch.delenv("LANGUAGE")
    assert "NEXT" in told("status").out
