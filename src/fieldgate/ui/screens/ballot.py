"""The ballot of a sync meeting: a form asks one hat of one founder, so that each team answers before it sees the other's.

What is typed is kept as a draft of that hat.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fieldgate.domain.records.people import Team
from fieldgate.errors import FieldgateError
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.asking import Drafts, open_form
from fieldgate.ui.screens.form import Send
from fieldgate.ui.screens.holding import hold
from fieldgate.ui.screens.paper import PaperScreen
from fieldgate.words import mark, t
from fieldgate.workspace.agenda import agenda_of
from fieldgate.workspace.forms import Form, form_of
from fieldgate.workspace.news import news_of

if TYPE_CHECKING:
    from datetime import date

    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

VOTE = "meeting.vote"
TEAMS = {Team.CUSTDEV: mark("Customer Development"), Team.PRODDEV: mark("Product Development")}


def go_on(desk: "DeskScreen", hat: str) -> None:
    """Go on with an answer that was left half given: meeting, team and founder."""
    from fieldgate.ui.screens import sync  # it leads here

    _, team, handle = hat.split(" ", 2)
    sync.show(desk, lambda paper: vote(paper, desk.drafts, Team(team), handle))


def vote(paper: PaperScreen, drafts: Drafts, team: Team, handle: str) -> None:
    """Ask one founder for the answer of one team; it is written in that founder's name."""

    def gather(workspace: "Workspace") -> Done:
        agenda = agenda_of(workspace)
        meeting = agenda.meeting if agenda else None
        if meeting is None:
            return Done(None)
        form = form_of(workspace, VOTE, meeting.id)
        kept = tuple(each for each in form.questions if each.name != "team")
        member = next(each for each in workspace.facts.members.values() if each.handle == handle)
        words = t("{name} answers for {team}", name=member.name, team=t(TEAMS[team]))
        return Done((replace(form, title=f"{meeting.code} · {words}", questions=kept), workspace.clock.today()))

    def show_form(found: "tuple[Form, date] | None") -> None:
        if found is None:
            return
        form, today = found
        meeting_id = form.record_id or ""
        open_form(
            paper.app,
            paper.keymap,
            form,
            today=today,
            drafts=drafts,
            name=(VOTE, f"{meeting_id} {team.value} {handle}"),
            send=_sender(paper, meeting_id, team, handle),
        )

    hold(paper.app, gather, show_form, lambda error: paper.notify(error.message))


def _sender(paper: PaperScreen, meeting_id: str, team: Team, handle: str) -> Send:
    def send(answers: dict[str, object], back: Any) -> None:
        def job(workspace: "Workspace") -> Done:
            usual, before = workspace.author, workspace.judged
            workspace.act_as(handle)
            try:
                state = workspace.perform(VOTE, meeting_id, {**answers, "team": team.value})
            finally:
                workspace.act_as(usual)
            return Done(news_of(before, workspace.judged, None), state)

        def taken(words: str) -> None:
            back(None)
            paper.look()
            paper.notify("\n".join(each for each in (t("The answer is kept."), words) if each))

        def refused(error: FieldgateError) -> None:
            back(error)

        paper.post_message(JobRequested(job, taken, refused))

    return send
