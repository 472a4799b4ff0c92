"""Attaching: a file that a record names is kept with the workspace, so that its path leads nowhere outside.

A path that starts at the root, or at home, means a file of this machine: it is copied beside the records, named by its
content, and the record holds the path that it has in a shared folder, which is the same for every founder. Any other
path is taken as it is written.
"""

from __future__ import annotations

import stat
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from fieldgate.documents.folder import MAX_ATTACHMENT
from fieldgate.documents.tree import ATTACHMENTS, is_attachment_name
from fieldgate.errors import BusyError, RefusedError
from fieldgate.words import t
from fieldgate.workspace.kept_files import cellar_of
from fieldgate.workspace.whole_files import whole_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldgate.domain.moves.move import Move
    from fieldgate.workspace.door import Target


def kept_with(target: Target, move: Move, answers: Mapping[str, object]) -> dict[str, object]:
    """Return the answers to a move with every file of this machine copied into the workspace.

    Raises:
        RefusedError: There is no such file, it is no plain one, or it is too large.
        BusyError: It cannot be read, or not be kept.
    """
    kept = dict(answers)
    for ask in move.asks:
        text = kept.get(ask.name)
        if ask.holds == "path" and isinstance(text, str) and text.strip().startswith(("/", "~/")):
            kept[ask.name] = attach(target, Path(text.strip()).expanduser())
    return kept


def attach(target: Target, source: Path) -> str:
    """Copy a file into the workspace and return its path in a shared folder; the same content is kept once.

    Raises:
        RefusedError: There is no such file, it is no plain one, or it is too large.
        BusyError: It cannot be read, or not be kept.
    """
    content = _content(source)
    ending = source.suffix.lower()
    name = f"{sha256(content).hexdigest()}{ending}"
    if not is_attachment_name(name):
        name = name.removesuffix(ending) + ".bin"
    folder = folder_of(target)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / name, content)
    except OSError as why:
        message = t("{path} cannot be written: {why}.", path=folder, why=why.strerror)
        raise BusyError(message, t("Check that there is room and that you may write there."), str(folder)) from why
    return f"{ATTACHMENTS}/{name}"


def folder_of(target: Target) -> Path:
    """Where the attachments of a workspace are: in its folder, or beside its store, from where sharing takes them."""
    if target.kind == "folder":
        return target.path.absolute() / ATTACHMENTS
    return cellar_of(target.store.absolute())


def _content(source: Path) -> bytes:
    try:
        # Asked before it is opened: a pipe would wait for its other end.
        if not stat.S_ISREG(source.stat().st_mode):
            raise RefusedError(t("{path} is no plain file.", path=source), "", str(source))
        with source.open("rb") as opened:
            content = opened.read(MAX_ATTACHMENT + 1)
    except FileNotFoundError as why:
        raise RefusedError(t("There is no file {path}.", path=source), "", str(source)) from why
    except OSError as why:
        raise BusyError(t("{path} cannot be read: {why}.", path=source, why=why.strerror), "", str(source)) from why
    if len(content) > MAX_ATTACHMENT:
        limit = MAX_ATTACHMENT // (1024 * 1024)
        raise RefusedError(t("{path} is larger than {n} MB.", path=source, n=limit), t("Keep a smaller copy of it."))
    return content


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    with whole_file(path) as out:
        out.write(content)
