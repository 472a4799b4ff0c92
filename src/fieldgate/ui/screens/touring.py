"""Touring: ten steps that the user takes with real keys on a copy of the sample; watches, and says what comes next."""

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from fieldgate.ui.keymap import Keymap, key_label
from fieldgate.ui.panes.gate import GatePane
from fieldgate.ui.screens.capture import CaptureScreen
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.screens.help import HelpScreen
from fieldgate.ui.screens.tour_steps import AFTERWARDS, END, STEPS, Sight
from fieldgate.ui.screens.triage import TriageScreen
from fieldgate.ui.widgets.tour_line import TourLine, TourText
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.workspace.state import State

_SCREENS: tuple[tuple[type[Screen[Any]], str], ...] = (
    (DeskScreen, "desk"),
    (TriageScreen, "triage"),
    (CaptureScreen, "capture"),
    (HelpScreen, "help"),
)


class Tour:
    """The tour over an app.

    Args:
        app: What is watched.
        keymap: The keys in force.
    """

    def __init__(self, app: App[Any], keymap: Keymap) -> None:
        self._app = app
        self._keymap = keymap
        self._number = 0
        self._before = Sight()
        self._watched: set[int] = set()
        self._is_open = False
        """Whether the step was seen undone: only what the user does from then on is taking it."""
        self.is_on = True

    def begin(self) -> None:
        """Watch, and show the first step."""
        self._app.screen_change_signal.subscribe(self._app, lambda _: self.look())
        self._app.call_after_refresh(self.look)

    def hear(self, key: str) -> bool:
        """Take a key that is the tour's own: leave it, or go on without taking the step."""
        if key in self._keys_of("tour.leave"):
            self.leave()
        elif key in self._keys_of("tour.skip"):
            self._next()
        else:
            return False
        return True

    def _keys_of(self, name: str) -> set[str]:
        return {*self._keymap.keys(name)}

    def leave(self) -> None:
        """Take the line away and watch no more."""
        self.is_on = False
        for screen in self._app.screen_stack:
            screen.query(TourLine).remove()

    def look(self) -> None:
        """See whether the step was taken, and say what is to be done on the screen that is on top."""
        if not self.is_on or not self._app.is_running or not self._app.screen_stack:
            return  # also while the app is being taken down
        if self._number < len(STEPS):
            done = STEPS[self._number].is_done(self._before, self.sight())
            if done and self._is_open:
                self._next()
                return
            self._is_open = self._is_open or not done
        self._show()

    def _next(self) -> None:
        if self._number >= len(STEPS):
            self.leave()
            return
        self._number += 1
        self._before = self.sight()
        self._is_open = False
        self.look()

    def _show(self) -> None:
        screen = self._app.screen
        if isinstance(screen, DeskScreen) and id(screen) not in self._watched:
            self._watched.add(id(screen))
            screen.watch(screen, "state", self._after_change, init=False)
        said = self.said()
        lines = screen.query(TourLine)
        if lines:
            lines.first().show(said)
        elif screen.is_mounted:
            screen.mount(TourLine(said), before=0)

    def _after_change(self, state: "State | None") -> None:
        del state
        self._app.call_after_refresh(self.look)

    def said(self) -> TourText:
        """What the line says now."""
        leave = self._keymap.label("tour.leave")
        if self._number >= len(STEPS):
            why = t(AFTERWARDS).format(self._keymap.label("app.quit"), self._keymap.label("app.commands"))
            keys = t("{key} closes this", key=leave)
            return TourText(done=len(STEPS), total=len(STEPS), what=t(END), why=why, keys=keys)
        step = STEPS[self._number]
        names = [key_label(self._keymap.keys(each)[0]) for each in step.keys]
        keys = t("{skip} skip  {leave} leave", skip=self._keymap.label("tour.skip"), leave=leave)
        return TourText(
            done=self._number, total=len(STEPS), what=t(step.what).format(*names), why=t(step.why), keys=keys
        )

    def sight(self) -> Sight:
        """What is seen of the app."""
        top = self._app.screen
        name = next((words for kind, words in _SCREENS if isinstance(top, kind)), "")
        if isinstance(top, ChooseScreen) and top.has_class("-palette"):
            name = "palette"
        desk = next((each for each in self._app.screen_stack if isinstance(each, DeskScreen)), None)
        if desk is None:
            return Sight(screen=name)
        waiting = desk.state.summary.waiting if desk.state is not None and desk.state.summary is not None else {}
        return Sight(
            screen=name,
            view=desk.view,
            reading=desk.is_reading,
            undecided=waiting.get("note", 0),
            followed=sum(each.followed for each in desk.query(GatePane)),
        )
