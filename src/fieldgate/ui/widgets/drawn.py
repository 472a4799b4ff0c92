"""Drawn: a widget that draws its own lines and keeps the looks it draws them with."""

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from fieldgate.ui.plain import cut, width_of


class Drawn(Widget):
    """A widget on the line interface; looking a style up costs as much as drawing a line, so each is kept."""

    ALLOW_SELECT = False

    def look(self, name: str) -> Style:
        """Return the style of a component class, or of the widget itself for an empty name."""
        looks = self._kept_looks
        style = looks.get(name)
        if style is None:
            style = looks[name] = self.get_visual_style(*([name] if name else [])).rich_style
        return style

    def notify_style_update(self) -> None:
        """Forget the looks: the theme or a class has changed."""
        self._kept_looks.clear()
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
