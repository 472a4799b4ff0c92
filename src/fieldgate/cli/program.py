"""The commands of fieldgate, and what a first word that is no command means: a workspace to open on the screen."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from fieldgate import __version__
from fieldgate.cli.examples import EXAMPLES, EXIT_STATUSES
from fieldgate.words import mark, t

COMMANDS: Mapping[str, tuple[str, str]] = {
    "status": ("reading", mark("What the next gate lacks, and what is next.")),
    "pivot-tree": ("drawing", mark("Which belief came out of which, and what changed at each fork.")),
    "assumption-map": ("drawing", mark("Importance against confidence: what to test next.")),
    "journey-map": ("pictures", mark("The customer journey as a map: gaps, what to ask, what is ready.")),
    "timeline": ("pictures", mark("What was said for and against each belief, over time.")),
    "mirror": ("pictures", mark("How many maybes each of us brings home.")),
    "gate": ("gate", mark("The open gate with its proof; advance, pivot, stop, re-date it.")),
    "list": ("reading", mark("All records of a kind.")),
    "show": ("reading", mark("One record, by its code.")),
    "search": ("reading", mark("Find words in everything, in any script.")),
    "note": ("writing", mark("Keep a sentence that was said.")),
    "link": ("writing", mark("Say what a note speaks for.")),
    "attach": ("attaching", mark("Keep a file, and name it in a record.")),
    "add": ("writing", mark("Make a record.")),
    "set": ("writing", mark("Change fields of a record.")),
    "lock": ("deciding", mark("Lock the prediction of a hypothesis.")),
    "rule": ("deciding", mark("Rule on a hypothesis.")),
    "move": ("deciding", mark("What a record can do now, and do it.")),
    "archive": ("deciding", mark("Put a record away.")),
    "restore": ("deciding", mark("Bring back an archived record, an earlier version of one, or a backup.")),
    "triage": ("triage", mark("Decide what waits, as lines or as a list for scripts.")),
    "decide": ("triage", mark("Take one verdict on an item that waits.")),
    "prompt": ("asking", mark("What to learn from a customer next, and how to ask.")),
    "undo": ("history", mark("Take back the last act, or one by its number.")),
    "redo": ("history", mark("Do again what was undone last.")),
    "log": ("history", mark("What was done, newest first.")),
    "versions": ("versions", mark("All that a record ever said; one of them whole.")),
    "new": ("beginning", mark("Start a workspace.")),
    "demo": ("screen", mark("Look around in a sample that leaves nothing behind.")),
    "share": ("sharing", mark("Keep a folder in step, for other founders.")),
    "sync": ("sharing", mark("Take in what others changed, and write what changed here.")),
    "remote": ("sharing", mark("Share the folder by git.")),
    "merge": ("sharing", mark("Merge a copy of the workspace that went its own way.")),
    "git-setup": ("sharing", mark("Let git pull in a clone of yours merge records.")),
    "merge-driver": ("sharing", mark("What git runs to merge a record.")),
    "import": ("importing", mark("Bring in notes, tables, transcripts or another workspace.")),
    "export": ("giving", mark("Write records out.")),
    "check": ("keeping", mark("Look whether a workspace is sound; repair it.")),
    "backup": ("upkeep", mark("Make a backup now.")),
    "backups": ("upkeep", mark("All backups, newest first.")),
    "forget": ("upkeep", mark("Forget a customer for good: names, contact and words.")),
    "where": ("keeping", mark("Where everything of a workspace is kept.")),
    "doctor": ("keeping", mark("What a bug report should say; no text of a record.")),
    "keys": ("telling", mark("The card of keys of the screen.")),
    "spec": ("telling", mark("All commands, options and JSON shapes, for scripts.")),
    "completion": ("telling", mark("Complete commands and codes in bash, zsh or fish.")),
}
"""Every command: the module that has it, loaded only when it is called, and its one line of help."""

HIDDEN = frozenset({"merge-driver"})
"""Commands that programs call, not people: they stand in no list."""


class Program(click.Group):
    """Loads a command when it is called; anything else opens the screen."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands, in the order in which they are told."""
        del ctx
        return [name for name in COMMANDS if name not in HIDDEN]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"fieldgate.cli.{COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        found.short_help = t(COMMANDS[cmd_name][1])
        found.epilog = _examples(cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command as the workspace to open."""
        if args and args[0] not in COMMANDS:
            from fieldgate.cli.screen import open_command  # only the commands that are called are loaded

            return "open", open_command, args
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without loading them."""
        del ctx
        with formatter.section(t("Commands")):
            formatter.write_dl([(name, t(words)) for name, (_, words) in COMMANDS.items() if name not in HIDDEN])
        with formatter.section(t("Exit status")):
            formatter.write_dl([(status, t(words)) for status, words in EXIT_STATUSES.items()])


def _examples(name: str) -> str | None:
    lines = EXAMPLES.get(name)
    return "\b\n" + t("Examples:") + "\n" + "\n".join(f"  {line}" for line in lines) if lines else None


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True, "max_content_width": 100},
    help=t(
        "fieldgate PATH opens a workspace on the screen: a .fieldgate file, or a folder that holds workspace.md. "
        "Without PATH it opens the one used last. PATH may be left out of every command; it is taken as one if it "
        "holds a /, ends in .fieldgate or .zip, or names a folder with workspace.md. -w PATH always works, and "
        "nothing behind -- is a path."
    ),
)
@click.version_option(__version__, prog_name="fieldgate")
@click.pass_context
def program(ctx: click.Context, /, **_: Any) -> None:
    """Open the workspace used last when no command is named."""
    if ctx.invoked_subcommand is None:
        from fieldgate.cli.screen import open_command  # as above

        ctx.invoke(open_command, words=(), workspace=None, today=None)
