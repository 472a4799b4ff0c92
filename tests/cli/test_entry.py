"""The contract of every call: its exit status, one clear sentence, and nothing touched where nothing may be."""

import hashlib
import os
import shlex
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.calls import HOSTILE, hold_nothing_raw, start

from fieldgate.cli.entry import whole


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def loaded(*words):
    """Return the top names of all modules that a call loads."""
    program = (
        "import sys\nfrom fieldgate.cli.entry import run\nstatus = run(sys.argv[1:])\n"
        "print(status, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, check=True, text=True)
    status, *names = done.stderr.splitlines()[-1].split()
    assert status == "0", done.stderr
    return set(names)


@pytest.mark.parametrize("command", [("status", "--json"), ("list", "notes"), ("show", "H4"), ("search", "claim")])
def test_a_reading_command_loads_neither_the_database_nor_yaml_nor_a_screen(sample, command):
    first, *rest = command
    assert not loaded(first, str(sample), *rest) & {"sqlmodel", "sqlalchemy", "pydantic", "yaml", "textual", "rich"}


def test_neither_does_it_on_a_shared_folder_that_is_known(call, shared):
    call("status", str(shared))
    assert not loaded("status", str(shared), "--json") & {"sqlmodel", "sqlalchemy", "pydantic", "yaml", "textual"}


def test_a_writing_command_loads_no_screen(sample):
    assert not loaded("note", str(sample), "x", "--as", "an") & {"textual", "rich"}


def test_without_a_terminal_the_screen_says_one_line_and_what_works(sample):
    for words in ((str(sample),), ("demo",), ()):
        done = start(*words)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode().splitlines()[0] == "The screen needs a terminal, and there is none."


def test_a_dumb_terminal_and_the_c_locale_read_and_write(sample):
    done = start("list", str(sample), "customers", TERM="dumb", LC_ALL="C", LANG="C")
    assert done.returncode == 0
    assert "東港漁產行".encode() in done.stdout


@pytest.mark.parametrize("word", ["nowhere.fieldgate", "nowhere/at/all", "nowhere.zip"])
def test_a_path_where_nothing_is(call, word):
    answer = call("status", word)
    assert answer.status == 3
    assert word in answer.err


def test_no_workspace_was_named_and_none_opened_before(call):
    answer = call("status", "--json")
    assert answer.status == 3
    assert answer.data["error"]["kind"] == "not_found"
    assert "fieldgate demo" in answer.err


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("empty.fieldgate", b"", 4),
        ("text.fieldgate", b"just text", 4),
        ("short.fieldgate", b"SQLite format 3\0", 4),
        ("noise.zip", b"PK\x03\x04 and no more", 4),
        ("noise.fieldgate", bytes(range(256)) * 40, 4),
    ],
)
def test_a_foreign_file_is_refused_and_stays_as_it_is(call, own_folders, name, content, status):
    path = own_folders / name
    path.write_bytes(content)
    for words in (("status", name), ("note", name, "x"), ("check", name), ("export", name, "json", "--to", "-")):
        answer = call(*words)
        assert answer.status == status, words
        assert answer.err
    assert path.read_bytes() == content
    assert not (own_folders / f"{name}-journal").exists()


def test_a_database_of_another_program_stays_as_it_is(call, own_folders):
    path = own_folders / "other.fieldgate"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE x (y)")
    db.close()
    before = digest(path)
    assert call("status", "other.fieldgate").status == 4
    assert call("note", "other.fieldgate", "x").status == 4
    assert digest(path) == before


def test_a_newer_file_and_a_newer_folder_stay_as_they_are(call, sample, shared):
    with sqlite3.connect(sample) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = digest(sample)
    for words in (("status", str(sample)), ("note", str(sample), "x", "--as", "an"), ("check", str(sample))):
        answer = call(*words)
        assert answer.status == 5
        assert "newer" in answer.err
    assert digest(sample) == before
    marker = shared / "workspace.md"
    marker.write_text(marker.read_text("utf-8").replace("\nformat: 1\n", "\nformat: 99\n"), "utf-8")
    before = digest(marker)
    assert call("status", str(shared)).status == 5
    assert digest(marker) == before


def test_a_folder_without_its_marker_is_no_workspace(call, shared):
    (shared / "workspace.md").unlink()
    assert call("status", str(shared)).status == 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_reads_and_refuses(call, sample):
    sample.chmod(stat.S_IRUSR)
    assert call("status", str(sample)).status == 0
    assert call("note", str(sample), "x", "--as", "an").status == 6


def test_a_store_that_another_program_holds_is_busy(call, sample, monkeypatch):
    monkeypatch.setattr("fieldgate.store.database.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(sample, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        answer = call("note", str(sample), "x", "--as", "an")
    finally:
        other.close()
    assert answer.status == 6
    assert answer.err


def test_a_workspace_that_stands_elsewhere_too_with_older_records_asks_first(call, shared, own_folders):
    call("note", str(shared), "newer", "--as", "an")
    call("set", str(shared), "C12", "awareness=3", "--as", "an")
    older = own_folders / "older"
    shutil.copytree(shared, older)
    call("set", str(shared), "C12", "awareness=4", "--as", "an")
    answer = call("note", str(older), "x", "--as", "an")
    assert answer.status == 7
    assert answer.err


NO_ROOM = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to try")


@NO_ROOM
def test_an_answer_that_finds_no_room_exits_6(sample):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "fieldgate", "list", str(sample), "notes", "--json"],
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 6
    assert b"Traceback" not in done.stderr


@NO_ROOM
def test_what_is_refused_keeps_its_exit_status_where_neither_words_nor_answer_find_room(sample):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "fieldgate", "list", str(sample), "nothing", "--json"],
            stdout=full, stderr=full, check=False,
        )  # fmt: skip
    assert done.returncode == 2


def test_streams_that_the_caller_closed_lead_nowhere(sample):
    note = f"exec {shlex.quote(sys.executable)} -m fieldgate note {shlex.quote(str(sample))} --as an"
    assert subprocess.run(["/bin/sh", "-c", f"{note} said >&- 2>&-"], check=False).returncode == 0
    assert subprocess.run(["/bin/sh", "-c", f"{note} - <&- 2>&-"], check=False).returncode == 2


def test_a_reader_that_goes_away_ends_it_quietly(sample):
    with subprocess.Popen(
        [sys.executable, "-m", "fieldgate", "export", str(sample), "json", "--to", "-"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(30) == 141


@pytest.fixture
def heeding_interrupts():
    """Programs inherit that interrupts are ignored, as they are where a shell runs the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(not Path("/proc/self/wchan").exists(), reason="nothing tells when it waits for input")
def test_an_interrupt_exits_130(sample, heeding_interrupts):
    with subprocess.Popen(
        [sys.executable, "-m", "fieldgate", "note", str(sample), "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        waiting = Path(f"/proc/{running.pid}/wchan")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and "pipe" not in waiting.read_text():
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        running.wait(30)
        assert running.returncode == 130


def test_a_bug_says_where_but_no_text_of_a_record(told, monkeypatch, sample_texts, tell):
    from fieldgate.workspace.reading import Reading

    def broken(reading):
        texts = "\n".join(sample_texts)
        raise KeyError(f"secret {reading.path} {texts}")

    monkeypatch.setattr(Reading, "summary", property(broken))
    answer = told("status")
    assert (answer.status, answer.out) == (70, "")
    assert "this is a bug" in answer.err
    assert "KeyError" in answer.err
    assert "secret" not in answer.err
    told_of = [each for each in sample_texts if each in answer.err]
    tell(f"a crash whose message quotes {len(sample_texts)} texts of records: told {len(told_of)}")
    assert told_of == []


def test_hostile_text_is_kept_as_it_came_and_never_shown_raw(told):
    codes = {name: told("note", "--", text).out.strip() for name, text in HOSTILE.items()}
    everything = " ".join(HOSTILE.values()).replace("/", "")
    told("add", "customer", f"name={everything}")
    told("add", "meeting", "kind=interview", f"topic={everything}", "date=today", "customer=C13")
    for words in (
        *(("show", code) for code in codes.values()),
        ("list", "notes"), ("list", "customers"), ("list", "meetings"), ("search", "end"), ("show", "M22"), ("log",),
        ("status",), ("gate",), ("move", codes["title"]), ("show", everything), ("list", everything),
        ("set", "C13", everything), ("undo", everything), ("note", "--meeting", everything, "x"),
        ("status", f"./{everything}"), (everything,),
    ):  # fmt: skip
        for answer in (told(*words, day=None), told(words[0], "--json", *words[1:], day=None)):
            assert hold_nothing_raw(answer.out), words
            assert hold_nothing_raw(answer.err), words
    kept = told("export", "json", "--to", "-").data["records"]["note"]
    by_code = {each["code"]: each["text"].replace("\r", "\n") for each in kept}
    assert [name for name, text in HOSTILE.items() if by_code[codes[name]] != text.replace("\r", "\n")] == []


def test_a_hostile_handle_and_file_name_are_shown_safely(call, shared):
    (shared / "notes" / "a\x1b]0;PWNED\x07.md").write_text("x", "utf-8")
    for words in (("status",), ("check",), ("note", "x", "--as", "\x1b]0;PWNED\x07")):
        answer = call(words[0], str(shared), *words[1:])
        assert hold_nothing_raw(answer.out + answer.err)


def test_words_of_a_call_are_utf8_whatever_the_locale_says():
    assert whole("plain") == "plain"
    assert whole(os.fsdecode("น้ำ".encode())) == "น้ำ"
    assert whole("\udcff") == "\udcff"
    assert whole("\ud800") == "\ud800"


def test_settings_that_cannot_be_read_stop_no_command_that_only_reads(told, own_folders):
    (own_folders / "config").mkdir()
    (own_folders / "config" / "settings.yaml").write_text("theme: [\n")
    assert told("status").status == 0


def test_an_unknown_option_or_word_is_said_in_words(call):
    for words in (("status", "--nope"), ("nosuchcommand",), ("list", "--today", "x", "notes")):
        answer = call(*words, day=None)
        assert (answer.status, answer.out) == (2, "")
        assert len(answer.err.splitlines()) == 2
