"""ChooseScreen: a line to type in and below it what fits; one picker for commands, records, places and catalogues."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from fieldgate.domain.folding import fold
from fieldgate.ui.bindings import binding
from fieldgate.ui.holding_app import hold_keys
from fieldgate.ui.plain import plain
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.ui.widgets.typing import Typed
from fieldgate.words import mark, t

LONGEST = 400
_AROUND = 8
_LEAST = 3

More = Callable[[str, Callable[[Sequence[Row]], None]], None]
"""Looks for more rows elsewhere and hands them back when they are there."""


class ChooseLine(Typed, Input):
    """The line; up, down and the pages move in the list below it."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, below: RecordList, placeholder: str) -> None:
        super().__init__(max_length=LONGEST, select_on_focus=False, compact=True, placeholder=plain(placeholder).plain)
        self.cursor_blink = False
        self._below = below

    def take(self) -> None:
        """Take what is under the cursor, of what fits what is typed by now."""
        if isinstance(self.screen, ChooseScreen):
            self.screen.take()

    AT_ONCE = MappingProxyType({"enter": take})

    def on_key(self, event: events.Key) -> None:
        """Move in the list without leaving the line."""
        steps = {"down": self._below.action_move, "up": self._below.action_move}
        if event.key in steps:
            event.stop()
            event.prevent_default()
            steps[event.key](1 if event.key == "down" else -1)
        elif event.key in {"pagedown", "pageup"}:
            event.stop()
            event.prevent_default()
            self._below.action_page(1 if event.key == "pagedown" else -1)


class ChooseScreen(ModalScreen[str], inherit_bindings=False):
    """A picker over the screen below; closes with the id of the chosen row, or with nothing.

    Args:
        title: What is chosen.
        rows: What can be chosen; those that hold every typed word stay.
        more: Finds further rows by what was typed, without holding up the typing.
        free: Whether what was typed may be taken where no row fits; it comes back with `+` before it.
        moved: Called with the row under the cursor whenever that changes.
        typed: What stands in the line from the start.
        also: Further words by which a row is found, by its id.
    """

    DEFAULT_CSS = """
    ChooseScreen {
        align: center middle;
        background: $background 60%;
        & > #choose { width: 84; max-width: 100%; height: auto; max-height: 100%; background: $surface; }
        ChooseLine { border: none; padding: 0 1; }
    }
    """
    HELP = mark("Type parts of words; arrows choose, Enter takes, Esc leaves.")
    BINDINGS: ClassVar[list[BindingType]] = [binding("form.keep", "close"), binding("form.help", "app.explain")]

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        *,
        more: More | None = None,
        free: str = "",
        moved: Callable[[str], object] | None = None,
        typed: str = "",
        also: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self._typed = typed
        self._rows = tuple(rows)
        self._folded = [fold(" ".join(row.lines)) for row in rows]
        self._also = [fold(also.get(row.id, "")) for row in rows]
        self._more = more
        self._free = free
        self._moved = moved
        self._found: tuple[Row, ...] = ()
        self._shown = ""
        self._awaited: str | None = None
        self._let_go: Callable[[], None] = lambda: None
        self._looked_for = ""
        self._list = RecordList(
            Listed(self._rows), lines=1, gap=0, title=title, markable=False, empty=Content(t("Nothing fits."))
        )
        self._list.can_focus = False
        self._line = ChooseLine(self._list, t("type to find"))

    def compose(self) -> ComposeResult:
        """The line above its list."""
        with Vertical(id="choose"):
            yield self._line
            yield self._list

    def on_mount(self) -> None:
        """Start typing."""
        self._line.focus()
        if self._typed:
            self._line.value = self._typed
            self._line.action_end()

    def on_resize(self, event: events.Resize) -> None:
        """Be as high as the screen allows; the height stays while one types."""
        wanted = len(self._rows) + 2 if self._more is None else event.size.height
        self._list.styles.height = max(_LEAST, min(wanted, event.size.height - _AROUND))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        self._found = ()
        self._show()
        if self._more is not None:
            wish = event.value
            self._more(wish, lambda rows: self._take_in(wish, rows))

    def take(self) -> None:
        """Take what is under the cursor, of what fits the line as it is now."""
        if self._line.value != self._shown:
            self._found = ()
            self._show()
        if self._list.cursor_id:
            self.dismiss(self._list.cursor_id)
        elif self._more is not None and self._looked_for != self._line.value:
            self._awaited = self._line.value
            self._let_go()
            self._let_go = hold_keys(self.app)

    @on(RecordList.Moved)
    def _tell(self, event: RecordList.Moved) -> None:
        event.stop()
        if self._moved is not None and event.id:
            self._moved(event.id)

    @on(RecordList.Chosen)
    def _choose(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.dismiss(event.id)

    def on_unmount(self) -> None:
        """Hold no key any longer."""
        self._let_go()

    def action_close(self) -> None:
        """Leave without choosing."""
        self.dismiss(None)

    def _take_in(self, wish: str, rows: Sequence[Row]) -> None:
        if self.is_attached and wish == self._line.value:
            self._found, self._looked_for = tuple(rows), wish
            self._show()
            if self._awaited == wish and self._list.cursor_id:
                self.dismiss(self._list.cursor_id)
            self._let_go()

    def _show(self) -> None:
        text = self._shown = self._line.value
        words = [fold(word) for word in text.split()]
        found = [
            (min(_rank(folded, fold(text.strip())), _rank(also, fold(text.strip()))), row)
            for row, folded, also in zip(self._rows, self._folded, self._also, strict=True)
            if all(word in folded or word in also for word in words)
        ]
        fitting = [row for _, row in sorted(found, key=lambda each: each[0])]
        typed = [Row(f"+{text.strip()}", (f"{self._free}: {text.strip()}",))] if self._free and text.strip() else []
        self._list.show(Listed([*fitting, *self._found, *typed]))
        self._list.action_first()


def _rank(folded: str, wish: str) -> int:
    """How well a row fits: what begins with the wish first, also behind its key; then what has a word that does."""
    if folded.lstrip().startswith(wish) or f"  {wish}" in folded:
        return 0
    return 1 if f" {wish}" in folded else 2
