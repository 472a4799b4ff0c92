"""AnsweringApp: shows the screens that panes and keys wish for, and says what failed, whatever workspace is open.

What fails with words for the user is said in one place; everything else ends the app with a report that holds no
record text.
"""

from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import events, on
from textual.css.query import NoMatches
from textual.filter import LineFilter, Monochrome, NoColor

from fieldgate.domain.display import clean
from fieldgate.errors import FieldgateError
from fieldgate.locations import Locations
from fieldgate.ui.crash import BUG, crash_report, words_of
from fieldgate.ui.holding_app import HoldingApp
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import AskRequested, ScreenRequested, SyncRequested, WorkspaceRequested
from fieldgate.ui.plain import ControlFilter
from fieldgate.words import t
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.drafts import Drafts, now_as_text

if TYPE_CHECKING:
    from pathlib import Path

    from textual.driver import Driver

    from fieldgate.ui.screens.editing import Take
    from fieldgate.ui.screens.sharing import FolderWatch
    from fieldgate.ui.screens.touring import Tour
    from fieldgate.ui.screens.triaging import Triaging
    from fieldgate.workspace.edits import Place

_COLOURLESS = NoColor()
_NOTICES = 3
"""How many messages are shown at once: more would cover half of a small screen."""
_SOON = 0.1
"""Seconds after a key in which whatever it led to is on the screen."""


class AnsweringApp(HoldingApp, inherit_bindings=False):
    """What answers without touching the workspace itself.

    Args:
        locations: Where this user's things are.
        clock: Tells day and time.
        keymap: The keys in force.
        driver_class: How the terminal is driven; None leaves it to Textual.
    """

    def __init__(
        self, locations: Locations, clock: Clock, keymap: Keymap, *, driver_class: "type[Driver] | None" = None
    ) -> None:
        super().__init__(keymap, driver_class=driver_class)
        self._home = self._locations = locations
        self._clock = clock
        self._filter = ControlFilter()
        self._drafts = Drafts(now_as_text)
        self._known = ""
        self._triaging: Triaging | None = None
        self._watch: FolderWatch | None = None
        self._tour: Tour | None = None
        self.begins_with_tour = False

    @on(ScreenRequested)
    def _show_screen(self, event: ScreenRequested) -> None:
        """Show what needs this machine's folders more than the workspace."""
        from fieldgate.ui.screens import machine  # seldom asked for

        event.stop()
        machine.show(self, self._keys, self._locations, self._clock, event)

    def edit_outside(self, text: str, place: "Place", take: "Take") -> None:
        """Let the user's own editor change a text."""
        from fieldgate.ui.screens.editing import edit_outside  # as above

        edit_outside(self, text, self._edits(), place, take)

    def _edits(self) -> "Path":
        """Return the folder of what is open in the user's own editor."""
        known = self._known
        return (self._locations.workspace_folder(known) if known else self._locations.data) / "edits"

    def _take_up_edits(self) -> None:
        """Make drafts of what was written in an editor when the program was ended."""
        if self._edits().is_dir():
            from fieldgate.workspace.edits import left  # few starts have any

            for each in left(self._edits()):
                move, record, field = each.place
                self._drafts[move, record] = {**self._drafts.get((move, record), {}), field: each.text}
                each.forget()

    def _watch_folder(self) -> "FolderWatch":
        from fieldgate.ui.screens.sharing import FolderWatch  # nothing is shared before the workspace is open

        self._watch = self._watch or FolderWatch(self, self._keys, self._drafts)
        return self._watch

    @on(SyncRequested)
    def _share(self, event: SyncRequested) -> None:
        event.stop()
        self._watch_folder().do(event.what, self._clock)

    @on(AskRequested)
    def _ask(self, event: AskRequested) -> None:
        from fieldgate.ui.screens.asking import ask  # the first frame needs no form

        event.stop()
        ask(self, self._keys, self._drafts, event)

    def action_triage(self, scope: str) -> None:
        """Decide what waits: all of it, what the pane shows, or one kind by its name."""
        from fieldgate.ui.screens.triaging import Triaging  # loads the rules, which the first frame does not need

        self._triaging = self._triaging or Triaging(self._keys, self._drafts)
        self._triaging.open(self, these=scope == "pane", kind="" if scope in {"all", "pane"} else scope)

    def action_explain(self) -> None:
        """Explain what has the focus."""
        from fieldgate.ui.screens.help import explain  # needed when it is asked for

        explain(self, self._keys)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave jumping out of the help where it would lead nowhere."""
        if action == "jump" and not getattr(self.screen, "JUMPS", True):
            return False
        return super().check_action(action, parameters)

    def action_jump(self) -> None:
        """Put a label on every row and pane in sight; a letter goes there."""
        from fieldgate.ui.screens.jumping import jump  # as above

        jump(self)

    def action_interrupt(self) -> None:
        """Copy what is selected, or say how to quit."""
        text = self.screen.get_selected_text()
        if text:
            self.copy_to_clipboard(text)
        else:
            self.notify(t("{key} quits", key=self._keys.label("app.quit")), timeout=3)

    def keep_all(self) -> None:
        """Keep what is typed and where one is."""
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_now", None)
            if keep is not None:
                keep()

    # The tour

    async def on_ready(self) -> None:
        """Begin with the tour, if the call said so."""
        if self.begins_with_tour:
            self.begin_tour()

    def begin_tour(self) -> None:
        """Begin the tour, on a copy of the sample."""
        from fieldgate.ui.screens.touring import Tour  # few take it, and once
        from fieldgate.workspace.demo import is_demo  # as above

        if self._tour is not None:
            self._tour.leave()
        if not is_demo(self._locations):
            self.post_message(WorkspaceRequested(""))
        self._tour = Tour(self, self._keys)
        self._tour.begin()

    async def hand_on(self, event: events.Key | events.Paste) -> None:
        """Let the tour see each key once it was heard; its own keys are no one else's."""
        tour = self._tour
        if tour is None or not tour.is_on or not isinstance(event, events.Key):
            await super().hand_on(event)
        elif not tour.hear(event.key):
            await super().hand_on(event)
            # What a key asks for is done by messages that follow it; once they are through, it is seen.
            self.call_after_refresh(tour.look)
            self.set_timer(_SOON, tour.look)

    # What is said

    def _say(self, error: FieldgateError) -> None:
        say = getattr(self.screen, "say", None)
        if say is not None:
            say(words_of(error))
        else:
            self.notify(words_of(error), severity="warning", timeout=10)

    def notify(self, message: str, *, title: str = "", markup: bool = False, **options: Any) -> None:
        """Show a message for a moment, as text: nothing in it is markup. It takes the place of one that says the same."""
        text = clean(message, lines=True)
        staying = [each for each in self._notifications if each.message != text][1 - _NOTICES :]
        for each in list(self._notifications):
            if each not in staying:
                self._unnotify(each, refresh=False)
        super().notify(text, title=clean(title), markup=markup, **options)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text, without what a terminal would obey where it is pasted."""
        super().copy_to_clipboard(clean(text, lines=True))

    def get_line_filters(self) -> list[LineFilter]:
        """Return the filters of drawn lines, the door for control characters last."""
        filters = super().get_line_filters()
        if self.no_color and self.native_ansi_color:
            # Textual chose greys before it knew the theme; NO_COLOR asks for none at all.
            filters = [_COLOURLESS if isinstance(each, Monochrome) else each for each in filters]
        return [*filters, self._filter]

    def _handle_exception(self, error: Exception) -> None:
        """End with the words of a failure that has some, such as a store that was damaged meanwhile."""
        if isinstance(error, FieldgateError):
            self.exit(return_code=error.exit_status, message=Text(words_of(error)))
        elif not (self._exit and isinstance(error, NoMatches)):
            # A screen that opens just as the app ends finds its own parts gone: that is no failure.
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End with a report that holds neither local variables nor messages."""
        if not self._exit_renderables:
            self._exit_renderables.append(Text(clean(crash_report(self._exception), lines=True)))
        self._return_code = BUG
        self._close_messages_no_wait()
