"""TabLine: the views on a narrow screen, each with its key and its count; a click goes there.

As many as fit are written out, the one that is shown before all others; the rest keep their keys.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from fieldgate.domain.display import clean
from fieldgate.ui.plain import width_of
from fieldgate.ui.widgets.drawn import Drawn


class Tab(NamedTuple):
    """A view: its name for the program, its key, what is written beside it."""

    view: str
    key: str
    words: str


class TabLine(Drawn):
    """One line of tabs."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "tab-line--key": "bold",
        "tab-line--words": "$text-muted",
        "tab-line--here": "bold $accent",
    }
    DEFAULT_CSS = """
    TabLine {
        height: 1;
    }
    """

    class Clicked(Message):
        """A tab was clicked."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._tabs: tuple[Tab, ...] = ()
        self._here = ""
        self._more = ""

    def show(self, tabs: Sequence[Tab], here: str, more: str = "") -> None:
        """Show tabs, the one that is `here` marked, and something more at the end."""
        if (tuple(tabs), here, more) != (self._tabs, self._here, self._more):
            self._tabs, self._here, self._more = tuple(tabs), here, more
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return one line."""
        return 1

    def render_line(self, y: int) -> Strip:
        """Draw the tabs."""
        del y
        parts: list[tuple[str, str]] = []
        for tab, text in self._placed():
            key, words = text[: len(tab.key)], text[len(tab.key) :]
            if tab.view == self._here:
                parts.append((f"▌{text} ", "tab-line--here"))
            else:
                parts += [(" ", ""), (key, "tab-line--key"), (f"{words} ", "tab-line--words")]
        if self._more and sum(width_of(text) for text, _ in parts) + width_of(clean(self._more)) < self.size.width:
            parts.append((f" {clean(self._more)}", "tab-line--words"))
        return self.strip_of(parts, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Go to the clicked view."""
        x = event.x
        for tab, text in self._placed():
            x -= width_of(text) + 2
            if x < 0:
                self.post_message(self.Clicked(tab.view))
                return

    def _placed(self) -> list[tuple[Tab, str]]:
        long = {tab.view: f"{tab.key} {clean(tab.words)}" for tab in self._tabs}
        room = self.size.width - sum(width_of(tab.key) + 2 for tab in self._tabs)
        end = width_of(clean(self._more)) + 1 if self._more else 0
        chosen: set[str] = set()
        for tab in sorted(self._tabs, key=lambda each: each.view != self._here):
            more = width_of(long[tab.view]) - width_of(tab.key)
            # What stands at the end yields to the name of the view that is shown, and to no other.
            if more > room - (0 if tab.view == self._here else end):
                break
            room -= more
            chosen.add(tab.view)
        return [(tab, long[tab.view] if tab.view in chosen else tab.key) for tab in self._tabs]
