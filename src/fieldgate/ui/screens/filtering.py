"""Filtering a pane as one types: `!word` leaves out, Enter goes back to the rows, Escape shows all again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input

from fieldgate.store.reader import Reader
from fieldgate.ui.bindings import binding
from fieldgate.ui.holding_app import hold_keys
from fieldgate.ui.pane import ListPane
from fieldgate.ui.plain import plain
from fieldgate.ui.screens.views import emptiness
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

LONGEST = 200
_NAME = "filter"


class FilterLine(Input):
    """The line at the foot of the desk in which a filter is typed.

    Args:
        desk: The desk.
        view: The view that is filtered.
    """

    DEFAULT_CSS = """
    FilterLine { height: 1; border: none; padding: 0 1; }
    """
    HELP = mark("Only rows that hold every word stay; !word leaves out. Enter goes to the rows, Esc shows all again.")
    BINDINGS: ClassVar[list[BindingType]] = [binding("form.keep", "drop")]

    def __init__(self, desk: "DeskScreen", view: str) -> None:
        shown = plain(t("words to find here, !word leaves out")).plain
        super().__init__(wish_of(desk, view), max_length=LONGEST, select_on_focus=False, placeholder=shown)
        self.cursor_blink = False
        self._desk = desk
        self._view = view

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed now."""
        event.stop()
        set_wish(self._desk, self._view, event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the rows; the filter stays."""
        event.stop()
        self._end()

    def on_key(self, event: events.Key) -> None:
        """Go to the rows by the arrows too."""
        if event.key in {"down", "up"}:
            event.stop()
            self._end()

    def action_drop(self) -> None:
        """Show all rows again."""
        set_wish(self._desk, self._view, "")
        self._end()

    def _end(self) -> None:
        self._desk.show_view(self._view)
        self.remove()


def start(desk: "DeskScreen") -> None:
    """Open the line, for the view that has the focus."""
    if not _lists(desk, desk.view):
        desk.notify(t("There is no list to filter here."), severity="warning")
        return
    desk.query(FilterLine).remove()
    line = FilterLine(desk, desk.view)
    # Letters typed meanwhile belong into the line; on the desk they would be commands.
    end = hold_keys(desk.app)
    desk.mount(line, before="#hints")

    def take_focus() -> None:
        desk.set_focus(line)
        end()

    desk.call_after_refresh(take_focus)


def wish_of(desk: "DeskScreen", view: str) -> str:
    """What a view is filtered by."""
    return next((each.wish for each in _lists(desk, view)), "")


def set_wish(desk: "DeskScreen", view: str, wish: str) -> None:
    """Filter a view, or show all of it."""
    for each in _lists(desk, view):
        if wish.strip():
            each.hold_wish(wish)
        else:
            each.set_empty(emptiness(each, desk.keymap.label))
            each.keep_found("", None)
    search_again(desk)


def search_again(desk: "DeskScreen") -> None:
    """Look for what each filtered list wishes for, and show it when it is there."""
    wishing = [each for each in desk.query(ListPane) if each.wish]
    wishes = [(each.VIEW, each.wish, each.scope) for each in wishing]

    def look(reader: Reader) -> list[Sequence[str]]:
        return [reader.matching(*wish) for wish in wishes]

    def show(found: Sequence[Sequence[str]]) -> None:
        for pane, (_, wish, _), ids in zip(wishing, wishes, found, strict=True):
            if pane.is_attached and pane.wish == wish:
                pane.set_empty(Content(t("Nothing has these words.")))
                pane.keep_found(wish, ids)

    desk.finder.look(_NAME, look, show)


def _lists(desk: "DeskScreen", view: str) -> list[ListPane]:
    """The lists of a view: one, or the columns of the board."""
    pane = desk.query(f"#pane-{view}")
    first = pane.first() if pane else None
    if isinstance(first, ListPane):
        return [first]
    return list(first.query(ListPane)) if first is not None else []
