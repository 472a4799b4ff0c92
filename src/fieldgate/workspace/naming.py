"""Naming: which record a person means by a word.

By code first (H3, C12, BY-SAL-10), then by a code that it lost in a merge, then by handle or id. What has no code of
its own is named by what it belongs to: `workspace`, `gate` (the open one), `discovery.2` (step and round), `N4:H3`
(the evidence of a note for a hypothesis), `BY-SAL-10:q1` (a check of its owner).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from fieldgate.domain.folding import same
from fieldgate.domain.gates import live_gates, open_gate
from fieldgate.domain.identity import is_id
from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence
from fieldgate.domain.records.people import Workspace
from fieldgate.errors import NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.snapshot import Snapshot


class Finder(Protocol):
    """Where records are looked up: the store that writes, or the reader that only looks."""

    def find(self, code: str) -> tuple[str, str, bool] | None:
        """Return kind, id and whether by a former code."""

    def record(self, kind: str, row_id: str) -> Record | None:
        """Return a record whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The record that was meant. `former`: by a code that it has no longer."""

    kind: str
    id: str
    former: bool = False


def find_record(finder: Finder, facts: Snapshot, word: str) -> Named:
    """Return the record that a word names.

    Raises:
        NotFoundError: There is none.
    """
    whole = not any("\ud800" <= letter <= "\udfff" for letter in word)  # else it is no UTF-8, which a store cannot ask
    found = _found(finder, facts, word.strip()) if whole else None
    if found is None:
        raise NotFoundError(
            t("There is no record {code}.", code=word), t("`fieldgate search WORDS` finds records by words."), word
        )
    return found


def name_of(facts: Snapshot, record: Record) -> str:
    """Return the word by which `find_record` finds a record again."""
    if isinstance(record, Gate):
        return f"{record.step}.{record.round}"
    if isinstance(record, Evidence):
        note, belief = facts.notes.get(record.note_id), facts.hypotheses.get(record.hypothesis_id)
        return f"{note.code}:{belief.code}" if note and belief else record.id
    if isinstance(record, Check):
        kinds = ("touchpoint", "customer", "gate")
        owner = next((found for kind in kinds if (found := facts.get(kind, record.owner_id))), None)
        return f"{name_of(facts, owner)}:{record.key}" if owner else record.id
    if isinstance(record, Workspace):
        return "workspace"
    return str(getattr(record, "code", "") or getattr(record, "handle", "") or record.id)


def _found(finder: Finder, facts: Snapshot, word: str) -> Named | None:
    by_code = finder.find(word) if word else None
    if by_code is not None:
        return Named(kind=by_code[0], id=by_code[1], former=by_code[2])
    owner, colon, part = word.partition(":")
    if colon:
        return _part(finder, facts, owner, part)
    return _special(facts, word.lower()) or _by_handle(facts, word) or _by_id(finder, word.lower())


def _special(facts: Snapshot, word: str) -> Named | None:
    if word == "workspace":
        return Named(kind="workspace", id=facts.workspace.id)
    gate: Gate | None = None
    if word == "gate":
        gate = open_gate(facts) or next(reversed(live_gates(facts)), None)
    else:
        step, _, number = word.partition(".")
        of_step = [each for each in live_gates(facts) if each.step == step]
        rounds = [each for each in of_step if not number or str(each.round) == number]
        gate = rounds[-1] if rounds else None
    return Named(kind="gate", id=gate.id) if gate else None


def _by_handle(facts: Snapshot, word: str) -> Named | None:
    found = (each.id for each in facts.members.values() if same(each.handle, word))
    return next((Named(kind="member", id=each) for each in found), None)


def _by_id(finder: Finder, word: str) -> Named | None:
    if not is_id(word):
        return None
    return next((Named(kind=kind, id=word) for kind in KIND_NAMES if finder.record(kind, word) is not None), None)


def _part(finder: Finder, facts: Snapshot, owner: str, part: str) -> Named | None:
    whole = _found(finder, facts, owner)
    if whole is None:
        return None
    if whole.kind == "note":
        belief = finder.find(part)
        pieces = facts.evidence.values()
        ids = (each.id for each in pieces if belief and (each.note_id, each.hypothesis_id) == (whole.id, belief[1]))
        return next((Named(kind="evidence", id=each) for each in ids), None)
    owned = (each for each in facts.checks.values() if each.owner_id == whole.id and same(each.key, part))
    return next((Named(kind="check", id=each.id) for each in owned), None)
