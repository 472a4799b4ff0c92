"""Finding and reading the files that somebody wants to bring: plain files only, of a size and number that make sense."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from fieldgate.documents.disk import read_plain
from fieldgate.documents.frontmatter import clean, decode
from fieldgate.errors import FieldgateError, NotFoundError, RefusedError
from fieldgate.imports.harvest import Harvest
from fieldgate.values import dataclass
from fieldgate.words import t

FILE_BYTES = 20_000_000
FILES = 5_000
DEPTH = 20
ENDINGS = frozenset({".md", ".markdown", ".csv", ".tsv", ".vtt", ".srt", ".txt"})
"""What can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file: its path below what was named, its text, and the digest of its bytes."""

    path: str
    text: str
    digest: str

    @property
    def stem(self) -> str:
        """The name without folder and ending."""
        return Path(self.path).stem

    @property
    def ending(self) -> str:
        """The ending, in lower case."""
        return Path(self.path).suffix.lower()


def read_sources(path: Path, harvest: Harvest) -> Iterator[Source]:
    """Yield the file, or those of a folder in the order of their names; what cannot be read is told and left out.

    Links are not followed and hidden folders not entered.

    Raises:
        NotFoundError: Nothing stands there.
        FormatError: It is a file that cannot be read.
        RefusedError: There are too many files.
    """
    if path.is_dir() and not path.is_symlink():
        found = _below(path, harvest)
    elif path.exists():
        found = [path]
    else:
        raise NotFoundError(t("There is no file {where}.", where=path), where=str(path))
    root = path if path.is_dir() else path.parent
    for each in found:
        # A name may be in an older encoding than what the file says; it becomes the topic of a meeting.
        name = os.fsencode(each.relative_to(root)).decode("utf-8", "replace")
        try:
            source = _read(each, name)
        except (OSError, FieldgateError) as why:
            if root != path:
                raise  # it was named alone
            harvest.leave_out(name, str(why))
            continue
        yield source


def _below(root: Path, harvest: Harvest) -> list[Path]:
    found: list[Path] = []
    for folder, names, files in os.walk(root, followlinks=False):
        depth = len(Path(folder).relative_to(root).parts)
        names[:] = sorted(each for each in names if not each.startswith(".")) if depth < DEPTH else []
        for name in sorted(files):
            path = Path(folder, name)
            if name.startswith("."):
                continue
            if path.suffix.lower() not in ENDINGS:
                harvest.leave_out(str(path.relative_to(root)), t("no text that can be read here"))
                continue
            found.append(path)
            if len(found) > FILES:
                raise RefusedError(
                    t("There are more than {n} files in it.", n=FILES), t("Import it in parts."), where=str(root)
                )
    return found


def _read(path: Path, name: str) -> Source:
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        data, _ = read_plain(folder, path.name, name, FILE_BYTES)
    finally:
        os.close(folder)
    return Source(path=name, text=clean(decode(data, name)), digest=hashlib.sha256(data).hexdigest())
