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

import generate
from screen import READY, Figures, screen_of
from terminal import Terminal

Prepared = tuple[list[str], dict[str, str], str, str]
"""The words that start it, its environment, what stands on its first useful screen, the keys that quit it."""


def fieldgate(folder: Path, cards: int) -> Prepared:
    """What is measured here, with as many records."""
    env = {f"FIELDGATE_{name}": str(folder / "own" / name.lower()) for name in ("DATA", "CONFIG", "CACHE")}
    return screen_of(generate.make(cards, folder)), env, READY, "\x11"


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
    return ["taskwarrior-tui"], _tasks(folder, cards, "taskwarrior-tui"), "Card 1", "q"


def vit(folder: Path, cards: int) -> Prepared:
    """A list over Taskwarrior, made with urwid."""
    env = _tasks(folder, cards, "vit")
    (folder / "task" / "vit").mkdir(exist_ok=True)  # otherwise it asks whether to make its settings
    (folder / "task" / "vit" / "config.ini").touch()
    return ["vit"], {**env, "VIT_DIR": str(folder / "task" / "vit")}, "Card 1", ":q\r"


def _tasks(folder: Path, cards: int, program: str) -> dict[str, str]:
    for name in (program, "task"):
        if shutil.which(name) is None:
            raise OSError(f"{name} is not installed")
    home = folder / "task"
    env = {"HOME": str(home), "TASKDATA": str(home), "TASKRC": str(home / "taskrc")}
    if not home.exists():
        home.mkdir()
        (home / "taskrc").write_text("confirmation=no\n")
        for number in range(cards):
            _run(["task", "add", f"Card {number}"], env)
    return env


PEERS: dict[str, Callable[[Path, int], Prepared]] = {
    "fieldgate": fieldgate,
    "kanban-tui": kanban_tui,
    "vit": vit,
    "taskwarrior-tui": taskwarrior_tui,
}


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
