"""The mirror: how many maybes each of us brings home. A high rate usually means a question badly asked.

Whoever took part in a meeting is answerable for what was heard there; for a note without a meeting, whoever wrote it.
"""

from fieldgate.domain.evidence_days import Piece, evidence_rows
from fieldgate.domain.folding import same
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import Stance
from fieldgate.domain.records.people import Member
from fieldgate.domain.snapshot import Snapshot
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """What one of us heard: firm answers, maybes, and the pieces that are maybes."""

    member: Member
    firm: int
    maybes: tuple[Piece, ...]

    @property
    def total(self) -> int:
        """All answers."""
        return self.firm + len(self.maybes)

    @property
    def rate(self) -> float:
        """The part of the answers that are maybes; 0 without answers."""
        return len(self.maybes) / self.total if self.total else 0.0


def mirror(facts: Snapshot, policy: Policy) -> tuple[Reflection, ...]:
    """Return every one of us, whoever brings home most maybes first."""
    members = [each for each in facts.members.values() if each.live]
    heard: dict[str, list[Piece]] = {each.id: [] for each in members}
    for row in evidence_rows(facts, policy):
        for piece in row.pieces:
            for member in members:
                if _heard(facts, piece, member):
                    heard[member.id].append(piece)
    found = []
    for member in members:
        maybes = tuple(each for each in heard[member.id] if each.counts is Stance.MAYBE)
        found.append(Reflection(member=member, firm=len(heard[member.id]) - len(maybes), maybes=maybes))
    return tuple(sorted(found, key=lambda each: (-each.rate, -each.total, each.member.handle)))


def _heard(facts: Snapshot, piece: Piece, member: Member) -> bool:
    meeting = facts.meetings.get(piece.note.meeting_id or "")
    if meeting is not None and meeting.members:
        return member.id in meeting.members
    return same(piece.note.created_by, member.handle)
