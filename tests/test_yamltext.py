import contextlib
import re
import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldgate import yamltext
from fieldgate.errors import FormatError
from fieldgate.yamltext import FILE, HEAD, KEY_LENGTH, Limits, read, write

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


@settings(max_examples=400, deadline=None)
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


REFUSED = [
    ("a: b\nc: *x", 2, "aliases"),
    ("a: &x b", 1, "anchors"),
    ("&x a: b", 1, "anchors"),
    ("a: &x [b]", 1, "anchors"),
    ("a: !!python/object/apply:os.system ['true']", 1, "tags"),
    ("a: !!str b", 1, "tags"),
    ("a: ! b", 1, "tags"),
    ("!x {a: b}", 1, "tags"),
    ("a: b\n\n<<: {c: d}", 3, "merge keys"),
    ("a: b\nc: d\na: e", 3, "the key a stands here twice"),
    ("a: {b: 1, b: 2}", 1, "the key b stands here twice"),
    ("[a]: b", 1, "a key must be a word"),
    ("? {a: b}\n: c", 1, "a key must be a word"),
    ("- a\n- b", 1, "must be a map"),
    ("just words", 1, "must be a map"),
    ('""', 1, "must be a map"),
    ("a: b\n---\nc: d", 2, "second document"),
    ("%YAML 1.1\n---\na: b", 1, "directives"),
    ("%TAG ! tag:x,2000:\n---\na: b", 1, "directives"),
    ("a: [[[b]]]", None, None),
    ("a: [[[[b]]]]", 1, "deeper than 4 levels"),
    ("a: {b: {c: {d: {e: f}}}}", 1, "deeper than 4 levels"),
    ("a:\n- - - - b", 2, "deeper than 4 levels"),
    ("a: b\nc: \x07", 2, "U+0007"),
    ("a: b\nc: \x00", 2, "U+0000"),
    ("a: \ud800", 1, "U+D800"),
    ("a: 'never closed", 1, "not YAML"),
    ("a: b\n c: d", 2, "not YAML"),
    ("\ta: b", 1, "not YAML"),
    ("a: [b", 1, "not YAML"),
    ('a: "\\U00110000"', None, "not YAML"),
    ('a: "\\UFFFFFFFF"', None, "not YAML"),
    ("? " + "k" * (KEY_LENGTH + 1) + "\n: v", 1, "longer than 128"),
]


@pytest.mark.parametrize(("text", "line", "words"), REFUSED)
def test_what_is_not_allowed_is_refused_with_line_and_reason(parser, text, line, words):
    if words is None:
        assert read(text)
        return
    with pytest.raises(FormatError) as caught:
        read(text, where="playbook.yaml")
    assert words in caught.value.message
    assert caught.value.message.startswith("playbook.yaml")
    assert caught.value.where == "playbook.yaml"
    if line and "not YAML" not in words:
        assert f"playbook.yaml, line {line}: " in caught.value.message


def test_without_a_file_name_the_message_starts_with_the_line():
    with pytest.raises(FormatError, match=r"^line 2: the key a stands here twice"):
        read("a: b\na: c")
    with pytest.raises(FormatError, match=r"^it is larger than 64 kB"):
        read("a" * 70_000)
    with pytest.raises(FormatError, match=r"^settings\.yaml: it is larger than 64 kB"):
        read("a" * 70_000, where="settings.yaml")


def test_size_is_counted_in_bytes():
    assert read("a: " + "é" * 100, limits=Limits(size=203, depth=4, entries=9))
    with pytest.raises(FormatError, match="larger"):
        read("a: " + "é" * 101, limits=Limits(size=204, depth=4, entries=9))


def test_entries_are_counted_with_lists_maps_and_keys():
    assert read("a: [b, {c: d}]", limits=Limits(size=99, depth=4, entries=7))
    with pytest.raises(FormatError, match="more than 6 entries"):
        read("a: [b, {c: d}]", limits=Limits(size=99, depth=4, entries=6))


def test_a_key_too_long_to_be_read_is_not_written():
    with pytest.raises(FormatError, match="longer than 128"):
        write({"k" * (KEY_LENGTH + 1): "v"})
    longest = {"\x00" * KEY_LENGTH: "v"}
    assert read(write(longest)) == longest


BOMBS = {
    "billion laughs": "a: &a [x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "brackets": "[" * 100_000,
    "brackets in a head": "a: " + "[" * 60_000,
    "braces": "{a: " * 15_000,
    "brackets behind a quote": "a: [it's, " + "[" * 60_000 + ", it's]",
    "dashes": "a:\n" + "- " * 30_000,
    "question marks": "? " * 30_000,
    "50 MB": "a: " + "x" * 50_000_000,
    "open quote": 'a: "' + "x" * 60_000,
    "anchors": "".join(f"k{n}: &a{n} x\n" for n in range(4_000)),
    "entries": "a: [" + "x," * 30_000 + "]",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_without_harm(parser, text):
    with pytest.raises(FormatError):
        read(text)


def test_a_bomb_in_a_whole_file_kills_no_process():
    code = (
        "from fieldgate.yamltext import FILE, read\nfrom fieldgate.errors import FormatError\n"
        "for text in ('[' * 1_000_000, 'a: [b\\'s, ' + '[' * 900_000 + ', b\\'s]', '- ' * 500_000, '{a: ' * 200_000):\n"
        "    try:\n        read(text, limits=FILE)\n    except FormatError:\n        print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 4


def test_a_file_of_a_person_may_be_larger_and_deeper_than_a_head():
    deep = "a: {b: {c: {d: {e: {f: {g: {h: i}}}}}}}"
    assert read(deep.replace("{h: i}", "h"), limits=FILE)
    with pytest.raises(FormatError, match="deeper than 4"):
        read(deep)
    assert len(read("".join(f"k{n}: v\n" for n in range(5_000)), limits=FILE)) == 5_000
