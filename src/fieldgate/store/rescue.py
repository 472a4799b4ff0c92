"""Reading what can be read of a damaged file: row by row, from both ends towards the damage, then one by one within.

Nothing of the file is trusted: a table must be a table, a text must be UTF-8, and every value of the type of its column.
"""

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from fieldgate.documents.frontmatter import digest, parse
from fieldgate.errors import FieldgateError
from fieldgate.store.inspection import limit
from fieldgate.values import dataclass

PROBES = 20_000
"""How many rows are tried one by one between the last that was read from the front and the first from the back."""

SECONDS = 300.0
"""How long reading may take in all."""

UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises over damage; where its own message quotes damaged bytes, that is no UTF-8."""

_LONE = re.compile("[\ud800-\udfff]")

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of ours: its name, what it holds, and whether it may be empty."""

    name: str
    holds: type
    needed: bool

    def fits(self, value: object) -> bool:
        """Whether a value could have been written there by us."""
        if value is None:
            return not self.needed
        if isinstance(value, str):
            return self.holds is str and not _LONE.search(value)
        return isinstance(value, (int, float)) if self.holds is float else isinstance(value, self.holds)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy of a damaged file; a write that was under way is taken back by SQLite, which is why it is a copy."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        limit(connection, SECONDS)
        yield connection


def columns_of(connection: sqlite3.Connection, name: str) -> list[Column]:
    """Return the columns of a table, as a sound file declares them."""
    found = connection.execute(f'pragma table_info("{name}")').fetchall()
    return [Column(row[1], _type(row[2]), bool(row[3])) for row in found]


def rows_of(connection: sqlite3.Connection, name: str, columns: Sequence[Column]) -> Iterator[Row]:
    """Yield the rows of a table that can be read and could be ours, each as column to value."""
    if not _is_table(connection, name):
        return
    for values in _readable(connection, name, columns):
        row = {column.name: value for column, value in zip(columns, values, strict=True)}
        if all(column.fits(row[column.name]) for column in columns) and _proved(name, row):
            yield row


def _readable(connection: sqlite3.Connection, name: str, columns: Sequence[Column]) -> Iterator[tuple[object, ...]]:
    chosen = ", ".join(f'"{each.name}"' for each in columns)
    query = f'select rowid, {chosen} from "{name}"'
    front, back, whole = 0, 0, False
    try:
        for row in connection.execute(f"{query} order by rowid"):
            front = row[0]
            yield row[1:]
        whole = True
    except UNREADABLE:
        back = front
    if whole:
        return
    backwards = []
    try:
        for row in connection.execute(f"{query} where rowid > ? order by rowid desc", (front,)):
            back = row[0]
            backwards.append(row[1:])
    except UNREADABLE:
        back = back or front
    yield from reversed(backwards)
    end = back if backwards else front + PROBES
    for rowid in range(front + 1, min(end, front + PROBES)):
        try:
            found = connection.execute(f"{query} where rowid = ?", (rowid,)).fetchone()
        except UNREADABLE:
            continue
        if found is not None:
            yield found[1:]


def _is_table(connection: sqlite3.Connection, name: str) -> bool:
    try:
        query = "select count(*) from sqlite_master where name = ? and type = 'table' and sql like 'create table%'"
        return bool(connection.execute(query, (name,)).fetchone() == (1,))
    except UNREADABLE:
        return False


def _proved(name: str, row: Row) -> bool:
    """Whether a row that carries a proof of its own content is what it says."""
    try:
        if name == "versions":
            packed = row["zlib"]
            text = zlib.decompress(packed if isinstance(packed, bytes) else b"").decode("utf-8", "surrogatepass")
            return digest(parse(text).document) == row["digest"]
        if name == "event":
            return all(isinstance(json.loads(str(row[each] or "{}")), dict) for each in ("before", "after"))
    except (ValueError, zlib.error, FieldgateError):
        return False
    return True


def _type(declared: str) -> type:
    name = declared.upper().partition("(")[0]
    return {"INTEGER": int, "FLOAT": float, "BLOB": bytes}.get(name, str)
