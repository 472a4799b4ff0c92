import filecmp
import json
import stat

from tests.cli.calls import HOSTILE, hold_nothing_raw

from fieldgate.cli.giving import EXPORTS
from fieldgate.domain.kinds import KIND_NAMES


def test_everything_goes_out_as_one_json_object_the_same_each_time(told):
    first = told("export", "json", "--to", "-")
    assert first.status == 0
    data = first.data
    assert set(data) == {"format", "workspace", "records"}
    assert tuple(data["records"]) == KIND_NAMES
    assert len(data["records"]["note"]) == 82
    assert told("export", "json", "--to", "-").out == first.out


def test_archived_records_go_out_too(told):
    told("archive", "N74")
    data = told("export", "json", "--to", "-").data
    assert [each["code"] for each in data["records"]["note"] if each["deleted_at"]] == ["N74"]


def test_the_folder_that_goes_out_is_the_folder_that_came_in(call, shared, own_folders):
    assert call("export", str(shared), "yaml", "--to", "copy").status == 0
    seen = filecmp.dircmp(shared, own_folders / "copy")
    assert (seen.left_only, seen.right_only, seen.diff_files) == ([], [], [])
    for folder in seen.subdirs.values():
        assert (folder.left_only, folder.right_only, folder.diff_files) == ([], [], [])
    assert call("status", "copy", "--json").status in {0, 7}


def test_a_file_is_private_and_never_written_over_unasked(told, own_folders):
    file = own_folders / "all.json"
    assert told("export", "json", "--to", "all.json").status == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    told("note", "more")
    assert told("export", "json", "--to", "all.json").status == 6
    assert file.read_bytes() == before
    assert told("export", "json", "--to", "all.json", "--force").status == 0
    assert len(json.loads(file.read_text("utf-8"))["records"]["note"]) == 83
    (own_folders / "link.json").symlink_to(own_folders / "elsewhere.json")
    assert told("export", "json", "--to", "link.json", "--force").status == 6
    assert not (own_folders / "elsewhere.json").exists()
    (own_folders / "full").mkdir()
    (own_folders / "full" / "mine").write_text("mine")
    assert told("export", "yaml", "--to", "full").status == 6
    assert told("export", "json", "--to", "nowhere/all.json").status == 6


def test_what_cannot_be_written_out_is_said(told):
    assert told("export", "pdf", "--to", "-").status == 2
    assert told("export", "--to", "-").status == 2
    assert told("export", "json").status == 2
    assert told("export", "yaml", "--to", "-").status == 2
    assert told("export", "json", "H4", "--to", "-").status == 2
    assert set(EXPORTS) >= {"yaml", "json"}


def test_hostile_text_goes_out_as_it_was_and_shows_nothing_raw(told):
    for text in HOSTILE.values():
        told("note", "--", text)
    answer = told("export", "json", "--to", "-")
    assert hold_nothing_raw(answer.out)
    kept = {each["text"] for each in answer.data["records"]["note"]}
    assert {text.replace("\r", "\n") for text in HOSTILE.values()} <= {text.replace("\r", "\n") for text in kept}


def test_reports_go_out_with_and_without_names(told, own_folders):
    for words in (["md"], ["csv"], ["html"], ["report"], ["minutes", "M1"], ["snapshot", "M1"]):
        open_answer = told("export", *words, "--to", "-")
        assert open_answer.status == 0, open_answer.err
        hidden = told("export", *words, "--anonymous", "--to", "-")
        assert hidden.status == 0, hidden.err
        assert "Nguyễn" not in hidden.out
        assert "no rule can judge" in hidden.err
    assert told("export", "html", "--to", "report.html").status == 0
    assert stat.S_IMODE((own_folders / "report.html").stat().st_mode) == 0o600


def test_records_as_json_can_go_out_without_names(told):
    names = {each["name"] for each in told("export", "json", "--to", "-").data["records"]["customer"]}
    answer = told("export", "json", "--anonymous", "--to", "-")
    assert {each["name"] for each in answer.data["records"]["customer"]}.isdisjoint(names)


def test_the_folder_can_go_out_without_names_and_is_a_workspace(told, call, own_folders):
    names = {each["name"] for each in told("export", "json", "--to", "-").data["records"]["customer"]}
    assert told("export", "yaml", "--anonymous", "--to", "hidden").status == 0
    texts = "".join(each.read_text("utf-8") for each in (own_folders / "hidden").rglob("*.md"))
    assert [each for each in names if each in texts] == []
    ours = told("status", "--json").data
    theirs = call("status", "./hidden", "--json").data
    assert theirs["workspace"]["id"] != ours["workspace"]["id"]
    assert (theirs["met"], theirs["total"]) == (ours["met"], ours["total"])
    assert theirs["waiting"] == {**ours["waiting"], "conflict": 0}  # the value that is not shown may name somebody


def test_a_meeting_that_is_not_there_is_said(told):
    assert told("export", "minutes", "--to", "-").status == 2
    assert told("export", "minutes", "M999", "--to", "-").status == 3
    assert told("export", "md", "M1", "--to", "-").status == 2
