"""The requirement log: one row for each thing that a customer's people asked for, in its ten columns."""

from typing import cast

from fieldgate.domain.listing import ListRow, RequirementRow, View
from fieldgate.ui.pane import ListPane
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.signs import REQUIREMENT_STATES, URGENCIES, day_text, sign_of
from fieldgate.ui.widgets.table_list import Column, TableList
from fieldgate.words import mark, t
from fieldgate.workspace.state import State

_SETTLED = frozenset({"confirmed", "declined", "duplicate"})
_COLUMNS = (
    (mark("#"), 3, 0),
    (mark("Category"), 8, 2),
    (mark("Problem"), 15, 7),
    (mark("Img"), 3, 0),
    (mark("Urgency"), 8, 0),
    (mark("Reported by"), 7, 2),
    (mark("At"), 6, 0),
    (mark("Follow-up"), 6, 1),
    (mark("Status"), 10, 0),
    (mark("Remarks"), 3, 3),
)
"""Heading, least cells and weight of the ten columns of the log, in the order in which it is exported."""


class RequirementsPane(ListPane, TableList):
    """Open requests first, the most urgent first, strategic accounts first."""

    VIEW = View.REQUIREMENTS
    NAME = mark("Requirements")
    EMPTY = mark("No requests yet. Whatever a customer's people ask for gets a row here.")
    LINES = 2

    HELP = mark(
        "The requirement log: number, product category, problem, screenshot (▲ when there is one), urgency, who "
        "reported it and when, who follows it up, status and remarks. What is settled stands below."
    )

    def __init__(self, *, number: int = 0, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(number=number, id=id, classes=classes)
        self.set_columns([Column(heading=t(name), least=least, weight=weight) for name, least, weight in _COLUMNS])

    def row_of(self, row: ListRow, state: State) -> Row:
        """Return a text for each of the ten columns."""
        asked = cast("RequirementRow", row)
        cells = (
            asked.code,
            asked.category or "",
            asked.description,
            "▲" if asked.screenshot else "",
            t(URGENCIES.get(asked.urgency, asked.urgency)),
            asked.reported_by or asked.customer or "",
            day_text(asked.reported_at, state.today),
            asked.follower or "",
            sign_of(REQUIREMENT_STATES, asked.state).text,
            asked.remarks or (t("! conflict") if asked.conflict else ""),
        )
        settled = asked.state in _SETTLED
        return Row(asked.id, cells, strong=asked.urgency == "critical" and not settled, dim=settled)
