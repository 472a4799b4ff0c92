"""The meetings, newest first: interviews, syncs, visits; opened, each reads as its minutes."""

from typing import cast

from fieldgate.domain.listing import ListRow, MeetingRow, View
from fieldgate.ui.pane import ListPane
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.signs import PROPOSALS, day_text
from fieldgate.words import mark, t
from fieldgate.workspace.state import State


class MeetingsPane(ListPane):
    """All meetings of both teams, with customers and with each other."""

    VIEW = View.MEETINGS
    NAME = mark("Meetings")
    EMPTY = mark("No meetings yet. Interviews, visits and sync meetings stand here, each with its minutes.")

    HELP = mark(
        "Interviews, visits, syncs. Opened, a meeting reads as its minutes. ● has notes that wait for triage. In a "
        "sync meeting both teams agree to advance, pivot or stop."
    )

    def row_of(self, row: ListRow, state: State) -> Row:
        """Day, kind and with whom, then the topic, then notes and what was proposed."""
        meeting = cast("MeetingRow", row)
        kind = next((t(each.title) for each in state.playbook.meeting_kinds if each.id == meeting.kind), meeting.kind)
        when = " ".join(each for each in (day_text(meeting.date, state.today), meeting.start or "") if each)
        head = " · ".join(each for each in (f"{meeting.code} {when}", kind, meeting.customer) if each)
        facts = [t("{n} notes", n=meeting.notes)]
        if meeting.waiting:
            facts.append(t("{n} untriaged", n=meeting.waiting))
        if meeting.proposal:
            facts.append(_ballot(meeting))
        if meeting.date > state.today.isoformat():
            facts.append(t("to come"))
        else:
            facts.append(t("minutes shared") if meeting.shared else t("minutes not shared"))
        if meeting.conflict:
            facts.append(t("! conflict"))
        glyph = "●" if meeting.waiting else " "
        return Row(meeting.id, (head, meeting.topic, " · ".join(facts)), glyph=glyph, strong=True)


def _ballot(meeting: MeetingRow) -> str:
    """Say what was proposed, and how both teams answered."""
    # Each team answers before it sees the other's answer.
    both = meeting.agree_custdev is not None and meeting.agree_proddev is not None
    given = (meeting.agree_custdev, meeting.agree_proddev) if both else (None, None)
    sides = ((t("customer side"), given[0]), (t("product side"), given[1]))
    answers = [f"{name} {'·' if answer is None else '✓' if answer else '✗'}" for name, answer in sides]
    proposal = t(PROPOSALS.get(meeting.proposal or "", meeting.proposal or ""))
    return " ".join((t("proposed: {what}", what=proposal), *answers))
