"""The schema: one table per kind of record, as SQLModel declares it, and nothing else holds one.

Columns have the names of the record's fields; long texts come last, so that reading a list passes them by. Timestamps,
dates and times are text in a fixed form whose order is that of time; yes and no are 1 and 0; sets, maps and conflicts
are JSON text. `code` is indexed but not unique, since two founders may give one code to two records
until they meet; who keeps it is decided by the merge.
"""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from fieldgate.store.columns import LIVE, index, link, live_index, needed_link, rules


class Row(SQLModel):
    """What every kind has."""

    id: str = Field(primary_key=True)
    created_at: str
    created_by: str = ""
    updated_at: str
    updated_by: str = ""
    deleted_at: str | None = None
    conflicts: str = "[]"


class CodedRow(Row):
    """What every kind with a short label has."""

    code: str = ""
    former_codes: str = "[]"


class WorkspaceRow(Row, table=True):
    __tablename__ = "workspace"
    __table_args__ = rules("workspace")

    name: str
    lead_segment: str | None = None
    market_type: str | None = None
    policy: str = "{}"
    vision: str = ""


class MemberRow(Row, table=True):
    __tablename__ = "member"
    __table_args__ = rules(
        "member",
        index("member_handle", "handle", unique=True),
    )

    handle: str
    name: str
    team: str
    key: int = 0
    active: int = 1


class CustomerRow(CodedRow, table=True):
    __tablename__ = "customer"
    __table_args__ = rules(
        "customer",
        CheckConstraint("awareness BETWEEN 0 AND 5"),
        index("customer_code", "code"),
        index("customer_number", "length(code)", "code"),
        live_index("customer_list", "length(code)", "code", "id"),
    )

    name: str
    segment: str | None = None
    role: str = "unknown"
    awareness: int = 0
    status: str = "lead"
    contact: str | None = None
    cocreation: str = "none"
    cadence: str = "none"
    agreed_meeting_id: str | None = link("meeting")
    ended_reason: str | None = None
    emergency_contact: str | None = None
    channels: str | None = None
    account_rank: int | None = None
    visit_cadence: str = "none"
    merged_into: str | None = link("customer")
    snoozed_until: str | None = None
    snoozes: int = 0


class HypothesisRow(CodedRow, table=True):
    __tablename__ = "hypothesis"
    __table_args__ = rules(
        "hypothesis",
        CheckConstraint("importance BETWEEN 1 AND 5"),
        CheckConstraint("target_n >= 1"),
        CheckConstraint("pass_pct BETWEEN 1 AND 100"),
        index("hypothesis_code", "code"),
        index("hypothesis_number", "length(code)", "code"),
        index("hypothesis_parent", "parent_id"),
        live_index("hypothesis_list", "length(code)", "code", "id"),
    )

    area: str
    step: str
    importance: int = 3
    prediction: str | None = None
    metric: str | None = None
    target_n: int = 5
    pass_pct: int = 60
    due: str | None = None
    segment: str | None = None
    extended: int = 0
    locked_at: str | None = None
    locked_on: str | None = None
    state: str = "draft"
    verdict_at: str | None = None
    verdict_on: str | None = None
    verdict_by: str | None = None
    verdict_reason: str | None = None
    therefore: str | None = None
    parent_id: str | None = link("hypothesis")
    pivot_kind: str | None = None
    born_gate_id: str | None = link("gate")
    customer_id: str | None = link("customer")
    merged_into: str | None = link("hypothesis")
    lowered_reason: str | None = None
    carried: str = "[]"
    snoozed_until: str | None = None
    snoozes: int = 0
    statement: str = ""
    learned: str | None = None


class MeetingRow(CodedRow, table=True):
    __tablename__ = "meeting"
    __table_args__ = rules(
        "meeting",
        index("meeting_code", "code"),
        index("meeting_number", "length(code)", "code"),
        index("meeting_customer", "customer_id", "date"),
        index("meeting_gate", "gate_id"),
        live_index("meeting_list", "date", "coalesce(start, '')", "created_at", "id", "start"),
    )

    kind: str
    topic: str
    date: str
    start: str | None = None
    end: str | None = None
    place: str | None = None
    customer_id: str | None = link("customer")
    members: str = "[]"
    others: str | None = None
    purpose: str | None = None
    gate_id: str | None = link("gate")
    chair: str | None = None
    theme: str | None = None
    proposal: str | None = None
    agree_custdev: int | None = None
    agree_proddev: int | None = None
    agree_reason: str | None = None
    shared_at: str | None = None
    snoozed_until: str | None = None
    snoozes: int = 0
    body: str = ""


class NoteRow(CodedRow, table=True):
    __tablename__ = "note"
    __table_args__ = rules(
        "note",
        index("note_code", "code"),
        index("note_number", "length(code)", "code"),
        index("note_customer", "customer_id", "said_on"),
        index("note_meeting", "meeting_id"),
        index("note_touchpoint", "touchpoint_id"),
        index("note_requirement", "requirement_id"),
        live_index("note_list", "said_on", "created_at", "id", "kind", "triaged_at", "discarded"),
        Index(
            "note_waiting",
            text("id"),
            sqlite_where=text(f"{LIVE} AND kind = 'observation' AND triaged_at IS NULL"),
        ),
    )

    kind: str = "observation"
    said_on: str
    meeting_id: str | None = link("meeting")
    customer_id: str | None = link("customer")
    mark: str | None = None
    touchpoint_id: str | None = link("touchpoint")
    requirement_id: str | None = link("requirement")
    triaged_at: str | None = None
    discarded: int = 0
    snoozed_until: str | None = None
    snoozes: int = 0
    text: str = ""


class EvidenceRow(Row, table=True):
    __tablename__ = "evidence"
    __table_args__ = rules(
        "evidence",
        CheckConstraint("strength BETWEEN 0 AND 4"),
        CheckConstraint("stance <> 'maybe' OR strength = 0"),
        index("evidence_pair", "note_id", "hypothesis_id", unique=True),
        index("evidence_hypothesis", "hypothesis_id"),
    )

    note_id: str = needed_link("note")
    hypothesis_id: str = needed_link("hypothesis")
    stance: str
    strength: int = 0
    answered_at: str
    answered_by: str = ""
    snoozed_until: str | None = None
    snoozes: int = 0
