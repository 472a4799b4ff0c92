"""Founders who share one workspace, each with a data folder of its own, as on machines of their own."""

import os
import shutil
from datetime import date
from pathlib import Path

from fieldgate.domain.moves.starting import Founder as Named
from fieldgate.domain.moves.starting import Start
from fieldgate.domain.records.people import Team
from fieldgate.locations import Locations
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.service import found_workspace
from fieldgate.workspace.sharing import Wishes
from fieldgate.workspace.syncing import share

START = Start(
    name="Trả lương",
    vision="Một kỳ lương không cần bảng tính.",
    founders=(Named(handle="anna", name="Ана", team=Team.BOTH), Named(handle="ben", name="สมชาย", team=Team.BOTH)),
    decide_by=date(2027, 6, 1),
    stop_if="Nobody pays",
    beliefs={},
    core=False,
)


class Founder:
    """A person with a machine: a data folder, and a folder that others see as well."""

    def __init__(self, home: Path, handle: str, folder: Path, clock: Clock | None = None) -> None:
        self.handle, self.folder = handle, folder
        self.locations = Locations(data=home / "data", config=home / "config", cache=home / "cache")
        self.clock = clock or Clock()
        self._open = None

    def start(self):
        """Make the workspace, in a file of its own, and share it at the folder."""
        path = self.locations.data / "first.fieldgate"
        found_workspace(path, START, self.locations, self.clock, self.handle)
        opened = open_workspace(inspect(path, self.locations), self.locations, self.clock, self.handle)
        share(opened, self.folder)
        store = self.locations.store_path(opened.facts.workspace.id)
        opened.close()
        store.parent.mkdir(parents=True)
        path.rename(store)
        return self

    @property
    def at(self):
        """The open workspace, as the folder gives it."""
        if self._open is None:
            target = inspect(self.folder, self.locations)
            self._open = open_workspace(target, self.locations, self.clock, self.handle)
            self._open.take_in_shared()
        return self._open

    def leave(self, *, give_out=True):
        """Quit the program."""
        if self._open is not None:
            self._open.close(give_out=give_out)
            self._open = None

    def sync(self, **wishes):
        """Sync, and return what came of it."""
        return self.at.sync(Wishes(**wishes))[1]

    def note(self, text):
        """Write a note; return its id."""
        self.at.perform("note.create", None, {"text": text, "said_on": date(2026, 11, 20)})
        return self.at.last_act.changes[0].record.id

    def customer(self, name, **more):
        """Write down a customer; return its id."""
        self.at.perform("customer.create", None, {"name": name, **more})
        return self.at.last_act.changes[0].record.id

    def edit(self, kind, record_id, **values):
        """Change a record by its form."""
        self.at.perform(f"{kind}.edit", record_id, values)

    def record(self, kind, record_id):
        return self.at.record(kind, record_id)

    def files(self):
        """What the folder holds: path to bytes."""
        return tree(self.folder)

    def file_of(self, record_id):
        """The file of a record under its own name."""
        return next(self.folder.rglob(f"*{record_id}.md"))


def tree(folder):
    """Return every file below a folder, by its relative path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and ".git/" not in f"{path}/")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def carry(source, target):
    """Copy a folder over another one, file by file, as a stick does; what is only in the target stays."""
    shutil.copytree(source, target, dirs_exist_ok=True)


def aged(folder):
    """Make all files look as if they had been written a while ago."""
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, ns=(path.stat().st_mtime_ns - 10**10,) * 2)


def by_hand(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
