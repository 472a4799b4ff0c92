"""What can be done with a meeting: write it down, share its minutes, and in a sync vote with two hats.

A sync meeting belongs to the open gate; proposal and agreements stand on sync meetings only. Each
team answers yes or no, once; a founder who is both answers once per hat. A no has a reason, which becomes an open
question in the minutes. A new proposal is voted on afresh. A team of which nobody took part cannot answer, nor can a
meeting that is still to come be voted in.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from fieldgate.domain.attendance import teams_missing
from fieldgate.domain.changes import Act, Change, Create
from fieldgate.domain.gates import open_gate
from fieldgate.domain.moves.ask import Answers, Ask, Choice, refusal
from fieldgate.domain.moves.choices import choices, word_of
from fieldgate.domain.moves.editing import edit_move, filled
from fieldgate.domain.moves.fields import asked, current, stored
from fieldgate.domain.moves.making import new_note
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.shelf import archive_move, restore_move, snooze_move
from fieldgate.domain.records.learning import Meeting, MeetingKind, NoteKind, Proposal
from fieldgate.domain.records.people import Team
from fieldgate.domain.records.record import Record
from fieldgate.words import mark, t

SYNC = MeetingKind.SYNC


def _create(scene: Scene[Record], answers: Answers) -> Act:
    values = filled("meeting", stored(answers, answers.values))
    gate = open_gate(scene.facts)
    if values["kind"] is SYNC:
        if gate is None:
            raise refusal(t("A sync meeting belongs to an open gate, and none is open."), where="kind")
        values["gate_id"] = gate.id
    elif values["proposal"] is not None:
        raise refusal(t("Only a sync meeting carries a proposal."), where="proposal")
    made = Meeting(**scene.stamp(), code=scene.codes("meeting")[0], **values)
    return Act(action="create", changes=(Create(made),), words=t("{name} written", name=made.code))


def _guard_edit(scene: Scene[Meeting], values: dict[str, Any], answers: Answers) -> Iterable[str]:
    del answers
    old = scene.record
    new_kind = values.get("kind", old.kind)
    if new_kind is old.kind:
        return
    gate = open_gate(scene.facts)
    if old.kind is SYNC and old.proposal is not None:
        yield t("{name} carries a proposal and stays a sync meeting.", name=scene.name)
    elif new_kind is not SYNC:
        values["gate_id"] = None
    elif gate is None:
        yield t("A sync meeting belongs to an open gate, and none is open.")
    else:
        values["gate_id"] = gate.id


def _open_sync(scene: Scene[Meeting]) -> Iterable[str]:
    if scene.record.kind is not SYNC:
        yield t("{name} is no sync meeting.", name=scene.name)
        return
    gate = scene.facts.gates.get(scene.record.gate_id or "")
    if gate is None or not gate.live or not gate.open:
        yield t("The gate of {name} is not open any more: hold a new sync meeting.", name=scene.name)


def _propose(scene: Scene[Meeting], answers: Answers) -> Act:
    proposal = answers["proposal"]
    if proposal is scene.record.proposal:
        raise refusal(t("{name} proposes that already.", name=scene.name), where="proposal")
    edit = scene.edit(proposal=proposal, agree_custdev=None, agree_proddev=None, agree_reason=None)
    shown = word_of(proposal) if proposal else t("nothing")
    return Act(action="update", changes=(edit,), words=t("{name} proposes {what}", name=scene.name, what=shown))


def _cannot_vote(scene: Scene[Meeting]) -> Iterable[str]:
    yield from _open_sync(scene)
    if scene.record.kind is not SYNC:
        return
    if scene.record.proposal is None:
        yield t("{name} needs a proposal to vote on.", name=scene.name)
    if scene.record.date > scene.today:
        yield t("{name} is planned for {day}: vote when it is held.", name=scene.name, day=scene.record.date)


def _vote(scene: Scene[Meeting], answers: Answers) -> Act:
    team, agrees, reason = Team(answers["team"]), answers["agree"], answers["reason"]
    lacking = tuple(_not_counted(scene, team, reason, agrees=agrees))
    if lacking:
        raise refusal(*lacking, where=scene.name)
    values: dict[str, object] = {f"agree_{team.value}": agrees}
    changes: list[Change] = []
    if not agrees:
        reasons = (scene.record.agree_reason, reason)
        values["agree_reason"] = "\n".join(each for each in reasons if each)
        open_question = new_note(scene, reason, scene.record.date, kind=NoteKind.QUESTION, meeting_id=scene.record.id)
        changes.append(Create(open_question))
    told = {"name": scene.name, "team": word_of(team), "answer": t("yes") if agrees else t("no")}
    words = t("{name}: {team} says {answer}", **told)
    return Act(action="update", changes=(scene.edit(**values), *changes), words=words)


def _not_counted(scene: Scene[Meeting], team: Team, reason: str | None, *, agrees: bool) -> Iterable[str]:
    if getattr(scene.record, f"agree_{team.value}") is not None:
        yield t(
            "{team} has answered in {name}: to ask again, hold a new sync meeting.", team=word_of(team), name=scene.name
        )
    if team in teams_missing(scene.facts, scene.record):
        yield t("Nobody of {team} took part in {name}: add who did.", team=word_of(team), name=scene.name)
    if not agrees and reason is None:
        yield t("A no needs its reason: it becomes an open question.")


def _share(words: str) -> Callable[[Scene[Meeting], Answers], Act]:
    def change(scene: Scene[Meeting], answers: Answers) -> Act:
        del answers
        edit = scene.edit(shared_at=scene.occasion.now)
        return Act(action="update", changes=(edit,), words=t(words, name=scene.name))

    return change


def _not_held(scene: Scene[Meeting]) -> Iterable[str]:
    if scene.record.date > scene.today:
        yield t("{name} is planned for {day}: there are no minutes yet.", name=scene.name, day=scene.record.date)


def _me(scene: Scene[Record]) -> object:
    return (scene.author.id,) if scene.author else ()


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"meeting.{verb}", kind="meeting", label=label, changes=changes, **more)


def _is_sync(scene: Scene[Meeting]) -> bool:
    return scene.record.kind is SYNC


_DEFAULTS: dict[str, Callable[[Scene[Any]], object]] = {
    "kind": lambda _: MeetingKind.INTERVIEW,
    "date": lambda scene: scene.today,
    "members": _me,
    "body": lambda _: "",
}
_PROPOSAL = Ask(
    name="proposal",
    words=mark("proposal"),
    holds="choice",
    enum=Proposal,
    choices=choices(Proposal),
    required=False,
)
_NEW = (*(replace(ask, default=_DEFAULTS.get(ask.name)) for ask in asked("meeting")), _PROPOSAL)
_TEAMS = (Choice("custdev", mark("Customer Development")), Choice("proddev", mark("Product Development")))
_BALLOT = (
    Ask(name="team", words=mark("for which team"), holds="choice", choices=_TEAMS),
    Ask(name="agree", words=mark("does the team agree"), holds="yesno"),
    Ask(name="reason", words=mark("reason for a no"), holds="lines", required=False),
)

MEETING_MOVES: tuple[Move, ...] = (
    Move(id="meeting.create", kind="workspace", label=mark("New meeting"), asks=_NEW, changes=_create),
    _move(
        "propose",
        mark("Propose"),
        _propose,
        asks=(replace(_PROPOSAL, default=current("proposal")),),
        lacks=_open_sync,
        concerns=_is_sync,
    ),
    _move("vote", mark("Answer for a team"), _vote, asks=_BALLOT, lacks=_cannot_vote, concerns=_is_sync),
    _move("shared", mark("Shared"), _share(mark("minutes of {name} shared")), letter="D", lacks=_not_held),
    _move("export", mark("Export now"), _share(mark("minutes of {name} exported")), letter="X", lacks=_not_held),
    _move("not_needed", mark("Not needed"), _share(mark("minutes of {name} not needed")), letter="N", lacks=_not_held),
    edit_move("meeting", _guard_edit),
    snooze_move("meeting"),
    archive_move("meeting"),
    restore_move("meeting"),
)
