"""Jumping: a label on every row and pane in sight; typing it goes there, any other key leaves all as it was.

Labels are one letter as long as the letters last, those under the resting fingers first and nearest to the cursor;
where there are more places some have two, and no label begins another.
"""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, NamedTuple

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from fieldgate.ui.bindings import binding
from fieldgate.ui.widgets.frame import Framed
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.spine import Spine
from fieldgate.words import t

_RESTING = "asdfjklghqwertyuiopzxcvbnm"
"""The letters of labels in the order in which they are given away."""


class Spot(NamedTuple):
    """A place to jump to: where its label stands on the screen, and what going there does."""

    x: int
    y: int
    go: Callable[[], None]


class JumpScreen(ModalScreen[int], inherit_bindings=False):
    """The labels over the screen below; closes with the number of the spot, or with nothing.

    Args:
        spots: Where labels stand.
    """

    DEFAULT_CSS = """
    JumpScreen {
        background: $background 40%;
        & > Static {
            position: absolute;
            width: auto;
            height: 1;
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: bold reverse;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [binding("list.back", "close")]

    def __init__(self, spots: list[Spot]) -> None:
        super().__init__()
        self._typed = ""
        self._numbers = {label: number for number, label in enumerate(labels(len(spots)))}
        self._signs = {label: _sign(label, spots[number]) for label, number in self._numbers.items()}

    def compose(self) -> ComposeResult:
        """Every label in its place."""
        yield from self._signs.values()

    def on_key(self, event: events.Key) -> None:
        """Take a letter of a label; whatever is none leaves."""
        event.stop()
        event.prevent_default()
        typed = self._typed + (event.character or event.key)
        if typed in self._numbers:
            self.dismiss(self._numbers[typed])
        elif any(label.startswith(typed) for label in self._numbers):
            self._typed = typed
            for label, sign in self._signs.items():
                sign.display = label.startswith(typed)
        else:
            self.dismiss(None)

    def on_click(self) -> None:
        """Leave."""
        self.dismiss(None)

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(None)


def jump(app: App[Any]) -> None:
    """Show the labels of the screen and go where one leads."""
    spots = list(spots_of(app.screen))
    if not spots:
        app.notify(t("Nothing to jump to is in sight."))
        return

    def chosen(number: int | None) -> None:
        if number is not None:
            spots[number].go()

    app.push_screen(JumpScreen(spots), chosen)


def spots_of(screen: Screen[Any]) -> Iterator[Spot]:
    """Find what is in sight of a screen: the rows of lists, those of the focused one first, and the other panes."""
    parts = [each for each in screen.query(Framed) if each.is_on_screen and each.region.width > 1]
    parts.sort(key=lambda each: not each.has_focus)
    for part in parts:
        if isinstance(part, RecordList) and part.count and part.can_focus:
            yield from _rows(screen, part)
        elif part.can_focus or isinstance(part, Spine):
            yield Spot(part.region.x + 1, part.region.y, _focuser(screen, part))


def _rows(screen: Screen[Any], rows: RecordList) -> Iterator[Spot]:
    seen: set[int] = set()
    for y in range(rows.size.height):
        number = rows.number_at(y)
        row = rows.row(number) if number is not None and number not in seen else None
        if number is not None and row is not None:
            seen.add(number)
            yield Spot(rows.region.x, rows.region.y + y, _row_goer(screen, rows, row.id))


def _row_goer(screen: Screen[Any], rows: RecordList, row_id: str) -> Callable[[], None]:
    def go() -> None:
        screen.set_focus(rows, scroll_visible=False)
        rows.go_to(row_id)

    return go


def _focuser(screen: Screen[Any], part: Widget) -> Callable[[], None]:
    def go() -> None:
        if isinstance(part, Spine):
            part.post_message(Spine.Clicked(part))
        else:
            screen.set_focus(part, scroll_visible=False)

    return go


def _sign(label: str, spot: Spot) -> Static:
    sign = Static(Content(label))
    sign.styles.offset = (spot.x, spot.y)
    return sign


def labels(count: int) -> list[str]:
    """Return so many labels of one or two letters, the short ones first; none begins another."""
    letters = _RESTING
    heads = 0
    while len(letters) - heads + heads * len(letters) < count and heads < len(letters):
        heads += 1
    short = list(letters[: len(letters) - heads])
    long = [head + tail for head in letters[len(letters) - heads :] for tail in letters]
    return [*short, *long][:count]
