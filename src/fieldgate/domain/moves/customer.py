"""What can be done with a customer: drop and win back, make a co-creation customer, promise a value, schedule.

A dropped customer counts for nothing. Co-creation: none and candidate follow each other freely; a
candidate gets the six traits and the acceptance criteria as questions; active needs all of them and a meeting in which
they were agreed, and brings the questions on managing the project; ended needs results, retrospective and feedback,
or a reason for ending early.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from fieldgate.domain.changes import Act, Change, Create
from fieldgate.domain.cocreation import acceptance_missing, end_missing, start_missing, traits_missing
from fieldgate.domain.moves.action import in_some_days
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.choices import word_of
from fieldgate.domain.moves.editing import edit_move, filled
from fieldgate.domain.moves.fields import asked, current
from fieldgate.domain.moves.making import check_changes, new_action
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.shelf import archive_move, restore_move, snooze_move
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.people import Cocreation, Customer, CustomerStatus
from fieldgate.domain.records.record import Record
from fieldgate.words import mark, t

NONE, CANDIDATE, ACTIVE = Cocreation.NONE, Cocreation.CANDIDATE, Cocreation.ACTIVE

_FIRST = {
    NONE: mark("make it a candidate first"),
    CANDIDATE: mark("make it active first"),
    ACTIVE: mark("end it first"),
    Cocreation.ENDED: mark("that is final"),
}


def in_stage(*stages: Cocreation) -> Callable[[Scene[Customer]], tuple[str, ...]]:
    """Make the test that a customer is so far in building with us, in words that say what to do first."""

    def missing(scene: Scene[Customer]) -> tuple[str, ...]:
        stage = scene.record.cocreation
        if stage in stages:
            return ()
        told = {"name": scene.name, "stage": word_of(stage), "first": t(_FIRST[stage])}
        return (t("Co-creation with {name} is {stage}: {first}.", **told),)

    return missing


def _create(scene: Scene[Record], answers: Answers) -> Act:
    values = filled("customer", answers.values)
    made = Customer(**scene.stamp(), code=scene.codes("customer")[0], **values)
    return Act(action="create", changes=(Create(made),), words=t("{name} written", name=made.code))


def _guard_edit(scene: Scene[Customer], values: dict[str, Any], answers: Answers) -> Iterable[str]:
    del answers
    old, new = scene.record.status, values.get("status", scene.record.status)
    if old is not new and CustomerStatus.DROPPED in {old, new}:
        yield t("Dropping {name}, and winning it back, are moves of their own.", name=scene.name)


def _status(status: CustomerStatus) -> Callable[[Scene[Customer], Answers], Act]:
    def change(scene: Scene[Customer], answers: Answers) -> Act:
        del answers
        words = t("{name} is {status}", name=scene.name, status=word_of(status))
        return Act(action="update", changes=(scene.edit(status=status),), words=words)

    return change


def _not_dropped(scene: Scene[Customer]) -> Iterable[str]:
    if scene.record.status is CustomerStatus.DROPPED:
        yield t("{name} is dropped already.", name=scene.name)


def _dropped(scene: Scene[Customer]) -> Iterable[str]:
    if scene.record.status is not CustomerStatus.DROPPED:
        yield t("{name} is not dropped.", name=scene.name)


def _questions(scene: Scene[Customer], stage: Cocreation) -> tuple[Change, ...]:
    """What a customer in this stage is asked, and has not been given as a question yet."""
    playbook = scene.occasion.playbook
    texts = (*playbook.traits, *playbook.acceptance, playbook.feasible)
    if stage is ACTIVE:
        texts += playbook.project_checks
    return check_changes(scene, scene.record, texts)


def _add_questions(scene: Scene[Customer], answers: Answers) -> Act:
    """Give the questions that a playbook gained since, or that whoever wrote the record by hand left out."""
    del answers
    made = _questions(scene, scene.record.cocreation)
    return Act(action="create", changes=made, words=t("{name} has new questions", name=scene.name))


def _all_asked(scene: Scene[Customer]) -> Iterable[str]:
    early = in_stage(CANDIDATE, ACTIVE)(scene)
    yield from early
    if not early and not _questions(scene, scene.record.cocreation):
        yield t("{name} has every question of co-creation.", name=scene.name)


def _candidate(scene: Scene[Customer], answers: Answers) -> Act:
    del answers
    changes = (scene.edit(cocreation=CANDIDATE), *_questions(scene, CANDIDATE))
    return Act(action="update", changes=changes, words=t("{name} is a candidate", name=scene.name))


def _no_candidate(scene: Scene[Customer], answers: Answers) -> Act:
    del answers
    words = t("{name} is no candidate", name=scene.name)
    return Act(action="update", changes=(scene.edit(cocreation=NONE),), words=words)


def _cannot_start(scene: Scene[Customer]) -> Iterable[str]:
    """Name what no form can give: traits, measures and targets."""
    yield from in_stage(CANDIDATE)(scene)
    if scene.record.cocreation is CANDIDATE:
        playbook = scene.occasion.playbook
        missing = traits_missing(scene.facts, scene.record, playbook)
        missing += acceptance_missing(scene.facts, scene.record, playbook)
        yield from (each.text for each in missing)


def _start(scene: Scene[Customer], answers: Answers) -> Act:
    playbook = scene.occasion.playbook
    would_be = replace(scene.record, agreed_meeting_id=answers["agreed_meeting_id"])
    missing = start_missing(scene.facts, would_be, playbook, scene.today)
    if missing:
        raise refusal(*(each.text for each in missing), where=scene.name)
    edit = scene.edit(cocreation=ACTIVE, agreed_meeting_id=answers["agreed_meeting_id"])
    changes = (edit, *check_changes(scene, scene.record, playbook.project_checks))
    return Act(action="update", changes=changes, words=t("{name} builds with us", name=scene.name))


def _end(scene: Scene[Customer], answers: Answers) -> Act:
    missing = end_missing(scene.facts, scene.record, scene.occasion.playbook, scene.today)
    if missing and answers["reason"] is None:
        early = t("Or give a reason for ending early.")
        raise refusal(*(each.text for each in missing), early, hint=early, where=scene.name)
    edit = scene.edit(cocreation=Cocreation.ENDED, ended_reason=answers["reason"])
    return Act(action="update", changes=(edit,), words=t("Co-creation with {name} ended", name=scene.name))


def _promise(scene: Scene[Customer], answers: Answers) -> Act:
    taken = {
        each.key
        for each in scene.facts.checks.values()
        if each.customer_id == scene.record.id and each.key.startswith("value.")
    }
    number = next(n for n in range(1, len(taken) + 2) if f"value.{n}" not in taken)
    key = f"value.{number}"
    made = Check(
        **scene.stamp(scene.named("check", scene.record.id, key)),
        key=key,
        customer_id=scene.record.id,
        **answers.values,
    )
    return Act(action="create", changes=(Create(made),), words=t("{name}: value promised", name=scene.name))


def _schedule(scene: Scene[Customer], answers: Answers) -> Act:
    made = new_action(scene, answers["text"], answers["due"], owner=answers["owner"], customer_id=scene.record.id)
    words = t("{action}: see {name}", action=made.code, name=scene.name)
    return Act(action="create", changes=(Create(made),), words=words)


def _see(scene: Scene[Customer]) -> object:
    return t("See {name}", name=scene.record.name)


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"customer.{verb}", kind="customer", label=label, changes=changes, **more)


_NEW = tuple(
    replace(ask, default=lambda scene: scene.facts.workspace.lead_segment) if ask.name == "segment" else ask
    for ask in asked("customer")
    if ask.name != "status"
)
_AGREED = Ask(
    name="agreed_meeting_id",
    words=mark("meeting in which the criteria were agreed"),
    holds="link:meeting",
    default=current("agreed_meeting_id"),
)
_REASON = Ask(name="reason", words=mark("why it ends early"), holds="lines", required=False)
_VALUE = (
    Ask(name="text", words=mark("the value named at the sale")),
    Ask(name="measure", words=mark("measure")),
    Ask(name="target", words=mark("target")),
)
_SEE = (
    Ask(name="text", words=mark("what is to be done"), default=_see),
    Ask(name="owner", words=mark("owner"), default=lambda scene: scene.occasion.by),
    Ask(name="due", words=mark("due"), holds="date", default=in_some_days),
)

CUSTOMER_MOVES: tuple[Move, ...] = (
    Move(id="customer.create", kind="workspace", label=mark("New customer"), asks=_NEW, changes=_create),
    _move("schedule", mark("Schedule: see them"), _schedule, letter="a", asks=_SEE),
    _move("drop", mark("Drop"), _status(CustomerStatus.DROPPED), letter="x", lacks=_not_dropped),
    _move("reactivate", mark("Win back"), _status(CustomerStatus.LEAD), letter="O", lacks=_dropped),
    _move("candidate", mark("Candidate for co-creation"), _candidate, lacks=in_stage(NONE)),
    _move("no_candidate", mark("No candidate any more"), _no_candidate, lacks=in_stage(CANDIDATE)),
    _move("start", mark("Start co-creation"), _start, asks=(_AGREED,), lacks=_cannot_start),
    _move("questions", mark("Add questions of co-creation"), _add_questions, lacks=_all_asked),
    _move("end", mark("End co-creation"), _end, asks=(_REASON,), lacks=in_stage(ACTIVE)),
    _move("promise", mark("Value promised at the sale"), _promise, asks=_VALUE),
    edit_move("customer", _guard_edit),
    snooze_move("customer"),
    archive_move("customer"),
    restore_move("customer"),
)
