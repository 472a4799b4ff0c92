"""The desk: the strip of the gate, hypotheses and notes, one view beside them, the detail, and the keys that matter.

Three levels: view, pane, row. Enter goes in, Esc comes out one level and never quits.
"""

from collections.abc import MutableMapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import (
    BackRequested,
    DecideRequested,
    Done,
    FilterRequested,
    JobRequested,
    OpenRequested,
    SideRequested,
    ViewRequested,
)
from fieldgate.ui.pane import ListPane
from fieldgate.ui.screens.reading import ReadingScreen
from fieldgate.ui.screens.verbs import WORK
from fieldgate.ui.screens.views import LEFT, OF_KIND, PANES
from fieldgate.ui.widgets.gate_bar import GateBar
from fieldgate.ui.widgets.tab_line import TabLine
from fieldgate.workspace.returning import keep_place, read_place
from fieldgate.workspace.state import State

if TYPE_CHECKING:
    from fieldgate.domain.changes import Act
    from fieldgate.ui.screens.finder import Finder


class DeskScreen(ReadingScreen):
    """The main screen: goes where the keys lead."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding(f"view.{spec.name}", f"view('{spec.name}')") for spec in PANES),
        binding("triage.start", "app.triage('all')"),
        binding("triage.pane", "app.triage('pane')"),
        binding("gate.why", "gate"),
        binding("pane.next", "pane(1)"),
        binding("pane.previous", "pane(-1)"),
        binding("list.back", "back"),
        binding("list.zoom", "zoom"),
        *(binding(name, f"work('{name}')") for name in WORK),
    ]

    def __init__(
        self,
        state: State,
        keymap: Keymap,
        *,
        drafts: MutableMapping[tuple[str, str], dict[str, str]] | None = None,
        place: Path | None = None,
    ) -> None:
        super().__init__(state, keymap, read_place(place) if place is not None else None)
        self.drafts = drafts if drafts is not None else {}
        self._place_file = place

    def begin(self) -> None:
        """Be where one was, with what was filtered."""
        super().begin()
        if self._place.wishes:
            from fieldgate.ui.screens.leaving import filter_again  # few leave a filter behind

            filter_again(self, self._place.wishes)

    def keep_now(self) -> None:
        """Keep where one is."""
        if self._place_file is not None and self.is_mounted:
            from fieldgate.ui.screens.leaving import place_of  # needed at the end

            keep_place(self._place_file, place_of(self))

    # Work

    @property
    def keymap(self) -> Keymap:
        """The keys in force."""
        return self._keymap

    @property
    def at_hand(self) -> tuple[str, str]:
        """Kind and id of the record that a verb means; empty where there is none."""
        focused = self.focused
        if isinstance(focused, ListPane):
            return focused.kind, focused.cursor_id
        if focused is self._detail:
            return self._detail.record
        return self._gate_at_hand() if self.view == "gate" else ("", "")

    def _gate_at_hand(self) -> tuple[str, str]:
        """The open gate; where none is open, any: what can be done then is to open one again."""
        state = self.state
        if state is None or state.facts is None:
            return "", ""
        if state.report is not None:
            return "gate", state.report.gate.id
        return next((("gate", each.id) for each in state.facts.gates.values() if each.live), ("", ""))

    @property
    def list_at_hand(self) -> ListPane | None:
        """The list that has the focus."""
        return self.focused if isinstance(self.focused, ListPane) else None

    @property
    def is_reading(self) -> bool:
        """Whether the detail has the focus."""
        return self.focused is self._detail

    def put_cursor(self, kind: str, record_id: str) -> bool:
        """Put the cursor of the view that lists a record on it, if that view is in sight; False where it is not."""
        name = OF_KIND.get(kind, "")
        if name not in {*LEFT, self._right} or name == "gate":
            return False
        pane = self._pane(name)
        had_focus = self.view == name and not self.is_reading
        found = bool(pane.go_to(record_id)) if isinstance(pane, ListPane) or hasattr(pane, "go_to") else False
        if found and had_focus:
            self._focus(pane.heart)
        return found

    def action_work(self, name: str) -> None:
        """Do what a key of the desk means for what is under the cursor."""
        from fieldgate.ui.screens.working import do  # most of it is needed at the first change, nothing before

        do(self, name)

    def follow(self, act: "Act | None", record_id: str) -> None:
        """After a change the cursor stays on what was changed."""
        from fieldgate.ui.screens.doing import follow  # as above

        follow(self, act, record_id)

    @on(ListPane.Dropped)
    def _drop_card(self, event: ListPane.Dropped) -> None:
        from fieldgate.ui.screens.board_work import drop  # as above

        event.stop()
        drop(self, event)

    @cached_property
    def finder(self) -> "Finder":
        """What searches behind the screen."""
        from fieldgate.ui.screens.finder import Finder  # as above

        if self.state is None:
            raise RuntimeError
        return Finder(self.state.reader)

    def on_unmount(self) -> None:
        """Let go of what searches."""
        if "finder" in self.__dict__:
            self.finder.close()

    def watch_state(self) -> None:
        """Draw the strip, and search again where a list is filtered."""
        super().watch_state()
        if self.is_mounted and not self._rests:
            self._filter_again()

    @on(FilterRequested)
    def _filter_again(self) -> None:
        if any(each.wish for each in self.query(ListPane)):
            from fieldgate.ui.screens.filtering import search_again  # as above

            search_again(self)

    @on(DecideRequested)
    def _decide(self, event: DecideRequested) -> None:
        from fieldgate.ui.screens.gate_menu import decide  # as above

        event.stop()
        decide(self, event.what, event.id)

    # Going places

    def action_view(self, name: str) -> None:
        """Go to a view."""
        self._before_gate = None
        self.show_view(name)

    def show_view(self, name: str) -> None:
        """Show a view and give it the focus; the cursor is where it was."""
        self._stop_reading()
        self._minimize()
        self._turn_to(name)
        if name not in LEFT:
            self._show_right(name)
        if name == "gate" and self.state is not None and self.state.facts is None:
            # What is typed behind this means the criteria, which are there once the rules have run: not only when quiet.
            self.post_message(JobRequested(lambda opened: Done(state=opened.state()), lambda _: None))
        self._arrange()
        self._focus(self._pane(name).heart)
        self._draw_strip()

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
            self._read(grow=False)
        else:
            self.show_view(name)

    def action_zoom(self) -> None:
        """Give the focused pane the whole screen, or take it back."""
        if self.maximized is not None:
            self._minimize()
        elif self.focused is not None:
            self.maximize(self.focused)

    def action_back(self) -> None:
        """One level out; the top level says how to quit."""
        if self.maximized is not None:
            self._minimize()
        elif self._is_reading or self.focused is self._detail:
            self._leave_detail()
        elif self._before_gate is not None and self.view == "gate":
            self.action_gate()
        else:
            from fieldgate.ui.screens.leaving import leave_view  # as above

            leave_view(self)

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
        self._focus(pane.heart)
        self._wanted = (event.kind, event.id)
        self._detail.open(event.kind, event.id)
        if not found:
            self._read()
