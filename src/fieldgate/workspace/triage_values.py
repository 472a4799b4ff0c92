"""What a triage session is limited to, offers and answers with: plain values, for the screen and for lines alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from fieldgate.domain.records.journey import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from fieldgate.domain.gates import GateReport
    from fieldgate.domain.moves.move import Move
    from fieldgate.domain.records.journey import Check
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.domain.triage.kind import Item


_SOME_TEXT = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a session is limited to: kinds (empty is all), a number of items, minutes, marked records (empty is all)."""

    kinds: tuple[str, ...] = ()
    items: int | None = None
    minutes: int | None = None
    records: frozenset[str] = frozenset()

    def wants(self, item: Item) -> bool:
        """Whether an item belongs to a session of these limits."""
        about = (item.record_id, item.hypothesis_id, item.customer_id)
        return (not self.kinds or item.kind in self.kinds) and (not self.records or not self.records.isdisjoint(about))


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One verdict that an item offers. `missing` names what it lacks; empty means it can be taken."""

    move: Move
    letter: str
    label: str
    record_id: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """Where the next gate stands: criteria met of all that apply, per cent, and the ids of the unmet ones."""

    met: int
    total: int
    readiness: int
    unmet: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What came of a verdict: the line that says it, and the gate before and after."""

    item: Item
    move_id: str
    words: str
    txn: int | None
    before: Gauge
    after: Gauge

    @property
    def turned_met(self) -> frozenset[str]:
        """Criteria that it met."""
        return self.before.unmet - self.after.unmet

    @property
    def turned_unmet(self) -> frozenset[str]:
        """Criteria that it took away."""
        return self.after.unmet - self.before.unmet


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCard:
    """How a session went."""

    decided: Mapping[str, int]
    snoozed: int
    skipped: int
    waiting: Mapping[str, int]
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    maybes: int
    seconds: float


def gauge_of(report: GateReport | None) -> Gauge:
    """Read the gauge off the report of the open gate; all zero when none is open."""
    if report is None:
        return Gauge(met=0, total=0, readiness=0, unmet=frozenset())
    unmet = frozenset(each.criterion.id for each in report.unmet())
    return Gauge(met=report.met, total=report.total, readiness=report.readiness, unmet=unmet)


def known(item: Item, move: Move) -> dict[str, Any]:
    """What the item itself answers of a verdict's questions."""
    names = {ask.name for ask in move.asks}
    found: dict[str, Any] = {}
    if item.kind == "conflict" and "field" in names:
        found["field"] = item.part
    if item.kind == "carry" and "child" in names:
        found["child"] = item.hypothesis_id
    return found


def question_of(facts: Snapshot, item: Item) -> Check | None:
    """The check that an item asks: its own, or of a touchpoint the first one that is open."""
    if item.part_id:
        return facts.checks.get(item.part_id)
    if item.record_kind != "touchpoint":
        return None
    checks = cast("list[Check]", facts.linked("check", "touchpoint_id", item.record_id))
    return next((each for each in sorted(checks, key=lambda each: each.key) if each.answer == Answer.OPEN), None)


def supposed(move: Move, defaults: Mapping[str, object], today: date) -> dict[str, Any]:
    """Answers to what a verdict has nothing for yet, where any answer does the same to the gate: texts and days."""
    some = {"text": _SOME_TEXT, "lines": _SOME_TEXT, "long": _SOME_TEXT, "date": today + timedelta(days=60)}
    return {ask.name: some[ask.holds] for ask in move.asks if ask.holds in some and defaults[ask.name] in {None, ""}}
