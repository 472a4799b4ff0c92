"""A commit as `git fast-import` reads it: new contents, then all files of the commit by the ids of their contents.

One process writes it all, and no file is opened by git.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a commit: its mode and the id of its content."""

    mode: str
    blob: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who commits, when (Unix seconds), and with which words."""

    name: str
    seconds: int
    words: str


def blob_id(data: bytes) -> str:
    """Return the id that git gives to a content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def commit_script(
    ref: str, parents: Sequence[str], wanted: Mapping[str, Entry], blobs: Mapping[str, bytes], signature: Signature
) -> Iterator[bytes]:
    """Write a commit; each parent is a commit that is there already."""
    for data in blobs.values():
        yield b"blob\ndata %d\n%s\n" % (len(data), data)
    name = "".join(letter for letter in signature.name if letter.isprintable() and letter not in "<>").strip()
    words = signature.words.encode()
    yield f"commit {ref}\ncommitter {name or 'fieldgate'} <> {signature.seconds} +0000\n".encode()
    yield b"data %d\n%s\n" % (len(words), words)
    for parent, place in zip(parents, ("from", "merge"), strict=False):
        yield f"{place} {parent}\n".encode()
    yield b"deleteall\n"
    for path, entry in sorted(wanted.items()):
        yield f"M {entry.mode} {entry.blob} ".encode() + _quoted(path) + b"\n"
    yield b"done\n"


def _quoted(path: str) -> bytes:
    plain = path.encode(errors="surrogateescape")
    return (
        b'"'
        + b"".join(b"%c" % each if chr(each).isascii() and chr(each).isalnum() else b"\\%03o" % each for each in plain)
        + b'"'
    )
