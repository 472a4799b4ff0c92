"""Comparing and finding text in any script.

Fold: NFKD, case folded, combining marks U+0300-036F dropped, đ as d, then NFC. So both normal forms of Vietnamese, any
case of Cyrillic and words typed without marks are found; Thai marks, which carry meaning, stay.
"""

import unicodedata

_MARKS = dict.fromkeys(range(768, 880)) | {ord("đ"): "d"}
_IGNORED = {0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None, 0x00AD: None}


def fold(text: str) -> str:
    """Return the form in which texts are compared and searched."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_IGNORED)
    return unicodedata.normalize("NFC", folded.translate(_MARKS))


def same(one: str | None, other: str | None) -> bool:
    """Whether two names, segments or handles are one and the same to a reader; None is only None."""
    if one is None or other is None:
        return one is other
    return fold(one.strip()) == fold(other.strip())
