"""Reader: what the screen and the reading commands show, read with sqlite3 alone, a page at a time.

It imports neither SQLModel nor SQLAlchemy, which cost more than the rest of the start; what lists do not need, the
kinds of records and the facts of the rules, is imported where it is read. The schema is not said again
here: a test explains every query against tables made from the models. Threads may share a reader, one at a time.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import quote

from fieldgate.domain import listing
from fieldgate.domain.display import cut
from fieldgate.domain.folding import fold
from fieldgate.domain.listing import WHOLE, Detail, Hit, ListRow, Scope, View
from fieldgate.errors import BusyError, FormatError
from fieldgate.store import queries
from fieldgate.store.healing import UNREADABLE, heal, retried
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.snapshot import Snapshot

BUSY_MILLISECONDS = 10_000

ROWS: Mapping[View, type[Any]] = {
    View.HYPOTHESES: listing.HypothesisRow,
    View.NOTES: listing.NoteRow,
    View.BOARD: listing.CardRow,
    View.CUSTOMERS: listing.CustomerRow,
    View.MEETINGS: listing.MeetingRow,
    View.REQUIREMENTS: listing.RequirementRow,
    View.ACTIONS: listing.ActionRow,
}


_STRANGE = (
    "SELECT 1 FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'create virtual%'"
    " OR sql LIKE '% as (%' LIMIT 1"
)
"""What could run of itself when a file is read: views, triggers, virtual tables, generated columns."""


class Reader:
    """A read-only look into a store.

    Raises:
        FormatError: The file cannot be read as a store.
        BusyError: Another program keeps it locked.
    """

    def __init__(self, path: Path, today: date) -> None:
        self.path = path
        self.today = today
        heal(path)
        try:
            self._db = sqlite3.connect(
                f"file:{quote(str(path))}?mode=ro",
                uri=True,
                timeout=BUSY_MILLISECONDS / 1000,
                isolation_level=None,
                check_same_thread=False,
            )
            for pragma in ("trusted_schema=OFF", "query_only=ON", "mmap_size=0", "temp_store=MEMORY"):
                self._db.execute(f"pragma {pragma}")
            strange = self._db.execute(_STRANGE).fetchone()
        except UNREADABLE as why:
            raise _failure(path, why) from why
        if strange is not None:
            self._db.close()
            raise _failure(path, t("it holds what fieldgate never puts there"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def again(self) -> "Reader":
        """Return another reader of the same store, for another thread."""
        return Reader(self.path, self.today)

    def on(self, today: date) -> "Reader":
        """Return another reader of the same store that takes a day for today."""
        return Reader(self.path, today)

    # Lists

    def count(self, view: View, scope: Scope = WHOLE) -> int:
        """Return how many rows a list has."""
        return int(self._one(queries.list_query(view, scope.function).how_many(), self._of(scope))[0])

    def page(self, view: View, start: int, limit: int, scope: Scope = WHOLE) -> list[ListRow]:
        """Return up to `limit` rows of a list from number `start` on."""
        given = {**self._of(scope), "start": start, "limit": limit}
        return _list_rows(view, self._all(queries.list_query(view, scope.function).page(), given))

    def position(self, view: View, row_id: str, scope: Scope = WHOLE) -> int | None:
        """Return the number of a record in a list, None when it is not in it."""
        query = queries.list_query(view, scope.function)
        given = {**self._of(scope), "id": row_id}
        if self._one(query.holds(), given) is None:
            return None
        return int(self._one(query.position(), given)[0])

    def matching(self, view: View, wish: str, scope: Scope = WHOLE) -> list[str]:
        """Return the ids of a list that contain every word of a wish, in order; `!word` leaves out.

        Scans the folded text, so a part of a word is found in any script; belongs on a worker's thread.
        """
        words, without = wish_words(wish)
        given = {**self._of(scope), **_numbered("w", words), **_numbered("n", without)}
        if not given.keys() - self._of(scope).keys():
            return []
        found = self._all(queries.list_query(view, scope.function).matching(len(words), len(without)), given)
        return [row[0] for row in found]

    def rows(self, view: View, ids: Sequence[str]) -> list[ListRow]:
        """Return the rows of some records, in the order of the list."""
        given = {**self._of(WHOLE), "ids": json.dumps(list(ids))}
        return _list_rows(view, self._all(queries.LISTS[view].rows(), given))

    def board_counts(self) -> dict[tuple[str, str, str], int]:
        """Return how many cards there are by phase, function and state."""
        return {(row[0], row[1], row[2]): row[3] for row in self._all(queries.BOARD_COUNTS, {})}

    def notes_waiting(self) -> int:
        """Return how many notes wait for triage."""
        return int(self._one(queries.NOTES_WAITING, {})[0])

    # Records

    def find(self, code: str) -> tuple[str, str, bool] | None:
        """Return kind and id of the record with a code, and whether it was found by a code it lost in a merge."""
        from fieldgate.domain.identity import code_parts  # late here and below: lists need neither kinds nor facts
        from fieldgate.domain.kinds import LETTERS

        wanted = code.strip().upper()
        parts = code_parts(wanted)
        tables = [LETTERS[parts[0]]] if parts and parts[0] in LETTERS else ["touchpoint"]
        for table in tables:
            for row in self._all(queries.FIND_CODE.format(table=table), {"code": wanted}):
                return table, row[0], False
        for table in tables:
            for row in self._all(queries.FIND_FORMER.format(table=table), (wanted,)):
                return table, row[0], True
        return None

    def record(self, kind: str, row_id: str) -> "Record | None":
        """Return a record whole, archived or not."""
        for record in self._records(kind, _every_field(kind), "WHERE id = ?", (row_id,)):
            return record
        return None

    def records(self, kind: str, *, archived: bool = False) -> "Iterator[Record]":
        """Go through the records of a kind that count, whole, oldest first; or those put away, the latest first."""
        where = queries.PUT_AWAY if archived else "WHERE deleted_at IS NULL ORDER BY created_at, id"
        return self._records(kind, _every_field(kind), where, ())

    def detail(self, kind: str, row_id: str) -> Detail | None:
        """Return a record with everything linked to it."""
        record = self.record(kind, row_id)
        if record is None:
            return None
        from fieldgate.store.linking import linked_rows  # as above

        links, backlinks = linked_rows(self._db, kind, record)
        return Detail(kind=kind, record=record, links=links, backlinks=backlinks)

    def history_count(self, row_id: str) -> int:
        """Return how many events the log has of a record."""
        return int(self._one("SELECT count(*) FROM event WHERE row_id = ?", (row_id,))[0])

    def search(self, wish: str, limit: int = 200) -> list[Hit]:
        """Find words in everything: what has them as its code first, then in its title, then in its text."""
        words, without = wish_words(wish)
        if not words and not without:
            return []
        given = {**_numbered("w", words), **_numbered("n", without), "limit": limit}
        rows = self._all(queries.search(len(words), len(without)), given)
        return [Hit(kind=row[0], id=row[1], code=row[2], title=cut(row[3], 200), where=row[4]) for row in rows]

    # Facts and what is kept of them

    def facts(self) -> "Snapshot":
        """Return the facts that rules read."""
        from fieldgate.domain.snapshot import snapshot_of  # as above

        return snapshot_of(self._facts())

    def meta(self, key: str) -> str | None:
        """Return a small thing that the store keeps by name."""
        row = self._one(queries.META, (key,))
        return None if row is None else cast("str", row[0])

    def workspace_policy(self) -> str:
        """Return the policy of the workspace as JSON text: only what differs from the playbook."""
        return str((self._one("SELECT policy FROM workspace LIMIT 1", ()) or ("{}",))[0])

    def workspace_id(self) -> str:
        """Return the id of the workspace; empty in a store without one."""
        return str((self._one("SELECT id FROM workspace LIMIT 1", ()) or ("",))[0])

    def last_seq(self) -> int:
        """Return the number of the last event."""
        return int(self._one(queries.LAST_SEQ, ())[0])

    def seen_files(self, folder: Path) -> dict[str, tuple[int, int, int]]:
        """Return size, mtime in ns and inode of every file of a shared folder as it was last seen, by relative path."""
        return {row[0]: (row[1], row[2], row[3]) for row in self._all(queries.SEEN_FILES, (str(folder),))}

    def places(self) -> list[tuple[str, str, bool, int]]:
        """Return path, address by git or "", whether each file holds its record as it is now, schema of the store."""
        return [(path, url, not differs, schema) for path, url, differs, schema in self._all(queries.PLACES, ())]

    def _facts(self) -> "Iterator[Record]":
        from fieldgate.domain.kinds import kinds  # as above
        from fieldgate.domain.snapshot import fact_fields

        for name, kind in kinds().items():
            where = queries.NOTES_ASKED_FOR if name == "note" else ""
            yield from self._records(name, fact_fields(name, kind.record), where, ())

    def _records(self, kind: str, names: Sequence[str], where: str, given: Iterable[Any]) -> "Iterator[Record]":
        from fieldgate.store.rows import record_of  # as above

        try:
            for row in self._db.execute(queries.records(kind, names, where), tuple(given)):
                yield record_of(kind, names, row)
        except (ValueError, KeyError, TypeError) as why:
            raise FormatError(
                t("A row of the table {kind} holds what its field cannot.", kind=kind),
                t("Run: fieldgate check"),
                str(self.path),
            ) from why
        except UNREADABLE as why:
            raise _failure(self.path, why) from why

    def _all(self, query: str, given: Any) -> list[Any]:
        try:
            return retried(self.path, lambda: self._db.execute(query, given).fetchall())
        except UNREADABLE as why:
            raise _failure(self.path, why) from why

    def _one(self, query: str, given: Any) -> Any:
        rows = self._all(query, given)
        return rows[0] if rows else None

    def _of(self, scope: Scope) -> dict[str, Any]:
        return {**scope._asdict(), "today": self.today.isoformat()}


def wish_words(wish: str) -> tuple[list[str], list[str]]:
    """Return the folded words that must be there, and those that must not."""
    parts = wish.split()
    words = [fold(part) for part in parts if not part.startswith("!")]
    without = [fold(part[1:]) for part in parts if part.startswith("!") and len(part) > 1]
    return [word for word in words if word], [word for word in without if word]


def _numbered(letter: str, words: Sequence[str]) -> dict[str, str]:
    return {f"{letter}{number}": word for number, word in enumerate(words)}


def _list_rows(view: View, rows: Iterable[Sequence[Any]]) -> list[ListRow]:
    kind = ROWS[view]
    flags = [number for number, holds in enumerate(kind.__annotations__.values()) if holds in (bool, bool | None)]
    made: list[ListRow] = []
    for row in rows:
        values = list(row)
        for number in flags:
            values[number] = None if values[number] is None else bool(values[number])
        made.append(kind._make(values))
    return made


def _every_field(kind: str) -> tuple[str, ...]:
    from fieldgate.domain.kinds import kinds  # as above

    return tuple(kinds()[kind].fields)


def _failure(path: Path, why: Exception | str) -> FormatError | BusyError:
    if "locked" in str(why) or "busy" in str(why):
        return BusyError(
            t("{path} is locked by another program.", path=path), t("Close it there, then try again."), str(path)
        )
    message = t("{path} cannot be read as a workspace: {why}.", path=path, why=why)
    return FormatError(message, t("Run: fieldgate check --repair. The damaged file is kept."), str(path))
