"""Leaving and coming back: where one is on the desk as a value, and what was filtered."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fieldgate.ui.pane import ListPane
from fieldgate.ui.panes.journey import JourneyPane
from fieldgate.ui.screens.views import LEFT
from fieldgate.words import t
from fieldgate.workspace.returning import Place

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen


def place_of(desk: "DeskScreen") -> Place:
    """Say where one is."""
    lists = {each.id: each.place for each in desk.query(ListPane) if each.id}
    wishes: dict[str, str] = {}
    for pane in desk.query(".view"):
        within = [pane] if isinstance(pane, ListPane) else list(pane.query(ListPane))
        wish = next((each.wish for each in within if each.wish), "")
        if wish:
            wishes[(pane.id or "").removeprefix("pane-")] = wish
    board = desk.query_one(JourneyPane)
    column, first = board.folds
    return Place(
        view=desk.view,
        right=desk.right,
        left=desk.left,
        lists=lists,
        wishes=wishes,
        phase=board.phase,
        column=column,
        first_column=first,
        is_map=board.is_map,
    )


def filter_again(desk: "DeskScreen", wishes: Mapping[str, str]) -> None:
    """Filter again what was filtered."""
    from fieldgate.ui.screens.filtering import set_wish  # where one left, nobody filters any more

    for name, wish in wishes.items():
        if name in {*LEFT, desk.right}:
            set_wish(desk, name, wish)


def leave_view(desk: "DeskScreen") -> None:
    """Go out of what a view is filtered by, then out of the view; the top level says how to quit."""
    from fieldgate.ui.screens.filtering import set_wish, wish_of  # as above

    if wish_of(desk, desk.view):
        set_wish(desk, desk.view, "")
    elif desk.view not in {*LEFT, "journey"}:
        desk.show_view("journey")
    else:
        desk.notify(t("{key} quits", key=desk.keymap.label("app.quit")), timeout=3)
