"""Who takes part: the workspace itself, the founders, the customers."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from fieldgate.domain.records.record import Coded, Record, body, merged
from fieldgate.values import dataclass


class MarketType(StrEnum):
    """Which market we are in; it decides how the later steps are run."""

    EXISTING = "existing"
    NEW = "new"
    LOW_COST = "low_cost"
    NICHE = "niche"


class Team(StrEnum):
    """Customer Development faces outward, Product Development inward; a founder may be both."""

    CUSTDEV = "custdev"
    PRODDEV = "proddev"
    BOTH = "both"


class Role(StrEnum):
    """What a customer does in a purchase."""

    UNKNOWN = "unknown"
    USER = "user"
    INFLUENCER = "influencer"
    RECOMMENDER = "recommender"
    ECONOMIC_BUYER = "economic_buyer"
    DECISION_MAKER = "decision_maker"
    SABOTEUR = "saboteur"
    PARTNER = "partner"


class CustomerStatus(StrEnum):
    """A dropped customer counts for nothing but keeps its records."""

    LEAD = "lead"
    ACTIVE = "active"
    DROPPED = "dropped"


class Cocreation(StrEnum):
    """How far a customer is in building the product with us."""

    NONE = "none"
    CANDIDATE = "candidate"
    ACTIVE = "active"
    ENDED = "ended"


class Cadence(StrEnum):
    """How often the regular meeting with a co-creation customer takes place."""

    NONE = "none"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"


class VisitCadence(StrEnum):
    """How often we visit to see real use."""

    NONE = "none"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace(Record):
    """One startup. `policy` holds only the numbers that differ from the playbook's."""

    name: str
    vision: str = body()
    lead_segment: str | None = None
    market_type: MarketType | None = None
    policy: Mapping[str, str] = merged("map")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Record):
    """One of us. `key`: a person the team cannot do without, who must meet customers."""

    handle: str
    name: str
    team: Team
    key: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Coded):
    """A person or organisation that we count once.

    `awareness`: 0 unknown, 1 has the problem, 2 knows it, 3 looks for a way out, 4 has patched together a way out,
    5 has or can get budget. `emergency_contact`: people on our side whom the customer calls, one a line.
    `account_rank`: 1 is the first of the strategic accounts.
    """

    name: str
    segment: str | None = None
    role: Role = Role.UNKNOWN
    awareness: int = 0
    status: CustomerStatus = CustomerStatus.LEAD
    contact: str | None = merged("text")
    cocreation: Cocreation = Cocreation.NONE
    cadence: Cadence = Cadence.NONE
    agreed_meeting_id: str | None = None
    ended_reason: str | None = merged("text")
    emergency_contact: str | None = merged("text")
    channels: str | None = merged("text")
    account_rank: int | None = None
    visit_cadence: VisitCadence = VisitCadence.NONE
    merged_into: str | None = None
    snoozed_until: date | None = merged("later")
    snoozes: int = merged("greater", 0)
