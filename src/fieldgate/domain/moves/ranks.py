"""Ranks: places given by hand, as texts that sort; one can always be put between two others."""

from collections.abc import Sequence

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def between(low: str, high: str | None) -> str:
    """Return a rank above `low` (may be empty) and below `high` (None: nothing above).

    Ranks are fractions written in base 36 that never end in 0, so there is always room.
    """
    shared = 0
    if high is not None:
        while shared < len(high) and (low[shared : shared + 1] or "0") == high[shared]:
            shared += 1
    head = (low + "0" * shared)[:shared]
    least = _DIGITS.index(low[shared]) if shared < len(low) else 0
    most = _DIGITS.index(high[shared]) if high is not None and shared < len(high) else len(_DIGITS)
    if most - least > 1:
        return head + _DIGITS[(least + most) // 2]
    return head + _DIGITS[least] + between(low[shared + 1 :], None)


def rank_all(ranks: Sequence[str | None], moved: int) -> list[str]:
    """Give every card of a column a rank in the order they stand, keeping those that are right already.

    Args:
        ranks: The rank of each card from the top down, None where it has none.
        moved: Index of the card that was moved by hand; it always gets a new one.
    """
    given: list[str] = []
    last = ""
    for index, rank in enumerate(ranks):
        if index != moved and rank and rank > last:
            last = rank
        else:
            later = (each for at, each in enumerate(ranks) if at > index and at != moved and each and each > last)
            last = between(last, next(later, None))
        given.append(last)
    return given
