"""Looks: what a part of a drawn widget looks like, made from the variables of the theme.

A component class of Textual is a node of its own that the style sheet is applied to whenever its widget is; with seven
of them to a list that was a sixth of the time until the first frame.
"""

from collections.abc import Mapping

from textual.color import Color
from textual.style import Style


def look_of(words: str, base: Style, variables: Mapping[str, str]) -> Style:
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
    return Style(
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
