"""Merge text: by lines, then by words inside a line that both sides changed.

A line that either side took out is out; a line that either side put in is in; what both put in
stands once. Two changes of one stretch with the same number of lines are merged line by line, then word by word;
changes that still touch are both kept, in an order that does not depend on who asks, and flagged "overlap". Taken out
here and changed there: the change stays, flagged "deleted". Without a common ancestor two texts unite.

Every function gives the same result with its two sides exchanged. Lines end at LF and nowhere else.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from fieldgate.sync.alignment import Hunk, hunks
from fieldgate.sync.union import unite
from fieldgate.sync.wording import merge_line
from fieldgate.values import dataclass

LINE_CELLS = 4e8
"""The largest table of a comparison by lines, about 0.3 seconds; beyond it only head and tail are matched."""

OVERLAP, DELETED = "overlap", "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedText:
    """A merged text; `flag` is "", or what a person should look at: "overlap" before "deleted"."""

    text: str
    flag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Changes of both sides that touch: the old lines they cover, and the hunks of each side in order."""

    start: int
    end: int
    sides: tuple[tuple[Hunk[str], ...], tuple[Hunk[str], ...]]


def merge_text(ancestor: str | None, one: str, other: str) -> MergedText:
    """Merge two texts that grew out of a third; None: nothing is known that both come from."""
    if other in (one, ancestor):
        return MergedText(text=one)
    if one == ancestor:
        return MergedText(text=other)
    first, second = lines_of(min(one, other)), lines_of(max(one, other))
    if ancestor is None:
        return MergedText(text="\n".join(unite(first, second)))
    old = lines_of(ancestor)
    merged: list[str] = []
    flags: set[str] = set()
    at = 0
    for group in _groups(_changes(old, first), _changes(old, second)):
        merged += old[at : group.start]
        settled, flag = _settle(old, group)
        merged += settled
        flags.add(flag)
        at = group.end
    merged += old[at:]
    return MergedText(text="\n".join(merged), flag=max(flags))


def lines_of(text: str) -> list[str]:
    """Return the lines of a text; an empty text has none."""
    return text.split("\n") if text else []


def _changes(old: Sequence[str], new: Sequence[str]) -> list[Hunk[str]]:
    """What changed, with the blank line above a new paragraph rather than below it, where both are true."""
    found: list[Hunk[str]] = []
    for hunk in hunks(old, new, LINE_CELLS):
        moved, floor = hunk, found[-1].end + 1 if found else 0
        while moved.inserts and moved.start > floor and moved.items[-1] == old[moved.start - 1] and not moved.items[-1]:
            moved = Hunk(moved.start - 1, moved.end - 1, (moved.items[-1], *moved.items[:-1]))
        found.append(moved)
    return found


def _groups(first: Sequence[Hunk[str]], second: Sequence[Hunk[str]]) -> Iterator[_Group]:
    """Go through the changes of both sides in order, those that touch together."""
    tagged = sorted([*((hunk, 0) for hunk in first), *((hunk, 1) for hunk in second)], key=_by_place)
    found: list[tuple[Hunk[str], int]] = []
    for hunk, side in tagged:
        if found and hunk.start > max(each.end for each, _ in found):
            yield _group(found)
            found = []
        found.append((hunk, side))
    yield _group(found)


def _by_place(tagged: tuple[Hunk[str], int]) -> tuple[int, int, tuple[str, ...]]:
    hunk, _ = tagged
    return (hunk.start, hunk.end, hunk.items)


def _group(found: Sequence[tuple[Hunk[str], int]]) -> _Group:
    first, second = (tuple(hunk for hunk, of in found if of == side) for side in (0, 1))
    return _Group(start=found[0][0].start, end=max(hunk.end for hunk, _ in found), sides=(first, second))


def _settle(old: Sequence[str], group: _Group) -> tuple[Sequence[str], str]:
    """Return the lines that stand where a group was, and its flag."""
    one, other = (_as_seen(old, group, hunks_of) for hunks_of in group.sides)
    if one == other or not group.sides[1]:
        return one, ""
    if not group.sides[0]:
        return other, ""
    if group.start == group.end:
        return unite(one, other), ""
    return _both_changed(old[group.start : group.end], (one, other), group)


def _both_changed(old: Sequence[str], seen: tuple[list[str], list[str]], group: _Group) -> tuple[Sequence[str], str]:
    added = [_added(side) for side in group.sides]
    gone = [{line for hunk in side for line in range(hunk.start, hunk.end)} for side in group.sides]
    if any(gone[side] and not added[side] for side in (0, 1)):
        return _in_place(group), DELETED if any(added) else ""
    for side in (0, 1):
        if added[side] <= added[1 - side] and gone[side] <= gone[1 - side]:
            return seen[1 - side], ""
    if not any(_overlap(one, other) for one in group.sides[0] for other in group.sides[1]):
        return _in_place(group), ""
    if all(len(hunk.items) == hunk.end - hunk.start for side in group.sides for hunk in side):
        return _line_by_line(old, *seen)
    return unite(*(_items(side) for side in _ordered(group))), OVERLAP


def _added(side: Sequence[Hunk[str]]) -> Counter[str]:
    """The lines that a side put in, blank ones aside."""
    return Counter(line for hunk in side for line in hunk.items if line.strip())


def _as_seen(old: Sequence[str], group: _Group, side: Sequence[Hunk[str]]) -> list[str]:
    """The stretch of a group as one side has it."""
    seen: list[str] = []
    at = group.start
    for hunk in side:
        seen += [*old[at : hunk.start], *hunk.items]
        at = hunk.end
    return seen + list(old[at : group.end])


def _in_place(group: _Group) -> list[str]:
    """What both sides put in, each where it was put; all old lines of a group are out on one side or the other."""
    ordered = sorted({hunk for side in group.sides for hunk in side}, key=lambda hunk: _by_place((hunk, 0)))
    return [line for hunk in ordered for line in hunk.items]


def _overlap(one: Hunk[str], other: Hunk[str]) -> bool:
    """Whether two changes take out the same line, or one puts lines into what the other takes out."""
    return (
        max(one.start, other.start) < min(one.end, other.end)
        or (one.inserts and other.start < one.start < other.end)
        or (other.inserts and one.start < other.start < one.end)
    )


def _line_by_line(old: Sequence[str], one: Sequence[str], other: Sequence[str]) -> tuple[Sequence[str], str]:
    """Merge changed lines that stand in the same places; if words touch in any, both sides of all are kept."""
    merged = [merge_line(*three) for three in zip(old, one, other, strict=True)]
    if None not in merged:
        return [line for line in merged if line is not None], ""
    kept: list[str] = []
    for before, *sides in zip(old, one, other, strict=True):
        kept += sorted({side for side in sides if side != before and side.strip()}) or [before]
    return kept, OVERLAP


def _ordered(group: _Group) -> list[Sequence[Hunk[str]]]:
    """The two sides of a group, the one that begins earlier first, then by code points."""
    return sorted(group.sides, key=lambda side: [_by_place((hunk, 0)) for hunk in side])


def _items(side: Sequence[Hunk[str]]) -> list[str]:
    return [line for hunk in side for line in hunk.items]
