"""The hypotheses: each with its state in glyph and word, and how many customers speak for and against it."""

from typing import cast

from fieldgate.domain.listing import HypothesisRow, ListRow, View
from fieldgate.ui.pane import ListPane
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.signs import HYPOTHESIS_STATES
from fieldgate.words import mark, t
from fieldgate.workspace.state import State

VERDICTS = {
    "supported": mark("→ supported"),
    "refuted": mark("→ refuted"),
    "decide": mark("! decide"),
}


class HypothesesPane(ListPane):
    """Beliefs, by code."""

    VIEW = View.HYPOTHESES
    NAME = mark("Hypotheses")
    EMPTY = mark("No hypotheses yet. A hypothesis is a belief, written so that it can turn out false.")

    HELP = mark(
        "Beliefs about customers, problem, product and money. Each is ✓ supported, ? testing, ✗ refuted, · draft or "
        "× retired. For and against count customers with a firm answer, each once; a maybe is anything softer."
    )

    def row_of(self, row: ListRow, state: State) -> Row:
        """Title is the code and the state, then the belief, then the counts."""
        belief = cast("HypothesisRow", row)
        sign = HYPOTHESIS_STATES[belief.state]
        name = f"{belief.code} {sign.text}"
        head = [name, *([t("key")] if belief.importance >= _key_importance(state) else [])]
        if belief.shaken:
            head.append(t("shaken"))
        elif belief.verdict in VERDICTS:
            head.append(t(VERDICTS[belief.verdict]))
        if belief.conflict:
            head.append(t("! conflict"))
        settled = belief.state == "retired"
        return Row(belief.id, (" · ".join(head), belief.statement, counts(belief)), strong=not settled, dim=settled)


def _key_importance(state: State) -> int:
    """From which importance on a belief is key; the kept summary knows it before the playbook is read."""
    return state.summary.key_importance if state.summary else state.playbook.policy.key_importance


def counts(belief: HypothesisRow) -> str:
    """Say how many customers speak for and against a belief."""
    if not belief.yes + belief.no + belief.maybe:
        return t("nobody was asked yet")
    told = []
    if belief.yes + belief.no:
        told += [t("{n} yes", n=belief.yes), t("{n} no", n=belief.no)]
    if belief.maybe:
        told.append(t("{n} maybe", n=belief.maybe))
    if not belief.yes + belief.no:
        told.append(t("no firm answer"))
    return " · ".join(told)
