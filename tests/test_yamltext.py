import contextlib
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldgate import yamltext
from fieldgate.errors import FormatError
from fieldgate.yamltext import HEAD, KEY_LENGTH, read, write

PARSERS = [yaml.SafeLoader, yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [yaml.SafeLoader]

LOOK_ALIKES = [
    "no",
    "yes",
    "null",
    "~",
    "",
    "1.10",
    "12:30",
    "0x1f",
    "1e5",
    "2025-03-14",
    "2025-03-14T10:00:00Z",
    "=",
    "<<",
    "- a",
    "-",
    "--- a",
    "...",
    "? a",
    ": a",
    "a: b",
    "a #b",
    "#a",
    "a:",
    " a",
    "a ",
    "a  b",
    "[a",
    "{a",
    "&a",
    "*a",
    "!a",
    "%a",
    "@a",
    "`a",
    "|",
    ">",
    "'",
    '"',
    "\\",
    "\\u0041",
    "a\nb",
    "a\n",
    "\ta",
    "a\tb",
    "\r",
    "[" * 600,
    "{'" * 300,
]
SCRIPTS = [
    "Tìm hiểu Khách hàng",
    "Ti\u0300m hie\u0302\u0309u",
    "客戶開發 «貴»",
    "太贵了",
    "ลูกค้าบอกว่าราคาแพงมาก",
    "Клиентите трябва да разберат",
    "Anna Kim: ops lead, 12 people 🙂",
    "👩\u200d👩\u200d👧",
    "שלום",
]
UNSEEN = ["\0", "\x07", "\x1b[2J", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\ufeff", "\u202e", "\ufffe", "\uffff"]
TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(LOOK_ALIKES + SCRIPTS + UNSEEN),
    st.lists(st.sampled_from(LOOK_ALIKES + SCRIPTS + UNSEEN), min_size=2, max_size=4).map("".join),
    st.text(st.characters(min_codepoint=0, max_codepoint=0x1FFFF), max_size=12),
    st.text("ab :-#?,.[]{}'\"\\\n\t&*!|>%@`~<=", max_size=12),
)
KEY = TEXT.map(lambda text: text[:KEY_LENGTH])


def values(depth: int) -> st.SearchStrategy[object]:
    """Values whose lists and maps nest at most `depth` levels."""
    if depth == 0:
        return TEXT
    inner = values(depth - 1)
    return st.one_of(TEXT, st.lists(inner, max_size=3).map(tuple), st.dictionaries(KEY, inner, max_size=3))


HEADS = st.dictionaries(KEY, values(HEAD.depth - 1), max_size=5)


def without_surrogates(value: object) -> object:
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(without_surrogates(inner) for inner in value)
    return re.sub("[\ud800-\udfff]", "\ufffd", value)


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def parser(request, monkeypatch):
    monkeypatch.setattr(yamltext, "_PARSER", request.param)
    return request.param


def read_by(parser, text: str) -> object:
    kept = yamltext._PARSER
    yamltext._PARSER = parser
    try:
        return read(text)
    finally:
        yamltext._PARSER = kept


@settings(max_examples=200, deadline=None)
@given(HEADS)
def test_what_was_written_reads_back_the_same_by_both_parsers_and_writes_the_same_bytes(head):
    cleaned = without_surrogates(head)
    text = write(head)
    for parser in PARSERS:
        again = read_by(parser, text)
        assert again == cleaned
        assert list(again) == list(cleaned)
        assert write(again) == text


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text("ab:- #?,.[]{}'\"\\\n\t&*!|>%@`~<=\x85\ufeff", max_size=60)))
def test_any_text_is_read_or_refused_in_words(text):
    for parser in PARSERS:
        with contextlib.suppress(FormatError):
            assert isinstance(read_by(parser, text), dict)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b:", " ", "- ", "\n", "  ", "'", '"', "[", "]", "{", "}", ",", "|", "#", "x y"]))
)
def test_hand_written_text_that_both_parsers_take_says_the_same(parts):
    read_values = []
    for parser in PARSERS:
        try:
            read_values.append(read_by(parser, "".join(parts)))
        except FormatError:
            return
    assert all(value == read_values[0] for value in read_values)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_are_read_or_refused_in_words(raw):
    text = raw.decode("latin-1")
    with contextlib.suppress(FormatError):
        assert isinstance(read(text), dict)


def test_the_written_form_is_the_one_of_record_heads():
    head = {
        "id": "7k3m9q2xw4tb1n8c",
        "kind": "meeting",
        "title": "Anna Kim: ops lead, 12 people 🙂",
        "conflicts": ({"field": "status", "value": "planned"}, {"field": ("na", "x"), "flag": "deleted"}),
        "hypotheses": ("4wd0m2t9cq8s1zxy",),
        "none": (),
        "nothing": {},
        "evidence": {"4wd0m2t9cq8s1zxy": {"answer": "yes 3", "at": "2025-03-14T10:00:00Z"}},
        "nested": (("a", "b"), ()),
        "said": "ลูกค้า\tแพง\x85\u2028\ufeff\x00",
        "status": "done",
    }
    assert write(head) == (
        "id: 7k3m9q2xw4tb1n8c\n"
        "kind: meeting\n"
        'title: "Anna Kim: ops lead, 12 people 🙂"\n'
        "conflicts:\n"
        "- field: status\n"
        "  value: planned\n"
        "- field:\n"
        "  - na\n"
        "  - x\n"
        "  flag: deleted\n"
        "hypotheses:\n"
        "- 4wd0m2t9cq8s1zxy\n"
        "none: []\n"
        "nothing: {}\n"
        "evidence:\n"
        "  4wd0m2t9cq8s1zxy:\n"
        "    answer: yes 3\n"
        "    at: 2025-03-14T10:00:00Z\n"
        "nested:\n"
        "- - a\n"
        "  - b\n"
        "- []\n"
        'said: "ลูกค้า\\tแพง\\u0085\\u2028\\ufeff\\u0000"\n'
        "status: done\n"
    )


@pytest.mark.parametrize("text", LOOK_ALIKES + SCRIPTS + UNSEEN)
def test_every_look_alike_and_script_comes_back_as_the_text_it_was(parser, text):
    assert read(write({"a": text, "b": (text,)})) == {"a": text, "b": (text,)}


def test_a_lone_surrogate_becomes_the_replacement_character():
    assert read(write({"a": "x\ud83dy"})) == {"a": "x\ufffdy"}


@pytest.mark.parametrize("text", ["", "\n", "# nothing here\n", "---\n", "---\n...\n", "{}"])
def test_an_empty_document_is_an_empty_map(parser, text):
    assert read(text) == {}


def test_hand_written_yaml_gives_strings_only(parser):
    text = "a: no\nb: 1.10\nc: 12:30\nd:\ne: ~\nf: [x, 'y z', {g: 1}]\nh: |\n  two\n  lines\n'<<': kept\n"
    assert read(text) == {
        "a": "no",
        "b": "1.10",
        "c": "12:30",
        "d": "",
        "e": "~",
        "f": ("x", "y z", {"g": "1"}),
        "h": "two\nlines\n",
        "<<": "kept",
    }
