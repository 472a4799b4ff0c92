"""Where everything on the desk has its place: what is shown at which size, who has the focus, strip and hints.

From 120 cells on all stand side by side; below that one pane at a time, the tab line says which. The detail has a
place of its own where there are 32 lines and takes that of the view where there are fewer.
"""

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget

from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import HintsChanged
from fieldgate.ui.pane import Covered, ListPane, Pane, show
from fieldgate.ui.panes.detail.pane import DetailPane
from fieldgate.ui.panes.journey import JourneyPane
from fieldgate.ui.screens.strip import strip_of, tabs_of
from fieldgate.ui.screens.views import BY_NAME, LEFT, emptiness
from fieldgate.ui.widgets.gate_bar import WIDE, GateBar
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.tab_line import TabLine
from fieldgate.workspace.returning import Place
from fieldgate.workspace.state import State

if TYPE_CHECKING:
    from textual.timer import Timer

SIDE = 38
"""Cells of the left column, as in the style sheet."""
TALL = 32
"""From this many lines on the detail has a place of its own."""


class PlacesScreen(Screen[None], inherit_bindings=False):
    """The parts of the desk in their places; where the keys lead is said by `DeskScreen`.

    Args:
        state: What it shows at first.
        keymap: The keys in force.
        place: Where one was when one left.
    """

    AUTO_FOCUS = ""

    # Textual paints the whole screen again at each change of focus; the panes draw their own frames.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    state: reactive[State | None] = reactive(None, layout=False, repaint=False)
    drawn: reactive[State | None] = reactive(None, layout=False, repaint=False)
    """The State that the panes show: behind triage it stays behind."""

    def __init__(self, state: State, keymap: Keymap, place: Place | None = None) -> None:
        super().__init__()
        self._keymap = keymap
        self._place = place or Place()
        self._right = "journey"
        self._left = "hypotheses"
        self._origin: Widget | None = None
        self._before_gate: str | None = None
        self._wanted = ("", "")
        self._pause: Timer | None = None
        self._detail = DetailPane(id="detail")
        self._here = "journey"
        for name in (self._place.right, self._place.left, self._place.view):
            self._turn_to(name)
        self._is_reading = False
        self._is_grown = False
        self._rests = False
        self.set_reactive(PlacesScreen.state, state)
        self.set_reactive(PlacesScreen.drawn, state)

    def compose(self) -> ComposeResult:
        """Place what is seen first; the other views come when they are first shown."""
        yield GateBar(id="gate-bar")
        if self._is_narrow:
            yield TabLine(id="tabs")
        with Covered(id="body"):
            with Covered(id="left"):
                for name in LEFT:
                    yield self._made(name).data_bind(state=PlacesScreen.drawn)
            with Covered(id="right"):
                for name in dict.fromkeys(("journey", self._right)):
                    yield self._made(name).data_bind(state=PlacesScreen.drawn)
                yield self._detail.data_bind(state=PlacesScreen.drawn)
        yield HintLine(id="hints")

    def on_mount(self) -> None:
        """Place everything, then begin."""
        self._arrange()
        self._draw_strip()
        self.begin()

    def begin(self) -> None:
        """Take the focus where one was."""
        self._focus(self._pane(self._here).heart)

    def watch_state(self) -> None:
        """Draw the strip; the panes draw themselves."""
        if self._rests:
            return
        self.drawn = self.state
        if self.is_mounted:
            self._draw_strip()

    def rest(self) -> None:
        """Draw nothing of what comes until `wake`: a screen covers everything, and whoever works there shall not wait."""
        self._rests = True

    def wake(self) -> None:
        """Draw what has come meanwhile."""
        self._rests = False
        self.watch_state()

    def on_resize(self) -> None:
        """Keep the pane in sight that has the focus."""
        self._arrange()

    # Where one is

    @property
    def view(self) -> str:
        """The view that has the focus, or that the detail belongs to."""
        return self._here

    @property
    def right(self) -> str:
        """The view that is shown on the right, whether or not it has the focus."""
        return self._right

    @property
    def left(self) -> str:
        """The list of the left column that had the focus last."""
        return self._left

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < WIDE

    @property
    def _has_room(self) -> bool:
        """Whether the detail has a place of its own."""
        return not self._is_narrow and self.app.size.height >= TALL

    def _pane(self, name: str) -> ListPane | Pane:
        pane = self.query_one(f"#pane-{name}")
        if not isinstance(pane, (ListPane, Pane)):
            raise TypeError(name)
        return pane

    @staticmethod
    def _pane_of(widget: Widget | None) -> str:
        """Id of the pane that a widget belongs to; empty for none."""
        while widget is not None:
            if (widget.id or "").startswith("pane-"):
                return widget.id or ""
            widget = widget.parent if isinstance(widget.parent, Widget) else None
        return ""

    # Places

    def _turn_to(self, name: str) -> None:
        """Be in a view, which has yet to be shown."""
        if name in LEFT:
            self._left = self._here = name
        elif name in BY_NAME:
            self._right = self._here = name

    def _made(self, name: str) -> ListPane | Pane:
        """Make a view as it was left, so that it reads what it shows once."""
        pane, place = BY_NAME[name].make(), self._place
        if isinstance(pane, JourneyPane):
            # Before it has its columns: those without room are never made.
            pane.fit(self._board_width)
            phases = {each.id for each in self.state.playbook.phases} if place.phase and self.state else set()
            phase = place.phase if place.phase in phases else ""
            pane.come_back(phase, place.column, place.first_column, is_map=place.is_map)
        if isinstance(pane, ListPane):
            pane.set_empty(emptiness(pane, self._keymap.label))
        for each in pane.columns if isinstance(pane, JourneyPane) else (pane,):
            if isinstance(each, ListPane) and (left_at := place.lists.get(each.id or "")):
                each.come_back(*left_at)
        return pane

    @property
    def _board_width(self) -> int:
        return self.app.size.width - (0 if self._is_narrow else SIDE)

    def _show_right(self, name: str) -> None:
        if not self.query(f"#pane-{name}"):
            pane = self._made(name)
            self.query_one("#right").mount(pane, before=self._detail)
            pane.state = self.drawn
            # Bound by hand: a pane that comes later is not made in compose.
            self.watch(self, "drawn", lambda state: setattr(pane, "state", state), init=False)

    def _arrange(self) -> None:
        """Show what has room: all side by side, or one pane at a time; the detail beside its list or in its place."""
        narrow, room, reading, here = self._is_narrow, self._has_room, self._is_reading, self._here
        self.query_one(JourneyPane).fit(self._board_width)
        self._show_tabs(visible=narrow)
        left = self.query_one("#left")
        left.set_class(narrow, "-alone")
        show(left, visible=not narrow or (here in LEFT and not reading))
        for name in LEFT:
            show(self._pane(name), visible=not narrow or here == name)
        show(self.query_one("#right"), visible=not narrow or reading or here not in LEFT)
        for pane in self.query("#right > .view"):
            show(pane, visible=pane.id == f"pane-{self._right}" and (room or not reading))
        show(self._detail, visible=room or reading)
        # The board needs its height; the gate has as many lines as criteria.
        self._detail.set_class(room and not (reading and self._is_grown) and self._right == "journey", "-low")
        self._detail.set_class(room and self._right == "gate", "-high")

    def _show_tabs(self, *, visible: bool) -> None:
        tabs = self.query(TabLine)
        if visible and not tabs:
            self.mount(TabLine(id="tabs"), after="#gate-bar")
        for each in tabs:
            show(each, visible=visible)

    def _minimize(self) -> None:
        if self.maximized is not None:
            self.minimize()

    def _focus(self, widget: Widget) -> None:
        """Give the focus. Nothing scrolls here; asking whether a new pane is in sight would cost it its first resize."""
        self.set_focus(widget, scroll_visible=False)

    def _stop_reading(self) -> None:
        self._is_reading = False

    # Strip and hints

    @on(events.DescendantFocus)
    @on(HintsChanged)
    def _after_move(self) -> None:
        focused = self.focused
        name = self._pane_of(focused).removeprefix("pane-")
        if name:
            if self._is_reading or name != self._here:
                # A click, which no key led here.
                self._stop_reading()
                self._here = name
                self._arrange()
                self._draw_strip()
            if name in LEFT:
                self._left = name
        names = [*getattr(focused, "HINTS", ()), *getattr(self._holder(focused), "HINTS", ())]
        hints = [self._keymap.hint(name) for name in dict.fromkeys(names)]
        self.query_one(HintLine).show([*hints, self._keymap.hint("app.help")])

    def _holder(self, focused: Widget | None) -> Widget | None:
        name = self._pane_of(focused)
        return self.query_one(f"#{name}") if name else None

    def _draw_strip(self) -> None:
        state = self.state
        if state is None:
            return
        self.query_one(GateBar).show(strip_of(state, self._keymap))
        for tabs in self.query(TabLine):
            if tabs.display:
                tabs.show(*tabs_of(state, self.view, self._keymap))
