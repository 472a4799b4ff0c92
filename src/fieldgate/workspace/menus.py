"""Menus: what a record can do now, legal moves with their letter, the others with what they lack.

Nothing is called blocked; what is missing is named. Questions of a card and pieces of evidence have
no place of their own on the desk, so they stand in the menu of the record that they belong to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from fieldgate.domain.moves.catalog import possible
from fieldgate.domain.moves.scene import title_of
from fieldgate.errors import NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.kept_files import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.domain.records.journey import Check
    from fieldgate.domain.records.learning import Evidence
    from fieldgate.workspace.service import Workspace

_OWNERS = {"touchpoint": "touchpoint_id", "customer": "customer_id", "gate": "gate_id"}
ATTACH = "attach"
"""No move of the rules: it keeps a file, and edits the text of the record."""
_SPOKEN = {"note": "note_id", "hypothesis": "hypothesis_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a menu: a move of the record, or, without a move, a record that has a menu of its own."""

    kind: str
    id: str
    label: str
    move_id: str = ""
    letter: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """What a record can do now."""

    title: str
    entries: tuple[Entry, ...]


def menu_of(workspace: Workspace, kind: str, record_id: str) -> Menu:
    """Work out what a record can do now.

    Raises:
        NotFoundError: There is no such record.
    """
    record = workspace.record(kind, record_id)
    if record is None:
        raise NotFoundError(t("This record is gone."), "", record_id)
    occasion = workspace.occasion()
    moves = possible(workspace.facts, record, occasion)
    entries = [
        Entry(kind=kind, id=record_id, label=t(move.label), move_id=move.id, letter=move.letter, missing=tuple(missing))
        for move, missing in moves
    ]
    if kind in TEXTS and record.live:
        entries.append(Entry(kind=kind, id=record_id, label=t("Attach a file"), move_id=ATTACH, letter="@"))
    # What can be done comes first; the order of each half is that of the rules.
    entries.sort(key=lambda entry: bool(entry.missing))
    return Menu(title=title_of(record), entries=(*entries, *_parts(workspace, kind, record_id)))


def _parts(workspace: Workspace, kind: str, record_id: str) -> Iterator[Entry]:
    facts = workspace.facts
    if kind in _OWNERS:
        playbook = workspace.playbook
        asked = (*playbook.traits, *playbook.acceptance, *playbook.project_checks)
        places = {each.key: place for place, each in enumerate(asked)}
        checks = cast("list[Check]", facts.linked("check", _OWNERS[kind], record_id))
        for check in sorted(checks, key=lambda each: places.get(each.key, len(places))):
            label = t("Question, {answer}: {text}", answer=t(check.answer.value), text=check.text or check.key)
            yield Entry(kind="check", id=check.id, label=label)
    if kind in _SPOKEN:
        for piece in cast("list[Evidence]", facts.linked("evidence", _SPOKEN[kind], record_id)):
            note, belief = facts.notes.get(piece.note_id), facts.hypotheses.get(piece.hypothesis_id)
            names = " ".join(each.code for each in (note, belief) if each is not None)
            answer = f"{t(piece.stance.value)} {piece.strength}"
            yield Entry(
                kind="evidence", id=piece.id, label=t("Answer of {names}: {answer}", names=names, answer=answer)
            )
