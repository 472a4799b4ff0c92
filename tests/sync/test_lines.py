"""Merging text: what a person would merge at sight is merged, what nobody can decide is kept twice and flagged."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldgate.sync import lines
from fieldgate.sync.lines import MergedText, lines_of, merge_text
from fieldgate.sync.wording import merge_line

NFD = unicodedata.normalize("NFD", "Khách hàng nói giá quá cao và sẽ không mua")

CASES = {
    "one side changed": ("a\nb", "a\nB", "a\nb", "a\nB", ""),
    "both made the same change": ("a\nb", "a\nB", "a\nB", "a\nB", ""),
    "both append a line": ("- one", "- one\n- zwei", "- one\n- two", "- one\n- two\n- zwei", ""),
    "both append, and share a line": ("", "same\nmine", "same\nyours", "same\nmine\nyours", ""),
    "both append a paragraph": ("top\n", "top\n\nmine\n", "top\n\nyours\n", "top\n\nmine\n\nyours\n", ""),
    "two words of one paragraph": (
        "The ops lead pays from her own budget.",
        "The new ops lead pays from her own budget.",
        "The ops lead pays from her yearly budget.",
        "The new ops lead pays from her yearly budget.",
        "",
    ),
    "the price": ("pays 40 EUR", "pays 45 EUR", "pays 50 EUR", "pays 45 EUR\npays 50 EUR", "overlap"),
    "a number and its unit": ("pays 40 EUR", "pays 45 EUR", "pays 40 USD", "pays 40 USD\npays 45 EUR", "overlap"),
    "the decimals of a number": ("pays 40.50", "pays 45.50", "pays 40.75", "pays 40.75\npays 45.50", "overlap"),
    "never and not": (
        "She would pay.",
        "She would never pay.",
        "She would not pay.",
        "She would never pay.\nShe would not pay.",
        "overlap",
    ),
    "deleted here, changed there": ("a\nb\nc", "a\nc", "a\nB\nc", "a\nB\nc", "deleted"),
    "emptied here, changed there": ("pain", "", "pain\nand more", "and more", "deleted"),
    "a line out of a stretch that went": ("a\nb\nc\nd", "a\nd", "a\nb\nnew\nc\nd", "a\nnew\nd", "deleted"),
    "both took out, not the same": ("a\nb\nc\nd", "a\nc\nd", "a\nd", "a\nd", ""),
    "a paragraph moved, another changed": ("p\nq\nr\ns", "q\nr\np\ns", "p\nq\nr\nS", "q\nr\np\nS", ""),
    "neighbouring lines": ("a\nb", "A\nb", "a\nB", "A\nB", ""),
    "a line changed, one added below": ("a\nz", "A\nz", "a\nnew\nz", "A\nnew\nz", ""),
    "the same line, one with a line more": ("a\nz", "A\nz", "A\nmore\nz", "A\nmore\nz", ""),
    "two lines became one here, three there": (
        "a\nb\nz",
        "ab\nz",
        "x\ny\nw\nz",
        "ab\nx\ny\nw\nz",
        "overlap",
    ),
    "one of two lines can be merged": (
        "the price is high\nprice 40",
        "the new price is high\nprice 45",
        "the price is very high\nprice 50",
        "the new price is high\nthe price is very high\nprice 45\nprice 50",
        "overlap",
    ),
    "one of two lines is changed here only": (
        "head\nprice 40\nend",
        "new head\nprice 45\nend",
        "head\nprice 50\nend",
        "new head\nprice 45\nprice 50\nend",
        "overlap",
    ),
    "Chinese": ("客戶覺得驗收標準太高", "大客戶覺得驗收標準太高", "客戶覺得驗收標準不高", "大客戶覺得驗收標準不高", ""),
    "simplified Chinese, one word": ("价格太贵", "价格很贵", "价格不贵", "价格不贵\n价格很贵", "overlap"),
    "Thai": (
        "ลูกค้าบอกว่าราคาแพงมาก",
        "ลูกค้าใหม่บอกว่าราคาแพงมาก",
        "ลูกค้าบอกว่าราคาแพงเกินไป",
        "ลูกค้าใหม่บอกว่าราคาแพงเกินไป",
        "",
    ),
    "a Thai tone mark stays on its letter": ("ที", "ที่", "ที้", "ที่\nที้", "overlap"),
    "decomposed Vietnamese": (
        NFD,
        unicodedata.normalize("NFD", "Khách hàng lớn nói giá quá cao và sẽ không mua"),
        unicodedata.normalize("NFD", "Khách hàng nói giá quá cao và sẽ chưa mua"),
        unicodedata.normalize("NFD", "Khách hàng lớn nói giá quá cao và sẽ chưa mua"),
        "",
    ),
    "Bulgarian": (
        "Клиентът плаща всеки месец",
        "Клиентът плаща всеки ден",
        "Клиентът винаги плаща всеки месец",
        "Клиентът винаги плаща всеки ден",
        "",
    ),
    "a line separator is no line end": ("a\u2028b", "A\u2028b", "a\u2028B", "A\u2028b\na\u2028B", "overlap"),
}


@pytest.mark.parametrize("case", CASES)
def test_texts_merge_as_a_person_would(case):
    ancestor, one, other, text, flag = CASES[case]
    assert merge_text(ancestor, one, other) == MergedText(text=text, flag=flag)
    assert merge_text(ancestor, other, one) == MergedText(text=text, flag=flag)


UNITED = {
    "a line each": ("a\nb", "a\nc", "a\nb\nc"),
    "one has all": ("a\nb\nc", "a\nc", "a\nb\nc"),
    "the same lines in two orders": ("b\na", "a\nb", "a\nb"),
    "a doubled line": ("- ok\n- ok\nx", "- ok\ny", "- ok\n- ok\nx\ny"),
    "nothing and something": ("", "a", "a"),
    "a blank end": ("a\n", "b", "a\nb\n"),
    "before what follows": ("p\nz", "q\nz", "p\nq\nz"),
}


@pytest.mark.parametrize("case", UNITED)
def test_texts_without_an_ancestor_unite(case):
    one, other, text = UNITED[case]
    assert merge_text(None, one, other) == merge_text(None, other, one) == MergedText(text=text)


LINE = st.lists(
    st.sampled_from(["pays", "40", "45", "EUR", "never", "not", "客", "戶", "ราคา", "é", ",", "."]), max_size=4
).map(" ".join)
TEXT = st.lists(LINE, max_size=6).map("\n".join)


@given(st.none() | TEXT, TEXT, TEXT)
def test_merging_does_not_depend_on_whose_side_is_whose(ancestor, one, other):
    assert merge_text(ancestor, one, other) == merge_text(ancestor, other, one)


@given(st.none() | TEXT, TEXT)
def test_merging_a_text_with_itself_changes_nothing(ancestor, text):
    assert merge_text(ancestor, text, text) == MergedText(text=text)


@given(st.none() | TEXT, TEXT, TEXT)
def test_no_word_that_a_side_added_is_missing(ancestor, one, other):
    merged = set(merge_text(ancestor, one, other).text.split())
    before = set((ancestor or "").split())
    for side in (one, other):
        assert set(side.split()) - before <= merged


WORDS = [f"word{number}" for number in range(40)]


@st.composite
def edited(draw):
    """A text of lines that do not repeat, and two edits of it; every new word is one of a kind."""
    count = draw(st.integers(0, 5))
    old = [WORDS[3 * number : 3 * number + 3] for number in range(count)]
    return "\n".join(map(" ".join, old)), *(draw(_edit(old, name)) for name in "ab")


@st.composite
def _edit(draw, old, name):
    new = [list(line) for line in old]
    for step in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(new)))
        what = draw(st.sampled_from(["line", "word", "delete", "cut"]))
        fresh = draw(st.sampled_from([f"{name}{step}", f"both{step}"]))
        if what == "line" or at == len(new):
            new.insert(at, [fresh])
        elif what == "delete":
            del new[at]
        else:
            place = draw(st.integers(0, len(new[at])))
            new[at][place : place + (what == "cut")] = [fresh]
    return "\n".join(map(" ".join, new))


@given(edited())
def test_merging_a_result_with_a_parent_changes_nothing(texts):
    ancestor, one, other = texts
    merged = merge_text(ancestor, one, other)
    for parent in (one, other, ancestor):
        again = merge_text(ancestor, merged.text, parent)
        assert again.text == merged.text
        assert again.flag <= merged.flag
        assert merge_text(parent, merged.text, parent) == MergedText(text=merged.text)


@given(TEXT, TEXT)
def test_uniting_a_result_with_a_parent_changes_nothing(one, other):
    merged = merge_text(None, one, other)
    assert merge_text(None, merged.text, one) == merged


def test_a_text_beyond_the_limit_keeps_head_and_tail_and_both_middles(monkeypatch):
    monkeypatch.setattr(lines, "LINE_CELLS", 3)
    old = "head\na\nb\ntail"
    merged = merge_text(old, "head\nA\nmid\nB\ntail", "head\na\nb\ntail\nmore")
    assert merged == MergedText(text="head\nA\nmid\nB\ntail\nmore")
    clash = merge_text(old, "head\nA\nB\nC\ntail", "head\nx\ny\ntail")
    assert clash == MergedText(text="head\nA\nB\nC\nx\ny\ntail", flag="overlap")


def test_twenty_thousand_equal_lines_merge():
    old = "\n".join(["- ditto"] * 20_000)
    merged = merge_text(old, f"first\n{old}", f"{old}\nlast")
    assert lines_of(merged.text)[0] == "first"
    assert lines_of(merged.text)[-1] == "last"
    assert len(lines_of(merged.text)) == 20_002


def test_a_line_that_one_side_left_alone_is_that_of_the_other():
    assert merge_line("cold", "cold chain", "cold") == "cold chain"
    assert merge_line("cold", "cold", "cold chain") == "cold chain"
    assert merge_line("cold", "warm", "warm") == "warm"
