"""Rows of lists: what a list shows of a record, and nothing more. Values that the store's reader makes.

Named tuples: the first frame needs them, and a dataclass takes five times as long to declare and to make.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from fieldgate.domain.records.record import Record


class View(StrEnum):
    """The lists of the desk."""

    HYPOTHESES = "hypotheses"
    NOTES = "notes"
    BOARD = "board"
    CUSTOMERS = "customers"
    MEETINGS = "meetings"
    REQUIREMENTS = "requirements"
    ACTIONS = "actions"


KIND_OF_VIEW: Mapping[View, str] = {
    View.HYPOTHESES: "hypothesis",
    View.NOTES: "note",
    View.BOARD: "touchpoint",
    View.CUSTOMERS: "customer",
    View.MEETINGS: "meeting",
    View.REQUIREMENTS: "requirement",
    View.ACTIONS: "action",
}

BOARD_COLUMNS = ("unasked", "gap", "fixing", "ready")
"""The states of a touchpoint that the board shows as columns, left to right; `board.COLUMNS` without the rules."""


class Scope(NamedTuple):
    """Which part of a list: of the board a column (`state`), a phase and a function ("" is all)."""

    state: str = ""
    phase: str = ""
    function: str = ""


WHOLE = Scope()


class HypothesisRow(NamedTuple):
    """A hypothesis in a list. `statement` is its beginning; `verdict` the suggested one, empty for keep testing."""

    id: str
    code: str
    state: str
    statement: str
    area: str
    step: str
    importance: int
    segment: str | None
    due: str | None
    yes: int
    no: int
    maybe: int
    confidence: float
    risk: float
    verdict: str
    shaken: bool
    conflict: bool


class NoteRow(NamedTuple):
    """A note in a list. `text` is its beginning; `evidence` such as "H1+ H2?" (+ yes, - no, ? maybe)."""

    id: str
    code: str
    said_on: str
    kind: str
    mark: str | None
    waiting: bool
    discarded: bool
    customer: str | None
    meeting: str | None
    evidence: str
    text: str
    conflict: bool


class CardRow(NamedTuple):
    """A touchpoint on the board, with how many of its checks are answered."""

    id: str
    code: str
    phase: str
    function: str
    title: str
    state: str
    owner: str | None
    gap: str | None
    escalated: bool
    found_by: str | None
    kpi_value: float | None
    kpi_unit: str | None
    kpi_target: float | None
    reviewed_at: str | None
    answered: int
    asked: int
    conflict: bool


class CustomerRow(NamedTuple):
    """A customer in a list; `last_contact` is the date of the last past meeting or note."""

    id: str
    code: str
    name: str
    segment: str | None
    role: str
    awareness: int
    status: str
    cocreation: str
    traits: int
    account_rank: int | None
    last_contact: str | None
    conflict: bool


class MeetingRow(NamedTuple):
    """A meeting in a list, with how many notes it has and how many of them wait."""

    id: str
    code: str
    kind: str
    topic: str
    date: str
    start: str | None
    customer: str | None
    notes: int
    waiting: int
    proposal: str | None
    agree_custdev: bool | None
    agree_proddev: bool | None
    shared: bool
    conflict: bool


class RequirementRow(NamedTuple):
    """A line of the requirement log: its ten columns, and the customer."""

    id: str
    code: str
    category: str | None
    description: str
    screenshot: str | None
    urgency: str
    reported_by: str | None
    reported_at: str
    follower: str | None
    state: str
    remarks: str | None
    customer: str | None
    account_rank: int | None
    conflict: bool


class ActionRow(NamedTuple):
    """An action in a list; `about` names what it belongs to."""

    id: str
    code: str
    text: str
    owner: str | None
    due: str
    state: str
    chase: bool
    milestone: bool
    redated: int
    about: str
    conflict: bool


ListRow = HypothesisRow | NoteRow | CardRow | CustomerRow | MeetingRow | RequirementRow | ActionRow


class Linked(NamedTuple):
    """A record that another one names, or that names it. `role` is the name of the linking field."""

    kind: str
    id: str
    code: str
    title: str
    role: str
    facts: Mapping[str, Any]


class Detail(NamedTuple):
    """A record whole, with everything linked to it, oldest first."""

    kind: str
    record: "Record"
    links: tuple[Linked, ...]
    backlinks: tuple[Linked, ...]


class Hit(NamedTuple):
    """A record that a search found, with the beginning of its title; `where` is code, title or text."""

    kind: str
    id: str
    code: str
    title: str
    where: str
