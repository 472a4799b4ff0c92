"""Merge one line that both sides changed, word by word.

A merged price is false evidence, and so is a merged "never not": changes merge only if a word that nobody touched
stands between them. In scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) a
character with its marks is taken for a word.
"""

import re
from collections.abc import Iterator, Sequence

from fieldgate.sync.alignment import Hunk, hunks

WORD_CELLS = 25e6
"""The largest table of a comparison by words; beyond it only head and tail are matched."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1"
    "\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u1dc0-\u1dff\u200d\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f"
)
_TOKEN = re.compile(rf"[{_UNSPACED}][{_MARKS}]*|(?:[^\W{_UNSPACED}][{_MARKS}]*)+|\s+|.", re.DOTALL)


def merge_line(old: str, one: str, other: str) -> str | None:
    """Return the line with the changes of both, or None where they touch."""
    if other in (one, old):
        return one
    if one == old:
        return other
    words = tokens(old)
    changes = [hunks(words, tokens(side), WORD_CELLS) for side in (one, other)]
    merged: list[str] = []
    at = 0
    for start, end, sides in _stretches(words, changes):
        seen = {_as_seen(words, start, end, side) for side in sides if side}
        if len(seen) > 1:
            return None
        merged += [*words[at:start], *seen.pop()]
        at = end
    return "".join([*merged, *words[at:]])


def tokens(line: str) -> list[str]:
    """Return words, runs of spaces and single signs; together they are the line."""
    return _TOKEN.findall(line)


def _stretches(
    words: Sequence[str], changes: Sequence[Sequence[Hunk[str]]]
) -> Iterator[tuple[int, int, list[list[Hunk[str]]]]]:
    """Go through the changes of both sides in order, those without an untouched word between them together."""
    tagged = sorted(
        ((hunk, side) for side in (0, 1) for hunk in changes[side]), key=lambda pair: (pair[0].start, pair[0].end)
    )
    start, end, sides = tagged[0][0].start, tagged[0][0].end, _no_hunks()
    for hunk, side in tagged:
        if any(_is_word(word) for word in words[end : hunk.start]):
            yield start, end, sides
            start, end, sides = hunk.start, hunk.end, _no_hunks()
        end = max(end, hunk.end)
        sides[side].append(hunk)
    yield start, end, sides


def _no_hunks() -> list[list[Hunk[str]]]:
    return [[], []]


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _as_seen(words: Sequence[str], start: int, end: int, side: Sequence[Hunk[str]]) -> tuple[str, ...]:
    seen: list[str] = []
    for hunk in side:
        seen += [*words[start : hunk.start], *hunk.items]
        start = hunk.end
    return (*seen, *words[start:end])
