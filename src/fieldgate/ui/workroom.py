"""Workroom: the one thread in which a workspace is opened, changed and closed, one job after the other."""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldgate.ui.messages import Done, Job
    from fieldgate.workspace.service import Workspace


class LeftError(Exception):
    """Nobody needs what was to be loaded: the app has ended."""


class Workroom:
    """Does jobs with the workspace, which it opens at the first one.

    Args:
        enter: Opens the workspace; it runs in the thread.
    """

    def __init__(self, enter: "Callable[[], Workspace]") -> None:
        self._enter = enter
        self._loads = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workspace")
        self._asked: list[Future[Done]] = []
        self._ended = False
        self.workspace: Workspace | None = None

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for the workspace: not at the end, unless something is still to be done with it."""
        return not self._ended or any(not each.done() for each in self._asked)

    async def do(self, job: "Job", *, needed: bool = True) -> "Done":
        """Do a job in the thread.

        Args:
            job: What is done; it must touch no widget.
            needed: Whether it has to be done even if the app ends meanwhile.
        """
        asked = self._thread.submit(self._run, job)
        if needed:
            self._asked = [*(each for each in self._asked if not each.done()), asked]
        # The end of the app takes away who waits for it, never what was asked for.
        return await asyncio.shield(asyncio.wrap_future(asked))

    async def let_go(self, then: "Callable[[], str]") -> str:
        """Let go of the workspace without writing its folder, and do something with its file."""

        def run() -> str:
            self._close(give_out=False)
            return then()

        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(run)))

    def leave(self) -> None:
        """Close the workspace once all that was asked for is done, without waiting for it."""
        self._thread.submit(self._close)

    def finish(self) -> None:
        """Wait until everything that was asked for is done and the workspace is closed.

        Raises FieldgateError where a shared folder could not be written; the store holds all changes nevertheless.
        """
        self._ended = True
        if self._loads and not self.wanted:
            # Nothing is open yet and nobody waits: what is still being loaded goes with the process.
            self._thread.shutdown(wait=False, cancel_futures=True)
            return
        try:
            self._thread.submit(self._close).result()
        finally:
            self._thread.shutdown(wait=True)

    def _run(self, job: "Job") -> "Done":
        if self.workspace is None:
            self._load()
            self.workspace = self._enter()
        return job(self.workspace)

    def _load(self) -> None:
        from fieldgate.workspace.loading import load_writing  # needed behind the first frame

        self._loads = True
        if not load_writing(lambda: self.wanted):
            raise LeftError
        self._loads = False

    def _close(self, *, give_out: bool = True) -> None:
        opened, self.workspace = self.workspace, None
        if opened is not None:
            opened.close(give_out=give_out)
