"""Store: the file that holds one workspace on this machine. The only way in for whoever writes.

It knows nothing of rules: it is handed a plan that looks at the facts and says what to change. The plan runs inside
the transaction, on facts that nobody else can change until it ends.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from fieldgate.domain.changes import Act
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.times import whole_stamp
from fieldgate.store import backups, figures, forgetting, undoing
from fieldgate.store.bench import Bench, Job
from fieldgate.store.commit import Committed, Summarise, next_facts, settled_changes
from fieldgate.store.creation import make_file
from fieldgate.store.database import Database
from fieldgate.store.healing import heal
from fieldgate.store.inspection import check_file, look
from fieldgate.store.log import Entry
from fieldgate.store.migrations import migrate
from fieldgate.store.taking import Arrival, arrivals_of, take
from fieldgate.store.transacting import Writer

Plan = Callable[[Snapshot], Act]
"""Looks at the facts and says what to change; raises RefusedError where a rule does not allow it."""


class Store(Writer):
    """The open file, for looking and writing. Used by one thread at a time."""

    @classmethod
    def create(cls, path: Path, records: Iterable[Record], *, by: str, now: datetime, writer: str) -> Self:
        """Make the file of a new workspace, with its first records.

        Args:
            path: Where; folders above it are made.
            records: The workspace record, and whatever it begins with; each with its code.
            by: The handle of the founder.
            now: The moment that is logged.
            writer: The name of this run of the program: 5 characters, new at every start.

        Raises:
            BusyError: Something stands there already, or it cannot be written.
        """
        arrivals = arrivals_of(records)

        def fill(database: Database) -> None:
            cls(database).take_in(None, arrivals, by=by, now=now, session=writer, action="create")

        make_file(path, fill)
        return cls(Database(path))

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, trusted: bool = False) -> Self:
        """Open a file.

        Args:
            path: The file.
            read_only: Refuse every write.
            trusted: It lies in our own data folder and closed cleanly: looked at later, by `integrity`.

        Raises:
            NotFoundError: It is not there.
            FormatError: It is not ours, or damaged; it stays as it is.
            NewerFormatError: A newer fieldgate wrote it; it stays as it is.
            BusyError: It cannot be read or written.
        """
        header = look(path)
        heal(path)
        if not (trusted and header.clean):
            check_file(path)
        database = Database(path, read_only=read_only)
        try:
            if not read_only:
                migrate(database, lambda target: backups.copy(database, target))
        except BaseException:
            database.close()
            raise
        return cls(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def commit(
        self,
        facts: Snapshot,
        plan: Plan,
        *,
        by: str,
        now: datetime,
        session: str,
        summarise: Summarise | None = None,
    ) -> Committed:
        """Let a plan look at the facts and write what it says, in one transaction with its log.

        The plan sees what others wrote up to this moment. New records without a code get the next one; who and when are
        filled in. A plan that changes nothing writes nothing.

        Args:
            facts: The facts as this store last gave them.
            plan: Says what to change.
            by: The handle of who acts.
            now: The moment that is written.
            session: The name of this run of the program: 5 characters, new at every start.
            summarise: Works out the figures for the first frame from the new facts. Its entry `tallies` maps ids of
                hypotheses to their counts, its entry `day` is the day that the figures hold for, its entry `beside`
                works out small things to be kept with the act, from its number.

        Raises:
            RefusedError: The plan refuses, or a link points at nothing.
            NotFoundError: A change names a row that is not there.
            BusyError: It could not be written; nothing was changed.
        """

        def jobs(_: Connection, current: Snapshot) -> Iterator[tuple[Act, Entry]]:
            act = plan(current)
            yield act, Entry(at=whole_stamp(now), by=by, session=session, action=act.action, words=act.words)

        return self._write(facts, jobs, summarise, now.date())

    def take_in(
        self,
        facts: Snapshot | None,
        arrivals: Iterable[Arrival] | Job,
        *,
        by: str,
        now: datetime,
        session: str,
        action: str = "import",
        words: str = "",
        lasting: bool = True,
        summarise: Summarise | None = None,
    ) -> Committed:
        """Write records that come with their own history, in one transaction with its log.

        Args:
            facts: The facts as this store last gave them; None reads them anew.
            arrivals: The records, each with what stands in its file and the versions to be kept; or what works them
                out inside the transaction, from versions that nobody else can change until it ends.
            by: The handle of who acts.
            now: The moment that is logged.
            session: The name of this run of the program.
            action: What the log calls it: import, merge, create.
            words: One line for the log.
            lasting: It cannot be taken back.
            summarise: As `commit`.
        """
        entry = Entry(at=whole_stamp(now), by=by, session=session, action=action, words=words, lasting=lasting)
        with self._transaction() as connection:
            current, _ = self._caught_up(connection, facts)
            tick = self._tick(now)
            came = arrivals(Bench(connection, entry.at, tick)) if callable(arrivals) else arrivals
            txn, changes = take(connection, list(came), entry, tick)
            current = next_facts(connection, current, changes) if changes else current
            seq = self._figured(connection, current, summarise if changes else None, now.date())
        self._seq, self._latest = seq, current
        return Committed(current, txn, Act(action=action, changes=settled_changes(changes), words=words))

    def undo(
        self,
        facts: Snapshot,
        *,
        by: str,
        now: datetime,
        session: str,
        txn: int | None = None,
        summarise: Summarise | None = None,
    ) -> Committed:
        """Take back the last act, or the one numbered `txn`.

        Raises:
            RefusedError: There is nothing to take back.
            UndecidedError: A field has been changed since by another path; the record and the field are named.
        """
        entry = Entry(at=whole_stamp(now), by=by, session=session, action="undo")

        def jobs(connection: Connection, current: Snapshot) -> Iterator[tuple[Act, Entry]]:
            yield undoing.taking_back(connection, undoing.target(connection, txn), entry, current.workspace.id)

        return self._write(facts, jobs, summarise, now.date())

    def redo(
        self, facts: Snapshot, *, by: str, now: datetime, session: str, summarise: Summarise | None = None
    ) -> Committed:
        """Take back the last undo.

        Raises:
            RefusedError: There is nothing to do again.
            UndecidedError: A field has been changed since by another path.
        """
        entry = Entry(at=whole_stamp(now), by=by, session=session, action="undo")

        def jobs(connection: Connection, current: Snapshot) -> Iterator[tuple[Act, Entry]]:
            yield undoing.taking_back(connection, undoing.redo_target(connection), entry, current.workspace.id)

        return self._write(facts, jobs, summarise, now.date())

    def undo_back_to(
        self, facts: Snapshot, seq: int, *, by: str, now: datetime, session: str, summarise: Summarise | None = None
    ) -> Committed:
        """Take back every act after the one that event `seq` belongs to, all or none; each can be done again.

        Raises:
            RefusedError: There is no such event, or nothing after it.
            UndecidedError: A field has been changed since by another path.
        """
        entry = Entry(at=whole_stamp(now), by=by, session=session, action="undo")

        def jobs(connection: Connection, current: Snapshot) -> Iterator[tuple[Act, Entry]]:
            for target in undoing.targets_after(connection, seq):
                yield undoing.taking_back(connection, target, entry, current.workspace.id)

        return self._write(facts, jobs, summarise, now.date())

    def purge(self, blanked: forgetting.Blanked, names: Iterable[str]) -> None:
        """Take the earlier values of blanked fields out of the log, the kept versions and the bytes of the file.

        Args:
            blanked: Ids of rows to the names of the fields.
            names: Words that no line of the log may keep.
        """
        forgetting.purge(self._database, blanked, names)

    def keep_meta(self, key: str, value: str) -> None:
        """Keep a small thing under a name."""
        with self._database.writing() as connection:
            figures.write_meta(connection, key, value)

    def keep_figures(self, facts: Snapshot, summarise: Summarise, *, day: date) -> None:
        """Keep the figures anew where nothing was changed, as on a new day."""
        with self._database.writing() as connection:
            self._figured(connection, facts, summarise, day)
