"""The screen in a pseudo terminal: how soon it is there, how soon it answers, what it costs, how soon it is gone."""

import math
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import generate
from terminal import Answer, Terminal

HERE = Path(__file__).parent
BARE = [sys.executable, str(HERE / "bare.py")]
READY = "1 Hypotheses"
QUICK, WHOLE = 12, 40
"""How often a key is pressed."""

Figures = dict[str, float]


def screen_of(store: Path) -> list[str]:
    return [sys.executable, "-m", "fieldgate", str(store), "--today", generate.TODAY.isoformat()]


def one(words: Sequence[str], env: dict[str, str], ready: str) -> Figures:
    """Run a program once: start, cost, quit."""
    terminal = started(words, env, ready)
    figures = {"ready": terminal.last - terminal.started, "cpu": terminal.cost().cpu}
    terminal.drain(0.25)
    figures["memory"] = terminal.cost().megabytes
    figures["back"], figures["gone"] = terminal.quit() or (math.nan, math.nan)
    return figures


def started(words: Sequence[str], env: dict[str, str], ready: str) -> Terminal:
    terminal = Terminal(list(words), env=env)
    if terminal.wait_for(ready) is None:
        terminal.close()
        raise SystemExit(f"{words}: {ready!r} never appeared\n{terminal.seen.decode(errors='replace')[-2000:]}")
    return terminal


def live(words: Sequence[str], env: dict[str, str]) -> float:
    """Return the seconds from the start until a key that was pressed at the first frame is answered."""
    terminal = started(words, env, READY)
    answer = terminal.press("j", quiet=0.02, settle=0.0)
    answered = (
        terminal.last - terminal.started if answer is None else terminal.pressed + answer.first - terminal.started
    )
    terminal.drain(0.3)
    terminal.quit()
    return answered


def keys_of(words: Sequence[str], env: dict[str, str], times: int = WHOLE) -> Figures:
    """Work with it: every figure in milliseconds, but for what its name says otherwise."""
    terminal = started(words, env, READY)
    terminal.drain(3.0)  # until the writing side is loaded
    figures: Figures = {"memory with the writing side MB": terminal.cost().megabytes}
    lost = 0

    def told(name: str, answers: Sequence[Answer | None], *, still: bool = False) -> None:
        nonlocal lost
        lost += sum(each is None for each in answers)
        found = sorted((each.last if still else each.first) * 1000 for each in answers if each)
        if found:
            figures[f"{name} p50"] = statistics.median(found)
            figures[f"{name} p95"] = found[min(len(found) - 1, int(len(found) * 0.95))]
            figures[f"{name} max"] = found[-1]

    terminal.press("2", quiet=0.3)
    moved = [terminal.press("j" if number % 20 < 10 else "k") for number in range(times)]
    told("list key", moved)
    figures["list key bytes"] = statistics.median(each.size for each in moved if each)
    figures["held key lag"] = terminal.hold("j", 45) * 1000
    terminal.press("3", quiet=0.3)
    told("board column", [terminal.press(key) for key in "lllhhh" * (times // 10)])
    for _ in range(2):  # the first round loads what each needs
        panes = [terminal.press("\t", quiet=0.2) for _ in range(8)]
    told("pane", panes)
    for _ in range(2):
        views = [terminal.press(key, quiet=0.2) for key in "45678123"]
    told("view", views)
    for key in ("2", "/"):
        terminal.press(key, quiet=0.3)
    told("filter key", [terminal.press(letter) for letter in "friday rows"])
    for key in ("\x1b", "\x1b"):
        terminal.press(key, quiet=0.3)
    terminal.press(":", quiet=0.5)
    told("search key", [terminal.press(letter) for letter in "friday rows"])
    terminal.press("\x1b", quiet=0.4)
    terminal.press("2", quiet=0.3)
    opened = []
    for _ in range(4):
        opened.append(terminal.press("\r", quiet=0.3))
        terminal.press("\x1b", quiet=0.3)
        terminal.press("j", quiet=0.2)
    told("open a note", opened[1:])
    terminal.press("3", quiet=0.4)
    told("move a card in its column", [terminal.press(key, quiet=0.4) for key in "JKJKJKJK"][2:], still=True)
    terminal.press("2", quiet=0.3)
    terminal.press("T", quiet=1.5)
    verdicts = [terminal.press("b", quiet=0.3) for _ in range(max(8, times // 4))]
    told("verdict", [each for each in verdicts[1:] if each and each.size > 800])
    terminal.press("\x1b", quiet=0.5)
    figures["lost keys"] = lost
    figures |= idle_of(terminal)
    back, gone = terminal.quit() or (math.nan, math.nan)
    return {**figures, "quit after a write, back": back, "quit after a write, gone": gone}


def idle_of(terminal: Terminal, seconds: float = 3.0) -> Figures:
    """Leave the program alone and see what it does."""
    terminal.drain(6.0)  # what was said at the end of the triage has to go first
    before = terminal.cost()
    time.sleep(seconds)
    after = terminal.cost()
    return {
        "idle CPU ms/s": (after.cpu - before.cpu) * 1000 / seconds,
        "idle wake-ups/s": (after.switches - before.switches) / seconds,
    }


def forget_pictures(env: dict[str, str]) -> None:
    """Make the next start one without a picture."""
    for file in Path(env["FIELDGATE_CACHE"]).glob("*.frame*"):
        file.unlink()
