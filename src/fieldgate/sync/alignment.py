"""What changed between two lists: the longest common subsequence, in C, within limits.

Knows lists of hashable things and no text; a change is a hunk: a stretch of the old list and what stands there now.
"""

from collections.abc import Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from fieldgate.values import dataclass

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Hunk(Generic[T]):
    """The items `start` to `end` (not included) of the old list became `items`; equal ends are an insertion."""

    start: int
    end: int
    items: tuple[T, ...]

    @property
    def inserts(self) -> bool:
        """Whether nothing of the old list went."""
        return self.start == self.end


def hunks(old: Sequence[T], new: Sequence[T], cells: float) -> list[Hunk[T]]:
    """Return what changed, in the order of the old list, never two hunks without a kept item between.

    Args:
        old: The list before.
        new: The list after.
        cells: The largest table of the comparison, in old times new items; beyond it only head and tail are matched
            and all between is one hunk.
    """
    head = _common(zip(old, new, strict=False))
    tail = _common(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if not left and not right:
        return []
    if len(left) * len(right) > cells:
        return [Hunk(head, head + len(left), tuple(right))]
    return [hunk for hunk in _changes(left, right, head) if hunk.items or not hunk.inserts]


def _common(pairs: Iterator[tuple[T, T]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _changes(left: Sequence[T], right: Sequence[T], offset: int) -> Iterator[Hunk[T]]:
    # Only where two sides changed one list: opening a workspace is quicker and 3.5 MB smaller without it.
    from rapidfuzz.distance import LCSseq

    numbers: dict[T, int] = {}
    coded = [[numbers.setdefault(item, len(numbers)) for item in side] for side in (left, right)]
    start = begin = 0
    for block in LCSseq.opcodes(coded[0], coded[1]).as_matching_blocks():
        yield Hunk(offset + start, offset + block.a, tuple(right[begin : block.b]))
        start, begin = block.a + block.size, block.b + block.size
