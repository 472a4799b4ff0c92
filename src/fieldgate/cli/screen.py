"""Commands that open the screen: the workspace itself, and the demo."""

import os
import sys
from typing import Any

import click

from fieldgate.cli.call import Call, command
from fieldgate.errors import UsageError
from fieldgate.words import t


@click.command(name="open")
@command(writes=True)
@click.option("--no-mouse", is_flag=True, help=t("Leave the mouse to the terminal."))
def open_command(call: Call, *, no_mouse: bool = False) -> int:
    """Open a workspace on the screen."""
    if len(call.words) > 1 or (call.words and call.path is None and not os.path.exists(call.words[0])):  # noqa: PTH110  a word as it was typed
        raise UsageError(
            t("{word} is neither a command nor a workspace.", word=call.words[0]),
            t("`fieldgate --help` lists the commands; a workspace is a folder with workspace.md or a .fieldgate file."),
        )
    path = call.path or (call.words[0] if call.words else None)
    return run_screen(call, path, no_mouse=no_mouse)


@click.command(name="demo")
@command(path="")
@click.option("--no-mouse", is_flag=True, help=t("Leave the mouse to the terminal."))
def demo_command(call: Call, *, no_mouse: bool = False) -> int:
    """Open a copy of the sample, moved so that today is the day it was written for; nothing is left behind."""
    from fieldgate.workspace.demo import demo  # makes a store, which a screen of one's own does not need

    need_terminal()
    with demo(call.locations, call.clock) as (locations, path):
        own = Call(path=str(path), words=(), clock=call.clock, locations=locations, as_json=False, author=None)
        return run_screen(own, str(path), no_mouse=no_mouse)


def need_terminal() -> None:
    """Refuse to draw where nobody could see or answer it.

    Raises:
        UsageError: Input or screen is no terminal, TERM is dumb, or the encoding cannot show other scripts.
    """
    told = t("The commands work without a screen: fieldgate status, fieldgate --help.")
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(t("The screen needs a terminal, and there is none."), told)
    if os.environ.get("TERM", "dumb") in {"", "dumb"}:
        raise UsageError(t("The screen needs a terminal that can move its cursor; TERM says dumb."), told)
    encoding = (getattr(sys.__stderr__, "encoding", "") or "").lower().replace("-", "")
    if encoding != "utf8":
        raise UsageError(
            t("The terminal's encoding is {encoding}, which cannot show most scripts.", encoding=encoding),
            t("Set it to UTF-8, for example: LC_ALL=C.UTF-8 fieldgate"),
        )


def run_screen(call: Call, path: str | None, **options: Any) -> int:
    """Open the screen on a workspace; returns the exit status."""
    need_terminal()
    from fieldgate.ui.app import run_app  # the late import that keeps Textual out of every other command

    status: int = run_app(path, call.locations, call.clock, call.author, **options)
    return status
