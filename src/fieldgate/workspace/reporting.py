"""What a report is made of, gathered from an open workspace, with or without the people in it; and writing one to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.domain.records.learning import Meeting
from fieldgate.errors import BusyError
from fieldgate.reports.anonymous import disguise, order_of
from fieldgate.reports.closing import closing_report
from fieldgate.reports.material import Material, material_of
from fieldgate.reports.minutes import minutes
from fieldgate.words import t
from fieldgate.workspace.whole_files import whole_file_told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fieldgate.workspace.service import Workspace


def gather(workspace: Workspace, *, anonymous: bool) -> tuple[Material, list[tuple[str, str]]]:
    """Return all records as material, and what nobody could judge: code of the record, words to look at."""
    records = [each for kind in KIND_NAMES for each in workspace.store.records(kind)]
    if not anonymous:
        return material_of(records, workspace.playbook, workspace.clock.today()), []
    disguised = disguise(records)
    material = material_of(disguised.records, workspace.playbook, workspace.clock.today())
    return material, sorted(disguised.unjudged, key=order_of)


def minutes_text(workspace: Workspace, meeting_id: str) -> str:
    """Return the minutes of a meeting as Markdown, from what belongs to it alone; empty when it is not there."""
    meeting = workspace.record("meeting", meeting_id)
    detail = workspace.reader.detail("meeting", meeting_id)
    if not isinstance(meeting, Meeting) or detail is None:
        return ""
    linked = (workspace.record(each.kind, each.id) for each in detail.backlinks if each.role == "meeting_id")
    facts = workspace.facts
    around = (facts.workspace, *facts.live("member"), *facts.live("customer"))
    records = [meeting, *around, *(each for each in linked if each is not None)]
    return "".join(minutes(material_of(records, workspace.playbook, workspace.clock.today()), meeting))


def closing_text(workspace: Workspace) -> str:
    """Return the closing report of a workspace that was stopped.

    Raises:
        RefusedError: It is not stopped.
    """
    return "".join(closing_report(gather(workspace, anonymous=False)[0]))


def write_closing(workspace: Workspace) -> Path:
    """Write the closing report beside the workspace, under a name that is free; returns where it is.

    Raises:
        RefusedError: It is not stopped.
        BusyError: It cannot be written there.
    """
    text = closing_text(workspace)
    place = workspace.target.path.absolute()
    path = place.with_name(f"{place.stem}-closing-report.md")
    number = 1
    while path.is_symlink() or path.exists():
        number += 1
        path = place.with_name(f"{place.stem}-closing-report-{number}.md")
    write_file(path, [text], force=False)
    return path


def write_file(path: Path, pieces: Iterable[str], *, force: bool) -> None:
    """Write a file that only its owner can read, whole or not at all.

    Raises:
        BusyError: Something stands there already and `force` is not set, or it cannot be written.
    """
    refuse_file(path, force=force)
    with whole_file_told(path) as out:
        out.writelines(piece.encode("utf-8", "replace") for piece in pieces)


def refuse_file(path: Path, *, force: bool) -> None:
    """Refuse a place where something stands already.

    Raises:
        BusyError: Something stands there and `force` is not set, or it is no plain file.
    """
    if path.is_symlink() or (path.exists() and not (force and path.is_file())):
        hint = t("Choose another name.") if force else t("Choose another name, or write over it with --force.")
        raise BusyError(t("Something stands there already: {path}", path=path), hint, str(path))
