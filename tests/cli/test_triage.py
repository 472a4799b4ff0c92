"""Triage without the screen: by lines, as a list, one verdict at a time."""

import io
import shutil

import pytest
from tests.cli.calls import DAY, HOSTILE, SCRIPTS, hold_nothing_raw, start
from tests.ui.desks import DAY as CLOCK
from tests.ui.desks import locations_in

from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.triage import Session
from fieldgate.workspace.triage_sheet import sheet_of
from fieldgate.workspace.triage_values import Limits

WRITTEN = ("created_at", "updated_at", "id", "answered_at", "verdict_at", "triaged_at", "state_at", "shared_at")


@pytest.fixture
def lines(told, monkeypatch):
    """Ask by lines, with an answer to each."""

    def asked(*answers, options=()):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{each}\n" for each in answers)))
        answer = told("triage", "--plain", "--as", "an", *options)
        assert answer.status == 0, answer.err
        return answer.out

    return asked


def test_it_works_through_a_pipe_and_in_a_dumb_terminal(sample):
    words = ("triage", str(sample), "--plain", "--today", DAY, "--as", "an", "--kind", "note")
    answer = start(*words, text=b"y3 H4\n", TERM="dumb", NO_COLOR="1")
    assert answer.returncode == 0, answer.stderr.decode()
    assert "H4: yes 3" in answer.stdout.decode()
    assert b"\x1b" not in answer.stdout + answer.stderr


def rows(store, folder):
    """All live records by kind and code, without ids and times of writing."""
    opened = open_workspace(inspect(store, locations_in(folder)), locations_in(folder), CLOCK, "an")
    found = {}
    for kind in ("note", "hypothesis", "touchpoint", "requirement", "action", "customer", "meeting", "gate"):
        for record in opened.store.records(kind):
            found[kind, getattr(record, "code", "") or record.id] = plain(record)
    found.update({("check", record.id): plain(record) for record in opened.facts.live("check")})
    for piece in opened.facts.live("evidence"):
        note, belief = opened.facts.notes[piece.note_id], opened.facts.hypotheses[piece.hypothesis_id]
        found["evidence", note.code, belief.code] = plain(piece)
    opened.close()
    return found


def plain(record):
    names = type(record).__dataclass_fields__
    return {name: getattr(record, name) for name in names if name not in WRITTEN and not name.endswith("_id")}


KINDS = ("conflict", "critical", "maybe", "action", "note", "requirement", "minutes")
BY_LINES = (
    *("2", "a", "u", "a text=call Isla", "c", "N", "y4 text=she signed", ""),
    *("y3 H4", "n", "", "2", "m H10", "b", "x", "a", "", "", "s", "", "b", "b"),
    *("p", "x remarks=not ours", "D", "N", "D", "b"),
)
BY_SESSION = (
    ("customer.settle", {"number": 2}),
    ("requirement.respond", {}),
    ("undo", {}),
    ("requirement.respond", {"text": "call Isla"}),
    ("evidence.chase", {}),
    ("evidence.count_no", {}),
    ("evidence.firm_yes", {"strength": 4, "text": "she signed"}),
    ("skip", {}),
    ("note.yes", {"hypothesis": "H4", "strength": 3}),
    ("note.no", {"hypothesis": None, "strength": 2}),
    ("note.maybe", {"hypothesis": "H10"}),
    ("note.background", {}),
    ("note.discard", {}),
    ("note.action", {}),
    ("skip", {}),
    ("note.snooze", {}),
    ("note.background", {}),
    ("note.background", {}),
    ("requirement.park", {}),
    ("requirement.decline", {"remarks": "not ours"}),
    ("meeting.shared", {}),
    ("meeting.not_needed", {}),
    ("action.done", {}),
    ("note.background", {}),
)


def test_the_same_decisions_by_lines_and_by_the_session_give_the_same_rows(lines, sample, tmp_path):
    twin = shutil.copy(sample, tmp_path / "twin.fieldgate")
    untouched = rows(twin, tmp_path)
    told = lines(*BY_LINES, options=[each for kind in KINDS for each in ("--kind", kind)])
    assert "! " not in told
    assert "Decided: Conflicts 1, Critical requests 1, Maybes 3, Notes 10, Requests 2, Minutes to share 2" in told
    opened = open_workspace(inspect(twin, locations_in(tmp_path)), locations_in(tmp_path), CLOCK, "an")
    session = Session(opened, Limits(kinds=KINDS))
    for move_id, answers in BY_SESSION:
        item = session.current()
        if move_id in {"undo", "skip"}:
            session.undo() if move_id == "undo" else session.skip(item.id)
            continue
        riskiest = sheet_of(opened, item).beliefs
        given = {name: riskiest[0].id if value is None else value for name, value in answers.items()}
        session.decide(item.id, move_id, given)
    opened.close()
    assert rows(sample, tmp_path) == rows(twin, tmp_path) != untouched


class TestLines:
    def test_each_item_is_asked_with_its_facts_and_its_verdicts(self, lines):
        text = lines("q", options=("--kind", "note"))
        for words in (
            "Notes 1 of 10. gate 4 of 9",
            "Said by: Northfleet",
            "H5 An exporter",
            "y: Speaks for",
            "x: Discard",
        ):
            assert words in text
        assert "Decided: nothing" in text

    def test_a_chord_a_belief_and_an_empty_answer_for_the_riskiest(self, lines):
        text = lines("y3 H4", "n", "", "2", "m H10", "q", options=("--kind", "note"))
        assert "H4: yes 3" in text
        assert "H5: no 2" in text
        assert "H10: maybe 0" in text
        assert "Decided: Notes 3" in text

    def test_undo_skip_and_all_beliefs(self, lines, told):
        text = lines("b", "u", "", "?", "q", options=("--kind", "note"))
        assert "Taken back: Background" in text
        assert "skipped 1" in text
        assert "H7 Freight" in text
        assert len(told("triage", "--json").data["items"]) == 35

    def test_what_lacks_something_is_said_and_asked_again(self, lines):
        text = lines("zz", "y9 H5", "y3 H99", "b", "q", options=("--kind", "note"))
        assert "zz is no verdict here" in text
        assert "from 0 to 4" in text
        assert "H99" in text
        assert "Decided: Notes 1" in text

    def test_it_ends_with_the_input_in_the_middle_of_a_question(self, lines, told):
        text = lines("y", "H5", options=("--kind", "note"))
        assert "Decided: nothing" in text
        assert len(told("triage", "--json", "--kind", "note").data["items"]) == 10

    def test_it_ends_after_so_many_and_goes_on_after_an_end_without_one(self, lines):
        assert "Decided: Notes 2" in lines("b", "b", "b", options=("--kind", "note", "--limit", "2"))

    def test_nothing_of_a_record_reaches_the_terminal_raw(self, lines, told):
        for text in (*HOSTILE.values(), *SCRIPTS.values()):
            told("note", "--customer", "C8", "--on", "2026-01-01", "--", text)
        text = lines(*["b"] * len((*HOSTILE, *SCRIPTS)), "q", options=("--kind", "note"))
        assert hold_nothing_raw(text)
        assert all(each in text for each in SCRIPTS.values())
        assert "\x1b" not in text

    def test_a_card_is_asked_question_by_question(self, lines):
        text = lines("D", "y", "D", "N", "q", options=("--kind", "touchpoint"))
        assert "reviewed, still ready" in text
        assert "Question: " in text
        assert "Decided: Touchpoints" in text


class TestScripts:
    def test_the_queue_is_listed_with_legal_verdicts_and_what_they_ask(self, told):
        answer = told("triage", "--json", "--kind", "note", "--limit", "2").data
        assert answer["count"] == 2
        item = answer["items"][0]
        assert item["kind"] == "note"
        asked = {each["verdict"]: each for each in item["verdicts"]}
        assert asked["note.yes"]["letter"] == "y"
        assert asked["note.yes"]["legal"]
        assert [each["name"] for each in asked["note.yes"]["asks"]] == ["hypothesis", "strength", "more"]

    def test_one_verdict_is_taken_by_letter_or_by_name_with_the_same_refusals(self, told):
        one, two = (each["item"] for each in told("triage", "--json", "--kind", "note").data["items"][:2])
        done = told("decide", one, "y", "hypothesis=H5", "strength=3", "--json").data
        assert done["done"] == "H5: yes 3"
        assert told("decide", two, "note.background").status == 0
        again = told("decide", one, "note.background", "--json")
        assert again.status == 7
        assert "does not wait" in again.data["error"]["message"]
        third = told("triage", "--json", "--kind", "note").data["items"][0]["item"]
        assert told("decide", third, "y", "hypothesis=H5", "strength=9").status == 1
        assert told("decide", third, "action.done").status == 1
        assert told("decide", third).status == 2

    def test_scripts_leave_the_session_of_a_person_alone(self, lines, told, sample, tmp_path):
        opened = open_workspace(inspect(sample, locations_in(tmp_path)), locations_in(tmp_path), CLOCK, "an")
        session = Session(opened)
        session.decide(next(each.id for each in session.items if each.kind == "note"), "note.background")
        opened.close()
        told("triage", "--json")
        text = lines("u", "q", options=("--go-on",))
        assert "Taken back: Background" in text

    def test_a_kind_that_is_none_and_no_way_of_asking_are_refused(self, told):
        assert told("triage", "--plain", "--kind", "nonsense").status == 2
        assert told("triage").status == 2
