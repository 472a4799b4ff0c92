"""Nothing of ours is open to others, nothing goes to the network, and what is too big is refused with the text kept."""

import json
import os
import shutil
import socket
import subprocess
import sys

import pytest

from fieldgate.cli.entry import run

NO_NET = ("unshare", "-n", "true")


def open_to_others(*places):
    paths = [path for place in places for path in (place, *place.rglob("*")) if not path.is_symlink()]
    return [path for path in paths if path.stat().st_mode & 0o077]


def test_no_file_of_ours_is_open_to_others_whatever_the_umask(call, store, home, tmp_path, tell):
    kept = os.umask(0)
    try:
        shared, out = tmp_path / "shared", tmp_path / "out.csv"
        for words in (
            ("note", str(store), "a word"),
            ("status", str(store)),
            ("backup", str(store)),
            ("share", str(store), str(shared)),
            ("export", str(store), "json", "--to", str(tmp_path / "out.json")),
            ("export", str(store), "yaml", "--to", str(tmp_path / "copy")),
            ("sync", str(store)),
            ("status", str(shared)),
            ("forget", str(store), "C1", "--yes"),
            ("restore", str(store), "last"),
            (
                "new",
                str(tmp_path / "fresh.fieldgate"),
                "--name",
                "Mới",
                "--vision",
                "x",
                "--custdev",
                "an",
                "--proddev",
                "mei",
            ),
        ):
            answer = call(*words)
            assert answer.status in {0, 2}, (words, answer.err)
    finally:
        os.umask(kept)
    del out
    ours = [*home.iterdir(), shared, tmp_path / "out.json", tmp_path / "copy", tmp_path / "fresh.fieldgate"]
    found = open_to_others(*[each for each in ours if each.exists()])
    tell(f"files and folders looked at {sum(1 for each in ours for _ in each.rglob('*'))}, open to others {len(found)}")
    assert found == []


def test_no_socket_is_opened_by_any_command(call, store, monkeypatch, tell):
    opened = []

    class Refused(socket.socket):
        def __init__(self, *args, **kwargs):
            opened.append(args)
            raise OSError("no socket here")

    monkeypatch.setattr(socket, "socket", Refused)
    commands = ("status", "list notes", "check", "doctor", "note word", "backup", "log", "triage --json")
    for words in commands:
        name, *rest = words.split()
        assert run([name, str(store), *rest, "--today", "2026-03-16"]) == 0, words
    tell(f"commands {len(commands)}, sockets {len(opened)}")
    assert opened == []


def test_everything_works_where_there_is_no_network(store, tell):
    if shutil.which("unshare") is None or subprocess.run(NO_NET, check=False, capture_output=True).returncode:
        pytest.skip("a namespace without a network cannot be made here")
    words = [sys.executable, "-m", "fieldgate", "note", str(store), "without a network"]
    done = subprocess.run(["unshare", "-n", *words], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    tell("without a network: a note was kept")


def test_a_note_of_a_megabyte_is_kept_whole_or_refused_in_words(call, store, monkeypatch, tell):
    import io

    lines = "".join(f"{number} ลูกค้า 太贵 đắt\n" for number in range(100_000))
    million = "x" * 1_000_000
    outcomes = []
    for text in (lines, million, million + "y" * 100_000):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        answer = call("note", str(store), "-", "--json")
        outcomes.append((len(text.encode()), answer.status))
        assert "Traceback" not in answer.err
        if answer.status == 0:
            code = json.loads(answer.out)["records"][0]["code"]
            shown = call("show", str(store), code, "--json").data["record"]["text"]
            assert shown.strip() == text.strip()
        else:
            assert answer.status in {1, 2}
            assert answer.err.strip()
    tell(f"long notes (bytes, exit status): {outcomes}")
    assert outcomes[1][1] == 0, "1 MB is kept"
    assert call("check", str(store)).status == 0
