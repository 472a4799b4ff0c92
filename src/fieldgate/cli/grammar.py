"""Which words of a call are the workspace, and which are the rest.

PATH is optional everywhere. A first word is taken as PATH if it holds a path separator, ends in .fieldgate or .zip, or
names a folder with workspace.md in it. `-w PATH` always works, and nothing after `--` is a path.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fieldgate.errors import UsageError
from fieldgate.words import t

MARKER = "workspace.md"


def looks_like_path(word: str) -> bool:
    """Whether a first word is meant as the workspace."""
    if os.sep in word or word.endswith((".fieldgate", ".zip")):
        return True
    return word in {".", ".."} or Path(word, MARKER).is_file()


def split_path(words: Sequence[str], literal: int, given: str | None = None) -> tuple[str | None, list[str]]:
    """Return PATH, if the call names one, and the other words.

    Args:
        words: The words after the command.
        literal: How many of them, counted from the end, stood after `--`.
        given: What `-w` said; then no word is a path.
    """
    rest = list(words)
    if given is not None:
        return given, rest
    if len(rest) > literal and looks_like_path(rest[0]):
        return rest[0], rest[1:]
    return None, rest


def joined_text(words: Sequence[str], what: str) -> str:
    """Join words with a space; a single `-` reads standard input.

    Raises:
        UsageError: There is no text, or it is not UTF-8.
    """
    text = read_input() if list(words) == ["-"] else " ".join(words).strip()
    if not text.strip():
        raise UsageError(
            t("The {what} is missing.", what=what),
            t("Write it behind the command, or - to read it in; behind -- if it looks like a path."),
        )
    return whole_text(text)


def read_input() -> str:
    """Return what standard input holds, without the line end at its end."""
    return sys.stdin.read().removesuffix("\n")


def whole_text(text: str) -> str:
    """Return the text if it was UTF-8.

    Raises:
        UsageError: It was not.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UsageError(t("The text is not UTF-8."), t("Convert it first, for example with iconv."))
    return text
