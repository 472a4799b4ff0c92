"""What the keys and the mouse do with cards of the board."""

from typing import TYPE_CHECKING

from fieldgate.domain.board import COLUMNS
from fieldgate.domain.records.journey import Touchpoint
from fieldgate.errors import FieldgateError
from fieldgate.ui.board_column import BoardColumn
from fieldgate.ui.screens.verbs import COLUMN_MOVES
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.screens.doing import ask, ask_at_once, make, say


def card_column(desk: "DeskScreen", record_id: str) -> str:
    """The column in which a card stands."""
    card = desk.state.reader.record("touchpoint", record_id) if desk.state else None
    return card.state.value if isinstance(card, Touchpoint) else ""


def shift(desk: "DeskScreen", by: int) -> None:
    kind, record_id = desk.at_hand
    column = card_column(desk, record_id) if kind == "touchpoint" else ""
    names = [each.value for each in COLUMNS]
    if column not in names:
        say(desk, t("Only cards of the board move between columns."))
        return
    place = names.index(column) + by
    if not 0 <= place < len(names):
        say(desk, t("The card stands in the last column on this side."))
        return
    # A ready card that falls short is a gap before somebody takes it.
    target = "gap" if (column, names[place]) == ("ready", "fixing") else names[place]
    make(desk, COLUMN_MOVES[target], record_id)


def rank(desk: "DeskScreen", by: int) -> None:
    kind, record_id = desk.at_hand
    if kind == "touchpoint" and record_id:
        ask_at_once(desk, "touchpoint.place", record_id, {"by": by})
    else:
        say(desk, t("Only cards of the board have an order of their own."))


def by_rule(desk: "DeskScreen") -> None:
    kind, record_id = desk.at_hand
    if kind == "touchpoint" and record_id:
        ask_at_once(desk, "touchpoint.by_rule", record_id, {})
    else:
        say(desk, t("Only columns of the board have an order of their own."))


def drop(desk: "DeskScreen", event: RecordList.Dropped) -> None:
    """A card was dragged to another column, or to another place in its own."""
    source = event.record_list
    if not isinstance(source, BoardColumn):
        return
    try:
        widget, _ = desk.get_widget_at(event.x, event.y)
    except FieldgateError:
        return
    if not isinstance(widget, BoardColumn):
        return
    if widget is not source:
        ask(desk, COLUMN_MOVES[str(widget.column)], event.id)
        return
    below, here = widget.number_at(event.y - widget.region.y), widget.position(event.id)
    if below is not None and here is not None and below != here:
        ask_at_once(desk, "touchpoint.place", event.id, {"by": below - here})
