"""Records with everything filled in that a test does not care about, and snapshots made of them.

Ids are made from the code or from a running number, so that a failing test reads well: `hypothesis 3` is h...3.
"""

import itertools
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fieldgate.domain.kinds import KIND_OF
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Check, Function, Phase, Touchpoint
from fieldgate.domain.records.learning import (
    Area,
    Evidence,
    Hypothesis,
    HypothesisState,
    Meeting,
    MeetingKind,
    Note,
    Stance,
    Step,
)
from fieldgate.domain.records.people import Customer, Member, Team, Workspace
from fieldgate.domain.records.record import Record
from fieldgate.domain.records.work import Action, Requirement
from fieldgate.domain.snapshot import Snapshot, snapshot_of

DAY = date(2026, 11, 20)
"""Today, in every test that does not say otherwise."""

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
"""The moment at which records are made and acts are done."""

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_count = itertools.count(1)


def an_id(number: int | None = None) -> str:
    """Return a valid id: zeros and a number; the next one if none is given."""
    number = next(_count) if number is None else number
    out = ""
    while number:
        number, rest = divmod(number, 32)
        out = _LETTERS[rest] + out
    return out.rjust(16, "0")


def day(offset: int) -> date:
    """Return the day that is `offset` days after DAY."""
    return DAY + timedelta(days=offset)


def moment(offset: int) -> datetime:
    """Return the moment `offset` days after NOW."""
    return NOW + timedelta(days=offset)


def _make(cls: type[Record], defaults: dict[str, Any], given: dict[str, Any]) -> Any:
    number = next(_count)
    names = {each.name for each in fields(cls)}
    common = {"id": an_id(number), "created_at": NOW, "updated_at": NOW, "created_by": "ana", "updated_by": "ana"}
    if "code" in names and "code" not in defaults:
        common["code"] = f"{KIND_OF[cls][0].upper()}{number}"
    values = {**common, **defaults, **given}
    return cls(**{name: _linked(name, value) for name, value in values.items()})


def _linked(name: str, value: Any) -> Any:
    """A link may be given as the record itself."""
    return value.id if isinstance(value, Record) else value


def a_workspace(**given: Any) -> Workspace:
    return _make(Workspace, {"name": "Delmar payouts", "vision": "Payouts without a spreadsheet."}, given)


def a_member(handle: str = "ana", **given: Any) -> Member:
    return _make(Member, {"handle": handle, "name": handle.title(), "team": Team.BOTH}, given)


def a_customer(**given: Any) -> Customer:
    return _make(Customer, {"name": "Kiri T."}, given)


def a_hypothesis(**given: Any) -> Hypothesis:
    """A draft of discovery; with a state beyond draft the bet is filled in as the lock would have done."""
    defaults: dict[str, Any] = {
        "statement": "They lose >3 h a week to it",
        "area": Area.PROBLEM,
        "step": Step.DISCOVERY,
    }
    if given.get("state", HypothesisState.DRAFT) != HypothesisState.DRAFT:
        defaults |= {
            "prediction": "3 of 5 tell of last week",
            "metric": "tells of a day",
            "due": day(30),
            "locked_at": moment(-30),
            "locked_on": day(-30),
        }
    return _make(Hypothesis, defaults, given)


def a_meeting(**given: Any) -> Meeting:
    return _make(Meeting, {"kind": MeetingKind.INTERVIEW, "topic": "How they pay out", "date": DAY}, given)


def a_note(text: str = "Every Friday I copy 400 rows", **given: Any) -> Note:
    return _make(Note, {"text": text, "said_on": DAY}, given)


def a_piece(note: Note, hypothesis: Hypothesis, stance: str = "yes", strength: int = 2, **given: Any) -> Evidence:
    """Evidence that ties a note to a hypothesis."""
    defaults = {
        "note_id": note.id,
        "hypothesis_id": hypothesis.id,
        "stance": Stance(stance),
        "strength": 0 if stance == "maybe" else strength,
        "answered_at": NOW,
        "answered_by": "ana",
    }
    return _make(Evidence, defaults, given)


def a_touchpoint(**given: Any) -> Touchpoint:
    number = next(_count)
    defaults = {
        "code": f"BY-SAL-{number:02d}",
        "phase": Phase.BUY,
        "function": Function.SALES,
        "title": "Who may grant an exception?",
        "state_on": DAY,
    }
    return _make(Touchpoint, defaults, given)


def a_check(owner: Record, **given: Any) -> Check:
    """A question of a touchpoint, a customer or a gate."""
    link = f"{KIND_OF[type(owner)]}_id"
    return _make(Check, {"key": f"q{next(_count)}", "text": "How long may it take?", link: owner.id}, given)


def a_requirement(**given: Any) -> Requirement:
    return _make(Requirement, {"description": "Export to CSV", "reported_at": DAY, "state_on": DAY}, given)


def an_action(**given: Any) -> Action:
    return _make(Action, {"text": "Call Kiri", "owner": "ana", "due": day(7)}, given)


def a_gate(**given: Any) -> Gate:
    """The open gate of discovery, round 1."""
    defaults = {"step": Step.DISCOVERY, "round": 1, "opened_at": NOW, "opened_on": DAY, "decide_by": day(90)}
    return _make(Gate, defaults, given)


def facts(*records: Record) -> Snapshot:
    """A snapshot of the records; a workspace is added if none is among them."""
    if not any(isinstance(each, Workspace) for each in records):
        records = (a_workspace(), *records)
    return snapshot_of(records)
