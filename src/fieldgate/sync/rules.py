"""How each field of a document merges, worked out from what the kinds say of their fields.

A field is named by its key in the head; a long text by its field's name behind TEXT, so that no key of a head can be
taken for it. What no kind knows (fields and kinds of a newer version) merges by its shape.
"""

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from types import MappingProxyType

from fieldgate.documents.groups import TEXT, groups_inside, groups_of
from fieldgate.domain.kinds import kinds
from fieldgate.values import dataclass

BODY = "body"
"""The name of the text below the head where no field of the kind stands there."""

SPECIAL = ("conflicts", "deleted_at", "updated_at", "updated_by", "created_at", "created_by", "code", "former_codes")
"""Fields of every record that `fields` merges by rules of their own."""

NO_EDIT = frozenset(
    {"updated_at", "updated_by", "created_at", "created_by", "code", "former_codes", "snoozes", "snoozed_until"}
)
"""Fields whose change is no reason to bring back what the other side archived."""

_RANKS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "hypothesis": (("draft",), ("testing",), ("supported", "refuted"), ("retired",)),
        "touchpoint": (("unasked",), ("gap",), ("fixing",), ("ready",), ("na",)),
        "requirement": (
            ("new",),
            ("parked",),
            ("checking",),
            ("accepted",),
            ("doing",),
            ("done",),
            ("declined",),
            ("confirmed", "duplicate"),
        ),
        "action": (("open",), ("done", "dropped")),
        "gate": ((), ("advance", "pivot", "stop")),
    }
)
"""Kind to its states in the order of the transitions; of two the further one is shown."""

_STATE_FIELDS: Mapping[str, str] = MappingProxyType({"gate": "outcome"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the fields of one map merge: by key, and which keys mean something only together.

    `merge` maps a key to "text", "later", "earlier" or "greater", or to "latest": the one that was
    changed last, which is not worth asking about. Other scalars conflict. `groups` maps a name to the
    keys of a group. `texts` are the fields of the body, without TEXT. `ranks`: how far a state has come. `starts`:
    the values of the field `state` that a fresh record has.
    """

    merge: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    texts: tuple[str, ...] = ()
    ranks: Mapping[str, int] = field(default_factory=dict)
    starts: frozenset[str] = frozenset({""})
    state: str = "state"

    def fresh(self, group: Mapping[str, object]) -> bool:
        """Whether a group is still as it was made."""
        return str(group.get(self.state, "")) in self.starts

    def rank(self, group: Mapping[str, object]) -> int:
        """How far the state of a group has come; 0 at the start and where there is no state."""
        return self.ranks.get(str(group.get(self.state, "")), 0)


@cache
def rules_of(kind: str) -> Rules:
    """Return the rules of a kind; of an unknown kind only what all kinds share."""
    known = kinds().get(kind)
    if known is None:
        return Rules(merge={**_SHARED, f"{TEXT}{BODY}": "text"}, groups={}, texts=(BODY,))
    merge: dict[str, str] = {f"{TEXT}{BODY}": "text"}
    for spec in known.fields.values():
        key = f"{TEXT}{spec.name}" if spec.body else spec.key
        merge[key] = _SHARED.get(key, spec.merge)
    ranks = {state: rank for rank, states in enumerate(_RANKS.get(kind, ())) for state in states}
    return Rules(
        merge=merge,
        groups=groups_of(kind),
        texts=known.body_fields or (BODY,),
        ranks=ranks,
        starts=frozenset({"", *_RANKS.get(kind, ((),))[0]}),
        state=_STATE_FIELDS.get(kind, "state"),
    )


_SHARED: Mapping[str, str] = MappingProxyType({"snoozed_until": "later", "snoozes": "greater", "rank": "latest"})

_ENTRY = Rules(
    merge=_SHARED,
    groups=groups_inside(("checks", "")),
    starts=frozenset({"", "open"}),
    state="answer",
)

_INSIDE: Mapping[str, Rules] = MappingProxyType({"evidence": _ENTRY, "checks": _ENTRY})
_SHAPE_ONLY = Rules(merge={}, groups={})
_ENTRY_DEPTH = 2


def entry_rules(path: tuple[str, ...]) -> Rules:
    """Return the rules of the map at a path inside a head.

    In an entry of `evidence` and `checks` an answer goes with who gave it and when; of every other map each leaf is a
    scalar.
    """
    return _INSIDE.get(path[0], _SHAPE_ONLY) if len(path) == _ENTRY_DEPTH else _SHAPE_ONLY
