"""Choosing a theme: the cursor previews, Enter keeps, Escape brings the old one back. A file that changes is read again."""

from pathlib import Path
from typing import Any

from textual.app import App
from textual.timer import Timer

from fieldgate.errors import FieldgateError
from fieldgate.locations import Locations
from fieldgate.settings import change_setting
from fieldgate.ui import themes
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import t

LOOK_EVERY = 1.0
"""Seconds between two looks at the file of the theme that is shown."""


class Wardrobe:
    """The themes there are, and the one that is worn; a changed file is worn anew, a bad one is refused in words.

    Args:
        app: Wears them.
        locations: Where themes are.
    """

    def __init__(self, app: App[Any], locations: Locations) -> None:
        self._app = app
        self._locations = locations
        self.files = themes.theme_files((locations.themes(), locations.user_themes()))
        self._seen: dict[Path, int] = {}

    def wear(self, name: str) -> bool:
        """Put a theme on; False, and said, where its file is wrong: the old one stays."""
        path = self.files.get(name)
        try:
            if path is not None:
                self._seen[path] = _changed_at(path)
                self._app.register_theme(themes.load_theme(path, self._locations.cache))
        except FieldgateError as error:
            self._app.notify(f"{error.message}\n{error.where}\n{error.hint}".strip(), severity="warning")
            return False
        if self._app.theme == name:
            self._app.refresh_css(animate=False)
        else:
            self._app.theme = name
        return True

    def look_again(self) -> None:
        """Wear the theme that is worn anew if its file was changed."""
        path = self.files.get(self._app.theme)
        if path is not None and self._seen.setdefault(path, _changed_at(path)) != _changed_at(path):
            self.wear(self._app.theme)


def watch(app: App[Any], locations: Locations) -> Timer | None:
    """Read the user's own theme again whenever its file changes; None where the theme is one of ours."""
    wardrobe = Wardrobe(app, locations)
    path = wardrobe.files.get(app.theme)
    if path is None or not path.is_relative_to(locations.user_themes()):
        return None
    wardrobe.look_again()
    return app.set_interval(LOOK_EVERY, wardrobe.look_again)


def show(app: App[Any], locations: Locations) -> None:
    """Let a theme be chosen."""
    wardrobe, before = Wardrobe(app, locations), app.theme
    names = sorted({themes.DEFAULT.name, *wardrobe.files})
    rows = [Row(name, (name,)) for name in (before, *(each for each in names if each != before))]
    screen = ChooseScreen(t("Themes"), rows, moved=wardrobe.wear)
    timer = app.set_interval(LOOK_EVERY, wardrobe.look_again)

    def chosen(name: str | None) -> None:
        timer.stop()
        if name is None or not wardrobe.wear(name):
            wardrobe.wear(before)
            return
        try:
            change_setting(locations, ("theme",), name)
        except FieldgateError as error:
            app.notify(f"{error.message}\n{error.hint}".strip(), severity="warning")
        watch(app, locations)

    app.push_screen(screen, chosen)


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
