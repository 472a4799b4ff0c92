"""Ask: one question that a move puts, and the answers to a move's questions."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.occasion import Occasion
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import Snapshot
from fieldgate.errors import RefusedError
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be chosen, with its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question of a move: a field of its form, an option of its command.

    `holds` is one of: text (one line), lines (some lines in the head of a file), long (the body of a file), date,
    time, path (of a file within the workspace), number (whole), decimal, yesno, choice, texts (several lines, each one value), link:<kind> and links:<kind>
    (ids or codes of live records), pivots (see `gate.pivot`). `default` works out what stands in the form at first.
    """

    name: str
    words: str
    holds: str = "text"
    required: bool = True
    default: Callable[[Scene[Any]], object] | None = None
    choices: tuple[Choice, ...] = ()
    choose_from: Callable[[Scene[Any]], tuple[Choice, ...]] | None = None
    """Works out the choices where they depend on the record."""
    why_not: Callable[[Scene[Any], str], str] | None = None
    """Says why a value is no choice, where there is more to say than which are; empty where there is not."""
    concerns: Callable[[Scene[Any]], bool] | None = None
    """Says whether it is asked of this record at all; without it, of every one."""
    enum: type[StrEnum] | None = None
    """The answer becomes a value of this."""
    low: int | None = None
    high: int | None = None

    def is_put(self, scene: Scene[Any]) -> bool:
        """Whether it is asked of this record."""
        return self.concerns is None or self.concerns(scene)

    def options(self, facts: Snapshot, record: Record, occasion: Occasion) -> tuple[Choice, ...]:
        """The values that may be chosen, in their order; empty when it is no choice."""
        if self.choose_from is not None:
            return self.choose_from(Scene(facts=facts, record=record, occasion=occasion))
        return self.choices


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, typed by its ask; a default stands where nothing was given. `given`: what a person gave."""

    values: Mapping[str, Any]
    given: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> Any:
        """The answer to an ask, None if there is none."""
        return self.values[name]


def refusal(*missing: str, hint: str = "", where: str = "") -> RefusedError:
    """Make the refusal that names these missing things, the first of them as its message."""
    return RefusedError(missing[0], hint, where, tuple(missing))
