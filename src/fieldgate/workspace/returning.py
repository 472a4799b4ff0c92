"""Returning: where on the desk one was, kept beside the store so that the next start begins there."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from fieldgate.locations import Locations
from fieldgate.workspace.drafts import write_private

_LONGEST = 200_000


class Place(NamedTuple):
    """Where one was: the view, in each list the record under the cursor and the first row shown, and what was filtered."""

    view: str = "journey"
    right: str = "journey"
    left: str = "hypotheses"
    lists: Mapping[str, tuple[str, int]] = {}
    """Id of the list's widget to id of the record and number of the first row."""
    wishes: Mapping[str, str] = {}
    """View to what it is filtered by."""
    phase: str = ""
    column: int = 0
    first_column: int = 0
    is_map: bool = False


def read_place(path: Path) -> Place | None:
    """Return where one was; None if nothing is kept or it cannot be read, since nothing in it is precious."""
    try:
        if path.stat().st_size > _LONGEST:
            return None
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        lists = {str(name): (str(row[0]), int(row[1])) for name, row in values.pop("lists").items()}
        wishes = {str(name): str(wish) for name, wish in values.pop("wishes").items()}
        place = Place(lists=lists, wishes=wishes, **values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None
    sound = all(isinstance(each, str) for each in (place.view, place.right, place.left, place.phase))
    return place if sound and isinstance(place.column, int) and isinstance(place.first_column, int) else None


def keep_place(path: Path, place: Place) -> None:
    """Keep where one is. A disk that takes nothing costs the place, nothing else."""
    with suppress(OSError):
        write_private(path, json.dumps(place._asdict(), ensure_ascii=True))


def place_path(locations: Locations, workspace_id: str) -> Path:
    """The file in which the place in a workspace is kept."""
    return locations.workspace_folder(workspace_id) / "place.json"
