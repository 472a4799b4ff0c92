"""Capturing a line: what of it is the mark that the interviewer gave it, and what is the text.

A leading letter of the marks with a colon is the mark (`p: they print it twice`); everything behind
it is the text. A text that should begin so is written with its mark given apart.
"""

from fieldgate.domain.records.learning import Mark


def split_mark(line: str) -> tuple[Mark | None, str]:
    """Return the mark of a line, if it begins with one, and the text without it."""
    letter, colon, rest = line.partition(":")
    if colon and letter in set(Mark) and rest.strip():
        return Mark(letter), rest.lstrip(" ")
    return None, line
