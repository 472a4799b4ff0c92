"""Examination: everything that can be wrong with a workspace, looked at without changing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fieldgate.domain.display import BAD
from fieldgate.domain.kinds import KIND_NAMES, kinds
from fieldgate.domain.moves.reading import BODY_BYTES, HEAD_BYTES
from fieldgate.store.healing import heal
from fieldgate.store.inspection import check_file
from fieldgate.store.store import Store
from fieldgate.values import dataclass
from fieldgate.workspace.arriving import read_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from fieldgate.documents.tree import Trouble
    from fieldgate.domain.records.record import Record
    from fieldgate.workspace.door import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found. `damage`: what is wrong with the store, in words of SQLite; empty when it is sound.

    `troubles`: files of the folder that cannot be read. `control_characters` and `over_long` count fields that hold
    what a terminal might obey, or more than the text form takes; they are shown safely and harm nothing.
    """

    store: Path
    damage: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    counts: Mapping[str, int]
    control_characters: int
    over_long: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.damage and not self.troubles


def examine(target: Target, prepare: Callable[[], tuple[Trouble, ...]]) -> Findings:
    """Look at a store page by page and row by row, and at every file of its folder.

    Args:
        target: What was found at the path.
        prepare: Makes the store where a folder was never opened before, and returns the files left out.

    Raises:
        FormatError: The store is damaged so far that it cannot be opened; it stays as it is.
        NotFoundError, NewerFormatError, BusyError: As opening.
    """
    if not target.known:
        troubles = prepare()
    else:
        troubles = read_target(target).troubles if target.kind != "store" else ()
    heal(target.store)
    check_file(target.store)
    with Store.open(target.store, read_only=True) as store:
        damage = store.integrity()
        texts = _Texts()
        counts = {}
        for kind in KIND_NAMES:
            records = list(store.records(kind))
            counts[kind] = sum(each.live for each in records)
            for each in records:
                texts.look(kind, each)
    return Findings(
        store=target.store,
        damage=damage,
        troubles=troubles,
        counts=counts,
        control_characters=texts.control_characters,
        over_long=texts.over_long,
    )


class _Texts:
    """Counts odd texts."""

    def __init__(self) -> None:
        self.control_characters = 0
        self.over_long = 0

    def look(self, kind: str, record: Record) -> None:
        """Count what is odd in a record."""
        for text, limit in _texts(kind, record):
            self.control_characters += re.search(BAD, text) is not None
            self.over_long += len(text.encode("utf-8", "surrogatepass")) > limit


def _texts(kind: str, record: Record) -> Iterator[tuple[str, int]]:
    for name, spec in kinds()[kind].fields.items():
        value = getattr(record, name)
        if isinstance(value, str):
            yield value, BODY_BYTES if spec.body else HEAD_BYTES
