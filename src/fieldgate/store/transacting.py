"""Writing in one transaction on facts that are up to date, and keeping the facts in step without reading them anew."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from fieldgate.domain.changes import Act, Create, apply
from fieldgate.domain.snapshot import Snapshot
from fieldgate.errors import RefusedError
from fieldgate.store import facts as reading
from fieldgate.store import figures, log
from fieldgate.store.commit import Committed, Summarise, next_facts, settled_changes, write_changes
from fieldgate.store.database import Database
from fieldgate.store.log import Entry
from fieldgate.store.looking import OpenFile
from fieldgate.store.writing import settle
from fieldgate.words import t

Jobs = Callable[[Connection, Snapshot], Iterator[tuple[Act, Entry]]]
"""Yields acts to be written one after the other, each with what the log says of it."""


class Writer(OpenFile):
    """An open file, with the facts as it last gave them."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._counter = 0
        self._seq = 0
        self._latest: Snapshot | None = None

    def load_facts(self) -> Snapshot:
        """Read the facts that rules need, of all records."""
        with self._database.reading() as connection:
            seq, facts = log.last_seq(connection), reading.load_facts(connection)
        self._seq, self._latest = seq, facts
        return facts

    def refresh(self, facts: Snapshot) -> Snapshot:
        """Return the facts with what others wrote since; the same object if nobody did."""
        with self._database.reading() as connection:
            facts, seq = self._caught_up(connection, facts)
        self._seq, self._latest = seq, facts
        return facts

    def with_records(self, facts: Snapshot, kind: str, ids: Iterable[str]) -> Snapshot:
        """Return the facts with some more records in them, such as notes that no rule asked for so far."""
        with self._database.reading() as connection:
            found = reading.read_facts(connection, kind, set(ids) - facts.tables[kind].keys())
        if not found:
            return facts
        fuller = apply(facts, [Create(each) for each in found])
        if facts is self._latest:
            self._latest = fuller
        return fuller

    def _write(self, facts: Snapshot, jobs: Jobs, summarise: Summarise | None, day: date) -> Committed:
        """Write the acts that `jobs` yields, each on top of the one before, in one transaction."""
        txn, done = None, Act(action="update", changes=())
        with self._transaction() as connection:
            current, seq = self._caught_up(connection, facts)
            for act, entry in jobs(connection, current):
                changes = settle(connection, act.changes, by=entry.by, now=entry.at)
                done = replace(act, changes=(*done.changes, *settled_changes(changes)))
                if changes or entry.undoes is not None:
                    txn = write_changes(connection, changes, entry, self._tick(entry.at))
                    current = next_facts(connection, current, changes)
            if txn is not None:
                seq = self._figured(connection, current, summarise, day, txn)
        self._seq, self._latest = seq, current
        return Committed(current, txn, done)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._database.writing() as connection:
                yield connection
        except IntegrityError as error:
            message = t("What was to be written does not fit the rest: {reason}", reason=str(error.orig))
            raise RefusedError(message, t("Nothing was changed.")) from error

    def _caught_up(self, connection: Connection, facts: Snapshot | None) -> tuple[Snapshot, int]:
        """Return the facts as of now, and the number of the last event: what others wrote meanwhile is read."""
        seq = log.last_seq(connection)
        if facts is None or facts is not self._latest:
            return reading.load_facts(connection), seq
        if seq == self._seq:
            return facts, seq
        changed = log.rows_after(connection, self._seq)
        found = [each for kind, ids in changed.items() for each in reading.read_facts(connection, kind, ids)]
        return apply(facts, [Create(each) for each in found]), seq

    def _figured(
        self, connection: Connection, facts: Snapshot, summarise: Summarise | None, day: date, txn: int | None = None
    ) -> int:
        seq = log.last_seq(connection)
        if summarise is not None:
            figures.write_figures(connection, summarise(facts), seq=seq, day=day, txn=txn)
        return seq

    def _tick(self, now: datetime) -> int:
        """Raise our counter: the greater of last + 1 and the Unix time in seconds."""
        self._counter = max(self._counter + 1, int(now.timestamp()))
        return self._counter
