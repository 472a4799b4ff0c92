"""The map and the tree on the command line, looking back, and hearing what speaks against a belief."""


def test_the_map_has_every_held_belief_and_marks_the_riskiest(told):
    answer = told("assumption-map")
    assert answer.status == 0
    assert "·H8!" in answer.out
    assert all(f"H{number}" in answer.out for number in (2, 3, 4, 5, 6, 7, 8, 9))
    assert "H1 " not in answer.out
    data = told("assumption-map", "--json").data
    assert [each["code"] for each in data["points"] if each["riskiest"]] == ["H8"]
    assert data["points"][0]["confidence"] == 0.0


def test_the_tree_shows_what_came_out_of_what(told):
    answer = told("pivot-tree")
    assert answer.status == 0
    assert "├─ H2 supported" in answer.out
    assert "Segment · at the discovery gate, round 1 · since 2026-01-12" in answer.out
    assert "Never changed: H3" in answer.out
    beliefs = {each["code"]: each for each in told("pivot-tree", "--json").data["beliefs"]}
    assert (beliefs["H2"]["parent"], beliefs["H2"]["pivot_kind"], beliefs["H2"]["yes"]) == ("H1", "segment", 6)
    assert beliefs["H2"]["gate"]["round"] == 1
    assert beliefs["H1"]["gate"] is None


def test_the_journey_is_a_map_with_the_worst_of_each_cell(told):
    answer = told("journey-map")
    assert "MKT Marketing     ██ 3 / 2 / 0" in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 80
    data = told("journey-map", "--json").data
    cell = next(each for each in data["cells"] if (each["phase"], each["function"]) == ("FO", "MKT"))
    assert (cell["gaps"], cell["unasked"], cell["ready"]) == (3, 2, 0)


def test_evidence_stands_on_its_day_and_maybes_with_whom_they_came_home(told, call):
    answer = told("timeline")
    assert "      2025-10-28" in answer.out
    assert any(line.startswith("H7    ") and line.count("✗") == 3 for line in answer.out.splitlines())
    beliefs = {each["code"]: each for each in told("timeline", "--json").data["beliefs"]}
    assert [each["counts"] for each in beliefs["H7"]["pieces"]] == ["no", "no", "no"]
    assert "Chen Mei-Ling      ██████▒▒▒▒▒▒▒▒▒▒▒▒▒▒  29 %  5 maybe of 17" in told("mirror").out
    assert told("mirror", "--json").data["members"][0]["notes"] == ["N7", "N75", "N33", "N35", "N40"]
    call("new", "./n.fieldgate", "--name", "N", "--vision", "x", "--custdev", "an", "--proddev", "mei", "--as", "an")
    assert "Nobody has said anything" in call("timeline", "./n.fieldgate").out


def test_a_workspace_without_changes_says_so(call, tmp_path):
    call(
        "new", "./mới.fieldgate", "--name", "Mới", "--vision", "x", "--custdev", "an", "--proddev", "mei", "--as", "an"
    )
    assert "came out of another" in call("pivot-tree", "./mới.fieldgate").out
    assert call("assumption-map", "./mới.fieldgate").status == 0


def test_a_word_that_is_no_workspace_is_named(told):
    for name in ("pivot-tree", "assumption-map", "journey-map", "timeline", "mirror"):
        answer = told(name, "H4")
        said = f"H4 is no workspace.\nForm: fieldgate {name} [PATH]"
        assert (answer.status, answer.err.strip()) == (2, said)


class TestLookingBack:
    def test_today_is_now(self, told):
        now, then = told("status", "--json").data, told("status", "--at", "2026-03-16", "--json").data
        assert then.pop("as_now") == []
        assert {**now, "at": "2026-03-16"} == then

    def test_before_the_pivot_round_one_is_open(self, told):
        data = told("status", "--at", "2026-01-11", "--json").data
        assert (data["at"], data["today"], data["gate"]["round"]) == ("2026-01-11", "2026-03-16", 1)
        assert "H1" in data["as_now"]
        answer = told("status", "--at", "2026-01-11")
        assert answer.out.startswith("As it stood on 2026-01-11\n")
        assert "shown as now" in " ".join(answer.out.split())

    def test_a_day_that_is_none_or_to_come_is_refused(self, told):
        assert told("status", "--at", "yesterday").status == 2
        assert "still to come" in told("status", "--at", "2026-03-17").err


class TestTheContraryPiece:
    def test_showing_it_has_it_heard_once(self, told):
        before = {each["hypothesis"] for each in told("gate", "--json").data["unheard"]}
        assert "H2" in before
        answer = told("show", "--contrary", "H2", "--as", "an")
        assert "bảo hiểm trả hết" in answer.out
        assert "does not wait" in answer.err
        assert {each["hypothesis"] for each in told("gate", "--json").data["unheard"]} == before - {"H2"}
        assert "Heard before" in told("show", "--contrary", "H2", "--as", "an").err

    def test_of_a_belief_that_is_not_key_it_is_shown_and_no_gate_keeps_it(self, told):
        told("note", "Превозвачът вече не мери", "--as", "an")
        told("link", "N83", "H6", "no", "3", "--as", "an")
        data = told("show", "--contrary", "H6", "--as", "an", "--json").data
        assert (data["hypothesis"], data["heard"]) == ("H6", False)
        assert (data["contrary"]["stance"], data["contrary"]["text"]) == ("no", "Превозвачът вече не мери")

    def test_where_nothing_speaks_against_it_that_is_said(self, told):
        assert "Nothing speaks against H8 yet." in told("show", "--contrary", "H8", "--as", "an").out
        assert told("show", "--contrary", "H8", "--as", "an", "--json").data["contrary"] is None

    def test_only_a_hypothesis_has_one(self, told):
        assert told("show", "--contrary", "C7", "--as", "an").status == 2
