"""Screens about this machine more than about the workspace: other workspaces, themes, a new workspace, the tour."""

from typing import TYPE_CHECKING

from fieldgate.locations import Locations
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import ScreenRequested
from fieldgate.workspace.clock import Clock

if TYPE_CHECKING:
    from fieldgate.ui.answering_app import AnsweringApp


def show(app: "AnsweringApp", keymap: Keymap, locations: Locations, clock: Clock, wish: ScreenRequested) -> None:
    """Show the screen that was wished for."""
    match wish.name:
        case "switch":
            from fieldgate.ui.screens import switching  # each is loaded when it is shown

            switching.show(app, locations)
        case "themes":
            from fieldgate.ui.screens import themes_chooser  # as above

            themes_chooser.show(app, locations)
        case "new":
            from fieldgate.ui.screens import beginning  # as above

            beginning.show(app, keymap, locations, clock, wish.value)
        case "tour":
            app.begin_tour()
        case _:
            raise ValueError(wish.name)
