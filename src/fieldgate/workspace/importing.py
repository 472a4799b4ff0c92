"""Bringing in what was read elsewhere: a preview first, then one transaction that one undo takes back.

What came before is known by its id and adds nothing. What was imported and archived since is brought back.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldgate.domain.changes import Act, Change, Create, Edit
from fieldgate.domain.gates import policy_of
from fieldgate.domain.kinds import kind_of, kinds
from fieldgate.domain.moves.making import current_step
from fieldgate.domain.moves.scene import stamp
from fieldgate.domain.records.learning import Area, MeetingKind, Step
from fieldgate.domain.records.work import RequirementState
from fieldgate.errors import RefusedError
from fieldgate.imports.harvest import Draft, Harvest
from fieldgate.imports.json_records import ENDING, read_json
from fieldgate.imports.other_workspace import BROUGHT, read_workspace
from fieldgate.imports.reading import read_all
from fieldgate.locations import Locations
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.door import inspect
from fieldgate.workspace.reading import open_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fieldgate.domain.occasion import Occasion
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.state import State

MARKER = "workspace.md"
_WORKSPACES = (".fieldgate", ".zip")
_ORDER = (*BROUGHT[:1], "member", "touchpoint", "gate", *BROUGHT[1:], "check")
"""Who is pointed at comes before who points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do: new records, those that are here already, those it would bring back, and what was left out."""

    new: tuple[Draft, ...]
    known: tuple[str, ...]
    back: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]

    def counts(self) -> dict[str, int]:
        """How many records of each kind are new."""
        found: dict[str, int] = {}
        for each in self.new:
            found[each.kind] = found.get(each.kind, 0) + 1
        return {kind: found[kind] for kind in _ORDER if kind in found}

    def files(self) -> dict[str, dict[str, int]]:
        """What comes of each file that was read, by its name: how many new records of each kind."""
        found: dict[str, dict[str, int]] = {}
        for each in self.new:
            if each.where in {"", each.kind}:
                continue  # it came out of a workspace, not out of a file that somebody wrote
            kinds_of = found.setdefault(each.where, {})
            kinds_of[each.kind] = kinds_of.get(each.kind, 0) + 1
        return found


def preview(workspace: Workspace, path: Path, *, kind: str | None, told: Mapping[str, str]) -> Preview:
    """Read a file, a folder or another workspace, and say what would come of it; changes nothing.

    Args:
        workspace: Where it is to go.
        path: What is to be brought.
        kind: What the rows of tables are, where somebody said so.
        told: Header to field, where somebody said so.

    Raises:
        NotFoundError: Nothing stands there.
        FormatError: It cannot be read.
        UsageError: No column says what a table is about.
        RefusedError: It is too much, or it is a copy of this workspace.
    """
    harvest = Harvest(facts=workspace.facts, today=workspace.clock.today())
    if path.suffix in _WORKSPACES or (path / MARKER).is_file():
        _read_other(workspace, path, harvest)
    elif path.suffix.lower() == ENDING:
        _read_json(workspace, path, harvest)
    else:
        read_all(path, harvest, kind=kind, told=told)
    new, known, back = [], [], []
    for draft in harvest.drafts.values():
        there = workspace.record(draft.kind, draft.id)
        if there is None:
            new.append(draft)
        elif there.live:
            known.append(draft.id)
        else:
            back.append((draft.kind, draft.id))
    return Preview(new=tuple(new), known=tuple(known), back=tuple(back), problems=tuple(harvest.problems))


def bring(workspace: Workspace, found: Preview, name: str) -> State:
    """Write what a preview showed, in one transaction."""
    occasion = workspace.occasion()

    def plan(facts: Snapshot) -> Act:
        return Act(
            action="import", changes=tuple(_changes(occasion, facts, found)), words=t("Imported {name}", name=name)
        )

    return workspace.commit(plan)


def _read_other(workspace: Workspace, path: Path, harvest: Harvest) -> None:
    """Look into another workspace from a place of its own, so that it leaves nothing behind here."""
    with tempfile.TemporaryDirectory(prefix="fieldgate-") as place:
        own = Locations(data=Path(place, "data"), config=workspace.locations.config, cache=Path(place, "cache"))
        with open_reading(inspect(path, own), own, workspace.clock, as_is=True) as reading:
            if reading.facts.workspace.id == workspace.facts.workspace.id:
                raise RefusedError(
                    t("{path} is a copy of this workspace.", path=path.name), t("Run: fieldgate merge"), str(path)
                )
            harvest.problems.extend((each.path, each.why) for each in reading.troubles)
            wanted = (*BROUGHT, "member", "touchpoint")
            read_workspace([each for name in wanted for each in reading.reader.records(name)], harvest)


def _read_json(workspace: Workspace, path: Path, harvest: Harvest) -> None:
    """Records of this workspace come with their ids, where they are not here; those of another one as new records."""
    records = read_json(path)
    if not any(each.id == workspace.facts.workspace.id for each in records):
        read_workspace(records, harvest)
        return
    for each in records:
        kind = kind_of(each)
        if kind in _ORDER and each.live:
            harvest.add_named(
                kind, each.id, {name: getattr(each, name) for name in kinds()[kind].fields if name != "id"}
            )


def _changes(occasion: Occasion, facts: Snapshot, found: Preview) -> Iterator[Change]:
    order = {name: number for number, name in enumerate(_ORDER)}
    for draft in sorted(found.new, key=lambda each: order[each.kind]):
        values = {**_defaults(occasion, facts, draft), **draft.values}
        stamped = {name: value for name, value in stamp(occasion, draft.id).items() if name not in values}
        yield Create(kinds()[draft.kind].record(**stamped, **values))
    for kind, row_id in found.back:
        yield Edit(kind, row_id, {"deleted_at": None})


def _defaults(occasion: Occasion, facts: Snapshot, draft: Draft) -> dict[str, Any]:
    if draft.kind == "hypothesis":
        policy = policy_of(facts, occasion.playbook)
        return {"area": Area.PROBLEM, "step": current_step(facts), "target_n": policy.target_n,
                "pass_pct": policy.pass_pct, "segment": facts.workspace.lead_segment}  # fmt: skip
    if draft.kind == "meeting":
        return {"kind": MeetingKind.INTERVIEW}
    if draft.kind == "requirement":
        braked = current_step(facts) is Step.DISCOVERY
        state = RequirementState.PARKED if braked else RequirementState.NEW
        return {"state": state, "state_on": occasion.today}
    return {}
