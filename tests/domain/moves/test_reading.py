"""Reading answers: typed by their ask, whatever form they come in."""

import unicodedata
from datetime import date, time

import pytest
from tests.builders import DAY, NOW, a_customer, a_hypothesis, a_member, a_note, an_id, facts
from tests.domain.moves.acting import an_occasion

from fieldgate.domain.moves.ask import Ask, Choice
from fieldgate.domain.moves.reading import BODY_BYTES, HEAD_BYTES, find_id, read_answers
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.records.learning import Stance
from fieldgate.errors import RefusedError

ANA = a_member("ana", id=an_id(901))
KIRI = a_customer(id=an_id(902), code="C7", former_codes=frozenset({"C3"}))
GONE = a_customer(id=an_id(903), code="C8", deleted_at=NOW)
MINH = a_member("Mình", id=an_id(904))


@pytest.fixture
def scene(playbook):
    belief = a_hypothesis(code="H1")
    return Scene(facts=facts(belief, ANA, KIRI, GONE, MINH), record=belief, occasion=an_occasion(playbook))


def read(scene, value, holds="text", **more):
    ask = Ask(name="it", words="it", holds=holds, **more)
    return read_answers((ask,), scene, {"it": value})["it"]


GOOD = [
    ("text", "  Клиентите плащат ", "Клиентите плащат"),
    ("lines", "một\nhai", "một\nhai"),
    ("long", "  # kept as it is\n", "  # kept as it is"),
    ("texts", "how much\n\nhow long", ("how much", "how long")),
    ("texts", ["how much"], ("how much",)),
    ("date", "2026-12-01", date(2026, 12, 1)),
    ("date", DAY, DAY),
    ("time", "14:30", time(14, 30)),
    ("time", time(9, 5), time(9, 5)),
    ("number", "3", 3),
    ("number", " -2", -2),
    ("number", 0, 0),
    ("decimal", "1,5", 1.5),
    ("decimal", 2, 2.0),
    ("path", " attachments/lỗi.png ", "attachments/lỗi.png"),
    ("yesno", "YES", True),
    ("yesno", "n", False),
    ("yesno", False, False),
    ("link:customer", "c7", KIRI.id),
    ("link:customer", "C3", KIRI.id),
    ("link:customer", KIRI.id, KIRI.id),
    ("link:member", unicodedata.normalize("NFD", "MÌNH"), MINH.id),
    ("link:note", an_id(77), an_id(77)),
    ("links:member", "ana, mình", (ANA.id, MINH.id)),
    ("links:member", frozenset({MINH.id, ANA.id}), (ANA.id, MINH.id)),
    ("links:member", ["ana", "ana"], (ANA.id,)),
    ("pivots", [{"hypothesis": "H1"}], ({"hypothesis": "H1"},)),
]


@pytest.mark.parametrize(("holds", "given", "value"), GOOD)
def test_an_answer_is_read_as_its_ask_holds_it(scene, holds, given, value):
    assert read(scene, given, holds) == value


BAD = [
    ("text", 5, "a text is wanted"),
    ("text", "one\ntwo", "one line is wanted"),
    ("text", "ы" * (HEAD_BYTES // 2 + 1), "longer than 16384 bytes"),
    ("long", "x" * (BODY_BYTES + 1), "longer than 1048576 bytes"),
    *(
        ("path", each, "a path within the workspace is wanted")
        for each in (
            "/etc/passwd",
            "../x.png",
            "a/../../x",
            "~/x",
            "C:\\x.png",
            "\\\\host\\x",
            "a\nb",
            "https://x/y.png",
        )
    ),
    ("path", 5, "a text is wanted"),
    ("texts", 5, "several lines are wanted"),
    ("texts", ["fine", 5], "a text is wanted"),
    ("date", "friday", "a date such as"),
    ("date", NOW, "a date such as"),
    ("time", "noon", "a time such as"),
    ("number", "three", "a whole number is wanted"),
    ("number", "³", "a whole number is wanted"),
    ("number", True, "a whole number is wanted"),
    ("number", 1.5, "a whole number is wanted"),
    ("decimal", "many", "a number is wanted"),
    ("decimal", "inf", "a number is wanted"),
    ("decimal", True, "a number is wanted"),
    ("yesno", "maybe", "yes or no is wanted, nothing between"),
    ("link:customer", "C99", "there is no customer C99"),
    ("link:customer", "C8", "C8 is archived"),
    ("link:customer", " ", "there is no customer"),
    ("links:member", "ana, nobody", "there is no member nobody"),
    ("links:member", 5, "several records are wanted"),
    ("pivots", "H1", "a list of changed beliefs"),
    ("pivots", ["H1"], "a list of changed beliefs"),
]


@pytest.mark.parametrize(("holds", "given", "words"), BAD)
def test_an_answer_that_cannot_be_used_is_refused_in_words(scene, holds, given, words):
    with pytest.raises(RefusedError, match=words):
        read(scene, given, holds)


def test_a_number_keeps_its_bounds(scene):
    assert read(scene, 4, "number", low=0, high=4) == 4
    for beyond in (-1, 5):
        with pytest.raises(RefusedError, match="from 0 to 4"):
            read(scene, beyond, "number", low=0, high=4)


def test_a_choice_is_one_of_its_values(scene):
    options = (Choice("yes", "yes"), Choice("no", "no"))
    assert read(scene, "yes", "choice", choices=options) == "yes"
    assert read(scene, "no", "choice", choices=options, enum=Stance) is Stance.NO
    assert read(scene, "yes", "choice", choose_from=lambda _: options) == "yes"
    with pytest.raises(RefusedError, match="one of yes, no is wanted"):
        read(scene, "maybe", "choice", choices=options)


@pytest.mark.parametrize("empty", ["", None, "  ", "\n"])
def test_an_empty_answer_is_none_and_a_required_one_is_missing(scene, empty):
    assert read(scene, empty, required=False) is None
    with pytest.raises(RefusedError, match="H1 needs this: it"):
        read(scene, empty)


def test_a_default_stands_where_nothing_was_given(scene):
    ask = Ask(name="it", words="it", default=lambda each: each.name)
    answers = read_answers((ask,), scene, {})
    assert (answers["it"], answers.given) == ("H1", frozenset())


def test_notes_that_no_rule_reads_are_found_by_their_id_alone(scene):
    assert find_id(scene, "note", an_id(5)) == an_id(5)
    assert find_id(scene, "note", "N5") is None
    assert find_id(scene, "customer", an_id(5)) is None
    held = Scene(facts=facts(a_note(id=an_id(6), code="N6")), record=scene.record, occasion=scene.occasion)
    assert find_id(held, "note", "n6") == an_id(6)
