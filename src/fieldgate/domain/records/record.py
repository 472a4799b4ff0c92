"""What every record has in common, and how a field says that it merges in another way than a scalar."""

from dataclasses import field
from datetime import datetime
from typing import Any

from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two founders gave one field different values; the one not shown is kept here until somebody decides.

    `field` is a path: ("status",) or ("checks", "trait.need", "answer"). `flag` is "overlap" or "deleted" for texts,
    which hold both sides already and have no `value`. `by` and `at` are those of the version that it came from.
    """

    field: tuple[str, ...]
    value: str = ""
    flag: str = ""
    by: str = ""
    at: str = ""


def merged(rule: str, default: Any = None, **more: Any) -> Any:
    """Declare a field that does not merge as a plain scalar.

    Rules: "set", "map", "text", "later" and "earlier" (the greater or smaller wins), "greater" (of numbers),
    "code" (the smaller number wins). `group` names the fields that mean something only together.
    """
    if rule == "set":
        return field(default_factory=frozenset, metadata={"merge": rule, **more})
    if rule == "map":
        return field(default_factory=dict, metadata={"merge": rule, **more})
    return field(default=default, metadata={"merge": rule, **more})


def required(rule: str) -> Any:
    """Declare a field without a default that merges by `rule`."""
    return field(metadata={"merge": rule})


def grouped(group: str, default: Any = None) -> Any:
    """Declare a scalar that means something only together with the others of its group."""
    return field(default=default, metadata={"merge": "scalar", "group": group})


def body(default: str = "") -> Any:
    """Declare the long text that stands below the head in the record's file."""
    return field(default=default, metadata={"merge": "text", "body": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of any table. `deleted_at` set means archived: kept, shown as deleted, counted nowhere."""

    id: str
    created_at: datetime
    updated_at: datetime = required("later")
    created_by: str = ""
    updated_by: str = field(default="", metadata={"merge": "with updated_at"})
    deleted_at: datetime | None = merged("earlier")
    conflicts: tuple[Conflict, ...] = field(default=(), metadata={"merge": "conflicts"})

    @property
    def live(self) -> bool:
        """Whether the record counts: not archived."""
        return self.deleted_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded(Record):
    """A record with a short label that people read, such as H3; labels lost in a merge still find it."""

    code: str = merged("code", "")
    former_codes: frozenset[str] = merged("set")
