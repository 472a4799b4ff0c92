"""Workspaces opened lately, newest first, kept as one small JSON file in the data folder."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from fieldgate.locations import Locations

MOST = 20


class Recent(NamedTuple):
    """A workspace as it was opened last."""

    path: str
    workspace_id: str
    name: str


def recent_workspaces(locations: Locations) -> tuple[Recent, ...]:
    """Return the workspaces opened lately; a list that cannot be read counts as empty, it holds nothing precious."""
    try:
        rows = json.loads(_file(locations).read_text(encoding="utf-8"))
        return tuple(Recent(path=row["path"], workspace_id=row["id"], name=row["name"]) for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def remember(locations: Locations, opened: Recent) -> None:
    """Put a workspace at the top of the list; one that cannot be written stays as it is, and costs no edit."""
    others = [each for each in recent_workspaces(locations) if each.path != opened.path]
    rows = [{"path": each.path, "id": each.workspace_id, "name": each.name} for each in (opened, *others)][:MOST]
    target = _file(locations)
    beside = target.with_suffix(f".{os.getpid()}.tmp")
    with suppress(OSError):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(rows, out, ensure_ascii=False, indent=1)
        beside.replace(target)


def _file(locations: Locations) -> Path:
    return locations.data / "recent.json"
