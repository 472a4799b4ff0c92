"""A triage session: empties the queue by deciding, one item at a time; one engine for the screen, lines and scripts.

The queue is computed, never stored. A verdict names the item it is for, and lands on no other. Each is saved at once,
together with what the session remembers of itself (skipped items, decided acts), so that it goes on after a kill.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fieldgate.domain.moves.catalog import MOVES
from fieldgate.errors import NotFoundError, RefusedError, UndecidedError
from fieldgate.words import t
from fieldgate.workspace.triage_batch import Batch
from fieldgate.workspace.triage_memory import KEPT, Memory
from fieldgate.workspace.triage_order import Order
from fieldgate.workspace.triage_values import Decided, EndCard, Gauge, Limits, Option, gauge_of, known, question_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fieldgate.domain.moves.move import Move
    from fieldgate.domain.records.journey import Check
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.triage.kind import Item, Queue, TriageKind
    from fieldgate.store.log import Logged
    from fieldgate.workspace.acting import Beside
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.state import State


class Session:
    """One session of triage.

    Args:
        workspace: The open workspace.
        limits: What it is limited to; when left out to nothing, or to what the one that is taken up was limited to.
        go_on: Take up the session that ended without its end.
        lasting: Remember it, so that it can be taken up again.
    """

    def __init__(
        self, workspace: Workspace, limits: Limits | None = None, *, go_on: bool = False, lasting: bool = True
    ) -> None:
        self._lasting = lasting and not workspace.store.read_only
        self.workspace = workspace
        self.last: Decided | None = None
        self.taken_back: dict[str, str] = {}  # the last verdict of an item that waits again, for whoever shows it
        self._together: dict[int, Sequence[str]] = {}  # the items of a verdict on several, by its act
        self._since = workspace.clock.seconds()
        kept = Memory.read(workspace.store.meta(KEPT)) if go_on else None
        self._memory = kept or Memory()
        self._order = Order(limits or self._memory.limits)
        if kept is None:
            gauge = self.gauge()
            self._memory.first_unmet, self._memory.first_met = sorted(gauge.unmet), gauge.met
            self._memory.first_total = gauge.total
            self._memory.in_all = self._memory.left(self._order.count(self.queue))
        self._since -= self._memory.spent
        self._memory.bind(self.limits)
        self._keep()

    @property
    def limits(self) -> Limits:
        """What it is limited to."""
        return self._order.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self._order = Order(limits)

    @property
    def queue(self) -> Queue:
        """All that waits now, whoever changed what: the rules keep it in step with the facts."""
        return self.workspace.judged.queue

    @property
    def items(self) -> tuple[Item, ...]:
        """What this session still asks, in order: skipped items last."""
        return tuple(self._order.items(self.queue, self._memory))

    def current(self) -> Item | None:
        """The item to decide now; None when the session is at its end."""
        if self.limits.items is not None and len(self._memory.decided) >= self.limits.items:
            return None
        if self.limits.minutes is not None and self.seconds() >= self.limits.minutes * 60:
            return None
        return next(self._order.items(self.queue, self._memory), None)

    def position(self) -> tuple[int, int]:
        """Number of the current item, and how many there are in this session."""
        done = len(self._memory.decided)
        total = done + self._order.count(self.queue)
        return done + 1, min(total, total if self.limits.items is None else self.limits.items)

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
        return question_of(self.workspace.facts, item)

    def defaults(self, item: Item, move_id: str) -> dict[str, object]:
        """What stands in the form of a verdict at first; the pair that the item is about is filled in."""
        move = MOVES[move_id]
        if (record := self.record_for(item, move)) is None:
            return {}
        whole = self.workspace.record(move.kind, record.id) or record  # the facts leave long texts out
        values = move.defaults(self.workspace.facts, whole, self.workspace.occasion())
        return {**values, **known(item, move)}

    def gauge(self) -> Gauge:
        """Where the next gate stands now."""
        return gauge_of(self.workspace.report())

    def first(self) -> tuple[int, int]:
        """Where the gate stood when the session began: criteria met of all that applied."""
        return self._memory.first_met, self._memory.first_total

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
        given = {**known(item, move), **(answers or {})}

        return self._take(
            item,
            move_id,
            lambda beside: self.workspace.perform(move_id, record.id, given, action="triage", beside=beside),
        )

    def decide_all(
        self, item_ids: Sequence[str], move_id: str, answers: Mapping[str, object] | None = None
    ) -> tuple[State, int]:
        """Take one verdict on several items of one kind, in one act that one undo takes back.

        Raises:
            UndecidedError: One of them does not wait.
            RefusedError: They are of several kinds, or a rule refuses one of them: nothing was changed.
        """
        items = [self._waiting(item_id) for item_id in item_ids]
        batch = Batch(self, items, move_id, answers)
        self.workspace.guard.before("bulk")
        state = self._take(items[0], move_id, lambda beside: self.workspace.commit(batch.act, batch.occasion, beside))
        for item in items:
            self.taken_back.pop(item.id, None)
        self._together[self.workspace.last_txn or 0] = item_ids
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
        memory = self._standing()
        if not memory.decided:
            nothing = t("Nothing was decided in this session yet.")
            raise RefusedError(nothing, t("The desk's own undo goes further back."))
        _, item_id, txn, move_id = memory.decided[-1]
        memory.take_back()
        state = self.workspace.undo(txn, lambda *_: self._kept(memory))
        self._memory = memory
        self.last = None
        self.taken_back.update(dict.fromkeys(self._together.pop(txn, [item_id]), move_id))
        return state, item_id, move_id

    def undo_back_to(self, txn: int) -> State | None:
        """Take back the verdicts after the one that became this act; returns the state, None where there is none."""
        state = None
        while (decided := self._standing().decided) and decided[-1][2] > txn:
            state, *_ = self.undo()
        return state

    def acts(self) -> list[Logged]:
        """What its verdicts became, newest first."""
        found = [self.workspace.store.acts(1, txn + 1) for _, _, txn, _ in reversed(self._memory.decided)]
        return [each for acts in found for each in acts]

    def _standing(self) -> Memory:
        """What it remembers, but for the last verdicts as far as they were taken back elsewhere, such as on the desk."""
        memory = self._memory.copy()
        acts = self.workspace.store.acts
        memory.drop_undone(lambda txn: any(each.undone for each in acts(1, txn + 1)))
        return memory

    def seconds(self) -> float:
        """How long the session has lasted."""
        return self.workspace.clock.seconds() - self._since

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

    def _take(self, item: Item, move_id: str, take: Callable[[Beside], State]) -> State:
        """Take a verdict; what the session remembers of it is saved with it, or not at all."""
        before, memory = self.gauge(), self._memory.copy()

        def remember(queue: Queue, txn: int) -> Mapping[str, str]:
            waits = any(each.id == item.id for each in queue.found[item.kind])
            memory.decide(item, move_id, txn, waits=waits)
            return self._kept(memory)

        state = take(remember)
        act, txn = self.workspace.last_act, self.workspace.last_txn
        if txn is None:  # it changed nothing: there is nothing to take back, and the next item comes
            memory.settle(item, waits=True)
        self._memory = memory
        if txn is None:
            self._keep()
        words = act.words if act else ""
        self.taken_back.pop(item.id, None)
        self.last = Decided(item=item, move_id=move_id, words=words, txn=txn, before=before, after=self.gauge())
        return state

    def _waiting(self, item_id: str) -> Item:
        found = self._order.find(self.queue, item_id)
        if found is not None:
            return found
        raise UndecidedError(
            t("{item} does not wait any more.", item=item_id),
            t("Nothing was changed. `fieldgate triage --json` lists what waits."),
            item_id,
        )

    def record_for(self, item: Item, move: Move) -> Record | None:
        """The record that a verdict is about: the item's own, or the check that it asks."""
        facts = self.workspace.facts
        if move.kind == item.record_kind:
            return facts.get(move.kind, item.record_id)
        if move.kind == "check":
            return self.question(item)
        return None

    def _kept(self, memory: Memory) -> Mapping[str, str]:
        memory.spent = round(self.seconds(), 1)
        return {KEPT: memory.text()} if self._lasting else {}

    def _keep(self) -> None:
        for name, text in self._kept(self._memory).items():
            self.workspace.store.keep_meta(name, text)
