"""Both of two lists of lines, what they share once.

Knows nothing of an ancestor. A blank line belongs to the line below it, so that paragraphs stay apart.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A line that says something, with the blank lines above it."""

    line: str
    lines: tuple[str, ...]


def unite(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return the lines of the first list with those that only the second has, each before what follows it there.

    If one list has all that the other has, it comes back as it is; of the same lines in two orders, the smaller list.
    """
    units_of_both = units(first), units(second)
    have = [Counter(unit.line for unit in each) for each in units_of_both]
    if have[0] == have[1]:
        return min(list(first), list(second))
    if have[1] <= have[0]:
        return list(first)
    if have[0] <= have[1]:
        return list(second)
    lines = [line for unit in _woven(*units_of_both) for line in unit.lines]
    return lines + max(_tail(first), _tail(second))


def units(lines: Sequence[str]) -> list[Unit]:
    """Return what the lines say; blank lines at the end belong to nothing."""
    found: list[Unit] = []
    start = 0
    for index, line in enumerate(lines):
        if line.strip():
            found.append(Unit(line, tuple(lines[start : index + 1])))
            start = index + 1
    return found


def _tail(lines: Sequence[str]) -> list[str]:
    """The blank lines at the end."""
    count = next((index for index, line in enumerate(reversed(lines)) if line.strip()), len(lines))
    return list(lines[len(lines) - count :])


def _woven(first: Sequence[Unit], second: Sequence[Unit]) -> list[Unit]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in range(len(first) - 1, -1, -1):
        places[first[index].line].append(index)
    found = [places[unit.line].pop() if places[unit.line] else None for unit in second]
    before: defaultdict[int, list[Unit]] = defaultdict(list)
    anchor = len(first)
    for unit, place in zip(reversed(second), reversed(found), strict=True):
        if place is None:
            before[anchor].append(unit)
        else:
            anchor = place
    woven: list[Unit] = []
    for index in range(len(first) + 1):
        woven += reversed(before[index])
        woven += first[index : index + 1]
    return woven
