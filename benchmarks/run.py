"""Measures fieldgate beside the smallest Textual program, turn by turn in one run: a table, and JSON with --json FILE.

    python benchmarks/run.py [--quick] [--sizes 1000,20000] [--rounds 5] [--sync NOTES] [--json FILE]

Figures are ratios to bare Textual of the same round (median over the rounds), or milliseconds where they say so.
Machines are noisy: trust the ratios.
"""

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate
from terminal import Terminal

PYTHON = sys.executable
HERE = Path(__file__).parent
BARE = [PYTHON, str(HERE / "bare.py")]
READY = "1 Hypotheses"
KEYS = 40

BUDGETS = {
    "first frame with data": 1.15,
    "first frame, picture": 0.15,
    "first key answered": 1.20,
    "CPU to first frame": 1.15,
    "quit": 0.20,
    "memory": 1.30,
    "status --json": 0.60,
    "key p95 ms": 16.0,
    "key max ms": 33.0,
    "pane p95 ms": 33.0,
    "filter p95 ms": 33.0,
    "lost keys": 0,
    "sync, nothing changed s": 0.3,
    "sync, one changed s": 0.4,
    "first import s": 6.0,
    "idle CPU ms/s": 0.5,
    "idle wake-ups/s": 1.0,
}
"""What a figure may be at the most; ratios to bare Textual unless the name says otherwise."""


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--quick", action="store_true", help="two rounds, the sample and 1,000 records")
    words.add_argument("--sizes", default="1000,20000", help="records of the generated workspaces")
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--sync", type=int, default=0, metavar="NOTES", help="measure sharing with so many notes too")
    words.add_argument("--json", type=Path)
    given = words.parse_args()
    rounds = 2 if given.quick else given.rounds
    sizes = [1000] if given.quick else [int(each) for each in given.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="fieldgate-bench-") as name:
        folder = Path(name)
        env = {"FIELDGATE_DATA": name + "/s", "FIELDGATE_CONFIG": name + "/c", "FIELDGATE_CACHE": name + "/x"}
        stores = {str(size): generate.make(size, folder) for size in sizes}
        stores = {"sample": sample(folder), **stores}
        figures = {which: measure(store, env, rounds) for which, store in stores.items()}
        shared = sharing(folder, env, given.sync) if given.sync else {}
    show(figures)
    for name, seconds in shared.items():
        print(f"{name:24}{seconds:>11.3f}{'!' if seconds > BUDGETS[name] else ' '}{BUDGETS[name]:>24}")
    if len(sizes) > 1:
        print_growth(figures, sizes)
    if given.json:
        given.json.write_text(json.dumps({**figures, "sharing": shared}, indent=2))


def sample(folder: Path) -> Path:
    """Make a store of the sample."""
    from fieldgate.locations import Locations
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.demo import make_demo

    return make_demo(Locations(data=folder / "s", config=folder / "c", cache=folder / "x"), Clock(generate.TODAY))


def measure(store: Path, env: dict[str, str], rounds: int) -> dict[str, float]:
    """Run both programs in turn and return the figures of one workspace."""
    screen = [PYTHON, "-m", "fieldgate", str(store), "--today", generate.TODAY.isoformat()]
    status = [PYTHON, "-m", "fieldgate", "status", str(store), "--json", "--today", generate.TODAY.isoformat()]
    found: dict[str, list[float]] = defaultdict(list)
    cold(status, env)
    for _ in range(rounds):
        forget_pictures(env)
        bare = one(BARE, env, "Hello")
        mine = one(screen, env, READY, keys=KEYS)
        if str(store).startswith(env["FIELDGATE_DATA"]):
            again = one(screen, env, READY)
            found["first frame, picture"].append(again["ready"] / bare["ready"])
        found["first key answered"].append(first_key(screen, env) / bare["ready"])
        for name, key in (
            ("first frame with data", "ready"),
            ("CPU to first frame", "cpu"),
            ("quit", "quit"),
            ("memory", "memory"),
        ):
            found[name].append(mine[key] / bare[key])
        for name in (
            "key p50 ms",
            "key p95 ms",
            "key max ms",
            "bytes per key",
            "pane p95 ms",
            "filter p95 ms",
            "lost keys",
            "idle CPU ms/s",
            "idle wake-ups/s",
        ):
            found[name].append(mine[name])
        found["status --json"].append(cold(status, env) / bare["ready"])
    return {name: round(statistics.median(values), 3) for name, values in found.items()}


def one(words: list[str], env: dict[str, str], ready: str, keys: int = 0) -> dict[str, float]:
    """Run a program once."""
    terminal = Terminal(words, env=env)
    seconds = terminal.wait_for(ready)
    if seconds is None:
        terminal.close()
        raise SystemExit(f"{words}: {ready!r} never appeared\n{terminal.seen.decode(errors='replace')[-2000:]}")
    figures = {"ready": seconds, "cpu": terminal.cost().cpu, "memory": terminal.cost().megabytes}
    if keys:
        terminal.drain(2.5)
        figures |= keys_of(terminal, keys) | panes_of(terminal) | filter_of(terminal) | idle_of(terminal)
    else:
        terminal.drain(0.3)
    figures["quit"] = terminal.quit() or math.nan
    return figures


def keys_of(terminal: Terminal, keys: int) -> dict[str, float]:
    """Press down and up and measure each answer."""
    answers = [terminal.press("j" if number % 20 < 10 else "k") for number in range(keys)]
    times = sorted(each[0] * 1000 for each in answers if each)
    sizes = [each[1] for each in answers if each]
    return {
        "key p50 ms": statistics.median(times),
        "key p95 ms": times[int(len(times) * 0.95)],
        "key max ms": times[-1],
        "bytes per key": statistics.median(sizes),
        "lost keys": answers.count(None),
    }


def panes_of(terminal: Terminal) -> dict[str, float]:
    """Go round the panes; the first round loads what each needs and is not counted."""
    answers = [terminal.press("\t", quiet=0.2) for _ in range(16)][4:]
    times = sorted(each[0] * 1000 for each in answers if each)
    return {"pane p95 ms": times[int(len(times) * 0.95)] if times else math.nan}


def filter_of(terminal: Terminal) -> dict[str, float]:
    """Filter the notes as one types."""
    for key in ("2", "/"):
        terminal.press(key, quiet=0.3)
    answers = [terminal.press(letter) for letter in "friday rows"]
    terminal.press("\x1b", quiet=0.3)
    times = sorted(each[0] * 1000 for each in answers if each)
    return {"filter p95 ms": times[int(len(times) * 0.95)] if times else math.nan}


def first_key(words: list[str], env: dict[str, str]) -> float:
    """Return the seconds from the start until a key that was pressed at the first frame is answered."""
    forget_pictures(env)
    terminal = Terminal(words, env=env)
    terminal.wait_for(READY)
    terminal.press("j", quiet=0.02)
    answered = time.perf_counter() - terminal.started - 0.02
    terminal.drain(0.3)
    terminal.quit()
    return answered


def forget_pictures(env: dict[str, str]) -> None:
    """Make the next start one without a picture."""
    for file in Path(env["FIELDGATE_CACHE"]).glob("*.frame*"):
        file.unlink()


def sharing(folder: Path, env: dict[str, str], notes: int) -> dict[str, float]:
    """Import a shared folder of so many notes, sync it unchanged, and with one file changed; seconds."""
    store = generate.make(notes, folder)
    shared = folder / "shared"
    cold([PYTHON, "-m", "fieldgate", "share", str(store), str(shared), "--as", "an"], env)
    elsewhere = {**env, "FIELDGATE_DATA": str(folder / "elsewhere")}
    command = [PYTHON, "-m", "fieldgate", "sync", str(shared)]
    figures = {"first import s": cold(command, elsewhere), "sync, nothing changed s": cold(command, elsewhere)}
    file = next((shared / "notes").rglob("*.md"))
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + " more\n", encoding="utf-8")
    return {**figures, "sync, one changed s": cold(command, elsewhere)}


def idle_of(terminal: Terminal, seconds: float = 3.0) -> dict[str, float]:
    """Leave the program alone and see what it does."""
    terminal.drain(0.5)
    before = terminal.cost()
    time.sleep(seconds)
    after = terminal.cost()
    return {
        "idle CPU ms/s": (after.cpu - before.cpu) * 1000 / seconds,
        "idle wake-ups/s": (after.switches - before.switches) / seconds,
    }


def cold(words: list[str], env: dict[str, str]) -> float:
    """Return the seconds that a command takes from start to end."""
    import os

    started = time.perf_counter()
    subprocess.run(words, env={**os.environ, **env}, check=True, capture_output=True)
    return time.perf_counter() - started


def show(figures: dict[str, dict[str, float]]) -> None:
    """Print the table; what is over its budget is marked."""
    names = list(next(iter(figures.values())))
    print(f"{'':24}" + "".join(f"{which:>12}" for which in figures) + f"{'budget':>12}")
    for name in names:
        row = "".join(
            f"{value:>11g}{'!' if value > BUDGETS.get(name, math.inf) else ' '}"
            for value in (figures[which].get(name, math.nan) for which in figures)
        )
        print(f"{name:24}{row}{BUDGETS.get(name, ''):>12}")


def print_growth(figures: dict[str, dict[str, float]], sizes: list[int]) -> None:
    """Print the exponent with which figures grow from the smallest to the largest workspace; 0 is flat."""
    small, large = str(sizes[0]), str(sizes[-1])
    for name in ("first frame with data", "key p50 ms", "status --json"):
        ratio = figures[large][name] / figures[small][name]
        print(f"growth of {name}: exponent {math.log(ratio) / math.log(sizes[-1] / sizes[0]):.2f}")


if __name__ == "__main__":
    main()
