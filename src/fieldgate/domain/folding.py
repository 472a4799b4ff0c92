"""Comparing and finding text in any script.

Fold: NFKD, case folded, combining marks U+0300-036F dropped, đ as d, then NFC. So both normal forms of Vietnamese, any
case of Cyrillic and words typed without marks are found; Thai marks, which carry meaning, stay.
"""

import re
import unicodedata

_DROPPED = re.compile("[\u0300-\u036f\u200b-\u200d\u2060\ufeff\u00ad]+")
"""Combining marks, and signs that nobody sees."""


def fold(text: str) -> str:
    """Return the form in which texts are compared and searched."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", _DROPPED.sub("", folded).replace("đ", "d"))


def same(one: str | None, other: str | None) -> bool:
    """Whether two names, segments or handles are one and the same to a reader; None is only None."""
    if one is None or other is None:
        return one is other
    return fold(one.strip()) == fold(other.strip())
