"""Help: what has the focus in prose, and the keys that work there now."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap, key_label
from fieldgate.ui.keys import BY_ID, KEYS
from fieldgate.ui.plain import pad
from fieldgate.ui.widgets.page_view import PageView
from fieldgate.ui.widgets.spans import BLANK, Line, label, line, strong
from fieldgate.words import t

_KEYS = 16


class HelpScreen(ModalScreen[None], inherit_bindings=False):
    """Explains one widget.

    Args:
        title: What is explained.
        lines: The explanation.
    """

    BINDINGS: ClassVar[list[BindingType]] = [binding("list.back", "close"), binding("app.help", "close")]

    def __init__(self, title: str, lines: Iterable[Line]) -> None:
        super().__init__()
        self._page_title = title
        self._lines = list(lines)

    def compose(self) -> ComposeResult:
        """One page."""
        yield PageView()

    def on_mount(self) -> None:
        """Fill the page."""
        page = self.query_one(PageView)
        page.read(self._page_title, self._lines)
        page.focus()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def help_on(screen: Screen[object], keymap: Keymap) -> HelpScreen:
    """Return the help on what has the focus of a screen."""
    prose = next((text for node in _ancestors(screen.focused) if (text := getattr(node, "HELP", None))), "")
    active = {each.binding.id for each in screen.active_bindings.values() if each.enabled}
    lines: list[Line] = [line(t(prose)), BLANK] if prose else []
    lines.append(line(strong(t("Keys"))))
    for key in KEYS:
        if key.id in active:
            names = " ".join(key_label(name) for name in keymap.keys(key.id))
            lines.append(line(label(pad(names, _KEYS)), t(BY_ID[key.id].help), indent=_KEYS))
    return HelpScreen(t("Help"), lines)


def _ancestors(widget: Widget | None) -> Iterable[Widget]:
    while widget is not None:
        yield widget
        widget = widget.parent if isinstance(widget.parent, Widget) else None
