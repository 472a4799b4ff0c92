"""What a merge needs inside the transaction that it writes in: heads, kept versions, pieces, and what folders hold.

Handed to whoever works out the arrivals of `Store.take_in`. Nothing here decides anything.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from fieldgate.documents.document import Document, Version
from fieldgate.domain.kinds import kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence
from fieldgate.domain.records.record import Record
from fieldgate.errors import FormatError
from fieldgate.store import facts, folders, versions
from fieldgate.store.folders import SeenFile
from fieldgate.store.schema import table
from fieldgate.store.taking import Arrival
from fieldgate.store.versions import Head
from fieldgate.words import t


class Bench:
    """The store as it is inside one writing transaction.

    Args:
        connection: The connection of the transaction.
        now: The moment that is written.
        counter: Our counter, for the versions that are made.
    """

    def __init__(self, connection: Connection, now: datetime, counter: int) -> None:
        self._connection = connection
        self.now = now
        self.counter = counter
        self._heads: dict[str, Head | None] = {}

    def expect(self, row_ids: Collection[str]) -> None:
        """Fetch the heads of these records at once, since they will be asked for."""
        found = versions.read_heads(self._connection, row_ids)
        self._heads |= {row_id: found.get(row_id) for row_id in row_ids}

    def head(self, row_id: str) -> Head | None:
        """Return which version the rows hold of a record; None if it is not there."""
        if row_id not in self._heads:
            self.expect([row_id])
        return self._heads[row_id]

    def current(self, row_id: str) -> Version | None:
        """Return the version that the rows hold; None for a record that is not there."""
        head = self.head(row_id)
        return None if head is None else replace(self._version(row_id, head.vector, head.digest), mark=head.digest)

    def kept(self, row_id: str) -> list[tuple[dict[str, int], str, str]]:
        """Return vector, digest and mark of every kept version of a record."""
        return versions.kept_of(self._connection, row_id)

    def content(self, row_id: str, vector: Mapping[str, int], digest: str) -> Document:
        """Return the content of a kept version."""
        return self._version(row_id, vector, digest).document

    def keep(self, found: Iterable[Version]) -> None:
        """Keep versions that change nothing, each with the mark that its trailer claims."""
        versions.keep(self._connection, [versions.kept_as_found(each) for each in found], self.now)

    def record(self, kind: str, row_id: str) -> Record | None:
        """Return a record whole."""
        found = facts.read_records(self._connection, kind, [row_id])
        return found[0] if found else None

    def pieces(self, note_id: str) -> list[Evidence]:
        """Return all evidence of a note, removed pieces included."""
        return facts.evidence_of(self._connection, note_id)

    def checks(self, owner_id: str) -> list[Check]:
        """Return all checks of a touchpoint, a customer or a gate."""
        return facts.checks_of(self._connection, owner_id)

    def codes(self, kind: str) -> dict[str, tuple[str, str, tuple[str, ...]]]:
        """Return moment of making, code and former codes of every record of a kind, by id; none without codes."""
        if "code" not in kinds()[kind].fields:
            return {}
        rows = table(kind).c
        found = self._connection.execute(select(rows.id, rows.created_at, rows.code, rows.former_codes))
        return {row_id: (made, code, tuple(json.loads(former))) for row_id, made, code, former in found}

    def linked(self, kind: str, field: str) -> list[str]:
        """Return the ids of the records of a kind in which a link is set."""
        rows = table(kind).c
        return list(self._connection.execute(select(rows.id).where(rows[field].is_not(None))).scalars())

    def folder(self, path: Path, device: int, inode: int) -> int:
        """Return the number of a shared folder, which is remembered if it is new."""
        return folders.number_of(self._connection, path, device, inode)

    def see(self, folder: int, files: Iterable[SeenFile], gone: Iterable[str] = ()) -> None:
        """Remember files of a folder as they are now, and forget those that are gone."""
        folders.see_files(self._connection, folder, files, gone)

    def trouble(self, folder: int) -> dict[str, str]:
        """Return the files of a folder that could not be used when they were last looked at, and why."""
        return folders.trouble_in(self._connection, folder)

    def list_trouble(self, folder: int, found: Mapping[str, str]) -> None:
        """Remember which files of a folder cannot be used now, and why."""
        folders.list_trouble(self._connection, folder, found)

    def _version(self, row_id: str, vector: Mapping[str, int], digest: str) -> Version:
        found = versions.version_at(self._connection, row_id, vector, digest)
        if found is None:
            message = t("A version of {id} that should be kept is not there.", id=row_id)
            raise FormatError(message, t("The file is damaged: restore the last backup."), row_id)
        return found


Job = Callable[[Bench], Iterable[Arrival]]
"""Works out what comes in, on what the store holds at that moment."""
