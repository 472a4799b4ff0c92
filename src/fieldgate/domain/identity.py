"""Ids and codes: what a record is told apart by, and the short label that people read.

An id is 16 characters of `0-9a-hjkmnp-tv-z` (80 bits). It is random, but worked out from names where two founders
would create the same record alone: members by handle, catalogue touchpoints by code, checks by owner and key,
evidence by note and hypothesis, gates by step and round, the workspace record by itself.
"""

import hashlib
import os
import re
from collections.abc import Iterable
from functools import lru_cache

from fieldgate.domain.folding import fold

ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 16
WRITER_LENGTH = 5
ID_PATTERN = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")
_CODE = re.compile(r"([A-Z])([1-9][0-9]{0,8})")


def random_id() -> str:
    """Return a new id that nobody else will ever draw."""
    return _letters(int.from_bytes(os.urandom(10), "big"))


def random_writer() -> str:
    """Return a name for one run of the program, 5 characters: never used before, so that no two versions look alike."""
    return "".join(ID_ALPHABET[each % len(ID_ALPHABET)] for each in os.urandom(WRITER_LENGTH))


def named_id(workspace_id: str, kind: str, *key: str) -> str:
    """Return the id that every copy of a workspace gives the record of this kind with this natural key.

    The first 80 bits of SHA-256 over workspace id, a zero byte, kind, a zero byte, the folded key (its parts joined by
    "/").
    """
    natural = "/".join(fold(part.strip()) for part in key)
    digest = hashlib.sha256(b"\0".join(part.encode() for part in (workspace_id, kind, natural))).digest()
    return _letters(int.from_bytes(digest[:10], "big"))


def is_id(text: str) -> bool:
    """Whether a text may be used as an id; nothing else ever touches a path."""
    return ID_PATTERN.fullmatch(text) is not None


@lru_cache(maxsize=16_384)  # lists are sorted by code again and again
def code_parts(code: str) -> tuple[str, int] | None:
    """Return letter and number of a code such as H3 (any case), or None for anything else."""
    found = _CODE.fullmatch(code.strip().upper())
    return (found[1], int(found[2])) if found else None


def next_code(letter: str, codes: Iterable[str]) -> str:
    """Return the next code of a letter: highest ever given, archived ones included, plus one; never reused."""
    numbers = [parts[1] for code in codes if (parts := code_parts(code)) and parts[0] == letter]
    return f"{letter}{max(numbers, default=0) + 1}"


def _letters(number: int) -> str:
    out = []
    for _ in range(ID_LENGTH):
        number, rest = divmod(number, 32)
        out.append(ID_ALPHABET[rest])
    return "".join(reversed(out))
