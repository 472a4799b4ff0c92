"""What we believe, whom we asked, what was said, and what it speaks for."""

from datetime import date, datetime, time
from enum import StrEnum

from fieldgate.domain.records.record import Coded, Record, body, grouped, merged
from fieldgate.values import dataclass

_Day = date  # inside Meeting the name `date` is its field


class Step(StrEnum):
    """The four steps of customer development, in order."""

    DISCOVERY = "discovery"
    VALIDATION = "validation"
    CREATION = "creation"
    BUILDING = "building"


STEPS: tuple[Step, ...] = tuple(Step)


class Area(StrEnum):
    """What a belief is about."""

    CUSTOMER = "customer"
    PROBLEM = "problem"
    SOLUTION = "solution"
    PRICE = "price"
    CHANNEL = "channel"
    DEMAND = "demand"
    MARKET = "market"
    COMPETITION = "competition"
    SALES = "sales"
    MODEL = "model"
    ORGANISATION = "organisation"
    DELIVERY = "delivery"


class HypothesisState(StrEnum):
    """Draft until its prediction is locked; then testing, until ruled supported or refuted, or retired."""

    DRAFT = "draft"
    TESTING = "testing"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    RETIRED = "retired"


class PivotKind(StrEnum):
    """What a child changes against its parent."""

    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    SEGMENT = "segment"
    NEED = "need"
    PLATFORM = "platform"
    ARCHITECTURE = "architecture"
    VALUE_CAPTURE = "value_capture"
    GROWTH = "growth"
    CHANNEL = "channel"
    TECHNOLOGY = "technology"
    NARROW = "narrow"


class MeetingKind(StrEnum):
    """An interview, a sync meeting, a visit: all are meetings."""

    INTERVIEW = "interview"
    SYNC = "sync"
    EXCHANGE = "exchange"
    WORKSHOP = "workshop"
    REGULAR = "regular"
    STATIONING = "stationing"
    VISIT = "visit"
    RETROSPECTIVE = "retrospective"
    OTHER = "other"


class Purpose(StrEnum):
    """What a meeting with a customer was for."""

    PROBLEM = "problem"
    SOLUTION = "solution"
    SALE = "sale"
    USAGE = "usage"
    FEEDBACK = "feedback"


class Theme(StrEnum):
    """The one theme of a regular meeting."""

    UPDATE = "update"
    NEED = "need"
    RISK = "risk"


class Proposal(StrEnum):
    """What a sync meeting is asked to agree to."""

    ADVANCE = "advance"
    PIVOT = "pivot"
    STOP = "stop"
    REDATE = "redate"


class NoteKind(StrEnum):
    """What a line of minutes is; observations go through triage."""

    OBSERVATION = "observation"
    DECISION = "decision"
    QUESTION = "question"
    VIEW = "view"


class Mark(StrEnum):
    """One letter that the interviewer gave a line while typing."""

    EXCITED = "e"
    ANGRY = "x"
    EMBARRASSED = "m"
    PAIN = "p"
    GOAL = "g"
    OBSTACLE = "o"
    WORKAROUND = "w"
    BACKGROUND = "b"
    FEATURE = "f"
    MONEY = "$"
    NAMED = "@"
    FOLLOW_UP = "t"


class Stance(StrEnum):
    """What a piece of evidence says of its hypothesis."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis(Coded):
    """A belief, written so that it can turn out false.

    From the lock on, statement, area, step, prediction, metric, target_n, pass_pct and segment are frozen. `segment`
    None means everyone. `extended`: `due` was moved once already. `carried`: ids of the parent's evidence that was
    looked at for this child after a pivot. `lowered_reason`: why importance was taken below key after the lock.
    """

    statement: str = body()
    area: Area
    step: Step
    importance: int = 3
    prediction: str | None = grouped("bet")
    metric: str | None = grouped("bet")
    target_n: int = grouped("bet", 5)
    pass_pct: int = grouped("bet", 60)
    due: date | None = grouped("bet")
    segment: str | None = grouped("bet")
    extended: bool = grouped("bet", default=False)
    locked_at: datetime | None = grouped("bet")
    locked_on: date | None = grouped("bet")
    state: HypothesisState = grouped("bet", HypothesisState.DRAFT)
    verdict_at: datetime | None = grouped("bet")
    verdict_on: date | None = grouped("bet")
    verdict_by: str | None = grouped("bet")
    verdict_reason: str | None = grouped("bet")
    learned: str | None = merged("scalar", None, group="bet", body=True)
    therefore: str | None = grouped("bet")
    parent_id: str | None = None
    pivot_kind: PivotKind | None = None
    born_gate_id: str | None = None
    customer_id: str | None = None
    merged_into: str | None = None
    lowered_reason: str | None = None
    carried: frozenset[str] = merged("set")
    snoozed_until: date | None = merged("later")
    snoozes: int = merged("greater", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Coded):
    """An interview, a sync, a visit: same fields, same minutes. `members` are ids of ours, `others` names of theirs."""

    kind: MeetingKind
    topic: str
    date: date
    start: time | None = None
    end: time | None = None
    place: str | None = None
    customer_id: str | None = None
    members: frozenset[str] = merged("set")
    others: str | None = merged("text")
    purpose: Purpose | None = None
    body: str = body()
    gate_id: str | None = None
    chair: str | None = None
    theme: Theme | None = None
    proposal: Proposal | None = grouped("ballot")
    agree_custdev: bool | None = grouped("ballot")
    agree_proddev: bool | None = grouped("ballot")
    agree_reason: str | None = grouped("ballot")
    shared_at: datetime | None = None
    snoozed_until: _Day | None = merged("later")
    snoozes: int = merged("greater", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Coded):
    """One line that was heard or decided; triage says what it is."""

    text: str = body()
    kind: NoteKind = NoteKind.OBSERVATION
    said_on: date
    meeting_id: str | None = None
    customer_id: str | None = None
    mark: Mark | None = None
    touchpoint_id: str | None = None
    requirement_id: str | None = None
    triaged_at: datetime | None = merged("earlier")
    discarded: bool = False
    snoozed_until: date | None = merged("later")
    snoozes: int = merged("greater", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """A note tied to a hypothesis; stands in the note's file. Strength 0-4; a maybe always has 0.

    `answered_at` and `answered_by`: when and by whom this answer was given (in files `at` and `by`).
    """

    note_id: str
    hypothesis_id: str
    stance: Stance
    strength: int = 0
    answered_at: datetime
    answered_by: str = ""
    snoozed_until: date | None = merged("later")
    snoozes: int = merged("greater", 0)
