"""versions: all that ever stood in the file of a record. Having one back is `restore CODE NUMBER`."""

from typing import TYPE_CHECKING

import click

from fieldgate.cli.acting import acting, tell_done
from fieldgate.cli.call import Call, command
from fieldgate.cli.layout import Column, say_table
from fieldgate.cli.output import say, say_json, tell
from fieldgate.errors import UsageError
from fieldgate.words import t
from fieldgate.workspace.earlier import Earlier, earlier_of, numbered
from fieldgate.workspace.naming import find_record

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORM = ("CODE", "NUMBER")


@click.command(name="versions")
@command(words="CODE [NUMBER]")
def versions_command(call: Call) -> None:
    """All contents that a record ever had, newest first; with NUMBER, what stood in its file then."""
    if not call.words or len(call.words) > len(_FORM):
        raise UsageError(t("Which record?"), t("Form: fieldgate versions [PATH] CODE [NUMBER]"))
    with acting(call) as workspace:
        named = find_record(workspace.store, workspace.facts, call.words[0])
        if len(call.words) > 1:
            listed = [numbered(workspace.store, named.id, number_of(call.words[1]))]
        else:
            listed = earlier_of(workspace.store, named.id)
    if call.as_json:
        say_json(
            {"kind": named.kind, "id": named.id, "count": len(listed), "versions": [_data(each) for each in listed]}
        )
    elif len(call.words) > 1:
        say(listed[0].text.rstrip("\n"))
    else:
        _say_all(listed)
        tell(t("One whole: fieldgate versions CODE NUMBER. Have it back: fieldgate restore CODE NUMBER"))


def number_of(word: str) -> int:
    """Return the number of a version.

    Raises:
        UsageError: It is none.
    """
    if word.isascii() and word.isdecimal():
        return int(word)
    raise UsageError(
        t("{word} is no number of a version.", word=word), t("`fieldgate versions CODE` lists them."), word
    )


def bring_back(call: Call) -> None:
    """Give a record the content that it had before."""
    code, number = call.words
    wanted = number_of(number)
    with acting(call) as workspace:
        named = find_record(workspace.store, workspace.facts, code)
        before = workspace.report()
        state = workspace.bring_back([(named.kind, numbered(workspace.store, named.id, wanted))])
        tell_done(workspace, call, state, before)


def _say_all(listed: "Sequence[Earlier]") -> None:
    heads = (Column(t("no."), 4), Column(t("kept (UTC)"), 16), Column(t("who"), 10), Column(t("what it says")))
    rows = [
        (f"{each.number}{'*' if each.is_current else ''}", f"{each.kept_at:%Y-%m-%d %H:%M}", each.by, each.first_line)
        for each in listed
    ]
    say_table(heads, rows)


def _data(each: Earlier) -> dict[str, object]:
    return {
        "number": each.number,
        "kept_at": each.kept_at,
        "by": each.by,
        "at": each.at,
        "current": each.is_current,
        "text": each.text,
    }
