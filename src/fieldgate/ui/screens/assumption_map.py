"""The assumption map: importance upwards, confidence to the right; the riskiest belief is marked, Enter opens one.

Every state is read by its glyph, the riskiest by its `!`, the cursor by its brackets: nothing needs colour.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip

from fieldgate.domain.assumption_map import LEVELS, Placed, Plot, Point, laid_out, points_of
from fieldgate.domain.display import clean
from fieldgate.domain.gates import policy_of
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import Done, OpenRequested
from fieldgate.ui.plain import cut, pad, width_of
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.widgets.drawn import Drawn
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.signs import HYPOTHESIS_STATES, sign_of
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

_AXIS = 5
"""Cells before the map: the importance, its stroke, and one for the bracket of a cursor in the first column."""
_BELOW = 5
"""Lines below the map: the axis, its words, a blank, the belief under the cursor on two."""
_ABOVE = 1


class MapView(Drawn, can_focus=True):
    """The map."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "map--label": "$text-muted",
        "map--strong": "bold",
        "map--risk": "bold $warning",
        "map--cursor": "bold $block-cursor-foreground on $block-cursor-background",
    }
    DEFAULT_CSS = """
    MapView {
        height: 1fr;
        background: $surface;
    }
    """
    HELP = mark(
        "Importance upwards, confidence to the right: -1 they say no, 0 not known, +1 they say yes. The riskiest corner "
        "is on top in the middle, where much hangs on a belief and little is known; the riskiest open one carries a !. "
        "j and k go from belief to belief, riskiest first; h and l go across; Enter opens one. "
        "· draft, ? testing, ✓ supported, ✗ refuted."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.down", "next(1)"),
        binding("list.up", "next(-1)"),
        binding("list.left", "across(-1)"),
        binding("list.right", "across(1)"),
        binding("list.home", "first"),
        binding("list.open", "open"),
    ]

    class Opened(Message):
        """A belief was opened."""

        def __init__(self, belief_id: str) -> None:
            super().__init__()
            self.id = belief_id

    def __init__(self, points: tuple[Point, ...]) -> None:
        super().__init__()
        self._points = points
        self._cursor = 0
        self._plot: Plot | None = None

    @property
    def point(self) -> Point | None:
        """The belief under the cursor."""
        return self._points[self._cursor] if self._points else None

    @property
    def plot(self) -> Plot:
        """The map in the cells that there are."""
        width, height = max(12, self.size.width - _AXIS - 2), max(LEVELS, self.size.height - _BELOW - _ABOVE)
        if self._plot is None or (self._plot.width, self._plot.band) != (width, max(1, height // LEVELS)):
            self._plot = laid_out(self._points, width, height)
        return self._plot

    # Moving

    def action_next(self, by: int) -> None:
        """Go to the next belief by risk."""
        if self._points:
            self._cursor = max(0, min(self._cursor + by, len(self._points) - 1))
            self.refresh()

    def action_first(self) -> None:
        """Go to the riskiest."""
        self._cursor = 0
        self.refresh()

    def action_across(self, by: int) -> None:
        """Go to the nearest belief on that side."""
        here = next((each for each in self.plot.placed if each.point is self.point), None)
        if here is None:
            return
        beside = [each for each in self.plot.placed if (each.column - here.column) * by > 0]
        if beside:
            near = min(beside, key=lambda each: abs(each.column - here.column) + 2 * abs(each.line - here.line))
            self._cursor = self._points.index(near.point)
            self.refresh()

    def action_open(self) -> None:
        """Open the belief under the cursor."""
        if self.point is not None:
            self.post_message(self.Opened(self.point.belief.id))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        plot, width = self.plot, self.size.width
        if y < _ABOVE:
            title = cut(f" {t('Assumption map')}", plot.middle + _AXIS - 1)
            corner = pad(title, plot.middle + _AXIS), t("▼ riskiest corner")
            return self.strip_of([(corner[0], "map--strong"), (corner[1], "map--risk")], width)
        y -= _ABOVE
        if y < plot.height:
            return self.strip_of(self._map_line(plot, y), width)
        below: list[list[tuple[str, str]]] = [self._axis(plot), self._legend(plot), [], *self._told(width)]
        y -= plot.height
        return self.strip_of(below[y] if y < len(below) else [], width)

    def _map_line(self, plot: Plot, y: int) -> list[tuple[str, str]]:
        level = LEVELS - y // plot.band
        parts = [(f" {level} ┤" if y % plot.band == 0 else "   │", "map--label")]
        at = -1
        for each in (placed for placed in plot.placed if placed.line == y):
            parts.append((self._gap(plot, at, each.column - 1), "map--label"))
            parts += self._label(each)
            at = each.column + each.width + 1
        parts.append((self._gap(plot, at, plot.width), "map--label"))
        return parts

    @staticmethod
    def _gap(plot: Plot, start: int, end: int) -> str:
        """The empty cells between two labels, with the stroke of the middle where it runs through."""
        return "".join("┊" if column == plot.middle else " " for column in range(start, end))

    def _label(self, placed: Placed) -> list[tuple[str, str]]:
        """A label between two cells of its own, which hold the brackets of the cursor."""
        point = placed.point
        text = cut(f"{sign_of(HYPOTHESIS_STATES, point.belief.state).glyph}{clean(point.belief.code)}", placed.width)
        if point.riskiest:
            text = cut(f"{text}!", placed.width)
        text = pad(text, placed.width)
        if point is self.point:
            return [(f"[{text}]", "map--cursor")]
        look = "map--risk" if point.riskiest else "map--strong" if point.key else ""
        return [(f" {text} ", look)]

    def _axis(self, plot: Plot) -> list[tuple[str, str]]:
        return [(f"   └{'─' * (plot.width + 2)}", "map--label")]

    def _legend(self, plot: Plot) -> list[tuple[str, str]]:
        left, middle, right = t("-1 they say no"), t("0 not known"), t("they say yes +1")
        spare = plot.width - width_of(left) - width_of(middle) - width_of(right)
        before = max(1, plot.middle - width_of(left) - width_of(middle) // 2)
        after = max(1, spare - before)
        return [(f"     {left}{' ' * before}{middle}{' ' * after}{right}", "map--label")]

    def _told(self, width: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        point = self.point
        if point is None:
            return [(t(" No belief is held yet; write one first."), "")], []
        belief = point.belief
        sign = sign_of(HYPOTHESIS_STATES, belief.state)
        risky = t("riskiest · ") if point.riskiest else ""
        facts = t("{risky}{state} · importance {n} · confidence {c} · risk {risk}", risky=risky, state=sign.text,
                  n=belief.importance, c=f"{point.confidence:+.2f}", risk=f"{point.risk:.2f}")  # fmt: skip
        hidden = self.plot.hidden
        if hidden:
            facts += t(" · no room for {codes}", codes=", ".join(each.belief.code for each in hidden))
        name = cut(f" {belief.code} {clean(belief.statement)}", width)
        return [(name, "map--strong")], [(cut(f" {facts}", width), "map--label")]


class AssumptionMapScreen(ModalScreen[str], inherit_bindings=False):
    """The map over the desk; closes with the id of the belief that was opened, or with nothing."""

    DEFAULT_CSS = """
    AssumptionMapScreen {
        align: center middle;
        background: $background 60%;
        & > #map { width: 100%; height: 100%; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [binding("list.back", "close"), binding("app.help", "app.explain")]

    def __init__(self, points: tuple[Point, ...], keymap: Keymap) -> None:
        super().__init__()
        self._map = MapView(points)
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The map over its keys."""
        with Vertical(id="map"):
            yield self._map
            yield HintLine(id="map-hints")

    def on_mount(self) -> None:
        """Start on the riskiest."""
        names = ("list.down", "list.right", "list.open", "list.back", "app.help")
        self.query_one(HintLine).show([self._keymap.hint(name) for name in names])
        self._map.focus()

    def on_map_view_opened(self, event: MapView.Opened) -> None:
        """Go to a belief."""
        event.stop()
        self.dismiss(event.id)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def show(desk: "DeskScreen") -> None:
    """Show the map."""

    def left(belief_id: str | None) -> None:
        if belief_id:
            desk.post_message(OpenRequested("hypothesis", belief_id))

    def found(points: tuple[Point, ...]) -> None:
        desk.app.push_screen(AssumptionMapScreen(points, desk.keymap), left)

    open_by(desk, lambda opened: Done(points_of(opened.facts, policy_of(opened.facts, opened.playbook))), found)
