"""What the reader must refuse, and how it says so."""

import subprocess
import sys

import pytest
import yaml

from fieldgate import yamltext
from fieldgate.errors import FormatError
from fieldgate.yamltext import FILE, KEY_LENGTH, Limits, read, read_with_lines, write

PARSERS = [yaml.SafeLoader, yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [yaml.SafeLoader]


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def parser(request, monkeypatch):
    monkeypatch.setattr(yamltext, "_PARSER", request.param)
    return request.param


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


def test_the_line_of_every_key_is_told_by_its_path():
    values, lines = read_with_lines("# one\na: b\nkeys:\n  desk.find: x\nlist:\n- c: d\n- c: e\n")
    assert values["keys"] == {"desk.find": "x"}
    assert lines == {("a",): 2, ("keys",): 3, ("keys", "desk.find"): 4, ("list",): 5, ("list", "c"): 6}
