import pytest


def state_of(told, code):
    return told("show", code, "--json").data["record"]["state"]


def test_a_ruling_needs_what_was_learned(told):
    answer = told("rule", "H4", "supported")
    assert answer.status == 1
    assert "what was learned" in answer.err
    assert state_of(told, "H4") == "testing"
    answer = told("rule", "H4", "supported", "--learned", "One page ends the argument.")
    assert answer.status == 0
    assert "The product answers the problem: now met" in answer.err
    assert state_of(told, "H4") == "supported"


def test_a_ruling_against_the_numbers_keeps_its_reason(told):
    assert told("rule", "H4", "refuted", "--learned", "No.").status == 1
    assert told("rule", "H4", "refuted", "--learned", "No.", "--reason", "They lied.").status == 0
    assert told("show", "H4", "--json").data["record"]["verdict_reason"] == "They lied."


def test_a_refusal_names_everything_that_is_missing(told):
    answer = told("lock", "H10", "--json")
    assert answer.status == 1
    error = answer.data["error"]
    assert error["kind"] == "refused"
    assert len(error["missing"]) > 1
    for each in error["missing"]:
        assert each in answer.err


def test_a_prediction_is_locked_with_what_it_lacked(told):
    given = ("prediction=3 of 4", "metric=clocks", "target_n=4", "pass_pct=75", "due=+30")
    assert told("lock", "H10", *given).status == 0
    record = told("show", "H10", "--json").data["record"]
    assert (record["state"], record["locked_on"], record["due"]) == ("testing", "2026-03-16", "2026-04-15")
    assert told("lock", "H10").status == 1


def test_a_record_says_what_it_can_do_and_what_the_rest_lacks(told):
    text = told("move", "H4").out
    assert "· retire" in text
    assert "not yet. H4 is testing: rule on it first." in text
    moves = {each["move"]: each for each in told("move", "H4", "--json").data["moves"]}
    assert moves["retire"]["missing"] == []
    assert [each["name"] for each in moves["retire"]["asks"]] == ["reason"]
    assert moves["reopen"]["missing"] == ["H4 is testing: rule on it first."]


@pytest.mark.parametrize(
    ("code", "move", "given", "after"),
    [
        ("A4", "done", (), "done"),
        ("A4", "drop", ("reason=late",), "dropped"),
        ("H5", "retire", ("reason=nobody asks",), "retired"),
        ("FO-MKT-02", "take", ("owner=mei",), "fixing"),
        ("BY-PM-01", "ready", (), None),
    ],
)
def test_every_move_is_made_by_its_name(told, code, move, given, after):
    before = state_of(told, code)
    answer = told("move", code, move, *given)
    if answer.status == 1:
        assert answer.err
        assert state_of(told, code) == before
    else:
        assert (answer.status, state_of(told, code)) == (0, after)


def test_a_check_and_a_piece_of_evidence_are_moved_by_their_names(told):
    assert told("move", "FO-MKT-14:how.1", "yes", "note=a deck").status == 0
    assert told("show", "FO-MKT-14:how.1", "--json").data["record"]["answer"] == "yes"
    assert told("move", "N59:H4", "edit", "stance=yes", "strength=4").status == 0
    assert told("show", "N59:H4", "--json").data["record"]["strength"] == 4


@pytest.mark.parametrize(
    ("words", "status"),
    [(("H4", "fly"), 2), (("H4", "note.create"), 2), (("H4", "retire", "why=x"), 2), (("H99",), 3), ((), 2)],
)
def test_a_move_that_is_none_is_refused_in_words(told, words, status):
    answer = told("move", *words)
    assert answer.status == status
    assert answer.err


def test_a_record_is_put_away_and_brought_back(told):
    assert told("archive", "N74").status == 0
    codes = [each["code"] for each in told("list", "notes", "--json").data["records"]]
    assert "N74" not in codes
    assert "archived" in told("show", "N74").out
    assert told("archive", "N74").status == 1
    assert told("restore", "N74").status == 0
    assert told("restore", "N74").status == 1
    assert told("archive", "H4").status == 1


def test_what_was_archived_is_listed_until_it_is_restored(told):
    assert "None was archived" in told("list", "--archived", "customers").out
    told("archive", "C1")
    told("archive", "C2")
    listed = told("list", "customers", "--archived")
    assert listed.status == 0
    assert "Bếp Nhà" in listed.out
    found = told("list", "customers", "--archived", "--json").data["records"]
    assert {each["code"] for each in found} == {"C1", "C2"}
    assert all(each["deleted_at"] for each in found)
    told("restore", "C1")
    assert "C1 " not in told("list", "customers", "--archived").out
