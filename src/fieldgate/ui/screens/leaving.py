"""Leaving and coming back: where one is on the desk as a value, and what was filtered."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fieldgate.ui.pane import ListPane
from fieldgate.ui.panes.journey import JourneyPane
from fieldgate.ui.screens.views import LEFT
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
