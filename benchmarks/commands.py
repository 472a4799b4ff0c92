"""Commands from start to end, changes from wish to disk, and a shared folder in step with its store."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import generate
from terminal import Terminal, plain_environment

Figures = dict[str, float]
DAY = ["--today", generate.TODAY.isoformat()]


def cold(words: Sequence[str], env: dict[str, str]) -> float:
    """Return the seconds that a command of fieldgate takes from start to end."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "fieldgate", *words], env={**plain_environment(), **env}, check=True, capture_output=True
    )
    return time.perf_counter() - begun


def colds(store: Path, env: dict[str, str], folder: Path) -> Figures:
    """Measure the commands that scripts and hands call most; the one that writes does it to a copy."""
    copy = folder / "copy.fieldgate"
    shutil.copyfile(store, copy)
    return {
        "status --json": cold(["status", str(store), "--json", *DAY], env),
        "list hypotheses": cold(["list", str(store), "hypotheses", *DAY], env),
        "note": cold(["note", str(copy), "A sentence", "--as", "an", *DAY], env),
    }


def commits(store: Path, folder: Path, aged: int = 2000, times: int = 60) -> Figures:
    """Change a note and undo it with a young log and with an old one; milliseconds, durable on disk."""
    from fieldgate.locations import Locations
    from fieldgate.workspace import door
    from fieldgate.workspace.clock import Clock

    copy = folder / "commits.fieldgate"
    shutil.copyfile(store, copy)
    locations = Locations(data=folder / "cd", config=folder / "cc", cache=folder / "cx")
    opened = door.open_workspace(door.inspect(copy, locations), locations, Clock(generate.TODAY), "an")
    note = next(iter(opened.facts.notes))

    def edit(number: int) -> float:
        begun = time.perf_counter()
        opened.perform("note.edit", note, {"text": f"Said again, {number}"})
        return (time.perf_counter() - begun) * 1000

    def undo() -> float:
        begun = time.perf_counter()
        opened.undo()
        return (time.perf_counter() - begun) * 1000

    def round_of(start: int) -> tuple[float, float]:
        done = [edit(start + number) for number in range(times)]
        return statistics.median(done), statistics.median(undo() for _ in range(times))

    try:
        young = round_of(0)
        for number in range(aged):
            edit(10_000 + number)
        old = round_of(1000)
    finally:
        opened.close()
        copy.unlink()
    return {
        "commit ms": young[0],
        "undo ms": young[1],
        f"commit ms, {aged} later": old[0],
        f"undo ms, {aged} later": old[1],
    }


def sharing(folder: Path, env: dict[str, str], notes: int) -> Figures:
    """Import a shared folder of so many records, sync it unchanged, and with one file changed; seconds."""
    store = generate.make(notes, folder)
    shared = folder / "shared"
    cold(["share", str(store), str(shared), "--as", "an"], env)
    elsewhere = {**env, "FIELDGATE_DATA": str(folder / "elsewhere")}
    command = ["sync", str(shared)]
    start = cold(["where"], elsewhere)
    figures = {"first import s": cold(command, elsewhere)}
    cold(command, elsewhere)
    figures["sync, nothing changed s"] = cold(command, elsewhere)
    file = next((shared / "notes").rglob("*.md"))
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + " more\n", encoding="utf-8")
    figures["sync, one changed s"] = cold(command, elsewhere)
    figures["of these, starting a command s"] = start
    return figures


def instructions(store: Path, env: dict[str, str], bare: Sequence[str]) -> Figures:
    """Count what a start and a quit need beside bare Textual, where valgrind is there: the same however busy it is."""
    if shutil.which("valgrind") is None:
        return {}
    screen = [sys.executable, "-m", "fieldgate", str(store), *DAY]
    status = [sys.executable, "-m", "fieldgate", "status", str(store), "--json", *DAY]
    listed = [sys.executable, "-m", "fieldgate", "list", str(store), "hypotheses", *DAY]
    base = _counted(bare, env, "Hello")
    _counted(screen, env, "1 Hypotheses")
    for file in Path(env["FIELDGATE_CACHE"]).glob("*.frame*"):
        file.unlink()
    return {
        "instructions, start and quit": _counted(screen, env, "1 Hypotheses") / base,
        "instructions, status --json": _counted(status, env) / base,
        "instructions, list": _counted(listed, env) / base,
    }


def _counted(words: Sequence[str], env: dict[str, str], ready: str = "") -> float:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        tool = ["valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={os.devnull}"]
        whole = [*tool, f"--log-file={log}", *words]
        still = {**env, "PYTHONHASHSEED": "0"}
        if ready:
            terminal = Terminal(whole, env=still)
            terminal.wait_for(ready, limit=300)
            terminal.quit(limit=300)
        else:
            subprocess.run(whole, env={**plain_environment(), **still}, check=True, capture_output=True)
        found = re.search(r"refs:\s+([\d,]+)", log.read_text())
        return float(found[1].replace(",", "")) if found else float("nan")
