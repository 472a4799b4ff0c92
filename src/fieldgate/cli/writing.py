"""Commands that write one thing: note, link, add, set."""

from typing import TYPE_CHECKING

import click

from fieldgate.cli.acting import acting, do
from fieldgate.cli.answers import read_answers, split_answers
from fieldgate.cli.call import Call, command
from fieldgate.cli.grammar import joined_text
from fieldgate.cli.kind_words import kind_named
from fieldgate.domain.moves.catalog import MOVES
from fieldgate.errors import UsageError
from fieldgate.words import t
from fieldgate.workspace.capture import split_mark
from fieldgate.workspace.naming import find_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldgate.workspace.service import Workspace

STANCES = ("yes", "no", "maybe")
_LINK_WORDS = (3, 4)


@click.command(name="note")
@command(words="TEXT", writes=True)
@click.option("--mark", metavar="LETTER", help=t("How it was said, as `p:` before the text says it too."))
@click.option("--meeting", metavar="M12", help=t("The meeting; without it, today's only interview."))
@click.option("--customer", metavar="C3", help=t("Who said it; without it, the customer of the meeting."))
@click.option("--kind", metavar="KIND", help=t("observation, decision, question or view."))
@click.option("--on", metavar="DAY", help=t("The day it was said; without it, the day of the meeting."))
def note_command(call: Call, **given: str | None) -> None:
    """Keep a sentence that was said; prints its code. `-` reads the text from standard input."""
    mark, text = None, joined_text(call.words, t("text of the note"))
    if given["mark"] is None:
        mark, text = split_mark(text)
    answers = {"text": text, "mark": given["mark"] or mark, "meeting": given["meeting"], "customer": given["customer"]}
    _create(call, "note.create", {**answers, "kind": given["kind"], "said_on": given["on"]})


@click.command(name="add")
@command(words="KIND FIELD=VALUE…", writes=True)
def add_command(call: Call) -> None:
    """Make a record of a kind; prints its code. `fieldgate add KIND` alone lists its fields."""
    if not call.words:
        raise UsageError(t("Which kind of record?"), t("Form: fieldgate add [PATH] KIND FIELD=VALUE…"))
    kind = kind_named(call.words[0])
    named = "touchpoint.add" if kind == "touchpoint" and _from_catalogue(call.words[1:]) else f"{kind}.create"
    if named not in MOVES:
        raise UsageError(
            t("A {kind} is not made by hand.", kind=kind), t("`fieldgate move CODE` shows what a record can do."), kind
        )
    if len(call.words) == 1:
        asked = ", ".join(each.name for each in MOVES[named].asks)
        raise UsageError(t("What of the {kind}?", kind=kind), t("It asks for: {names}", names=asked), kind)
    _create(call, named, split_answers(call.words[1:]))


@click.command(name="set")
@command(words="CODE FIELD=VALUE…", writes=True)
def set_command(call: Call) -> None:
    """Give fields of a record new values; FIELD= alone empties one."""
    if not call.words:
        raise UsageError(t("Which record?"), t("Form: fieldgate set [PATH] CODE FIELD=VALUE…"))
    given = split_answers(call.words[1:])
    with acting(call) as workspace:
        named = find_record(workspace.store, workspace.facts, call.words[0])
        move = MOVES[f"{named.kind}.edit"]
        if not given:
            asked = ", ".join(each.name for each in move.asks)
            raise UsageError(t("What of {code}?", code=call.words[0]), t("It asks for: {names}", names=asked))
        answers = read_answers(move, given, workspace.store, workspace.facts, call.clock.today())
        do(workspace, call, move.id, named.id, answers)


@click.command(name="link")
@command(words="NOTE HYPOTHESIS yes|no|maybe [STRENGTH]", writes=True)
def link_command(call: Call) -> None:
    """Say what a note speaks for: yes or no with a strength from 0 to 4, or maybe."""
    if len(call.words) not in _LINK_WORDS:
        raise UsageError(
            t("A note, a hypothesis and an answer are wanted here."),
            t("Form: fieldgate link [PATH] NOTE HYPOTHESIS yes|no|maybe [STRENGTH]"),
        )
    note, belief, stance, *strength = call.words
    if stance not in STANCES:
        raise UsageError(t("{word} is no answer: yes, no or maybe.", word=stance), where=stance)
    given = {"hypothesis": belief, "stance": stance, **({"strength": strength[0]} if strength else {})}
    with acting(call) as workspace:
        named = find_record(workspace.store, workspace.facts, note)
        if named.kind != "note":
            raise UsageError(t("{code} is a {kind}, not a note.", code=note, kind=named.kind), where=note)
        do(workspace, call, "note.evidence", named.id, given)


def _create(call: Call, move_id: str, given: "Mapping[str, str | None]") -> None:
    with acting(call) as workspace:
        do(workspace, call, move_id, None, _answers(workspace, call, move_id, given))


def _answers(
    workspace: "Workspace", call: Call, move_id: str, given: "Mapping[str, str | None]"
) -> "Mapping[str, object]":
    told = {name: value for name, value in given.items() if value is not None}
    return read_answers(MOVES[move_id], told, workspace.store, workspace.facts, call.clock.today())


def _from_catalogue(words: tuple[str, ...]) -> bool:
    """Whether a touchpoint is asked for by its code in the catalogue, not as a card of one's own."""
    known = {ask.name for ask in MOVES["touchpoint.add"].asks}
    return bool(words) and words[0].partition("=")[0] in known
