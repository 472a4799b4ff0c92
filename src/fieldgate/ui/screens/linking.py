"""Linking a note to a hypothesis by a chord: the hypothesis, then y or n with 0-4, or m."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fieldgate.domain.records.learning import Hypothesis, HypothesisState
from fieldgate.ui.keys import BY_ID
from fieldgate.ui.messages import Done
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.doing import ask_at_once, open_by
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

_STRENGTHS = "01234"


def start(desk: "DeskScreen", note_id: str) -> None:
    """Ask which hypothesis a note speaks to, which way and how firmly, and write it."""

    def beliefs(opened: Any) -> Done:
        facts = opened.facts
        held = [each for each in facts.live("hypothesis") if isinstance(each, Hypothesis)]
        live = [each for each in held if each.state is not HypothesisState.RETIRED]
        live.sort(key=lambda each: (len(each.code), each.code))
        return Done([(each.id, f"{each.code} {each.statement}") for each in live])

    def show(found: Sequence[tuple[str, str]]) -> None:
        rows = [Row(belief_id, (label,)) for belief_id, label in found]

        def chosen(belief_id: str | None) -> None:
            if belief_id:
                _ask_stance(desk, note_id, belief_id, dict(found).get(belief_id, ""))

        desk.app.push_screen(ChooseScreen(t("Which belief does it speak to?"), rows), chosen)

    open_by(desk, beliefs, show)


def _ask_stance(desk: "DeskScreen", note_id: str, belief_id: str, label: str) -> None:
    items = [
        Item(value="yes", label=t("yes, then 0-4"), letter="y"),
        Item(value="no", label=t("no, then 0-4"), letter="n"),
        Item(value="maybe", label=t("maybe"), letter="m"),
    ]

    def chosen(stance: str | None) -> None:
        if stance == "maybe":
            _write(desk, note_id, belief_id, stance, "0")
        elif stance:
            _ask_strength(desk, note_id, belief_id, stance)

    desk.app.push_screen(MenuScreen(label, items), chosen)


def _ask_strength(desk: "DeskScreen", note_id: str, belief_id: str, stance: str) -> None:
    items = [
        Item(value=digit, label=f"{t(key.words)} · {t(key.help)}", letter=digit)
        for digit in _STRENGTHS
        for key in [BY_ID[f"strength.{digit}"]]
    ]

    def chosen(strength: str | None) -> None:
        if strength is not None:
            _write(desk, note_id, belief_id, stance, strength)

    desk.app.push_screen(MenuScreen(t("How firmly?"), items), chosen)


def _write(desk: "DeskScreen", note_id: str, belief_id: str, stance: str, strength: str) -> None:
    answers = {"hypothesis": belief_id, "stance": stance, "strength": strength}
    ask_at_once(desk, "note.evidence", note_id, answers)
