"""Drawn: a widget that draws its own lines, and the looks it draws them with, made from the variables of the theme.

A component class of Textual is a node of its own that the style sheet is applied to whenever its widget is; with seven
of them to a list that was a sixth of the time until the first frame.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.widget import Widget

from fieldgate.ui.plain import cut, width_of


class Drawn(Widget):
    """A widget on the line interface; looking a style up costs as much as drawing a line, so each is kept."""

    ALLOW_SELECT = False
    LOOKS: ClassVar[Mapping[str, str]] = {}
    """The looks it draws with, in the words of `look_of`."""

    _looks_variables: Mapping[str, str] | None = None

    def look(self, name: str) -> Style:
        """Return the style of one of the LOOKS, or of the widget itself for an empty name."""
        looks = self._kept_looks
        style = looks.get(name)
        if style is None:
            style = looks[name] = self.visual_look(name).rich_style
        return style

    def visual_look(self, name: str) -> VisualStyle:
        """Return the same for what draws content."""
        base = self.get_visual_style()
        if not name:
            return base
        self._looks_variables = self.app.theme_variables
        return look_of(self.LOOKS[name], base, self._looks_variables)

    def notify_style_update(self) -> None:
        """Forget the looks: the theme or a class has changed."""
        if self._kept_looks:
            self._kept_looks.clear()
            if self._looks_variables is not self.app.theme_variables:
                # The style sheet knows nothing of the looks, so another theme would not be drawn.
                self.refresh()
        super().notify_style_update()

    @property
    def _kept_looks(self) -> dict[str, Style]:
        # Textual announces styles while the widget is still being made: before any __init__ of ours could run.
        looks: dict[str, Style] = self.__dict__.setdefault("_looks_by_name", {})
        return looks

    def strip_of(self, parts: Iterable[tuple[str, str]], width: int) -> Strip:
        """Return a line of (cleaned text, name of its look), cut at the end or filled to `width` cells."""
        segments: list[Segment] = []
        left = width
        for text, name in parts:
            shown = cut(text, left)
            if shown:
                segments.append(Segment(shown, self.look(name)))
                left -= width_of(shown)
            if shown != text:
                break
        if left:
            segments.append(Segment(" " * left, self.look("")))
        return Strip(segments, width)


def look_of(words: str, base: VisualStyle, variables: Mapping[str, str]) -> VisualStyle:
    """Return the style that a look has on a widget.

    Args:
        words: `bold` and `italic` for the text, `$name` for its colour, `on $name` for what is behind it.
        base: The style of the widget itself.
        variables: What the theme says of each name.
    """
    front, _, behind = words.partition(" on ")
    background, foreground = base.background, base.foreground
    if behind:
        color = _color(variables[behind.removeprefix("$")], None)
        background = color if background is None else background + color
    flags = {word: True for word in front.split() if not word.startswith("$")}
    for word in front.split():
        if word.startswith("$"):
            foreground = _color(variables[word[1:]], background)
    return VisualStyle(
        background, foreground, bold=flags.get("bold", base.bold), dim=base.dim, italic=flags.get("italic", base.italic)
    )


def _color(value: str, background: Color | None) -> Color:
    """Return the colour of a variable: a colour, `auto` for what contrasts, either with a percentage behind it."""
    name, _, share = value.partition(" ")
    alpha = float(share.rstrip("%")) / 100 if share.endswith("%") else 1.0
    if name == "auto":
        return (background or Color(0, 0, 0)).get_contrast_text(alpha)
    color = Color.parse(name if share.endswith("%") else value)
    return color.multiply_alpha(alpha) if alpha < 1 else color
