"""Snapshot: the facts that rules read, of all records at one moment, with the links between them.

Small records stand whole. Of meetings and notes only what a rule reads is held, never their long text, and of notes
only those that are untriaged, speak for a hypothesis, or are asked for by a gap, a request or an open question.
A snapshot is a value: `changes.apply` returns another one that shares all that did not change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, fields
from typing import Any, TypeVar, cast

from fieldgate.domain.kinds import KIND_NAMES, KIND_OF
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Check, Touchpoint
from fieldgate.domain.records.learning import Evidence, Hypothesis, Meeting, Note
from fieldgate.domain.records.people import Customer, Member, Workspace
from fieldgate.domain.records.record import Record
from fieldgate.domain.records.work import Action, Requirement
from fieldgate.values import dataclass

T = TypeVar("T")

LINKS: Mapping[str, tuple[str, ...]] = {
    "meeting": ("customer_id", "gate_id"),
    "note": ("meeting_id", "customer_id", "touchpoint_id", "requirement_id"),
    "evidence": ("note_id", "hypothesis_id"),
    "check": ("touchpoint_id", "customer_id", "gate_id"),
    "requirement": ("customer_id", "touchpoint_id", "hypothesis_id", "field_meeting_id", "decision_meeting_id"),
    "action": ("meeting_id", "customer_id", "hypothesis_id", "touchpoint_id", "requirement_id"),
    "hypothesis": ("parent_id", "born_gate_id", "customer_id"),
}
"""The links that are indexed, so that nothing has to be searched for: kind to its fields."""

_NO_IDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All facts at one moment. Use the named views; `tables` and `links` are for `changes` and the store."""

    tables: Mapping[str, Mapping[str, Record]]
    links: Mapping[str, Mapping[str, frozenset[str]]]
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Values worked out per hypothesis, dropped by `changes.apply` for the hypotheses that a change touches; below the
    empty id those that rest on whole tables."""

    @property
    def workspace(self) -> Workspace:
        """The one workspace record."""
        return cast("Workspace", next(iter(self.tables["workspace"].values())))

    @property
    def members(self) -> Mapping[str, Member]:
        """Founders by id, archived ones included."""
        return cast("Mapping[str, Member]", self.tables["member"])

    @property
    def customers(self) -> Mapping[str, Customer]:
        """Customers by id, archived ones included."""
        return cast("Mapping[str, Customer]", self.tables["customer"])

    @property
    def hypotheses(self) -> Mapping[str, Hypothesis]:
        """Hypotheses by id, archived ones included."""
        return cast("Mapping[str, Hypothesis]", self.tables["hypothesis"])

    @property
    def meetings(self) -> Mapping[str, Meeting]:
        """Meetings by id, archived ones included; their `body` is left out (empty)."""
        return cast("Mapping[str, Meeting]", self.tables["meeting"])

    @property
    def notes(self) -> Mapping[str, Note]:
        """The notes that rules read, by id; their `text` is left out (empty)."""
        return cast("Mapping[str, Note]", self.tables["note"])

    @property
    def evidence(self) -> Mapping[str, Evidence]:
        """Evidence by id."""
        return cast("Mapping[str, Evidence]", self.tables["evidence"])

    @property
    def touchpoints(self) -> Mapping[str, Touchpoint]:
        """Touchpoints by id."""
        return cast("Mapping[str, Touchpoint]", self.tables["touchpoint"])

    @property
    def checks(self) -> Mapping[str, Check]:
        """Checks by id."""
        return cast("Mapping[str, Check]", self.tables["check"])

    @property
    def requirements(self) -> Mapping[str, Requirement]:
        """Requirements by id; their `description` is left out (empty)."""
        return cast("Mapping[str, Requirement]", self.tables["requirement"])

    @property
    def actions(self) -> Mapping[str, Action]:
        """Actions by id."""
        return cast("Mapping[str, Action]", self.tables["action"])

    @property
    def gates(self) -> Mapping[str, Gate]:
        """Gates by id; their `snapshot` is left out (None)."""
        return cast("Mapping[str, Gate]", self.tables["gate"])

    def get(self, kind: str, row_id: str | None) -> Record | None:
        """Return one record, archived or not, or None."""
        return self.tables[kind].get(row_id) if row_id else None

    def live(self, kind: str) -> Iterator[Record]:
        """Go through the records of a kind that count."""
        return (each for each in self.tables[kind].values() if each.deleted_at is None)

    def linked(self, kind: str, link: str, target_id: str) -> list[Record]:
        """Return the live records of a kind whose `link` field names `target_id`, oldest first, then by id."""
        table = self.tables[kind]
        found = [table[each] for each in self.links[f"{kind}.{link}"].get(target_id, _NO_IDS)]
        return sorted((each for each in found if each.deleted_at is None), key=lambda each: (each.created_at, each.id))

    def keep(self, name: str, hypothesis_id: str, work_out: Callable[[], T]) -> T:
        """Return a value of a hypothesis, worked out only if nothing that it rests on has changed since."""
        values = self.kept.setdefault(hypothesis_id, {})
        if name not in values:
            values[name] = work_out()
        return cast("T", values[name])

    def keep_of(self, kinds: tuple[str, ...], name: str, work_out: Callable[[], T], *given: object) -> T:
        """Return a value that rests on whole tables and on what is given, worked out only if one of these changed.

        A table that no change has touched is the same object in the next snapshot.
        """
        values = self.kept.setdefault("", {})
        tables = [self.tables[kind] for kind in kinds]
        found = values.get(name)
        if found is None or found[1] != given or any(a is not b for a, b in zip(found[0], tables, strict=True)):
            found = values[name] = (tables, given, work_out())
        return cast("T", found[2])


LEFT_OUT: Mapping[str, Mapping[str, Any]] = {
    "meeting": {"body": ""},
    "note": {"text": ""},
    "requirement": {"description": ""},
    "gate": {"snapshot": None},
    "touchpoint": {"answer": None},
}
"""Long texts that a snapshot does not hold, with what stands in their place."""


def fact_fields(kind: str, record: type[Record]) -> tuple[str, ...]:
    """The fields of a kind that a snapshot holds."""
    return tuple(each.name for each in fields(record) if each.name not in LEFT_OUT.get(kind, {}))


def snapshot_of(records: Iterable[Record]) -> Snapshot:
    """Build a snapshot from records; long texts may be there, they are just not read."""
    tables: dict[str, dict[str, Record]] = {name: {} for name in KIND_NAMES}
    links: dict[str, dict[str, set[str]]] = {f"{kind}.{each}": {} for kind, names in LINKS.items() for each in names}
    for record in records:
        kind = KIND_OF[type(record)]
        tables[kind][record.id] = record
        for name in LINKS.get(kind, ()):
            target = getattr(record, name)
            if target is not None:
                links[f"{kind}.{name}"].setdefault(target, set()).add(record.id)
    frozen = {name: {target: frozenset(ids) for target, ids in index.items()} for name, index in links.items()}
    return Snapshot(tables, frozen)
