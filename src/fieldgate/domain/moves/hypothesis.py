"""What can be done with a hypothesis: lock its prediction, rule, narrow, retire, extend, reopen.

The bet stays the bet: from the lock on everything it was made of is frozen; to claim less, narrow.
There is no third verdict. Ruling against the numbers, or on answers that were all given before the bet, needs a
reason that is kept. `due` may be extended once. Retired is final; a locked hypothesis is never archived.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from fieldgate.domain.changes import Act, Change, Create
from fieldgate.domain.evidence import tally
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.editing import edit_move, filled
from fieldgate.domain.moves.fields import asked, kept_asks
from fieldgate.domain.moves.making import current_step, new_hypothesis, new_note
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.moves.shelf import archive_move, restore_move, snooze_move
from fieldgate.domain.records.learning import Area, Hypothesis, HypothesisState, NoteKind, PivotKind
from fieldgate.domain.records.record import Record
from fieldgate.domain.verdicts import suggest
from fieldgate.words import mark, t

DRAFT, TESTING, RETIRED = HypothesisState.DRAFT, HypothesisState.TESTING, HypothesisState.RETIRED
RULED = (HypothesisState.SUPPORTED, HypothesisState.REFUTED)
FROZEN = ("statement", "area", "step", "prediction", "metric", "target_n", "pass_pct", "segment", "due")

_FIRST = {
    DRAFT: mark("lock its prediction first"),
    TESTING: mark("rule on it first"),
    HypothesisState.SUPPORTED: mark("reopen it first"),
    HypothesisState.REFUTED: mark("reopen it first"),
    RETIRED: mark("that is final, write a new one"),
}
REASON = Ask(name="reason", words=mark("reason"), holds="lines")


def in_state(*states: HypothesisState) -> Callable[[Scene[Hypothesis]], tuple[str, ...]]:
    """Make the test that a hypothesis is in one of these states, in words that say what to do first."""

    def missing(scene: Scene[Hypothesis]) -> tuple[str, ...]:
        state = scene.record.state
        if state in states:
            return ()
        return (t("{name} is {state}: {first}.", name=scene.name, state=t(state.value), first=t(_FIRST[state])),)

    return missing


def retiring(scene: Scene[Record], old: Hypothesis, reason: str) -> Change:
    """Retire a hypothesis on this day, for this reason."""
    return scene.about(old).edit(
        state=RETIRED,
        verdict_at=scene.occasion.now,
        verdict_on=scene.today,
        verdict_by=scene.occasion.by,
        verdict_reason=reason,
    )


def child_of(
    scene: Scene[Record], parent: Hypothesis, code: str, statement: str, kind: PivotKind, **more: object
) -> Change:
    """Create the draft that comes after a retired parent; it starts without evidence."""
    draft = new_hypothesis(
        scene,
        statement,
        parent.area,
        parent.step,
        code=code,
        importance=parent.importance,
        customer_id=parent.customer_id,
        parent_id=parent.id,
        pivot_kind=kind,
        **{"segment": parent.segment, **more},
    )
    return Create(draft)


def _create(scene: Scene[Record], answers: Answers) -> Act:
    values = filled("hypothesis", answers.values)
    lacking = tuple(_project_risk(values.get("customer_id"), values["area"]))
    if lacking:
        raise refusal(*lacking)
    made = new_hypothesis(scene, values.pop("statement"), values.pop("area"), values.pop("step"), **values)
    return Act(action="create", changes=(Create(made),), words=t("{name} written", name=made.code))


def _project_risk(customer_id: str | None, area: Area) -> Iterable[str]:
    if customer_id and area is not Area.DELIVERY:
        yield t("Only a hypothesis of the area delivery names a customer: it is a risk of that project.")


def _guard_edit(scene: Scene[Hypothesis], values: dict[str, Any], answers: Answers) -> Iterable[str]:
    old = scene.record
    if old.state is not DRAFT:
        words = {ask.name: ask.words for ask in asked("hypothesis")}
        for name in FROZEN:
            if name in values and values[name] != getattr(old, name):
                yield t("{name} is locked and keeps its {words}: narrow it.", name=scene.name, words=t(words[name]))
    key = scene.policy.key_importance
    new = values.get("importance", old.importance)
    if old.locked_at and new < key <= old.importance:
        if answers["lowered_reason"] is None:
            yield t("{name} was locked as key: lowering it below {key} needs a reason.", name=scene.name, key=key)
        values["lowered_reason"] = answers["lowered_reason"]
    yield from _project_risk(values.get("customer_id", old.customer_id), values.get("area", old.area))


def _lock(scene: Scene[Hypothesis], answers: Answers) -> Act:
    if answers["due"] < scene.today:
        raise refusal(t("{name} needs a due date of today or later.", name=scene.name), where="due")
    change = scene.edit(**answers.values, state=TESTING, locked_at=scene.occasion.now, locked_on=scene.today)
    return Act(action="update", changes=(change,), words=t("{name} is in testing", name=scene.name))


def _many_testing(scene: Scene[Hypothesis]) -> Iterable[str]:
    count = sum(1 for each in scene.facts.hypotheses.values() if each.live and each.state is TESTING)
    if count >= scene.policy.max_testing:
        yield t("{n} are in testing already: finish one first, or they all take longer.", n=count)


def _ruling(verdict: HypothesisState) -> Callable[[Scene[Hypothesis], Answers], Act]:
    def change(scene: Scene[Hypothesis], answers: Answers) -> Act:
        count = tally(scene.facts, scene.record, scene.policy)
        suggestion = suggest(scene.record, count, scene.today)
        against = suggestion is None or suggestion.kind != verdict.value
        if answers["reason"] is None and (against or count.only_early):
            why = suggestion.reason if against and suggestion else t("All firm answers were given before the bet.")
            raise refusal(t("{name} needs a reason for this verdict. {why}", name=scene.name, why=why), where="reason")
        edit = scene.edit(
            state=verdict,
            verdict_at=scene.occasion.now,
            verdict_on=scene.today,
            verdict_by=scene.occasion.by,
            verdict_reason=answers["reason"],
            learned=answers["learned"],
            therefore=answers["therefore"],
        )
        words = t("{name} is {state}", name=scene.name, state=t(verdict.value))
        return Act(action="override" if against else "update", changes=(edit,), words=words)

    return change


def _narrow(scene: Scene[Hypothesis], answers: Answers) -> Act:
    code = scene.codes("hypothesis")[0]
    child = child_of(scene, scene.record, code, answers["statement"], PivotKind.NARROW)
    words = t("{name} narrowed to {child}", name=scene.name, child=code)
    return Act(action="update", changes=(retiring(scene, scene.record, answers["reason"]), child), words=words)


def _retire(scene: Scene[Hypothesis], answers: Answers) -> Act:
    change = retiring(scene, scene.record, answers["reason"])
    return Act(action="update", changes=(change,), words=t("{name} retired", name=scene.name))


def _once(scene: Scene[Hypothesis]) -> Iterable[str]:
    yield from in_state(TESTING)(scene)
    if scene.record.extended:
        yield t("{name} was extended once already: rule on it, narrow it or retire it.", name=scene.name)


def _extend(scene: Scene[Hypothesis], answers: Answers) -> Act:
    due = answers["due"]
    if due < scene.today or (scene.record.due and due <= scene.record.due):
        raise refusal(
            t("{name} needs a due date later than {due}.", name=scene.name, due=scene.record.due), where="due"
        )
    words = t("{name} extended to {due}: {reason}", name=scene.name, due=due, reason=answers["reason"])
    changes = (scene.edit(due=due, extended=True), _decision(scene, words))
    return Act(action="update", changes=changes, words=words)


def _reopen(scene: Scene[Hypothesis], answers: Answers) -> Act:
    if answers["due"] < scene.today:
        raise refusal(t("{name} needs a due date of today or later.", name=scene.name), where="due")
    words = t("{name} reopened: {reason}", name=scene.name, reason=answers["reason"])
    edit = scene.edit(
        state=TESTING, due=answers["due"], verdict_at=None, verdict_on=None, verdict_by=None, verdict_reason=None
    )
    return Act(action="update", changes=(edit, _decision(scene, words)), words=words)


def _decision(scene: Scene[Hypothesis], words: str) -> Change:
    """Keep the reason of a decision as a line of its own, so that the others read it too."""
    return Create(new_note(scene, words, scene.today, kind=NoteKind.DECISION, triaged_at=scene.occasion.now))


def _never_locked(scene: Scene[Hypothesis]) -> Iterable[str]:
    if scene.record.locked_at is not None:
        yield t("{name} was locked and is never archived: retire it.", name=scene.name)


def _new_asks() -> tuple[Ask, ...]:
    defaults: dict[str, Callable[[Scene[Any]], object]] = {
        "step": lambda scene: current_step(scene.facts),
        "target_n": lambda scene: scene.policy.target_n,
        "pass_pct": lambda scene: scene.policy.pass_pct,
        "segment": lambda scene: scene.facts.workspace.lead_segment,
        "importance": lambda _: 3,
    }
    return tuple(replace(ask, default=defaults.get(ask.name)) for ask in asked("hypothesis"))


def _move(verb: str, label: str, changes: Callable[[Scene[Any], Answers], Act], **more: Any) -> Move:
    return Move(id=f"hypothesis.{verb}", kind="hypothesis", label=label, changes=changes, **more)


_LOCK = kept_asks("hypothesis", "prediction", "metric", "target_n", "pass_pct", "due")
_DUE = Ask(name="due", words=mark("new due date"), holds="date")
_LEARNED = Ask(name="learned", words=mark("what was learned"), holds="long", default=lambda scene: scene.record.learned)
_RULE = (_LEARNED, *kept_asks("hypothesis", "therefore", required=False), replace(REASON, required=False))
_STATEMENT = Ask(
    name="statement", words=mark("the smaller claim"), holds="long", default=lambda scene: scene.record.statement
)
_LOWERED = Ask(name="lowered_reason", words=mark("why it matters less than it did"), holds="lines", required=False)

HYPOTHESIS_MOVES: tuple[Move, ...] = (
    Move(id="hypothesis.create", kind="workspace", label=mark("New hypothesis"), asks=_new_asks(), changes=_create),
    _move("lock", mark("Lock the prediction"), _lock, asks=_LOCK, lacks=in_state(DRAFT), warns=_many_testing),
    _move("support", mark("Supported"), _ruling(RULED[0]), letter="y", asks=_RULE, lacks=in_state(TESTING)),
    _move("refute", mark("Refuted"), _ruling(RULED[1]), letter="n", asks=_RULE, lacks=in_state(TESTING)),
    _move("narrow", mark("Narrow"), _narrow, letter="w", asks=(_STATEMENT, REASON), lacks=in_state(TESTING, *RULED)),
    _move("retire", mark("Retire"), _retire, letter="R", asks=(REASON,), lacks=in_state(DRAFT, TESTING, *RULED)),
    _move("extend", mark("Extend, once"), _extend, letter="e", asks=(_DUE, REASON), lacks=_once),
    _move("reopen", mark("Reopen"), _reopen, letter="O", asks=(_DUE, REASON), lacks=in_state(*RULED)),
    edit_move("hypothesis", _guard_edit, extra=(_LOWERED,)),
    snooze_move("hypothesis"),
    archive_move("hypothesis", _never_locked),
    restore_move("hypothesis"),
)
