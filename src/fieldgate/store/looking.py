"""What can be asked of an open file: records, the log, kept versions, small things by name."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from fieldgate.documents.document import Version
from fieldgate.domain.records.history import Event
from fieldgate.domain.records.record import Record
from fieldgate.store import backups, facts, figures, log, undoing, versions
from fieldgate.store.database import Database
from fieldgate.store.finding import find_code
from fieldgate.store.folders import Folders
from fieldgate.store.log import Logged
from fieldgate.store.versions import Head


class OpenFile:
    """An open file, for looking. Used by one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._database.path

    @property
    def read_only(self) -> bool:
        """Whether every write is refused."""
        return self._database.read_only

    @property
    def folders(self) -> Folders:
        """The shared folders that this file is kept in step with."""
        return Folders(self._database)

    def record(self, kind: str, row_id: str) -> Record | None:
        """Return one record whole, archived or not."""
        with self._database.reading() as connection:
            found = facts.read_records(connection, kind, [row_id])
        return found[0] if found else None

    def records(self, kind: str) -> Iterator[Record]:
        """Go through the records of a kind whole, archived ones included, oldest first."""
        with self._database.reading() as connection:
            found = list(facts.every_record(connection, kind))
        return iter(found)

    def find(self, code: str) -> tuple[str, str, bool] | None:
        """Return kind, id and whether the code is a former one, of the record that people call `code`; or None."""
        with self._database.reading() as connection:
            return find_code(connection, code)

    def last_seq(self) -> int:
        """Return the number of the last event; 0 in an empty log."""
        with self._database.reading() as connection:
            return log.last_seq(connection)

    def history(self, row_id: str) -> list[Event]:
        """Return what happened to a row, newest first."""
        with self._database.reading() as connection:
            return log.events_about(connection, row_id)

    def log(self, limit: int = 100, before_seq: int | None = None) -> list[Event]:
        """Return what happened, row by row, newest first; `before_seq` goes on where a page ended."""
        with self._database.reading() as connection:
            return log.events_before(connection, limit, before_seq)

    def acts(self, limit: int = 100, before_txn: int | None = None) -> list[Logged]:
        """Return what was done, act by act, newest first."""
        with self._database.reading() as connection:
            return log.acts(connection, limit, before_txn)

    def events(self, txn: int) -> list[Event]:
        """Return what an act did, row by row."""
        with self._database.reading() as connection:
            return log.events_of(connection, txn)

    def undoable(self, limit: int = 50) -> list[Logged]:
        """Return the acts that can be taken back, the next one first."""
        with self._database.reading() as connection:
            return undoing.undoable(connection, limit)

    def redoable(self, limit: int = 50) -> list[Logged]:
        """Return the undos that can be taken back, the next one first; none after a new act."""
        with self._database.reading() as connection:
            return undoing.redoable(connection, limit)

    def versions(self, row_id: str) -> list[Version]:
        """Return every kept version of a record, oldest first."""
        with self._database.reading() as connection:
            return versions.versions_of(connection, row_id)

    def dated_versions(self, row_id: str) -> list[tuple[datetime, Version]]:
        """Return every kept version of a record with the moment since which it is kept, oldest first."""
        with self._database.reading() as connection:
            return versions.dated_versions_of(connection, row_id)

    def version(self, row_id: str, digest: str) -> Version | None:
        """Return a kept version of a record by the digest of its content; the log names long texts by it."""
        with self._database.reading() as connection:
            return versions.version_with(connection, row_id, digest)

    def file_text(self, head: Head) -> str | None:
        """Return what the file of a record should hold: the text of the version that its rows hold."""
        with self._database.reading() as connection:
            return versions.text_at(connection, head.id, head.vector, head.digest)

    def heads(self, row_ids: Iterable[str] | None = None) -> dict[str, Head]:
        """Return which version the rows hold of some records that have a file of their own, or of all, by id."""
        with self._database.reading() as connection:
            return versions.read_heads(connection, row_ids)

    def meta(self, key: str) -> str | None:
        """Return a small thing by its name, such as the playbook in force."""
        with self._database.reading() as connection:
            return figures.read_meta(connection, key)

    def summary(self) -> dict[str, object] | None:
        """Return the figures as they were last kept, with their stamp: `seq` and `day`."""
        return figures.read_summary(self.meta(figures.SUMMARY))

    def backup(self, target: Path) -> None:
        """Make a sound copy of the file, looked at before it gets its name.

        Raises:
            BusyError: Something stands there already, or it cannot be written.
        """
        backups.copy(self._database, target)

    def integrity(self, *, full: bool = True) -> tuple[str, ...]:
        """Look at every page and every link; return what is wrong. Empty: the file is sound.

        Args:
            full: Compare the indexes with their tables too; it takes several times as long.
        """
        return backups.trouble(self._database, full=full)
