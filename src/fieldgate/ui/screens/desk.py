"""The desk: the strip of the gate, hypotheses and notes, one view beside them, the detail, and the keys that matter.

From 120 cells on all stand side by side; below that one pane at a time, the tab line says which. The detail has a
place of its own where there are 32 lines and takes that of the view where there are fewer.
"""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget

from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import (
    BackRequested,
    CursorMoved,
    DetailRequested,
    HintsChanged,
    OpenRequested,
    SideRequested,
    ViewRequested,
)
from fieldgate.ui.pane import ListPane, Pane, show
from fieldgate.ui.panes.detail.pane import DetailPane
from fieldgate.ui.screens.strip import strip_of, tabs_of
from fieldgate.ui.screens.views import BY_NAME, LEFT, OF_KIND, PANES
from fieldgate.ui.widgets.gate_bar import WIDE, GateBar
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.tab_line import TabLine
from fieldgate.words import t
from fieldgate.workspace.state import State

if TYPE_CHECKING:
    from textual.timer import Timer

TALL = 32
"""From this many lines on the detail has a place of its own."""
_PATIENCE = 0.05
"""Seconds that the detail waits for the cursor to rest."""


class DeskScreen(Screen[None], inherit_bindings=False):
    """The main screen.

    Args:
        state: What it shows at first.
        keymap: The keys in force.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding(f"view.{spec.name}", f"view('{spec.name}')") for spec in PANES),
        binding("gate.why", "gate"),
        binding("pane.next", "pane(1)"),
        binding("pane.previous", "pane(-1)"),
        binding("list.back", "back"),
        binding("list.zoom", "zoom"),
    ]

    # Textual paints the whole screen again at each change of focus; the panes draw their own frames.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    state: reactive[State | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, state: State, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self._right = "journey"
        self._left = "hypotheses"
        self._origin: Widget | None = None
        self._before_gate: str | None = None
        self._wanted = ("", "")
        self._pause: Timer | None = None
        self._detail = DetailPane(id="detail")
        self._here = "journey"
        self._is_reading = False
        self.set_reactive(DeskScreen.state, state)

    def compose(self) -> ComposeResult:
        """Place what is always there; the other views come when they are first shown."""
        yield GateBar(id="gate-bar")
        yield TabLine(id="tabs")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                for name in LEFT:
                    yield BY_NAME[name].make().data_bind(DeskScreen.state)
            with Vertical(id="right"):
                yield BY_NAME["journey"].make().data_bind(DeskScreen.state)
                yield self._detail.data_bind(DeskScreen.state)
        yield HintLine(id="hints")

    def on_mount(self) -> None:
        """Start on the board."""
        self._arrange()
        self._draw_strip()
        self.set_focus(self._pane("journey").heart)

    def watch_state(self) -> None:
        """Draw the strip; the panes draw themselves."""
        if self.is_mounted:
            self._draw_strip()

    def on_resize(self) -> None:
        """Keep the pane in sight that has the focus."""
        self._arrange()

    # Where one is

    @property
    def view(self) -> str:
        """The view that has the focus, or that the detail belongs to."""
        return self._here

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

    # Going places

    def action_view(self, name: str) -> None:
        """Go to a view."""
        self._before_gate = None
        self.show_view(name)

    def show_view(self, name: str) -> None:
        """Show a view and give it the focus; the cursor is where it was."""
        self._stop_reading()
        self._minimize()
        if name in LEFT:
            self._left = name
        else:
            self._right = name
            self._show_right(name)
        self._here = name
        self._arrange()
        self.set_focus(self._pane(name).heart)
        self._draw_strip()

    def _show_right(self, name: str) -> None:
        if not self.query(f"#pane-{name}"):
            pane = BY_NAME[name].make()
            self.query_one("#right").mount(pane, before=self._detail)
            pane.state = self.state
            # Bound by hand: a pane that comes later is not made in compose.
            self.watch(self, "state", lambda state: setattr(pane, "state", state), init=False)

    def _arrange(self) -> None:
        """Show what has room: all side by side, or one pane at a time; the detail beside its list or in its place."""
        narrow, room, reading, here = self._is_narrow, self._has_room, self._is_reading, self._here
        show(self.query_one("#tabs"), visible=narrow)
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
        self._detail.set_class(room and not reading and self._right == "journey", "-low")
        self._detail.set_class(room and self._right == "gate", "-high")

    def action_gate(self) -> None:
        """Go to the gate; from there come back to where one was."""
        if self.view == "gate" and not self._is_reading:
            self.show_view(self._before_gate or "journey")
            self._before_gate = None
        else:
            self._before_gate = self._before_gate or self.view
            self.show_view("gate")

    def action_pane(self, by: int) -> None:
        """Go to the next pane, round and round."""
        places = [*LEFT, self._right]
        at_detail = self._is_reading or self.focused is self._detail
        if self._has_room:
            places.append("detail")
        here = "detail" if at_detail else self.view
        if here not in places:
            self._leave_detail()
            return
        name = places[(places.index(here) + by) % len(places)]
        if name == "detail":
            self._read()
        else:
            self.show_view(name)

    def action_zoom(self) -> None:
        """Give the focused pane the whole screen, or take it back."""
        if self.maximized is not None:
            self._minimize()
        elif self.focused is not None:
            self.maximize(self.focused)

    def _minimize(self) -> None:
        if self.maximized is not None:
            self.minimize()

    def action_back(self) -> None:
        """One level out; the top level says how to quit."""
        if self.maximized is not None:
            self._minimize()
        elif self._is_reading or self.focused is self._detail:
            self._leave_detail()
        elif self._before_gate is not None and self.view == "gate":
            self.action_gate()
        elif self.view not in {*LEFT, "journey"}:
            self.show_view("journey")
        else:
            self.notify(t("{key} quits", key=self._keymap.label("app.quit")), timeout=3)

    @on(BackRequested)
    def _go_back(self, event: BackRequested) -> None:
        event.stop()
        self.action_back()

    @on(ViewRequested)
    @on(TabLine.Clicked)
    def _go_to_view(self, event: ViewRequested | TabLine.Clicked) -> None:
        event.stop()
        self.action_view(event.view)

    @on(GateBar.Clicked)
    def _go_to_gate(self) -> None:
        self.action_gate()

    @on(SideRequested)
    def _go_aside(self, event: SideRequested) -> None:
        """Beyond the edge of a pane: from the left column to the view, from lists to the detail, and back."""
        event.stop()
        if self.focused is self._detail:
            if event.by < 0:
                self._leave_detail()
        elif event.by < 0:
            if not self._is_narrow and self.view not in LEFT:
                self.show_view(self._left)
        elif self.view in LEFT and not self._is_narrow:
            self.show_view(self._right)
        else:
            self._read()

    @on(OpenRequested)
    def _open_record(self, event: OpenRequested) -> None:
        """Go to a record in the view that lists it; one that no list shows is read all the same."""
        event.stop()
        name = OF_KIND.get(event.kind)
        before = self.view
        if name is None or name == "gate":
            self._detail.open(event.kind, event.id)
            self._read()
            return
        self.show_view(name)
        if before == "gate":
            self._before_gate = None
        pane = self._pane(name)
        found = pane.go_to(event.id) if isinstance(pane, ListPane) or hasattr(pane, "go_to") else False
        self.set_focus(pane.heart)
        self._wanted = (event.kind, event.id)
        self._detail.open(event.kind, event.id)
        if not found:
            self._read()

    # The detail

    @on(DetailRequested)
    def _open_detail(self, event: DetailRequested) -> None:
        event.stop()
        self._wanted = (event.kind, event.id)
        self._read()

    @on(CursorMoved)
    def _follow_cursor(self, event: CursorMoved) -> None:
        """Show the record under the cursor, once the cursor rests: a key that is held waits for nothing."""
        event.stop()
        self._wanted = (event.kind, event.id)
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        if self._is_reading or not self._has_room:
            return
        if self._detail.record[1]:
            self._pause = self.set_timer(_PATIENCE, self._catch_up)
        else:
            self._detail.open(*self._wanted)

    def _catch_up(self) -> None:
        self._pause = None
        if not self._is_reading and self.focused is not self._detail:
            self._detail.open(*self._wanted)

    def _read(self) -> None:
        """Give the detail the focus, and its place where it has none of its own."""
        if self.focused is not self._detail:
            self._origin = self.focused
        if self._wanted[1] and not self._is_reading:
            self._detail.open(*self._wanted)
        self._minimize()
        self._is_reading = True
        self._arrange()
        self.set_focus(self._detail)

    def _leave_detail(self) -> None:
        origin = self._origin
        self._stop_reading()
        self._arrange()
        self.set_focus(origin if origin is not None and origin.is_attached else self._pane(self._right).heart)

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
        self.query_one(TabLine).show(*tabs_of(state, self.view))
