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
)
"""Letter, name and words of what else one can go to."""


def show(desk: "DeskScreen") -> None:
    """Show where one can go."""
    views = [Item(value=spec.name, label=t(spec.title), letter=str(spec.number)) for spec in PANES]
    waiting = desk.state.summary.next[0] if desk.state and desk.state.summary and desk.state.summary.next else None
    screens = [Item(value=f"screen {name}", label=t(words), letter=letter) for letter, name, words in _SCREENS]
    fix = [Item(value="next", label=t("NEXT: {text}", text=waiting.text), letter="n")] if waiting else []

    def chosen(name: str | None) -> None:
        if name == "next" and waiting is not None and waiting.id:
            from fieldgate.ui.screens.doing import open_hit  # loaded by now, by the key that led here

            open_hit(desk, waiting.kind, waiting.id)
        elif name is not None and name.startswith("screen "):
            from fieldgate.ui.screens.working import start_move  # as above

            start_move(desk, name.partition(" ")[2])
        elif name is not None and name != "next":
            desk.action_view(name)

    desk.app.push_screen(MenuScreen(t("Go to"), [*views, *screens, *fix]), chosen)
