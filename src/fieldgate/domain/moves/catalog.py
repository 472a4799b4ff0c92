"""Every move there is, by kind, and the two ways to use them: what is possible, and do it."""

from collections.abc import Mapping
from types import MappingProxyType

from fieldgate.domain.changes import Act
from fieldgate.domain.kinds import KIND_OF, OWN_FILE
from fieldgate.domain.moves.action import ACTION_MOVES
from fieldgate.domain.moves.cards import CARD_MOVES
from fieldgate.domain.moves.check import CHECK_MOVES
from fieldgate.domain.moves.conflict import conflict_moves
from fieldgate.domain.moves.customer import CUSTOMER_MOVES
from fieldgate.domain.moves.evidence import EVIDENCE_MOVES
from fieldgate.domain.moves.gate import GATE_MOVES
from fieldgate.domain.moves.hypothesis import HYPOTHESIS_MOVES
from fieldgate.domain.moves.meeting import MEETING_MOVES
from fieldgate.domain.moves.merging import MERGE_MOVES
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.note import NOTE_MOVES
from fieldgate.domain.moves.pivot import PIVOT_MOVES
from fieldgate.domain.moves.requirement import REQUIREMENT_MOVES
from fieldgate.domain.moves.touchpoint import TOUCHPOINT_MOVES
from fieldgate.domain.moves.workspace import MEMBER_MOVES, WORKSPACE_MOVES
from fieldgate.domain.occasion import Occasion
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import Snapshot
from fieldgate.errors import NotFoundError
from fieldgate.words import t

_ALL: tuple[Move, ...] = (
    *(move for kind in OWN_FILE for move in conflict_moves(kind)),
    *NOTE_MOVES,
    *EVIDENCE_MOVES,
    *HYPOTHESIS_MOVES,
    *TOUCHPOINT_MOVES,
    *CARD_MOVES,
    *CHECK_MOVES,
    *REQUIREMENT_MOVES,
    *ACTION_MOVES,
    *CUSTOMER_MOVES,
    *MEETING_MOVES,
    *GATE_MOVES,
    *PIVOT_MOVES,
    *WORKSPACE_MOVES,
    *MEMBER_MOVES,
    *MERGE_MOVES,
)

MOVES: Mapping[str, Move] = MappingProxyType({move.id: move for move in _ALL})
"""Every move by its id, in the order in which menus show them."""


def moves_of(kind: str) -> tuple[Move, ...]:
    """The moves that records of a kind have; those that create records are moves of the workspace."""
    return tuple(move for move in MOVES.values() if move.kind == kind)


def possible(facts: Snapshot, record: Record, occasion: Occasion) -> tuple[tuple[Move, tuple[str, ...]], ...]:
    """What can be done with a record now: each move with what it lacks, legal ones with nothing."""
    moves = (move for move in moves_of(KIND_OF[type(record)]) if move.shown(facts, record, occasion))
    return tuple((move, move.missing(facts, record, occasion)) for move in moves)


def find_move(move_id: str) -> Move:
    """Find a move by its id.

    Raises:
        NotFoundError: There is no such move.
    """
    move = MOVES.get(move_id)
    if move is None:
        raise NotFoundError(t("There is no move {name}.", name=move_id), t("Look at what the record can do."), move_id)
    return move


def perform(
    facts: Snapshot,
    move_id: str,
    record_id: str | None,
    occasion: Occasion,
    answers: Mapping[str, object] | None = None,
    *,
    record: Record | None = None,
) -> Act:
    """Work out one act; nothing is changed by it until it is applied.

    Args:
        facts: The facts it is judged by.
        move_id: Such as `hypothesis.lock`.
        record_id: The record it is about; None for what creates records.
        occasion: Who, when, and the numbers in force.
        answers: Ask to value; what is left out takes its default.
        record: The record itself, where the facts do not hold it (a note that no rule reads) or not whole.

    Raises:
        NotFoundError: There is no such move or record.
        RefusedError: A rule refuses it; `missing` says what it lacks.
    """
    move = find_move(move_id)
    if record is None:
        record = facts.get(move.kind, record_id) if record_id else facts.workspace
    if record is None or KIND_OF[type(record)] != move.kind:
        message = t("There is no {kind} {name}.", kind=move.kind, name=record_id or "")
        raise NotFoundError(message, t("It may have a new code; search for it."), record_id or "")
    return move.make(facts, record, occasion, answers or {})
