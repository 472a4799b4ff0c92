"""The customer's journey: touchpoints, and the questions asked of them (and of customers and gates)."""

from datetime import date, datetime
from enum import StrEnum

from fieldgate.domain.records.record import Coded, Record, grouped, merged
from fieldgate.values import dataclass


class Phase(StrEnum):
    """The four phases of the journey, in order."""

    FIND_OUT = "FO"
    BUY = "BY"
    USE = "US"
    FOR_LIFE = "LF"


class Function(StrEnum):
    """The twelve functions of a company that serve a touchpoint."""

    PRODUCT = "PM"
    MARKETING = "MKT"
    SALES = "SAL"
    PROJECTS = "PRJ"
    ENGINEERING = "ENG"
    LEGAL = "LEG"
    SYSTEMS = "SYS"
    MANUFACTURING = "MFG"
    FINANCE = "FIN"
    OPERATIONS = "OPS"
    SUPPORT = "SUP"
    SUCCESS = "CS"


class TouchpointState(StrEnum):
    """The columns of the board, in order; `na` is hidden."""

    UNASKED = "unasked"
    GAP = "gap"
    FIXING = "fixing"
    READY = "ready"
    NA = "na"


class FoundBy(StrEnum):
    """Who met the gap first: we, or a customer."""

    US = "us"
    CUSTOMER = "customer"


class Origin(StrEnum):
    """Where a card comes from."""

    CATALOGUE = "catalogue"
    DERIVED = "derived"
    CUSTOM = "custom"


class Answer(StrEnum):
    """The answer to a check; there is no maybe."""

    OPEN = "open"
    YES = "yes"
    NO = "no"
    NA = "na"


class Proof(StrEnum):
    """How a result was verified."""

    OWN = "own"
    AUDIT = "audit"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint(Coded):
    """A moment in which a customer deals with us; `code` is its id in the catalogue, such as BY-SAL-10.

    `leave`, `faster`, `safer`: do we lose a customer by leaving it, does it bring customers sooner, are we less
    exposed if it comes first. `goal`, `goes_in`, `comes_out`: what the customer wants here, brings and takes away.
    `rank`: place on the board given by hand; `state_on`: the day it entered its state. `answer`: the long text, also
    why a card is not applicable.
    """

    phase: Phase
    function: Function
    title: str
    state: TouchpointState = grouped("state", TouchpointState.UNASKED)
    state_on: date | None = grouped("state")
    rank: str | None = None
    owner: str | None = None
    gap: str | None = grouped("state")
    answer: str | None = merged("text", None, body=True)
    leave: bool | None = None
    faster: bool | None = None
    safer: bool | None = None
    kpi_name: str | None = None
    kpi_unit: str | None = None
    kpi_target: float | None = None
    kpi_value: float | None = None
    kpi_at: date | None = None
    found_by: FoundBy | None = grouped("state")
    escalated_at: datetime | None = grouped("state")
    reviewed_at: date | None = merged("later")
    goal: str | None = merged("text")
    goes_in: str | None = merged("text")
    comes_out: str | None = merged("text")
    position: int | None = None
    origin: Origin = Origin.CATALOGUE
    snoozed_until: date | None = merged("later")
    snoozes: int = merged("greater", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Record):
    """A question with yes, no, not applicable or open; stands in its owner's file.

    Exactly one of `touchpoint_id`, `customer_id`, `gate_id` is set; `key` is unique within its owner.
    """

    key: str
    text: str
    touchpoint_id: str | None = None
    customer_id: str | None = None
    gate_id: str | None = None
    answer: Answer = grouped("answer", Answer.OPEN)
    answered_at: datetime | None = grouped("answer")
    answered_by: str | None = grouped("answer")
    note: str | None = None
    measure: str | None = None
    target: str | None = None
    result: str | None = None
    proof: Proof | None = None
    meeting_id: str | None = None

    @property
    def owner_id(self) -> str:
        """The id of the touchpoint, customer or gate that it belongs to."""
        return self.touchpoint_id or self.customer_id or self.gate_id or ""
