"""Changing an open workspace: by moves, by plans, back and forth, and by what comes from elsewhere.

Each change is one transaction, judged once, and answered with the new State.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from fieldgate.domain.folding import same
from fieldgate.domain.moves.catalog import find_move, perform
from fieldgate.domain.moves.scene import name_of
from fieldgate.domain.snapshot import LEFT_OUT
from fieldgate.domain.triage.kind import wake
from fieldgate.errors import UsageError
from fieldgate.store.figures import BESIDE
from fieldgate.words import t
from fieldgate.workspace.attaching import kept_with
from fieldgate.workspace.batches import foreseen, together
from fieldgate.workspace.earlier import bringing_back
from fieldgate.workspace.forms import ANSWERED_BY_THE_STORE
from fieldgate.workspace.judging import judge
from fieldgate.workspace.summary import figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fieldgate.domain.changes import Act
    from fieldgate.domain.occasion import Occasion
    from fieldgate.domain.records.learning import Note
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.domain.triage.kind import Queue
    from fieldgate.store.bench import Job
    from fieldgate.store.commit import Committed
    from fieldgate.store.store import Plan
    from fieldgate.workspace.earlier import Earlier
    from fieldgate.workspace.state import State

    Beside = Callable[[Queue, int], Mapping[str, str]]
    """From the queue after an act and the act's number to small things to be kept with it: name to text."""


from fieldgate.workspace.opened import Opened


class Acting(Opened):
    """An open workspace that can be changed."""

    def perform(
        self,
        move_id: str,
        record_id: str | None,
        answers: Mapping[str, object] | None = None,
        *,
        action: str = "",
        beside: Beside | None = None,
    ) -> State:
        """Do one move, by the rules, in one transaction; `last_act` then says what was done.

        Args:
            move_id: Such as `hypothesis.lock`.
            record_id: The record it is about; None for what creates records.
            answers: Ask to value; what is left out takes its default.
            action: What the log calls it, where that is not what the move says.
            beside: As `commit`.

        Raises:
            RefusedError: A rule refuses it; `missing` says what it lacks.
            NotFoundError: There is no such move or record.
            BusyError: It could not be saved; nothing was changed.
        """
        occasion = self._acting()
        move = find_move(move_id)
        kind = move.kind
        whole = self.store.record(kind, record_id) if record_id else None
        if whole is not None:
            self._hold(kind, whole.id)
        given = kept_with(self.target, move, {**self._beyond_facts(move_id, record_id), **(answers or {})})

        def plan(facts: Snapshot) -> Act:
            act = perform(facts, move_id, record_id, occasion, given, record=_with_texts(facts, kind, whole))
            return replace(act, action=action) if action else act

        return self.commit(plan, occasion, beside)

    def bring_back(self, wanted: Sequence[tuple[str, Earlier]]) -> State:
        """Give records, named by kind, earlier contents, all in one act.

        Raises:
            RefusedError: A rule that always holds would be broken, or nothing would change.
        """
        moment = self._acting().now
        found = [(kind, whole, each) for kind, each in wanted if (whole := self.store.record(kind, each.record_id))]
        for kind, whole, _ in found:
            self._hold(kind, whole.id)

        def plan(facts: Snapshot) -> Act:
            wholes = [(_with_texts(facts, kind, whole) or whole, each) for kind, whole, each in found]
            return bringing_back(facts, wholes, moment)

        return self.commit(plan)

    def perform_all(
        self, move_id: str, record_ids: Sequence[str], answers: Mapping[str, object] | None = None
    ) -> State:
        """Do one move with several records: all or none, in one transaction, with one undo."""
        occasion, move = self._acting(), find_move(move_id)
        kind = move.kind
        wholes = [self.store.record(kind, each) for each in record_ids]
        given = kept_with(self.target, move, answers or {})
        for whole in wholes:
            if whole is not None:
                self._hold(kind, whole.id)

        def one(facts: Snapshot, number: int) -> Act:
            whole = _with_texts(facts, kind, wholes[number])
            return perform(facts, move_id, record_ids[number], occasion, given, record=whole)

        self.guard.before("bulk")
        return self.commit(lambda facts: together(facts, len(record_ids), one, move_id), occasion)

    def preview_all(
        self, move_id: str, record_ids: Sequence[str], answers: Mapping[str, object] | None = None
    ) -> list[tuple[str, str, bool]]:
        """Say what a move would do to each of several records: its name, the words, and whether it would be done."""
        occasion, kind = self._acting(), find_move(move_id).kind

        def one(record_id: str) -> Act:
            whole = self.store.record(kind, record_id)
            return perform(self._facts, move_id, record_id, occasion, answers, record=whole)

        return [(self._called(kind, each), *foreseen(partial(one, each))) for each in record_ids]

    def _beyond_facts(self, move_id: str, record_id: str | None) -> dict[str, object]:
        """Answer what a move asks about notes that no rule reads: the facts leave them out, the store has them."""
        if not any(each.holds == ANSWERED_BY_THE_STORE for each in find_move(move_id).asks):
            return {}
        notes = cast("Iterable[Note]", self.reader.records("note"))
        return {"notes": [each.id for each in notes if each.customer_id == record_id]}

    def _called(self, kind: str, record_id: str) -> str:
        record = self.store.record(kind, record_id)
        return name_of(record) if record is not None else record_id

    def commit(self, plan: Plan, occasion: Occasion | None = None, beside: Beside | None = None) -> State:
        """Let a plan look at the facts and save what it says, in one transaction with its events.

        A record that was put off wakes when anything of it changes. An act has one moment: what it writes into a
        record is not older than the record, or minutes would count as changed since they were shared.

        Args:
            plan: Works the act out.
            occasion: The one that the plan writes of; now when left out.
            beside: Small things to be kept in the same transaction.
        """
        occasion = occasion or self._acting()
        summarise = partial(self._figures, beside=beside)

        def planned(facts: Snapshot) -> Act:
            act = plan(facts)
            changes = wake(facts, act.changes)
            self._grown = (facts, changes)
            return replace(act, changes=changes)

        done = self.store.commit(
            self._facts, planned, by=occasion.by, now=occasion.now, session=self.writer, summarise=summarise
        )
        return self._after(done)

    def held(self, kind: str, row_id: str) -> Record | None:
        """Return a record whole, and have it in the facts."""
        found = self.store.record(kind, row_id)
        if found is not None:
            self._hold(kind, row_id)
        return found

    @staticmethod
    def whole(facts: Snapshot, kind: str, held: Record | None) -> Record | None:
        """Return a record as some facts have it, with the long texts that they leave out."""
        return _with_texts(facts, kind, held)

    def _hold(self, kind: str, row_id: str) -> None:
        """Have a record in the facts that no rule asked for so far; what the rules made of them stays true."""
        fuller = self.store.with_records(self._facts, kind, [row_id])
        if self._judged is not None and self._judged.facts is self._facts:
            self._judged = replace(self._judged, facts=fuller)
        self._facts = fuller

    def undo(self, txn: int | None = None, beside: Beside | None = None) -> State:
        """Take back the last act, or one by its number; `beside` as `commit`."""
        occasion = self._taking_back()
        summarise = partial(self._figures, beside=beside)
        return self._after(
            self.store.undo(
                self._facts, by=occasion.by, now=occasion.now, session=self.writer, txn=txn, summarise=summarise
            )
        )

    def redo(self) -> State:
        """Do again what was undone last."""
        occasion = self._taking_back()
        return self._after(
            self.store.redo(self._facts, by=occasion.by, now=occasion.now, session=self.writer, summarise=self._figures)
        )

    def undo_back_to(self, seq: int) -> State:
        """Take back every act after an event."""
        occasion = self._taking_back()
        self.guard.before("bulk")
        return self._after(
            self.store.undo_back_to(
                self._facts, seq, by=occasion.by, now=occasion.now, session=self.writer, summarise=self._figures
            )
        )

    def refresh(self) -> State:
        """Take in what other programs wrote into the store meanwhile."""
        before = self._facts
        self._facts = self.store.refresh(self._facts)
        self._number += self._facts is not before
        return self.state()

    def settle_figures(self) -> None:
        """Keep the figures of the first frame anew, after something other than an act changed the file."""
        self.store.keep_figures(self._facts, self._figures, day=self.clock.today())

    def take_in(self, job: Job, *, words: str, lasting: bool = True) -> State:
        """Merge what comes from elsewhere into the store, in one transaction with its events.

        Args:
            job: Works out the records inside the transaction.
            words: One line for the log.
            lasting: It cannot be taken back.
        """
        done = self.store.take_in(
            self._facts,
            job,
            by=self.author,
            now=self.clock.now(),
            session=self.writer,
            action="merge",
            words=words,
            lasting=lasting,
            summarise=self._figures,
        )
        act = self.last_act
        state = self._after(done)
        self.last_act = act
        return state

    def _acting(self) -> Occasion:
        occasion = self.occasion()
        if occasion.by:
            return occasion
        handles = ", ".join(sorted(each.handle for each in self._facts.members.values() if each.live))
        raise UsageError(
            t("Who acts? This workspace has several members: {handles}.", handles=handles),
            t("Say it with --as HANDLE, or set FIELDGATE_AUTHOR."),
        )

    def _taking_back(self) -> Occasion:
        """Say who takes back: also who was a member and is none any more, or nobody could take that back."""
        occasion = self.occasion()
        former = (each.handle for each in self._facts.members.values() if same(each.handle, self.named))
        by = occasion.by or next(former, "")
        return replace(occasion, by=by) if by else self._acting()

    def _after(self, done: Committed) -> State:
        self._facts = done.facts
        self._number += 1
        self._edited = self._edited or (done.txn is not None and done.act.action != "merge")
        self.last_act, self.last_txn = done.act, done.txn
        if done.txn is not None:
            self.guard.changed()
        return self.state()

    def _figures(self, facts: Snapshot, beside: Beside | None = None) -> dict[str, Any]:
        """Let the rules look at the facts that are about to be saved; only where they changed, if that is known."""
        before, grown = self._judged, self._grown
        self._grown = None
        changes = grown[1] if grown and before and before.facts is grown[0] else None
        self._judged = judge(facts, self._shipped, self.clock.today(), before, changes)
        found = figures(self._judged)
        return found if beside is None else {**found, BESIDE: partial(beside, self._judged.queue)}


def _with_texts(facts: Snapshot, kind: str, whole: Record | None) -> Record | None:
    """Return a record as the facts have it now, with the long texts that they leave out."""
    current = facts.get(kind, whole.id) if whole is not None else None
    if whole is None or current is None:
        return whole
    return replace(current, **{name: getattr(whole, name) for name in LEFT_OUT.get(kind, {})})
