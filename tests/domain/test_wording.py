import pytest

from fieldgate import words
from fieldgate.domain.records.learning import Step
from fieldgate.domain.wording import STEPS, as_one, step_word


@pytest.fixture(autouse=True)
def english_again():
    yield
    words.choose("en")


@pytest.mark.parametrize(
    ("language", "sentences", "one"),
    [
        ("en", ["H1 is open.", "6 yes 1 no"], "H1 is open; 6 yes 1 no."),
        ("zh_Hant", ["尚未定案：H1。", "尚未定案：H2。"], "尚未定案：H1; 尚未定案：H2。"),
    ],
)
def test_sentences_become_one_that_ends_as_they_do(language, sentences, one):
    words.choose(language)
    assert as_one(sentences) == one


def test_every_step_has_a_word_in_every_language():
    assert set(STEPS) == set(Step)
    assert step_word(Step.DISCOVERY) == "discovery"
    for language in words.LANGUAGES[1:]:
        words.choose(language)
        assert {step_word(step) for step in Step}.isdisjoint(STEPS.values()), language
