"""A folder made to harm: nothing of it runs, nothing outside is touched, every good record loads, every bad file is named."""

import os
import zipfile

from tests.cli.calls import hold_nothing_raw
from tests.hostile.conftest import processor_seconds

HEAD = "---\nid: {id}\nkind: note\n{more}---\n"
GOOD_ID = "h0st1le0000000{:02d}"


def note(number, more=""):
    return HEAD.format(id=GOOD_ID.format(number), more=more)


BAD = {
    "bomb": "---\nid: h0st1le000000001\nkind: note\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n",
    "tag": note(2, "text: !!python/object/apply:os.system ['touch CANARY']\n"),
    "merge": note(3, "<<: {a: b}\n"),
    "twice": note(4, "said_on: 2026-03-16\nsaid_on: 2026-03-17\n"),
    "deep": note(5, "a: " + "[" * 100_000 + "\n"),
    "scalar": note(6, "a: " + "x" * 500_000 + "\n"),
    "quote": note(7, 'a: "never closed\n'),
    "path id": HEAD.format(id='"../../../../tmp/x"', more=""),
    "path kind": "---\nid: h0st1le000000008\nkind: ../../note\n---\n",
    "unknown kind": "---\nid: h0st1le000000009\nkind: rumour\n---\n",
    "empty": "",
    "no head": "just words\n",
    "cut": note(10)[:20],
    "utf16": note(11).encode("utf-16"),
    "latin": note(12).encode() + b"\xff\xfe caf\xe9",
    "markers": "<<<<<<< ours\n" + note(13) + "=======\n" + note(13) + ">>>>>>> theirs\n",
    "nul": b"---\nid: h0st1le\x00000014\nkind: note\n---\n",
    "too long": note(15) + "x" * 3_000_000,
}


def spoil(folder, tmp_path):
    """Put every harmful thing into a folder; return the names that must be told."""
    notes = folder / "notes"
    secret = tmp_path / "secret.md"
    secret.write_text(note(50) + "secret words of another folder\n")
    for name, content in BAD.items():
        (notes / f"bad-{name}.md").write_bytes(content if isinstance(content, bytes) else content.encode())
    (notes / "bad-link.md").symlink_to(secret)
    os.mkfifo(notes / "bad-pipe.md")
    (folder / "customers" / "bad-loop").symlink_to(folder)
    git = folder / ".git"
    (git / "hooks").mkdir(parents=True)
    (git / "config").write_text('[core]\n\tfsmonitor = "touch CANARY"\n\tsshCommand = "touch CANARY"\n')
    (folder / ".gitattributes").write_text("* filter=evil\n")
    for name in ("sqlite3.py", "yaml.py", "sitecustomize.py", "fieldgate.py", "conftest.py", ".env"):
        (folder / name).write_text("open('CANARY', 'w')\n")
    for hook in ("post-checkout", "pre-commit"):
        (git / "hooks" / hook).write_text("#!/bin/sh\ntouch CANARY\n")
        (git / "hooks" / hook).chmod(0o755)
    return [f"bad-{name}.md" for name in BAD] + ["bad-link.md", "bad-pipe.md"]


def listing(place):
    return {
        path: path.lstat().st_mtime_ns if not path.is_file() or path.is_symlink() else path.read_bytes()
        for path in place.rglob("*")
    }


def test_a_hostile_folder_is_read_for_its_good_records_and_harms_nothing(call, folder, tmp_path, tell, monkeypatch):
    clean = {each["id"] for each in call("list", str(folder), "notes", "--json").data["records"]}
    again = tmp_path / "again"
    folder.rename(again)
    names = spoil(again, tmp_path)
    monkeypatch.setenv("FIELDGATE_DATA", str(tmp_path / "other"))
    monkeypatch.chdir(again)
    before = listing(again)
    begin = processor_seconds()
    answer = call("check", str(again))
    took = processor_seconds() - begin
    assert answer.status == 4
    told = [each for each in names if each in answer.out]
    seen = {each["id"] for each in call("list", str(again), "notes", "--json").data["records"]}
    tell(
        f"hostile files {len(names)}, named {len(told)}, good records {len(clean & seen)} of {len(clean)}, {took:.1f} s"
    )
    assert sorted(told) == sorted(names)
    assert clean <= seen
    assert "secret words" not in call("search", str(again), "secret").out
    assert listing(again) == before, "opening changes nothing"
    assert not list(tmp_path.rglob("CANARY"))
    assert hold_nothing_raw(answer.out)
    assert took < 10


ZIPS = ("bomb", "paths", "cut", "noise")


def hostile_zip(path, folder, what):
    """Write a zip of a folder, spoiled in one way."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(folder.rglob("*.md")):
            archive.write(each, each.relative_to(folder))
        if what == "bomb":
            archive.writestr("notes/bomb.md", b"\0" * 60_000_000)
        if what == "paths":
            archive.writestr("../../escaped.md", note(1))
            archive.writestr("/etc/escaped.md", note(2))
            archive.writestr(".git/config", '[core]\n\tfsmonitor = "touch CANARY"\n')
            archive.writestr("sitecustomize.py", "open('CANARY', 'w')\n")
    data = path.read_bytes()
    if what == "cut":
        path.write_bytes(data[: len(data) // 2])
    if what == "noise":
        path.write_bytes(data[:4] + os.urandom(5000))
    return path
