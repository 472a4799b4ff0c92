"""Themes: colours from `themes/*.yaml`, ours and the user's, checked before Textual sees them.

A bad value in a theme would end the app, so a file is taken whole or refused with its line and reason. YAML is read
only when a theme other than the default is in use and has changed since: what was read is kept as JSON in the cache.
"""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from fieldgate.errors import FormatError
from fieldgate.settings import DEFAULT_THEME
from fieldgate.words import t

COLORS = (
    "primary",
    "secondary",
    "accent",
    "success",
    "warning",
    "error",
    "foreground",
    "background",
    "surface",
    "panel",
)
"""What a theme may colour; all of them have to be there."""

DEFAULT = Theme(
    name=DEFAULT_THEME,
    primary="#6aa5e8",
    secondary="#8fb8de",
    accent="#e5b567",
    success="#7fc08a",
    warning="#e8a95b",
    error="#ee8277",
    foreground="#d8dee6",
    background="#14171c",
    surface="#1a1e25",
    panel="#20252e",
    dark=True,
    ansi=False,
    variables={
        "border": "#6aa5e8",
        "border-blurred": "#566072",
        "text-muted": "#9fabba",
        "text-disabled": "#748092",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#2c4a70",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": "#d8dee6",
        "block-cursor-blurred-background": "#252c38",
    },
)
"""The default, at hand without reading a file; the same as `themes/field-dark.yaml`."""

_NAME = "[a-z][a-z0-9-]{0,39}"
_AUTO = r"auto \d{1,3}%"
_AMOUNT = r" \d{1,3}%$"
_STYLES = frozenset({"none", "not", "bold", "dim", "italic", "underline", "reverse", "strike"})
_YES, _NO = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off"})
_PARTS = frozenset({"about", "dark", "ansi", "colors", "variables"})

Lines = Mapping[tuple[str, ...], int]


def theme_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the theme files by name; of two with one name the later folder's counts.

    A file whose name no theme can have is left out.
    """
    return {
        path.stem: path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.glob("*.yaml"))
        if re.fullmatch(_NAME, path.stem)
    }


def load_theme(path: Path, cache: Path | None = None) -> Theme:
    """Return the theme of a file, by way of the cache when the file is as it was.

    Args:
        path: The file; its name without ending is the theme's name.
        cache: Folder for what was parsed; it is made when needed.

    Raises:
        NotFoundError: The file is not there.
        FormatError: It is no theme; says line and reason.
    """
    from hashlib import sha256  # with YAML kept out of start-up: the default theme needs no file

    from fieldgate.yamltext import FILE, read_file, read_with_lines  # as above

    text = read_file(path)
    digest = sha256(text.encode()).hexdigest()
    kept = cache / f"theme-{path.stem}.json" if cache else None
    values = _from_cache(kept, digest)
    if values is not None:
        return build_theme(path.stem, values, where=path.name)
    values, lines = read_with_lines(text, limits=FILE, where=path.name)
    theme = build_theme(path.stem, values, where=path.name, lines=lines)
    if kept is not None:
        _keep(kept, digest, values)
    return theme


def build_theme(name: str, values: Mapping[str, Any], *, where: str, lines: Lines | None = None) -> Theme:
    """Return a theme made of what a file holds.

    Raises:
        FormatError: An unknown name, a missing colour, a value that is none; says line and reason.
    """
    check = _Check(where, lines or {})
    if not re.fullmatch(_NAME, name):
        raise check.refusal((), t("{name} cannot be the name of a theme", name=repr(name)))
    for part in values:
        if part not in _PARTS:
            raise check.refusal((part,), t("a theme has no part called {name}", name=part))
    colors = check.colors(check.mapping(values, "colors"))
    about = values.get("about", "")
    if not isinstance(about, str):
        raise check.refusal(("about",), t("{name} should be one text", name="about"))
    theme = Theme(
        name=name, dark=check.truth(values, "dark", usual=True), ansi=check.truth(values, "ansi", usual=False), **colors
    )
    # Textual's own styles name these two for such themes, and the app would end without them.
    needed = {"ansi-background": "ansi_default", "ansi-foreground": "ansi_default"} if theme.ansi else {}
    known = {*theme.to_color_system().generate(), *needed}
    theme.variables = {**needed, **check.variables(check.mapping(values, "variables"), known)}
    return theme


class _Check:
    """Judges the values of one file and knows their lines."""

    def __init__(self, where: str, lines: Lines) -> None:
        self._where = where
        self._lines = lines

    def refusal(self, path: tuple[str, ...], reason: str) -> FormatError:
        line = self._lines.get(path)
        place = t("{file}, line {line}", file=self._where, line=line) if line else self._where
        return FormatError(
            t("{where}: {reason}.", where=place, reason=reason),
            hint=t("The theme in use stays until the file is right."),
            where=place,
        )

    def mapping(self, values: Mapping[str, Any], part: str) -> Mapping[str, str]:
        found = values.get(part) or {}
        if not isinstance(found, Mapping) or not all(isinstance(value, str) for value in found.values()):
            raise self.refusal((part,), t("{name} should be names with a colour each", name=part))
        return found

    def truth(self, values: Mapping[str, Any], part: str, *, usual: bool) -> bool:
        value = values.get(part, "")
        if value in _YES | _NO | {""}:
            return value in _YES if value else usual
        raise self.refusal((part,), t("{name} should be yes or no", name=part))

    def colors(self, colors: Mapping[str, str]) -> dict[str, Any]:
        for name, value in colors.items():
            if name not in COLORS:
                raise self.refusal(("colors", name), t("there is no colour called {name}", name=name))
            self._color(("colors", name), value)
        for name in COLORS:
            if name not in colors:
                raise self.refusal(("colors",), t("the colour {name} is missing", name=name))
        return dict(colors)

    def variables(self, variables: Mapping[str, str], known: set[str]) -> dict[str, str]:
        for name, value in variables.items():
            path = ("variables", name)
            if name not in known:
                raise self.refusal(path, t("there is no variable called {name}", name=name))
            if name.endswith("-style"):
                if not value or not set(value.split()) <= _STYLES:
                    reason = t(
                        "{value} is no style of text; bold, italic, underline, reverse and none are", value=repr(value)
                    )
                    raise self.refusal(path, reason)
            elif not (name.startswith("text") and re.fullmatch(_AUTO, value)):
                self._color(path, re.sub(_AMOUNT, "", value))
        return dict(variables)

    def _color(self, path: tuple[str, ...], value: str) -> None:
        try:
            Color.parse(value)
        except ColorParseError as error:
            reason = t("{value} is no colour for {name}", value=repr(value), name=path[-1])
            raise self.refusal(path, reason) from error


def _from_cache(kept: Path | None, digest: str) -> Mapping[str, Any] | None:
    try:
        stored = json.loads(kept.read_bytes()) if kept else None
    except (OSError, ValueError):
        return None
    if not isinstance(stored, dict) or stored.get("digest") != digest or not isinstance(stored.get("values"), dict):
        return None
    values: Mapping[str, Any] = stored["values"]
    return values


def _keep(kept: Path, digest: str, values: Mapping[str, Any]) -> None:
    """Keep what was parsed; a cache that cannot be written is only slower."""
    spare = kept.with_suffix(".new")
    with suppress(OSError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        spare.write_text(json.dumps({"digest": digest, "values": _plain_values(values)}), encoding="utf-8")
        spare.replace(kept)


def _plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}
