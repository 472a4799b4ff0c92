"""Folding: texts are compared and found as people read them, in any script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldgate.domain.folding import fold, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tìm hiểu", unicodedata.normalize("NFD", "Tìm hiểu")),
        ("КЛИЕНТ", "клиент"),
        ("Điều khoản", "dieu khoan"),
        ("STRASSE", "straße"),
        ("a\u200bb", "ab"),
        ("ＡＢＣ", "abc"),
        ("Payouts", "PAYOUTS"),
    ],
)
def test_what_reads_the_same_folds_the_same(one, other):
    assert fold(one) == fold(other)


def test_thai_marks_and_chinese_characters_stay():
    assert fold("ที่") != fold("ท")
    assert fold("ลูกค้า") in fold("ฝ่ายขายพบลูกค้าใหม่")
    assert fold("驗收") in fold("驗收標準")


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_names_are_the_same_whatever_their_case_and_the_space_around_them():
    assert same(" Finance", "finance ")
    assert not same("finance", "sales")
    assert same(None, None)
    assert not same(None, "finance")
    assert not same("finance", None)
