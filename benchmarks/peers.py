"""What somebody might pick instead: the same number of cards, the same machine, the same run.

Each is installed into an environment of its own, by its own installer, and only if `--peers` asks for it. What cannot
be had or run here is named with its reason.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from screen import Figures
from terminal import Terminal

Prepared = tuple[list[str], dict[str, str], str, str]
"""The words that start it, its environment, what stands on its first useful screen, the keys that quit it."""


def kanban_tui(folder: Path, cards: int) -> Prepared:
    """A board made with Textual."""
    home = folder / "kanban"
    program = _installed(home, "kanban-tui") / "ktui"
    env = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    env |= {"HOME": str(home)}
    _run([str(program), "board", "create", "Bench"], env)
    for number in range(cards):
        _run([str(program), "task", "create", f"Card {number}"], env)
    return [str(program)], env, "Card 1", "\x11"


def taskwarrior_tui(folder: Path, cards: int) -> Prepared:
    """A list over Taskwarrior, in Rust."""
    for name in ("taskwarrior-tui", "task"):
        if shutil.which(name) is None:
            raise OSError(f"{name} is not installed")
    env = {"HOME": str(folder / "task"), "TASKDATA": str(folder / "task"), "TASKRC": os.devnull}
    (folder / "task").mkdir(exist_ok=True)
    for number in range(cards):
        _run(["task", "rc.confirmation=no", "add", f"Card {number}"], env)
    return ["taskwarrior-tui"], env, "Card 1", "q"


PEERS: dict[str, Callable[[Path, int], Prepared]] = {"kanban-tui": kanban_tui, "taskwarrior-tui": taskwarrior_tui}


def measure(folder: Path, cards: int, bare: Callable[[], float], rounds: int = 3) -> dict[str, Figures | str]:
    """Return the figures of each, as ratios to bare Textual, or why there are none."""
    told: dict[str, Figures | str] = {}
    for name, prepare in PEERS.items():
        try:
            words, env, ready, leave = prepare(folder, cards)
            told[name] = _figures(words, env, ready, leave, [bare() for _ in range(rounds)])
        except (OSError, subprocess.SubprocessError) as error:
            told[name] = f"not run: {' '.join(str(error).split())[:160]}"
    return told


def _figures(words: list[str], env: dict[str, str], ready: str, leave: str, bares: list[float]) -> Figures:
    starts, keys = [], []
    for base in bares:
        terminal = Terminal(words, env=env)
        try:
            if (seconds := terminal.wait_for(ready, limit=60)) is None:
                raise OSError(f"{ready!r} never appeared")
            starts.append(seconds / base)
            terminal.drain(1.0)
            keys += [answer.first * 1000 for key in "jkjkjkjkjk" if (answer := terminal.press(key))]
            terminal.quit(leave, limit=5)
        finally:
            if terminal.pid:
                terminal.close()
    keys.sort()
    figures = {"first frame with data": sorted(starts)[len(starts) // 2]}
    return (
        {**figures, "list key p50": keys[len(keys) // 2], "list key p95": keys[int(len(keys) * 0.95)]}
        if keys
        else figures
    )


def _installed(home: Path, package: str) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    _run([sys.executable, "-m", "venv", str(home / "venv")], {})
    _run([str(home / "venv/bin/python"), "-m", "pip", "install", "--quiet", package], {}, limit=240)
    return home / "venv/bin"


def _run(words: list[str], env: dict[str, str], limit: float = 60) -> None:
    done = subprocess.run(
        words,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=limit,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise OSError(f"{Path(words[0]).name} {words[1] if len(words) > 1 else ''}: {done.stderr or done.stdout}")
