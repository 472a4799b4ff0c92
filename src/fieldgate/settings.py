"""What a user sets for this machine: `settings.yaml` in the config folder, with what the environment says on top.

The file is read, and YAML loaded, only if it is there. An author is a handle of a workspace's member,
FIELDGATE_AUTHOR before the file; NO_COLOR asks for the theme of the terminal's own colours where none is chosen.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from fieldgate.errors import BusyError, FormatError
from fieldgate.locations import Locations
from fieldgate.words import LANGUAGES, t

if TYPE_CHECKING:
    from fieldgate.yamltext import Value

DEFAULT_THEME = "field-dark"
NO_COLOR_THEME = "terminal"
"""The theme of the sixteen colours that the terminal itself has."""
ALLOWED = ("theme", "author", "authors", "language", "mouse", "keys")
"""The keys of the file, in the order of the guide."""

_LONGEST = 200
_NONE: Mapping[Any, Any] = MappingProxyType({})


class Settings(NamedTuple):
    """The settings in force. Whether a theme or a key exists is for those who know them to say."""

    theme: str = DEFAULT_THEME
    language: str = "en"
    author: str = ""
    """Who writes in a workspace that `authors` does not name."""
    authors: Mapping[str, str] = _NONE
    """Workspace id to the handle of the user there."""
    told_author: str = ""
    """FIELDGATE_AUTHOR."""
    mouse: bool = True
    keys: Mapping[str, str] = _NONE
    """Id of a key binding to the keys that the user gave it."""
    lines: Mapping[tuple[str, ...], int] = _NONE
    """Line of the file in which a key stands, by its path: ("keys", "desk.find")."""

    def author_of(self, workspace_id: str) -> str:
        """The handle that the user writes under in a workspace; empty when nothing says it."""
        return self.told_author or self.authors.get(workspace_id, "") or self.author


def load_settings(locations: Locations) -> Settings:
    """Read the settings of this user; without a file the defaults hold.

    Raises:
        FormatError: Something in the file is not as it must be; names the line.
    """
    path = locations.settings()
    if not path.exists():
        return _settings(_NONE, _NONE, path.name)
    from fieldgate.yamltext import read_file, read_with_lines  # YAML costs more than all else here

    values, lines = read_with_lines(read_file(path), where=path.name)
    return _settings(values, lines, path.name)


def change_setting(locations: Locations, path: tuple[str, ...], value: str) -> Settings:
    """Write one setting and leave every other line of the file as its owner wrote it.

    Args:
        locations: Where the file is.
        path: ("theme",), or ("authors", id of a workspace).
        value: What it is to say.

    Raises:
        FormatError: The setting does not exist or may not say that; the file is then as it was.
        BusyError: The file cannot be written.
    """
    from fieldgate.yamltext import FILE, read, read_file, read_with_lines, write  # as above

    file = locations.settings()
    text = read_file(file) if file.exists() else ""
    values, lines = read_with_lines(text, where=file.name)
    wanted = _with(values, path, value)
    edited = _edited(text, lines, path, write({path[-1]: value}))
    try:
        unusual = read(edited, limits=FILE) != wanted
    except FormatError:
        unusual = True
    if unusual:  # written in braces, over several lines and the like
        edited = write(wanted)
    again, lines = read_with_lines(edited, where=file.name)
    settings = _settings(again, lines, file.name)
    _replace(file, edited)
    return settings


def _settings(values: "Mapping[str, Value]", lines: Mapping[tuple[str, ...], int], file: str) -> Settings:
    typed = _typed(values, _Told(file, lines))
    typed.setdefault("theme", NO_COLOR_THEME if os.environ.get("NO_COLOR") else DEFAULT_THEME)
    return Settings(told_author=os.environ.get("FIELDGATE_AUTHOR", "").strip(), lines=lines, **typed)


def _with(values: "Mapping[str, Value]", path: tuple[str, ...], value: str) -> "Mapping[str, Value]":
    first, *rest = path
    if not rest:
        return {**values, first: value}
    inner = values.get(first)
    return {**values, first: _with(inner if isinstance(inner, Mapping) else {}, tuple(rest), value)}


def _edited(text: str, lines: Mapping[tuple[str, ...], int], path: tuple[str, ...], line: str) -> str:
    """Put the line of a setting where its old one stands, else below the map it belongs to, else at the end."""
    rows = text.split("\n") if text else []
    line = "  " * (len(path) - 1) + line.rstrip("\n")
    if path in lines:
        rows[lines[path] - 1] = line
    elif path[:-1] in lines:
        rows.insert(lines[path[:-1]], line)
    else:
        head = [f"{key}:" for key in path[:-1]]
        while rows and not rows[-1]:
            rows.pop()
        rows += [*head, line, ""]
    return "\n".join(rows)


def _replace(file: Path, text: str) -> None:
    """Write the whole file beside the old one and rename it; a link stays a link."""
    target = file.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(handle)
        beside.replace(target)
    except OSError as error:
        message = t("{file} cannot be written: {reason}.", file=file, reason=error.strerror)
        raise BusyError(message, t("Look at the rights of the folder and the room on the disk."), str(file)) from error


class _Told:
    """Words about a value, with its line."""

    def __init__(self, file: str, lines: Mapping[tuple[str, ...], int]) -> None:
        self._file = file
        self._lines = lines

    def refusal(self, path: tuple[str, ...], reason: str, hint: str = "") -> FormatError:
        message = t("{file}, line {line}: {reason}", file=self._file, line=self._lines[path], reason=reason)
        return FormatError(message, hint, self._file)


def _typed(values: "Mapping[str, Value]", told: _Told) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for key, value in values.items():
        if key not in ALLOWED:
            allowed = t("Allowed are {keys}.", keys=", ".join(ALLOWED))
            raise told.refusal((key,), t("there is no setting {key}.", key=key), allowed)
        if key in ("authors", "keys"):
            typed[key] = _words(key, value, told)
        elif value != "":  # a setting left empty is not set
            typed[key] = _word((key,), value, told)
    if "language" in typed and typed["language"] not in LANGUAGES:
        reason = t("there is no language {language}.", language=typed["language"])
        raise told.refusal(("language",), reason, t("There are {keys}.", keys=", ".join(LANGUAGES)))
    if "mouse" in typed:
        if typed["mouse"] not in ("yes", "no"):
            raise told.refusal(("mouse",), t("{key} is yes or no.", key="mouse"))
        typed["mouse"] = typed["mouse"] == "yes"
    return typed


def _words(key: str, value: "Value", told: _Told) -> Mapping[str, str]:
    if value == "":
        return _NONE
    if not isinstance(value, Mapping):
        raise told.refusal((key,), t("{key} is a map of `key: value` lines.", key=key))
    return MappingProxyType({name: _word((key, name), inner, told) for name, inner in value.items()})


def _word(path: tuple[str, ...], value: "Value", told: _Told) -> str:
    word = value.strip() if isinstance(value, str) else ""
    if "\n" in word or not 0 < len(word) <= _LONGEST:
        raise told.refusal(path, t("{key} is one line of text.", key=path[-1]))
    return word
