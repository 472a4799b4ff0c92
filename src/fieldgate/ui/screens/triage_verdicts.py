"""What a letter means on an item: which verdict, what the screen answers by itself, and what is left to ask."""

from dataclasses import field
from typing import Literal

from fieldgate.ui.screens.triage_page import letter_of
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.triage_values import Option, known
from fieldgate.workspace.triage_view import CHORDS, SPEAKS, View

_AT_ONCE = frozenset({"check.yes", "check.no", "check.na"})
_WORDED = frozenset({"touchpoint.gap", "check.edit"})
"""Verdicts that may be taken without an answer, but are worth nothing without one."""

How = Literal["say", "strength", "form", "now"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a key leads to: say why not, wait for a strength, ask in a form, or decide now."""

    how: How
    words: str = ""
    option: Option | None = None
    given: dict[str, object] = field(default_factory=dict)


def verdict_of(view: View, letter: str, belief: str, *, several: bool = False) -> Verdict:
    """Read a letter.

    Args:
        view: The item on the screen.
        letter: What was pressed.
        belief: Id of the belief under the cursor.
        several: The note speaks to more beliefs after this one.
    """
    found = sorted((each for each in view.options if letter_of(each) == letter), key=lambda each: bool(each.missing))
    if view.item is None or view.item.kind == "gate" or not found:
        return Verdict(how="say", words=t("{key} does nothing here.", key=letter))
    option = found[0]
    if option.missing:
        return Verdict(how="say", words="\n".join(option.missing))
    given: dict[str, object] = {}
    if option.move.id in SPEAKS:
        if not belief:
            return Verdict(how="say", words=t("There is no belief yet that it could speak to: write one first."))
        given = {"hypothesis": belief, **({"more": "yes"} if several else {})}
    if option.move.id in CHORDS:
        return Verdict(how="strength", option=option, given=given)
    return completed(view, option, given)


def numbered(view: View, number: int) -> Verdict:
    """Read a number: the value of a conflict to take."""
    option = next((each for each in view.options if each.move.id.endswith(".settle")), None)
    if option is None or not 0 < number <= view.numbers:
        return Verdict(how="say", words=t("{key} does nothing here.", key=number))
    return Verdict(how="now", option=option, given={"number": number})


def completed(view: View, option: Option, given: dict[str, object]) -> Verdict:
    """Say whether a verdict can be taken with what is known, or has to be asked for the rest."""
    item, move = view.item, option.move
    answered = {*(known(item, move) if item else ()), *given}
    wanted = any(ask.required for ask in move.asks if ask.name not in answered)
    asks = move.id in _WORDED or (wanted and move.id not in _AT_ONCE)
    return Verdict(how="form" if asks else "now", option=option, given=given)


def snooze_of(view: View) -> Verdict:
    """Say whether an item can be put off."""
    option = next((each for each in view.options if each.move.id.endswith(".snooze")), None)
    if option is None:
        return Verdict(how="say", words=t("This kind cannot be put off: decide it, or skip it for now."))
    if option.missing:
        return Verdict(how="say", words="\n".join(option.missing))
    return Verdict(how="now", option=option)
