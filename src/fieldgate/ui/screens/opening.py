"""Opening: where one starts without a workspace. Look around, open one, or start one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from fieldgate.locations import Locations
from fieldgate.ui.bindings import binding
from fieldgate.ui.messages import ScreenRequested, WorkspaceRequested
from fieldgate.ui.plain import plain
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.words import mark, t
from fieldgate.workspace.drafts import Drafts, beginnings_path, now_as_text

TOUR, SAMPLE, OPEN, NEW = "tour", "sample", "open", "new"

_CHOICES = (
    (TOUR, mark("Take the tour"), mark("Ten steps with your own keys, on a copy of the sample.")),
    (SAMPLE, mark("Look around in a sample"), mark("A startup in the middle of discovery; nothing is left behind.")),
    (OPEN, mark("Open a workspace"), mark("A .fieldgate file, or a shared folder that holds workspace.md.")),
    (NEW, mark("Start a new workspace"), mark("Name, vision, both teams and the first gate, in one form.")),
)
_LONGEST = 4096


class OpeningScreen(Screen[None], inherit_bindings=False):
    """Four ways to start.

    Args:
        typed_at: When somebody began to describe a new workspace and did not finish; empty for never.
    """

    BINDINGS: ClassVar[list[BindingType]] = [binding("list.back", "back")]
    HELP = mark("fieldgate keeps what customers said beside what you believe, and says what the next gate lacks.")

    def __init__(self, typed_at: str = "") -> None:
        super().__init__()
        self._typed_at = typed_at

    def compose(self) -> ComposeResult:
        """The choices, and the line that asks for a path."""
        with Vertical(id="opening"):
            yield RecordList(
                Listed([Row(name, (t(title), t(text)), strong=True) for name, title, text in _CHOICES]),
                lines=2,
                title="fieldgate",
                markable=False,
                id="choices",
            )
            yield Input(id="path", max_length=_LONGEST, select_on_focus=False, placeholder=t("path of a workspace"))
            yield Static(plain(t("j/k choose   enter go on   ctrl+q quit")), id="said")

    def on_mount(self) -> None:
        """Start on the first choice."""
        self.query_one("#path", Input).cursor_blink = False
        choices = self.query_one(RecordList)
        choices.focus()
        if self._typed_at:
            choices.go_to(NEW)
            self.say(t("A new workspace was begun {at} and not finished: enter goes on with it.", at=self._typed_at))

    def say(self, text: str) -> None:
        """Say what went wrong, and what to do."""
        self.query_one("#said", Static).update(plain(text, lines=True))

    @on(RecordList.Chosen)
    def _choose(self, event: RecordList.Chosen) -> None:
        event.stop()
        if event.id in {SAMPLE, TOUR}:
            self.say(t("Making a copy of the sample."))
            self.post_message(ScreenRequested("tour") if event.id == TOUR else WorkspaceRequested(""))
        elif event.id == OPEN:
            path = self.query_one("#path", Input)
            path.add_class("-asked")
            path.focus()
        else:
            self.post_message(ScreenRequested("new"))

    @on(Input.Submitted)
    def _open(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.post_message(WorkspaceRequested(event.value.strip()))

    def action_back(self) -> None:
        """From the line of the path to the choices."""
        self.query_one(RecordList).focus()


def opening_screen(locations: Locations) -> OpeningScreen:
    """Return the screen to start on, which knows of a new workspace that was begun and not finished."""
    begun = Drafts(now_as_text, beginnings_path(locations))
    return OpeningScreen(max((begun.at(each) for each in begun), default=""))
