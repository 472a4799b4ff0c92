"""Shared folders that a store is kept in step with: where they are, their files as last seen, and what is wrong there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from fieldgate.documents.document import NO_VECTOR
from fieldgate.domain.times import read_stamp, stamp_column
from fieldgate.store.database import Database
from fieldgate.store.schema import table
from fieldgate.store.versions import read_vector, vector_text
from fieldgate.values import dataclass

_MOST_NAMED = 500
"""Up to so many records are asked for by name; beyond, all are gone through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """One shared folder. `device` and `inode` tell whether it is still the same one behind its path."""

    id: int
    path: Path
    device: int | None = None
    inode: int | None = None
    remote: str | None = None
    branch: str | None = None
    last_sync: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """A file as it was last read or written: whose record, its stat, the digest and vector of the version in it."""

    path: str
    id: str
    size: int
    mtime_ns: int
    inode: int
    digest: str
    vector: Mapping[str, int] = field(default_factory=lambda: NO_VECTOR)


class Folders:
    """The shared folders of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Folder]:
        """Return every folder, the first one first."""
        folders = table("folders")
        with self._database.reading() as connection:
            return [_folder(row) for row in connection.execute(select(folders).order_by(folders.c.id)).mappings()]

    def at(self, path: Path) -> Folder | None:
        """Return the folder at a path."""
        return next((each for each in self.all() if each.path == path), None)

    def add(self, path: Path, *, device: int | None = None, inode: int | None = None) -> Folder:
        """Remember a folder; one that is known at this path is returned as it is."""
        known = self.at(path)
        if known is not None:
            return known
        with self._database.writing() as connection:
            connection.execute(insert(table("folders")).values(path=str(path), device=device, inode=inode))
        return next(each for each in self.all() if each.path == path)

    def change(self, folder: Folder) -> None:
        """Remember what changed of a folder: its path, remote, branch, last sync."""
        folders = table("folders")
        values = {**asdict(folder), "path": str(folder.path)}
        values["last_sync"] = None if folder.last_sync is None else stamp_column(folder.last_sync)
        with self._database.writing() as connection:
            connection.execute(update(folders).where(folders.c.id == folder.id).values(values))

    def forget(self, folder: Folder) -> None:
        """Forget a folder and what was seen in it; nothing is deleted there."""
        with self._database.writing() as connection:
            for name, key in (("files", "folder"), ("trouble", "folder"), ("folders", "id")):
                connection.execute(delete(table(name)).where(table(name).c[key] == folder.id))

    def file(self, folder: Folder, path: str) -> SeenFile | None:
        """Return one file as last seen."""
        files = table("files").c
        query = select(*_file_columns()).where(files.folder == folder.id, files.path == path)
        return self._files(query).get(path)

    def files(self, folder: Folder) -> dict[str, SeenFile]:
        """Return the files as last seen, by path."""
        return self._files(select(*_file_columns()).where(table("files").c.folder == folder.id))

    def files_of(self, folder: Folder, ids: Collection[str]) -> dict[str, SeenFile]:
        """Return the files of these records as last seen, by path."""
        if len(ids) > _MOST_NAMED:
            return {path: seen for path, seen in self.files(folder).items() if seen.id in ids}
        files = table("files").c
        return self._files(select(*_file_columns()).where(files.folder == folder.id, files.id.in_(ids)))

    def _files(self, query: Select[Any]) -> dict[str, SeenFile]:
        vectors: dict[str, Mapping[str, int]] = {}  # most files of a folder share theirs with many others
        found: dict[str, SeenFile] = {}
        with self._database.reading() as connection:
            for path, row_id, size, mtime_ns, inode, digest, vector in connection.execute(query):
                if vector not in vectors:
                    vectors[vector] = read_vector(vector)
                found[path] = SeenFile(
                    path=path,
                    id=row_id,
                    size=size,
                    mtime_ns=mtime_ns,
                    inode=inode,
                    digest=digest,
                    vector=vectors[vector],
                )
        return found

    def marked(self, folder: Folder, digest: str) -> tuple[str, ...]:
        """Return the paths of the files that are remembered under a digest that is none of a version."""
        files = table("files").c
        query = select(files.path).where(files.folder == folder.id, files.digest == digest).order_by(files.path)
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def stamps(self, folder: Folder) -> dict[str, tuple[int, int, int]]:
        """Return size, time and number on the disk of the files as last seen, by path."""
        files = table("files").c
        query = select(files.path, files.size, files.mtime_ns, files.inode).where(files.folder == folder.id)
        with self._database.reading() as connection:
            return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(query)}

    def differing(self, folder: Folder) -> set[str]:
        """Return the ids of the records whose file is not there, holds another version, or stands there twice."""
        files, heads = table("files").c, table("heads").c
        there = and_(files.id == heads.id, files.folder == folder.id)
        same = and_(files.digest == heads.digest, files.vector == heads.vector)
        query = select(heads.id).select_from(table("heads").outerjoin(table("files"), there))
        query = query.group_by(heads.id).having(or_(func.count(files.path) != 1, func.min(same) != 1))
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    def see(self, folder: Folder, files: Iterable[SeenFile], gone: Iterable[str] = ()) -> None:
        """Remember files as they are now, and forget those that are gone."""
        with self._database.writing() as connection:
            see_files(connection, folder.id, files, gone)

    def trouble(self, folder: Folder) -> dict[str, str]:
        """Return the files that cannot be used, and why."""
        with self._database.reading() as connection:
            return trouble_in(connection, folder.id)

    def set_trouble(self, folder: Folder, found: Mapping[str, str]) -> None:
        """Remember which files cannot be used now, and why."""
        with self._database.writing() as connection:
            list_trouble(connection, folder.id, found)


def number_of(connection: Connection, path: Path, device: int, inode: int) -> int:
    """Return the number of the folder at a path, which is remembered if it is new."""
    folders = table("folders")
    query = select(folders.c.id).where(folders.c.path == str(path))
    known = connection.execute(query).scalar()
    if known is None:
        connection.execute(insert(folders).values(path=str(path), device=device, inode=inode))
        known = connection.execute(query).scalar_one()
    return int(known)


def see_files(connection: Connection, folder: int, files: Iterable[SeenFile], gone: Iterable[str] = ()) -> None:
    """Remember files of a folder as they are now, and forget those that are gone."""
    names = ("id", "size", "mtime_ns", "inode", "digest", "vector")
    seen = table("files")
    found = [
        {"folder": folder, "path": each.path}
        | {name: getattr(each, name) for name in names}
        | {"vector": vector_text(each.vector)}
        for each in files
    ]
    for path in gone:
        connection.execute(delete(seen).where(seen.c.folder == folder, seen.c.path == path))
    if found:
        statement = insert(seen)
        new = {name: statement.excluded[name] for name in names}
        connection.execute(statement.on_conflict_do_update(index_elements=["folder", "path"], set_=new), found)


def trouble_in(connection: Connection, folder: int) -> dict[str, str]:
    """Return the files of a folder that cannot be used, and why."""
    trouble = table("trouble")
    query = select(trouble.c.path, trouble.c.why).where(trouble.c.folder == folder).order_by(trouble.c.path)
    return {path: why for path, why in connection.execute(query)}  # noqa: C416  rows are no pairs to a type checker


def list_trouble(connection: Connection, folder: int, found: Mapping[str, str]) -> None:
    """Remember which files of a folder cannot be used now, and why."""
    trouble = table("trouble")
    connection.execute(delete(trouble).where(trouble.c.folder == folder))
    if found:
        rows = [{"folder": folder, "path": path, "why": why} for path, why in found.items()]
        connection.execute(insert(trouble), rows)


def _folder(row: Mapping[Any, Any]) -> Folder:
    values = dict(row)
    last = values["last_sync"]
    return Folder(**{**values, "path": Path(values["path"]), "last_sync": read_stamp(last) if last else None})


def _file_columns() -> list[ColumnElement[Any]]:
    files = table("files").c
    return [files.path, files.id, files.size, files.mtime_ns, files.inode, files.digest, files.vector]
