"""FieldgateApp: holds the open Workspace and its one thread, hands wishes to it and States to the screens.

The first State is there before the first frame. The Workspace itself, with SQLModel, is opened in the thread when the
user has paused for a moment, so that nobody meets it in the middle of a key.
"""

import asyncio
import gc
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.binding import BindingType
from textual.screen import Screen

from fieldgate.errors import FieldgateError
from fieldgate.locations import Locations
from fieldgate.mishaps import in_words
from fieldgate.ui import themes
from fieldgate.ui.answering_app import AnsweringApp
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import ChangeRequested, Done, JobRequested, WorkspaceRequested
from fieldgate.ui.screens.desk import DeskScreen
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
    from fieldgate.workspace.service import Workspace

QUIET = 0.4
"""Seconds without a key before the writing side is loaded."""
_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class FieldgateApp(AnsweringApp, inherit_bindings=False):
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
        super().__init__(locations, clock, keymap or Keymap(), driver_class=driver_class)
        self._author = author
        self._target = target
        self._wanted_theme = theme
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workspace")
        self._open = ExitStack()
        self._workspace: Workspace | None = None
        self._last_key = 0.0
        self._day = clock.today()
        self._known = ""
        self._welcomed = ""
        self.look: Look | None = None
        self._drawn = self._leaves = False
        self.animation_level = "none"
        if self._keys.changed:
            self.set_keymap(self._keys.changed)

    # Start and end

    def get_default_screen(self) -> Screen[Any]:
        """Show the desk, or where one can start."""
        self._choose_theme()
        if self._target is None:
            from fieldgate.ui.screens.opening import opening_screen  # most starts have a workspace

            return opening_screen(self._locations)
        return self._desk_of(self._target)

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
            loop.add_signal_handler(number, self._leave, number)

    async def on_ready(self) -> None:
        """Open the workspace behind the first frame, once the keys have paused."""
        gc.freeze()
        gc.enable()
        self._drawn = True
        if self._leaves:
            await self.action_quit()
            return
        if self._target is not None:
            self.set_timer(QUIET, self._open_when_quiet)
        if self.theme != themes.DEFAULT.name:
            from fieldgate.ui.screens.themes_chooser import watch  # few wear a theme of their own

            watch(self, self._locations)

    def on_unmount(self) -> None:
        """Let the signals be as they were."""
        for number in _SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(number)

    def finish(self) -> None:
        """Let everything be written, then let go of it; called when the terminal is the user's again.

        Raises FieldgateError where a shared folder could not be written; the store holds all changes nevertheless.
        """
        opened, self._workspace = self._workspace, None
        try:
            if opened is not None:
                self._thread.submit(opened.close).result()
        finally:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._open.close()

    def _leave(self, number: int) -> None:
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

    def _choose_theme(self) -> None:
        self.register_theme(themes.DEFAULT)
        name = self._wanted_theme
        if name != themes.DEFAULT.name:
            files = themes.theme_files((self._locations.themes(), self._locations.user_themes()))
            if name in files:
                self.register_theme(themes.load_theme(files[name], self._locations.cache))
            else:
                name = themes.DEFAULT.name
        self.theme = name

    # The workspace

    def _first_state(self, target: door.Target) -> State:
        if not target.known:
            door.prepare(target, self._locations, self._clock)
        return glance(target, self._locations, self._clock)

    def _open_when_quiet(self) -> None:
        if time.monotonic() - self._last_key < QUIET:
            self.set_timer(QUIET, self._open_when_quiet)
        else:
            self._load()

    def _load(self) -> None:
        """Load the writing side and settle the figures."""
        self._run_job(JobRequested(lambda opened: Done(opened.author, opened.state()), self._welcome))

    def _welcome(self, author: str) -> None:
        """Once per workspace: ask who writes, and offer what was typed and not saved."""
        if self._welcomed == self._known:
            return
        self._welcomed = self._known
        self._watch_folder().begin()
        if isinstance(self.screen, DeskScreen) and (self._drafts or not author):
            from fieldgate.ui.screens.switching import welcome  # most starts have nothing to ask

            welcome(self.screen, author)

    def _at_hand(self) -> "Workspace":
        if self._workspace is None:
            if self._target is None:
                raise FieldgateError(t("No workspace is open."))
            self._workspace = door.open_workspace(self._target, self._locations, self._clock, self._author)
            self._workspace.guard.started()
        return self._workspace

    def _spread(self, state: State | None) -> None:
        if state is not None and self._watch is not None:
            state = self._watch.marked(state)
        for screen in self.screen_stack if state is not None else ():
            if isinstance(screen, DeskScreen):
                screen.state = state

    @on(ChangeRequested)
    def _change(self, event: ChangeRequested) -> None:
        event.stop()
        wish = event.move_id, event.record_id, dict(event.answers)
        self._run_job(JobRequested(lambda opened: Done(state=opened.perform(*wish)), lambda _: None))

    @on(JobRequested)
    def _do_job(self, event: JobRequested) -> None:
        event.stop()
        self._run_job(event)

    @work(group="changes")
    async def _run_job(self, wish: JobRequested) -> None:
        """Do a job in the thread of the workspace and hand on what came of it."""
        try:
            done = await asyncio.get_running_loop().run_in_executor(self._thread, lambda: wish.job(self._at_hand()))
        except (FieldgateError, OSError) as error:  # a disk may refuse any call: it is said, and ends no screen
            (wish.refused or self._say)(error if isinstance(error, FieldgateError) else in_words(error))
            return
        self._spread(done.state)
        wish.then(done.value)

    @on(WorkspaceRequested)
    def _open_another(self, event: WorkspaceRequested) -> None:
        """Open what the start screen asks for; what cannot be opened is said there."""
        event.stop()
        left = self._locations
        try:
            # A sample has places of its own; what is opened after it must not go where the sample goes at the end.
            self._locations, path = (self._home, Path(event.path).expanduser()) if event.path else self._sample()
            target = door.inspect(path, self._locations)
            self.keep_all()
            screen = self._desk_of(target)
        except FieldgateError as error:
            self._locations = left
            self._say(error)
            return
        self._target = target
        self._triaging = None
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        old, self._workspace = self._workspace, None
        if old is not None:
            self._thread.submit(old.close)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        before = self.screen
        self.push_screen(screen)
        if isinstance(before, DeskScreen):
            # Textual lets nobody take away the screen it began with; two desks would draw two workspaces.
            self._screen_stack.remove(before)
            before.remove()
        self.set_timer(QUIET, self._open_when_quiet)

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
