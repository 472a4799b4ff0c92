"""Running the screen: what has to stand before Textual is loaded, and what is left when the app has ended."""

import gc
import os
from typing import TYPE_CHECKING

from fieldgate.errors import NotFoundError
from fieldgate.settings import load_settings
from fieldgate.ui.driver import quick_driver
from fieldgate.ui.last_look import keep, picture_of
from fieldgate.workspace.door import Target, find_path, inspect
from fieldgate.workspace.upkeep.screens import settled

if TYPE_CHECKING:
    from fieldgate.locations import Locations
    from fieldgate.settings import Settings
    from fieldgate.ui.fieldgate_app import FieldgateApp
    from fieldgate.ui.keymap import Keymap
    from fieldgate.ui.picture import Picture
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.upkeep.screens import Claim

_FRAMES_PER_SECOND = "240"
"""How soon a second change is drawn; at the 60 of Textual a key waits for the frame before."""
_ESCAPE_MILLISECONDS = "25"
"""How long a lone Escape waits for the rest of a sequence."""


def run_app(
    path: str | None,
    locations: "Locations",
    clock: "Clock",
    author: str | None,
    *,
    no_mouse: bool = False,
    tour: bool = False,
) -> int:
    """Open the screen and return the exit status.

    Args:
        path: The workspace; None means the one used last, or the start screen.
        locations: Where this user's things are.
        clock: Tells day and time.
        author: Handle of who acts, if the call said it.
        no_mouse: Leave the mouse to the terminal.
        tour: Begin with the tour.

    Raises:
        FieldgateError: What was named cannot be opened; nothing was drawn yet.
    """
    settings = load_settings(locations)
    keymap = _keymap_of(settings)
    target, claim = settled(_target(path, locations))
    _prepare_start()
    app: FieldgateApp | None = None
    picture = picture_of(target, locations, settings, clock, author)
    shown = picture is not None and picture.show()
    try:
        from fieldgate.ui import fieldgate_app  # reads those variables, and is needed by the screen alone

        app = fieldgate_app.FieldgateApp(
            locations=locations,
            clock=clock,
            author=author,
            target=target,
            keymap=keymap,
            theme=settings.theme,
            driver_class=quick_driver(already_open=shown, attributes=picture.attributes if picture else None),
        )
        app.begins_with_tour = tour
        app.run(mouse=settings.mouse and not no_mouse)
        if picture is not None:
            picture.hand_over()
    finally:
        _end(app, picture, claim)
    if target is not None:
        keep(app.look, target, picture_of(target, locations, load_settings(locations), clock, author), clock)
    _end_of_process()
    return app.return_code or 0


def _end_of_process() -> None:
    """Collect no more: the process ends now, and what is left only takes time."""
    gc.freeze()
    gc.disable()


def _prepare_start() -> None:
    """Say to Textual what it reads from the environment when it is loaded, and collect no garbage.

    Nothing that start-up makes is garbage; looking for it is a tenth of the start.
    """
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES_PER_SECOND)
    os.environ.setdefault("ESCDELAY", _ESCAPE_MILLISECONDS)
    gc.disable()


def _keymap_of(settings: "Settings") -> "Keymap | None":
    if not settings.keys:
        return None
    from fieldgate.ui.keymap import Override, check_overrides  # most have no keys of their own

    lines = settings.lines
    return check_overrides(
        {name: Override(keys=keys, line=lines.get(("keys", name), 0)) for name, keys in settings.keys.items()}
    )


def _end(app: "FieldgateApp | None", picture: "Picture | None", claim: "Claim") -> None:
    """Give the terminal back if the app never took it over, and let everything be written."""
    if picture is not None:
        picture.withdraw()
    try:
        if app is not None:
            app.finish()
    finally:
        claim.release()  # also where the shared folder is gone, which is said behind the screen


def _target(path: str | None, locations: "Locations") -> Target | None:
    try:
        return inspect(find_path(path, locations), locations)
    except NotFoundError:
        if path is not None:
            raise
        return None
