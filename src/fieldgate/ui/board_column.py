"""A column of the board: the touchpoints in one state, each as a card."""

from collections.abc import Iterator
from typing import cast

from fieldgate.domain.listing import CardRow, ListRow, Scope, View
from fieldgate.ui.pane import ListPane
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.signs import CARD_STATES
from fieldgate.words import mark, t
from fieldgate.workspace.state import State

PHASES = {"FO": mark("Find out"), "BY": mark("Buy"), "US": mark("Use"), "LF": mark("For life")}
"""The phases as a card has room for them."""

HINTS_OF_BOARD = (
    "record.new",
    "record.edit",
    "board.right",
    "app.undo",
    "triage.start",
    "list.filter",
    "list.open",
    "record.moves",
    "board.phase_after",
    "board.map",
    "record.archive",
    "list.zoom",
    "list.mark",
)
"""Ids of the keys that the board offers, most used first."""


class BoardColumn(ListPane):
    """The touchpoints in one state."""

    VIEW = View.BOARD
    EMPTY = mark("Nothing here.")
    FILLS = ()
    HINTS = HINTS_OF_BOARD
    HELP = mark(
        "Moments in which a customer deals with us. To ask: nobody has answered its questions. Gap: an answer falls "
        "short. Fixing: somebody is on it. Ready: it holds, and is looked at again in time."
    )

    def __init__(self, column: str) -> None:
        sign = CARD_STATES[column]
        super().__init__(scope=Scope(state=column), id=f"column-{column}")
        self.column = column
        self._label = sign.words
        self._before = ""

    def lead(self, before: str) -> None:
        """Write something before the name: the leftmost open column carries the key of the view and the phase."""
        self._before = before
        if self.state is not None:
            self.set_title(self.titled(self.state))

    def heading(self, state: State) -> str:
        """Say what stands in the frame."""
        del state
        return f"{self._before}{t(self._label)} {self.count}"

    def row_of(self, row: ListRow, state: State) -> Row:
        """Title on two lines, then phase, function and what matters most."""
        card = cast("CardRow", row)
        del state
        phase = () if self.scope.phase else (t(PHASES.get(card.phase, card.phase)),)
        facts = " · ".join((*urgent_facts(card), *phase, card.function, *card_facts(card)))
        return Row(card.id, (card.title, facts), strong=card.escalated)


def urgent_facts(card: CardRow) -> Iterator[str]:
    """Say what cannot wait."""
    if card.conflict:
        yield t("! conflict")
    if card.escalated:
        yield t("! escalated")


def card_facts(card: CardRow) -> Iterator[str]:
    """Say what else matters of a card."""
    if card.owner:
        yield card.owner
    if card.found_by == "customer" and not card.escalated:
        yield t("a customer met it")
    if card.kpi_value is not None and card.kpi_target is not None:
        value = f"{number(card.kpi_value)} {card.kpi_unit or ''}".rstrip()
        yield t("{value} of {target}", value=value, target=number(card.kpi_target))
    if card.asked:
        yield t("{n} of {all} asked", n=card.answered, all=card.asked)


def number(value: float) -> str:
    """Return a number without needless zeros."""
    return f"{value:g}"
