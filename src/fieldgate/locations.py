"""Where things are: data, settings and cache of this user, and what ships with fieldgate.

Names paths and creates none. The three folders are the platform's own; FIELDGATE_DATA, FIELDGATE_CONFIG and
FIELDGATE_CACHE put them elsewhere. What ships is found in a checkout and in an installed wheel alike.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs

from fieldgate.errors import FormatError
from fieldgate.words import t

_HERE = Path(__file__).resolve().parent
# The pattern of every id, said again: this room knows none above it, and here an id becomes a path.
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Locations:
    """The folders of one user; absolute, and perhaps not there yet."""

    data: Path
    config: Path
    cache: Path

    @classmethod
    def find(cls) -> Self:
        """Find them by the environment of the process."""
        usual = platformdirs.PlatformDirs("fieldgate", appauthor=False)
        return cls(
            data=_folder("FIELDGATE_DATA", usual.user_data_dir),
            config=_folder("FIELDGATE_CONFIG", usual.user_config_dir),
            cache=_folder("FIELDGATE_CACHE", usual.user_cache_dir),
        )

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


def _folder(variable: str, usual: str) -> Path:
    return Path(os.environ.get(variable) or usual).absolute()


def _shipped(name: str) -> Path:
    """A wheel carries these folders inside the package; in a checkout they stand beside `src`."""
    packed = _HERE / "_shipped" / name
    return packed if packed.is_dir() else _HERE.parents[1] / name
