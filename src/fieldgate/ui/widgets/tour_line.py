"""TourLine: two lines on top of every screen that say what to do next in the tour, and why."""

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from textual.geometry import Size
from textual.strip import Strip

from fieldgate.domain.display import clean
from fieldgate.ui.plain import pad, width_of, wrap
from fieldgate.ui.widgets.drawn import Drawn
from fieldgate.words import t


class TourText(NamedTuple):
    """What the line says: how many steps are done and how many there are, what to do, why, and the keys beside it."""

    done: int
    total: int
    what: str
    why: str
    keys: str


class TourLine(Drawn):
    """The line; it takes no focus and hears no key."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "tour--head": "bold $accent",
        "tour--what": "bold",
        "tour--why": "$text-muted",
    }
    DEFAULT_CSS = """
    TourLine {
        dock: top;
        height: auto;
        background: $panel;
    }
    """

    def __init__(self, said: TourText) -> None:
        super().__init__(classes="tour-line")
        self._said = said

    def show(self, said: TourText) -> None:
        """Say something else."""
        if said != self._said:
            before = len(self._rows(self.size.width))
            self._said = said
            self.refresh(layout=len(self._rows(self.size.width)) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return two lines, more where the words of a language need them."""
        return len(self._rows(width))

    def render_line(self, y: int) -> Strip:
        """Draw the step, or why it is taken and the keys of the tour."""
        rows = self._rows(self.size.width)
        return self.strip_of(rows[y] if y < len(rows) else [], self.size.width)

    def _rows(self, width: int) -> list[list[tuple[str, str]]]:
        said = self._said
        room = max(1, width - 2)
        rows = [[(f" {each}", "tour--what")] for each in wrap(clean(said.what), room)]
        head = f" {t('TOUR')} {_ticks(said.done, said.total)} "
        keys, why = clean(said.keys), clean(said.why)
        free = width - width_of(head) - width_of(keys) - 1
        if width_of(why) > free:
            rows += [[(f" {each}", "tour--why")] for each in wrap(why, room)]
            why = ""
        return [*rows, [(head, "tour--head"), (pad(why, max(0, free)), "tour--why"), (f" {keys}", "tour--head")]]


def _ticks(done: int, total: int) -> str:
    """How far one is, a sign for each step, so that it reads without colour."""
    return ("✓" * done + "▶" + "·" * total)[:total]
