"""Measures fieldgate beside the smallest Textual program, turn by turn in one run: a table, and JSON with --json FILE.

    python benchmarks/run.py [--quick] [--sizes 1000,20000] [--rounds 5] [--json FILE]

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
    "CPU to first frame": 1.15,
    "quit": 0.20,
    "memory": 1.30,
    "status --json": 0.60,
    "key p95 ms": 16.0,
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
    words.add_argument("--json", type=Path)
    given = words.parse_args()
    rounds = 2 if given.quick else given.rounds
    sizes = [1000] if given.quick else [int(each) for each in given.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="fieldgate-bench-") as name:
        folder = Path(name)
        env = {"FIELDGATE_DATA": name + "/d", "FIELDGATE_CONFIG": name + "/c", "FIELDGATE_CACHE": name + "/x"}
        stores = {str(size): generate.make(size, folder) for size in sizes}
        stores = {"sample": sample(folder), **stores}
        figures = {which: measure(store, env, rounds) for which, store in stores.items()}
    show(figures)
    if len(sizes) > 1:
        print_growth(figures, sizes)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2))


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
        bare = one(BARE, env, "Hello")
        mine = one(screen, env, READY, keys=KEYS)
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
        figures |= keys_of(terminal, keys) | idle_of(terminal)
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
    subprocess.run(words, env={**os.environ, **env}, check=True, capture_output=True)  # noqa: S603  our own command
    return time.perf_counter() - started


def show(figures: dict[str, dict[str, float]]) -> None:
    """Print the table; what is over its budget is marked."""
    names = list(next(iter(figures.values())))
    print(f"{'':24}" + "".join(f"{which:>12}" for which in figures) + f"{'budget':>12}")
    for name in names:
        row = "".join(
            f"{figures[which][name]:>11g}{'!' if figures[which][name] > BUDGETS.get(name, math.inf) else ' '}"
            for which in figures
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
