import gettext
import importlib.util
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import fieldgate
from fieldgate import words
from fieldgate.domain.display import cell_width
from fieldgate.domain.moves.catalog import MOVES
from fieldgate.domain.moves.choices import word_of
from fieldgate.domain.moves.fields import FIELDS
from fieldgate.domain.records.journey import Function, Phase
from fieldgate.domain.records.learning import Area, MeetingKind, PivotKind, Stance
from fieldgate.locations import Locations
from fieldgate.workspace.playbook_files import shipped_playbook

FOLDER = Path(fieldgate.__file__).parent / "languages"
OTHERS = words.LANGUAGES[1:]
GLOSSARY = {
    "vi": {"Customer Discovery": "Tìm hiểu Khách hàng", "Company Building": "Xây dựng Công ty", "vision": "tầm nhìn"},
    "zh_Hant": {"Customer Validation": "鞏固客戶", "Customer Discovery": "發現客戶", "Hypotheses": "假設"},
    "th": {"Marketing": "การตลาด", "For life": "ลูกค้าเพื่อชีวิต", "Gap": "ช่องว่าง", "hypothesis": "สมมติฐาน"},
    "bg": {"Sales": "Продажби", "Customer success": "Успех на клиента", "hypothesis": "предположение"},
}


@pytest.fixture(autouse=True)
def english_again():
    yield
    words.choose("en")


def catalogue(language: str):
    with (FOLDER / language / "LC_MESSAGES" / "fieldgate.po").open("rb") as file:
        return [each for each in read_po(file, locale=language) if each.id]


def names_in(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", OTHERS)
def test_every_placeholder_survives_its_translation(language):
    done = [each for each in catalogue(language) if each.string]
    assert len(done) > 150
    wrong = [each.id for each in done if names_in(each.id) != names_in(each.string)]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_blanks_around_a_translation_are_those_of_its_text(language):
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text.endswith("\n")

    assert [each.id for each in catalogue(language) if each.string and edges(each.id) != edges(each.string)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    with (FOLDER / language / "LC_MESSAGES" / "fieldgate.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {key: text for key, text in compiled._catalog.items() if key} == {
        each.id: each.string for each in catalogue(language) if each.string
    }


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_says_that_nobody_reviewed_it(language):
    assert (FOLDER / language / "LC_MESSAGES" / "fieldgate.po").read_text("utf-8").startswith("# unreviewed\n")


@pytest.mark.parametrize("language", OTHERS)
def test_the_terms_of_the_field_are_used(language):
    words.choose(language)
    assert {text: words.t(text) for text in GLOSSARY[language]} == GLOSSARY[language]


@pytest.mark.parametrize("language", OTHERS)
def test_every_phase_and_function_has_its_name(language):
    book = shipped_playbook(Locations.find().playbooks())
    texts = [each.title for each in (*book.steps, *book.phases, *book.functions)]
    assert len(texts) == 4 + len(Phase) + len(Function)
    done = {each.id for each in catalogue(language) if each.string}
    assert [each for each in texts if each not in done] == []


def test_what_is_not_translated_stays_english():
    words.choose("th")
    assert words.t("no such text {n}", n=1) == "no such text 1"
    assert words.t("") == ""
    words.choose("vi")
    assert words.t("{met} of {total}", met=1, total=2) == "1 trên 2"


def test_every_language_has_a_folder_and_every_folder_a_language():
    assert set(OTHERS) == {each.name for each in FOLDER.iterdir()}


@pytest.fixture(scope="module")
def every_word():
    """What the gathering script finds in the code and in the playbook."""
    place = Path(__file__).parent.parent / "scripts" / "languages.py"
    spec = importlib.util.spec_from_file_location("languages", place)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return {*script.words_of_code(), *script.words_of_playbook()} - {""}


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_is_translated(every_word, language):
    done = {each.id for each in catalogue(language) if each.string}
    assert len(every_word) > 2000
    assert sorted(every_word - done) == [], "run scripts/languages and translate these"


NARROW = 12
ROOM = 6
OF_THE_FIELD = {"Find out", "Buy", "Use and fix", "For life", "KPI", "lead", "Gap", "gap"}
"""Names that the field has settled in these languages, whatever their length: drawn where they fit, cut where not."""


@pytest.mark.parametrize("language", OTHERS)
def test_a_short_label_stays_short(language):
    """A word of up to 12 cells is a label, a key or a heading somewhere: a translation has at most 6 cells more."""
    wide = {
        each.id: each.string
        for each in catalogue(language)
        if each.id not in OF_THE_FIELD
        and cell_width(each.id) <= NARROW
        and cell_width(each.string) > cell_width(each.id) + ROOM
    }
    assert wide == {}


@pytest.mark.parametrize("language", OTHERS)
def test_every_choice_of_every_form_has_its_word(language):
    done = {each.id for each in catalogue(language) if each.string}
    choices = [each for asks in FIELDS.values() for ask in asks for each in ask.choices]
    choices += [each for move in MOVES.values() for ask in move.asks for each in ask.choices]
    assert len(choices) > 100
    assert {each.words for each in choices} - done == set()


def test_a_value_reads_as_what_it_means_where_it_stands():
    assert word_of(Area.CHANNEL) == "channel"
    assert word_of(PivotKind.CHANNEL) == "another channel"
    assert word_of(MeetingKind.INTERVIEW) == "Interview"
    words.choose("vi")
    assert word_of(Stance.YES) == "có"
