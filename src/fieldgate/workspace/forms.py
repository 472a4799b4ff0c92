"""Forms: the questions of a move, made ready to be asked: what stands in each at first, and what may be chosen.

Plain values, worked out where the workspace is; whoever shows them needs neither facts nor rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import Enum
from typing import TYPE_CHECKING

from fieldgate.domain.folding import fold
from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.moves.scene import name_of, title_of
from fieldgate.errors import NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fieldgate.domain.moves.ask import Ask, Choice
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.workspace.service import Workspace

ANSWERED_BY_THE_STORE = "links:note"
"""What an ask holds that no person answers: the notes of a record, which the facts do not all hold."""
FOUND = 20
"""Records that are offered for one word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a form: an ask with its default as text and its choices worked out.

    `shown` is what is seen for `value` where that is an id. `holds` as the ask has it, with the kind of link in `kind`.
    """

    name: str
    words: str
    holds: str
    required: bool
    value: str = ""
    shown: str = ""
    choices: tuple[Choice, ...] = ()
    kind: str = ""
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a move asks of a record. `warnings` are soft limits that it would pass; nothing is refused for them."""

    move_id: str
    record_id: str | None
    title: str
    questions: tuple[Question, ...]
    warnings: tuple[str, ...] = ()


def form_of(
    workspace: Workspace,
    move_id: str,
    record_id: str | None,
    values: Mapping[str, object] | None = None,
    *,
    answered: Collection[str] = (),
) -> Form:
    """Make the form of a move for a record.

    Args:
        workspace: The open workspace.
        move_id: Such as `note.request`.
        record_id: The record; None for what creates records.
        values: What stands in it instead of the move's own defaults.
        answered: Asks that are answered already and are not asked again.

    Raises:
        NotFoundError: There is no such move or record.
    """
    move = find_move(move_id)
    record = workspace.record(move.kind, record_id) if record_id else workspace.facts.workspace
    if record is None:
        raise NotFoundError(t("There is no {kind} {name}.", kind=move.kind, name=record_id or ""), "", record_id or "")
    facts, occasion = workspace.facts, workspace.occasion()
    first = {**move.defaults(facts, record, occasion), **(values or {})}
    put = move.asked(facts, record, occasion)
    asks = [ask for ask in put if ask.name not in answered and ask.holds != ANSWERED_BY_THE_STORE]
    questions = [_question(ask, facts, first.get(ask.name), ask.options(facts, record, occasion)) for ask in asks]
    name = title_of(record) if record_id else ""
    return Form(
        move_id=move_id,
        record_id=record_id,
        title=f"{name} · {t(move.label)}" if name else t(move.label),
        questions=tuple(questions),
        warnings=move.warnings(facts, record, occasion),
    )


def _question(ask: Ask, facts: Snapshot, now: object, choices: tuple[Choice, ...]) -> Question:
    """Make an ask ready: what stands in it as text, and what is seen for the id of a link."""
    holds, _, kind = ask.holds.partition(":")
    value = _names_of(facts, kind, now) if holds == "links" else text_of(now)
    return Question(
        name=ask.name,
        words=t(ask.words),
        holds=holds,
        required=ask.required,
        value=value,
        shown=label_of(facts, kind, value) if holds == "link" else "",
        choices=choices,
        kind=kind,
        low=ask.low,
        high=ask.high,
    )


def text_of(value: object) -> str:
    """Write a default as a person would type it."""
    text: str
    match value:
        case None:
            text = ""
        case bool():
            text = "yes" if value else "no"
        case Enum():
            text = str(value.value)
        case datetime():
            text = value.date().isoformat()
        case date():
            text = value.isoformat()
        case time():
            text = value.isoformat("minutes")
        case str():
            text = value
        case Iterable():
            text = "\n".join(sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value))
        case _:
            text = str(value)
    return text


def _names_of(facts: Snapshot, kind: str, now: object) -> str:
    """Write several linked records as people call them, with spaces between."""
    ids = [str(each) for each in now] if isinstance(now, Iterable) and not isinstance(now, str) else []
    found = ((facts.get(kind, each), each) for each in ids)
    return " ".join(sorted(name_of(record) if record is not None else each for record, each in found))


def label_of(facts: Snapshot, kind: str, record_id: str) -> str:
    """What a person sees for the record of an id; the id where the facts do not hold it."""
    record = facts.get(kind, record_id) if record_id and kind in facts.tables else None
    return _label(record) if record is not None else record_id


def find_linked(facts: Snapshot, kind: str, typed: str) -> Sequence[tuple[str, str]]:
    """Find records of a kind by part of what they are called; id and label, those whose code fits first."""
    wanted = fold(typed)
    found: list[tuple[bool, str, str]] = []
    for record in facts.live(kind):
        label = _label(record)
        if wanted in fold(label):
            code = str(getattr(record, "code", "") or getattr(record, "handle", ""))
            found.append((fold(code) != wanted, label, record.id))
    return [(record_id, label) for _, label, record_id in sorted(found)[:FOUND]]


def _label(record: Record) -> str:
    code = name_of(record)
    names = ("name", "statement", "title", "topic", "description", "text")
    title = next((str(value) for name in names if (value := getattr(record, name, ""))), "")
    return f"{code} {title}" if title and title != code else code
