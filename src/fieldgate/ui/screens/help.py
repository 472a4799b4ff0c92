"""Help: what has the focus in prose, the keys that work there now, and why the others do nothing."""

from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap, key_label
from fieldgate.ui.keys import BY_ID, KEYS
from fieldgate.ui.messages import Done
from fieldgate.ui.plain import pad
from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.screens.holding import hold
from fieldgate.ui.widgets.page_view import PageView
from fieldgate.ui.widgets.spans import BLANK, Line, dim, label, line, strong
from fieldgate.words import t

_KEYS = 16


class HelpScreen(ModalScreen[None], inherit_bindings=False):
    """Explains one widget.

    Args:
        title: What is explained.
        lines: The explanation.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.back", "close"),
        binding("app.help", "close"),
        binding("form.help", "close"),
    ]

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


def explain(app: App[Any], keymap: Keymap) -> None:
    """Show the help on what has the focus; on the desk with the reason why a key is off."""
    screen = app.screen
    if not isinstance(screen, DeskScreen):
        now = getattr(screen, "keys_now", None)  # what works on this screen may change with what it shows
        here, off = now() if now is not None else ((), {})
        app.push_screen(help_on(screen, keymap, off, here))
        return
    from fieldgate.ui.screens.reasons import reasons_of  # needs the rules

    job = reasons_of(screen)
    show = partial(_show, app, screen, keymap)
    hold(app, lambda opened: Done(job(opened)), show, lambda _: show({}))


def _show(app: App[Any], screen: Screen[Any], keymap: Keymap, off: Mapping[str, str]) -> None:
    app.push_screen(help_on(screen, keymap, off))


def help_on(
    screen: Screen[Any],
    keymap: Keymap,
    off: Mapping[str, str] = MappingProxyType({}),
    hints: Iterable[str] = (),
) -> HelpScreen:
    """Return the help on what has the focus of a screen: prose, the keys of the place, all other keys, what is off."""
    focused = list(_ancestors(screen.focused))
    prose = next((text for node in (*focused, screen) if (text := getattr(node, "HELP", None))), "")
    active = {each.binding.id for each in screen.active_bindings.values() if each.enabled and each.binding.id}
    offered = dict.fromkeys((*hints, *(name for node in focused for name in getattr(node, "HINTS", ()))))
    here = [name for name in offered if name in active and name not in off]
    rest = [key.id for key in KEYS if key.id in active and key.id not in off and key.id not in offered]
    lines: list[Line] = [line(t(prose)), BLANK] if prose else []
    for title, names in ((t("Keys here"), here), (t("Keys everywhere"), rest)):
        if names:
            lines += [line(strong(title)), *(_key_line(keymap, name, t(BY_ID[name].help)) for name in names), BLANK]
    # One reason is said once, with all the keys that it holds for.
    by_reason: dict[str, list[str]] = {}
    for key in KEYS:
        if key.id in off and key.id in active:
            by_reason.setdefault(off[key.id], []).append(key.id)
    if by_reason:
        lines.append(line(strong(t("Off here, and why"))))
        lines += [_off_line(keymap, names, reason) for reason, names in by_reason.items()]
    return HelpScreen(t("Help"), lines)


def _key_line(keymap: Keymap, name: str, text: str) -> Line:
    names = " ".join(key_label(each) for each in keymap.keys(name))
    return line(label(pad(names, _KEYS)), text, indent=_KEYS)


def _off_line(keymap: Keymap, names: list[str], reason: str) -> Line:
    keys = "  ".join(f"{keymap.label(name)} {t(BY_ID[name].words)}" for name in names)
    return line(dim(f"{keys}: "), reason, indent=2)


def _ancestors(widget: Widget | None) -> Iterable[Widget]:
    while widget is not None:
        yield widget
        widget = widget.parent if isinstance(widget.parent, Widget) else None
