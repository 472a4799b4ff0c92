"""Evidence over time: what was said for and against each belief, on the day it was said.

A yes or a no that cost nothing is shown as what it counts as: a maybe.
"""

from collections.abc import Iterator
from datetime import date
from typing import cast

from fieldgate.domain.beliefs import live_beliefs
from fieldgate.domain.findings import code_order
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import Evidence, Hypothesis, Note, Stance
from fieldgate.domain.snapshot import Snapshot
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that was said of a belief. `counts` is what it counts as."""

    day: date
    counts: Stance
    evidence: Evidence
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A belief with what was said of it, oldest first."""

    belief: Hypothesis
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The pieces that fall into one column of a row."""

    column: int
    pieces: tuple[Piece, ...]

    @property
    def glyph(self) -> str:
        """● yes, ✗ no, ? maybe; * where the pieces disagree."""
        found = {each.counts for each in self.pieces}
        return {Stance.YES: "●", Stance.NO: "✗", Stance.MAYBE: "?"}[found.pop()] if len(found) == 1 else "*"


def evidence_rows(facts: Snapshot, policy: Policy) -> tuple[Row, ...]:
    """Return the beliefs of which something was said, in the order of their codes."""
    rows = []
    for belief in sorted(live_beliefs(facts), key=lambda each: code_order(each.code)):
        pieces = tuple(sorted(_pieces(facts, belief, policy), key=lambda each: (each.day, code_order(each.note.code))))
        if pieces:
            rows.append(Row(belief=belief, pieces=pieces))
    return tuple(rows)


def span_of(rows: tuple[Row, ...]) -> tuple[date, date] | None:
    """Return the first and the last day on which something was said."""
    days = [piece.day for row in rows for piece in row.pieces]
    return (min(days), max(days)) if days else None


def marks_of(row: Row, span: tuple[date, date], width: int) -> tuple[Mark, ...]:
    """Lay the pieces of a row out in columns, the first day at the left, the last at the right."""
    first, last = span
    days = max(1, (last - first).days)
    found: dict[int, list[Piece]] = {}
    for piece in row.pieces:
        found.setdefault(round((piece.day - first).days / days * (width - 1)), []).append(piece)
    return tuple(Mark(column=column, pieces=tuple(pieces)) for column, pieces in sorted(found.items()))


def _pieces(facts: Snapshot, belief: Hypothesis, policy: Policy) -> Iterator[Piece]:
    for each in cast("list[Evidence]", facts.linked("evidence", "hypothesis_id", belief.id)):
        note = facts.notes.get(each.note_id)
        if note is not None and note.live and not note.discarded:
            firm = each.strength >= policy.firm_strength
            yield Piece(day=note.said_on, counts=each.stance if firm else Stance.MAYBE, evidence=each, note=note)
