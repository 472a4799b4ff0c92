"""Leaving and coming back: where one is on the desk as a value, and the desk put back there."""

from typing import TYPE_CHECKING

from fieldgate.ui.pane import ListPane
from fieldgate.ui.panes.journey import JourneyPane
from fieldgate.ui.screens.views import BY_NAME, LEFT
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


def return_to(desk: "DeskScreen", place: Place) -> None:
    """Put the desk where one was; what is gone since is left out."""
    board = desk.query_one(JourneyPane)
    board.come_back(place.phase, place.column, place.first_column, is_map=place.is_map)
    # Views that were shown are made again, so that their cursors are where they were.
    for name in (place.right, place.left, place.view):
        if name in BY_NAME:
            desk.show_view(name)
    for each in desk.query(ListPane):
        if each.id and each.id in place.lists:
            each.come_back(*place.lists[each.id])
    if place.wishes:
        from fieldgate.ui.screens.filtering import set_wish  # few leave a filter behind

        for name, wish in place.wishes.items():
            if name in {*LEFT, place.right}:
                set_wish(desk, name, wish)
