"""What every command is called with: the workspace, the day, who acts, and how to answer."""

import functools
import os
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from fieldgate.cli.grammar import split_path
from fieldgate.errors import UsageError
from fieldgate.locations import Locations
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import Target, find_path, inspect

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a command, with PATH told apart from its other words."""

    path: str | None
    words: tuple[str, ...]
    clock: Clock
    locations: Locations
    as_json: bool
    author: str | None
    as_is: bool = False
    """Leave what is new in the shared folder for later."""
    no_sync: bool = False
    """Leave the shared folder as it is after writing."""

    def target(self) -> Target:
        """Return the workspace that is meant."""
        return inspect(find_path(self.path, self.locations), self.locations)

    def no_words(self, name: str) -> None:
        """Refuse words behind the workspace, for the command of that name."""
        if self.words:
            form = t("Form: fieldgate {name} [PATH]", name=name)
            raise UsageError(t("{word} is no workspace.", word=self.words[0]), form, self.words[0])

    def one_word(self, what: str) -> str:
        """Return the one word that the command takes.

        Raises:
            UsageError: There is none, or there are more.
        """
        if len(self.words) != 1:
            raise UsageError(
                t("One {what} is wanted here, not {n}.", what=what, n=len(self.words)),
                t("`fieldgate COMMAND --help` shows the form."),
            )
        return self.words[0]


def command(
    *, words: str = "", path: str = "[PATH]", writes: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the words and options that all have, and hand it a Call.

    Args:
        words: How the words after PATH are named in the help, such as CODE or KIND.
        path: How PATH is named in the help; empty where the command takes none.
        writes: Whether it changes records, so that it asks who acts.
    """

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(**given: Any) -> Any:
            literal = click.get_current_context().find_object(dict) or {}
            path, rest = split_path(given.pop("words"), literal.get("literal", 0), given.pop("workspace"))
            call = Call(
                path=path,
                words=tuple(rest),
                clock=Clock(given.pop("today")),
                locations=Locations.find(),
                as_json=given.pop("as_json", False),
                author=given.pop("as_handle", None) or os.environ.get("FIELDGATE_AUTHOR") or None,
                as_is=given.pop("as_is", False),
                no_sync=given.pop("no_sync", False),
            )
            return function(call, **given)

        return _with_options(run, f"{path} {words}".strip(), writes=writes)

    return wrap


def read_day(_context: click.Context | None, _parameter: click.Parameter | None, text: str | None) -> date | None:
    """Read a day as an option gives it: 2026-03-16."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as why:
        raise UsageError(t("{text} is no day.", text=text), t("Write it as 2026-03-16."), "--today") from why


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    from fieldgate.cli.completing import complete_words  # only a shell that completes wants it

    return complete_words(context, parameter, incomplete)


def _with_options(function: Callable[..., Any], shown: str, *, writes: bool) -> Callable[..., Any]:
    function = click.argument("words", nargs=-1, metavar=shown, shell_complete=_complete)(function)
    function = click.option("-w", "--workspace", metavar="PATH", help=t("The workspace, however PATH looks."))(function)
    function = click.option("--json", "as_json", is_flag=True, help=t("Answer as JSON."))(function)
    function = click.option(
        "--today", callback=read_day, metavar="DATE", help=t("Pretend that today is this day, as in 2026-03-16.")
    )(function)
    as_is = t("Leave what is new in the shared folder for later.")
    function = click.option("--as-is", is_flag=True, help=as_is)(function)
    if writes:
        no_sync = t("Leave the shared folder as it is.")
        function = click.option("--no-sync", is_flag=True, help=no_sync)(function)
        function = click.option("--as", "as_handle", metavar="HANDLE", help=t("Who of the members acts."))(function)
    return function
