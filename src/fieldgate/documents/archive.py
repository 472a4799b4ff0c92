"""One file for e-mail: a zip of the folder, read in memory and never unpacked.

The names of its entries are used for nothing but their ending: a record says itself who it is, an attachment is named
by its content. Sizes are counted while inflating; what an entry claims of itself is not believed. Entries come one by
one, so that a large archive is never whole in memory.
"""

import os
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Self

from fieldgate.documents.disk import Stamp, fingerprint, reason_of, too_long
from fieldgate.documents.folder import MAX_ALL, MAX_ATTACHMENT, MAX_FILE, Content
from fieldgate.documents.frontmatter import decode, parse
from fieldgate.documents.manifest import Manifest, manifest_of
from fieldgate.documents.tree import Trouble, attachment_path, trouble_of
from fieldgate.errors import FormatError, NotFoundError
from fieldgate.words import t

MAX_ENTRIES = 20_000
MAX_ATTACHMENTS = 500 * 1024 * 1024
"""The most entries, and the most bytes of attachments in all."""

_MAX_DIRECTORY = MAX_ENTRIES * 512
_END = struct.Struct("<4s4H2LH")
_LONG_END = 20
_CHUNK = 64 * 1024
_SEALED = 0x61  # encrypted, a patch, or encrypted strongly
_NEVER = Stamp(size=0, mtime_ns=0, inode=0)
_BORN = (1980, 1, 1, 0, 0, 0)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, struct.error, NotImplementedError)


def write_archive(target: IO[bytes], files: Iterable[tuple[str, bytes]]) -> None:
    """Write files as a zip, workspace.md first; the same files in the same order give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files:
            info = zipfile.ZipInfo(path, _BORN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)


class Archive:
    """A zip that somebody sent, held open; close it, or use it in a `with`."""

    def __init__(self, path: Path) -> None:
        """Open it and look at its list of entries.

        Raises:
            NotFoundError: there is no such file.
            FormatError: it is no zip, is cut off, or has too many entries.
        """
        self.path = path
        try:
            self._file = path.open("rb")
        except OSError as error:
            message = t("{path} cannot be opened: {reason}", path=path, reason=reason_of(error))
            raise NotFoundError(message, where=str(path)) from error
        try:
            self._look_at_end()
            self._zip = zipfile.ZipFile(self._file)
        except (*_DAMAGE, FormatError) as error:
            self._file.close()
            raise error if isinstance(error, FormatError) else self._damaged() from error
        self._entries = [info for info in self._zip.infolist() if not info.is_dir()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()
        self._file.close()

    def manifest(self, *, newer_too: bool = False) -> Manifest:
        """Return what the workspace's record says, wherever it stands among the entries.

        Raises:
            FormatError: there is none.
            NewerFormatError: a newer version of the program wrote it and `newer_too` is not set.
        """
        for content in self.contents():
            if isinstance(content, Content) and b"\nkind: workspace\n" in content.data:
                version = parse(decode(content.data, content.path), content.path)
                return manifest_of(version, newer_too=newer_too)
        raise FormatError(t("{path}: it holds no workspace", path=self.path), "", str(self.path))

    def contents(self) -> Iterator[Content | Trouble]:
        """Go through the records; their paths are the names of entries, to be shown and nothing else."""
        for name, data in self._each({".md"}, MAX_FILE, MAX_ALL):
            if isinstance(data, bytes):
                yield Content(path=name, data=data, stamp=_NEVER, fingerprint=fingerprint(data))
            else:
                yield data

    def playbook(self) -> str | None:
        """Return the text of the workspace's own playbook, or None.

        Raises:
            FormatError: it cannot be read.
        """
        for name, data in self._each({".yaml"}, MAX_FILE, MAX_ALL):
            if isinstance(data, Trouble):
                raise FormatError(f"{name}: {data.why}", "", name)
            return decode(data, name)
        return None

    def attachments(self) -> Iterator[tuple[str, bytes] | Trouble]:
        """Go through the attachments, each with the path that its content gives it."""
        for name, data in self._each(None, MAX_ATTACHMENT, MAX_ATTACHMENTS):
            if isinstance(data, Trouble):
                yield data
            else:
                yield attachment_path(data, PurePosixPath(name).suffix), data

    def _each(self, endings: set[str] | None, limit: int, in_all: int) -> Iterator[tuple[str, bytes | Trouble]]:
        """Inflate the entries of these endings; None stands for all but records, playbooks and names without one."""
        left = in_all
        for info in self._entries:
            ending = PurePosixPath(info.filename).suffix.lower()
            if ending not in endings if endings else ending in {".md", ".yaml", ""}:
                continue
            name = info.filename[:200].encode("utf-8", "backslashreplace").decode()
            try:
                data = self._inflate(info, name, limit)
            except FormatError as error:
                yield name, trouble_of(name, error)
                continue
            left -= len(data)
            if left < 0:
                yield name, Trouble(path=name, why=t("the archive holds more than {n} MB", n=in_all >> 20))
                return
            yield name, data

    def _inflate(self, info: zipfile.ZipInfo, name: str, limit: int) -> bytes:
        if info.flag_bits & _SEALED or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise FormatError(t("{path}: it is encrypted or packed in a way that is not read", path=name), "", name)
        data = bytearray()
        try:
            with self._zip.open(info) as file:
                while piece := file.read(_CHUNK):
                    data += piece
                    if len(data) > limit:
                        raise FormatError(f"{name}: {too_long(limit)}", "", name)
        except _DAMAGE as error:
            raise FormatError(t("{path}: it is damaged", path=name), "", name) from error
        return bytes(data)

    def _look_at_end(self) -> None:
        """Bound the list of entries before anything reads it; its length stands at the very end of the file."""
        length = self._file.seek(0, os.SEEK_END)
        self._file.seek(max(length - _END.size - _LONG_END, 0))
        tail = self._file.read()
        if length < _END.size or not tail[-_END.size :].startswith(b"PK\x05\x06"):
            raise FormatError(t("{path}: it is no zip, or not all of one", path=self.path), "", str(self.path))
        _, _, _, _, entries, size, _, comment = _END.unpack(tail[-_END.size :])
        if comment or entries > MAX_ENTRIES or size > _MAX_DIRECTORY or tail.startswith(b"PK\x06\x07"):
            raise FormatError(
                t("{path}: it has more than {n} entries", path=self.path, n=MAX_ENTRIES), "", str(self.path)
            )

    def _damaged(self) -> FormatError:
        hint = t("Ask for it to be sent again.")
        return FormatError(t("{path}: the zip is damaged", path=self.path), hint, str(self.path))
