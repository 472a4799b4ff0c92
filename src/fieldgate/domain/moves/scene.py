"""Scene: what a move looks at, which is the facts, the record it is about, and the occasion.

Also the stamps, ids and codes of what a move creates. A code is the highest ever given plus one; notes get theirs
when they are stored, since the facts do not hold all notes.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Generic, TypeVar, cast

from fieldgate.domain.changes import Create, Edit
from fieldgate.domain.folding import same
from fieldgate.domain.gates import policy_of
from fieldgate.domain.identity import code_parts, named_id
from fieldgate.domain.kinds import KIND_OF, LETTERS
from fieldgate.domain.occasion import Occasion
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.people import Member
from fieldgate.domain.records.record import Coded, Record
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.wording import step_word
from fieldgate.values import dataclass
from fieldgate.words import t

R_co = TypeVar("R_co", bound=Record, covariant=True)

_LETTER_OF: Mapping[str, str] = {kind: letter for letter, kind in LETTERS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene(Generic[R_co]):
    """The facts at one moment, one of their records, and who acts when."""

    facts: Snapshot
    record: R_co
    occasion: Occasion

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return KIND_OF[type(self.record)]

    @property
    def name(self) -> str:
        """What people call the record: H3, a handle, a step."""
        return name_of(self.record)

    @property
    def today(self) -> date:
        """The day that rules compare with."""
        return self.occasion.today

    @property
    def policy(self) -> Policy:
        """The numbers in force: the playbook's, with those that the workspace changed over them."""
        return policy_of(self.facts, self.occasion.playbook)

    @property
    def author(self) -> Member | None:
        """The member who acts, if the workspace has one of that handle."""
        members = (each for each in self.facts.members.values() if each.live)
        return next((each for each in members if same(each.handle, self.occasion.by)), None)

    def about(self, record: Record) -> "Scene[Any]":
        """Look at another record on the same occasion."""
        return Scene(facts=self.facts, record=record, occasion=self.occasion)

    def edit(self, **values: object) -> Edit:
        """Give fields of the record new values."""
        return edit(self.record, **values)

    def named(self, kind: str, *key: str) -> str:
        """The id that every copy of this workspace gives a record of this natural key."""
        return named_id(self.facts.workspace.id, kind, *key)

    def stamp(self, record_id: str = "") -> dict[str, Any]:
        """What every new record starts with; a random id where none is given."""
        return stamp(self.occasion, record_id)

    def codes(self, kind: str, count: int = 1) -> list[str]:
        """The next codes of a kind whose records all stand in the facts."""
        letter = _LETTER_OF[kind]
        highest = 0
        for record in cast("Iterable[Coded]", self.facts.tables[kind].values()):
            for code in (record.code, *record.former_codes):
                parts = code_parts(code)
                highest = max(highest, parts[1] if parts and parts[0] == letter else 0)
        return [f"{letter}{highest + number}" for number in range(1, count + 1)]

    def restore_or_create(self, record: Record) -> Create | Edit:
        """Create a record with a named id, or bring back and set the one that has this id already."""
        kind = KIND_OF[type(record)]
        old = self.facts.get(kind, record.id)
        if old is None:
            return Create(record)
        values = {name: getattr(record, name) for name in type(record).__dataclass_fields__ if name not in _KEPT}
        return Edit(kind, record.id, {**values, "deleted_at": None})


_KEPT = frozenset({"id", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "conflicts"})


def stamp(occasion: Occasion, record_id: str = "") -> dict[str, Any]:
    """What every new record starts with: id, times, author."""
    return {
        "id": record_id or occasion.new_id(),
        "created_at": occasion.now,
        "updated_at": occasion.now,
        "created_by": occasion.by,
        "updated_by": occasion.by,
    }


def edit(record: Record, **values: object) -> Edit:
    """Give fields of a record new values."""
    return Edit(KIND_OF[type(record)], record.id, values)


def name_of(record: Record) -> str:
    """What people call a record: its code, a handle, a step and round, the key of a check; else what it is."""
    if isinstance(record, Gate):
        return t("the {step} gate, round {round}", step=step_word(record.step), round=record.round)
    for field in ("code", "handle", "key", "name"):
        name = getattr(record, field, "")
        if name:
            return str(name)
    return t("this {kind}", kind=KIND_OF[type(record)])


def title_of(record: Record) -> str:
    """What stands over a record's menu and form: as in `name_of`, but a check by what it asks, which people know."""
    return (record.text if isinstance(record, Check) else "") or name_of(record)
