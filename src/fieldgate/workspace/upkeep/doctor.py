"""The doctor: what a bug report should say of the machine, the terminal and the store. No text of a record.

Knows neither SQLModel nor the screen; of what is installed it asks only for the version.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from fieldgate import __version__
from fieldgate.errors import FormatError
from fieldgate.store.pragmas import PRAGMAS
from fieldgate.store.vitals import SOUND, sqlite_version, vitals
from fieldgate.values import dataclass
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldgate.locations import Locations

_PACKAGES = ("textual", "sqlmodel", "sqlalchemy", "pyyaml", "click", "rapidfuzz")
_ROOM = 50 * 1024 * 1024
"""Bytes of room on a disk below which it is said."""
_OPEN_TO_OTHERS = 0o077
_OF_OTHERS = (".stfolder", ".dropbox", ".dropbox.cache", ".git")
"""What lies in a folder that Syncthing, Dropbox or git keeps in step."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something to put right: what it is, and what to do."""

    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class Report:
    """Facts by name, in the order in which they are told, and what is wrong."""

    facts: dict[str, str] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


def report_on(locations: Locations, store: Path | None, backups: Path | None) -> Report:
    """Look at the machine, and at a store where there is one.

    Args:
        locations: Where this user's things are.
        store: The working store, or None.
        backups: The folder of its backups, or None.
    """
    report = Report()
    report.facts.update(_machine())
    report.facts.update(_terminal(report.wrong))
    for name in ("data", "config", "cache"):
        path: Path = getattr(locations, name)
        report.facts[name] = f"{path}{'' if path.is_dir() else ' (not there yet)'}"
        report.wrong.extend(_private(path))
    if store is not None:
        report.facts.update(_store(store, report.wrong))
        report.wrong.extend(_in_step(store))
    report.facts["pragmas"] = " ".join(PRAGMAS)
    report.facts["last backup"] = _newest(backups) or "none"
    report.facts["backups"] = _size(backups)
    return report


def _machine() -> Iterator[tuple[str, str]]:
    yield "fieldgate", __version__
    yield "python", f"{platform.python_version()} ({sys.executable})"
    yield "system", platform.platform()
    yield "sqlite", sqlite_version()
    for name in _PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not installed"
    yield "git", shutil.which("git") or "not found"


def _terminal(wrong: list[Wrong]) -> Iterator[tuple[str, str]]:
    size = shutil.get_terminal_size((0, 0))
    encoding = getattr(sys.stdout, "encoding", "") or "?"
    term = os.environ.get("TERM", "")
    yield "terminal", f"TERM={term} COLORTERM={os.environ.get('COLORTERM', '')} {size.columns}x{size.lines}"
    yield "encoding", f"{encoding}, LANG={os.environ.get('LANG', '')}, LC_ALL={os.environ.get('LC_ALL', '')}"
    yield "no colour", os.environ.get("NO_COLOR", "") or "no"
    if term in {"", "dumb"}:
        wrong.append(Wrong(t("TERM is {term}, so no screen can be drawn.", term=term or "?"),
                           t("Set TERM to what your terminal is, for example xterm-256color.")))  # fmt: skip
    if encoding.lower().replace("-", "") != "utf8":
        wrong.append(
            Wrong(
                t("The encoding is {encoding}, which cannot show most scripts.", encoding=encoding),
                t("Set it to UTF-8, for example: LC_ALL=C.UTF-8"),
            )
        )


def _private(path: Path) -> Iterator[Wrong]:
    try:
        open_to_others = path.is_dir() and path.stat().st_mode & _OPEN_TO_OTHERS
        free = shutil.disk_usage(path).free if path.is_dir() else _ROOM
    except OSError as error:
        yield Wrong(t("{path} cannot be read: {why}.", path=path, why=error.strerror), t("Make it yours."))
        return
    if open_to_others and path.name != "config":
        yield Wrong(t("Others may look into {path}.", path=path), t("Close it: chmod 700 {path}", path=path))
    if free < _ROOM:
        yield Wrong(t("The disk of {path} has {n} MB left.", path=path, n=free >> 20), t("Make room on it."))


def _store(path: Path, wrong: list[Wrong]) -> Iterator[tuple[str, str]]:
    yield "store", str(path)
    try:
        found = path.stat()
        yield "store size", f"{found.st_size >> 10} kB, mode {found.st_mode & 0o777:o}"
        for name, value in vitals(path):
            yield name, value
            if name == "quick check" and value != SOUND:
                wrong.append(Wrong(t("The store is damaged."), t("Run: fieldgate check")))
    except OSError as error:
        wrong.append(Wrong(t("The store cannot be opened: {why}.", why=error.strerror), t("Run: fieldgate where")))
    except FormatError as error:
        wrong.append(Wrong(error.message, error.hint))


def _in_step(store: Path) -> Iterator[Wrong]:
    """A program that keeps folders in step copies a file while it is written."""
    for folder in store.absolute().parents:
        for sign in _OF_OTHERS:
            if (folder / sign).exists():
                yield Wrong(
                    t(
                        "The store lies in {path}, which another program keeps in step ({sign}).",
                        path=folder,
                        sign=sign,
                    ),
                    t("Keep it elsewhere, and share it as text: fieldgate share FOLDER"),
                )


def _size(folder: Path | None) -> str:
    if folder is None or not folder.is_dir():
        return "0"
    sizes = [each.stat().st_size for each in folder.iterdir() if each.is_file()]
    return f"{len(sizes)}, {sum(sizes) >> 10} kB"


def _newest(folder: Path | None) -> str:
    if folder is None or not folder.is_dir():
        return ""
    times = [(each.stat().st_mtime, each.name) for each in folder.iterdir() if each.is_file()]
    return max(times)[1] if times else ""
