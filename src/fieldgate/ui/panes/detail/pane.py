"""DetailPane: the record under the cursor to read; links lead on, and back comes the way one went."""

from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widget import Widget

from fieldgate.ui.messages import BackRequested, SideRequested
from fieldgate.ui.pane import SIDES
from fieldgate.ui.widgets.page_view import PageView
from fieldgate.ui.widgets.spans import dim, line
from fieldgate.words import mark, t
from fieldgate.workspace.state import State

READ = frozenset({"hypothesis", "note", "touchpoint", "customer", "meeting", "requirement", "action", "member", "gate"})
"""The kinds that have a page."""


class Visit(NamedTuple):
    """A record that was read, and the place in it."""

    kind: str
    id: str
    top: int = 0
    chosen: int = -1


class DetailPane(PageView):
    """Reads a record; remembers the way through its links."""

    HINTS: ClassVar[tuple[str, ...]] = ("list.open", "list.back", "list.zoom", "gate.why", "pane.next")
    BINDINGS: ClassVar[list[BindingType]] = SIDES
    HELP = mark(
        "A record with everything linked to it. j and k go from link to link, Enter follows one, Esc comes back. The "
        "answers of a hypothesis stand with the words they rest on; each customer counts once."
    )

    state: reactive[State | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._visits: list[Visit] = []
        self._begun = False

    @property
    def heart(self) -> Widget:
        """The widget that takes the focus for the pane."""
        return self

    @property
    def record(self) -> tuple[str, str]:
        """Kind and id of the record that is read; empty when there is none."""
        return (self._visits[-1].kind, self._visits[-1].id) if self._visits else ("", "")

    def watch_state(self, state: State | None) -> None:
        """Read the record again, from the place where the reader is."""
        if state is not None and self._visits:
            self._keep_place()
            self._read()

    def open(self, kind: str, record_id: str) -> None:
        """Read a record that a list shows; forgets the way through links."""
        if kind not in READ or not record_id:
            self._visits = []
            self._read()
        elif self.record != (kind, record_id) or len(self._visits) > 1:
            self._visits = [Visit(kind, record_id)]
            if self._begun:
                self._read()
            else:
                # The pages, and the rules they tell of, are loaded behind the first frame.
                self._begun = True
                self.call_after_refresh(self._read)

    def back(self) -> bool:
        """Return to the record from which a link led here; False at the first one."""
        if len(self._visits) < 2:  # noqa: PLR2004 - the one that is read, and the one before
            return False
        self._visits.pop()
        self._read()
        return True

    @on(PageView.Followed)
    def _follow(self, event: PageView.Followed) -> None:
        event.stop()
        if event.kind in READ and (event.kind, event.id) != self.record:
            self._keep_place()
            self._visits.append(Visit(event.kind, event.id))
            self._read()

    def action_side(self, by: int) -> None:
        """Go to what lies beside the pane."""
        self.post_message(SideRequested(by))

    def action_back(self) -> None:
        """Go back along the links, then out."""
        if not self.back():
            self.post_message(BackRequested())

    def _keep_place(self) -> None:
        visit = self._visits.pop()
        top, chosen = self.place
        self._visits.append(Visit(visit.kind, visit.id, top, chosen))

    def _read(self) -> None:
        state = self.state
        if state is None or not self._visits:
            self.read("", [])
            return
        visit = self._visits[-1]
        detail = state.reader.detail(visit.kind, visit.id)
        if detail is None:
            self.read("", [line(dim(t("This record is gone.")))])
            return
        # See `open`.
        from fieldgate.ui.panes.detail.others import page_of
        from fieldgate.ui.panes.detail.page import Source

        page = page_of(Source(detail, state))
        self.read(page.title, page.lines, top=visit.top, chosen=visit.chosen)
