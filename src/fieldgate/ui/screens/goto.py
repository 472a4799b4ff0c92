"""The go-to menu: every view, the gate and where else one can go, each with its letter."""

from typing import TYPE_CHECKING

from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.screens.views import PANES
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen


_SCREENS = (
    ("y", "sync", mark("Sync meeting")),
    ("d", "decide", mark("Decide the gate")),
    ("m", "assumption_map", mark("Assumption map")),
    ("v", "pivot_tree", mark("Pivot tree")),
    ("t", "timeline", mark("Evidence over time")),
    ("r", "mirror", mark("The mirror: maybes of each of us")),
    ("b", "time_machine", mark("Time machine")),
    ("e", "snapshot", mark("Earlier gates")),
    ("p", "policy", mark("Policy")),
    ("a", "archived", mark("Archived records")),
    ("n", "what_next", mark("What is next, all of it")),
)
"""Letter, name and words of what else one can go to."""


def show(desk: "DeskScreen") -> None:
    """Show where one can go."""
    views = [Item(value=spec.name, label=t(spec.title), letter=str(spec.number)) for spec in PANES]
    screens = [Item(value=f"screen {name}", label=t(words), letter=letter) for letter, name, words in _SCREENS]

    def chosen(name: str | None) -> None:
        if name is not None and name.startswith("screen "):
            from fieldgate.ui.screens.working import start_move  # loaded by now, by the key that led here

            start_move(desk, name.partition(" ")[2])
        elif name is not None:
            desk.action_view(name)

    desk.app.push_screen(MenuScreen(t("Go to"), [*views, *screens]), chosen)
