"""Text of records made fit to be shown: control characters neutralised, cut and wrapped by terminal cells.

Standard library only, so that the command line can use it without loading a screen. Width is counted in terminal
cells, not characters: ที่ is 3 characters in 1 cell, ลูกค้า 6 in 4, 客戶開發 4 in 8. Cutting, padding and wrapping never
separate a combining mark from the letter that carries it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, takewhile

CharCells = Callable[[str], int]
"""Cells that one character takes: 0, 1 or 2."""

STAND_IN = "\ufffd"
"""What is drawn where a character was neutralised."""

LINE_STAND_IN = " ⏎ "
"""What is drawn for a line break where there is one line only."""

ELLIPSIS = "…"
TAB_SIZE = 4

# C0 and C1 controls (ESC among them), bidirectional overrides, line and paragraph separators, annotation marks,
# and lone surrogates, which no terminal encoding can carry.
BAD = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]|[\ud800-\udfff]"
"""The pattern of what no terminal may get."""
# Terminals do not agree on the width of what these make of the character before them.
_DROPPED = "[\u00ad\ufe0f\u20e3]"
# A joiner with nothing to join would swallow what is drawn after the text.
_LOOSE_JOINER = "\u200d(?=\u200d|\\s|$)"
# No script puts more on one letter; a thousand marks would be drawn over half the screen.
_MARK_RANGES = (
    ("\u0300", "\u036f"), ("\u0483", "\u0489"), ("\u0591", "\u05bd"), ("\u064b", "\u065f"), ("\u0e31", "\u0e31"), ("\u0e34", "\u0e3a"), ("\u0e47", "\u0e4e"),
    ("\u1ab0", "\u1aff"), ("\u1dc0", "\u1dff"), ("\u200b", "\u200d"), ("\u2060", "\u2060"), ("\u20d0", "\u20ff"), ("\ufe20", "\ufe2f"),
)  # fmt: skip
_MARK = "[" + "".join(f"{first}-{last}" for first, last in _MARK_RANGES) + "]"
# What is printable and yet not always drawn as it stands.
_LOOKED_AT = frozenset(chr(code) for first, last in _MARK_RANGES for code in range(ord(first), ord(last) + 1)) | {
    "\ufe0f"
}

_JOINER = "\u200d"
_ZERO_WIDTH = frozenset({"Mn", "Me", "Mc", "Cf", "Cc", "Zl", "Zp"})
_WIDE = frozenset({"W", "F"})
_WIDE_FROM = 0x1100

_HANGUL = "[\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7ff]"
_CLOSING = frozenset("、。，．：；？！）」』】〕》〉”’…—～％")
_OPENING = frozenset("（「『【〔《〈“‘")


def clean(text: str, *, lines: bool = False) -> str:
    """Return text of a record or a file as text that is safe to draw.

    Args:
        text: As it was stored; anything may be in it.
        lines: Keep line breaks; otherwise each becomes a visible stand-in on the one line.
    """
    # Most texts are told to be clean without a pattern; compiling those was a tenth of what the first frame loads.
    if text.isprintable() and (text.isascii() or _LOOKED_AT.isdisjoint(text)):
        return text
    if not _pattern("|".join(("[\t\n\u00ad\ufe0f\u20e3]", _LOOSE_JOINER, BAD, f"{_MARK}{{9}}"))).search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(TAB_SIZE)
    if not lines:
        text = text.replace("\n", LINE_STAND_IN)
    text = _pattern(f"({_MARK}{{8}}){_MARK}+").sub(r"\1", text)
    return _pattern(BAD).sub(STAND_IN, _pattern(_LOOSE_JOINER).sub("", _pattern(_DROPPED).sub("", text)))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Return a pattern, compiled when it is first needed."""
    return re.compile(text)


@lru_cache(maxsize=4096)
def char_cells(character: str) -> int:
    """Return the cells one character takes: 0 for a combining mark, 2 for a wide one."""
    code = ord(character)
    if code < _WIDE_FROM and unicodedata.category(character) not in _ZERO_WIDTH:
        return 1
    # Vowels and finals of a decomposed Korean syllable are drawn in the cells of its first consonant.
    if unicodedata.category(character) in _ZERO_WIDTH or 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FB:  # noqa: PLR2004 - the blocks of these letters
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def clusters(text: str, *, cells: CharCells = char_cells) -> Iterator[tuple[str, int]]:
    """Yield what must stay together, with its width: a character, the marks on it, and what a joiner joins to it."""
    start, width, joined = 0, 0, False
    for index, character in enumerate(text):
        size = 0 if joined or character == _JOINER else cells(character)
        joined = character == _JOINER and not joined
        if size and index > start and width:
            yield text[start:index], width
            start, width = index, 0
        width += size
    if start < len(text):
        yield text[start:], width


def cell_width(text: str, *, cells: CharCells = char_cells) -> int:
    """Return the cells a cleaned text takes."""
    if text.isascii():
        return len(text)
    return sum(width for _, width in clusters(text, cells=cells))


def cut(text: str, width: int, *, cells: CharCells = char_cells) -> str:
    """Return the text in at most `width` cells, ending in an ellipsis if something had to go."""
    if text.isascii():
        return text if len(text) <= width else _cut_ascii(text, width)
    # Most texts fit or are short; a very long one is only looked at as far as it is drawn.
    return text if _fits(text, width, cells) else _head(text, width, cells)


def pad(text: str, width: int, *, cells: CharCells = char_cells) -> str:
    """Return the text in exactly `width` cells: cut, or filled with spaces."""
    text = cut(text, width, cells=cells)
    return text + " " * (width - cell_width(text, cells=cells))


def wrap(text: str, width: int, *, cells: CharCells = char_cells) -> Iterator[str]:
    """Yield lines of at most `width` cells, lazily, so that a long text costs what is read of it.

    Breaks at spaces, and between Chinese characters; Thai only at spaces. A word wider than a line is broken where
    it must be. Line breaks of the text are kept.
    """
    width = max(width, 2)
    for paragraph in _paragraphs(text):
        if _fits(paragraph, width, cells):
            yield paragraph
        else:
            yield from _wrap_paragraph(paragraph, width, cells)


def _paragraphs(text: str) -> Iterator[str]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _wrap_paragraph(paragraph: str, width: int, cells: CharCells) -> Iterator[str]:
    line, used = "", 0
    for piece, size in _pieces(paragraph, width, cells):
        if used + size > width and line:
            yield line.rstrip(" ")
            line, used = "", 0
            if piece.isspace():
                continue
        line, used = line + piece, used + size
    yield line.rstrip(" ")


def _pieces(paragraph: str, width: int, cells: CharCells) -> Iterator[tuple[str, int]]:
    """Yield what a line break may not split, with its width; nothing is wider than a line."""
    for found in _pattern(" +|[^ ]+").finditer(paragraph):
        word = found.group()
        if word.isascii():
            for start in range(0, len(word), width):
                part = word[start : start + width]
                yield part, len(part)
        else:
            yield from _word_pieces(word, width, cells)


def _word_pieces(word: str, width: int, cells: CharCells) -> Iterator[tuple[str, int]]:
    piece, size, open_end = "", 0, True
    for cluster, cluster_size in clusters(word, cells=cells):
        alone = cluster_size == 2 and not _pattern(_HANGUL).match(cluster)  # noqa: PLR2004 - wide: two cells
        sticks = cluster[0] in _CLOSING or (piece and piece[-1] in _OPENING)
        if piece and (size + cluster_size > width or (not sticks and (alone or not open_end))):
            yield piece, size
            piece, size = "", 0
        piece, size = piece + cluster, size + cluster_size
        open_end = not alone
    yield piece, size


def _fits(text: str, width: int, cells: CharCells) -> bool:
    if len(text) * 2 <= width or (text.isascii() and len(text) <= width):
        return True
    used = 0
    for _, size in clusters(text, cells=cells):
        used += size
        if used > width:
            return False
    return True


def _cut_ascii(text: str, width: int) -> str:
    return text[: width - 1] + ELLIPSIS if width > 0 else ""


def _head(text: str, width: int, cells: CharCells) -> str:
    if width <= 0:
        return ""
    # Letters and cells up to each cluster, as far as there is room for the ellipsis behind.
    sizes = ((len(cluster), size) for cluster, size in clusters(text, cells=cells))
    running = accumulate(sizes, lambda so_far, more: (so_far[0] + more[0], so_far[1] + more[1]), initial=(0, 0))
    *_, (end, _used) = takewhile(lambda so_far: so_far[1] < width, running)
    return text[:end] + ELLIPSIS
