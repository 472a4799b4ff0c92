"""Commands about what was done: undo, redo, log."""

from typing import TYPE_CHECKING

import click

from fieldgate.cli.acting import acting, tell_done
from fieldgate.cli.call import Call, command
from fieldgate.cli.layout import Column, say_table
from fieldgate.cli.output import say, say_json
from fieldgate.errors import UsageError
from fieldgate.words import t
from fieldgate.workspace.naming import find_record

if TYPE_CHECKING:
    from fieldgate.store.log import Logged

LIMIT = 30


@click.command(name="undo")
@command(words="[ACT]", writes=True)
def undo_command(call: Call) -> None:
    """Take back the last act, or one by its number in the log."""
    number = _number(call)
    with acting(call) as workspace:
        before = workspace.report()
        state = workspace.undo(number)
        tell_done(workspace, call, state, before, t("Undone: {words}"))


@click.command(name="redo")
@command(writes=True)
def redo_command(call: Call) -> None:
    """Do again what was undone last."""
    if call.words:
        raise UsageError(t("redo takes no {word}.", word=call.words[0]))
    with acting(call) as workspace:
        before = workspace.report()
        state = workspace.redo()
        tell_done(workspace, call, state, before, t("Done again: {words}"))


@click.command(name="log")
@command(words="[CODE]")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=LIMIT, show_default=True, help=t("How many, newest first.")
)
def log_command(call: Call, *, limit: int) -> None:
    """What was done, newest first; with CODE, what happened to that record."""
    if len(call.words) > 1:
        raise UsageError(t("One code is wanted here, not {n}.", n=len(call.words)))
    with acting(call) as workspace:
        acts = workspace.store.acts(limit if not call.words else 1_000_000)
        if call.words:
            named = find_record(workspace.store, workspace.facts, call.words[0])
            wanted = {event.txn for event in workspace.store.history(named.id)}
            acts = [each for each in acts if each.txn in wanted][:limit]
    if call.as_json:
        rows = [
            {
                "act": each.txn, "at": each.at, "by": each.by, "action": each.action, "text": each.words,
                "undoes": each.undoes, "undone": each.undone, "may_be_undone": not (each.lasting or each.undone),
            }
            for each in acts
        ]  # fmt: skip
        say_json({"today": call.clock.today(), "count": len(rows), "acts": rows})
        return
    if not acts:
        say(t("Nothing was done yet."))
        return
    heads = (Column(t("act"), 5), Column(t("when (UTC)"), 16), Column(t("who"), 10), Column(t("what")))
    say_table(heads, [(str(each.txn), f"{each.at:%Y-%m-%d %H:%M}", each.by, _told(each)) for each in acts])


def _told(act: "Logged") -> str:
    text = act.words or act.action
    if act.depth:
        text = t("undone: {text}", text=text) if act.depth % 2 else t("done again: {text}", text=text)
    return f"{text} ×" if act.undone else text


def _number(call: Call) -> int | None:
    if not call.words:
        return None
    word = call.one_word(t("number of an act"))
    if not (word.isascii() and word.isdecimal()):
        raise UsageError(t("{word} is no number of an act.", word=word), t("`fieldgate log` lists them."), word)
    return int(word)
