"""One file's text and its version: every body comes back, hand edits are told, what is broken is named."""

import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fieldgate.documents.document import Document, Version
from fieldgate.documents.frontmatter import (
    clean,
    cleaned,
    decode,
    digest,
    dump,
    has_markers,
    is_dirty,
    known_keys,
    parse,
)
from fieldgate.errors import FormatError, RefusedError

ID = "7k3m9q2xw4tb1n8c"
OTHER = "4wd0m2t9cq8s1zxy"

texts = st.text(st.characters(codec=None, exclude_categories=[]), max_size=60)
names = st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True).filter(lambda name: name not in ("id", "kind"))
scalars = texts | st.sampled_from(["no", "1.10", "12:30", "~", "- a", "# x", "'", '"', "a: b", "\t", " ", "\x85", "🙂"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(scalars, max_size=3).map(tuple) | st.dictionaries(names, inner, max_size=3),
    max_leaves=4,
)
lines = st.lists(
    texts
    | st.sampled_from(
        [
            "---",
            "",
            "<!-- fieldgate - -->",
            "<!-- fieldgate 5f0c2a9e17b4 k3f9a.1741960800 -->",
            "=======",
            "\u2028",
            "...",
        ]
    ),
    max_size=6,
).map("\n".join)
vectors = st.dictionaries(st.from_regex(r"[0-9a-z]{5}", fullmatch=True), st.integers(0, 10**12), max_size=4)


def a_document(body: str = "", **head: object) -> Document:
    return Document(id=ID, kind="meeting", head=head, body=body)  # type: ignore[arg-type]  # values of a test


def written(body: str = "", **head: object) -> str:
    return dump(Version(document=a_document(body, **head), vector={"k3f9a": 5}))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(head=st.dictionaries(names, values, max_size=5), body=lines, vector=vectors, merged=st.booleans())
@example(head={}, body="", vector={}, merged=False)
@example(head={}, body="\n", vector={}, merged=False)
@example(head={}, body="\n\n", vector={}, merged=False)
@example(head={}, body="a\n", vector={}, merged=False)
@example(head={}, body="---\n", vector={}, merged=False)
@example(head={}, body="<!-- fieldgate - -->\n", vector={}, merged=True)
@example(head={}, body="a \t\n \n", vector={}, merged=False)
@example(head={}, body="\ufeffa\x1c\x85\u2028b\x0b", vector={}, merged=False)
def test_every_document_comes_back_and_is_written_again_the_same(head, body, vector, merged):
    version = Version(
        document=Document(id=ID, kind="note", head=head, body=body), vector=vector, mark="-" if merged else ""
    )
    text = dump(version)
    again = parse(text)
    assert again.document == cleaned(version.document)
    assert again.document.body == clean(body)
    assert dict(again.vector) == vector
    assert again.mark == ("-" if merged else digest(version.document))
    assert dump(again) == text
    assert parse(decode(text.encode())) == again


def test_the_form_of_a_file_is_this():
    text = dump(
        Version(
            document=Document(
                id=ID,
                kind="meeting",
                head={
                    "zeta": "from a newer version",
                    "topic": "Anna Kim: ops lead 🙂",
                    "title": "first",
                    "members": ("b", "a", "b"),
                    "date": "2025-03-14",
                    "conflicts": ({"field": ("topic",), "value": "x"},),
                    "nothing": (),
                    "alpha": {},
                },
                body="She pays 40 EUR a month.\n- ลูกค้าบอกว่าราคาแพงมาก",
            ),
            vector={"p7q2b": 1741960711, "k3f9a": 1741960800},
        )
    )
    assert re.sub(r"fieldgate [0-9a-f]{12} ", "fieldgate DIGEST ", text) == (
        "---\nid: 7k3m9q2xw4tb1n8c\nkind: meeting\ntitle: first\n"
        "conflicts:\n- field:\n  - topic\n  value: x\n"
        'date: 2025-03-14\nmembers:\n- a\n- b\ntopic: "Anna Kim: ops lead 🙂"\nzeta: from a newer version\n---\n'
        "She pays 40 EUR a month.\n- ลูกค้าบอกว่าราคาแพงมาก\n"
        "<!-- fieldgate DIGEST k3f9a.1741960800 p7q2b.1741960711 -->\n"
    )


def test_another_order_of_the_head_is_no_edit():
    text = written("body", topic="Visit", date="2025-03-14", members=("a", "b"))
    moved = text.replace("topic: Visit\n", "").replace("kind: meeting\n", "topic: Visit\nkind: meeting\n")
    moved = moved.replace("- a\n- b\n", "- b\n- a\n")
    assert moved != text
    assert parse(moved) == parse(text)
    assert not is_dirty(parse(moved))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n \t\n",
    ],
    ids=["CRLF", "CR", "byte order mark", "no last line end", "blank lines at the end"],
)
def test_what_an_editor_does_on_its_own_is_no_edit(change):
    text = written("Đặng nói: đắt quá\n\nsecond", topic="x")
    assert parse(change(text)) == parse(text)
    assert not is_dirty(parse(change(text)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("40", "45"),
        ("topic: x", "topic: y"),
        ("topic: x\n", ""),
        ("topic: x\n", "topic: x\nplace: z\n"),
        ("kind: meeting", "kind: note"),
    ],
)
def test_a_change_of_content_is_a_hand_edit(old, new):
    text = written("She pays 40", topic="x")
    assert not is_dirty(parse(text))
    assert is_dirty(parse(text.replace(old, new, 1)))
    assert parse(text.replace(old, new, 1)).mark == parse(text).mark


def test_what_the_merge_driver_wrote_counts_as_edited():
    assert is_dirty(parse(dump(Version(document=a_document("x"), mark="-"))))


@pytest.mark.parametrize(
    "last",
    [
        "",
        "<!-- fieldgate",
        "<!-- fieldgate 5f0c2a9e17b -->",
        "<!-- fieldgate 5F0C2A9E17B4 -->",
        "<!-- fieldgate 5f0c2a9e17b4 k3f9.1 -->",
        "<!-- fieldgate 5f0c2a9e17b4 k3f9a -->",
        "<!-- fieldgate 5f0c2a9e17b4 k3f9a.1 --> more",
        "<!-- fieldgate 5f0c2a9e17b4 k3f9a.1234567890123456789 -->",
        " <!-- fieldgate 5f0c2a9e17b4 -->",
    ],
)
def test_without_its_trailer_a_version_has_no_mark(last):
    version = parse(f"---\nid: {ID}\nkind: note\n---\nbody\n{last}\n")
    assert (version.mark, dict(version.vector)) == ("", {})
    assert version.document.body == f"body\n{last}\n"


def test_the_higher_counter_of_a_writer_named_twice_counts():
    version = parse(f"---\nid: {ID}\nkind: note\n---\n<!-- fieldgate - k3f9a.7 k3f9a.9 k3f9a.8 -->")
    assert dict(version.vector) == {"k3f9a": 9}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("\n \n", "it is empty"),
        ("# A note\n", "line 1 is not the '---'"),
        ("--- \nid: x\n", "line 1 is not the '---'"),
        (f"---\nid: {ID}\nkind: no", "no closing '---'"),
        ("---\n---\n", "no id"),
        (f"---\nid: {ID}\n---\n", "no kind"),
        ("---\nid: ../../etc/passwd\nkind: note\n---\n", "id in the head is not one: '../../etc/passwd'"),
        (f"---\nid: {ID}\nkind: ../note\n---\n", "kind in the head is not one"),
        (f"---\nid:\n- {ID}\nkind: note\n---\n", "id in the head is not one"),
        (f"---\nid: {ID.upper()}\nkind: note\n---\n", "id in the head is not one"),
        (f"---\nid: {ID}\nkind: &a note\n---\n", "line 3"),
        (f"---\nid: {ID}\nkind: note\nkind: note\n---\n", "line 4"),
        (f'---\nid: {ID}\nkind: note\nx: "open\n---\n', "line"),
    ],
)
def test_a_broken_file_is_named_with_its_reason(text, reason):
    with pytest.raises(FormatError, match=re.escape(reason)) as caught:
        parse(text, "notes/a.md")
    assert caught.value.where == "notes/a.md"
    assert "notes/a.md" in caught.value.message


def test_a_failure_without_a_path_still_says_why():
    with pytest.raises(FormatError, match=r"^it is empty$"):
        parse("")


CONFLICT = "<<<<<<< HEAD\nShe pays 40\n=======\nShe pays 45\n>>>>>>> theirs"


def test_sides_that_git_left_in_a_body_are_refused():
    text = written("She pays 40").replace("She pays 40", CONFLICT)
    with pytest.raises(FormatError, match="from line 5") as caught:
        parse(text, "notes/a.md")
    assert "git checkout" in caught.value.hint
    assert (has_markers(text), has_markers(written("<<<<<<< see below"))) == (True, False)


def test_sides_that_git_left_in_a_head_are_refused_as_such():
    text = written("x", topic="a").replace("topic: a", "<<<<<<< HEAD\ntopic: a\n=======\ntopic: b\n>>>>>>> theirs")
    with pytest.raises(FormatError, match="both sides of a conflict in it, from line 4"):
        parse(text, "notes/a.md")


def test_a_text_about_conflict_markers_is_a_text():
    assert parse(written(CONFLICT)).document.body == CONFLICT


def test_one_marker_in_an_edited_text_is_a_text():
    text = written("a").replace("\na\n", "\na\n<<<<<<< see below\n")
    assert parse(text).document.body == "a\n<<<<<<< see below"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused(encoding):
    with pytest.raises(FormatError):
        parse(decode(written("Đắt").encode(encoding)))


def test_utf_16_is_called_by_its_name():
    with pytest.raises(FormatError, match="it is UTF-16; save it as UTF-8"):
        decode("---".encode("utf-16"), "notes/a.md")


def test_bytes_that_are_no_text_are_named_by_line():
    with pytest.raises(FormatError, match="line 3 is not UTF-8"):
        decode(b"---\nid: x\nname: caf\xe9\n")


def test_lone_surrogates_and_nulls_become_a_visible_stand_in():
    assert clean(decode(b"a\xed\xa0\x80b\0c")) == "a\ufffdb\ufffdc"
    assert clean("a\r\nb\rc\n") == "a\nb\nc\n"
    assert parse(written("a").replace("\na\n", "\na\0\ud800\n")).document.body == "a\ufffd\ufffd"


def test_a_list_of_lists_and_maps_has_one_order():
    one = cleaned(a_document(x=({"b": "1"}, {"a": ("2", "1")})))
    other = cleaned(a_document(x=({"a": ("2", "1")}, {"b": "1"})))
    assert one == other
    assert one.head["x"] == ({"a": ("2", "1")}, {"b": "1"})


def test_the_digest_tells_every_part_apart():
    base = a_document("b", topic="x")
    others = [
        replace(base, id=OTHER),
        replace(base, kind="note"),
        replace(base, body="c"),
        replace(base, head={"topic": "y"}),
        replace(base, head={"topic": ("x",)}),
        replace(base, head={"topic": {"x": ""}}),
        replace(base, head={"topi": "x"}),
    ]
    assert len({digest(each) for each in [base, *others]}) == len(others) + 1
    assert re.fullmatch("[0-9a-f]{12}", digest(base))


def test_the_digest_stays_what_it_was():
    content = '["7k3m9q2xw4tb1n8c","meeting",{"members":["a","b"],"topic":"Đắt"},"She pays 40 EUR\\n"]'
    assert hashlib.sha256(content.encode()).hexdigest().startswith("90d01f7ed80c")
    assert digest(a_document("She pays 40 EUR\n", topic="Đắt", members=("b", "a"))) == "90d01f7ed80c"


def test_a_head_that_could_not_be_read_again_is_not_written():
    with pytest.raises(RefusedError, match="64 kB"):
        written(topic="x" * 70_000)


def test_fields_that_we_know_stand_before_those_that_we_do_not():
    assert {"topic", "meeting_kind", "conflicts", "deleted_at"} <= known_keys("meeting")
    assert not known_keys("meeting") & {"body", "evidence", "checks", "format", "kind"}
    assert "evidence" in known_keys("note")
    assert all("checks" in known_keys(kind) for kind in ("gate", "customer", "touchpoint"))
    assert "format" in known_keys("workspace")
    assert known_keys("of tomorrow") == frozenset()


def test_maps_inside_a_head_have_one_order_and_names_that_become_one_are_one():
    one = a_document(checks={"b": {"y": "1", "x": "2"}, "a": "3"})
    other = a_document(checks={"a": "3", "b": {"x": "2", "y": "1"}})
    assert dump(Version(document=one)) == dump(Version(document=other))
    assert cleaned(a_document(x={"a\0": "1", "a\ufffd": {"b": "2"}})).head == {"x": {"a\ufffd": {"b": "2"}}}
