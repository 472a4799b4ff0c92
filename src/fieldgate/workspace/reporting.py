"""What a report is made of, gathered from an open workspace; with or without the people in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.reports.anonymous import disguise, order_of
from fieldgate.reports.material import Material, material_of

if TYPE_CHECKING:
    from fieldgate.workspace.service import Workspace


def gather(workspace: Workspace, *, anonymous: bool) -> tuple[Material, list[tuple[str, str]]]:
    """Return all records as material, and what nobody could judge: code of the record, words to look at."""
    records = [each for kind in KIND_NAMES for each in workspace.store.records(kind)]
    if not anonymous:
        return material_of(records, workspace.playbook, workspace.clock.today()), []
    disguised = disguise(records)
    material = material_of(disguised.records, workspace.playbook, workspace.clock.today())
    return material, sorted(disguised.unjudged, key=order_of)
