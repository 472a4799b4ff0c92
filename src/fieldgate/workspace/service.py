"""Workspace: the one way to change anything. Checks, saves, and answers with the new State.

Used by one thread at a time. The only other module that loads SQLModel on purpose is the store itself; `door` imports
this one late.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from fieldgate.domain.folding import same
from fieldgate.domain.gates import in_force
from fieldgate.domain.identity import ID_ALPHABET, random_id
from fieldgate.domain.moves.catalog import find_move, perform
from fieldgate.domain.moves.scene import name_of
from fieldgate.domain.occasion import Occasion
from fieldgate.domain.snapshot import LEFT_OUT
from fieldgate.domain.triage.kind import wake
from fieldgate.errors import RefusedError, UsageError
from fieldgate.store.reader import Reader
from fieldgate.store.store import Plan, Store
from fieldgate.store.taking import arrivals_of
from fieldgate.words import t
from fieldgate.workspace import founding
from fieldgate.workspace.batches import foreseen, together
from fieldgate.workspace.glance import AUTHOR, PLAYBOOK, overrides_of
from fieldgate.workspace.judging import Judged, judge
from fieldgate.workspace.own_copy import make_own_copy
from fieldgate.workspace.playbook_files import current_playbook
from fieldgate.workspace.recent import Recent, remember
from fieldgate.workspace.sharer import Sharing
from fieldgate.workspace.sharing_report import SyncReport
from fieldgate.workspace.state import State
from fieldgate.workspace.summary import figures, summarise
from fieldgate.workspace.text_form import text_files, write_folder
from fieldgate.workspace.upkeep import examination, forgetting
from fieldgate.workspace.upkeep.backups import Backups
from fieldgate.workspace.upkeep.guard import Guard
from fieldgate.workspace.upkeep.keeper import Keeper
from fieldgate.workspace.wishes import NOTHING_SAID, Wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fieldgate.documents.tree import Trouble
    from fieldgate.domain.changes import Act, Change
    from fieldgate.domain.gates import GateReport
    from fieldgate.domain.moves.starting import Start
    from fieldgate.domain.playbook import Playbook
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.locations import Locations
    from fieldgate.store.bench import Job
    from fieldgate.store.commit import Committed
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.door import Target
    from fieldgate.workspace.upkeep.examination import Findings
    from fieldgate.workspace.upkeep.mending import Repair

WRITER_LENGTH = 5


class Workspace:
    """An open workspace.

    Args:
        store: The open store.
        target: What was opened.
        locations: Where this user's things are.
        clock: Tells day and time.
        author: The handle of who acts, if it was said in the call.
    """

    def __init__(self, store: Store, target: Target, locations: Locations, clock: Clock, author: str | None) -> None:
        self.store = store
        self.target = target
        self.locations = locations
        self.clock = clock
        self.writer = new_writer()
        self._given = author
        self._facts = store.load_facts()
        folder = locations.workspace_folder(self._facts.workspace.id)
        self.guard = Guard(store, Backups(folder / "backups"))
        self._shipped = self._read_playbook()
        self._number = 1
        self._edited = False
        self._reader = Reader(store.path, clock.today())
        self.last_act: Act | None = None
        self.last_txn: int | None = None
        self._judged: Judged | None = None
        self._grown: tuple[Snapshot, tuple[Change, ...]] | None = None

    @property
    def facts(self) -> Snapshot:
        """The facts as they stand, as far as this program knows."""
        return self._facts

    @property
    def playbook(self) -> Playbook:
        """The playbook with the numbers that this workspace changed."""
        return in_force(self._facts, self._shipped)

    @property
    def author(self) -> str:
        """The handle of who acts; empty where nobody said so and there is more than one founder."""
        members = [each for each in self._facts.members.values() if each.live and each.active]
        named = self._given or self.store.meta(AUTHOR) or ""
        for member in members:
            if same(member.handle, named):
                return member.handle
        return members[0].handle if len(members) == 1 and not self._given else ""

    def act_as(self, handle: str) -> None:
        """Let somebody act from here on in this run of the program; `author` is empty if no member has the handle."""
        self._given = handle

    @property
    def judged(self) -> Judged:
        """What the rules make of the facts as they stand; worked out once per change and day."""
        today = self.clock.today()
        if self._judged is None or not self._judged.holds_for(self._facts, self._shipped, today):
            self._judged = judge(self._facts, self._shipped, today)
        return self._judged

    def report(self) -> GateReport | None:
        """Return what the open gate says now; None when none is open."""
        return self.judged.report

    def choose_author(self, handle: str) -> None:
        """Keep who writes on this machine.

        Raises:
            RefusedError: No member has this handle.
        """
        for member in self._facts.members.values():
            if member.live and same(member.handle, handle):
                self.store.keep_meta(AUTHOR, member.handle)
                return
        handles = ", ".join(sorted(each.handle for each in self._facts.members.values() if each.live))
        raise RefusedError(
            t("Nobody here has the handle {handle}.", handle=handle), t("Members: {handles}", handles=handles)
        )

    def occasion(self) -> Occasion:
        """Return who acts, when, and under which playbook."""
        return Occasion(
            today=self.clock.today(),
            now=self.clock.now(),
            by=self.author,
            new_id=random_id,
            playbook=self.playbook,
        )

    def state(self) -> State:
        """Return what the screen shows."""
        today = self.clock.today()
        if self._reader.today != today:
            self._reader = self._reader.on(today)
        judged = self.judged
        return State(
            number=self._number,
            today=today,
            playbook=self.playbook,
            reader=self._reader,
            summary=summarise(judged, self.store.last_seq()),
            facts=self._facts,
            report=judged.report,
            settled=True,
            author=self.author,
            read_only=self.store.read_only,
        )

    @cached_property
    def reader(self) -> Reader:
        """A reader for whoever works on this thread; the one that states carry belongs to the screen."""
        return self._reader.again()

    # Changing

    def perform(
        self, move_id: str, record_id: str | None, answers: Mapping[str, object] | None = None, *, action: str = ""
    ) -> State:
        """Do one move, by the rules, in one transaction; `last_act` then says what was done.

        Args:
            move_id: Such as `hypothesis.lock`.
            record_id: The record it is about; None for what creates records.
            answers: Ask to value; what is left out takes its default.
            action: What the log calls it, where that is not what the move says.

        Raises:
            RefusedError: A rule refuses it; `missing` says what it lacks.
            NotFoundError: There is no such move or record.
            BusyError: It could not be saved; nothing was changed.
        """
        occasion = self._acting()
        kind = find_move(move_id).kind
        whole = self.store.record(kind, record_id) if record_id else None
        if whole is not None:
            self._hold(kind, whole.id)

        def plan(facts: Snapshot) -> Act:
            act = perform(facts, move_id, record_id, occasion, answers, record=_with_texts(facts, kind, whole))
            return replace(act, action=action) if action else act

        return self.commit(plan)

    def perform_all(
        self, move_id: str, record_ids: Sequence[str], answers: Mapping[str, object] | None = None
    ) -> State:
        """Do one move with several records: all or none, in one transaction, with one undo."""
        occasion, kind = self._acting(), find_move(move_id).kind
        wholes = [self.store.record(kind, each) for each in record_ids]
        for whole in wholes:
            if whole is not None:
                self._hold(kind, whole.id)

        def one(facts: Snapshot, number: int) -> Act:
            whole = _with_texts(facts, kind, wholes[number])
            return perform(facts, move_id, record_ids[number], occasion, answers, record=whole)

        self.guard.before("bulk")
        return self.commit(lambda facts: together(facts, len(record_ids), one, move_id))

    def preview_all(
        self, move_id: str, record_ids: Sequence[str], answers: Mapping[str, object] | None = None
    ) -> list[tuple[str, str, bool]]:
        """Say what a move would do to each of several records: its name, the words, and whether it would be done."""
        occasion, kind = self._acting(), find_move(move_id).kind

        def one(record_id: str) -> Act:
            whole = self.store.record(kind, record_id)
            return perform(self._facts, move_id, record_id, occasion, answers, record=whole)

        return [(self._called(kind, each), *foreseen(partial(one, each))) for each in record_ids]

    def _called(self, kind: str, record_id: str) -> str:
        record = self.store.record(kind, record_id)
        return name_of(record) if record is not None else record_id

    def commit(self, plan: Plan) -> State:
        """Let a plan look at the facts and save what it says, in one transaction with its events.

        A record that was put off wakes when anything of it changes.
        """
        occasion = self._acting()

        def planned(facts: Snapshot) -> Act:
            act = plan(facts)
            changes = wake(facts, act.changes)
            self._grown = (facts, changes)
            return replace(act, changes=changes)

        done = self.store.commit(
            self._facts, planned, by=occasion.by, now=occasion.now, session=self.writer, summarise=self._figures
        )
        return self._after(done)

    def _hold(self, kind: str, row_id: str) -> None:
        """Have a record in the facts that no rule asked for so far; what the rules made of them stays true."""
        fuller = self.store.with_records(self._facts, kind, [row_id])
        if self._judged is not None and self._judged.facts is self._facts:
            self._judged = replace(self._judged, facts=fuller)
        self._facts = fuller

    def undo(self, txn: int | None = None) -> State:
        """Take back the last act, or one by its number."""
        occasion = self._acting()
        return self._after(
            self.store.undo(
                self._facts, by=occasion.by, now=occasion.now, session=self.writer, txn=txn, summarise=self._figures
            )
        )

    def redo(self) -> State:
        """Do again what was undone last."""
        occasion = self._acting()
        return self._after(
            self.store.redo(self._facts, by=occasion.by, now=occasion.now, session=self.writer, summarise=self._figures)
        )

    def undo_back_to(self, seq: int) -> State:
        """Take back every act after an event."""
        occasion = self._acting()
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

    def text_files(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of every file of the text form, workspace.md first."""
        return text_files(self.store)

    def write_text(self, target: Path, files: Iterable[tuple[str, bytes]]) -> int:
        """Make a folder of files, whole or not at all; returns how many it has.

        Raises:
            BusyError: Something stands there already, or it cannot be written.
        """
        return write_folder(target, files)

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return a record whole."""
        return self.store.record(kind, record_id)

    def forget(self, customer_id: str) -> forgetting.Forgotten:
        """Forget a customer for good: names, contact and words, in records, history and backups."""
        return forgetting.forget(self, customer_id)

    def settle_figures(self) -> None:
        """Keep the figures of the first frame anew, after something other than an act changed the file."""
        self.store.keep_figures(self._facts, self._figures, day=self.clock.today())

    # Sharing

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

    @property
    def sharing(self) -> Sharing:
        """All that has to do with other founders and other machines."""
        return Sharing(self)

    def take_in_shared(self) -> tuple[State, SyncReport]:
        """Take in what changed in the shared folders, or the zip that was opened; writes nothing there."""
        report = self.sharing.take_in()
        return self.state(), report

    def sync(self, wishes: Wishes = NOTHING_SAID) -> tuple[State, SyncReport]:
        """Take in what changed in the shared folders, and write to them what changed here."""
        report = self.sharing.sync(wishes)
        self._edited = False
        return self.state(), report

    def give_out(self) -> SyncReport:
        """Write to the shared folders what was changed here since; nothing if nothing was."""
        if not self._edited:
            return SyncReport()
        report = self.sharing.give_out()
        self._edited = False
        return report

    def close(self, *, give_out: bool = True) -> None:
        """Write to the shared folders what was changed here, and let go of the store."""
        try:
            if give_out:
                self.give_out()
        finally:
            self._reader.close()
            self.store.close()

    def _acting(self) -> Occasion:
        occasion = self.occasion()
        if occasion.by:
            return occasion
        handles = ", ".join(sorted(each.handle for each in self._facts.members.values() if each.live))
        raise UsageError(
            t("Who acts? This workspace has several members: {handles}.", handles=handles),
            t("Say it with --as HANDLE, or set FIELDGATE_AUTHOR."),
        )

    def _after(self, done: Committed) -> State:
        self._facts = done.facts
        self._number += 1
        self._edited = self._edited or (done.txn is not None and done.act.action != "merge")
        self.last_act, self.last_txn = done.act, done.txn
        if done.txn is not None:
            self.guard.changed()
        return self.state()

    def _figures(self, facts: Snapshot) -> dict[str, Any]:
        """Let the rules look at the facts that are about to be saved; only where they changed, if that is known."""
        before, grown = self._judged, self._grown
        self._grown = None
        changes = grown[1] if grown and before and before.facts is grown[0] else None
        self._judged = judge(facts, self._shipped, self.clock.today(), before, changes)
        return figures(self._judged)

    def _read_playbook(self) -> Playbook:
        effective, keep = current_playbook(
            self.store.meta(PLAYBOOK),
            self.locations.playbooks(),
            overrides_of(self.target),
            dict(self._facts.workspace.policy),
        )
        if keep is not None and not self.store.read_only:
            self.store.keep_meta(PLAYBOOK, keep)
        return effective.playbook


def _with_texts(facts: Snapshot, kind: str, whole: Record | None) -> Record | None:
    """Return a record as the facts have it now, with the long texts that they leave out."""
    current = facts.get(kind, whole.id) if whole is not None else None
    if whole is None or current is None:
        return whole
    return replace(current, **{name: getattr(whole, name) for name in LEFT_OUT.get(kind, {})})


def open_target(target: Target, locations: Locations, clock: Clock, author: str | None) -> Workspace:
    """Open a workspace for reading and writing; a folder seen for the first time gets its store."""
    if not target.known:
        prepare(target, locations, clock)
    trusted = target.store.is_relative_to(locations.data)
    store = Store.open(target.store, read_only=target.read_only, trusted=trusted)
    workspace = Workspace(store, target, locations, clock, author)
    opened = workspace.facts.workspace
    remember(locations, Recent(path=str(target.path.absolute()), workspace_id=opened.id, name=opened.name))
    return workspace


def prepare(target: Target, locations: Locations, clock: Clock) -> tuple[Trouble, ...]:
    """Make the store of a folder or an archive seen for the first time; returns the files that were left out."""
    return founding.prepare(target, locations, clock, new_writer())


def take_in(target: Target, locations: Locations, clock: Clock) -> SyncReport:
    """Take in what changed in the shared folder of a workspace, and write nothing there."""
    workspace = open_target(target, locations, clock, None)
    try:
        return workspace.take_in_shared()[1]
    finally:
        workspace.close(give_out=False)


def own_copy(target: Target, locations: Locations, clock: Clock) -> Target:
    """Make the workspace in a folder one of its own."""
    own = make_own_copy(target, locations, clock, new_writer())
    remember(locations, Recent(path=str(own.path.absolute()), workspace_id=own.workspace_id, name=own.name))
    return own


def make_store(target: Target, records: Iterable[Record], locations: Locations, clock: Clock, author: str) -> None:
    """Make the store of a target from records."""
    arrivals = arrivals_of(records)
    founding.make_store(target.store, arrivals, locations, clock, writer=new_writer(), author=author)


def examine(target: Target, locations: Locations, clock: Clock) -> Findings:
    """Look at everything that can be wrong with what was found."""
    return examination.examine(target, lambda: prepare(target, locations, clock))


def keeper(target: Target, locations: Locations) -> Keeper:
    """Return who looks after the files of a workspace, whether its store opens or not."""
    return Keeper(target, locations)


def repair(target: Target, locations: Locations, clock: Clock) -> Repair:
    """Repair a damaged store, and look that the workspace opens."""
    done = Keeper(target, locations).repair(new_writer())
    workspace = open_target(target, locations, clock, None)
    workspace.settle_figures()
    workspace.close(give_out=False)
    return done


def found_workspace(path: Path, start: Start, locations: Locations, clock: Clock, author: str | None) -> Target:
    """Make a new workspace; it is the one used last from here on."""
    target = founding.found_workspace(path, start, locations, clock, writer=new_writer(), author=author)
    workspace = open_target(target, locations, clock, author)
    if target.kind == "folder":
        workspace.take_in_shared()  # so that the store knows the folder that was just written from it
    workspace.close()
    return target


def new_writer() -> str:
    """Return a name for this run of the program: never used before, so that no two versions look the same."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(WRITER_LENGTH))
