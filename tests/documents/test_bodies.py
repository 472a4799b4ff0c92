"""The long texts of a record: whatever a founder writes comes back, also what looks like our headings."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldgate.documents.bodies import joined, split

BOTH = ("statement", "learned")

looking_alike = st.lists(
    st.text(max_size=20).map(lambda text: text.replace("\r", ""))
    | st.sampled_from(["# Statement", "# Learned", "\\# Statement", "\\\\# Learned", "## Learned", "", " # Learned"]),
    max_size=6,
).map("\n".join)


@given(statement=looking_alike, learned=looking_alike)
@example(statement="", learned="x")
@example(statement="\n", learned="\n\n")
@example(statement="a\n", learned="")
@example(statement="# Learned", learned="# Statement\n\\# Statement")
def test_both_texts_of_a_hypothesis_come_back(statement, learned):
    body = joined("hypothesis", {"statement": statement, "learned": learned})
    texts = split("hypothesis", BOTH, body)
    assert (texts["statement"], texts.get("learned", "")) == (statement, learned)
    assert joined("hypothesis", texts) == body


def test_a_hypothesis_reads_well_in_an_editor():
    texts = {"statement": "Họ mất 3 giờ mỗi tuần\n# Learned", "learned": "Не, само два."}
    assert joined("hypothesis", texts) == (
        "# Statement\n\nHọ mất 3 giờ mỗi tuần\n\\# Learned\n\n# Learned\n\nНе, само два."
    )


def test_a_hypothesis_without_texts_has_no_body():
    assert joined("hypothesis", {"statement": "", "learned": ""}) == ""
    assert split("hypothesis", BOTH, "") == {"statement": ""}


@pytest.mark.parametrize(
    ("body", "statement", "learned"),
    [
        ("They pay", "They pay", ""),
        ("# Statement\nThey pay\n# Learned\nNo", "They pay", "No"),
        ("# Statement\n\n# Learned\n\nNo", "", "No"),
        ("They pay\n\n# Learned\n\nNo", "They pay", "No"),
        ("Above\n\n# Statement\n\nThey pay", "Above\n\nThey pay", ""),
        ("# Learned\n\nNo\n\n# Statement\n\nThey pay", "They pay", "No"),
        ("# Learned\n\nNo\n\n# Learned\n\nNot yet\n\n# Learned\n", "", "No\n\nNot yet"),
    ],
)
def test_headings_set_by_hand_are_understood(body, statement, learned):
    texts = split("hypothesis", BOTH, body)
    assert (texts.get("statement", ""), texts.get("learned", "")) == (statement, learned)


@given(looking_alike)
def test_the_one_long_text_of_a_kind_is_its_body(text):
    assert joined("note", {"text": text}) == text
    assert split("note", ("text",), text) == {"text": text}


@given(looking_alike | st.sampled_from(["```json\n{}\n```", "```", "{}\n"]))
def test_the_snapshot_of_a_gate_is_fenced(text):
    body = joined("gate", {"snapshot": text})
    assert body == (f"```json\n{text}\n```" if text else "")
    assert split("gate", ("snapshot",), body) == {"snapshot": text}
    assert split("gate", ("snapshot",), body and body + "\n") == {"snapshot": text}


@pytest.mark.parametrize("body", ['{"met": 3}', "```json\n```", "```json\n{}"])
def test_a_snapshot_without_its_fence_stays_what_it_is(body):
    assert split("gate", ("snapshot",), body) == {"snapshot": body}


def test_a_kind_without_a_long_text_has_no_body():
    assert joined("member", {}) == ""
    assert split("member", (), "typed below by hand") == {}
