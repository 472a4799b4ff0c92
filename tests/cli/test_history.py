def codes(told):
    return [each["code"] for each in told("list", "notes", "--json").data["records"]]


def test_the_last_act_is_taken_back_and_done_again(told):
    before = codes(told)
    told("note", "one")
    assert "Undone: note written" in told("undo").err
    assert codes(told) == before
    assert told("redo").status == 0
    assert codes(told) == [*before, "N83"]
    assert told("redo").status == 1


def test_an_act_is_taken_back_by_its_number(told):
    told("set", "C12", "awareness=3")
    told("note", "after it")
    acts = told("log", "--json").data["acts"]
    number = next(each["act"] for each in acts if each["text"] == "C12 changed")
    assert told("undo", str(number)).status == 0
    assert told("show", "C12", "--json").data["record"]["awareness"] == 1
    assert "N83" in codes(told)
    assert told("undo", str(number)).status == 1
    assert told("undo", "999").status == 1


def test_what_another_changed_in_between_is_not_overwritten(told):
    told("set", "C12", "awareness=3")
    told("set", "C12", "awareness=4")
    first = told("log", "--json").data["acts"][1]["act"]
    answer = told("undo", str(first))
    assert answer.status == 7
    assert "C12" in answer.err
    assert told("show", "C12", "--json").data["record"]["awareness"] == 4


def test_what_came_in_from_files_is_not_taken_back(told):
    first = told("log", "--json").data["acts"][-1]
    assert first["may_be_undone"] is False
    assert told("undo", str(first["act"])).status == 1
    assert told("undo").status == 1


def test_the_log_is_newest_first_and_may_be_about_one_record(told):
    told("note", "one")
    told("set", "C12", "awareness=3")
    data = told("log", "--json").data
    assert [each["text"] for each in data["acts"]][:2] == ["C12 changed", "note written"]
    assert data["acts"][0]["by"] == "an"
    assert [each["text"] for each in told("log", "C12", "--json").data["acts"]][:1] == ["C12 changed"]
    assert told("log", "--limit", "1", "--json").data["count"] == 1
    assert "C12 changed" in told("log").out


def test_words_that_are_no_number_are_refused(told):
    assert told("undo", "H4").status == 2
    assert told("undo", "1", "2").status == 2
    assert told("redo", "1").status == 2
    assert told("log", "H4", "H5").status == 2


def test_what_a_record_said_before_is_listed_shown_and_had_back(told):
    told("set", "N3", "text=giá quá cao", "--as", "an")
    listed = told("versions", "N3")
    assert "2* " in listed.out
    assert "giá quá cao" in listed.out
    first = told("versions", "N3", "1")
    assert first.out.startswith("---\nid: ")
    assert told("restore", "N3", "1", "--as", "an").status == 0
    data = told("versions", "N3", "--json").data
    assert [(each["number"], each["current"]) for each in data["versions"]] == [(2, False), (1, True)]
    assert told("restore", "N3", "x", "--as", "an").status == 2
    assert told("restore", "N3", "9", "--as", "an").status == 3
    assert told("versions").status == 2
