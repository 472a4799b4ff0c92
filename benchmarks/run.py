"""Measures fieldgate beside the smallest Textual program, turn by turn in one run: a table, and JSON with --json FILE.

    python benchmarks/run.py [--quick] [--sizes 1000,20000,100000] [--rounds 3] [--sync 10000] [--peers] [--json FILE]

Figures without a unit are ratios to bare Textual of the same round (the median over the rounds); keys are in
milliseconds until the first byte of the answer, a moved card until the screen is still. The next item after a verdict
is one drawing; what the rules say of it follows when they have run. A figure over its budget carries a `!`. Machines
are noisy: trust the ratios, and most of all the instructions.
"""

import argparse
import json
import math
import os
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import commands
import generate
import peers
import screen

Figures = dict[str, float]
EVERY_SIZE = {
    "first frame with data": 1.15,
    "first frame, picture": 0.15,
    "first key answered": 1.20,
    "CPU to first frame": 1.15,
    "quit, terminal back": 0.10,
    "quit, process gone": 0.20,
    "memory": 1.30,
    "memory with the writing side": 2.20,
    "status --json": 0.60,
    "list hypotheses": 0.60,
    "note": 2.80,
    "list key p95": 16.0,
    "list key max": 33.0,
    "held key lag": 33.0,
    "board column p95": 16.0,
    "pane p95": 33.0,
    "filter key p95": 33.0,
    "search key p95": 33.0,
    "move a card in its column p95": 50.0,
    "verdict p95": 50.0,
    "lost keys": 0,
    "idle CPU ms/s": 0.5,
    "idle wake-ups/s": 1.0,
    "commit ms": 5.0,
    "sync, nothing changed s": 0.3,
    "sync, one changed s": 0.4,
    "first import s": 6.0,
    "instructions, start and quit": 1.10,
    "instructions, status --json": 0.60,
    "instructions, list": 0.60,
}
"""What a figure may be at the most."""
ON_THE_SAMPLE = {"status --json", "list hypotheses", "note"}
"""Budgets that hold for the sample alone."""
MEMORY = {20_000: 2.5, 100_000: 4.0}
"""What the memory with the writing side may be in large workspaces."""
FLAT = 0.1
"""The greatest exponent with which a figure may grow from 1,000 records to the most."""
GROWING = ("first frame with data", "list key p50", "verdict p50", "memory")


def main() -> None:
    """Measure and print."""
    given = _given()
    sizes = [1000] if given.quick else [int(each) for each in given.sizes.split(",") if each]
    with tempfile.TemporaryDirectory(prefix="fieldgate-bench-", dir=os.environ.get("TMPDIR")) as name:
        folder = Path(name)
        env = {"FIELDGATE_DATA": name + "/s", "FIELDGATE_CONFIG": name + "/c", "FIELDGATE_CACHE": name + "/x"}
        stores = {"sample": sample(folder)} | {str(size): generate.make(size, folder) for size in sizes}
        rounds, keys = (2, screen.QUICK) if given.quick else (given.rounds, screen.WHOLE)
        told: dict[str, Figures] = {}
        for which, store in stores.items():
            told[which] = measure(store, env, folder, rounds, keys)
            print(f"measured: {which}", file=sys.stderr)
            _keep(given.json, {"workspaces": told})
        whole = commands.instructions(stores["sample"], env, screen.BARE)
        whole |= commands.commits(stores[str(sizes[0])] if sizes else stores["sample"], folder)
        whole |= commands.sharing(folder, env, given.sync) if given.sync else {}
        told_peers = (
            peers.measure(folder, 100, lambda: screen.one(screen.BARE, env, "Hello")["ready"]) if given.peers else {}
        )
    growth = growth_of(told, sizes)
    show(told, whole, growth, told_peers)
    _keep(given.json, {"workspaces": told, "whole": whole, "growth": growth, "peers": told_peers})


def _keep(path: Path | None, found: dict[str, object]) -> None:
    """Write what was found so far: a run takes long, and may be broken off."""
    if path is not None:
        path.write_text(json.dumps(found, indent=2))


def _given() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--quick", action="store_true", help="two rounds, fewer keys, the sample and 1,000 records")
    words.add_argument("--sizes", default="1000,20000", help="records of the generated workspaces")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument(
        "--sync", type=int, default=0, metavar="RECORDS", help="measure sharing with so many records too"
    )
    words.add_argument("--peers", action="store_true", help="install and measure what others use")
    words.add_argument("--json", type=Path)
    return words.parse_args()


def sample(folder: Path) -> Path:
    """Make a store of the sample."""
    from fieldgate.locations import Locations
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.demo import make_demo

    return make_demo(Locations(data=folder / "s", config=folder / "c", cache=folder / "x"), Clock(generate.TODAY))


def measure(store: Path, env: dict[str, str], folder: Path, rounds: int, keys: int) -> Figures:
    """Run both programs in turn and return the figures of one workspace."""
    words = screen.screen_of(store)
    found: dict[str, list[float]] = defaultdict(list)
    bare: Figures = {}
    screen.one(words, env, screen.READY)  # what is made once per workspace
    for _ in range(rounds):
        bare = screen.one(screen.BARE, env, "Hello")
        screen.forget_pictures(env)
        mine = screen.one(words, env, screen.READY)
        for name, key in (
            ("first frame with data", "ready"),
            ("CPU to first frame", "cpu"),
            ("memory", "memory"),
        ):
            found[name].append(mine[key] / bare[key])
        found["quit, terminal back"].append(mine["back"] / bare["ready"])
        found["quit, process gone"].append(mine["gone"] / bare["ready"])
        if str(store).startswith(env["FIELDGATE_DATA"]):
            found["first frame, picture"].append(screen.one(words, env, screen.READY)["ready"] / bare["ready"])
        screen.forget_pictures(env)
        found["first key answered"].append(screen.live(words, env) / bare["ready"])
        for name, seconds in commands.colds(store, env, folder).items():
            found[name].append(seconds / bare["ready"])
    for name, figure in screen.keys_of(words, env, keys).items():
        if name.startswith("quit"):
            found[name].append(figure / bare["ready"])
        elif name.endswith(" MB"):
            found[name.removesuffix(" MB")].append(figure / bare["memory"])
        else:
            found[name].append(figure)
    return {name: round(statistics.median(values), 3) for name, values in found.items()}


def growth_of(told: dict[str, Figures], sizes: list[int]) -> Figures:
    """Return the exponent with which figures grow from the smallest to the largest workspace; 0 is flat."""
    if len(sizes) < 2:
        return {}
    small, large = told[str(sizes[0])], told[str(sizes[-1])]
    over = math.log(sizes[-1] / sizes[0])
    return {
        name: round(math.log(large[name] / small[name]) / over, 3)
        for name in GROWING
        if small.get(name) and large.get(name)
    }


def budget_of(name: str, which: str) -> float:
    """Return what a figure may be at the most in a workspace; infinite where nothing is said."""
    if name in ON_THE_SAMPLE and which != "sample":
        return math.inf
    if name == "memory with the writing side" and which.isdigit():
        return MEMORY.get(int(which), EVERY_SIZE[name])
    if name == "memory" and which.isdigit() and int(which) > 1000:
        return math.inf
    return EVERY_SIZE.get(name, math.inf)


def show(told: dict[str, Figures], whole: Figures, growth: Figures, others: dict[str, Figures | str]) -> None:
    """Print the tables; what is over its budget is marked."""
    print(f"{'':34}" + "".join(f"{which:>11}" for which in told) + f"{'budget':>10}")
    for name in dict.fromkeys(name for figures in told.values() for name in figures):
        row = "".join(_cell(figures.get(name), budget_of(name, which)) for which, figures in told.items())
        print(f"{name:34}{row}{EVERY_SIZE.get(name, ''):>10}")
    print()
    for name, figure in whole.items():
        print(f"{name:34}{_cell(round(figure, 3), EVERY_SIZE.get(name, math.inf))}{EVERY_SIZE.get(name, ''):>10}")
    for name, figure in growth.items():
        print(f"growth of {name:24}{_cell(figure, FLAT)}{FLAT:>10}")
    for name, figures in others.items():
        said = (
            figures if isinstance(figures, str) else ", ".join(f"{key} {value:.2f}" for key, value in figures.items())
        )
        print(f"beside it: {name}: {said}")


def _cell(figure: float | None, budget: float) -> str:
    return f"{'-':>10} " if figure is None else f"{figure:>10g}{'!' if figure > budget else ' '}"


if __name__ == "__main__":
    main()
