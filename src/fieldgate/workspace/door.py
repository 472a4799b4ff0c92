"""The door: what is at a path, told without writing and without loading the database, and the late way in.

`inspect` is cheap: it reads a header or the head of workspace.md. `open_workspace` is the one late import of SQLModel.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fieldgate.errors import FormatError, NewerFormatError, NotFoundError
from fieldgate.words import t
from fieldgate.workspace.recent import recent_workspaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fieldgate.documents.tree import Trouble
    from fieldgate.domain.moves.starting import Start
    from fieldgate.domain.records.record import Record
    from fieldgate.locations import Locations
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.sharing_report import SyncReport
    from fieldgate.workspace.upkeep.examination import Findings
    from fieldgate.workspace.upkeep.keeper import Keeper
    from fieldgate.workspace.upkeep.mending import Repair

STORE_SUFFIX = ".fieldgate"
APPLICATION_ID = 0x66676174
SCHEMA = 1
"""The newest schema that this fieldgate knows; checked against the migrations by a test."""
MARKER = "workspace.md"
_HEAD = 4096
_PLAIN_HEAD = r"---\nid: ([0-9a-hjkmnp-tv-z]{16})\nkind: workspace\n(?:[a-z_]+:.*\n|  .*\n)*?format: 1\n"
_SQLITE = b"SQLite format 3\0"
_HEADER = 100


class Target(NamedTuple):
    """What was found at a path. `store` is where the working store is, or will be once it is opened."""

    path: Path
    kind: str
    """store, folder or archive."""
    store: Path
    workspace_id: str = ""
    name: str = ""
    read_only: bool = False
    """To be opened for reading alone, since another screen has it open."""

    @property
    def known(self) -> bool:
        """Whether there is a working store already."""
        return self.store.is_file()


def find_path(given: str | None, locations: Locations) -> Path:
    """Return the path that a call means: the given one, FIELDGATE_WORKSPACE, or the one used last."""
    if given is not None:
        return Path(given)
    if named := os.environ.get("FIELDGATE_WORKSPACE"):
        return Path(named)
    for each in recent_workspaces(locations):
        return Path(each.path)
    raise NotFoundError(
        t("No workspace was named, and none was opened before."),
        t("Name one: fieldgate PATH. To look around first: fieldgate demo. To start one: fieldgate new PATH."),
    )


def inspect(path: Path, locations: Locations) -> Target:
    """Say what is at a path; changes nothing.

    Raises:
        NotFoundError: There is nothing.
        FormatError: It is no workspace, or damaged.
        NewerFormatError: A newer fieldgate wrote it.
    """
    need_name(path)
    try:
        found = path.stat()
    except (OSError, ValueError) as why:
        hint = t("Check the spelling, or start a workspace there: fieldgate new PATH.")
        raise NotFoundError(t("There is nothing at {path}.", path=path), hint, str(path)) from why
    if stat.S_ISDIR(found.st_mode):
        return _folder(path, locations)
    if not stat.S_ISREG(found.st_mode):
        raise _no_workspace(path, t("{path} is neither a file nor a folder.", path=path))
    return _file(path, locations)


def need_name(path: Path) -> None:
    """Refuse a path that is no UTF-8, for no store and no list of workspaces could name it."""
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError as why:
        raise _unreadable(path.absolute(), errno.EILSEQ) from why


def _no_workspace(path: Path, message: str) -> FormatError:
    hint = t("Name a folder that holds workspace.md, or a file that ends in .fieldgate or .zip.")
    return FormatError(message, hint, str(path))


def _unreadable(path: Path, number: int | None) -> FormatError:
    message = t("{path} cannot be read: {why}.", path=path, why=os.strerror(number or 0))
    return FormatError(message, t("Make it readable for you, or open a copy."), str(path))


def open_workspace(target: Target, locations: Locations, clock: Clock, author: str | None = None) -> Workspace:
    """Open the workspace for reading and writing. Loads SQLModel, so it is called after the first frame."""
    _load()
    from fieldgate.workspace import service  # keeps SQLModel (140 % of Textual's import) out of start-up

    return service.open_target(target, locations, clock, author)


def prepare(target: Target, locations: Locations, clock: Clock) -> tuple[Trouble, ...]:
    """Make the store of a shared folder or an archive seen for the first time; returns the files left out."""
    _load()
    from fieldgate.workspace import service  # as above

    return service.prepare(target, locations, clock)


def take_in(target: Target, locations: Locations, clock: Clock) -> SyncReport:
    """Take in what changed in the shared folder of a known workspace; writes nothing there.

    Raises:
        UndecidedError: A person has to decide first.
    """
    _load()
    from fieldgate.workspace import service  # as above

    return service.take_in(target, locations, clock)


def make_own_copy(target: Target, locations: Locations, clock: Clock) -> Target:
    """Make the workspace in a folder one of its own, with new ids throughout; the old folder stays beside it.

    Raises:
        BusyError: The folder cannot be made anew.
    """
    _load()
    from fieldgate.workspace import service  # as above

    return service.own_copy(target, locations, clock)


def make_store(target: Target, records: Iterable[Record], locations: Locations, clock: Clock, author: str) -> None:
    """Make the store of a target from records that were read and changed on the way.

    Raises:
        BusyError: Something stands there already, or it cannot be written.
    """
    _load()
    from fieldgate.workspace import service  # as above

    service.make_store(target, records, locations, clock, author)


def examine(target: Target, locations: Locations, clock: Clock) -> Findings:
    """Look at every page, row and file of what was found, and change nothing but to make a missing store."""
    _load()
    from fieldgate.workspace import service  # as above

    return service.examine(target, locations, clock)


def look_over(store: Path, folder: Path) -> FormatError | None:
    """Return what is wrong with a store, told of what this machine keeps of the workspace in a folder; None if nothing is."""
    from fieldgate.workspace import service  # as above

    return service.look_over(store, folder)


def keeper(target: Target, locations: Locations) -> Keeper:
    """Return who looks after the files of a workspace, whether its store opens or not."""
    _load()
    from fieldgate.workspace import service  # as above

    return service.keeper(target, locations)


def repair(target: Target, locations: Locations, clock: Clock) -> Repair:
    """Make a sound store out of a damaged one, the last backup, and what else can be read.

    Raises:
        BusyError: A screen has it open, or it cannot be written.
        FormatError: Nothing can be read and there is no backup.
    """
    _load()
    from fieldgate.workspace import service  # as above

    return service.repair(target, locations, clock)


def found_workspace(path: str, start: Start, locations: Locations, clock: Clock, author: str | None = None) -> Target:
    """Make a new workspace: a file if `path` ends in .fieldgate, else a shared folder.

    Raises:
        RefusedError: Something that a workspace starts with is missing.
        UsageError: The author is none of the founders.
        BusyError: Something stands there already, or it cannot be written.
    """
    need_name(Path(path))
    _load()
    from fieldgate.workspace import service  # as above

    return service.found_workspace(Path(path).absolute(), start, locations, clock, author)


def found_from(path: Path, source: Path, locations: Locations, clock: Clock) -> tuple[Target, int, Sequence[Trouble]]:
    """Make a workspace out of all that was written as JSON, folder or zip: the same ids; say how many, and what not.

    Args:
        path: Where it is to be: a file that ends in .fieldgate, else a shared folder.
        source: The file or folder.
        locations: Where this user's things are.
        clock: Tells day and time.

    Raises:
        FormatError: It does not hold a workspace.
        BusyError: Something stands there already, or it cannot be written.
    """
    need_name(path)
    _load()
    from fieldgate.workspace import service  # as above

    return service.found_from(path.absolute(), source, locations, clock)


def _load() -> None:
    from fieldgate.workspace.loading import load_writing  # as above

    load_writing()


def _file(path: Path, locations: Locations) -> Target:
    try:
        with path.open("rb") as source:
            header = source.read(_HEADER)
    except OSError as why:
        raise _unreadable(path, why.errno) from why
    if header.startswith(_SQLITE) and len(header) == _HEADER:
        return _store(path, header)
    if header.startswith(b"PK\x03\x04"):
        from fieldgate.workspace.arriving import inspect_archive  # reads YAML, which opening a file does not need

        return inspect_archive(path, locations)
    raise _no_workspace(path, t("{path} is not a workspace.", path=path))


def _store(path: Path, header: bytes) -> Target:
    application = int.from_bytes(header[68:72])
    version = int.from_bytes(header[60:64])
    if application != APPLICATION_ID:
        raise FormatError(
            t("{path} is a database, but not one of fieldgate.", path=path),
            t("Open it with the program that made it."),
            str(path),
        )
    if version > SCHEMA:
        message = t("{path} was written by a newer fieldgate (schema {version}, this one knows {known}).", path=path,
                    version=version, known=SCHEMA)  # fmt: skip
        raise NewerFormatError(message, t("Install the newer fieldgate. The file was not touched."), str(path))
    return Target(path=path, kind="store", store=path)


def _folder(path: Path, locations: Locations) -> Target:
    known = _known_folder(path, locations)
    if known is not None:
        return known
    from fieldgate.workspace.arriving import inspect_folder  # reads YAML, which opening a file does not need

    return inspect_folder(path, locations)


def _known_folder(path: Path, locations: Locations) -> Target | None:
    """Return the target of a folder whose workspace has its store already, told by the first lines of workspace.md.

    Reads no YAML. Whatever is not exactly as fieldgate writes it is left to the thorough reader.
    """
    try:
        with (path / MARKER).open("rb") as source:
            head = source.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return None
    found = re.match(_PLAIN_HEAD, head)
    if found is None:
        return None
    store = locations.store_path(found[1])
    return Target(path=path, kind="folder", store=store, workspace_id=found[1]) if store.is_file() else None
