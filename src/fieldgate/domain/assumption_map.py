"""The assumption map: importance against confidence, so that one look says which belief to test next.

Risk is importance times (1 minus the size of the confidence), so the riskiest corner is where much
hangs on a belief and little is known of it: the top, in the middle between no and yes. Confidence runs from -1 (they
say no) to 1 (they say yes), importance from 1 to 5.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fieldgate.domain.beliefs import OPEN, is_key, live_beliefs
from fieldgate.domain.evidence import tally
from fieldgate.domain.findings import code_order
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import Hypothesis, HypothesisState
from fieldgate.domain.snapshot import Snapshot
from fieldgate.values import dataclass

LEVELS = 5
"""Importance has this many levels; each gets a band of lines of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One belief on the map. `risk` is what `riskiest` marks; only an open belief can be the riskiest."""

    belief: Hypothesis
    confidence: float
    risk: float
    firm: int
    key: bool
    riskiest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A point with the cells that its label takes: line from the top, first column, how many."""

    point: Point
    line: int
    column: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A map laid out for a place of `width` cells and LEVELS bands of `band` lines.

    `hidden`: points for which their band had no room, by importance; they are named beside the map.
    """

    width: int
    band: int
    placed: tuple[Placed, ...]
    hidden: tuple[Point, ...]

    @property
    def height(self) -> int:
        """Lines of the map."""
        return LEVELS * self.band

    @property
    def middle(self) -> int:
        """The column of confidence 0."""
        return column_of(0, self.width)


def points_of(facts: Snapshot, policy: Policy) -> tuple[Point, ...]:
    """Return every belief that is still held, riskiest first; settled ones after those that are open.

    Risks of one customer's project are left out: they are never key.
    """
    found = []
    for each in live_beliefs(facts):
        if each.state is HypothesisState.RETIRED or each.customer_id is not None:
            continue
        count = tally(facts, each, policy)
        found.append(
            Point(
                belief=each,
                confidence=count.confidence,
                risk=count.risk,
                firm=count.firm,
                key=is_key(each, policy),
            )
        )
    found.sort(key=lambda each: (each.belief.state not in OPEN, -each.risk, code_order(each.belief.code)))
    if found and found[0].belief.state in OPEN:
        found[0] = replace(found[0], riskiest=True)
    return tuple(found)


def column_of(confidence: float, width: int) -> int:
    """Return the column of a confidence: the first for -1, the last for 1."""
    return min(width - 1, max(0, round((confidence + 1) / 2 * (width - 1))))


def laid_out(points: tuple[Point, ...], width: int, height: int) -> Plot:
    """Lay points out in a place of cells; the riskiest get their place first.

    Args:
        points: The points, the most important to see first.
        width: Cells of the place.
        height: Lines that there are at most; every level gets as many, at least one.
    """
    band = max(1, height // LEVELS)
    taken: dict[int, list[tuple[int, int]]] = {}
    placed: list[Placed] = []
    hidden: list[Point] = []
    for point in points:
        size = min(width, label_width(point))
        column = min(column_of(point.confidence, width), width - size)
        line = next((y for y in _lines_of(point, band) if _is_free(taken.get(y, ()), column, size)), None)
        if line is None:
            hidden.append(point)
            continue
        taken.setdefault(line, []).append((column, column + size))
        placed.append(Placed(point=point, line=line, column=column, width=size))
    order = sorted(placed, key=lambda each: (each.line, each.column))
    return Plot(width=width, band=band, placed=tuple(order), hidden=tuple(hidden))


def label_width(point: Point) -> int:
    """Cells of a point's label: its sign, its code, and a mark when it is the riskiest."""
    return 1 + len(point.belief.code) + point.riskiest


def _lines_of(point: Point, band: int) -> Iterator[int]:
    top = (LEVELS - point.belief.importance) * band
    yield from range(top, top + band)


def _is_free(taken: Iterable[tuple[int, int]], column: int, size: int) -> bool:
    # One free cell between two labels keeps them apart.
    return all(column + size + 1 <= start or column >= end + 1 for start, end in taken)
