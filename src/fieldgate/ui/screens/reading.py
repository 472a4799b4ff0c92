"""Reading on the desk: the detail follows the cursor, takes the focus and gives it back."""

from textual import on

from fieldgate.ui.messages import CursorMoved, DetailRequested
from fieldgate.ui.screens.places import PlacesScreen

_PATIENCE = 0.05
"""Seconds that the detail waits for the cursor to rest."""


class ReadingScreen(PlacesScreen):
    """The desk with its detail."""

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

    def _read(self, *, grow: bool = True) -> None:
        """Give the detail the focus, and its place where it has none of its own.

        Args:
            grow: It takes room from the board, if that is beside it. Who passes through on the way round wants none.
        """
        if self.focused is not self._detail:
            self._origin = self.focused
        if self._wanted[1] and not self._is_reading:
            self._detail.open(*self._wanted)
        self._minimize()
        self._is_reading, self._is_grown = True, grow
        self._arrange()
        self._focus(self._detail)

    def _leave_detail(self) -> None:
        origin = self._origin
        self._stop_reading()
        self._arrange()
        there = origin is not None and origin.is_attached
        self._focus(origin if there and origin is not None else self._pane(self._right).heart)
