"""Ids and codes: the same record is the same everywhere, and codes are counted as people count."""

import pytest

from fieldgate.domain.identity import (
    ID_ALPHABET,
    ID_LENGTH,
    code_parts,
    is_id,
    named_id,
    next_code,
    random_id,
    random_writer,
)

WORKSPACE = "0123456789abcdef"


def test_a_random_id_is_an_id_and_never_comes_twice():
    made = {random_id() for _ in range(200)}
    assert len(made) == 200
    assert all(is_id(each) and len(each) == ID_LENGTH and set(each) <= set(ID_ALPHABET) for each in made)


@pytest.mark.parametrize("text", ["", "0123", "0123456789ABCDEF", "0123456789abcdei", "../../etc/passwd", "a" * 17])
def test_nothing_else_is_an_id(text):
    assert not is_id(text)


def test_a_named_id_follows_from_workspace_kind_and_folded_key():
    made = named_id(WORKSPACE, "member", "Bình")
    assert is_id(made)
    assert made == named_id(WORKSPACE, "member", "  BÌNH ") == named_id(WORKSPACE, "member", "Bình")
    others = [("f" * 16, "member", "Bình"), (WORKSPACE, "gate", "Bình"), (WORKSPACE, "member", "Ana")]
    assert len({made, *(named_id(*each) for each in others)}) == 4
    assert named_id(WORKSPACE, "check", "a", "b") == named_id(WORKSPACE, "check", "a/b")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("H3", ("H", 3)),
        (" h12 ", ("H", 12)),
        ("H0", None),
        ("H03", None),
        ("3", None),
        ("BY-PM-01", None),
        ("H1234567890", None),
        ("Н3", None),
        ("H٣", None),
    ],
)
def test_a_code_is_a_letter_and_a_number(text, parts):
    assert code_parts(text) == parts


def test_the_next_code_is_one_more_than_the_highest_ever_given():
    assert next_code("H", []) == "H1"
    assert next_code("H", ["H2", "H10", "M99", "BY-PM-01"]) == "H11"


def test_a_writer_is_five_letters_of_the_alphabet_and_new_each_time():
    drawn = {random_writer() for _ in range(200)}
    assert len(drawn) > 190
    assert all(len(each) == 5 and set(each) <= set(ID_ALPHABET) for each in drawn)
