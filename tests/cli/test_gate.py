import json
from pathlib import Path

import pytest


def outcome(told):
    return [each["outcome"] for each in told("gate", "--json").data["gates"]]


def test_the_gate_tells_its_proof_and_every_gate_before(told):
    data = told("gate", "--json").data
    assert data["may_advance"] is False
    assert [each["name"] for each in data["unheard"]] == ["N19:H2", "N77:H5"]
    assert [(each["step"], each["round"], each["outcome"]) for each in data["gates"]] == [
        ("discovery", 1, "pivot"),
        ("discovery", 2, None),
    ]


def test_advancing_too_early_names_everything_that_is_missing(told):
    answer = told("gate", "advance", "--json")
    assert answer.status == 1
    missing = answer.data["error"]["missing"]
    assert len(missing) == 7
    assert "Open the strongest piece against H2 first." in missing
    assert outcome(told) == ["pivot", None]


def test_the_strongest_contrary_piece_is_heard_by_its_name(told):
    assert told("gate", "hear", "N19:H2").status == 0
    assert [each["name"] for each in told("gate", "--json").data["unheard"]] == ["N77:H5"]
    assert told("gate", "hear", "N19:H9").status == 3


def test_a_criterion_is_waived_with_a_reason_and_applies_again(told):
    assert told("gate", "na", "discovery.price").status == 1
    refused = told("gate", "na", "discovery.sync", "--reason", "no")
    assert refused.status == 1
    assert "discovery.sync is never waived" in refused.err
    assert "one of" not in refused.err
    assert told("gate", "na", "discovery.price", "--reason", "a grant pays").status == 0
    data = told("gate", "--json").data
    assert (data["total"], data["met"]) == (8, 4)
    assert "a grant pays" in told("gate").out
    assert told("gate", "applies", "discovery.price").status == 0
    assert told("gate", "--json").data["total"] == 9


def agree(told, proposal):
    told("add", "meeting", "kind=sync", f"topic=On {proposal}", "date=today", "members=an,petya,mei")
    told("move", "M22", "propose", f"proposal={proposal}")
    for team in ("custdev", "proddev"):
        told("move", "M22", "vote", f"team={team}", "agree=yes")


def test_only_an_agreed_stop_ends_it_and_only_reopening_leads_on(told):
    assert told("gate", "stop", "no_market", "--reason", "nobody pays").status == 1
    assert told("export", "closing", "--to", "-").status == 1
    agree(told, "stop")
    answer = told("gate", "stop", "no_market", "--reason", "nobody pays")
    assert answer.status == 0, answer.err
    report = Path(answer.err.partition("The closing report is in ")[2].strip())
    assert report.read_text("utf-8") == told("export", "closing", "--to", "-").out
    status = told("status", "--json").data
    assert (status["phase"], status["gate"], status["step"], status["criteria"]) == ("stopped", None, None, [])
    assert "stopped" in told("status").out
    assert "stopped" in told("gate").out
    assert told("note", "more").status == 1
    assert told("export", "json", "--to", "-").status == 0
    assert told("gate", "reopen", "+30", "--stop-if", "still nobody").status == 0
    assert told("status", "--json").data["gate"]["round"] == 3


def test_a_pivot_changes_beliefs_from_a_file(told, tmp_path):
    changes = [{"hypothesis": "H5", "statement": "Insurers pay", "pivot_kind": "segment", "reason": "they asked"}]
    file = tmp_path / "changes.json"
    file.write_text(json.dumps(changes), "utf-8")
    assert told("gate", "pivot", str(file)).status == 1
    agree(told, "pivot")
    answer = told("gate", "pivot", str(file))
    assert (answer.status, answer.out) == (0, "H11\ndiscovery.3\n")
    child = told("show", "H11", "--json").data["record"]
    assert (child["statement"], child["pivot_kind"], child["state"]) == ("Insurers pay", "segment", "draft")


@pytest.mark.parametrize("text", ["", "{}", "[1]", "no json"])
def test_a_pivot_from_what_is_no_list_is_refused(told, tmp_path, text):
    file = tmp_path / "changes.json"
    file.write_text(text, "utf-8")
    assert told("gate", "pivot", str(file)).status == 2
    assert told("gate", "pivot", "missing.json").status == 2
    assert told("gate", "pivot").status == 2


def test_a_gate_is_redated_once_by_a_sync(told):
    assert told("gate", "redate", "+10", "--reason", "fair").status == 1
    agree(told, "redate")
    assert told("gate", "redate", "+10", "--reason", "fair").status == 0
    assert told("status", "--json").data["gate"]["decide_by"] == "2026-03-26"
    assert told("gate", "redate", "+20", "--reason", "again").status == 1


@pytest.mark.parametrize("words", [("fly",), ("na", "price", "more"), ("advance", "when=never"), ("--reason", "x")])
def test_a_move_that_the_gate_has_not_is_refused(told, words):
    answer = told("gate", *words)
    assert answer.status == 2
    assert answer.err
