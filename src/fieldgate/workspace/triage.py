"""A triage session: empties the queue by deciding, one item at a time.

One engine for the screen, for lines on standard input and for scripts.

The queue is computed, never stored: what is decided, skipped or woken shows at the next item. A verdict names the item
it is for, and lands on no other. Each is saved at once; quitting loses nothing. What a session remembers of itself
(skipped items, decided acts) is kept beside the store's other small things, so that it goes on after a kill.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, cast

from fieldgate.domain.changes import apply
from fieldgate.domain.gates import evaluate
from fieldgate.domain.moves.catalog import MOVES, perform
from fieldgate.domain.records.journey import Answer
from fieldgate.errors import NotFoundError, RefusedError, UndecidedError
from fieldgate.words import t
from fieldgate.workspace.triage_batch import combined
from fieldgate.workspace.triage_memory import KEPT, Memory
from fieldgate.workspace.triage_values import Decided, EndCard, Gauge, Limits, Option, gauge_of, known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fieldgate.domain.gates import GateReport
    from fieldgate.domain.moves.move import Move
    from fieldgate.domain.records.journey import Check
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.triage.kind import Item, Queue, TriageKind
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.state import State


class Session:
    """One session of triage.

    Args:
        workspace: The open workspace.
        limits: What it is limited to.
        go_on: Take up the session that ended without its end.
        lasting: Remember it, so that it can be taken up again.
    """

    def __init__(
        self, workspace: Workspace, limits: Limits | None = None, *, go_on: bool = False, lasting: bool = True
    ) -> None:
        self._lasting = lasting and not workspace.store.read_only
        self.workspace = workspace
        self.limits = limits or Limits()
        self.last: Decided | None = None
        kept = Memory.read(workspace.store.meta(KEPT)) if go_on else None
        self._memory = kept or Memory(
            started=workspace.clock.now().isoformat(),
            first_unmet=sorted(self.gauge().unmet),
            first_met=self.gauge().met,
            first_total=self.gauge().total,
            in_all=len(self._wanted()),
        )
        self._keep()

    # What is asked

    @property
    def queue(self) -> Queue:
        """All that waits now, whoever changed what: the rules keep it in step with the facts."""
        return self.workspace.judged.queue

    @property
    def items(self) -> tuple[Item, ...]:
        """What this session still asks, in order: skipped items last."""
        wanted = self._wanted()
        skipped = self._memory.skipped
        later = {item_id: place for place, item_id in enumerate(skipped)}
        front = [item for item in wanted if item.id not in later]
        if self._memory.front:
            front.sort(key=lambda item: item.id != self._memory.front)
        back = sorted((item for item in wanted if item.id in later), key=lambda item: later[item.id])
        return (*front, *back)

    def current(self) -> Item | None:
        """The item to decide now; None when the session is at its end."""
        if self.limits.items is not None and len(self._memory.decided) >= self.limits.items:
            return None
        if self.limits.minutes is not None and self.seconds() >= self.limits.minutes * 60:
            return None
        return next(iter(self.items), None)

    def position(self) -> tuple[int, int]:
        """Number of the current item, and how many there are in this session."""
        done = len(self._memory.decided)
        return done + 1, done + len(self.items)

    def kind_of(self, item: Item) -> TriageKind:
        """The kind that an item is of."""
        return self.queue.kind_of(item)

    def options(self, item: Item) -> tuple[Option, ...]:
        """The verdicts of an item, each with what it lacks."""
        facts, occasion = self.workspace.facts, self.workspace.occasion()
        found: list[Option] = []
        for move_id in self.kind_of(item).moves(item):
            move = MOVES[move_id]
            record = self.record_for(item, move)
            if record is None or not move.shown(facts, record, occasion):
                continue
            missing = move.missing(facts, record, occasion)
            found.append(
                Option(move=move, letter=move.letter, label=t(move.label), record_id=record.id, missing=missing)
            )
        return tuple(found)

    def question(self, item: Item) -> Check | None:
        """The check that an item asks: its own, or of a touchpoint the first one that is open."""
        facts = self.workspace.facts
        if item.part_id:
            return facts.checks.get(item.part_id)
        if item.record_kind != "touchpoint":
            return None
        checks = cast("list[Check]", facts.linked("check", "touchpoint_id", item.record_id))
        return next((each for each in sorted(checks, key=lambda each: each.key) if each.answer == Answer.OPEN), None)

    def defaults(self, item: Item, move_id: str) -> dict[str, object]:
        """What stands in the form of a verdict at first; the pair that the item is about is filled in."""
        move = MOVES[move_id]
        if (record := self.record_for(item, move)) is None:
            return {}
        whole = self.workspace.record(move.kind, record.id) or record  # the facts leave long texts out
        values = move.defaults(self.workspace.facts, whole, self.workspace.occasion())
        return {**values, **known(item, move)}

    def effect(self, item: Item, move_id: str, answers: Mapping[str, object] | None = None) -> Gauge | None:
        """What a verdict would do to the gate; None where it cannot be told before it is answered."""
        move = MOVES[move_id]
        if (record := self.record_for(item, move)) is None:
            return None
        given = {**known(item, move), **(answers or {})}
        try:
            act = perform(self.workspace.facts, move_id, record.id, self.workspace.occasion(), given, record=record)
        except (RefusedError, NotFoundError):
            return None
        facts = apply(self.workspace.facts, act.changes)
        return gauge_of(evaluate(self.workspace.playbook, facts, self.workspace.clock.today()))

    def gauge(self) -> Gauge:
        """Where the next gate stands now."""
        return gauge_of(self.report())

    def first(self) -> tuple[int, int]:
        """Where the gate stood when the session began: criteria met of all that applied."""
        return self._memory.first_met, self._memory.first_total

    def report(self) -> GateReport | None:
        """What the gate says now."""
        return self.workspace.report()

    # Deciding

    def decide(self, item_id: str, move_id: str, answers: Mapping[str, object] | None = None) -> State:
        """Take a verdict on an item that waits.

        Raises:
            UndecidedError: The item does not wait (any more): nothing was changed.
            RefusedError: A rule refuses it; `missing` says what it lacks.
        """
        item = self._waiting(item_id)
        if move_id not in self.kind_of(item).moves(item):
            raise RefusedError(
                t("{item} cannot be decided by {verdict}.", item=item.code or item.id, verdict=move_id),
                t("Verdicts: {verdicts}", verdicts=", ".join(self.kind_of(item).moves(item))),
                item.id,
            )
        move = MOVES[move_id]
        if (record := self.record_for(item, move)) is None:
            raise NotFoundError(t("There is nothing to decide on {item}.", item=item.code or item.id), "", item.id)
        before = self.gauge()
        state = self.workspace.perform(move_id, record.id, {**known(item, move), **(answers or {})}, action="triage")
        self._after(item, move_id, before)
        return state

    def decide_all(
        self, item_ids: Sequence[str], move_id: str, answers: Mapping[str, object] | None = None
    ) -> tuple[State, int]:
        """Take one verdict on several items of one kind, in one act that one undo takes back.

        Raises:
            UndecidedError: One of them does not wait.
            RefusedError: They are of several kinds, or a rule refuses one of them: nothing was changed.
        """
        items = [self._waiting(item_id) for item_id in item_ids]
        before = self.gauge()
        state = self.workspace.commit(lambda facts: combined(self, facts, items, move_id, answers))
        self._after(items[0], move_id, before)
        return state, len(items)

    def skip(self, item_id: str) -> None:
        """Move an item to the end of this session."""
        self._waiting(item_id)
        self._memory.skipped = [each for each in self._memory.skipped if each != item_id] + [item_id]
        self._keep()

    def undo(self) -> tuple[State, str, str]:
        """Take back the last verdict of this session.

        Returns:
            The state, the id of the item that is back and shown next, and the verdict that it had.

        Raises:
            RefusedError: Nothing was decided in this session.
        """
        if not self._memory.decided:
            raise RefusedError(
                t("Nothing was decided in this session yet."), t("The desk's own undo goes further back.")
            )
        _, item_id, txn, move_id = self._memory.decided[-1]
        state = self.workspace.undo(txn)
        self._memory.decided.pop()
        self._memory.skipped = [each for each in self._memory.skipped if each != item_id]
        self._memory.front = item_id
        self._memory.snoozed -= move_id.endswith(".snooze")
        self.last = None
        self._keep()
        return state, item_id, move_id

    def seconds(self) -> float:
        """How long the session has lasted."""
        started = datetime.fromisoformat(self._memory.started)
        return max(0.0, (self.workspace.clock.now() - started).total_seconds())

    def end(self) -> EndCard:
        """Close the session; its memory is given up."""
        gauge = self.gauge()
        first = frozenset(self._memory.first_unmet)
        decided = Counter(kind for kind, *_ in self._memory.decided)
        if self._lasting:
            self.workspace.store.keep_meta(KEPT, "")
        waiting = {name: count for name, count in self.queue.waiting.items() if count}
        return EndCard(
            decided=decided,
            snoozed=self._memory.snoozed,
            skipped=len(self._memory.skipped),
            waiting=waiting,
            met=tuple(sorted(first - gauge.unmet)),
            unmet=tuple(sorted(gauge.unmet - first)),
            maybes=waiting.get("maybe", 0),
            seconds=self.seconds(),
        )

    def _after(self, item: Item, move_id: str, before: Gauge) -> None:
        act, txn = self.workspace.last_act, self.workspace.last_txn
        self._memory.settle(item, waits=any(each.id == item.id for each in self.queue.found[item.kind]))
        if txn is not None:
            self._memory.decided.append((item.kind, item.id, txn, move_id))
            self._memory.snoozed += move_id.endswith(".snooze")
        said = act.words if act else ""
        self.last = Decided(item=item, move_id=move_id, words=said, txn=txn, before=before, after=self.gauge())
        self._keep()

    def _waiting(self, item_id: str) -> Item:
        found = next((item for item in self._wanted() if item.id == item_id), None)
        if found is not None:
            return found
        raise UndecidedError(
            t("{item} does not wait any more.", item=item_id),
            t("Nothing was changed. `fieldgate triage --json` lists what waits."),
            item_id,
        )

    def _wanted(self) -> tuple[Item, ...]:
        return tuple(filter(self.limits.wants, self.queue.items))

    def record_for(self, item: Item, move: Move) -> Record | None:
        """The record that a verdict is about: the item's own, or the check that it asks."""
        facts = self.workspace.facts
        if move.kind == item.record_kind:
            return facts.get(move.kind, item.record_id)
        if move.kind == "check":
            return self.question(item)
        return None

    def _keep(self) -> None:
        if self._lasting:
            self.workspace.store.keep_meta(KEPT, self._memory.text())
