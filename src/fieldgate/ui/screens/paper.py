"""PaperScreen: a text to read over the desk, with links to records and a menu of what can be done with it.

What it shows is worked out in the thread of the workspace, and again after each change.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from fieldgate.domain.display import clean
from fieldgate.errors import FieldgateError
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Hint, Keymap
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.holding import hold
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.page_view import PageView
from fieldgate.ui.widgets.spans import Line
from fieldgate.values import dataclass
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from fieldgate.workspace.service import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a paper says: the title of its frame, its lines, and what can be done with it."""

    title: str
    lines: Sequence[Line]
    items: Sequence[Item] = ()


Gather = Callable[["Workspace"], Sheet]
Do = Callable[["PaperScreen", str], None]


def no_deed(paper: "PaperScreen", value: str) -> None:
    """Do nothing: the paper is only read."""
    del paper, value


class PaperScreen(ModalScreen[tuple[str, str]], inherit_bindings=False):
    """A paper; closes with kind and id of a record that was followed, or with nothing.

    Args:
        gather: Works out what it says; runs where the workspace is.
        keymap: The keys in force.
        do: Does what was chosen in its menu.
        first: What it says at first, where that is worked out already.
    """

    DEFAULT_CSS = """
    PaperScreen {
        align: center middle;
        background: $background 60%;
        & > #paper { width: 100%; height: 100%; background: $surface; }
        PageView { height: 1fr; }
    }
    """
    HELP = mark("A page to read. j and k go from link to link, Enter follows one, . does what can be done here.")
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.back", "close"),
        binding("app.help", "app.explain"),
        binding("record.moves", "choose"),
        binding("list.copy", "copy"),
    ]

    def __init__(self, gather: Gather, keymap: Keymap, *, do: Do = no_deed, first: Sheet | None = None) -> None:
        super().__init__()
        self._first = first
        self.keymap = keymap
        self.sheet: Sheet | None = None
        self._gather = gather
        self._do = do

    def compose(self) -> ComposeResult:
        """The page over its keys."""
        with Vertical(id="paper"):
            yield PageView()
            yield HintLine(id="paper-hints")

    def on_mount(self) -> None:
        """Ask for what it says."""
        self.query_one(PageView).focus()
        if self._first is None:
            self.look()
        else:
            self._fill(self._first)

    def look(self) -> None:
        """Work out anew what it says."""
        gather = self._gather
        self.post_message(JobRequested(lambda opened: Done(gather(opened)), self._fill))

    def turn_to(self, gather: Gather) -> None:
        """Show something else."""
        self._gather = gather
        self.look()

    def follow(self, act: Any, record_id: str) -> None:
        """After a change, say what is so now."""
        del act, record_id
        if self.is_attached:
            self.look()

    def hints(self) -> list[Hint]:
        """Further keys to show."""
        return []

    def _fill(self, sheet: Sheet) -> None:
        if not self.is_attached:
            return
        page = self.query_one(PageView)
        same = self.sheet is not None and self.sheet.title == sheet.title
        top, chosen = page.place if same else (0, -1)
        self.sheet = sheet
        page.read(sheet.title, sheet.lines, top=top, chosen=chosen)
        moves = [self.keymap.hint("record.moves")] if sheet.items else []
        links = any(span.link for each in sheet.lines for span in each.spans)
        ways = ("list.open", "list.back", "app.help") if links else ("list.back", "app.help")
        self.query_one(HintLine).show([*moves, *self.hints(), *(self.keymap.hint(name) for name in ways)])

    @on(PageView.Followed)
    def _leave_for(self, event: PageView.Followed) -> None:
        event.stop()
        self.go(event.kind, event.id)

    def go(self, kind: str, record_id: str) -> None:
        """Close, and go to a record."""
        self.dismiss((kind, record_id))

    def action_choose(self) -> None:
        """Show what can be done."""
        if self.sheet is None or not self.sheet.items:
            self.notify(t("There is nothing to do here but read."), timeout=3)
            return

        def chosen(value: str | None) -> None:
            if value is not None:
                self._do(self, value)

        self.app.push_screen(MenuScreen(self.sheet.title, self.sheet.items), chosen)

    def action_copy(self) -> None:
        """Copy the whole page, not only what is in sight."""
        if self.sheet is not None:
            lines = ("".join(span.text for span in each.spans) for each in self.sheet.lines)
            self.app.copy_to_clipboard(clean("\n".join(lines), lines=True))
            self.notify(t("Copied."), timeout=2)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def show_paper(
    app: App[Any],
    keymap: Keymap,
    gather: Gather,
    left: Callable[[tuple[str, str] | None], None],
    do: Do = no_deed,
    *,
    then: Callable[[PaperScreen], None] | None = None,
) -> None:
    """Show a paper once it is known what it says; keys typed meanwhile wait for it.

    Args:
        app: The app.
        keymap: The keys in force.
        gather: Works out what it says.
        left: Gets kind and id of the record that was followed, or None.
        do: Does what was chosen in its menu.
        then: Shows something over it at once.
    """

    def show(sheet: Sheet) -> None:
        paper = PaperScreen(gather, keymap, do=do, first=sheet)
        app.push_screen(paper, left)
        if then is not None:
            then(paper)

    def say(error: FieldgateError) -> None:
        app.notify("\n".join(each for each in (error.message, error.hint) if each), severity="warning", timeout=10)

    hold(app, lambda opened: Done(gather(opened)), show, say)
