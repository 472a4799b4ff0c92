"""Harvest: the drafts of records that files were read into, and what in them could not be read.

The id of a draft is worked out from what it says, so that the same thing read twice is one record. Nothing is written
here; whoever writes decides what is new.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fieldgate.domain.folding import fold, same
from fieldgate.domain.identity import named_id
from fieldgate.domain.snapshot import Snapshot
from fieldgate.errors import RefusedError
from fieldgate.words import t

DRAFTS = 50_000
"""So many records one import may bring."""

LINE_BYTES = 16_000
TEXT_BYTES = 1_000_000
LONG = frozenset({"text", "body", "statement", "description", "learned", "remarks"})
"""Fields that may hold a long text; every other holds a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record to be: its kind, its id, and the fields that are known."""

    kind: str
    id: str
    values: Mapping[str, Any]
    where: str = ""
    """The file it was read in."""


@dataclass(slots=True, kw_only=True)
class Harvest:
    """Gathers drafts. `facts` are the workspace they are for; `today` is the day of what names no day."""

    facts: Snapshot
    today: date
    drafts: dict[str, Draft] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Where something was left out, and why."""

    def add(self, kind: str, key: tuple[str, ...], where: str, /, **values: Any) -> str:
        """Add a draft and return its id; one of the same key is the same draft.

        Args:
            kind: The kind of the record.
            key: What tells it apart, such as the digest of its file and the number of its line.
            where: File and place, for what is said of it.
            **values: Fields by name; a text that is too long is cut, and that is told.

        Raises:
            RefusedError: There is more than one import may bring.
        """
        row_id = named_id(self.facts.workspace.id, kind, "import", *key)
        fitted = {name: self._fitted(name, value, where) for name, value in values.items()}
        self.add_named(kind, row_id, fitted, where)
        return row_id

    def add_named(self, kind: str, row_id: str, values: Mapping[str, Any], where: str = "") -> None:
        """Add a draft whose id is known.

        Raises:
            RefusedError: There is more than one import may bring.
        """
        if len(self.drafts) >= DRAFTS:
            raise RefusedError(
                t("There are more than {n} records in it.", n=DRAFTS), t("Import it in parts."), where=kind
            )
        self.drafts.setdefault(row_id, Draft(kind=kind, id=row_id, values=values, where=_file_of(where)))

    def customer(self, name: str, where: str, /, **values: Any) -> str:
        """Return the id of the customer of a name: one that is there, else a new draft."""
        for each in self.facts.customers.values():
            if each.live and same(each.name, name):
                return each.id
        return self.add("customer", (fold(name),), where, name=name, **values)

    def is_member(self, name: str) -> bool:
        """Whether a name is one of us."""
        return any(same(each.name, name) or same(each.handle, name) for each in self.facts.members.values())

    def leave_out(self, where: str, why: str) -> None:
        """Remember what could not be read."""
        self.problems.append((where, why))

    def of_kind(self, kind: str) -> Iterator[Draft]:
        """Go through the drafts of a kind, in the order in which they were read."""
        return (each for each in self.drafts.values() if each.kind == kind)

    def _fitted(self, name: str, value: Any, where: str) -> Any:
        limit = TEXT_BYTES if name in LONG else LINE_BYTES
        if type(value) is not str or len(value.encode()) <= limit:
            return value
        self.leave_out(where, t("{field} is longer than {n} bytes and was cut", field=name, n=limit))
        return value.encode()[:limit].decode("utf-8", "ignore")


def _file_of(where: str) -> str:
    """The file of a place such as `table.csv:12`."""
    name, colon, line = where.rpartition(":")
    return name if colon and line.isdecimal() else where
