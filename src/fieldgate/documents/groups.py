"""Which fields of a record mean something only together, by their names in a file; long texts by name behind TEXT."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from fieldgate.domain.kinds import kinds

TEXT = "\0"
"""What the name of a long text begins with; cleaned text never holds it."""

BALLOT = "ballot"
BALLOT_MORE = ("meeting_kind", "gate_id")
"""Without these a ballot means nothing: only a sync meeting has one, and it has a gate."""

_ENTRY_DEPTH = 2
_ENTRY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"answer": ("answer", "answered_at", "answered_by", "at", "by")}
)
_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@cache
def groups_of(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return the groups of a kind by name; none of an unknown kind."""
    groups: dict[str, list[str]] = {}
    known = kinds().get(kind)
    for spec in known.fields.values() if known else ():
        if spec.group:
            groups.setdefault(spec.group, []).append(f"{TEXT}{spec.name}" if spec.body else spec.key)
    if kind == "meeting":
        groups[BALLOT] += BALLOT_MORE
    return {name: tuple(sorted(keys)) for name, keys in groups.items()}


def groups_inside(place: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return the groups of the map at a place in a head: in evidence and checks an answer goes with who gave it, when."""
    return _ENTRY if len(place) == _ENTRY_DEPTH and place[0] in {"evidence", "checks"} else _NONE
