"""Spans and lines: a text to read as values, made by those who know records and drawn by those who know cells."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from fieldgate.ui.widgets.signs import quoted

Look = Literal["", "strong", "label", "dim", "quote", "warn"]


class Span(NamedTuple):
    """A run of raw text with one look; `link` is (kind, id) of the record that Enter on it goes to."""

    text: str
    look: Look = ""
    link: tuple[str, str] | None = None


class Line(NamedTuple):
    """A paragraph: wrapped where it has to be, what follows the first line set in by `indent` cells.

    `follow` is drawn there instead of blanks, as the stems of a tree are; it is as wide as the indent.
    """

    spans: tuple[Span, ...] = ()
    indent: int = 0
    follow: str = ""


BLANK = Line()


def line(*parts: Span | str, indent: int = 0, follow: str = "") -> Line:
    """Make a line of spans and plain texts; empty texts are left out."""
    spans = (part if isinstance(part, Span) else Span(part) for part in parts)
    return Line(tuple(span for span in spans if span.text), indent or len(follow), follow)


def strong(text: str) -> Span:
    """A text with weight."""
    return Span(text, "strong")


def label(text: str) -> Span:
    """A name before a value."""
    return Span(text, "label")


def dim(text: str) -> Span:
    """A text in the background."""
    return Span(text, "dim")


def warn(text: str) -> Span:
    """A text that asks for attention; its words say so too."""
    return Span(text, "warn")


def quote(text: str) -> Span:
    """Words that somebody said."""
    return Span(quoted(text), "quote")


def link(text: str, kind: str, record_id: str) -> Span:
    """A text that leads to a record."""
    return Span(text, "", (kind, record_id))


def joined(parts: Iterable[Span | str | None], between: str = " · ") -> tuple[Span, ...]:
    """Put something between parts; what is empty is left out."""
    spans: list[Span] = []
    for part in parts:
        span = Span(part) if isinstance(part, str) else part
        if span is None or not span.text:
            continue
        if spans:
            spans.append(dim(between))
        spans.append(span)
    return tuple(spans)
