"""Commands that open the screen: the workspace itself, and the demo."""

import os

import click

from fieldgate.cli.call import Call, command
from fieldgate.cli.opening import need_terminal, run_screen
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
    return run_screen(path, call.locations, call.clock, call.author, no_mouse=no_mouse)


@click.command(name="demo")
@command(path="")
@click.option("--tour", is_flag=True, help=t("Take the tour: ten steps with your own keys."))
@click.option("--no-mouse", is_flag=True, help=t("Leave the mouse to the terminal."))
def demo_command(call: Call, *, tour: bool = False, no_mouse: bool = False) -> int:
    """Open a copy of the sample, moved so that today is the day it was written for; nothing is left behind."""
    from fieldgate.workspace.demo import demo  # makes a store, which a screen of one's own does not need

    need_terminal()
    with demo(call.locations, call.clock) as (locations, path):
        return run_screen(str(path), locations, call.clock, no_mouse=no_mouse, tour=tour)
