import sqlite3
import stat

import pytest

from fieldgate.cli.shapes import SHAPES


def test_a_sound_workspace_is_called_sound(told):
    answer = told("check")
    assert (answer.status, answer.out.splitlines()[-1]) == (0, "Sound.")
    data = told("check", "--json").data
    assert set(data) == set(SHAPES["check"])
    assert data["sound"] is True
    assert data["counts"]["hypothesis"] == 10


def test_odd_texts_are_counted_and_harm_nothing(told):
    told("note", "A\x1b]0;PWNED\x07 end")
    data = told("check", "--json").data
    assert (data["sound"], data["odd"]) == (True, {"control_characters": 1, "over_long": 0})
    assert "stand-ins" in told("check").out


def test_a_file_of_the_folder_that_cannot_be_read_is_named(call, shared):
    (shared / "notes" / "broken.md").write_text("---\nid: [\n---\n", "utf-8")
    answer = call("check", str(shared))
    assert answer.status == 4
    assert "notes/broken.md" in answer.out
    data = call("check", str(shared), "--json").data
    assert data["sound"] is False
    assert [each["path"] for each in data["troubles"]] == ["notes/broken.md"]


@pytest.mark.parametrize("damage", ["cut", "zeros", "link", "value"])
def test_damage_is_found_and_the_file_left_as_it_is(told, sample, damage):
    whole = sample.read_bytes()
    if damage == "cut":
        sample.write_bytes(whole[: len(whole) // 2])
    elif damage == "zeros":
        sample.write_bytes(whole[:8192] + bytes(40960) + whole[49152:])
    elif damage == "value":  # a rule of the schema, which SQLite passes by where it opens for reading alone
        with sqlite3.connect(sample) as db:
            db.execute("PRAGMA ignore_check_constraints = ON")
            db.execute("UPDATE note SET discarded = 7 WHERE rowid = 1")
        db.close()
    else:
        with sqlite3.connect(sample) as db:
            db.execute("PRAGMA foreign_keys = OFF")
            db.execute("UPDATE evidence SET note_id = 'nowhere' WHERE rowid = 1")
        db.close()
    before = sample.read_bytes()
    answer = told("check")
    assert answer.status == 4
    assert answer.out or answer.err
    assert sample.read_bytes() == before


def test_where_names_every_place(call, shared, own_folders):
    call("status", str(shared))
    data = call("where", "--json").data
    assert set(data) == set(SHAPES["where"])
    assert data["folder"] == str(shared)
    store = own_folders / "data" / "workspaces" / "c0dene2026samp01" / "store.fieldgate"
    assert (data["store"], store.is_file()) == (str(store), True)
    assert data["backups"] == str(store.parent / "backups")
    assert "(not there yet)" in call("where").out
    assert stat.S_IMODE(store.stat().st_mode) == 0o600


def test_where_answers_without_a_workspace(call, own_folders):
    data = call("where", "--json").data
    assert (data["workspace"], data["data"]) == (None, str(own_folders / "data"))
    assert call("where", "nowhere.fieldgate").status == 3


def test_the_doctor_says_no_text_of_a_record(told, call, sample_texts, tell):
    told("note", "a secret word")
    answer = told("doctor")
    assert answer.status == 0
    for word in ("secret", "Coldline", "Hải Long", "petya"):
        assert word not in answer.out
    told_of = [each for each in sample_texts if each in answer.out]
    tell(f"texts of records that the doctor could tell {len(sample_texts)}, told {len(told_of)}")
    assert told_of == []
    assert len(sample_texts) > 300
    data = told("doctor", "--json").data
    assert set(data) == set(SHAPES["doctor"])
    assert {"fieldgate", "python", "sqlite", "textual", "encoding", "journal_mode", "last backup"} <= set(data["facts"])
    assert data["facts"]["rows of note"] == "83"


def test_the_doctor_answers_without_a_workspace_and_names_what_is_wrong(call, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert "TERM is dumb" in call("doctor").out


def test_a_word_that_is_no_workspace_is_refused(told):
    for command in ("check", "where", "doctor"):
        assert told(command, "here").status == 2


def test_the_doctor_names_pragmas_backups_and_a_store_that_another_program_keeps_in_step(told, sample):
    told("backup")
    facts = told("doctor", "--json").data["facts"]
    assert "synchronous=EXTRA" in facts["pragmas"]
    assert facts["backups"].startswith("1, ")
    (sample.parent / ".stfolder").mkdir()
    assert any(".stfolder" in each["what"] for each in told("doctor", "--json").data["wrong"])
