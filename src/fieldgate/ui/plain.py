"""The one way from stored text to the screen: text stays text, and no control character reaches the terminal.

A `str` given to most widgets of Textual is read as markup: it can be altered, become a live action or end the app.
Whatever came from a record, a file or another program is shown as the `Content` that `plain` makes, or drawn from
what `clean` of `fieldgate.domain.display` returns. `ControlFilter` is the last door for what went another way.
"""

import re
from functools import partial

from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from fieldgate.domain import display
from fieldgate.domain.display import BAD, STAND_IN, clean

# Measured as Textual measures: a line whose width it sees otherwise would push the borders.
width_of = cell_len
cut = partial(display.cut, cells=get_character_cell_size)
pad = partial(display.pad, cells=get_character_cell_size)
wrap = partial(display.wrap, cells=get_character_cell_size)

_SURROGATE = "[\ud800-\udfff]"


def plain(text: str, *, lines: bool = False) -> Content:
    """Return text of a record or a file as content that no widget takes for markup.

    Args:
        text: As it was stored; anything may be in it.
        lines: Keep line breaks; otherwise each becomes a visible stand-in on the one line.
    """
    return Content(clean(text, lines=lines))


class ControlFilter(LineFilter):
    """The last door: takes out of drawn lines what a terminal would obey.

    Controls and overrides have no width in Rich's measure, so taking them out moves nothing; a lone surrogate has a
    cell and gets the stand-in.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the signature of the base class
        # What is printable is let through without a pattern: every line that is drawn passes here.
        if all(segment.control is not None or segment.text.isprintable() for segment in segments):
            return segments
        return [segment if segment.control is not None else self._filtered(segment) for segment in segments]

    @staticmethod
    def _filtered(segment: Segment) -> Segment:
        if segment.text.isprintable():
            return segment
        return Segment(re.sub("[\t\n]|" + BAD, "", re.sub(_SURROGATE, STAND_IN, segment.text)), segment.style)
