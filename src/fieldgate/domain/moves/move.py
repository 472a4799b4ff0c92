"""Move: one thing that can be done with a record, and what it needs. The contract that every move keeps.

One engine serves the menu of a record, the letters on the desk, the verdicts of triage, the forms and the command
line. A move never says that it is blocked: it names what is missing, and where. What it can ask for in place
(`asks`) is not missing until it is made without an answer.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fieldgate.domain.changes import Act, Change, Edit
from fieldgate.domain.gates import phase
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.reading import read_answers
from fieldgate.domain.moves.scene import Scene, name_of
from fieldgate.domain.occasion import Occasion
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import LEFT_OUT, Snapshot
from fieldgate.values import dataclass
from fieldgate.words import t


def _nothing(scene: Scene[Any]) -> tuple[str, ...]:
    del scene
    return ()


def _always(scene: Scene[Any]) -> bool:
    del scene
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One thing that can be done with a record of a kind.

    `id` is `<kind>.<verb>`; `letter` the key that does it in triage and in the menu, empty if none. `lacks` names
    what is missing whatever is answered; `changes` makes the act or refuses what was answered; `concerns` says whether
    it makes sense to show the move at all; `warns` names soft limits that it would pass.
    """

    id: str
    kind: str
    label: str
    changes: Callable[[Scene[Any], Answers], Act]
    letter: str = ""
    asks: tuple[Ask, ...] = ()
    lacks: Callable[[Scene[Any]], Iterable[str]] = _nothing
    concerns: Callable[[Scene[Any]], bool] = _always
    warns: Callable[[Scene[Any]], Iterable[str]] = _nothing
    when_archived: bool = False
    """May be done with an archived record."""
    when_stopped: bool = False
    """May be done in a stopped workspace."""

    def shown(self, facts: Snapshot, record: Record, occasion: Occasion) -> bool:
        """Whether the menu of the record lists it, legal or not."""
        return self.concerns(Scene(facts=facts, record=record, occasion=occasion))

    def missing(self, facts: Snapshot, record: Record, occasion: Occasion) -> tuple[str, ...]:
        """What is missing, one sentence each, besides what it asks for; empty means legal."""
        if not self.when_stopped and is_stopped(facts):
            return (t("The workspace is stopped: re-open it first."),)
        if not record.live and not self.when_archived:
            return (t("{name} is archived: restore it first.", name=name_of(record)),)
        return tuple(self.lacks(Scene(facts=facts, record=record, occasion=occasion)))

    def warnings(self, facts: Snapshot, record: Record, occasion: Occasion) -> tuple[str, ...]:
        """Soft limits that it would pass; nothing is refused for them."""
        return tuple(self.warns(Scene(facts=facts, record=record, occasion=occasion)))

    def defaults(self, facts: Snapshot, record: Record, occasion: Occasion) -> dict[str, object]:
        """What stands in its form at first: ask to value, None where there is nothing."""
        scene = Scene(facts=facts, record=record, occasion=occasion)
        return {ask.name: ask.default(scene) if ask.default else None for ask in self.asks}

    def asked(self, facts: Snapshot, record: Record, occasion: Occasion) -> tuple[Ask, ...]:
        """What it asks of this record."""
        scene = Scene(facts=facts, record=record, occasion=occasion)
        return tuple(ask for ask in self.asks if ask.is_put(scene))

    def make(self, facts: Snapshot, record: Record, occasion: Occasion, answers: Mapping[str, object]) -> Act:
        """Work out what it changes; changes nothing itself.

        Args:
            facts: The facts it is judged by.
            record: The record it is about; of creating moves the workspace.
            occasion: Who, when, and the numbers in force.
            answers: Ask to value, typed or as text; what is left out takes its default.

        Raises:
            RefusedError: Something is missing or an answer cannot be used; `missing` holds one sentence each.
        """
        missing = self.missing(facts, record, occasion)
        if missing:
            raise refusal(*missing, where=name_of(record))
        scene = Scene(facts=facts, record=record, occasion=occasion)
        act = self.changes(scene, read_answers(self.asks, scene, answers))
        return Act(action=act.action, changes=_without_idle(facts, act.changes), words=act.words)


def is_stopped(facts: Snapshot) -> bool:
    """Whether the latest gate was left with stop and none is open."""
    return phase(facts) == "stopped"


def _without_idle(facts: Snapshot, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Leave out values that a record has already, as far as the facts can tell."""
    kept: list[Change] = []
    for change in changes:
        old = facts.get(change.kind, change.row_id) if isinstance(change, Edit) else None
        if not isinstance(change, Edit) or old is None:
            kept.append(change)
            continue
        unknown = LEFT_OUT.get(change.kind, {})
        values = {k: v for k, v in change.values.items() if k in unknown or getattr(old, k) != v}
        if values:
            kept.append(Edit(change.kind, change.row_id, values))
    return tuple(kept)
