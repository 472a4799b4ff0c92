"""The commands of fieldgate, and what a first word that is no command means: a workspace to open on the screen."""

from importlib import import_module
from typing import Any

import click

from fieldgate import __version__
from fieldgate.words import t

COMMANDS: dict[str, tuple[str, str]] = {
    "status": ("reading", "What the next gate lacks, and what is next."),
    "list": ("reading", "All records of a kind."),
    "show": ("reading", "One record, by its code."),
    "search": ("reading", "Find words in everything, in any script."),
    "note": ("writing", "Keep a sentence that was said."),
    "new": ("writing", "Start a workspace."),
    "demo": ("screen", "Look around in a sample that leaves nothing behind."),
    "check": ("keeping", "Look whether a workspace is sound."),
    "where": ("keeping", "Where everything of a workspace is kept."),
    "export": ("giving", "Write records out as text."),
}
"""Every command: the module that has it, loaded only when it is called, and its one line of help."""


class Program(click.Group):
    """Loads a command when it is called; anything else opens the screen."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands, in the order in which they are told."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"fieldgate.cli.{COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command as the workspace to open."""
        if args and args[0] not in COMMANDS:
            from fieldgate.cli.screen import open_command

            return "open", open_command, args
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without loading them."""
        del ctx
        with formatter.section(t("Commands")):
            formatter.write_dl([(name, t(words)) for name, (_, words) in COMMANDS.items()])


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True},
    help=t(
        "fieldgate PATH opens a workspace on the screen: a .fieldgate file, or a folder that holds workspace.md. "
        "Without PATH it opens the one used last."
    ),
)
@click.version_option(__version__, prog_name="fieldgate")
@click.pass_context
def program(ctx: click.Context, /, **_: Any) -> None:
    """Open the workspace used last when no command is named."""
    if ctx.invoked_subcommand is None:
        from fieldgate.cli.screen import open_command

        ctx.invoke(open_command, words=(), workspace=None, today=None)
