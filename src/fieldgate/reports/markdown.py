"""Record text inside Markdown: it stays text, whatever it holds.

A reader of the file may turn Markdown into a page. So nothing of a record may become a heading, a link, a picture, a
tag or code there: every character that Markdown reads is escaped.
"""

import re
from collections.abc import Iterator

from fieldgate.domain.display import clean

_INLINE = re.compile(r"([\\`*_\[\]<>|~#&!])")
_START = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
_LINK = re.compile(r"(?i)\b(https?|ftp|file|javascript|data|mailto)(:)")
_MAIL = re.compile(r"(?i)(www)(\.)|(@)")


def one(text: str) -> str:
    """Return a text as one line that shows exactly what it holds."""
    return _escaped(" ".join(clean(text, lines=True).split()))


def quote(text: str) -> Iterator[str]:
    """Write a text of several lines as a quotation."""
    for line in clean(text, lines=True).splitlines() or [""]:
        yield f"> {_escaped(line.strip())}".rstrip()


def paragraphs(text: str) -> Iterator[str]:
    """Write a text of several lines line by line, each break kept."""
    lines = [line.rstrip() for line in clean(text, lines=True).splitlines()]
    for number, line in enumerate(lines):
        more = number + 1 < len(lines) and line and lines[number + 1]
        yield _escaped(line.strip()) + ("\\" if more else "")


def _escaped(text: str) -> str:
    text = _INLINE.sub(r"\\\1", text)
    text = _START.sub(lambda found: f"{found[1]}{_guarded(found[2])}", text)
    text = _LINK.sub(r"\1\\\2", text)
    return _MAIL.sub(lambda found: f"{found[1]}\\." if found[1] else "\\@", text)


def _guarded(start: str) -> str:
    return f"{start}\u200b" if start.isdigit() else f"\\{start}"
