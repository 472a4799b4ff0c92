"""The last look: which picture of the desk may be kept for the next start, and what it depends on.

A false picture is worse than none. It is kept only of a desk that the next start would show in the same way, and only
while the store holds what it was drawn from; it is shown only for a store of our own in the data folder.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from fieldgate import __version__
from fieldgate.ui.picture import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from fieldgate.locations import Locations
    from fieldgate.settings import Settings
    from fieldgate.ui.fieldgate_app import FieldgateApp
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.door import Target

_LANGUAGE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "FIELDGATE_AUTHOR", "TZ")


class Look(NamedTuple):
    """What the desk showed at the end, as it was sent to the terminal, and the last event and the store that it was drawn from."""

    drawn: str
    seq: int
    store: Path


def picture_of(
    target: Target | None, locations: Locations, settings: Settings, clock: Clock, author: str | None
) -> Picture | None:
    """Return the picture that belongs to a workspace; None where none may be kept.

    What the screen depends on beside the store: version, day, who acts, settings, theme, language, the playbook of the
    team and where on the desk one was.
    """
    if target is None or not _is_ours(target.store, locations):
        return None
    theme = f"{settings.theme}.yaml"
    files = (
        locations.settings(),
        locations.themes() / theme,
        locations.user_themes() / theme,
        target.path / "playbook.yaml",
        target.store.parent / "place.json",
        target.store.parent / "drafts.json",
    )
    facts = (
        __version__,
        clock.today().isoformat(),
        author or "",
        settings.theme,
        settings.language,
        *(os.environ.get(name, "") for name in _LANGUAGE_VARIABLES),
        *(_stamp(path) for path in files),
    )
    return Picture(locations.cache, target.store, facts)


def look_of(app: FieldgateApp) -> Look | None:
    """Return what the app shows, if the next start would show the same."""
    from fieldgate.ui.pane import ListPane  # Textual: this module is loaded before it
    from fieldgate.ui.picture import take
    from fieldgate.ui.screens.desk import DeskScreen

    desk = app.screen
    if not isinstance(desk, DeskScreen) or len(app.screen_stack) > 1:
        return None
    state = desk.state
    if state is None or state.summary is None or not state.settled or state.read_only or state.came:
        return None
    passing = desk.maximized is not None or desk.is_reading or list(app.query("Toast"))
    if passing or any(each.marks or each.wish for each in desk.query(ListPane)):
        return None
    return Look(take(app), state.summary.seq, state.reader.path)


def keep(look: Look | None, target: Target, picture: Picture | None, clock: Clock) -> None:
    """Keep a look for the next start of its workspace, or forget the kept one; called when the store is closed.

    Args:
        look: What the app showed at the end; None if the next start would not show the same.
        target: The workspace that the call opened. Another one that was gone to meanwhile keeps nothing.
        picture: Where it is kept, with everything that it depends on as it is now.
        clock: Tells the day.
    """
    if picture is None:
        return
    if look is None or look.store != target.store:
        picture.forget()
        return
    picture.keep(look.drawn)
    from fieldgate.store.reader import Reader  # not needed before the picture is shown

    # Looked up after keeping: what another program writes later changes the stamp of the file.
    with Reader(target.store, clock.today()) as reader:
        if reader.last_seq() != look.seq:
            picture.forget()


def _is_ours(store: Path, locations: Locations) -> bool:
    """Whether it lies in the data folder, for nobody else to write; any other file is checked before it is shown."""
    if not store.is_relative_to(locations.workspaces()):
        return False
    try:
        status = store.stat()
    except OSError:
        return False
    return status.st_uid == os.getuid() and not status.st_mode & 0o077


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return "-"
    return f"{status.st_mtime_ns}.{status.st_size}.{status.st_ino}"
