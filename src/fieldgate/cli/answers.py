"""ASK=VALUE: the answers to a move's questions, as words of a call."""

from collections.abc import Mapping, Sequence
from datetime import date

from fieldgate.cli.grammar import read_input, whole_text
from fieldgate.domain.moves.ask import Ask
from fieldgate.domain.moves.move import Move
from fieldgate.domain.snapshot import Snapshot
from fieldgate.errors import UsageError
from fieldgate.words import t
from fieldgate.workspace.days import read_day
from fieldgate.workspace.naming import Finder, find_record

_LOOKED_UP = frozenset({"note", "evidence", "check", "gate"})
"""Kinds that the rules know by id alone."""

_FIT = 12
"""Choices that are named in a line of help."""


def split_answers(words: Sequence[str]) -> dict[str, str]:
    """Return the name and the value of each word; a value that is `-` reads standard input.

    Raises:
        UsageError: A word has no `=`, or a name comes twice.
    """
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise UsageError(
                t("{word} is no answer.", word=word), t("Write NAME=VALUE, in quotes where VALUE has spaces."), word
            )
        if name in found:
            raise UsageError(t("{name} is answered twice.", name=name), where=name)
        found[name] = whole_text(read_input() if value == "-" else value)
    return found


def read_answers(
    move: Move, given: Mapping[str, str], finder: Finder, facts: Snapshot, today: date
) -> dict[str, object]:
    """Return answers as the rules take them: names whole, days as dates, notes and evidence by their ids.

    `customer` is short for `customer_id`; days may be typed as today, +7 or fri.

    Raises:
        UsageError: Nothing asks for a name; those that are asked for are named.
        NotFoundError: A note or a piece of evidence that is not there.
    """
    asks = {ask.name: ask for ask in move.asks}
    answers: dict[str, object] = {}
    for name, value in given.items():
        ask = asks.get(name) or asks.get(f"{name}_id")
        if ask is None:
            raise UsageError(
                t("{move} does not ask for {name}.", move=move.id, name=name),
                t("It asks for: {names}", names=", ".join(asks) or t("nothing")),
                name,
            )
        answers[ask.name] = _value(ask, value, finder, facts, today)
    return answers


def _value(ask: Ask, value: str, finder: Finder, facts: Snapshot, today: date) -> object:
    holds, _, kind = ask.holds.partition(":")
    if holds == "date" and value:
        return read_day(value, today) or value
    if holds in {"link", "links"} and kind in _LOOKED_UP and value:
        ids = [find_record(finder, facts, word).id for word in value.replace(",", " ").split()]
        return ids if holds == "links" else ids[0]
    return value


def ask_line(ask: Ask, options: Sequence[str], now: object) -> str:
    """Return an ask as a line of help: its name, what it is, what it may be, and what stands there if left out."""
    kind = "|".join(options) if 0 < len(options) <= _FIT else ask.holds.rpartition(":")[2]
    if now is not None:
        return t("{name}=  {words}: {kind} (now: {now})", name=ask.name, words=t(ask.words), kind=kind, now=now)
    if ask.required:
        return f"{ask.name}=  {t(ask.words)}: {kind}"
    return t("{name}=  {words}: {kind} (may be left out)", name=ask.name, words=t(ask.words), kind=kind)
