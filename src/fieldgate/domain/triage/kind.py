"""The contract of a kind of triage, and the queue that is computed from all kinds.

The queue is never stored: a record is in it while its condition holds. A kind says which records it judges and which
others it reads while judging, so that after a change only that is judged again which can have changed.

Snooze: a record that was put off hides all kinds that can be put off, until the day comes; it wakes early when any
other field of it changes (`wake`). A stopped workspace asks for nothing but conflicts.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from operator import attrgetter
from typing import Any, Literal

from fieldgate.domain.changes import Change, Edit, changed_rows
from fieldgate.domain.gates import GateReport, evaluate_gate, in_force, open_gate, phase
from fieldgate.domain.kinds import KIND_NAMES, KIND_OF
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import Snapshot
from fieldgate.values import dataclass

EVERY_KIND = frozenset(KIND_NAMES)
"""For a kind that may be about any record, or reads them all."""

_NO_NEWS = frozenset({"snoozed_until", "snoozes", "updated_at", "updated_by"})
"""Fields whose change wakes nobody."""

_BY_ORDER = attrgetter("order")

Reach = Callable[[Snapshot, str], Iterable[str]]
"""From the id of a record that changed to the ids of the judged records that it can matter to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to decide. `id` is the same as long as it waits; it names what it is about.

    `hypothesis_id` and `customer_id` where it is about a pair; `part` says what of the record is asked (a field, the
    key of a check, a rhythm) and `part_id` is the check's id. `since`: the day from which it waits. `key`: a key
    belief hangs on it. `order` sorts the items of one kind.
    """

    kind: str
    id: str
    record_kind: str
    record_id: str
    code: str
    since: date
    key: bool = False
    hypothesis_id: str = ""
    customer_id: str = ""
    part: str = ""
    part_id: str = ""
    order: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a kind looks at while it judges a record: the facts, the numbers in force, and the day."""

    facts: Snapshot
    playbook: Playbook
    today: date
    gate: Gate | None
    stopped: bool
    given_report: GateReport | None = None

    @property
    def policy(self) -> Policy:
        """The numbers in force."""
        return self.playbook.policy

    def report(self, gate: Gate) -> GateReport:
        """What the open gate says; worked out only where nobody handed it in."""
        return self.given_report or evaluate_gate(self.playbook, self.facts, gate, self.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageKind:
    """One kind of decision. `verbs`: what can be decided, as moves of the record, or whole ids of other moves."""

    name: str
    title: str
    about: frozenset[str]
    """Kinds of the records that it judges."""
    judge: Callable[[Sight, Any], Iterable[Item]]
    """The items of one live record of those kinds."""
    verbs: tuple[str, ...]
    reads: frozenset[str] = frozenset()
    """Kinds of other records that every judgement rests on; a change of one judges all again."""
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    """Kinds of other records that it looks at while judging, each with the judged ones that a change of it reaches."""
    owner: Literal["record_id", "hypothesis_id"] = "record_id"
    """The field of its items that names the record they were judged from."""
    snoozable: bool = True
    when_stopped: bool = False
    """Is asked in a stopped workspace too."""

    def find(self, facts: Snapshot, playbook: Playbook, today: date) -> tuple[Item, ...]:
        """Everything of this kind that waits, in order."""
        return self.find_in(sight_of(facts, playbook, today))

    def find_in(self, sight: Sight) -> tuple[Item, ...]:
        """Everything of this kind that waits, in order, for who has a sight already."""
        if sight.stopped and not self.when_stopped:
            return ()
        records = (record for kind in sorted(self.about) for record in sight.facts.live(kind))
        return _sorted(item for record in records for item in self._items(sight, record))

    def find_again(self, sight: Sight, before: "Queue", changed: Mapping[str, set[str]]) -> tuple[Item, ...]:
        """Everything of this kind that waits after some records of a workspace that goes on changed.

        Args:
            sight: The facts after the change.
            before: The queue before it.
            changed: Kind to ids of the records that changed.
        """
        if not self.reads.isdisjoint(changed):
            return self.find_in(sight)
        found = before.found[self.name]
        again = set(self._reached((before.facts, sight.facts), changed))
        if not again:
            return found
        # The rest stays in its order: what is judged again is taken out and put in at its place.
        items = [item for item in found if getattr(item, self.owner) not in again]
        for record in self._judged(sight.facts, again):
            for item in self._items(sight, record):
                insort(items, item, key=_BY_ORDER)
        kept = tuple(items)
        return found if kept == found else kept

    def _reached(self, sides: Iterable[Snapshot], changed: Mapping[str, set[str]]) -> Iterator[str]:
        """The records to judge again: those that changed, and those that what changed can matter to, before or after."""
        for kind, ids in changed.items():
            if kind in self.about:
                yield from ids
            reach = self.reaches.get(kind)
            if reach is not None:
                yield from (each for facts in sides for row_id in ids for each in reach(facts, row_id))

    def _judged(self, facts: Snapshot, ids: Iterable[str]) -> Iterator[Record]:
        for row_id in sorted(ids):
            for kind in sorted(self.about):
                record = facts.get(kind, row_id)
                if record is not None and record.live:
                    yield record

    def moves(self, item: Item) -> tuple[str, ...]:
        """The ids of the moves that decide an item, in the order in which they are offered."""
        verbs = (*self.verbs, "snooze") if self.snoozable else self.verbs
        return tuple(verb if "." in verb else f"{item.record_kind}.{verb}" for verb in verbs)

    def _items(self, sight: Sight, record: Record) -> Iterator[Item]:
        for item in self.judge(sight, record):
            if not (self.snoozable and _is_asleep(sight, item)):
                yield item


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """All that waits, by kind in queue order, as of one day."""

    kinds: tuple[TriageKind, ...]
    playbook: Playbook
    today: date
    stopped: bool
    found: Mapping[str, tuple[Item, ...]]
    facts: Snapshot = field(compare=False, repr=False)
    """What it was computed from."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that waits, in order."""
        return tuple(item for kind in self.kinds for item in self.found[kind.name])

    @property
    def waiting(self) -> Mapping[str, int]:
        """How many wait of each kind."""
        return {name: len(items) for name, items in self.found.items()}

    def kind_of(self, item: Item) -> TriageKind:
        """The kind that an item is of."""
        return next(kind for kind in self.kinds if kind.name == item.kind)

    def after(
        self, facts: Snapshot, changes: Iterable[Change] | None = None, report: GateReport | None = None
    ) -> "Queue":
        """The queue after changes, judged again only where they can matter.

        Args:
            facts: The facts with the changes applied.
            changes: All changes since this queue; they are looked for when left out.
            report: The report of the open gate after them, where the caller has it.
        """
        sight = sight_of(facts, self.playbook, self.today, report)
        if sight.stopped or self.stopped:
            return queue_of(self.kinds, facts, self.playbook, self.today, report)
        changed = changed_rows(self.facts, facts) if changes is None else _by_kind(changes)
        found = {kind.name: kind.find_again(sight, self, changed) for kind in self.kinds}
        return replace(self, found=found, facts=facts)


def _by_kind(changes: Iterable[Change]) -> Mapping[str, set[str]]:
    changed: dict[str, set[str]] = {}
    for change in changes:
        changed.setdefault(change.kind, set()).add(change.row_id)
    return changed


def queue_of(
    kinds: tuple[TriageKind, ...], facts: Snapshot, playbook: Playbook, today: date, report: GateReport | None = None
) -> Queue:
    """Compute the queue of some kinds from nothing."""
    sight = sight_of(facts, playbook, today, report)
    found = {kind.name: kind.find_in(sight) for kind in kinds}
    return Queue(kinds=kinds, playbook=playbook, today=today, stopped=sight.stopped, found=found, facts=facts)


def sight_of(facts: Snapshot, playbook: Playbook, today: date, report: GateReport | None = None) -> Sight:
    """What kinds look at on a day."""
    return Sight(
        facts=facts,
        playbook=in_force(facts, playbook),
        today=today,
        gate=open_gate(facts),
        stopped=phase(facts) == "stopped",
        given_report=report,
    )


def item_of(kind: str, record: Record, since: date, **more: Any) -> Item:
    """Make the item of a record; oldest first unless `order` says otherwise."""
    part = more.get("part", "")
    code = more.pop("code", getattr(record, "code", ""))
    order = more.pop("order", (since, record.created_at, record.id, part))
    name = f"{kind}:{record.id}:{part}" if part else f"{kind}:{record.id}"
    return Item(
        kind=kind,
        id=more.pop("id", name),
        record_kind=KIND_OF[type(record)],
        record_id=record.id,
        code=code,
        since=since,
        order=order,
        **more,
    )


def wake(facts: Snapshot, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Let an act end the snooze of every record of which it changes anything else."""
    return tuple(_woken(facts, change) for change in changes)


def _woken(facts: Snapshot, change: Change) -> Change:
    if not isinstance(change, Edit) or "snoozed_until" in change.values or not change.values.keys() - _NO_NEWS:
        return change
    asleep = getattr(facts.get(change.kind, change.row_id), "snoozed_until", None) is not None
    return replace(change, values={**change.values, "snoozed_until": None}) if asleep else change


def _is_asleep(sight: Sight, item: Item) -> bool:
    record = sight.facts.get(item.record_kind, item.record_id)
    until: date | None = getattr(record, "snoozed_until", None)
    return until is not None and until > sight.today


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=_BY_ORDER))
