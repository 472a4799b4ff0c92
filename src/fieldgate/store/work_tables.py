"""The rest of the schema: the journey, what was asked for, what is to be done, the gates."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from fieldgate.store.columns import index, link, live_index, rules
from fieldgate.store.tables import CodedRow, Row

CHECK_OWNER = "coalesce(touchpoint_id, customer_id, gate_id)"
"""The id of what a check belongs to."""

BOARD = (
    "state",
    "rank IS NULL",
    "coalesce(rank, '')",
    "coalesce(leave, 0) = 0",
    "-(coalesce(leave, 0) + coalesce(faster, 0) + coalesce(safer, 0))",
    "escalated_at IS NULL",
    "coalesce(state_on, '9')",
    "id",
)
"""The order of the board. Cards ranked by hand first, then those whose leaving loses a customer, then
by the number of yes answers, escalated ones first, then the one longest in its column, then by id.
"""


class TouchpointRow(CodedRow, table=True):
    __tablename__ = "touchpoint"
    __table_args__ = rules(
        "touchpoint",
        index("touchpoint_code", "code"),
        live_index("touchpoint_board", *BOARD, "phase", "rank", "leave", "faster", "safer", "escalated_at", "state_on"),
    )

    phase: str
    function: str
    title: str
    state: str = "unasked"
    state_on: str | None = None
    rank: str | None = None
    owner: str | None = None
    gap: str | None = None
    leave: int | None = None
    faster: int | None = None
    safer: int | None = None
    kpi_name: str | None = None
    kpi_unit: str | None = None
    kpi_target: float | None = None
    kpi_value: float | None = None
    kpi_at: str | None = None
    found_by: str | None = None
    escalated_at: str | None = None
    reviewed_at: str | None = None
    goal: str | None = None
    goes_in: str | None = None
    comes_out: str | None = None
    position: int | None = None
    origin: str = "catalogue"
    snoozed_until: str | None = None
    snoozes: int = 0
    answer: str | None = None


class CheckRow(Row, table=True):
    __tablename__ = "check"
    __table_args__ = rules(
        "check",
        CheckConstraint(
            "(touchpoint_id IS NOT NULL) + (customer_id IS NOT NULL) + (gate_id IS NOT NULL) = 1", name="one_owner"
        ),
        index("check_owner", CHECK_OWNER, "key", unique=True),
    )

    key: str
    text: str
    touchpoint_id: str | None = link("touchpoint")
    customer_id: str | None = link("customer")
    gate_id: str | None = link("gate")
    answer: str = "open"
    answered_at: str | None = None
    answered_by: str | None = None
    note: str | None = None
    measure: str | None = None
    target: str | None = None
    result: str | None = None
    proof: str | None = None
    meeting_id: str | None = link("meeting")


class RequirementRow(CodedRow, table=True):
    __tablename__ = "requirement"
    __table_args__ = rules(
        "requirement",
        index("requirement_code", "code"),
        index("requirement_number", "length(code)", "code"),
        live_index("requirement_list", "id"),
        index("requirement_customer", "customer_id"),
        index("requirement_touchpoint", "touchpoint_id"),
        index("requirement_hypothesis", "hypothesis_id"),
    )

    category: str | None = None
    screenshot: str | None = None
    urgency: str = "normal"
    reported_by: str | None = None
    reported_at: str
    follower: str | None = None
    remarks: str | None = None
    customer_id: str | None = link("customer")
    department: str | None = None
    stage: str | None = None
    state: str = "new"
    state_on: str | None = None
    to_sync: int = 0
    reason: str = "none"
    hypothesis_id: str | None = link("hypothesis")
    field_meeting_id: str | None = link("meeting")
    decision_meeting_id: str | None = link("meeting")
    duplicate_of: str | None = link("requirement")
    touchpoint_id: str | None = link("touchpoint")
    leave: int | None = None
    faster: int | None = None
    safer: int | None = None
    snoozed_until: str | None = None
    snoozes: int = 0
    description: str = ""


class ActionRow(CodedRow, table=True):
    __tablename__ = "action"
    __table_args__ = rules(
        "action",
        index("action_code", "code"),
        index("action_number", "length(code)", "code"),
        *(
            index(f"action_{each}", f"{each}_id")
            for each in ("meeting", "customer", "hypothesis", "touchpoint", "requirement")
        ),
        live_index("action_list", "state <> 'open'", "due", "length(code)", "code", "id", "state"),
    )

    text: str
    owner: str | None = None
    due: str
    state: str = "open"
    chase: int = 0
    milestone: int = 0
    redated: int = 0
    reason: str | None = None
    meeting_id: str | None = link("meeting")
    customer_id: str | None = link("customer")
    hypothesis_id: str | None = link("hypothesis")
    touchpoint_id: str | None = link("touchpoint")
    requirement_id: str | None = link("requirement")
    done_at: str | None = None
    snoozed_until: str | None = None
    snoozes: int = 0


class GateRow(Row, table=True):
    __tablename__ = "gate"
    __table_args__ = rules("gate")

    step: str
    round: int
    opened_at: str
    opened_on: str
    decide_by: str
    stop_if: str = ""
    redated: int = 0
    na: str = "{}"
    heard: str = "[]"
    opened_by_gate_id: str | None = link("gate")
    outcome: str | None = None
    decided_at: str | None = None
    closed_on: str | None = None
    meeting_id: str | None = link("meeting")
    reason: str | None = None
    stop_kind: str | None = None
    snapshot: str | None = None


class MeetingMemberRow(SQLModel, table=True):
    """Who of us was in a meeting, for looking up; the meeting's own column `members` is what counts."""

    __tablename__ = "meeting_member"

    meeting_id: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True, index=True)
