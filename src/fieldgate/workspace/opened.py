"""What an open workspace says without being changed: its facts, what the rules make of them, who acts, the State."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from fieldgate.domain.folding import same
from fieldgate.domain.gates import in_force
from fieldgate.domain.identity import random_id, random_writer
from fieldgate.domain.occasion import Occasion
from fieldgate.errors import FieldgateError, RefusedError
from fieldgate.store.reader import Reader
from fieldgate.words import t
from fieldgate.workspace.glance import AUTHOR, PLAYBOOK, overrides_of, unread_overrides
from fieldgate.workspace.judging import Judged, judge
from fieldgate.workspace.playbook_files import current_playbook
from fieldgate.workspace.state import State
from fieldgate.workspace.summary import summarise
from fieldgate.workspace.text_form import files_of, text_files, write_folder
from fieldgate.workspace.upkeep.backups import Backups
from fieldgate.workspace.upkeep.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fieldgate.domain.changes import Act, Change
    from fieldgate.domain.gates import GateReport
    from fieldgate.domain.playbook import Playbook
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.locations import Locations
    from fieldgate.store.store import Store
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.door import Target


class Opened:
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
        self.writer = random_writer()
        self._given = author
        self._facts = store.load_facts()
        folder = locations.workspace_folder(self._facts.workspace.id)
        self.guard = Guard(store, Backups(folder / "backups"))
        self.playbook_trouble: tuple[FieldgateError, ...] = ()
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
        for member in members:
            if same(member.handle, self.named):
                return member.handle
        return members[0].handle if len(members) == 1 and not self._given else ""

    @property
    def named(self) -> str:
        """The handle under which somebody said to write on this machine, whether or not a member has it."""
        return self._given or self.store.meta(AUTHOR) or ""

    def act_as(self, handle: str) -> None:
        """Let somebody act from here on in this run of the program; `author` is empty if no member has the handle."""
        self._given = handle

    @property
    def judged(self) -> Judged:
        """What the rules make of the facts as they stand; worked out once per change and day."""
        today = self.clock.today()
        if self._judged is None or not self._judged.holds_for(self._facts, self._shipped, today):
            self._judged = judge(self._facts, self._shipped, today, self._judged)
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

    def text_files(self, records: Iterable[Record] | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of every file of the text form, workspace.md first; of these records if any are given."""
        return text_files(self.store) if records is None else files_of(records)

    def write_text(self, target: Path, files: Iterable[tuple[str, bytes]]) -> int:
        """Make a folder of files, whole or not at all; returns how many it has.

        Raises:
            BusyError: Something stands there already, or it cannot be written.
        """
        return write_folder(target, files)

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return a record whole."""
        return self.store.record(kind, record_id)

    def _read_playbook(self) -> Playbook:
        effective, keep = current_playbook(
            self.store.meta(PLAYBOOK),
            self.locations.playbooks(),
            overrides_of(self.target),
            dict(self._facts.workspace.policy),
        )
        self.playbook_trouble = (*unread_overrides(self.target), *effective.trouble)
        if keep is not None and not self.store.read_only:
            self.store.keep_meta(PLAYBOOK, keep)
        return effective.playbook
