"""HintLine: the keys that matter now, made from the keymap in force; a click on one presses it.

Most used first. What does not fit is dropped from the end, but the last hint (all keys) always stays.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from fieldgate.domain.display import clean
from fieldgate.ui.keymap import Hint
from fieldgate.ui.plain import width_of
from fieldgate.ui.widgets.drawn import Drawn

_GAP = 2


class Placed(NamedTuple):
    """A hint at its place in a line."""

    x: int
    width: int
    hint: Hint


class HintLine(Drawn):
    """A line of hints, or several.

    Args:
        lines: How many lines it may take.
    """

    LOOKS: ClassVar[Mapping[str, str]] = {
        "hint-line--key": "bold $foreground",
        "hint-line--words": "$text-muted",
        "hint-line--off": "$text-disabled",
    }
    DEFAULT_CSS = """
    HintLine {
        height: auto;
    }
    """

    def __init__(
        self,
        lines: int = 1,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._lines = lines
        self._hints: tuple[Hint, ...] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show hints, the most used first; the last one is shown whatever else has to go."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the lines it was given, used or not, so that nothing else moves when the hints change."""
        return self._lines

    def render_line(self, y: int) -> Strip:
        """Draw a line of hints."""
        parts: list[tuple[str, str]] = []
        end = 0
        for placed in self._place(y):
            hint = placed.hint
            key, words = ("key", "words") if hint.enabled else ("off", "off")
            parts += [
                (" " * (placed.x - end), ""),
                (clean(hint.label), f"hint-line--{key}"),
                (f" {clean(hint.words)}", f"hint-line--{words}"),
            ]
            end = placed.x + placed.width
        return self.strip_of(parts, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for placed in self._place(event.y):
            if placed.x <= event.x < placed.x + placed.width:
                event.stop()
                self.app.simulate_key(placed.hint.key)

    def _place(self, y: int) -> list[Placed]:
        lines = place(self._hints, self.size.width, self._lines)
        return lines[y] if y < len(lines) else []


def place(hints: Sequence[Hint], width: int, lines: int) -> list[list[Placed]]:
    """Place hints on lines of `width` cells; the last hint keeps its room at the end of the last line."""
    if not hints:
        return []
    *others, last = hints
    reserved = _width_of(last)
    placed: list[list[Placed]] = [[]]
    x = 0
    for hint in others:
        size = _width_of(hint)
        room = width - (reserved + _GAP if len(placed) == lines else 0)
        if x + size > room and len(placed) < lines and x:
            placed.append([])
            x = 0
            room = width - (reserved + _GAP if len(placed) == lines else 0)
        if x + size > room:
            break
        placed[-1].append(Placed(x, size, hint))
        x += size + _GAP
    if x + reserved > width and len(placed) < lines:
        placed.append([])
        x = 0
    placed[-1].append(Placed(x, reserved, last))
    return placed


def _width_of(hint: Hint) -> int:
    return width_of(clean(hint.label)) + 1 + width_of(clean(hint.words))
