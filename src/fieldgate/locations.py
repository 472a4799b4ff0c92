"""Where things are: data, settings and cache of this user, and what ships with fieldgate.

Names paths and creates none. The three folders are the platform's own; FIELDGATE_DATA, FIELDGATE_CONFIG and
FIELDGATE_CACHE put them elsewhere. What ships is found in a checkout and in an installed wheel alike.
"""

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple, Self

from fieldgate.errors import FormatError
from fieldgate.words import t

_HERE = Path(__file__).resolve().parent
# The pattern of every id, said again: this room knows none above it, and here an id becomes a path.
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")


class Locations(NamedTuple):
    """The folders of one user; absolute, and perhaps not there yet."""

    data: Path
    config: Path
    cache: Path

    @classmethod
    def find(cls) -> Self:
        """Find them by the environment of the process."""
        return cls(data=_folder("data"), config=_folder("config"), cache=_folder("cache"))

    def settings(self) -> Path:
        """The file of the user's settings."""
        return self.config / "settings.yaml"

    def user_themes(self) -> Path:
        """The folder of the user's own themes."""
        return self.config / "themes"

    def workspaces(self) -> Path:
        """The folder that holds a folder for each workspace."""
        return self.data / "workspaces"

    def workspace_folder(self, workspace_id: str) -> Path:
        """The folder in which all that this machine keeps of a workspace stands.

        Raises:
            FormatError: That is no id, so it must not become a path.
        """
        if not _ID.fullmatch(workspace_id):
            message = t("{id} is no id of a workspace.", id=repr(workspace_id)[:80])
            raise FormatError(message, t("An id is 16 letters and digits, without i, l, o and u."))
        return self.workspaces() / workspace_id

    def store_path(self, workspace_id: str) -> Path:
        """The working store of a workspace.

        Raises:
            FormatError: That is no id.
        """
        return self.workspace_folder(workspace_id) / "store.fieldgate"

    def playbooks(self) -> Path:
        """The folder of the playbook that ships."""
        return _HERE / "playbooks"

    def themes(self) -> Path:
        """The folder of the themes that ship."""
        return _shipped("themes")

    def sample(self) -> Path:
        """The folder of the sample workspace; it is copied before it is opened."""
        return _shipped("sample_workspace")


_ON_LINUX = {"data": ".local/share", "config": ".config", "cache": ".cache"}
"""The folders of the XDG base directory specification below the home, where its variables say nothing."""


def _folder(what: str) -> Path:
    return Path(os.environ.get(f"FIELDGATE_{what.upper()}") or _usual(what)).absolute()


def _usual(what: str) -> str:
    """The platform's own folder; on Linux told here, for the library that knows all platforms is slow to load."""
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ:
        base = os.environ.get(f"XDG_{what.upper()}_HOME", "").strip()
        return f"{base or Path.home() / _ON_LINUX[what]}/fieldgate"
    import platformdirs  # slow, and not needed on most machines

    found: str = getattr(platformdirs, f"user_{what}_dir")("fieldgate", appauthor=False)
    return found


def _shipped(name: str) -> Path:
    """A wheel carries these folders inside the package; in a checkout they stand beside `src`."""
    packed = _HERE / "_shipped" / name
    return packed if packed.is_dir() else _HERE.parents[1] / name
