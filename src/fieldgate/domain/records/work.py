"""What was asked for and what is to be done."""

from datetime import date, datetime
from enum import StrEnum

from fieldgate.domain.records.record import Coded, body, grouped, merged
from fieldgate.values import dataclass


class Urgency(StrEnum):
    """How soon the customer needs it, least first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Stage(StrEnum):
    """When in the common project the request came."""

    BEFORE_BUILD = "before_build"
    BUILD = "build"
    ACCEPTANCE = "acceptance"
    ROLLOUT = "rollout"


class RequirementState(StrEnum):
    """Where a request stands."""

    NEW = "new"
    PARKED = "parked"
    CHECKING = "checking"
    ACCEPTED = "accepted"
    DOING = "doing"
    DONE = "done"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    DUPLICATE = "duplicate"


class Reason(StrEnum):
    """Why a feature may be opened although the brake is on."""

    NONE = "none"
    NO_PROBLEM = "no_problem"
    NOT_SERIOUS = "not_serious"
    NOT_SOLVED = "not_solved"
    CUSTOMER_INSISTS = "customer_insists"


class ActionState(StrEnum):
    """Open until done, or dropped with a reason."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Coded):
    """One row of the requirement log. `state_on`: the day it entered its state; `to_sync`: waits for the next sync."""

    category: str | None = None
    description: str = body()
    screenshot: str | None = None
    urgency: Urgency = Urgency.NORMAL
    reported_by: str | None = None
    reported_at: date
    follower: str | None = None
    remarks: str | None = merged("text")
    customer_id: str | None = None
    department: str | None = None
    stage: Stage | None = None
    state: RequirementState = grouped("state", RequirementState.NEW)
    state_on: date | None = grouped("state")
    to_sync: bool = grouped("state", default=False)
    reason: Reason = grouped("state", Reason.NONE)
    hypothesis_id: str | None = grouped("state")
    field_meeting_id: str | None = grouped("state")
    decision_meeting_id: str | None = grouped("state")
    duplicate_of: str | None = grouped("state")
    touchpoint_id: str | None = None
    leave: bool | None = None
    faster: bool | None = None
    safer: bool | None = None
    snoozed_until: date | None = merged("later")
    snoozes: int = merged("greater", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Coded):
    """A thing to do, with the person responsible and a day. `chase`: made to turn a maybe into an answer."""

    text: str
    owner: str | None = None
    due: date
    state: ActionState = grouped("state", ActionState.OPEN)
    chase: bool = False
    milestone: bool = False
    redated: int = merged("greater", 0)
    reason: str | None = grouped("state")
    meeting_id: str | None = None
    customer_id: str | None = None
    hypothesis_id: str | None = None
    touchpoint_id: str | None = None
    requirement_id: str | None = None
    done_at: datetime | None = grouped("state")
    snoozed_until: date | None = merged("later")
    snoozes: int = merged("greater", 0)
