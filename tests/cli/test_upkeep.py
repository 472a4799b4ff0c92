"""Backups, repair and forgetting as commands, on the sample."""

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fieldgate.cli.shapes import SHAPES
from fieldgate.locations import Locations
from fieldgate.workspace.drafts import Drafts, drafts_path
from fieldgate.workspace.upkeep.screens import Claim, Holder, claim, holder

NAME = "Nguyễn Thị Hạnh Forget-Me"
CONTACT = "hanh.forget@example.vn"
QUOTE = "chúng tôi mất ba kiện mỗi tuần, forgetquote"
MINUTES = "ใครเป็นคนจ่าย forgetminutes"


def backup_of(told):
    return Path(told("backup", "--json").data["path"])


def texts(told):
    return [each["text"] for each in told("list", "notes", "--json").data["records"]]


def test_a_backup_is_made_listed_and_restored_and_what_it_replaces_is_kept(told, sample):
    told("note", "before the backup: 太贵")
    path = backup_of(told)
    assert path.stat().st_mode & 0o777 == 0o600
    told("note", "after the backup")
    listed = told("backups", "--json").data
    assert set(listed) == set(SHAPES["backups"])
    assert listed["backups"][0]["name"] in told("backups").out
    answer = told("restore", listed["backups"][0]["name"])
    assert answer.status == 0, answer.err
    assert "before the backup: 太贵" in texts(told)
    assert "after the backup" not in texts(told)
    kept = told("backups", "--json").data["backups"]
    assert [each["reason"] for each in kept[:2]] == ["replaced", "asked"] or {each["reason"] for each in kept} >= {
        "replaced", "asked"}  # fmt: skip
    replaced = next(each for each in kept if each["reason"] == "replaced")
    assert told("restore", replaced["name"]).status == 0
    assert "after the backup" in texts(told)
    assert told("check").status == 0


def test_a_backup_goes_where_it_is_told_and_over_nothing(told, tmp_path):
    target = tmp_path / "stick" / "mine.fieldgate"
    assert told("backup", "--to", str(target)).status == 0
    assert told("check", str(target)).status == 0
    before = target.read_bytes()
    assert told("backup", "--to", str(target)).status == 6
    assert target.read_bytes() == before


def test_a_backup_that_is_not_there_or_damaged_changes_nothing(told, sample):
    path = backup_of(told)
    path.write_bytes(path.read_bytes()[:-5000])
    before = sample.read_bytes()
    assert told("restore", "last").status == 4
    assert told("restore", "20200101-000000-1-start").status == 3
    assert sample.read_bytes() == before


def test_a_restore_is_refused_while_a_screen_has_it_open_and_commands_are_not(told, sample):
    backup_of(told)
    mine = claim(sample)
    assert isinstance(mine, Claim)
    found = holder(sample)
    assert found is not None
    assert found.pid == os.getpid()
    second = claim(sample)
    assert isinstance(second, Holder)
    assert str(os.getpid()) in second.words
    assert told("restore", "last").status == 0, "a screen may restore what it has open itself"
    note = sample.with_name(f".{sample.name}.screen")
    note.write_text(note.read_text("utf-8").replace(str(os.getpid()), str(os.getppid())), "utf-8")
    answer = told("restore", "last")
    assert (answer.status, "open on a screen" in answer.err) == (6, True)
    assert told("note", "all the same").status == 0
    mine.release()
    assert holder(sample) is None
    assert told("restore", "last").status == 0


@pytest.mark.parametrize("damage", ["middle", "cut", "header", "noise"])
def test_a_damaged_store_is_repaired_and_kept(told, sample, damage):
    told("note", "Рекламация, преди резервното копие")
    backup_of(told)
    told("note", "after the backup")
    whole = sample.read_bytes()
    sample.write_bytes(
        {
            "middle": whole[:40960] + bytes(8192) + whole[49152:],
            "cut": whole[: len(whole) // 2],
            "header": bytes(4096) + whole[4096:],
            "noise": os.urandom(len(whole)),
        }[damage]
    )
    spoiled = sample.read_bytes()
    answer = told("note", "x")
    assert answer.status == 4
    assert "Traceback" not in answer.err
    answer = told("check", "--repair", str(sample), "--json")
    assert answer.status == 0, answer.err
    data = answer.data
    assert data["repaired"] is True
    assert Path(data["kept"]).read_bytes() == spoiled
    assert "Рекламация, преди резервното копие" in texts(told)
    assert told("check").status == 0
    assert told("note", "and it goes on").status == 0
    assert told("check", "--repair").out.startswith("Sound")


def test_what_was_saved_and_what_was_not_is_said(told, sample):
    backup_of(told)
    told("note", "gone with its page")
    with closing(sqlite3.connect(sample)) as raw:
        raw.executescript(
            "pragma ignore_check_constraints=on; update note set kind='rumour' where text like 'gone with%'"
        )
        lost = raw.execute("select id from note where kind='rumour'").fetchone()[0]
    out = told("check", "--repair", str(sample)).out
    assert lost in out
    assert "Not saved" in out
    assert "The damaged file is kept" in out


def forgettable(told):
    """A customer with a note, an interview and a history, and a backup that holds all of it."""
    code = told("add", "customer", f"name={NAME}", "segment=restaurants", "--json").data["records"][0]["code"]
    told("set", code, f"contact={CONTACT}")
    told("note", "--customer", code, QUOTE)
    meeting = told("add", "meeting", "kind=interview", "topic=forgettopic", "date=2026-03-10", f"customer={code}",
                   "--json").data["records"][0]["code"]  # fmt: skip
    told("set", meeting, f"body={MINUTES}")
    told("set", code, f"name={NAME} II")
    return code


def left_beside_records(told, home):
    """Attached files, one of which somebody else's note names too; half-written texts; a picture of the last screen."""
    (home / "own").mkdir()
    for name, text in (("theirs.pdf", QUOTE), ("prices.pdf", "40 EUR")):
        (home / "own" / name).write_text(text, encoding="utf-8")
    theirs = next(each for each in told("list", "notes", "--json").data["records"] if each["text"] == QUOTE)
    others = told("note", "somebody else", "--json").data["records"][0]
    for note, name in ((theirs, "theirs.pdf"), (theirs, "prices.pdf"), (others, "prices.pdf")):
        assert told("attach", note["code"], str(home / "own" / name)).status == 0
    path = drafts_path(Locations.find(), told("status", "--json").data["workspace"]["id"])
    drafts = Drafts(lambda: "2026-03-16 10:00", path)
    drafts["note.edit", theirs["id"]] = {"text": "half a line of theirs"}
    drafts["note.create", ""] = {"text": f"{NAME} II also said"}
    drafts["action.create", ""] = {"text": "call somebody else"}
    (home / "cache").mkdir(exist_ok=True)
    (home / "cache" / "sample.frame").write_text(QUOTE, encoding="utf-8")
    return path


WORDS = [each.encode() for each in (NAME, CONTACT, QUOTE, MINUTES, "forgettopic", "forgetquote", "Forget-Me")]


def found_in(path):
    return [each for each in WORDS if each in path.read_bytes()]


def test_a_forgotten_customer_is_in_no_byte_of_anything_that_is_kept(told, sample, own_folders):
    code = forgettable(told)
    drafts = left_beside_records(told, own_folders)
    backup = backup_of(told)
    assert found_in(sample)
    assert found_in(backup)
    assert told("forget", code).status == 7, "without a terminal it has to be said with --yes"
    assert found_in(sample)
    answer = told("forget", code, "--yes", "--json")
    assert answer.status == 0, answer.err
    assert set(answer.data) == set(SHAPES["forget"])
    assert answer.data["blanked"]["note"] == 1
    assert answer.data["left"] == []
    assert (answer.data["files"], answer.data["drafts"]) == (1, 2)
    assert [each["move"] for each in json.loads(drafts.read_text("utf-8"))] == ["action.create"]
    files = [each for each in own_folders.rglob("*") if each.is_file() and each.parent.name != "own"]
    assert {sample, backup, drafts} <= set(files)
    assert {path.name: found_in(path) for path in files} == {path.name: [] for path in files}
    for folder in (sample.with_name("sample.files"), backup.parent / "attachments"):
        assert [each.read_text("utf-8") for each in folder.iterdir()] == ["40 EUR"]
    shown = told("show", code, "--json").data["record"]
    assert (shown["name"], shown["contact"], shown["segment"]) == ("(forgotten)", None, "restaurants")
    assert told("check").status == 0
    assert told("undo").status == 1 or "Forget-Me" not in told("show", code).out
    assert told("restore", backup.name.removesuffix(".fieldgate")).status == 0
    assert told("show", code, "--json").data["record"]["name"] == "(forgotten)"
    assert told("check").status == 0


def test_who_else_names_a_forgotten_customer_is_told(told):
    code = forgettable(told)
    other = told("note", f"we should ask {NAME} II about it", "--json").data["records"][0]["code"]
    answer = told("forget", code, "--yes")
    assert f"Still named in the text of: {other}" in " ".join(answer.out.split())
    assert "git" in answer.err


def test_the_shared_folder_gets_the_tombstone(call, shared, own_folders, monkeypatch):
    monkeypatch.setenv("FIELDGATE_AUTHOR", "an")
    code = call("add", str(shared), "customer", f"name={NAME}", "segment=restaurants", "--json").data["records"][0][
        "code"
    ]
    note = call("note", str(shared), "--customer", code, QUOTE, "--json").data["records"][0]["code"]
    card = own_folders / "card.pdf"
    card.write_text(QUOTE, encoding="utf-8")
    assert call("attach", str(shared), note, str(card)).status == 0
    assert list((shared / "attachments").iterdir())
    assert any(NAME in each.read_text("utf-8") for each in (shared / "customers").iterdir())
    answer = call("forget", str(shared), code, "--yes")
    assert answer.status == 0, answer.err
    held = "\n".join(each.read_text("utf-8") for each in shared.rglob("*.md"))
    assert NAME not in held
    assert QUOTE not in held
    assert "(forgotten)" in held
    assert list((shared / "attachments").iterdir()) == []
    # Where another founder still has the file and writes it again, it is not taken in any more.
    kept = shared / "attachments" / f"{hashlib.sha256(QUOTE.encode()).hexdigest()}.pdf"
    kept.write_text(QUOTE, encoding="utf-8")
    assert call("sync", str(shared)).status == 0
    assert list((own_folders / "data").rglob("*.pdf")) == []


def test_only_a_customer_is_forgotten(told):
    assert told("forget", "H1", "--yes").status == 2
    assert told("forget", "C999", "--yes").status == 3


def test_a_store_is_restored_where_it_was_lost(call, shared, own_folders, monkeypatch):
    monkeypatch.setenv("FIELDGATE_AUTHOR", "an")
    call("note", str(shared), "Thùng hàng bị trả về")
    backup_of(lambda *words: call(*words[:1], str(shared), *words[1:]))
    store = next((own_folders / "data" / "workspaces").rglob("store.fieldgate"))
    shutil.move(store, store.with_name("gone"))
    assert call("restore", str(shared), "last").status == 0
    assert call("check", str(shared)).status == 0
