"""The board: the journey as columns, and the order within each.

Cards with a rank given by hand come first, by it. Then the computed order: those whose neglect loses a customer, then
those with more yes among the three risk and reward answers, then those a customer met, then the oldest in their state.
"""

from collections.abc import Iterable, Mapping, Sequence

from fieldgate.domain.records.journey import Touchpoint, TouchpointState
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.touchpoints import live_cards

COLUMNS = (TouchpointState.UNASKED, TouchpointState.GAP, TouchpointState.FIXING, TouchpointState.READY)
"""The states that are shown as columns, left to right; `na` is hidden."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)


def board(facts: Snapshot) -> Mapping[TouchpointState, tuple[Touchpoint, ...]]:
    """All columns with their cards in order, `na` last."""
    columns: dict[TouchpointState, list[Touchpoint]] = {state: [] for state in TouchpointState}
    for card in live_cards(facts):
        columns[card.state].append(card)
    return {state: in_order(cards) for state, cards in columns.items()}


def column(facts: Snapshot, state: TouchpointState) -> tuple[Touchpoint, ...]:
    """The cards of one column in order."""
    return in_order(card for card in live_cards(facts) if card.state == state)


def in_order(cards: Iterable[Touchpoint]) -> tuple[Touchpoint, ...]:
    """Put the cards of one column in order."""
    return tuple(sorted(cards, key=board_order))


def board_order(card: Touchpoint) -> tuple[object, ...]:
    """The sort key of a card within its column; equal ranks and equal ages go by id."""
    if card.rank:
        return 0, card.rank, card.id
    answers = (card.leave, card.faster, card.safer)
    oldest = card.state_on or card.created_at.date()
    urgent = (card.leave is not True, -answers.count(True), card.escalated_at is None)
    return 1, *urgent, oldest, card.id


def between(low: str | None, high: str | None) -> str:
    """Return a rank that sorts after `low` and before `high`; None stands for the very start or end.

    Ranks are digits 0-9a-z read as the places of a fraction, and never end in 0, so there is always room.

    Raises:
        ValueError: There is no rank between the two, or one of them is none of ours.
    """
    below, above = low or "", high
    if not all(is_rank(each) for each in (low, high) if each is not None) or (above is not None and below >= above):
        raise ValueError(low, high)
    out = ""
    while True:
        place = len(out)
        digit = _DIGITS.index(below[place]) if place < len(below) else 0
        bound = _BASE if above is None else _DIGITS.index(above[place])
        if (digit + bound) // 2 > digit:
            return out + _DIGITS[(digit + bound) // 2]
        if bound > digit:
            above = None
        out += _DIGITS[digit]


def is_rank(text: str) -> bool:
    """Whether a text is a rank that `between` can take; a file may hold anything."""
    return bool(text) and all(each in _DIGITS for each in text) and not text.endswith("0")


def moved(cards: Sequence[Touchpoint], card_id: str, by: int) -> Mapping[str, str]:
    """Move a card up (-) or down (+) in its column; return the ranks that change, by id.

    Ranked cards stand before the others, so a card gets a rank together with all cards above its new place that have
    none. Empty when the card is not in the column or cannot move that way.
    """
    places = {card.id: place for place, card in enumerate(cards)}
    if card_id not in places:
        return {}
    start = places[card_id]
    target = min(max(start + by, 0), len(cards) - 1)
    if target == start:
        return {}
    order = [card for card in cards if card.id != card_id]
    order.insert(target, cards[start])
    above = order[target - 1].rank if target else None
    after = order[target + 1].rank if target + 1 < len(order) else None
    if (above or not target) and _has_room(above, after):
        return {card_id: between(above, after or None)}
    last_ranked = max((place for place, card in enumerate(order) if card.rank), default=0)
    return _ranked_anew(order, max(target, last_ranked) + 1)


def _has_room(above: str | None, after: str | None) -> bool:
    """Whether a rank fits between two neighbours, whatever their ranks hold."""
    sound = all(is_rank(each) for each in (above, after) if each)
    return sound and (not after or (above or "") < after)


def _ranked_anew(order: Sequence[Touchpoint], count: int) -> Mapping[str, str]:
    """Give the first cards of a column evenly spread ranks; return those that change."""
    length = 1
    while _BASE**length <= 2 * count:
        length += 1
    ranks = {}
    for number, card in enumerate(order[:count], start=1):
        rank = _fraction(number * _BASE**length // (count + 1), length)
        if rank != card.rank:
            ranks[card.id] = rank
    return ranks


def _fraction(number: int, length: int) -> str:
    out = ""
    for _ in range(length):
        number, rest = divmod(number, _BASE)
        out = _DIGITS[rest] + out
    return out.rstrip("0")
