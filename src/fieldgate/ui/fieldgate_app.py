"""FieldgateApp: how the screen starts, ends, and goes from one workspace to another.

The first State is there before the first frame. The Workspace itself, with SQLModel, is opened in its thread when the
user has paused for a moment, so that nobody meets it in the middle of a key.
"""

import asyncio
import gc
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.screen import Screen

from fieldgate.errors import FieldgateError, FormatError
from fieldgate.locations import Locations
from fieldgate.ui import themes
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import Done, JobRequested, WorkspaceRequested
from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.working_app import WorkingApp
from fieldgate.words import t
from fieldgate.workspace import door
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.drafts import drafts_path
from fieldgate.workspace.glance import glance
from fieldgate.workspace.returning import place_path
from fieldgate.workspace.state import State

if TYPE_CHECKING:
    from textual.driver import Driver

    from fieldgate.ui.last_look import Look

QUIET = 0.4
"""Seconds without a key before the writing side is loaded."""
_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class FieldgateApp(WorkingApp, inherit_bindings=False):
    """The app.

    Args:
        locations: Where this user's things are.
        clock: Tells day and time.
        author: Handle of who acts, if the call said it.
        target: What to open; None shows where one can start.
        keymap: The keys in force.
        theme: Name of the theme.
        driver_class: How the terminal is driven; None leaves it to Textual.
    """

    CSS_PATH = "app.tcss"
    TITLE = "fieldgate"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("app.quit", "quit", priority=True),
        binding("app.interrupt", "interrupt"),
        binding("app.help", "explain"),
        binding("app.jump", "jump"),
    ]

    def __init__(
        self,
        *,
        locations: Locations,
        clock: Clock,
        author: str | None = None,
        target: door.Target | None = None,
        keymap: Keymap | None = None,
        theme: str = themes.DEFAULT.name,
        driver_class: "type[Driver] | None" = None,
    ) -> None:
        super().__init__(locations, clock, keymap or Keymap(), author, target, driver_class=driver_class)
        self._last_key, self._quiet = 0.0, QUIET
        self._day = clock.today()
        self._welcomed = ""
        self.look: Look | None = None
        self._drawn = self._leaves = False
        self._damage: FormatError | None = None
        self.animation_level = "none"
        self._choose_theme(theme)
        if self._keys.changed:
            self.set_keymap(self._keys.changed)

    # Start and end

    def get_default_screen(self) -> Screen[Any]:
        """Show the desk, or where one can start."""
        if self._target is None:
            from fieldgate.ui.screens.opening import opening_screen  # most starts have a workspace

            return opening_screen(self._locations)
        try:
            return self._desk_of(self._target)
        except FormatError as error:
            if not self._target.known:
                raise
            from fieldgate.ui.screens.opening import opening_screen  # as above

            self._damage = error
            return opening_screen(self._locations)

    def _desk_of(self, target: door.Target) -> DeskScreen:
        """Make the desk of a workspace, as it was left."""
        state = self._first_state(target)
        known = self._known = target.workspace_id or state.reader.workspace_id()
        self._drafts.move_to(drafts_path(self._locations, known) if known else None)
        place = place_path(self._locations, known) if known else None
        return DeskScreen(state, self._keys, drafts=self._drafts, place=place)

    def on_load(self) -> None:
        """Leave in order when the terminal or the machine goes down, from before the terminal is taken."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self.leave, number)

    async def on_ready(self) -> None:
        """Open the workspace behind the first frame, once the keys have paused."""
        gc.freeze()
        gc.enable()
        self._drawn = True
        # Where the start took long, so will what is loaded now, and nobody reads quicker there.
        self._quiet = max(QUIET, time.process_time())
        if self._leaves:
            await self.action_quit()
            return
        if self._damage is not None and self._target is not None:
            self._offer_rescue(self._damage, self._target)
        elif self._target is not None:
            self.set_timer(self._quiet, self._open_when_quiet)
        if self.theme != themes.DEFAULT.name:
            from fieldgate.ui.screens.themes_chooser import watch  # few wear a theme of their own

            watch(self, self._locations)

    def on_unmount(self) -> None:
        """Let the signals be as they were."""
        for number in _SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(number)

    def leave(self, number: int) -> None:
        """Leave for a signal, or for a terminal that is gone: what is typed is kept."""
        self.keep_all()
        self.exit(return_code=128 + number)

    async def action_quit(self) -> None:
        """Quit; the place and what is typed are kept, and how it looks, to be shown at the next start."""
        if not self._drawn:
            # Typed ahead: the desk is still being made, and cannot be taken down while it is.
            self._leaves = True
            return
        from fieldgate.ui.last_look import look_of  # needed at the end

        self.keep_all()
        self.look = look_of(self)
        self.exit()

    def _choose_theme(self, name: str) -> None:
        """Wear a theme from the start: one that comes later is a second reading of all style sheets."""
        self.register_theme(themes.DEFAULT)
        if name != themes.DEFAULT.name:
            files = themes.theme_files((self._locations.themes(), self._locations.user_themes()))
            if name in files:
                self.register_theme(themes.load_theme(files[name], self._locations.cache))
            else:
                name = themes.DEFAULT.name
        self.set_reactive(FieldgateApp.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())

    # The workspace

    def _first_state(self, target: door.Target) -> State:
        if not target.known:
            door.prepare(target, self._locations, self._clock)
        return glance(target, self._locations, self._clock)

    def _open_when_quiet(self) -> None:
        if time.monotonic() - self._last_key < self._quiet:
            self.set_timer(self._quiet, self._open_when_quiet)
        else:
            self._load()

    def _load(self) -> None:
        """Load the writing side and settle the figures."""
        told = self._welcome
        self._start(
            JobRequested(
                lambda opened: Done((opened.author, opened.playbook_trouble), opened.state()), told, holds=False
            ),
            needed=False,
        )

    def _welcome(self, told: tuple[str, tuple[FieldgateError, ...]]) -> None:
        """Once per workspace: ask who writes, say what cannot be used, and offer what was typed and not saved."""
        if self._welcomed == self._known:
            return
        author, unused = told
        for error in unused:
            why = t("Not used: {why} {hint}", why=error.message, hint=error.hint).rstrip()
            self.notify(why, severity="warning", timeout=20)
        self._welcomed = self._known
        self._watch_folder().begin()
        self._look_over()
        self._take_up_edits()
        if isinstance(self.screen, DeskScreen) and (self._drafts or not author):
            from fieldgate.ui.screens.switching import welcome  # most starts have nothing to ask

            welcome(self.screen, author)

    @on(WorkspaceRequested)
    def _open_another(self, event: WorkspaceRequested) -> None:
        """Open what the start screen asks for; what cannot be opened is said there."""
        event.stop()
        left = self._locations
        try:
            # A sample has places of its own; what is opened after it must not go where the sample goes at the end.
            self._locations, path = self._places_of(Path(event.path).expanduser()) if event.path else self._sample()
            target = door.inspect(path, self._locations)
            self.keep_all()
            screen = self._desk_of(target)
        except FieldgateError as error:
            self._locations = left
            self._say(error)
            if event.path and self._target is not None and isinstance(error, FormatError) and not self._workspace:
                self._offer_rescue(error, self._target)
            return
        self._target = target
        self._triaging = None
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        self._room.leave()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        before = self.screen
        self.push_screen(screen)
        if isinstance(before, DeskScreen):
            # Textual lets nobody take away the screen it began with; two desks would draw two workspaces.
            self._screen_stack.remove(before)
            before.remove()
        self.set_timer(QUIET, self._open_when_quiet)

    def _places_of(self, path: Path) -> tuple[Locations, Path]:
        return (self._locations if path.is_relative_to(self._locations.data) else self._home), path

    def _sample(self) -> tuple[Locations, Path]:
        from fieldgate.workspace.demo import demo  # needed by few

        return self._open.enter_context(demo(self._home, self._clock))

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Note when a key was pressed; the first one after midnight asks for the figures of the new day."""
        if isinstance(event, events.Key):
            self._last_key = time.monotonic()
            if self._watch is not None:
                self._watch.key()
            if self._day != self._clock.today() and self._target is not None:
                self._day = self._clock.today()
                self._load()
        elif isinstance(event, events.AppFocus) and self._watch is not None:
            self._watch.focused()
        await super().on_event(event)
