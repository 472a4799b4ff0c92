import json
import shutil

import pytest


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "one.md").write_text("---\ncustomer: Bếp Nhà\n---\n- đắt quá\n- แพงไป\n", "utf-8")
    (folder / "h.csv").write_text("假設,importance\n他們每週手工對賬,5\n", "utf-8")
    return folder


def records(told, kind):
    return [each for each in told("export", "json", "--to", "-").data["records"][kind] if not each["deleted_at"]]


def test_a_preview_changes_nothing(told, vault):
    before = told("export", "json", "--to", "-").out
    answer = told("import", str(vault), "--dry-run", "--json")
    assert answer.data["new"] == {"hypothesis": 1, "meeting": 1, "note": 2}  # the sample knows the customer
    assert not answer.data["done"]
    assert told("export", "json", "--to", "-").out == before


def test_what_is_brought_waits_for_triage_once_however_often(told, vault):
    before = told("status", "--json").data["waiting"].get("note", 0)
    assert told("import", str(vault)).status == 0
    assert told("status", "--json").data["waiting"]["note"] == before + 2
    after = told("export", "json", "--to", "-").out
    again = told("import", str(vault), "--json").data
    assert (again["new"], again["known"]) == ({}, 4)
    assert told("export", "json", "--to", "-").out == after


def test_an_import_is_one_act_that_undo_takes_back(told, vault):
    count = len(records(told, "note"))
    told("import", str(vault))
    assert len(records(told, "note")) == count + 2
    assert told("undo").status == 0
    assert len(records(told, "note")) == count
    assert told("import", str(vault), "--json").data["back"] == 4
    assert len(records(told, "note")) == count + 2


def test_an_import_into_a_shared_folder_reaches_its_files(call, shared, vault):
    assert call("import", str(shared), str(vault), "--as", "an").status == 0
    assert any("แพงไป" in each.read_text("utf-8") for each in shared.glob("notes/*.md"))


def test_another_workspace_comes_as_new_records(told, call, tmp_path, monkeypatch, shared):
    assert (
        call("new", "other.fieldgate", "--name", "O", "--vision", "V", "--custdev", "an", "--proddev", "an").status == 0
    )
    monkeypatch.setenv("FIELDGATE_WORKSPACE", str(tmp_path / "other.fieldgate"))
    first = told("import", str(shared), "--json")
    assert first.status == 0, first.err
    assert first.data["new"]["note"] == 82
    sample = json.loads(call("export", str(tmp_path / "sample.fieldgate"), "json", "--to", "-").out)["records"]
    ours = {each["id"] for each in records(told, "note")}
    assert not ours & {each["id"] for each in sample["note"]}
    assert len(records(told, "evidence")) == 37
    assert told("import", str(shared), "--json").data["new"] == {}
    assert told("import", str(tmp_path / "sample.fieldgate"), "--json").data["new"] == {}
    assert told("check").status == 0
    assert told("undo").status == 0
    assert records(told, "note") == []


def test_what_went_out_as_json_comes_back_the_same(told, call, own_folders):
    told("archive", "N74")
    first = told("export", "json", "--to", "all.json")
    assert first.status == 0
    before = (own_folders / "all.json").read_bytes()
    for place in ("again.fieldgate", "./again"):
        assert call("import", place, "all.json", "--dry-run", "--json").data["records"] > 200
        assert call("import", place, "all.json").status == 0
        assert call("export", place, "json", "--to", "-").out.encode() == before
        assert call("check", place).status == 0
    assert told("import", "all.json", "--json").data["new"] == {}
    assert call("import", "./again", "all.json", "--json").data["new"] == {}


@pytest.mark.parametrize("what", ["yaml", "zip"])
def test_what_went_out_as_text_comes_back_the_same_under_another_name(told, call, own_folders, what):
    told("archive", "N74")
    (own_folders / "offer.txt").write_text("1,200 a month", "utf-8")
    if what == "zip":
        assert told("attach", "N73", str(own_folders / "offer.txt")).status == 0
    source = "all.zip" if what == "zip" else "all"
    assert told("export", what, "--to", source).status == 0
    before = told("export", "json", "--to", "-").out
    tried = call("import", "again.fieldgate", source, "--dry-run", "--json").data
    assert not (own_folders / "again.fieldgate").exists()
    for place in ("again.fieldgate", "./again"):
        done = call("import", place, source, "--json").data
        assert (done["records"], done["problems"]) == (tried["records"], [])
        assert call("export", place, "json", "--to", "-").out == before
        assert call("check", place).status == 0
        assert call("note", place, "one more", "--as", "an").status == 0
    assert (own_folders / "again.files").exists() is (what == "zip")


def test_a_file_that_cannot_be_read_is_named_where_a_folder_comes_back(told, call, own_folders):
    assert told("export", "yaml", "--to", "all").status == 0
    broken = next((own_folders / "all" / "notes").rglob("*.md"))
    broken.write_text("no head", "utf-8")
    done = call("import", "again.fieldgate", "all", "--json").data
    assert [each["where"] for each in done["problems"]] == [broken.relative_to(own_folders / "all").as_posix()]


def test_json_of_another_workspace_comes_as_new_records_once(told, call, own_folders, monkeypatch):
    assert told("export", "json", "--to", "all.json").status == 0
    assert call("new", "o.fieldgate", "--name", "O", "--vision", "V", "--custdev", "an", "--proddev", "an").status == 0
    monkeypatch.setenv("FIELDGATE_WORKSPACE", str(own_folders / "o.fieldgate"))
    assert told("import", "all.json", "--json").data["new"]["note"] == 82
    assert told("import", "all.json", "--json").data["new"] == {}
    assert told("check").status == 0


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("[1]", 4),
        ("{", 4),
        ('{"format": 1, "records": {}}', 4),
        ('{"format": 9, "records": {}}', 5),
        ('{"format": 1, "records": {"note": [{"id": "../x"}]}}', 4),
        ('{"format": 1, "records": {"note": 3}}', 4),
        ("[" * 100_000, 4),
    ],
)
def test_json_that_is_none_of_ours_is_refused_and_nothing_made(call, own_folders, text, status):
    (own_folders / "x.json").write_text(text)
    assert call("import", "x.fieldgate", "x.json").status == status
    assert not (own_folders / "x.fieldgate").exists()


def test_what_is_not_clear_in_a_table_is_asked_for(told, own_folders):
    (own_folders / "t.csv").write_text("Firma;Wer;Zitat;Datum\nDelmar;Kiri;zu teuer;14/11/2026\n", "utf-8")
    answer = told("import", "t.csv")
    assert answer.status == 2
    assert "Firma, Wer, Zitat, Datum" in answer.err
    assert "--column" in answer.err
    words = ("--kind", "interview", "--column", "Wer=customer", "--column", "Zitat=text", "--column", "Datum=date")
    assert told("import", "t.csv", *words, "--json").data["files"] == {
        "t.csv": {"customer": 1, "meeting": 1, "note": 1}
    }


def test_a_copy_of_the_same_workspace_is_for_merge(told, sample, tmp_path):
    shutil.copyfile(sample, tmp_path / "copy.fieldgate")
    answer = told("import", str(tmp_path / "copy.fieldgate"))
    assert answer.status == 1
    assert "fieldgate merge" in answer.err


def test_what_cannot_be_brought_is_said(told, vault):
    assert told("import").status == 2
    assert told("import", "nothing-there.md").status == 3
    assert told("import", str(vault), "--kind", "planet").status == 2
    assert told("import", str(vault), "--column", "x").status == 2
    assert told("import", str(vault), "--column", "x=planet").status == 2
    (vault / "h.csv").write_text("a,b\n1,2\n", "utf-8")
    assert told("import", str(vault / "h.csv")).status == 2
    (vault / "h.csv").write_bytes(b"name\n\x1b]0;x\x07\n")
    (vault / "\x1b]0;x.png").write_bytes(b"x")
    answer = told("import", str(vault))
    assert answer.status == 0
    assert "\x1b" not in answer.out + answer.err


def test_a_file_that_was_named_alone_and_cannot_be_read_fails(told, tmp_path):
    (tmp_path / "odd.csv").write_bytes("text\nsaid".encode("utf-16"))
    answer = told("import", str(tmp_path / "odd.csv"), "--as", "an")
    assert answer.status == 4
    assert "UTF-16" in answer.err


def test_what_stands_behind_the_last_column_is_told(told, tmp_path):
    (tmp_path / "cut.csv").write_text("customer,text\nBo,it is slow, and it is dear\n", "utf-8")
    answer = told("import", str(tmp_path / "cut.csv"), "--as", "an", "--dry-run")
    assert answer.status == 0
    assert "and it is dear" in answer.err
