"""The agenda of a sync meeting: everything that both teams look at before they answer, worked out from the rules.

Standing answers. It lists the criteria with their proof, the key hypotheses with counts, confidence and the strongest
piece against each, untreated maybes, requirements that wait for a joint decision, what was set not applicable and
beliefs whose importance was lowered, each with its reason, the day of the decision and what would mean to stop. Open
questions and actions of earlier sync meetings come first. Neither team sees the other's answer before it gave its own;
a founder answers once for each team whose hat they wear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from fieldgate.domain.attendance import TEAMS, latest, members_at, teams_missing
from fieldgate.domain.ballot import answered, shown
from fieldgate.domain.beliefs import key_beliefs
from fieldgate.domain.evidence import strongest_contrary, tally
from fieldgate.domain.findings import code_order
from fieldgate.domain.gates import policy_of
from fieldgate.domain.maybes import Untreated, all_untreated
from fieldgate.domain.records.learning import Meeting, MeetingKind, Note, NoteKind, Proposal
from fieldgate.domain.records.people import Team
from fieldgate.domain.records.work import Action, ActionState, Requirement, RequirementState
from fieldgate.values import dataclass
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fieldgate.domain.evidence import Tally
    from fieldgate.domain.gates import GateReport
    from fieldgate.domain.records.history import Gate
    from fieldgate.domain.records.learning import Hypothesis
    from fieldgate.domain.records.people import Member
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.workspace.service import Workspace

_WAITING = (RequirementState.NEW, RequirementState.PARKED, RequirementState.CHECKING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """A key hypothesis with its counts and the words that speak most against it; empty where nothing does."""

    hypothesis: Hypothesis
    count: Tally
    contrary: str
    contrary_note_id: str
    contrary_strength: int
    heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hat:
    """Somebody who may still answer for a team."""

    team: Team
    member: Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """How the two teams answered. `answers` hides a team's answer until both have given theirs."""

    answers: Mapping[Team, bool | None]
    answered: frozenset[Team]
    hats: tuple[Hat, ...]
    absent: tuple[Team, ...]

    @property
    def open(self) -> bool:
        """Whether a team has still to answer."""
        return len(self.answered) < len(TEAMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What a sync meeting of the open gate looks at. `meeting` is None where none was entered yet."""

    report: GateReport
    meeting: Meeting | None
    ballot: Ballot | None
    objection: str
    beliefs: tuple[Belief, ...]
    untreated: tuple[Untreated, ...]
    requirements: tuple[Requirement, ...]
    lowered: tuple[Hypothesis, ...]
    questions: tuple[Note, ...]
    actions: tuple[Action, ...]

    @property
    def gate(self) -> Gate:
        """The open gate."""
        return self.report.gate


def agenda_of(workspace: Workspace) -> Agenda | None:
    """Return the agenda of the open gate's latest sync meeting; None when no gate is open."""
    report, facts, today = workspace.report(), workspace.facts, workspace.clock.today()
    if report is None:
        return None
    policy = policy_of(facts, workspace.playbook)
    meeting = sync_of(facts, report.gate)
    beliefs = key_beliefs(facts, policy, report.gate.step)
    sync = next(each for each in report.criteria if each.criterion.id.endswith(".sync"))
    return Agenda(
        report=report,
        meeting=meeting,
        ballot=ballot_of(facts, meeting) if meeting is not None and meeting.proposal is not None else None,
        objection=sync.text if sync.result == "unmet" else "",
        beliefs=tuple(_belief(workspace, each, report) for each in beliefs),
        untreated=tuple(all_untreated(facts, policy, today)),
        requirements=tuple(_requirements(workspace)),
        lowered=tuple(each for each in facts.hypotheses.values() if each.live and each.lowered_reason),
        questions=tuple(_questions(workspace, meeting)),
        actions=tuple(_actions(facts)),
    )


def new_sync(workspace: Workspace) -> dict[str, object]:
    """Return what stands at first in the form of a sync meeting: everybody active, and the proposal that is due.

    Where nothing but the agreement is missing it proposes to advance; anything else is for the founders to say.
    """
    report = workspace.report()
    missing = [each.criterion.id for each in report.unmet()] if report is not None else []
    ready = report is not None and missing == [f"{report.gate.step.value}.sync"]
    active = [each.id for each in workspace.facts.members.values() if each.live and each.active]
    proposal = {"proposal": Proposal.ADVANCE} if ready else {}
    return {"kind": MeetingKind.SYNC, "topic": t("Sync meeting"), "members": active, **proposal}


def sync_of(facts: Snapshot, gate: Gate) -> Meeting | None:
    """Return the latest sync meeting of a gate, planned ones included."""
    meetings = cast("list[Meeting]", facts.linked("meeting", "gate_id", gate.id))
    return latest(each for each in meetings if each.kind is MeetingKind.SYNC)


def ballot_of(facts: Snapshot, meeting: Meeting) -> Ballot:
    """Return what may be seen of a ballot: a team's answer only when both have answered."""
    done = answered(meeting)
    hats = [
        Hat(team=team, member=member)
        for team in TEAMS
        if team not in done
        for member in members_at(facts, meeting)
        if member.team in {team, Team.BOTH}
    ]
    return Ballot(
        answers=shown(meeting),
        answered=done,
        hats=tuple(hats),
        absent=teams_missing(facts, meeting),
    )


def _belief(workspace: Workspace, belief: Hypothesis, report: GateReport) -> Belief:
    facts = workspace.facts
    piece = strongest_contrary(facts, belief)
    note = workspace.record("note", piece.note.id) if piece is not None else None
    return Belief(
        hypothesis=belief,
        count=tally(facts, belief, policy_of(facts, workspace.playbook)),
        contrary=note.text if isinstance(note, Note) else "",
        contrary_note_id=note.id if note is not None else "",
        contrary_strength=piece.evidence.strength if piece is not None else 0,
        heard=all(each.hypothesis_id != belief.id for each in report.unheard),
    )


def _requirements(workspace: Workspace) -> Iterator[Requirement]:
    """Requirements that wait for a joint decision, those put on the list first; read whole."""
    found = [each for each in workspace.facts.requirements.values() if each.live and each.state in _WAITING]
    for each in sorted(found, key=lambda each: (not each.to_sync, code_order(each.code))):
        whole = workspace.record("requirement", each.id)
        if isinstance(whole, Requirement):
            yield whole


def _questions(workspace: Workspace, current: Meeting | None) -> Iterator[Note]:
    """Open questions of sync meetings, oldest first.

    Those of a ballot that is not over are left out: the reason for a no would show it.
    """
    hidden = current.id if current is not None and len(answered(current)) < len(TEAMS) else ""
    for note in sorted(workspace.facts.notes.values(), key=lambda each: (each.said_on, each.code)):
        meeting = workspace.facts.meetings.get(note.meeting_id or "")
        is_question = note.live and note.kind is NoteKind.QUESTION and note.triaged_at is None
        if is_question and meeting is not None and meeting.kind is MeetingKind.SYNC and meeting.id != hidden:
            whole = workspace.record("note", note.id)
            if isinstance(whole, Note):
                yield whole


def _actions(facts: Snapshot) -> Iterator[Action]:
    """Open actions of sync meetings, those due first first."""
    for action in sorted(facts.actions.values(), key=lambda each: (each.due, code_order(each.code))):
        meeting = facts.meetings.get(action.meeting_id or "")
        is_open = action.live and action.state is ActionState.OPEN
        if is_open and meeting is not None and meeting.kind is MeetingKind.SYNC:
            yield action
