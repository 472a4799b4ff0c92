"""The sync meeting: what both teams look at, the proposal, and the ballot with its answers once both have given theirs."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from fieldgate.domain.evidence import Tally
from fieldgate.domain.findings import code_order
from fieldgate.domain.records.people import Team
from fieldgate.domain.wording import step_word
from fieldgate.ui.messages import AskRequested, Done, OpenRequested
from fieldgate.ui.screens.asking import Drafts
from fieldgate.ui.screens.ballot import TEAMS, VOTE, vote
from fieldgate.ui.screens.holding import hold
from fieldgate.ui.screens.menu import Item
from fieldgate.ui.screens.paper import PaperScreen, Sheet, show_paper
from fieldgate.ui.widgets.signs import HYPOTHESIS_STATES, PROPOSALS, REQUIREMENT_STATES, RESULTS, day_text, sign_of
from fieldgate.ui.widgets.spans import BLANK, Line, dim, label, line, link, quote, strong, warn
from fieldgate.words import t
from fieldgate.workspace.agenda import Agenda, Ballot, Belief, agenda_of, new_sync

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

GATE = ("gate", "")
"""How the paper closes towards the menu of the gate."""


def show(desk: "DeskScreen", then: "Callable[[PaperScreen], None] | None" = None) -> None:
    """Show the sync meeting of the open gate, and then what else is wanted over it."""
    from fieldgate.ui.screens import gate_menu  # it leads back here

    def left(place: tuple[str, str] | None) -> None:
        if place == GATE:
            gate_menu.show(desk)
        elif place is not None:
            desk.post_message(OpenRequested(*place))

    show_paper(desk.app, desk.keymap, sheet_of, left, partial(_do, desk.drafts), then=then)


def sheet_of(workspace: "Workspace") -> Sheet:
    """Write the agenda down."""
    agenda = agenda_of(workspace)
    if agenda is None:
        return Sheet(title=t("Sync meeting"), lines=[line(t("No gate is open, so there is nothing to agree on."))])
    today = workspace.clock.today()
    gate = agenda.gate
    step = t(workspace.playbook.step(gate.step).title)
    title = t("Sync meeting · {step}, round {n}", step=step, n=gate.round)
    lines = [
        *_head(agenda, today),
        *_section(t("Open since earlier sync meetings"), _carried(agenda, today)),
        *_section(_counted(agenda), _criteria(agenda)),
        *_section(t("Key beliefs"), (each for belief in agenda.beliefs for each in _belief(belief))),
        *_section(t("Mattered more when it was locked"), _lowered(agenda)),
        *_section(t("Maybes left untreated"), _maybes(agenda, workspace, today)),
        *_section(t("Requests that wait for a joint decision"), _requirements(agenda)),
    ]
    return Sheet(title=title, lines=lines, items=_items(agenda))


# What it says


def _head(agenda: Agenda, today: "date") -> Iterator[Line]:
    gate, meeting = agenda.gate, agenda.meeting
    due = t("! {day}, overdue", day=day_text(gate.decide_by, today)) if agenda.report.overdue else ""
    yield line(label(t("Decide by ")), warn(due) if due else day_text(gate.decide_by, today))
    empty = warn(t("not written yet: . writes what would mean to stop"))
    yield line(label(t("Stop if ")), gate.stop_if or empty, indent=8)
    if meeting is None:
        yield line(t("No sync meeting of this gate was entered yet: . holds one."))
        return
    name = f"{meeting.code} {meeting.topic}"
    yield line(label(t("Meeting ")), link(name, "meeting", meeting.id), dim(f" · {day_text(meeting.date, today)}"))
    if meeting.proposal is None or agenda.ballot is None:
        yield line(label(t("Proposal ")), t("none: a routine meeting"))
    else:
        yield line(label(t("Proposal ")), strong(t(PROPOSALS.get(meeting.proposal, meeting.proposal))))
        for team, name in TEAMS.items():
            yield line(label(f"  {t(name)} "), _answer(agenda.ballot, team))
        if meeting.agree_reason and not agenda.ballot.open:
            yield line(label(t("  Reason of the no ")), quote(meeting.agree_reason), indent=2)
    if agenda.objection:
        yield line(warn("✗ "), agenda.objection, indent=2)
        if agenda.ballot is not None and not agenda.ballot.open:
            yield line(dim(t("  To ask both teams again, hold a new sync meeting: .")), indent=2)
    if agenda.report.undecided is not None:
        words = t("The {step} gate was closed differently on two sides: decide that in triage before anything closes.",
                  step=step_word(agenda.report.undecided.step))  # fmt: skip
        yield line(warn("! "), words, indent=2)


def _answer(ballot: Ballot, team: Team) -> str:
    answer = ballot.answers.get(team)
    if answer is not None:
        return t("✓ yes") if answer else t("✗ no")
    if team in ballot.answered:
        return t("has answered; shown when both have")
    if team in ballot.absent:
        return t("nobody of this team takes part yet")
    return t("· has not answered yet")


def _counted(agenda: Agenda) -> str:
    report = agenda.report
    return t("Criteria: {met} of {total} met, {pct} %", met=report.met, total=report.total, pct=report.readiness)


def _criteria(agenda: Agenda) -> Iterator[Line]:
    order = {"unmet": 0, "na": 1, "met": 2}
    for each in sorted(agenda.report.criteria, key=lambda each: order[each.result]):
        sign = sign_of(RESULTS, each.result)
        said = t("does not apply: {reason}", reason=each.reason) if each.result == "na" else each.text
        yield line(f"{sign.text}  ", strong(t(each.criterion.title)), indent=2)
        yield line(dim(f"    {said}"), indent=4)


def _belief(belief: Belief) -> Iterator[Line]:
    hypothesis = belief.hypothesis
    sign = sign_of(HYPOTHESIS_STATES, hypothesis.state)
    name = f"{hypothesis.code} {hypothesis.statement}"
    yield line(link(name, "hypothesis", hypothesis.id), indent=4)
    yield line(dim(f"    {sign.text} · {counts_text(belief.count)}"), indent=4)
    if belief.contrary:
        heard = "" if belief.heard else t(" · not opened on this gate yet")
        against = t("    strongest against it, {n}: ", n=belief.contrary_strength)
        yield line(label(against), quote(belief.contrary), warn(heard), indent=4)
    else:
        yield line(dim(t("    nothing speaks against it yet")), indent=4)


def counts_text(count: Tally) -> str:
    """Say the counts of a belief with its confidence."""
    return t("{yes} yes, {no} no, {maybe} maybe · confidence {confidence}", yes=count.yes, no=count.no,
             maybe=count.maybe, confidence=f"{count.confidence:+.2f}")  # fmt: skip


def _lowered(agenda: Agenda) -> Iterator[Line]:
    for each in agenda.lowered:
        words = t("now {n}: {reason}", n=each.importance, reason=each.lowered_reason)
        yield line(link(f"{each.code} {each.statement}", "hypothesis", each.id), dim("  "), words, indent=4)


def _maybes(agenda: Agenda, workspace: "Workspace", today: "date") -> Iterator[Line]:
    for each in agenda.untreated:
        customer = workspace.facts.customers.get(each.standing.customer_id or "")
        who = f"{customer.code} {customer.name}" if customer else t("a note without a customer")
        target = ("customer", customer.id) if customer else ("note", each.standing.note_id)
        days = t("{n} days on {code}", n=each.age(today), code=each.hypothesis.code)
        yield line("? ", link(who, *target), dim("  "), days, indent=2)


def _requirements(agenda: Agenda) -> Iterator[Line]:
    for each in agenda.requirements:
        sign = sign_of(REQUIREMENT_STATES, each.state)
        first = strong(t("on the list  ")) if each.to_sync else dim("")
        text = " ".join(each.description.split())
        yield line(f"{sign.text}  ", first, link(f"{each.code} {text}", "requirement", each.id), indent=4)


def _carried(agenda: Agenda, today: "date") -> Iterator[Line]:
    for note in sorted(agenda.questions, key=lambda each: code_order(each.code)):
        yield line("? ", link(f"{note.code} {note.text}", "note", note.id), indent=2)
    for action in agenda.actions:
        who = action.owner or t("nobody yet")
        facts = dim(f"  {who} · {day_text(action.due, today)}")
        yield line("· ", link(f"{action.code} {action.text}", "action", action.id), facts, indent=2)


def _section(title: str, lines: Iterator[Line]) -> Iterator[Line]:
    found = list(lines)
    if found:
        yield BLANK
        yield line(strong(title))
        yield from found


# What can be done


def _items(agenda: Agenda) -> list[Item]:
    gate, meeting = agenda.gate, agenda.meeting
    items = []
    if meeting is not None:
        items = [
            *_ballot_items(agenda),
            Item(value=f"ask meeting.propose {meeting.id}", label=t("Propose"), letter="p"),
        ]
        items.append(Item(value=f"ask meeting.edit {meeting.id}", label=t("Change who took part, or the text")))
        items.append(Item(value=f"ask meeting.shared {meeting.id}", label=t("Minutes are shared"), letter="D"))
    items.append(Item(value="hold", label=t("Hold a new sync meeting of this gate"), letter="o"))
    if not gate.stop_if:
        items.append(Item(value=f"ask gate.edit {gate.id}", label=t("Write what would mean to stop"), letter="i"))
    items.append(Item(value="gate", label=t("Decide the gate: advance, pivot, stop, re-date"), letter="G"))
    return items


def _ballot_items(agenda: Agenda) -> Iterator[Item]:
    ballot = agenda.ballot
    if agenda.meeting is None or ballot is None:
        return
    for number, hat in enumerate(ballot.hats, 1):
        words = t("{name} answers for {team}", name=hat.member.name, team=t(TEAMS[hat.team]))
        yield Item(
            value=f"{VOTE} {hat.team.value} {hat.member.handle}",
            label=words,
            letter=str(number)[-1:],
        )


def _do(drafts: Drafts, paper: PaperScreen, value: str) -> None:
    what, _, rest = value.partition(" ")
    if what == VOTE:
        team, _, handle = rest.partition(" ")
        vote(paper, drafts, Team(team), handle)
    elif what == "ask":
        move_id, _, record_id = rest.partition(" ")
        paper.post_message(AskRequested(move_id, record_id))
    elif what == "hold":
        _hold(paper)
    else:
        paper.go(*GATE)


_NOT_IN_A_SYNC = frozenset({"kind", "customer_id", "others", "purpose", "theme"})
"""What a meeting with a customer is asked and a sync meeting is not."""


def _hold(paper: PaperScreen) -> None:
    """Ask for a new sync meeting: all of us take part, and it proposes what the gate waits for, until said otherwise."""

    def show_form(values: dict[str, object]) -> None:
        paper.post_message(AskRequested("meeting.create", "", values, _NOT_IN_A_SYNC))

    hold(paper.app, lambda workspace: Done(new_sync(workspace)), show_form, lambda error: paper.notify(error.message))
