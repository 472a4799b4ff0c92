import stat

import pytest

from fieldgate.workspace.days import read_day
from fieldgate.workspace.handles import handle_of

FOUND = ("--name", "Núi", "--vision", "We see far.", "--custdev", "Nguyễn Thu An", "--proddev", "陳美玲")


def test_a_new_folder_is_a_workspace_with_its_store_in_the_data_folder(call, own_folders):
    answer = call("new", "far", *FOUND, "--stop-if", "nobody pays", "--segment", "guides")
    folder = own_folders / "far"
    assert (answer.status, answer.out) == (0, f"{folder}\n")
    assert (folder / "workspace.md").is_file()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*.md")} == {0o600}
    data = call("status", "--json").data
    assert data["workspace"]["path"] == str(folder)
    assert (data["step"], data["gate"]["round"], data["gate"]["stop_if"]) == ("discovery", 1, "nobody pays")
    members = call("list", "members", "--json").data["records"]
    assert {each["handle"]: each["team"] for each in members} == {"nguyen": "custdev", "陳美玲": "proddev"}
    assert call("list", "touchpoints", "--json").data["count"] == 37
    assert call("note", "first", "--as", "nguyen").out == "N1\n"
    assert len(list((folder / "notes").iterdir())) == 1


def test_a_new_file_is_the_store_itself(call, own_folders):
    answer = call("new", "far.fieldgate", "--name", "N", "--vision", "V", "--custdev", "an=An", "--proddev", "an=An",
                  "--no-core", "--json")  # fmt: skip
    assert answer.data["workspace"]["path"] == str(own_folders / "far.fieldgate")
    assert stat.S_IMODE((own_folders / "far.fieldgate").stat().st_mode) == 0o600
    assert [each["team"] for each in call("list", "members", "--json").data["records"]] == ["both"]
    assert call("list", "touchpoints", "--json").data["count"] == 0
    assert call("note", "alone I act").status == 0


def test_starter_prompts_become_drafts(call):
    answer = call("new", "far", *FOUND, "--belief", "nothing=x")
    assert answer.status == 1
    from fieldgate.locations import Locations
    from fieldgate.workspace.playbook_files import shipped_playbook

    prompt = shipped_playbook(Locations.find().playbooks()).prompts[0]
    assert call("new", "far", *FOUND, "--belief", f"{prompt.id}=Guides pay").status == 0
    assert call("show", "H1", "--json").data["record"]["statement"] == "Guides pay"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("far",), 1),
        (("far", "--name", "N", "--vision", "V", "--custdev", "An"), 1),
        (("far", *FOUND, "--decide-by", "2020-01-01"), 1),
        (("far", *FOUND, "--decide-by", "never"), 2),
        (("far", *FOUND, "--belief", "x"), 2),
        (("far", *FOUND, "--as", "stranger"), 2),
        (("far", *FOUND, "--market-type", "blue"), 2),
        ((), 2),
    ],
)
def test_what_cannot_begin_leaves_nothing(call, own_folders, words, status):
    answer = call("new", *words)
    assert answer.status == status
    assert answer.err
    assert list(own_folders.rglob("*")) == []


def test_what_stands_there_already_stays(call, own_folders):
    (own_folders / "far").mkdir()
    (own_folders / "far" / "mine.txt").write_text("mine")
    assert call("new", "far", *FOUND).status == 6
    (own_folders / "taken.fieldgate").write_text("mine")
    assert call("new", "taken.fieldgate", *FOUND).status == 6
    assert (own_folders / "taken.fieldgate").read_text() == "mine"
    assert sorted(path.name for path in own_folders.iterdir()) == ["far", "taken.fieldgate"]


def test_a_day_is_read_as_people_type_it():
    from datetime import date

    monday = date(2026, 3, 16)
    for text, day in {
        "today": 16, "tomorrow": 17, "yesterday": 15, "+7": 23, "-1": 15, "fri": 20, "Monday": 23, "2026-03-01": 1,
    }.items():  # fmt: skip
        assert read_day(text, monday) == date(2026, 3, day), text
    for text in ("", "mo", "someday", "2026-13-01", "+", "fridays"):
        assert read_day(text, monday) is None, text


def test_a_handle_is_short_and_nobody_elses():
    assert handle_of("Anna Kim") == "anna"
    assert handle_of("Anna Kim", ["anna"]) == "anna-kim"
    assert handle_of("Đặng Thị Ngọc") == "dang"
    assert handle_of("陳 美玲") == "陳美玲"
    assert handle_of("Anna", ["anna"]) == "Anna2"
