"""MenuScreen: a list of things to do, each with its letter; what cannot be done now says what is missing."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label

from fieldgate.ui.bindings import binding
from fieldgate.ui.plain import pad, plain, width_of
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.values import dataclass
from fieldgate.words import mark, t

_AROUND = 4
_BESIDE = 6
"""Cells of a line beside its label: frame, cursor, letter."""
_LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a menu. `missing` greys it and says why; a letter works at once."""

    value: str
    label: str
    letter: str = ""
    missing: tuple[str, ...] = ()


class MenuScreen(ModalScreen[str], inherit_bindings=False):
    """A menu over the screen below; closes with the value that was chosen, or with nothing.

    Args:
        title: What it is about.
        items: Its lines.
    """

    DEFAULT_CSS = """
    MenuScreen {
        align: center middle;
        background: $background 60%;
        & > #menu { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface; }
        #menu-whole { height: auto; max-height: 4; padding: 0 2; color: $warning; display: none; }
        #menu-whole.-said { display: block; }
    }
    """
    HELP = mark("What can be done now. A letter does it at once; Enter does what is under the cursor.")
    BINDINGS: ClassVar[list[BindingType]] = [binding("list.back", "close"), binding("app.help", "app.explain")]

    def __init__(self, title: str, items: Sequence[Item]) -> None:
        super().__init__()
        self._items = tuple(items)
        rows = [_row(number, item) for number, item in enumerate(items)]
        self._list = RecordList(
            Listed(rows), lines=1, gap=0, title=title, markable=False, empty=_empty(), id="menu-list"
        )

    def compose(self) -> ComposeResult:
        """One list, and below it in full what its line has no room for."""
        with Vertical(id="menu"):
            yield self._list
            yield Label("", id="menu-whole", markup=False)

    def on_mount(self) -> None:
        """Start on the first line."""
        self._list.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Be as high as the lines, as far as there is room."""
        self._list.styles.height = max(_LEAST, min(len(self._items) + 2, event.size.height - _AROUND))

    def on_key(self, event: events.Key) -> None:
        """Do what has this letter."""
        found = [item for item in self._items if item.letter and item.letter == event.character]
        if found:
            event.stop()
            event.prevent_default()
            self._take(next((item for item in found if not item.missing), found[0]))

    @on(RecordList.Moved)
    def _say_whole(self, event: RecordList.Moved) -> None:
        event.stop()
        item = self._items[int(event.id)] if event.id else None
        whole = "\n".join(item.missing) if item is not None else ""
        if item is not None and not whole and width_of(item.label) + _BESIDE > self._list.size.width:
            whole = item.label
        label = self.query_one("#menu-whole", Label)
        label.update(plain(whole, lines=True))
        label.set_class(bool(whole), "-said")

    @on(RecordList.Chosen)
    def _choose(self, event: RecordList.Chosen) -> None:
        event.stop()
        self._take(self._items[int(event.id)])

    def _take(self, item: Item) -> None:
        if item.missing:
            self.notify("\n".join(item.missing), severity="warning")
        else:
            self.dismiss(item.value)

    def action_close(self) -> None:
        """Leave without choosing."""
        self.dismiss(None)


def _row(number: int, item: Item) -> Row:
    label = f"{pad(item.letter or ' ', 2)} {item.label}"
    why = f" · {item.missing[0]}" if item.missing else ""
    return Row(str(number), (f"{label}{why}",), dim=bool(item.missing))


def _empty() -> Content:
    return Content(t("Nothing can be done here now."))
