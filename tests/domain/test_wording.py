import pytest

from fieldgate import words
from fieldgate.domain.records.learning import Step
from fieldgate.domain.wording import STEPS, as_one, step_word


@pytest.fixture(autouse=True)
def english_again():
    yield
    words.choose("en")


@pytest.mark.parametrize(
    ("sentences", "one"),
    [
        (["H1 is open.", "H2 is open."], "H1 is open; H2 is open."),
        (["尚未定案:H1。", "尚未定案:H2。"], "尚未定案:H1; 尚未定案:H2。"),
        (["ยังไม่ได้ตัดสิน"], "ยังไม่ได้ตัดสิน"),
        ([], ""),
    ],
)
def test_sentences_become_one_that_ends_as_they_do(sentences, one):
    assert as_one(sentences) == one


def test_every_step_has_a_word_in_every_language():
    assert set(STEPS) == set(Step)
    assert step_word(Step.DISCOVERY) == "discovery"
    for language in words.LANGUAGES[1:]:
        words.choose(language)
        assert {step_word(step) for step in Step}.isdisjoint(STEPS.values()), language
