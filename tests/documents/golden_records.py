"""One record of each kind with every field set, in the five languages: what the golden files hold."""

from datetime import UTC, date, datetime, time

from fieldgate.documents.codec import to_document
from fieldgate.documents.document import Document
from fieldgate.domain.records.history import Gate, Outcome
from fieldgate.domain.records.journey import (
    Answer,
    Check,
    FoundBy,
    Function,
    Origin,
    Phase,
    Proof,
    Touchpoint,
    TouchpointState,
)
from fieldgate.domain.records.learning import (
    Area,
    Evidence,
    Hypothesis,
    HypothesisState,
    Mark,
    Meeting,
    MeetingKind,
    Note,
    NoteKind,
    PivotKind,
    Proposal,
    Purpose,
    Stance,
    Step,
    Theme,
)  # fmt: skip
from fieldgate.domain.records.people import (
    Cadence,
    Cocreation,
    Customer,
    CustomerStatus,
    MarketType,
    Member,
    Role,
    Team,
    VisitCadence,
    Workspace,
)  # fmt: skip
from fieldgate.domain.records.record import Conflict
from fieldgate.domain.records.work import Action, ActionState, Reason, Requirement, RequirementState, Stage, Urgency

WORKSPACE_ID = "7k3m9q2xw4tb1n8c"
BORN = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 16, 5, 7, 125000, tzinfo=UTC)
ONE, TWO, THREE, FOUR = ("4wd0m2t9cq8s1zxy", "0000000000000002", "p7q2bk3f9a5f0c2a", "9e17b4zzzzzzzzzz")

COMMON = {
    "created_at": BORN,
    "updated_at": LATER,
    "created_by": "ana",
    "updated_by": "Tấn",
    "deleted_at": LATER,
    "conflicts": (Conflict(field=("code",), value="X7", by="bo", at="2026-11-20T16:05:07Z"),),
}
SNOOZED = {"snoozed_until": date(2026, 12, 1), "snoozes": 2}
LABELS = {"former_codes": frozenset({"Z1", "Z12"})}


def documents() -> dict[str, Document]:
    """Return the documents by kind."""
    return {document.kind: document for document in (*_people(), *_learning(), *_journey(), *_work())}


def _people() -> tuple[Document, ...]:
    customer = Customer(
        id=ONE, **COMMON, **LABELS, **SNOOZED, code="C1", name="Đặng Thị Hồng", segment="tiệm bánh",
        role=Role.DECISION_MAKER, awareness=4, status=CustomerStatus.ACTIVE, contact="+84 28 0000 0000\nZalo: hong",
        cocreation=Cocreation.ENDED, cadence=Cadence.BIWEEKLY, agreed_meeting_id=TWO, ended_reason="'tis \"done\"",
        emergency_contact="บริษัท: 02 000 0000", channels="е-поща", account_rank=1, visit_cadence=VisitCadence.QUARTERLY,
        merged_into=THREE,
    )  # fmt: skip
    checks = (
        Check(
            id=TWO, **{**COMMON, "conflicts": (), "deleted_at": None}, key="trait.need", text="Do they need it: now?",
            customer_id=ONE, answer=Answer.YES, answered_at=LATER, answered_by="ana", note="每天都用", measure="hours",
            target="< 3", result="2.5", proof=Proof.THIRD_PARTY, meeting_id=TWO,
        ),
        Check(id=THREE, created_at=BORN, updated_at=BORN, key="trait.budget", text="# Budget", customer_id=ONE),
    )  # fmt: skip
    return (
        to_document(
            Workspace(
                id=WORKSPACE_ID, **COMMON, name="Delmar payouts", vision="Payouts without a spreadsheet.\n\nНо навреме.\n",
                lead_segment="bakeries", market_type=MarketType.LOW_COST,
                policy={"target_n": "7", "step_days": {"discovery": "60"}},
            )
        ),
        to_document(Member(id=ONE, **COMMON, handle="ana", name="Ана", team=Team.CUSTDEV, key=True, active=False)),
        to_document(customer, checks=checks),
    )  # fmt: skip


def _learning() -> tuple[Document, ...]:
    hypothesis = Hypothesis(
        id=ONE, **COMMON, **LABELS, **SNOOZED, code="H3", statement="ร้านเสียเวลา 3 ชั่วโมง\n# Learned", area=Area.PRICE,
        step=Step.VALIDATION, importance=5, prediction="3 of 5", metric="pays", target_n=5, pass_pct=60,
        due=date(2026, 12, 24), segment="bakeries", extended=True, locked_at=BORN, locked_on=date(2026, 3, 14),
        state=HypothesisState.RETIRED, verdict_at=LATER, verdict_on=date(2026, 11, 20), verdict_by="ana",
        verdict_reason="no", learned="They pay 40 EUR.\n", therefore="yes", parent_id=TWO, pivot_kind=PivotKind.ZOOM_IN,
        born_gate_id=THREE, customer_id=FOUR, merged_into=TWO, lowered_reason="~", carried=frozenset({TWO, ONE}),
    )  # fmt: skip
    meeting = Meeting(
        id=ONE, **COMMON, **LABELS, **SNOOZED, code="M12", kind=MeetingKind.SYNC, topic="訪談：價格 🙂", date=date(2026, 3, 14),
        start=time(9, 30), end=time(10, 15, 30), place="12:30", customer_id=TWO, members=frozenset({TWO, ONE}),
        others="Bo\nКирил", purpose=Purpose.SALE, body="- 太貴\n---\n<!-- fieldgate - -->\n", gate_id=THREE, chair="ana",
        theme=Theme.RISK, proposal=Proposal.ADVANCE, agree_custdev=True, agree_proddev=False, agree_reason="- not yet",
        shared_at=LATER,
    )  # fmt: skip
    note = Note(
        id=ONE, **COMMON, **LABELS, **SNOOZED, code="N4", text="“Đắt quá”", kind=NoteKind.QUESTION,
        said_on=date(2026, 3, 14), meeting_id=TWO, customer_id=THREE, mark=Mark.MONEY, touchpoint_id=FOUR,
        requirement_id=TWO, triaged_at=LATER, discarded=True,
    )  # fmt: skip
    piece = Evidence(
        id=TWO, created_at=BORN, updated_at=LATER, updated_by="bo", note_id=ONE, hypothesis_id=TWO, stance=Stance.YES,
        strength=3, answered_at=BORN, answered_by="ana", **SNOOZED,
    )  # fmt: skip
    gone = Evidence(
        id=THREE, created_at=BORN, updated_at=LATER, updated_by="bo", deleted_at=LATER, note_id=ONE,
        hypothesis_id=THREE, stance=Stance.NO, strength=1, answered_at=BORN, answered_by="ana",
    )  # fmt: skip
    return to_document(hypothesis), to_document(meeting), to_document(note, [piece, gone])


def _journey() -> tuple[Document, ...]:
    touchpoint = Touchpoint(
        id=ONE, **COMMON, **LABELS, **SNOOZED, code="BY-SAL-10", phase=Phase.BUY, function=Function.SALES,
        title="Who may grant an exception?", state=TouchpointState.FIXING, state_on=date(2026, 11, 1), rank="a1V",
        owner="ana", gap="Nobody knows", answer="Ask Bo.\n", leave=True, faster=False, safer=True, kpi_name="days",
        kpi_unit="d", kpi_target=40.0, kpi_value=0.1, kpi_at=date(2026, 11, 2), found_by=FoundBy.CUSTOMER,
        escalated_at=LATER, reviewed_at=date(2026, 11, 3), goal="a price", goes_in="a wish", comes_out="an answer",
        position=-1, origin=Origin.CUSTOM,
    )  # fmt: skip
    check = Check(id=TWO, created_at=BORN, updated_at=BORN, key="BY-SAL-10.1", text="How long?", touchpoint_id=ONE)
    gate = Gate(
        id=ONE, **COMMON, step=Step.DISCOVERY, round=2, opened_at=BORN, opened_on=date(2026, 3, 14),
        decide_by=date(2026, 6, 12), stop_if="nobody pays", redated=True, na={"discovery.channel": "sold online: no"},
        heard=frozenset({TWO}), opened_by_gate_id=TWO, outcome=Outcome.STOP, decided_at=LATER,
        closed_on=date(2026, 11, 20), meeting_id=THREE, reason="too few", stop_kind=None, snapshot='{"met": 3}',
    )  # fmt: skip
    return to_document(touchpoint, checks=[check]), to_document(gate)


def _work() -> tuple[Document, ...]:
    requirement = Requirement(
        id=ONE, **COMMON, **LABELS, **SNOOZED, code="R1", category="export", description="Export to CSV",
        screenshot="attachments/x.png", urgency=Urgency.CRITICAL, reported_by="Hồng", reported_at=date(2026, 3, 1),
        follower="bo", remarks="a\tb", customer_id=TWO, department="кухня", stage=Stage.BEFORE_BUILD,
        state=RequirementState.DUPLICATE, state_on=date(2026, 3, 2), to_sync=True, reason=Reason.CUSTOMER_INSISTS,
        hypothesis_id=TWO, field_meeting_id=THREE, decision_meeting_id=FOUR, duplicate_of=TWO, touchpoint_id=THREE,
        leave=False, faster=True, safer=False,
    )  # fmt: skip
    action = Action(
        id=ONE, **COMMON, **LABELS, **SNOOZED, code="A9", text="Call Kiri, \u202eagain", owner="ana",
        due=date(2026, 12, 24), state=ActionState.DROPPED, chase=True, milestone=True, redated=1, reason="on leave",
        meeting_id=TWO, customer_id=THREE, hypothesis_id=FOUR, touchpoint_id=TWO, requirement_id=THREE, done_at=LATER,
    )  # fmt: skip
    return to_document(requirement), to_document(action)
