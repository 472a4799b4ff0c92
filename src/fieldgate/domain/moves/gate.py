"""What can be done with a gate: hear what speaks against it, waive, advance, re-date, stop, re-open.

A gate closes by advance, pivot or stop and by nothing between; not yet is no outcome. Advance needs
every criterion met or waived, the strongest contrary piece of each key belief opened, and no other gate in conflict;
the others a sync meeting of this gate in which both teams agreed to it. What proves it is kept with the gate. It may
be re-dated once, by a sync that agreed to that, with a reason. After a stop only re-opening leads on: a new round.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from fieldgate.domain.attendance import is_joint_sync, latest
from fieldgate.domain.beliefs import key_beliefs
from fieldgate.domain.changes import Act, Change, Create, Edit
from fieldgate.domain.evidence import tally
from fieldgate.domain.gates import GateReport, evaluate_gate, live_gates, open_gate, undecided_gate
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.choices import choices, word_of
from fieldgate.domain.moves.editing import edit_move
from fieldgate.domain.moves.making import new_note, opened_gate
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.waivers import CRITERION, WAIVED, left_out, waived
from fieldgate.domain.records.history import Gate, Outcome, StopKind
from fieldgate.domain.records.learning import STEPS, Meeting, NoteKind, Proposal, Step
from fieldgate.domain.records.record import Record
from fieldgate.domain.wording import step_word
from fieldgate.words import mark, t


def report_of(scene: Scene[Gate]) -> GateReport:
    """What all criteria of the gate say now."""
    return evaluate_gate(scene.occasion.playbook, scene.facts, scene.record, scene.today)


def agreed_sync(scene: Scene[Gate], proposal: Proposal) -> Meeting | None:
    """The latest sync meeting of the gate in which both teams were there and agreed to a proposal."""
    meetings = cast("list[Meeting]", scene.facts.linked("meeting", "gate_id", scene.record.id))
    return latest(
        each
        for each in meetings
        if is_joint_sync(scene.facts, each, scene.today)
        and each.proposal is proposal
        and each.agree_custdev is True
        and each.agree_proddev is True
    )


def is_open(scene: Scene[Gate]) -> Iterable[str]:
    """Name what keeps anything from being decided on the gate."""
    gate = scene.record
    current = open_gate(scene.facts)
    if gate.outcome is not None:
        yield t("{name} is closed: {outcome}.", name=scene.name, outcome=t(gate.outcome.value))
    elif current is not None and current.id != gate.id:
        yield t("The gate of {step} comes first.", step=step_word(current.step))


def no_conflict(scene: Scene[Gate]) -> Iterable[str]:
    """Name the gate that two founders closed differently, until somebody decides."""
    undecided = undecided_gate(scene.facts)
    if undecided is not None:
        words = t(
            "The {step} gate was closed differently on two sides: decide that first.", step=step_word(undecided.step)
        )
        yield words


def agreed(proposal: Proposal) -> Callable[[Scene[Gate]], Iterable[str]]:
    """Make the test that both teams agreed to a proposal in a sync meeting of the gate."""

    def missing(scene: Scene[Gate]) -> Iterable[str]:
        yield from is_open(scene)
        if scene.record.outcome is not None:
            return
        yield from no_conflict(scene)
        if agreed_sync(scene, proposal) is None:
            yield t(
                "Hold a sync meeting of this gate with the proposal {what} and a yes of each team.",
                what=word_of(proposal),
            )

    return missing


def closing(scene: Scene[Gate], outcome: Outcome, meeting: Meeting | None, **values: object) -> Edit:
    """Close the gate with an outcome, and keep what the criteria and the numbers said."""
    return scene.edit(
        outcome=outcome,
        decided_at=scene.occasion.now,
        closed_on=scene.today,
        meeting_id=meeting.id if meeting else None,
        snapshot=_proof(scene, outcome),
        **values,
    )


def _proof(scene: Scene[Gate], outcome: Outcome) -> str:
    report = report_of(scene)
    beliefs = []
    for each in key_beliefs(scene.facts, scene.policy, scene.record.step):
        count = tally(scene.facts, each, scene.policy)
        told = {"yes": count.yes, "no": count.no, "maybe": count.maybe, "confidence": count.confidence}
        beliefs.append({"id": each.id, "code": each.code, "state": each.state.value, **told})
    criteria = [
        {"id": each.criterion.id, "kind": each.criterion.kind, "result": each.result, "text": each.text}
        for each in report.criteria
    ]
    proof = {
        "format": 1,
        "outcome": outcome.value,
        "decided_on": scene.today.isoformat(),
        "met": report.met,
        "total": report.total,
        "readiness": report.readiness,
        "criteria": criteria,
        "hypotheses": beliefs,
        "policy": scene.policy.to_map(),
    }
    return json.dumps(proof, ensure_ascii=False, sort_keys=True, indent=1)


def _cannot_advance(scene: Scene[Gate]) -> Iterable[str]:
    yield from is_open(scene)
    if scene.record.outcome is not None:
        return
    yield from no_conflict(scene)
    report = report_of(scene)
    for each in report.unmet():
        yield t("{title}: {text}", title=t(each.criterion.title), text=each.text)
    for piece in report.unheard:
        yield t("Open the strongest piece against {code} first.", code=piece.code)


def _advance(scene: Scene[Gate], answers: Answers) -> Act:
    changes: list[Change] = [closing(scene, Outcome.ADVANCE, agreed_sync(scene, Proposal.ADVANCE))]
    following = next_step(scene.record.step)
    if following is not None:
        changes += opened_gate(scene, following, answers["decide_by"], answers["stop_if"] or "", scene.record.id)
    words = t("{name} advanced", name=scene.name)
    return Act(action="gate", changes=tuple(changes), words=words)


def next_step(step: Step) -> Step | None:
    """The step after a step; none after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def _stop(scene: Scene[Gate], answers: Answers) -> Act:
    edit = closing(
        scene,
        Outcome.STOP,
        agreed_sync(scene, Proposal.STOP),
        reason=answers["reason"],
        stop_kind=answers["stop_kind"],
    )
    return Act(action="gate", changes=(edit,), words=t("{name} stopped", name=scene.name))


def _not_last_stop(scene: Scene[Gate]) -> Iterable[str]:
    gates = live_gates(scene.facts)
    if scene.record.outcome is not Outcome.STOP:
        yield t("{name} was not stopped.", name=scene.name)
    elif any(each.open for each in gates) or gates[-1].id != scene.record.id:
        yield t("{name} was followed by another gate.", name=scene.name)


def _reopen(scene: Scene[Gate], answers: Answers) -> Act:
    changes = opened_gate(scene, scene.record.step, answers["decide_by"], answers["stop_if"] or "", scene.record.id)
    return Act(action="gate", changes=changes, words=t("{name} re-opened", name=scene.name))


def _redated_once(scene: Scene[Gate]) -> Iterable[str]:
    yield from agreed(Proposal.REDATE)(scene)
    if scene.record.redated:
        yield t("{name} was re-dated once already: advance, pivot or stop.", name=scene.name)


def _redate(scene: Scene[Gate], answers: Answers) -> Act:
    day = answers["decide_by"]
    if day <= max(scene.today, scene.record.decide_by):
        raise refusal(
            t("{name} needs a later day than {day}.", name=scene.name, day=scene.record.decide_by), where="decide_by"
        )
    words = t("{name} is decided by {day}: {reason}", name=scene.name, day=day, reason=answers["reason"])
    meeting = agreed_sync(scene, Proposal.REDATE)
    kept = new_note(
        scene,
        words,
        scene.today,
        kind=NoteKind.DECISION,
        meeting_id=meeting.id if meeting else None,
        triaged_at=scene.occasion.now,
    )
    return Act(action="gate", changes=(scene.edit(decide_by=day, redated=True), Create(kept)), words=words)


def _na(scene: Scene[Gate], answers: Answers) -> Act:
    kept: Mapping[str, str] = {**scene.record.na, answers["criterion"]: answers["reason"]}
    words = t("{criterion} does not apply", criterion=answers["criterion"])
    return Act(action="gate", changes=(scene.edit(na=kept),), words=words)


def _applies(scene: Scene[Gate], answers: Answers) -> Act:
    kept = {key: reason for key, reason in scene.record.na.items() if key != answers["criterion"]}
    words = t("{criterion} applies again", criterion=answers["criterion"])
    return Act(action="gate", changes=(scene.edit(na=kept),), words=words)


def _none_waived(scene: Scene[Gate]) -> Iterable[str]:
    yield from is_open(scene)
    if not waived(scene):
        yield t("Every criterion of {name} applies.", name=scene.name)


def _hear(scene: Scene[Gate], answers: Answers) -> Act:
    edit = scene.edit(heard=scene.record.heard | {answers["evidence"]})
    return Act(action="gate", changes=(edit,), words=t("heard for {name}", name=scene.name))


def _step_days(scene: Scene[Record], step: Step) -> object:
    return scene.today + timedelta(days=scene.policy.step_days[step.value])


def _is_followed(scene: Scene[Gate]) -> bool:
    return next_step(scene.record.step) is not None


def _next_day(scene: Scene[Gate]) -> object:
    return _step_days(scene, next_step(scene.record.step) or scene.record.step)


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"gate.{verb}", kind="gate", label=label, changes=changes, **more)


DECIDE_BY = Ask(
    name="decide_by",
    words=mark("decide by"),
    holds="date",
    default=lambda scene: _step_days(scene, scene.record.step),
)
STOP_IF = Ask(
    name="stop_if", words=mark("the state of the world on that day that means we stop"), holds="lines", required=False
)
REASON = Ask(name="reason", words=mark("reason"), holds="lines")
_STOP_KIND = Ask(name="stop_kind", words=mark("why we stop"), holds="choice", enum=StopKind, choices=choices(StopKind))
_PIECE = Ask(name="evidence", words=mark("the piece that was opened"), holds="link:evidence")
_NEXT = (
    replace(DECIDE_BY, words=mark("the next gate is decided by"), default=_next_day, concerns=_is_followed),
    replace(STOP_IF, words=mark("the next gate: what on that day would mean to stop"), concerns=_is_followed),
)
_NEW_DAY = replace(DECIDE_BY, default=None)

GATE_MOVES: tuple[Move, ...] = (
    _move("advance", mark("Advance"), _advance, asks=_NEXT, lacks=_cannot_advance),
    _move("stop", mark("Stop"), _stop, asks=(REASON, _STOP_KIND), lacks=agreed(Proposal.STOP)),
    _move("redate", mark("Re-date, once"), _redate, letter="e", asks=(_NEW_DAY, REASON), lacks=_redated_once),
    _move(
        "reopen",
        mark("Re-open"),
        _reopen,
        letter="O",
        asks=(DECIDE_BY, STOP_IF),
        lacks=_not_last_stop,
        concerns=lambda scene: scene.record.outcome is Outcome.STOP,
        when_stopped=True,
    ),
    _move(
        "na",
        mark("A criterion does not apply"),
        _na,
        letter="N",
        asks=(CRITERION, REASON),
        lacks=is_open,
        warns=left_out,
    ),
    _move(
        "applies",
        mark("A criterion applies again"),
        _applies,
        asks=(WAIVED,),
        lacks=_none_waived,
    ),
    _move("hear", mark("Open the strongest contrary piece"), _hear, asks=(_PIECE,), lacks=is_open),
    edit_move("gate", lacks=is_open),
)
