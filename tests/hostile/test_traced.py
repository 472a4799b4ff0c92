"""A hostile folder under a trace of the system calls: nothing runs, nothing outside is read or written, memory is bounded."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.hostile.test_folders import listing, note, spoil

CALLS = (
    "execve,execveat,openat,open,creat,truncate,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,"
    "mkdir,mkdirat,rmdir,chmod,fchmodat,mknod,mknodat,socket"
)
_OPENED = re.compile(r'\d+ +openat\((?:AT_FDCWD|\d+)<([^>]*)>, "((?:[^"\\]|\\.)*)", ([^)]*)\) += \d+')
_CHANGED = re.compile(r"\d+ +(\w+)\((.*)\) += 0")
MOST_MEMORY = 400 * 1024
"""kB."""
MEASURED = """
import sys
from pathlib import Path
from fieldgate.cli.entry import run
status = run(sys.argv[1:])
sys.stderr.write(Path("/proc/self/status").read_text())
sys.exit(status)
"""
"""Says at its end the most memory that it held; what the system tells of a child counts that of its parent in."""


def mutants(folder, count):
    """Spoil copies of good files in every way that comes to mind, by a seed; return their names."""
    chance = random.Random(11)  # noqa: S311  damage, not a secret
    good = sorted(each for each in folder.glob("*/*.md") if not each.name.startswith("bad-"))
    names = []
    for number in range(count):
        source = chance.choice(good)
        data = bytearray(source.read_bytes())
        place = chance.randrange(len(data))
        head = data.find(b"\n---\n", 4)
        match number % 10:
            case 0:
                del data[place:]
            case 1:
                for _ in range(20):
                    data[chance.randrange(len(data))] = chance.randrange(256)
            case 2:
                data[head:head] = b"\nx: " + b"{a: " * 50_000
            case 3:
                data[head:head] = b"\n" + b"".join(b"k%d: v\n" % each for each in range(5000)).rstrip()
            case 4:
                data[place:place] = bytes(chance.randrange(256) for _ in range(200))
            case 5:
                data[head:head] = b"\na: &a [*a]\nb: !!python/name:os.system x"
            case 6:
                data += bytes(data)
            case 7:
                data[head:head] = b"\nevidence: {../../../../etc/passwd: {answer: yes 4}}\nlinks: [/etc/passwd]"
            case 8:
                data[place:place] = "\u202e\x1b]0;PWNED\x07\x9b31m\u2028".encode()
            case _:
                data[:] = data.replace(b"id: ", b"id: ../", 1)
        names.append(f"{source.stem[:30]}-m{number}.md")
        (source.parent / names[-1]).write_bytes(data)
    return names


@pytest.fixture
def hostile(folder, tmp_path):
    """A folder full of harm, where it cannot be found by a path that fieldgate would look at of itself."""
    good = {each.stem[-16:] for each in (folder / "notes").glob("*.md")}
    names = spoil(folder, tmp_path)
    mutants(folder, 92)
    return folder, names, good


def environment(home):
    places = {f"FIELDGATE_{each.upper()}": str(home / each) for each in ("data", "config", "cache")}
    return {**os.environ, **places, "FIELDGATE_AUTHOR": "an", "PYTHONDONTWRITEBYTECODE": "1"}


def broken_rules(trace, folder, home, tmp_path):
    """Yield each call that did what must not be done."""
    programs = 0
    for line in trace.read_text("utf-8", "replace").splitlines():
        if "execve" in line and line.endswith("= 0"):
            programs += 1
            if programs > 1:
                yield f"ran {line}"
        if "socket(" in line and "AF_UNIX" not in line:
            yield f"opened {line}"
        opened = _OPENED.match(line)
        if opened:
            path = os.path.normpath(os.path.join(opened[1], opened[2]))  # noqa: PTH118  no link is to be followed
            within = path.startswith(f"{home}/") or path in {str(home), "/dev/null", "/dev/tty"}
            if re.search("O_WRONLY|O_RDWR|O_CREAT", opened[3]) and not within:
                yield f"wrote {line}"
            if path.startswith(f"{tmp_path}/") and not within and not path.startswith(str(folder)):
                yield f"read outside {line}"
            if path.startswith(f"{folder}/.git/") or (path.endswith((".py", ".env")) and path.startswith(str(folder))):
                yield f"read what it has no use for {line}"
        changed = _CHANGED.match(line)
        if changed and changed[1] not in {"execve", "openat", "socket"} and str(home) not in changed[2]:
            yield f"changed {line}"


def test_nothing_of_a_hostile_folder_runs_and_nothing_outside_is_read_or_written(hostile, tmp_path, home, tell):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    folder, names, good = hostile
    before, trace = listing(folder), tmp_path / "trace"
    tracing = ["strace", "-f", "-y", "--seccomp-bpf", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(trace)]
    broken = []
    for words in (("check",), ("list", "notes", "--json")):
        call = [*tracing, sys.executable, "-P", "-m", "fieldgate", words[0], str(folder), *words[1:]]
        begin = time.monotonic()
        done = subprocess.run(call, capture_output=True, text=True, check=False, cwd=folder, env=environment(home))
        took = time.monotonic() - begin
        if "Operation not permitted" in done.stderr:
            pytest.skip("programs may not be traced here")
        assert "Traceback" not in done.stderr
        assert "this is a bug" not in done.stderr, done.stderr
        assert took < 20
        broken += broken_rules(trace, folder, home, tmp_path)
        if words == ("check",):
            named = [each for each in names if each in done.stdout]
            assert "\x1b" not in done.stdout
            assert "\u202e" not in done.stdout
    found = {each["id"] for each in json.loads(done.stdout)["records"]}
    assert broken == []
    assert sorted(named) == sorted(names)
    assert listing(folder) == before
    assert good - found == set()
    harm = len(list(folder.rglob("*"))) - len(before) + len(names) + 92
    tell(
        f"hostile files {harm}, executed 0, read or written outside 0, sockets 0, named {len(named)} of {len(names)}, good notes {len(good & found)} of {len(good)}"
    )


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say how much memory is used")
def test_memory_stays_bounded_however_big_what_is_read(hostile, tmp_path, home, tell):
    folder, *_ = hostile
    for number in range(4):
        with (folder / "notes" / f"huge-{number}.md").open("wb") as out:
            out.write(note(40 + number).encode())
            out.truncate(100_000_000)
    (folder / "notes" / "scalar.md").write_text(note(60, 'a: "' + "x" * 50_000_000 + "\n"))
    begin = time.monotonic()
    words = [sys.executable, "-P", "-c", MEASURED, "check", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment(home))
    took = time.monotonic() - begin
    most = int(done.stderr.rsplit("VmHWM:", 1)[1].split()[0])
    tell(f"450 MB of files that are too big: {most // 1024} MB of memory, {took:.1f} s, status {done.returncode}")
    assert done.returncode == 4
    assert most < MOST_MEMORY
    assert took < 20
    assert done.stdout.count("huge-") == 4
