"""What a record view is made of, as raw text, and how it becomes lines, lazily."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from fieldgate.domain.display import clean
from fieldgate.ui.plain import pad, width_of, wrap

_LONGEST_LABEL = 16
_LEAST_TEXT = 12


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another record, on a line of its own."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value beside it; with a target the whole of it is a link."""

    label: str
    value: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Text as it was written, of any length."""

    text: str


Part = Heading | Field | Text | Link


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the view: cleaned text by look, and the link it belongs to."""

    parts: tuple[tuple[str, str], ...]
    link: Link | None = None


def lay_out_parts(parts: Sequence[Part], width: int) -> Iterator[Line]:
    """Yield the lines of the parts in `width` cells; a long text costs what is read of it."""
    labels = (width_of(clean(part.label)) for part in parts if isinstance(part, Field))
    column = min(max(labels, default=0), _LONGEST_LABEL, max(0, width - _LEAST_TEXT))
    for number, part in enumerate(parts):
        match part:
            case Heading(text):
                if number:
                    yield Line(())
                yield from (Line(((line, "heading"),)) for line in wrap(clean(text), width))
            case Field(label, value, link):
                yield from _field_lines(label, value, link, column, width)
            case Text(text):
                yield from (Line(((line, "text"),)) for line in wrap(clean(text, lines=True), width))
            case Link(label=label):
                yield from (Line(((line, "link"),), part) for line in wrap(clean(label), width))


def _field_lines(label: str, value: str, link: Link | None, column: int, width: int) -> Iterator[Line]:
    look = "text" if link is None else "link"
    lines = wrap(clean(value, lines=True), max(1, width - column - 2))
    for line, head in zip(lines, chain([pad(clean(label), column)], repeat(" " * column)), strict=False):
        yield Line(((f"{head}  ", "label"), (line, look)), link)
