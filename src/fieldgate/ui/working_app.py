"""WorkingApp: holds the open Workspace and its one thread, hands wishes to it and States to the screens."""

import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING

from textual import on, work

from fieldgate.errors import FieldgateError
from fieldgate.locations import Locations
from fieldgate.ui.answering_app import AnsweringApp
from fieldgate.ui.crash import words_of
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import ChangeRequested, Done, JobRequested, RescueRequested, WorkspaceRequested
from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.workroom import Workroom
from fieldgate.words import t
from fieldgate.workspace import door
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver

    from fieldgate.workspace.service import Workspace


def _in_words(error: FieldgateError | OSError) -> FieldgateError:
    from fieldgate.mishaps import in_words  # disks seldom refuse anything

    return error if isinstance(error, FieldgateError) else in_words(error)


class WorkingApp(AnsweringApp, inherit_bindings=False):
    """What works on the workspace, in a thread of its own.

    Args:
        locations: Where this user's things are.
        clock: Tells day and time.
        keymap: The keys in force.
        author: Handle of who acts, if the call said it.
        target: What to open; None where nothing is.
        driver_class: How the terminal is driven; None leaves it to Textual.
    """

    def __init__(
        self,
        locations: Locations,
        clock: Clock,
        keymap: Keymap,
        author: str | None,
        target: door.Target | None,
        *,
        driver_class: "type[Driver] | None" = None,
    ) -> None:
        super().__init__(locations, clock, keymap, driver_class=driver_class)
        self._author = author
        self._target = target
        self._room = Workroom(self._enter)
        self._open = ExitStack()

    @property
    def _workspace(self) -> "Workspace | None":
        return self._room.workspace

    def finish(self) -> None:
        """Let everything be written, then let go of it; called when the terminal is the user's again.

        Raises FieldgateError where a shared folder could not be written; the store holds all changes nevertheless.
        """
        try:
            self._room.finish()
        finally:
            self._open.close()

    def _enter(self) -> "Workspace":
        if self._target is None:
            raise FieldgateError(t("No workspace is open."))
        opened = door.open_workspace(self._target, self._locations, self._clock, self._author)
        opened.guard.started()
        return opened

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
        self._start(JobRequested(lambda opened: Done(state=opened.perform(*wish)), lambda _: None))

    @on(JobRequested)
    def _do_job(self, event: JobRequested) -> None:
        event.stop()
        self._start(event)

    def _start(self, wish: JobRequested, *, needed: bool = True) -> None:
        """Begin a job; keys that wait for it wait from now on, not only when it has its turn."""
        self._run_job(wish, self.begin_work() if wish.holds else None, needed=needed)

    @work(group="changes")
    async def _run_job(self, wish: JobRequested, end: "Callable[[], None] | None", *, needed: bool) -> None:
        """Do a job in the thread of the workspace and hand on what came of it."""
        try:
            await self._do(wish, needed=needed)
        finally:
            if end is not None:
                end()

    async def _do(self, wish: JobRequested, *, needed: bool) -> None:
        try:
            done = await self._room.do(wish.job, needed=needed)
        except (FieldgateError, OSError) as error:  # a disk may refuse any call: it is said, and ends no screen
            (wish.refused or self._say)(_in_words(error))
            return
        self._spread(done.state)
        wish.then(done.value)
        trouble = self._workspace.guard.take_trouble() if self._workspace is not None else None
        if trouble is not None:
            self._say(trouble)

    # What is wrong with the file, and what can be done about it

    @work(group="looks")
    async def _look_over(self) -> None:
        """Look whether the store is sound, behind everything else."""
        target, opened = self._target, self._workspace
        if target is None or opened is None:
            return
        folder = self._locations.workspace_folder(opened.facts.workspace.id)
        error = await asyncio.to_thread(door.look_over, target.store, folder)
        if error is not None and target is self._target:
            self._offer_rescue(error, target)

    def _offer_rescue(self, error: FieldgateError, target: door.Target) -> None:
        from fieldgate.ui.screens import rescue  # few files are ever damaged

        rescue.offer(self, error, target, self._locations)

    @on(RescueRequested)
    def _begin_rescue(self, event: RescueRequested) -> None:
        event.stop()
        self._rescue(event, self.begin_work())

    @work(group="changes")
    async def _rescue(self, event: RescueRequested, end: "Callable[[], None]") -> None:
        """Let go of the workspace, do it, and open the workspace anew."""
        try:
            await self._put_right(event)
        finally:
            end()

    async def _put_right(self, event: RescueRequested) -> None:
        from fieldgate.ui.screens.rescue import put_right  # as above

        target = self._target
        if target is None:
            return
        try:
            said = await self._room.let_go(
                lambda: put_right(event.what, event.name, target, self._locations, self._clock)
            )
        except (FieldgateError, OSError) as error:
            said = words_of(_in_words(error))
        self.post_message(WorkspaceRequested(str(target.path)))
        # On the desk that comes: it would go with the one that is here.
        self.call_later(lambda: self.screen.call_after_refresh(self.notify, said, timeout=15))
