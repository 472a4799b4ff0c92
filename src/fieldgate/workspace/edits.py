"""Texts that are open in the user's own editor, each in a folder of its own, which stays until its text is safe.

Where the program ends while the editor is open, the next start finds what was written and makes a draft of it.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from fieldgate.values import dataclass

FILE = "text.md"
_OF = "of.json"
Place = tuple[str, str, str]
"""The move and the record that a text belongs to, and its field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A text that was left by a program which is no more."""

    place: Place
    text: str
    folder: Path

    def forget(self) -> None:
        """Remove it, once it is safe; what the editor left beside it for a crash of its own stays."""
        for name in (FILE, _OF):
            (self.folder / name).unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()


def begin(parent: Path, place: Place, text: str) -> Path:
    """Put a text into a folder that nobody else may look into; returns its file.

    Raises:
        OSError: It cannot be written.
    """
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=f"{os.getpid()}-"))
    _write(folder / FILE, text)
    _write(folder / _OF, json.dumps({"place": place, "was": _mark(text)}))
    return folder / FILE


def end(file: Path, *, keep: bool = False) -> None:
    """Let go of a text: it is safe, or it is to stay where it is since it can be no draft."""
    (file.parent / _OF).unlink(missing_ok=True)
    if not keep:
        file.unlink(missing_ok=True)
    with suppress(OSError):  # an editor may have left something beside it
        file.parent.rmdir()


def left(parent: Path) -> Iterator[Edit]:
    """Yield what was written in editors of programs that are no more; what was not changed there is removed."""
    for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
        if _runs(folder.name.partition("-")[0]):
            continue
        try:
            of = json.loads((folder / _OF).read_text(encoding="utf-8"))
            text = (folder / FILE).read_text(encoding="utf-8").removesuffix("\n")
            move, record, field = map(str, of["place"])
            found = Edit(place=(move, record, field), text=text, folder=folder)
            changed = _mark(text) != of["was"]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # it can be no draft, and stays where it is
        if changed:
            yield found
        else:
            found.forget()


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)


def _mark(text: str) -> str:
    return hashlib.sha256(text.removesuffix("\n").encode("utf-8", "surrogatepass")).hexdigest()


def _runs(process: str) -> bool:
    """Whether a process is there; what is no number of one is none of ours, and left alone."""
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (ValueError, OverflowError, PermissionError):
        return True
    return True
