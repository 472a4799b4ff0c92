import unicodedata
from itertools import islice

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from tests.ui.screentext import CONTROLS, FORBIDDEN, MARKUP, SCRIPTS

from fieldgate.domain.display import cell_width, clean, clusters, cut, pad, wrap

ALPHABET = st.sampled_from("abc xyz ลูกค้าที่น้ำ 客戶開發。，（）“” клиент ế\u0302\u0301\u0323 고객 한\u200d👩💻…")
LETTERS = st.text(alphabet=ALPHABET, max_size=60).map(clean)


@pytest.mark.parametrize(("text", "cells"), [("ที่", 1), ("ลูกค้า", 4), ("客戶開發", 8), ("Tìm hiểu", 8), ("น้ำ", 2)])
def test_width_is_counted_in_cells(text, cells):
    assert cell_width(text) == cells


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_width_agrees_with_rich_in_every_script(text):
    for form in ("NFC", "NFD"):
        shaped = unicodedata.normalize(form, text)
        assert cell_width(shaped) == cell_len(shaped)


def test_both_normal_forms_are_equally_wide():
    assert cell_width(SCRIPTS["vi_nfc"]) == cell_width(SCRIPTS["vi_nfd"])


@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
def test_no_control_character_survives_cleaning(text):
    shown = clean(text)
    assert not set(FORBIDDEN) & set(shown)
    assert shown.endswith("end")


def test_what_was_neutralised_is_visible():
    assert clean("a\x1b[31mb") == "a\ufffd[31mb"


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_brackets_are_left_as_they_are(text):
    assert clean(text) == text


def test_line_breaks_become_visible_on_one_line():
    assert clean("one\r\ntwo\rthree\nfour") == "one ⏎ two ⏎ three ⏎ four"


def test_line_breaks_stay_where_lines_are_wanted():
    assert clean("one\r\ntwo\rthree", lines=True) == "one\ntwo\nthree"


def test_tabs_become_spaces():
    assert clean("a\tb") == "a   b"


def test_characters_of_disputed_width_are_dropped():
    assert clean("1\ufe0f\u20e3 ❤\ufe0f soft\u00adhyphen") == "1 ❤ softhyphen"


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_ordinary_text_is_not_changed(text):
    assert clean(text) is text


@given(LETTERS, st.integers(min_value=-1, max_value=70))
def test_cut_text_fits_and_keeps_marks_with_their_letters(text, width):
    shown = cut(text, width)
    assert cell_width(shown) <= max(width, 0)
    if cell_width(text) <= width:
        assert shown == text
        return
    whole = [cluster for cluster, _ in clusters(text)]
    kept = [cluster for cluster, _ in clusters(shown.removesuffix("…"))]
    assert kept == whole[: len(kept)]


@given(LETTERS, st.integers(min_value=0, max_value=70))
def test_padded_text_takes_exactly_the_cells(text, width):
    assert cell_width(pad(text, width)) == width


def test_cutting_in_the_middle_of_a_wide_character_leaves_it_out():
    assert cut("客戶開發", 4) == "客…"
    assert pad("客戶開發", 4) == "客… "


def test_cutting_thai_keeps_the_marks():
    assert cut("ที่ที่ที่", 2) == "ที่…"


def test_text_cut_to_nothing_is_empty():
    assert cut("abc", 0) == ""
    assert cut("客戶", 0) == ""


@given(LETTERS, st.integers(min_value=2, max_value=40))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text, width):
    lines = list(wrap(text, width))
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(LETTERS, st.integers(min_value=2, max_value=40))
def test_wrapping_never_separates_a_mark_from_its_letter(text, width):
    assume(not any(len(cluster) > 1 and cluster[0] == " " for cluster, _ in clusters(text)))
    whole = [cluster.strip(" ") for cluster, _ in clusters(text) if cluster.strip(" ")]
    parts = [each.strip(" ") for line in wrap(text, width) for each, _ in clusters(line) if each.strip(" ")]
    assert parts == whole


def test_chinese_wraps_between_characters_and_closing_marks_stay_behind():
    assert list(wrap("先用表格，够了", 8)) == ["先用表", "格，够了"]


def test_thai_wraps_at_spaces_only():
    assert list(wrap("ลูกค้าบอกว่า น้ำที่บ้าน", 14)) == ["ลูกค้าบอกว่า", "น้ำที่บ้าน"]


def test_a_word_wider_than_the_line_is_broken():
    assert list(wrap("ab abcdefgh", 4)) == ["ab", "abcd", "efgh"]


def test_lines_of_the_text_are_kept():
    assert list(wrap("a\n\nb", 10)) == ["a", "", "b"]


def test_korean_wraps_at_spaces():
    assert list(wrap("고객이 답을", 8)) == ["고객이", "답을"]


def test_the_first_lines_of_a_megabyte_do_not_cost_the_rest():
    text = "word " * 200 + "\n"
    assert list(islice(wrap(text * 1000, 20), 3)) == ["word word word word"] * 3


def test_mixed_latin_and_chinese_breaks_at_the_seam():
    assert list(wrap("demo环境 ready", 6)) == ["demo环", "境", "ready"]


def test_a_joiner_with_nothing_to_join_is_dropped():
    assert clean("a\u200d\u200d b\u200d") == "a b"
    assert clean("👩\u200d💻") == "👩\u200d💻"


@given(st.text(max_size=30))
def test_the_joined_width_agrees_with_rich_when_measured_by_its_table(text):
    assert cell_len(clean(text)) == cell_width(clean(text), cells=get_character_cell_size)


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "ลูกค้า" * 150_000, "客" * 300_000, "a\u0301" * 300_000, "\u0301" * 1_000_000]
)
def test_a_megabyte_without_a_space_is_wrapped_as_it_is_read(text):
    assert all(cell_width(line) <= 20 for line in islice(wrap(text, 20), 50))


def test_a_pile_of_marks_is_cut_to_what_a_script_needs():
    assert clean("a" + "\u0301" * 1_000_000 + "b") == "a" + "\u0301" * 8 + "b"
    assert clean("a" + "\u200b" * 50) == "a" + "\u200b" * 8
