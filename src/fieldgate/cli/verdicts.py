"""Verdicts as words of a call: the one that a letter or a name means, and its answers."""

from typing import TYPE_CHECKING

from fieldgate.cli.answers import read_answers
from fieldgate.errors import RefusedError
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.domain.triage.kind import Item
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.triage import Session
    from fieldgate.workspace.triage_values import Option


def letter_of(option: "Option") -> str:
    """The letter of a verdict; its name where it has none."""
    return option.letter or option.move.id.partition(".")[2]


def move_of(session: "Session", item: "Item", verdict: str) -> str:
    """Return the verdict that a letter or a name means: a legal one before one that lacks something.

    Raises:
        RefusedError: None of the verdicts of the item is called so; those that are offered are named.
    """
    options = session.options(item)
    named = [each for each in options if verdict in {each.letter, each.move.id.partition(".")[2]}]
    named.sort(key=lambda each: bool(each.missing))
    if not named:
        offered = ", ".join(f"{letter_of(each)} {each.label}" for each in options)
        raise RefusedError(
            t("{word} is no verdict here.", word=verdict), t("Verdicts: {offered}", offered=offered), item.id
        )
    return named[0].move.id


def answers_of(
    workspace: "Workspace", session: "Session", item: "Item", move_id: str, given: dict[str, str]
) -> dict[str, object]:
    """Return typed answers of a verdict from words; those of a move that is not offered stay words."""
    option = next((each for each in session.options(item) if each.move.id == move_id), None)
    if option is None:
        return dict(given)
    return read_answers(option.move, given, workspace.store, workspace.facts, workspace.clock.today())
