"""Version vectors: which of two versions has seen the other.

A vector maps a writer (5 characters, drawn anew at every start of the program) to a counter. Version a has been seen
by version b when b has, for every writer of a, a counter at least as high. Knows nothing of what a version holds, and
never asks for the time.
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import TypeAlias

Vector: TypeAlias = Mapping[str, int]

KEPT_PAIRS = 32
"""How many pairs a vector keeps: the newest. Forgetting one can only make versions look concurrent, never known."""

GREATEST_COUNTER = 10**18 - 1
"""No trailer holds more than 18 digits."""


class Order(Enum):
    """How one version stands to another."""

    SAME = auto()
    BEFORE = auto()
    AFTER = auto()
    CONCURRENT = auto()


def seen_by(vector: Vector, other: Vector) -> bool:
    """Whether `other` has, for every writer, a counter at least as high."""
    return all(other.get(writer, 0) >= counter for writer, counter in vector.items())


def compare(vector: Vector, other: Vector) -> Order:
    """Say how the first version stands to the second; two vectors without a pair in common are concurrent."""
    before, after = seen_by(vector, other), seen_by(other, vector)
    if before and after:
        return Order.SAME
    if before:
        return Order.BEFORE
    return Order.AFTER if after else Order.CONCURRENT


def join(vector: Vector, other: Vector) -> Vector:
    """Return the vector of what has seen both: the higher counter of each writer, the newest pairs only."""
    return newest(union(vector, other))


def union(vector: Vector, other: Vector) -> Vector:
    """Return the higher counter of each writer, forgetting nothing."""
    return {each: max(vector.get(each, 0), other.get(each, 0)) for each in vector.keys() | other.keys()}


def meet(vector: Vector, other: Vector) -> Vector:
    """Return what both have seen: the lower counter of each writer that both know."""
    return {each: min(vector[each], other[each]) for each in vector.keys() & other.keys()}


def newest(vector: Vector) -> Vector:
    """Return the KEPT_PAIRS pairs with the highest counters; of equal ones the greater writer stays."""
    if len(vector) <= KEPT_PAIRS:
        return dict(vector)
    ranked = sorted(vector.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)
    return dict(ranked[:KEPT_PAIRS])


def next_counter(last: int, seconds: int) -> int:
    """Return a writer's next counter: Unix seconds, or the last one plus one where the clock did not move on."""
    return min(max(last + 1, seconds), GREATEST_COUNTER)


def stamp(vector: Vector, writer: str, counter: int) -> Vector:
    """Return the vector of an edit by `writer` on top of a version.

    The writer's own counter always rises. In a full vector it rises above every other one as well: a slow clock must
    not make the pair of this very edit the one that is forgotten.
    """
    full = len(vector.keys() | {writer}) > KEPT_PAIRS
    floor = max(vector.values()) if full else vector.get(writer, 0)
    return newest({**vector, writer: next_counter(floor, counter)})
