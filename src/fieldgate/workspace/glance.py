"""The first look at a workspace: the rows and the kept figures, with neither SQLModel nor YAML. A few milliseconds."""

import json
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldgate.errors import FieldgateError, FormatError
from fieldgate.locations import Locations
from fieldgate.store.reader import Reader
from fieldgate.words import t
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import Target
from fieldgate.workspace.late_playbook import late
from fieldgate.workspace.state import State
from fieldgate.workspace.summary import Summary, from_plain

if TYPE_CHECKING:
    from fieldgate.domain.playbook import Playbook
    from fieldgate.workspace.playbook_files import Effective

PLAYBOOK = "playbook"
"""The name under which a store keeps the playbook in force."""
SUMMARY = "summary"
AUTHOR = "author"
"""The name under which it keeps who writes on this machine."""


def glance(target: Target, locations: Locations, clock: Clock) -> State:
    """Return the state that the first frame shows; the store must be there already.

    Its summary is the kept one, and `settled` only if nothing happened since and the day is still the same.
    """
    reader = Reader(target.store, clock.today())
    summary = kept_summary(reader)
    fresh = summary is not None and summary.seq == reader.last_seq() and summary.day == clock.today().isoformat()
    return State(
        number=0,
        today=clock.today(),
        playbook=late(partial(kept_playbook_of, reader, target, locations)),
        reader=reader,
        summary=summary,
        settled=fresh,
    )


def kept_summary(reader: Reader) -> Summary | None:
    """Return the summary that the store keeps; None if there is none of this version of the program."""
    text = reader.meta(SUMMARY)
    if text is None:
        return None
    try:
        return from_plain(json.loads(text))
    except (ValueError, KeyError, TypeError):
        return None


def kept_playbook_of(reader: Reader, target: Target, locations: Locations) -> "Playbook":
    """Return the playbook in force."""
    return effective_of(reader, target, locations).playbook


def effective_of(reader: Reader, target: Target, locations: Locations) -> "Effective":
    """Return the playbook in force: the one that the store keeps while it fits, else built anew from YAML."""
    from fieldgate.workspace.playbook_files import (  # loads the whole playbook: see LatePlaybook
        Effective,
        current_playbook,
    )

    try:
        policy = json.loads(reader.workspace_policy())
    except ValueError as why:
        message = t("The record of the workspace holds what it cannot: its policy is no map.")
        raise FormatError(message, t("Run: fieldgate check --repair. The damaged file is kept.")) from why
    effective, _ = current_playbook(reader.meta(PLAYBOOK), locations.playbooks(), overrides_of(target), policy)
    unread = unread_overrides(target)
    if not unread:
        return effective
    return Effective(playbook=effective.playbook, digest=effective.digest, trouble=(*unread, *effective.trouble))


def overrides_of(target: Target) -> str | None:
    """Return what the team wrote into the playbook of its shared folder, if the workspace was opened there.

    A file that cannot be read closes no workspace: `unread_overrides` says why it counts for nothing.
    """
    from fieldgate.workspace.playbook_files import read_overrides  # as above

    with suppress(FormatError):
        return read_overrides(Path(target.path)) if target.kind == "folder" else None
    return None


def unread_overrides(target: Target) -> tuple[FieldgateError, ...]:
    """Return why the team's playbook cannot be read; nothing where it can, or where there is none."""
    from fieldgate.workspace.playbook_files import read_overrides  # as above

    try:
        if target.kind == "folder":
            read_overrides(Path(target.path))
    except FormatError as error:
        return (error,)
    return ()
