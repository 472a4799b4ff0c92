"""The actions: what is to be done, by whom and by which day."""

from typing import cast

from fieldgate.domain.listing import ActionRow, ListRow, View
from fieldgate.ui.pane import ListPane
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.signs import ACTION_STATES, day_text, sign_of
from fieldgate.words import mark, t
from fieldgate.workspace.state import State


class ActionsPane(ListPane):
    """Open actions by day first, then what was done or dropped."""

    VIEW = View.ACTIONS
    NAME = mark("Actions")
    EMPTY = mark("No actions yet. An action has one person and one day.")
    LINES = 2

    HELP = mark(
        "What is to be done, open ones by day first. ! is overdue. A chase asks a customer to turn a maybe into an "
        "answer."
    )

    def row_of(self, row: ListRow, state: State) -> Row:
        """What is to be done, then day, person, and what it belongs to."""
        action = cast("ActionRow", row)
        sign = sign_of(ACTION_STATES, action.state)
        is_open = action.state == "open"
        late = is_open and action.due < state.today.isoformat()
        due = t("due {day}", day=day_text(action.due, state.today))
        facts = [f"{action.code} {sign.text}", t("overdue, {due}", due=due) if late else due]
        facts.append(action.owner or t("nobody named"))
        if action.chase:
            facts.append(t("chase"))
        if action.milestone:
            facts.append(t("milestone"))
        if action.about.strip():
            facts.append(action.about.strip())
        if action.conflict:
            facts.append(t("! conflict"))
        glyph = "!" if late else sign.glyph
        return Row(action.id, (action.text, " · ".join(facts)), glyph=glyph, strong=is_open, dim=not is_open)
