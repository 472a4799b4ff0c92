import json

import pytest
from tests.cli.calls import GOLDEN, hold_nothing_raw

from fieldgate.cli.shapes import SHAPES
from fieldgate.domain.display import cell_width
from fieldgate.domain.kinds import KIND_NAMES, kinds

PICTURES = {
    "status": ("status",),
    "gate": ("gate",),
    "hypotheses": ("list", "hypotheses"),
    "customers": ("list", "customers"),
    "touchpoints": ("list", "touchpoints"),
    "actions": ("list", "actions"),
    "requirements": ("list", "requirements"),
    "gates": ("list", "gates"),
    "show_hypothesis": ("show", "H4"),
    "show_meeting": ("show", "M19"),
    "show_note": ("show", "N74"),
    "search": ("search", "claim"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_what_a_reader_sees_of_the_sample_is_as_drawn(told, name):
    answer = told(*PICTURES[name])
    assert answer.status == 0
    assert answer.out == (GOLDEN / f"{name}.txt").read_text("utf-8")
    assert answer.err == ""


@pytest.mark.parametrize("words", [*PICTURES.values(), ("list", "notes"), ("list", "meetings"), ("list", "evidence")])
def test_every_line_fits_80_columns(told, words):
    lines = told(*words).out.splitlines()
    assert lines
    assert [line for line in lines if cell_width(line) > 80] == []


@pytest.mark.parametrize("words", [("status",), ("gate",), ("list", "notes"), ("show", "H4"), ("search", "claim")])
def test_an_answer_as_json_has_the_keys_of_its_shape(told, words):
    data = told(*words, "--json").data
    assert set(data) == set(SHAPES[words[0]])
    assert data["format"] == 1


def test_the_status_as_json_says_what_the_rules_say(told):
    data = told("status", "--json").data
    assert (data["phase"], data["step"], data["at"], data["today"]) == ("open", "discovery", None, "2026-03-16")
    assert (data["met"], data["total"], data["readiness"]) == (4, 9, 44)
    assert set(data["gate"]) == {"id", "round", "opened_on", "decide_by", "overdue", "stop_if"}
    assert data["gate"]["overdue"] is True
    price = next(each for each in data["criteria"] if each["id"] == "discovery.price")
    assert set(price) == {"id", "title", "kind", "result", "text", "reason", "fix"}
    assert price["result"] == "unmet"
    assert price["reason"] is None
    assert price["fix"] == [
        {"kind": "hypothesis", "id": "2rhe2w8d30542tq5", "code": "H5", "text": "H5: 2 more firm answers are wanted."}
    ]
    assert [each["rule"] for each in data["next"]] == sorted(each["rule"] for each in data["next"])
    assert set(data["next"][0]) == {"rule", "text", "kind", "id", "code", "command"}
    assert data["waiting"]["note"] > 0


def test_the_day_decides_what_is_overdue(told):
    assert told("status", "--json", day="2026-03-13").data["gate"]["overdue"] is False
    assert "decide today" in told("status", day="2026-03-13").out
    assert "in 3 days" in told("status", day="2026-03-10").out


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_listed_record_has_every_stored_field(told, kind):
    data = told("list", kind, "--json").data
    assert data["kind"] == kind
    assert data["count"] == len(data["records"]) > 0
    for record in data["records"]:
        assert set(record) == {*kinds()[kind].fields, "kind_of_record", "derived"}
        assert record["deleted_at"] is None


def test_a_kind_is_named_in_the_singular_the_plural_and_any_case(told):
    one, many, loud = (told("list", word, "--json").data for word in ("hypothesis", "hypotheses", "Hypotheses"))
    assert one == many == loud
    assert one["records"][0]["derived"]["confidence"] is not None


@pytest.mark.parametrize(
    ("word", "kind"),
    [("H4", "hypothesis"), ("h4", "hypothesis"), ("an", "member"), ("gate", "gate"), ("discovery.1", "gate"),
     ("workspace", "workspace"), ("fo-mkt-02", "touchpoint"), ("FO-MKT-02:how.1", "check"), ("N59:H4", "evidence"),
     ("2rhe2w8d30542tq5", "hypothesis")],
)  # fmt: skip
def test_a_record_is_shown_by_any_of_its_names(told, word, kind):
    data = told("show", word, "--json").data
    assert data["record"]["kind_of_record"] == kind
    assert data["by_former_code"] is False
    assert told("show", word).status == 0


def test_a_search_finds_every_script_without_marks_and_in_any_case(told):
    for wish, code in {"thung hang": "M6", "РЕКЛАМАЦИЯ": "M13", "退貨": "M7", "งบ": "M18"}.items():
        found = [each.get("code") for each in told("search", wish, "--json").data["records"]]
        assert code in found, wish


def test_a_search_that_finds_nothing_says_so(told):
    answer = told("search", "nosuchword")
    assert (answer.status, answer.out) == (0, "Nothing has these words.\n")
    assert told("search", "nosuchword", "--json").data["records"] == []


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("show", "H99"), 3),
        (("show", "nobody"), 3),
        (("show", "N1:H99"), 3),
        (("show",), 2),
        (("show", "H1", "H2"), 2),
        (("list", "wishes"), 2),
        (("list",), 2),
        (("search",), 2),
        (("status", "here"), 2),
        (("status", "--today", "tomorrow"), 2),
        (("status", "--wrong"), 2),
    ],
)
def test_a_call_that_is_off_says_what_is_wrong_and_what_to_do(told, words, status):
    answer = told(*words, day=None)
    assert answer.status == status
    assert answer.out == ""
    assert len(answer.err.splitlines()) >= 1
    as_json = told(*words, "--json", day=None)
    assert as_json.status == status
    error = as_json.data["error"]
    assert set(error) == {"kind", "message", "hint", "where"}
    assert error["message"] == as_json.err.splitlines()[0]


def test_nothing_that_lists_leaves_a_control_character(told):
    for kind in KIND_NAMES:
        assert hold_nothing_raw(told("list", kind).out)


def test_a_folder_opened_for_the_first_time_stays_as_it_was_and_names_what_it_left_out(call, shared):
    (shared / "notes" / "zz.md").write_text("no record", "utf-8")
    before = {path: path.read_bytes() for path in shared.rglob("*") if path.is_file()}
    answer = call("status", str(shared))
    assert answer.status == 0
    assert "Coldline" in answer.out
    assert "notes/zz.md" in answer.err
    assert {path: path.read_bytes() for path in shared.rglob("*") if path.is_file()} == before


def test_a_playbook_of_the_team_that_cannot_be_used_is_told_and_closes_nothing(call, shared):
    (shared / "playbook.yaml").write_text("cards:\n  FO-PM-01:\n    tilte: x\n", encoding="utf-8")
    answer = call("status", str(shared))
    assert answer.status == 0
    assert "Not used: playbook.yaml: cards > FO-PM-01: the key tilte may not stand here" in answer.err
    checked = call("check", str(shared))
    assert checked.status == 4
    assert "playbook.yaml: cards > FO-PM-01" in checked.out


def test_what_others_wrote_into_the_folder_is_taken_in_before_a_command_answers(call, shared):
    assert call("status", str(shared)).err == ""
    note = next((shared / "notes").glob("*hai-logger-sai-gio*"))
    note.write_text(note.read_text("utf-8").replace("Hai logger", "Ba logger"), "utf-8")
    assert "Hai logger" in call("show", str(shared), "N60", "--as-is").out
    answer = call("show", str(shared), "N60")
    assert "Ba logger" in answer.out
    assert "1 records came in" in answer.err


def test_a_workspace_that_was_read_is_the_one_used_last(call, shared, sample):
    call("status", str(sample))
    assert call("status", "--json").data["workspace"]["path"] == str(sample)
    call("status", str(shared))
    assert call("status", "--json").data["workspace"]["path"] == str(shared)


def test_a_code_lost_in_a_merge_still_finds_its_record(told, sample):
    import sqlite3

    with sqlite3.connect(sample) as db:
        db.execute("UPDATE hypothesis SET former_codes = ? WHERE code = 'H4'", (json.dumps(["H77"]),))
    db.close()
    answer = told("show", "H77")
    assert answer.status == 0
    assert "this one is H4" in answer.out
    assert told("show", "H77", "--json").data["by_former_code"] is True
