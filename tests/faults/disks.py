"""A disk that loses power: what a traced program did to its files, and what any cut may leave of it.

A file holds what was flushed, and of what was written since any part, in pieces of 4 kB. Names obey one of two
rules: IN_ORDER, as ext4 keeps them (a flush of anything brings all names up to then to the disk; of later ones any
beginning may be there), or ANYHOW, as POSIX promises no more (only the flush of a folder brings its names to the disk;
of later ones any may be there).
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

IN_ORDER, ANYHOW = "in order", "anyhow"
PIECE = 4096
CALLS = (
    "openat,close,dup,dup2,dup3,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,"
    "link,linkat,mkdir,mkdirat"
)
"""The system calls by which a program here changes files."""

_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def tracing(trace):
    """Return the words that run a program under a trace of its file operations."""
    return ["strace", "-f", "--seccomp-bpf", "-xx", "-s", "2000000", "-e", f"trace={CALLS}", "-o", str(trace)]


def operations(trace):
    """Yield name, arguments and result of each call that did something."""
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            found = _LINE.match(line)
            if found and int(found[3]) >= 0:
                yield found[1], found[2], int(found[3])
            elif "unfinished" in line:
                raise ValueError(line)  # two threads at once: this reader knows no order of theirs


def texts(arguments):
    """Return the texts among the arguments of a call."""
    return [bytes.fromhex(each.replace("\\x", "")) for each in _TEXT.findall(arguments)]


@dataclass
class File:
    """What was flushed, and what was written since, in order."""

    flushed: bytes = b""
    since: list = field(default_factory=list)

    def after(self, chosen):
        content = bytearray(self.flushed)
        for offset, data in chosen:
            if data is None:
                content = content[:offset].ljust(offset, b"\0")
            else:
                content = content.ljust(offset, b"\0")
                content[offset : offset + len(data)] = data
        return bytes(content)

    def write(self, offset, data):
        while data:
            room = PIECE - offset % PIECE
            self.since.append((offset, data[:room]))
            offset, data = offset + room, data[room:]

    def flush(self):
        self.flushed, self.since = self.after(self.since), []


class Disk:
    """The files below a folder, as they stand in the memory of the system and on the disk.

    Args:
        root: The folder; what happens elsewhere is not looked at.
        content: What it held at the beginning, path to bytes.
        rule: IN_ORDER or ANYHOW.
    """

    def __init__(self, root, content, rule):
        self.root, self.rule = root, rule
        self.names = {str(path): File(flushed=data) for path, data in content.items()}
        self.kept = dict(self.names)
        self.since = []
        self._open = {}

    def do(self, name, arguments, result):
        """Follow one call; returns the text of a line that was said on the standard output, else None."""
        handler = getattr(self, f"_{name.rstrip('0123456789').removesuffix('at')}", None)
        if name in {"write", "pwrite64"}:
            return self._put(arguments)
        if name == "openat":
            self._enter(arguments, result)
        elif handler is not None:
            handler(arguments)
        return None

    def _enter(self, arguments, handle):
        path = os.fsdecode(texts(arguments)[0])
        self._open.pop(handle, None)
        if not path.startswith(str(self.root)):
            return
        if path not in self.names and "O_CREAT" in arguments:
            self._name(path, File())
        if path in self.names:
            if "O_TRUNC" in arguments:
                self.names[path].since.append((0, None))
            self._open[handle] = [self.names[path], 0, path]
        else:
            self._open[handle] = [None, 0, path]

    def _put(self, arguments):
        handle = int(arguments.split(",", 1)[0])
        data = texts(arguments)[0]
        if handle == 1:
            return data.decode()
        if handle in self._open:
            place = self._open[handle]
            last = arguments.rsplit(",", 1)[1].strip()
            if arguments.count(",") == 3:
                place[0].write(int(last), data)
            else:
                place[0].write(place[1], data)
                place[1] += len(data)
        return None

    def _close(self, arguments):
        self._open.pop(int(arguments), None)

    def _ftruncate(self, arguments):
        handle, size = (int(each) for each in arguments.split(","))
        if handle in self._open:
            self._open[handle][0].since.append((size, None))

    def _fsync(self, arguments):
        file, _, path = self._open.get(int(arguments), (None, 0, None))
        if path is None:
            return
        if file is not None:
            file.flush()
        if self.rule == IN_ORDER:
            self._keep(lambda _: True)
        elif file is None:
            self._keep(lambda each: str(Path(each).parent) == path)

    _fdatasync = _fsync

    def _keep(self, is_there):
        rest = []
        for path, file in self.since:
            if is_there(path):
                self._apply(self.kept, path, file)
            else:
                rest.append((path, file))
        self.since = rest

    def _unlink(self, arguments):
        path = os.fsdecode(texts(arguments)[-1])
        if path in self.names:
            self._name(path, None)

    def _rename(self, arguments):
        old, new = (os.fsdecode(each) for each in texts(arguments))
        if old in self.names:
            # One step: a name that moves is never at neither place, nor at both.
            file = self.names.pop(old)
            self.names[new] = file
            self.since.append((new, (old, file)))

    def _link(self, arguments):
        old, new = (os.fsdecode(each) for each in texts(arguments))
        if old in self.names:
            self._name(new, self.names[old])

    def _name(self, path, file):
        self._apply(self.names, path, file)
        self.since.append((path, file))

    @staticmethod
    def _apply(names, path, file):
        if isinstance(file, tuple):
            names.pop(file[0], None)
            file = file[1]
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file

    def left(self, chance):
        """Return what a cut now may leave, path to bytes."""
        names = dict(self.kept)
        if self.rule == IN_ORDER:
            chosen = self.since[: chance.randint(0, len(self.since))]
        else:
            share = chance.choice((0.0, 0.5, 1.0))
            chosen = [each for each in self.since if chance.random() < share]
        for path, file in chosen:
            self._apply(names, path, file)
        share = chance.choice((0.0, 0.5, 0.9, 1.0))
        return {
            path: file.after([each for each in file.since if chance.random() < share]) for path, file in names.items()
        }


def lay_out(content, root, target):
    """Put what is left of a disk into a folder."""
    for path, data in content.items():
        place = target / Path(path).relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
