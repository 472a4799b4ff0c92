"""Attachments: files that belong to a workspace, each named by its content, kept beside the store and in shared folders.

They lie in `attachments/` beside a store in the data folder, or in `NAME.files/` beside `NAME.fieldgate`. Nothing here
opens, runs or shows one: they are copied, and their name is checked against what they hold. A record names one by a
link in its text, `[offer.pdf](attachments/<content>.pdf)`. Each is 20 MB at most.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from fieldgate.documents.archive import MAX_ATTACHMENTS, Archive
from fieldgate.documents.disk import cannot_write, put, reason_of, sync_folder, too_long, unlink, write_temporary
from fieldgate.documents.folder import MAX_ATTACHMENT, Folder
from fieldgate.documents.tree import ATTACHMENTS, Trouble, attachment_path, is_attachment_name, trouble_of
from fieldgate.errors import BusyError, FieldgateError, FormatError, NotFoundError, RefusedError
from fieldgate.words import t
from fieldgate.workspace.kept_files import TEXTS, cellar_of
from fieldgate.workspace.refused_files import refused_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fieldgate.workspace.service import Workspace


class Cellar:
    """The attachments of one store; its folder is made with the first one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> set[str]:
        """Return the names that are there."""
        try:
            return {each.name for each in self.path.iterdir() if is_attachment_name(each.name) and each.is_file()}
        except FileNotFoundError:
            return set()

    def read(self, name: str) -> bytes:
        """Return what one holds."""
        return (self.path / name).read_bytes()

    def keep(self, name: str, data: bytes) -> None:
        """Put one there, whole; one that is there already stays.

        Raises:
            FormatError: It does not hold what its name says.
            BusyError: It cannot be written.
        """
        if PurePosixPath(attachment_path(data, PurePosixPath(name).suffix)).name != name:
            raise FormatError(t("{name}: it does not hold what its name says", name=name), "", name)
        if (self.path / name).exists():
            return
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                temporary = write_temporary(handle, data)
                try:
                    put(handle, temporary, name, data)
                finally:
                    unlink(handle, temporary)
                sync_folder(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise cannot_write(name, error) from error

    def copy_to(self, other: Cellar, but: Collection[str] = ()) -> None:
        """Have everything there too that is here, but for some names."""
        for name in sorted(self.names() - other.names() - set(but)):
            other.keep(name, self.read(name))


def attach(workspace: Workspace, kind: str, record_id: str, file: Path) -> str:
    """Keep a file, and name it in the text of a record; returns its path in the shared folder.

    Raises:
        RefusedError: Records of this kind name no files, or the file is too long.
        NotFoundError: It cannot be read.
    """
    field = TEXTS.get(kind)
    if field is None:
        message = t("A {kind} names no files.", kind=t(kind))
        raise RefusedError(message, t("Attach it to a note, a meeting, a requirement or a touchpoint."))
    data = _bytes_of(file)
    path = attachment_path(data, file.suffix)
    cellar, kept = Cellar(cellar_of(workspace.store.path)), PurePosixPath(path).name
    is_new = kept not in cellar.names()
    cellar.keep(kept, data)
    text = str(getattr(workspace.record(kind, record_id), field, "") or "")
    name = os.fsencode(file.name).decode("utf-8", "replace").replace("[", "(").replace("]", ")")
    line = f"[{name}]({path})"
    try:
        workspace.perform(f"{kind}.edit", record_id, {field: f"{text}\n{line}" if text else line})
    except FieldgateError:
        if is_new:
            (cellar.path / kept).unlink(missing_ok=True)  # what nothing names would go to everybody all the same
        raise
    return path


def take_attachments(workspace: Workspace, path: Path) -> tuple[Trouble, ...]:
    """Keep the attachments of a shared folder that are not here yet; returns those that are left alone."""
    cellar = Cellar(cellar_of(workspace.store.path))
    troubles: list[Trouble] = []
    with Folder(path) as folder:
        scan = folder.attachments()
        there = cellar.names() | refused_files(workspace.store)
        for each in sorted(scan.stamps):
            name = PurePosixPath(each).name
            if name in there:
                continue
            try:
                cellar.keep(name, folder.read(each).data)
            except NotFoundError:
                continue  # gone since it was listed
            except FormatError as error:
                troubles.append(trouble_of(each, error))
    return (*scan.troubles, *troubles)


def give_attachments(workspace: Workspace, path: Path) -> int:
    """Write to a shared folder the attachments that are not there yet; returns how many.

    Raises:
        BusyError: They cannot be written.
    """
    cellar = Cellar(cellar_of(workspace.store.path))
    names = cellar.names()
    if not names:
        return 0
    with Folder(path) as folder:
        there = {PurePosixPath(each).name for each in folder.attachments().stamps}
        missing = sorted(names - there)
        for name in missing:
            folder.write(f"{ATTACHMENTS}/{name}", cellar.read(name), None)
    return len(missing)


def take_from_archive(workspace: Workspace, path: Path) -> tuple[Trouble, ...]:
    """Keep the attachments of a zip."""
    cellar, refused = Cellar(cellar_of(workspace.store.path)), refused_files(workspace.store)
    troubles: list[Trouble] = []
    with Archive(path) as archive:
        for each in archive.attachments():
            if isinstance(each, Trouble):
                troubles.append(each)
            elif PurePosixPath(each[0]).name not in refused:
                cellar.keep(PurePosixPath(each[0]).name, each[1])
    return tuple(troubles)


def files_of(workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    """Go through all attachments: their path in a shared folder, and what they hold.

    Raises:
        RefusedError: All together they are more than one file for e-mail may hold.
    """
    cellar = Cellar(cellar_of(workspace.store.path))
    left = MAX_ATTACHMENTS
    for name in sorted(cellar.names()):
        data = cellar.read(name)
        left -= len(data)
        if left < 0:
            message = t("The attachments are more than {n} MB together.", n=MAX_ATTACHMENTS >> 20)
            raise RefusedError(message, t("Share by a folder or by git."))
        yield f"{ATTACHMENTS}/{name}", data


def _bytes_of(file: Path) -> bytes:
    try:
        # Asked before it is opened: a pipe would wait for its other end.
        if not stat.S_ISREG(file.stat().st_mode):
            raise RefusedError(t("{path} is no plain file.", path=file), "", str(file))
        with file.open("rb") as source:
            data = source.read(MAX_ATTACHMENT + 1)
    except OSError as error:
        message = t("{path} cannot be read: {reason}", path=file, reason=reason_of(error))
        raise NotFoundError(message, "", str(file)) from error
    if len(data) > MAX_ATTACHMENT:
        raise RefusedError(f"{file.name}: {too_long(MAX_ATTACHMENT)}", t("Keep it elsewhere, and write down where."))
    return data


def kept_with_backups(store: Path, backups: Path) -> None:
    """Have every attachment of a store with its backups too, each once, by its content."""
    with suppress(BusyError):  # a backup of the records is worth more than none
        Cellar(cellar_of(store)).copy_to(Cellar(backups / ATTACHMENTS))


def back_from_backups(store: Path, backups: Path) -> None:
    """Bring back attachments that are only with the backups."""
    Cellar(backups / ATTACHMENTS).copy_to(Cellar(cellar_of(store)))
