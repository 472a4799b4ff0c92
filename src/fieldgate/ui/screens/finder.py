"""Finder: searches behind the screen, in a thread and with a reader of its own, so that typing never waits.

Only the newest wish counts: one that was overtaken before it began is not looked for, one that was overtaken while it
was looked for is not shown.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from fieldgate.errors import FieldgateError
from fieldgate.store.reader import Reader

T = TypeVar("T")


class Finder:
    """Searches one store.

    Args:
        reader: A reader of the store, of the screen; the thread gets another one.
    """

    def __init__(self, reader: Reader) -> None:
        self._model = reader
        self._own: Reader | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="finder")
        self._newest: dict[str, int] = {}

    def look(self, name: str, job: Callable[[Reader], T], then: Callable[[T], None]) -> None:
        """Look for something; `then` gets it on the screen's side unless something newer of the name was wished for.

        Args:
            name: What kind of wish it is; the newest of each name counts.
            job: Looks; must touch no widget.
            then: Shows.
        """
        number = self._newest[name] = self._newest.get(name, 0) + 1
        loop = asyncio.get_running_loop()

        def run() -> None:
            if self._newest.get(name) != number:
                return
            try:
                found = job(self._reader())
            except FieldgateError:
                return  # the store is busy or went away, which whoever writes says
            loop.call_soon_threadsafe(show, found)

        def show(found: T) -> None:
            if self._newest.get(name) == number:
                then(found)

        self._thread.submit(run)

    def _reader(self) -> Reader:
        if self._own is None:
            self._own = self._model.again()
        return self._own

    def close(self) -> None:
        """Let go of thread and store."""
        self._newest.clear()
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._own is not None:
            self._own.close()
