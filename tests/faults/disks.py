"""A disk that loses power: what a traced program did to its files, and what any cut may leave of it.

A file holds what was flushed, and of what was written since any part, in pieces of 4 kB or, where a page is torn, of
512 bytes. Names obey one of two
rules: IN_ORDER, as ext4 keeps them (a flush of anything brings all names up to then to the disk; of later ones any
beginning may be there), or ANYHOW, as POSIX promises no more (only the flush of a folder brings its names to the disk;
of later ones any may be there).
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

IN_ORDER, ANYHOW = "in order", "anyhow"
PIECE, SECTOR = 4096, 512
FOLDER = None
"""What stands under the name of a folder."""
CALLS = (
    "openat,close,dup,dup2,dup3,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,"
    "link,linkat,mkdir,mkdirat"
)
"""The system calls by which a program here changes files."""

_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_NAMED = re.compile(r'(?:(\d+|AT_FDCWD), )?"((?:\\x[0-9a-f]{2})*)"')


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
    return [_bytes(each) for each in _TEXT.findall(arguments)]


def _bytes(text):
    return bytes.fromhex(text.replace("\\x", ""))


@dataclass
class File:
    """What was flushed, and what was written since, in order."""

    flushed: bytes = b""
    since: list = field(default_factory=list)
    _writes: int = 0

    def after(self, chosen):
        content = bytearray(self.flushed)
        for _, offset, data in chosen:
            if data is None:
                content = content[:offset].ljust(offset, b"\0")
            else:
                content = content.ljust(offset, b"\0")
                content[offset : offset + len(data)] = data
        return bytes(content)

    def write(self, offset, data):
        self._writes += 1
        while data:
            room = SECTOR - offset % SECTOR
            self.since.append(((self._writes, offset // PIECE), offset, data[:room]))
            offset, data = offset + room, data[room:]

    def cut(self, size):
        """Make it as long as a size."""
        self._writes += 1
        self.since.append(((self._writes, 0), size, None))

    def left(self, chance, share, piece):
        """Return what may be there of what was written since, each piece with the chance of a share, and if torn."""
        chosen, before, stays, torn = [], None, False, False
        for each in self.since:
            same, stood = each[0] == before, stays
            if not same or piece == SECTOR:
                stays = chance.random() < share
            torn |= same and stays != stood
            before = each[0]
            if stays:
                chosen.append(each)
        return self.after(chosen), torn

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
        self.torn = 0
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
        path = self._paths(arguments)[0]
        self._open.pop(handle, None)
        if not path.startswith(str(self.root)):
            return
        if path not in self.names and "O_CREAT" in arguments:
            self._name(path, File())
        if path in self.names:
            if "O_TRUNC" in arguments:
                self.names[path].cut(0)
            self._open[handle] = [self.names[path], 0, path]
        else:
            self._open[handle] = [None, 0, path]

    def _paths(self, arguments):
        """Return the paths among the arguments of a call; a name in a folder that is open stands below it."""
        found = []
        for handle, text in _NAMED.findall(arguments):
            path = os.fsdecode(_bytes(text))
            below = self._open.get(int(handle)) if handle.isdigit() else None
            found.append(str(Path(below[2]) / path) if below else path)
        return found

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
            self._open[handle][0].cut(size)

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
        path = self._paths(arguments)[-1]
        if path in self.names:
            self.names.pop(path)
            self.since.append((path, (path, None)))

    def _mkdir(self, arguments):
        path = self._paths(arguments)[0]
        if path.startswith(str(self.root)):
            self._name(path, FOLDER)

    def _rename(self, arguments):
        old, new = self._paths(arguments)
        if old in self.names:
            # One step: a name that moves is never at neither place, nor at both.
            file = self.names.pop(old)
            self.names[new] = file
            self.since.append((new, (old, file)))

    def _link(self, arguments):
        old, new = self._paths(arguments)
        if old in self.names:
            self._name(new, self.names[old])

    def _name(self, path, file):
        self._apply(self.names, path, file)
        self.since.append((path, file))

    @staticmethod
    def _apply(names, path, file):
        if not isinstance(file, tuple):
            names[path] = file
            return
        old, file = file
        names.pop(old, None)
        if file is not None:
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
        share, piece = chance.choice((0.0, 0.5, 0.9, 1.0)), chance.choice((PIECE, SECTOR))
        lost = {path for path, file in self.names.items() if file is FOLDER and path not in names}
        left = {
            path: file.left(chance, share, piece)
            for path, file in names.items()
            if file is not FOLDER and not lost & {str(each) for each in Path(path).parents}
        }
        self.torn += any(torn for _, torn in left.values())
        return {path: content for path, (content, _) in left.items()}


def lay_out(content, root, target):
    """Put what is left of a disk into a folder."""
    for path, data in content.items():
        place = target / Path(path).relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
