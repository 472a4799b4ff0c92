"""Evidence: what the customers said of a belief, each heard once.

Which pieces count: live ones whose note is live and not discarded, whose customer is live and not dropped, and, when
the belief names a segment, whose customer is of that segment. A note without a customer is a source of its own and
always counts, so a new segment starts from zero by itself.

Standing answer of a source: its latest yes or no of at least the firm strength, by the day it was said, then by when
the note was made, then by the note's id; without one, maybe, if it said anything at all. Newer firm facts replace
older ones, soft talk never replaces a firm fact. A standing maybe dates from the source's first piece.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from fieldgate.domain.folding import same
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import Evidence, Hypothesis, Note, Stance
from fieldgate.domain.records.people import Customer, CustomerStatus
from fieldgate.domain.snapshot import Snapshot
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence that counts, with the note it rests on."""

    evidence: Evidence
    note: Note
    source: str
    """Id of the customer; without one, of the note."""

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts pieces by when they were said, oldest first."""
        return self.note.said_on, self.note.created_at, self.note.id, self.evidence.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one source answers as things stand.

    `evidence_id`, `note_id` and `said_on` are those of the piece that the answer rests on; of a maybe those of the
    source's first piece. `early`: said before the prediction was locked.
    """

    source: str
    customer_id: str | None
    stance: Stance
    strength: int
    evidence_id: str
    note_id: str
    said_on: date
    early: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """All answers to one belief, each source counted once.

    `confidence`: (strength of standing yes minus strength of standing no) over (both together plus k), from -1 to 1,
    to 3 places. `risk`: importance times (1 minus the size of the confidence), from the exact value, to 2 places.
    `maybe_rate`: maybes over all answers, 0 without any. `early` of `pieces` were said before the bet.
    """

    yes: int
    no: int
    maybe: int
    firm: int
    confidence: float
    risk: float
    maybe_rate: float
    pieces: int
    early: int
    standing: tuple[Standing, ...]

    @property
    def only_early(self) -> bool:
        """Whether there are firm answers and all of them were given before the bet."""
        return self.firm > 0 and all(each.early for each in self.standing if each.stance != Stance.MAYBE)


def tally(facts: Snapshot, hypothesis: Hypothesis, policy: Policy) -> Tally:
    """Count the answers to a belief; kept until something that it rests on changes."""
    return facts.keep("tally", hypothesis.id, lambda: _count(facts, hypothesis, policy))


def pieces(facts: Snapshot, hypothesis: Hypothesis) -> list[Piece]:
    """The pieces of evidence on a belief that count, by when they were said, oldest first."""
    counting = _counting(facts, hypothesis)
    rows = facts.evidence
    notes = facts.notes
    found = []
    for row_id in facts.links["evidence.hypothesis_id"].get(hypothesis.id, ()):
        row = rows[row_id]
        note = notes.get(row.note_id)
        if row.deleted_at is None and note is not None and counting(note):
            found.append(Piece(row, note, note.customer_id or note.id))
    return sorted(found, key=lambda each: each.order)


def strongest_contrary(facts: Snapshot, hypothesis: Hypothesis) -> Piece | None:
    """The piece that speaks most against what we hold: the strongest no, of a refuted belief the strongest yes.

    Of equally strong ones the newest. Maybes speak against nothing. Kept as `tally` is.
    """
    return facts.keep("contrary", hypothesis.id, lambda: _contrary(pieces(facts, hypothesis), hypothesis))


def _contrary(found: Iterable[Piece], hypothesis: Hypothesis) -> Piece | None:
    against = Stance.YES if hypothesis.state == "refuted" else Stance.NO
    contrary = (each for each in found if each.evidence.stance == against)
    return max(contrary, key=lambda each: (each.evidence.strength, each.order), default=None)


def segment_test(segment: str | None) -> Callable[[Customer], bool]:
    """Whether a customer is of a segment, compared as people read it; none or blank means everyone."""
    if segment is None or not segment.strip():
        return lambda _customer: True
    known: dict[str | None, bool] = {None: False}

    def is_of(customer: Customer) -> bool:
        its = customer.segment
        if its not in known:
            known[its] = same(its, segment)
        return known[its]

    return is_of


def _counting(facts: Snapshot, hypothesis: Hypothesis) -> Callable[[Note], bool]:
    of_segment = segment_test(hypothesis.segment)
    customers = facts.customers

    def counts(note: Note) -> bool:
        if note.deleted_at is not None or note.discarded:
            return False
        if note.customer_id is None:
            return True
        customer = customers.get(note.customer_id)
        return (
            customer is not None
            and customer.deleted_at is None
            and customer.status != CustomerStatus.DROPPED
            and of_segment(customer)
        )

    return counts


def _count(facts: Snapshot, hypothesis: Hypothesis, policy: Policy) -> Tally:
    found = pieces(facts, hypothesis)
    facts.keep("contrary", hypothesis.id, lambda: _contrary(found, hypothesis))  # while the pieces are at hand
    locked_on = hypothesis.locked_on
    standing = tuple(_standing(each, policy, locked_on) for each in _by_source(found).values())
    for_it = [each.strength for each in standing if each.stance == Stance.YES]
    against = [each.strength for each in standing if each.stance == Stance.NO]
    balance = sum(for_it) - sum(against)
    weight = sum(for_it) + sum(against) + policy.k
    maybe = len(standing) - len(for_it) - len(against)
    return Tally(
        yes=len(for_it),
        no=len(against),
        maybe=maybe,
        firm=len(for_it) + len(against),
        confidence=_rounded(balance, weight, 3),
        risk=_rounded(hypothesis.importance * (weight - abs(balance)), weight, 2),
        maybe_rate=maybe / len(standing) if standing else 0.0,
        pieces=len(found),
        early=sum(_is_early(each, locked_on) for each in found),
        standing=standing,
    )


def _by_source(found: Iterable[Piece]) -> Mapping[str, list[Piece]]:
    grouped: dict[str, list[Piece]] = {}
    for piece in found:
        grouped.setdefault(piece.source, []).append(piece)
    return grouped


def _standing(said: list[Piece], policy: Policy, locked_on: date | None) -> Standing:
    """Work out the answer of one source from its pieces, oldest first."""
    chosen, stance, strength = said[0], Stance.MAYBE, 0
    for piece in reversed(said):
        evidence = piece.evidence
        if evidence.stance != Stance.MAYBE and evidence.strength >= policy.firm_strength:
            chosen, stance, strength = piece, evidence.stance, evidence.strength
            break
    return Standing(
        source=chosen.source,
        customer_id=chosen.note.customer_id,
        stance=stance,
        strength=strength,
        evidence_id=chosen.evidence.id,
        note_id=chosen.note.id,
        said_on=chosen.note.said_on,
        early=_is_early(chosen, locked_on),
    )


def _is_early(piece: Piece, locked_on: date | None) -> bool:
    return locked_on is not None and piece.note.said_on < locked_on


def _rounded(over: int, under: int, places: int) -> float:
    """Round a fraction in whole numbers, halves away from zero."""
    shift: int = 10**places
    size = (2 * abs(over) * shift + under) // (2 * under)
    return (size if over >= 0 else -size) / shift
