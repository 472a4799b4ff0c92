"""What can be done with a note: say what the line is.

Evidence needs a hypothesis, a stance and a strength, a maybe none; it may be given for several
hypotheses. What gave the idea for a hypothesis cannot prove it, so that note is not its evidence. A gap counts as
reported by a customer if the note names one. Discarded notes count nowhere and can be taken up again. Only
observations go through triage; a question stays open until it is closed.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from fieldgate.domain.changes import Act, Change, Create
from fieldgate.domain.moves.action import in_some_days
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.choices import word_of
from fieldgate.domain.moves.editing import edit_move, filled
from fieldgate.domain.moves.evidence import STANCE, STRENGTH
from fieldgate.domain.moves.fields import asked
from fieldgate.domain.moves.making import (
    current_step,
    new_action,
    new_evidence,
    new_hypothesis,
    new_note,
    new_requirement,
)
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.requirement import reported
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.shelf import archive_move, restore_move, snooze_move
from fieldgate.domain.moves.touchpoint import gap_values
from fieldgate.domain.records.journey import TouchpointState
from fieldgate.domain.records.learning import Hypothesis, HypothesisState, MeetingKind, Note, NoteKind, Stance
from fieldgate.domain.records.record import Record
from fieldgate.words import mark, t

_LINE = 500
"""Characters of a note that are offered as the text of something shorter."""


def _create(scene: Scene[Record], answers: Answers) -> Act:
    values = filled("note", answers.values)
    meeting = scene.facts.meetings.get(values["meeting_id"] or "")
    if meeting is not None and "customer_id" not in answers.given:
        values["customer_id"] = meeting.customer_id
    if "said_on" not in answers.given:
        values["said_on"] = meeting.date if meeting else scene.today
    made = new_note(scene, values.pop("text"), values.pop("said_on"), **values)
    return Act(action="create", changes=(Create(made),), words=t("note written"))


def todays_interview(scene: Scene[Record]) -> object:
    """The meeting of a line for which none was named: today's only interview, else none."""
    today = [
        each.id
        for each in scene.facts.meetings.values()
        if each.live and each.kind is MeetingKind.INTERVIEW and each.date == scene.today
    ]
    return today[0] if len(today) == 1 else None


def _kept(scene: Scene[Note]) -> Iterable[str]:
    if scene.record.discarded:
        yield t("{name} is discarded: take it up again first.", name=scene.name)


def _triaged(scene: Scene[Note], **values: object) -> Change:
    return scene.edit(triaged_at=scene.record.triaged_at or scene.occasion.now, **values)


def _act(words: str, *changes: Change) -> Act:
    return Act(action="triage", changes=changes, words=words)


def _link(scene: Scene[Note], answers: Answers, stance: Stance, strength: int | None) -> Act:
    """Link a note to a belief; it is decided by that, unless it speaks to more beliefs."""
    hypothesis_id: str = answers["hypothesis"]
    belief = scene.facts.hypotheses[hypothesis_id]
    lacking = tuple(_cannot_hear(belief, stance, strength))
    if lacking:
        raise refusal(*lacking, where=scene.name)
    piece = new_evidence(scene, scene.record.id, belief.id, stance, strength or 0)
    words = t("{name}: {stance} {strength}", name=belief.code, stance=word_of(stance), strength=strength or 0)
    return _act(words, piece) if answers.values.get("more") else _act(words, piece, _triaged(scene))


def _cannot_hear(belief: Hypothesis, stance: Stance, strength: int | None) -> Iterable[str]:
    if belief.state is HypothesisState.RETIRED:
        yield t("{name} is retired: link the note to a belief that is still held.", name=belief.code)
    if stance is Stance.MAYBE and strength:
        yield t("A maybe has strength 0.")
    if stance is not Stance.MAYBE and strength is None:
        yield t("A yes or no needs its strength, 0 to 4.")


def _evidence(scene: Scene[Note], answers: Answers) -> Act:
    return _link(scene, answers, answers["stance"], answers["strength"])


def _saying(stance: Stance) -> Callable[[Scene[Note], Answers], Act]:
    def change(scene: Scene[Note], answers: Answers) -> Act:
        return _link(scene, answers, stance, answers.values.get("strength"))

    return change


def _hypothesis(scene: Scene[Note], answers: Answers) -> Act:
    values = dict(answers.values)
    made = new_hypothesis(scene, values.pop("statement"), values.pop("area"), values.pop("step"), **values)
    return _act(t("{name} written", name=made.code), Create(made), _triaged(scene))


def _request(scene: Scene[Note], answers: Answers) -> Act:
    note, values = scene.record, filled("requirement", answers.values)
    customer = scene.facts.customers.get(note.customer_id or "")
    made = new_requirement(
        scene,
        values.pop("description"),
        note.said_on,
        customer_id=note.customer_id,
        reported_by=customer.name if customer else None,
        follower=scene.occasion.by,
        **values,
    )
    linked = _triaged(scene, requirement_id=made.id)
    return _act(t("{name} written", name=made.code), Create(made), linked, *reported(scene, made))


def _gap(scene: Scene[Note], answers: Answers) -> Act:
    card = scene.facts.touchpoints[answers["touchpoint"]]
    if card.state is TouchpointState.NA:
        raise refusal(t("{name} is not applicable: ask it again first.", name=card.code), where="touchpoint")
    values = gap_values(scene, card, by_customer=scene.record.customer_id is not None, gap=answers["gap"])
    words = t("{name} has a gap", name=card.code)
    return _act(words, scene.about(card).edit(**values), _triaged(scene, touchpoint_id=card.id))


def _action(scene: Scene[Note], answers: Answers) -> Act:
    note = scene.record
    made = new_action(
        scene,
        answers["text"],
        answers["due"],
        owner=answers["owner"],
        customer_id=note.customer_id,
        meeting_id=note.meeting_id,
    )
    return _act(t("{name} written", name=made.code), Create(made), _triaged(scene))


def _background(scene: Scene[Note], answers: Answers) -> Act:
    del answers
    return _act(t("{name} kept as background", name=scene.name), _triaged(scene))


def _waits(scene: Scene[Note]) -> Iterable[str]:
    yield from _kept(scene)
    if scene.record.triaged_at is not None:
        yield t("{name} was decided already.", name=scene.name)


def _discard(scene: Scene[Note], answers: Answers) -> Act:
    del answers
    return _act(t("{name} discarded", name=scene.name), _triaged(scene, discarded=True))


def _reopen(scene: Scene[Note], answers: Answers) -> Act:
    del answers
    edit = scene.edit(triaged_at=None, discarded=False)
    return _act(t("{name} waits to be decided again", name=scene.name), edit)


def _decided(scene: Scene[Note]) -> Iterable[str]:
    if scene.record.triaged_at is None and not scene.record.discarded:
        yield t("{name} waits to be decided already.", name=scene.name)


def _line(scene: Scene[Note]) -> object:
    """What stands in the form of something shorter: the first line of the note, where its text is at hand."""
    return scene.record.text.strip().partition("\n")[0][:_LINE] or None


def _line_or_code(scene: Scene[Note]) -> object:
    return _line(scene) or t("see note {name}", name=scene.name)


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"note.{verb}", kind="note", label=label, changes=changes, lacks=more.pop("lacks", _kept), **more)


_DEFAULTS: dict[str, Callable[[Scene[Any]], object]] = {
    "meeting_id": todays_interview,
    "said_on": lambda scene: scene.today,
    "kind": lambda _: NoteKind.OBSERVATION,
}
_NEW = tuple(replace(ask, default=_DEFAULTS.get(ask.name)) for ask in asked("note"))
_BELIEF = Ask(name="hypothesis", words=mark("hypothesis"), holds="link:hypothesis")
_MORE = Ask(name="more", words=mark("it speaks to more beliefs: keep it waiting"), holds="yesno", required=False)
_SOFT = replace(STRENGTH, required=False)
_DRAFT = (
    *asked("hypothesis", "statement", default=_line),
    *asked("hypothesis", "area"),
    *asked("hypothesis", "importance", default=lambda _: 3),
    *asked("hypothesis", "step", default=lambda scene: current_step(scene.facts)),
)
_WISH = (
    *asked("requirement", "description", default=_line_or_code),
    *asked("requirement", "category", "urgency", "touchpoint_id"),
)
_CARD = (
    Ask(name="touchpoint", words=mark("touchpoint"), holds="link:touchpoint"),
    Ask(name="gap", words=mark("what the gap is"), holds="lines", default=_line_or_code),
)
_ERRAND = (
    Ask(name="text", words=mark("what is to be done"), default=_line_or_code),
    *asked("action", "owner", default=lambda scene: scene.occasion.by),
    Ask(name="due", words=mark("due"), holds="date", default=in_some_days),
)

NOTE_MOVES: tuple[Move, ...] = (
    Move(id="note.create", kind="workspace", label=mark("New note"), asks=_NEW, changes=_create),
    _move("evidence", mark("Link to a hypothesis"), _evidence, letter="l", asks=(_BELIEF, STANCE, _SOFT)),
    _move("yes", mark("Speaks for"), _saying(Stance.YES), letter="y", asks=(_BELIEF, STRENGTH, _MORE)),
    _move("no", mark("Speaks against"), _saying(Stance.NO), letter="n", asks=(_BELIEF, STRENGTH, _MORE)),
    _move("maybe", mark("Maybe"), _saying(Stance.MAYBE), letter="m", asks=(_BELIEF, _MORE)),
    _move("hypothesis", mark("New hypothesis"), _hypothesis, letter="h", asks=_DRAFT),
    _move("request", mark("Request"), _request, letter="r", asks=_WISH),
    _move("gap", mark("Gap"), _gap, letter="g", asks=_CARD),
    _move("action", mark("Action"), _action, letter="a", asks=_ERRAND),
    _move("background", mark("Background"), _background, letter="b", lacks=_waits),
    _move("discard", mark("Discard"), _discard, letter="x"),
    _move("reopen", mark("Decide it again"), _reopen, letter="O", lacks=_decided),
    edit_move("note"),
    snooze_move("note"),
    archive_move("note"),
    restore_move("note"),
)
