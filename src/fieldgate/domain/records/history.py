"""Gates, and the log of everything that happened."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from fieldgate.domain.records.learning import Step
from fieldgate.domain.records.record import Record, grouped, merged, required
from fieldgate.values import dataclass


class Outcome(StrEnum):
    """How a gate ends; there is nothing in between."""

    ADVANCE = "advance"
    PIVOT = "pivot"
    STOP = "stop"


class StopKind(StrEnum):
    """Why we stopped."""

    NO_MARKET = "no_market"
    TOO_SMALL = "too_small"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Record):
    """The decision point at the end of a step. Exactly one gate is open: the one without an outcome.

    `stop_if`: the state of the world on `decide_by` that means we stop, written at opening. `na`: criterion id to
    the reason why it does not apply. `heard`: ids of contrary evidence that was opened before advancing.
    `snapshot`: criteria and numbers at the decision, as JSON. `opened_by_gate_id`: the gate whose outcome opened it.
    """

    step: Step
    round: int
    opened_at: datetime = required("earlier")
    opened_on: date = required("earlier")
    decide_by: date = required("later")
    stop_if: str = ""
    redated: bool = False
    na: Mapping[str, str] = merged("map")
    heard: frozenset[str] = merged("set")
    opened_by_gate_id: str | None = None
    outcome: Outcome | None = grouped("outcome")
    decided_at: datetime | None = grouped("outcome")
    closed_on: date | None = grouped("outcome")
    meeting_id: str | None = grouped("outcome")
    reason: str | None = grouped("outcome")
    stop_kind: StopKind | None = grouped("outcome")
    snapshot: str | None = merged("scalar", None, group="outcome", body=True)

    @property
    def open(self) -> bool:
        """Whether it still waits for its decision."""
        return self.outcome is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row changed by one act. Rows of one act share `txn`; `before` and `after` hold changed fields only."""

    seq: int
    txn: int
    at: datetime
    by: str
    session: str | None
    action: str
    table: str
    row_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
