"""Sharing on the screen: the shared folder is looked at while the app is open, and what came in is told and marked.

Standing answer: on opening the workspace takes in only. While it is open the folder is looked at when the terminal
gets the focus, after a key if the last look is older than 2 s, and otherwise every 2 s or 200 times as long as the
last look took, whichever is longer; after 5 minutes without a key every 60 s. Without a shared folder nothing is ever
looked at. All of it is done in the thread of the workspace, so that no key waits.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import App

from fieldgate.errors import FieldgateError
from fieldgate.ui.crash import words_of
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import Done, Job, JobRequested, WorkspaceRequested
from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.words import t
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import make_own_copy
from fieldgate.workspace.sharing_report import SyncReport, both
from fieldgate.workspace.wishes import NOTHING_SAID, Wishes

if TYPE_CHECKING:
    from textual.timer import Timer

    from fieldgate.ui.screens.asking import Drafts
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.state import State

SHORTEST = 2.0
"""Seconds between two looks, at the least."""
PATIENCE = 200
"""So many times as long as a look takes it is waited for the next one."""
RARELY = 60.0
"""Seconds between two looks while nobody is there."""
ALONE = 300.0
"""Seconds without a key after which nobody is there."""
_NAMED = 3
"""Files named one by one."""


class Told(NamedTuple):
    """What a look at the folders came to.

    `came` holds the ids of records that others changed since the user last looked, None where nothing changed it.
    `took`: seconds that the look itself took, None where more was done than to look. `opens`: the workspace was opened
    just now, so that whoever did it is there to be asked.
    """

    report: SyncReport = SyncReport()
    shared: bool = False
    came: frozenset[str] | None = None
    took: float | None = None
    error: FieldgateError | None = None
    opens: bool = False


class FolderWatch:
    """Looks at the shared folders of the workspace that is open, and tells what came in.

    Args:
        app: The app; gets the jobs.
        keymap: The keys in force.
        drafts: Where what is typed is kept.
    """

    def __init__(self, app: App[Any], keymap: Keymap, drafts: "Drafts") -> None:
        self._app = app
        self._keymap = keymap
        self._drafts = drafts
        self._timer: Timer | None = None
        self._is_looking = False
        self._is_shared = False
        self._is_over = False
        self._came: frozenset[str] = frozenset()
        self._said = ""
        self._took = 0.0
        self._looked_at = self._key_at = time.monotonic()

    # When it is looked

    @property
    def pause(self) -> float:
        """Seconds until the next look."""
        if time.monotonic() - self._key_at > ALONE:
            return RARELY
        return max(SHORTEST, PATIENCE * self._took)

    def do(self, what: str, clock: Clock) -> None:
        """Do what a key asked for: `sync`, `news` or `share`."""
        from fieldgate.ui.screens import news  # most days nobody asks

        if what == "sync":
            self.sync()
        elif what == "news":
            news.show(self._app, lambda: self.mark(frozenset()))
        else:
            news.ask_folder(self._app, self._keymap, self._drafts, clock.today(), self.begin)

    def begin(self) -> None:
        """Take in what changed while the workspace was not open; writes nothing to the folder."""
        self._ask(_begin, wanted=False)

    def sync(self, wishes: Wishes = NOTHING_SAID) -> None:
        """Take in and give out now."""
        self._ask(lambda opened: _sync(opened, wishes), wanted=True)

    def focused(self) -> None:
        """The terminal got the focus: another program may have brought something."""
        self._look()

    def key(self) -> None:
        """A key was pressed."""
        self._key_at = time.monotonic()
        if self._key_at - self._looked_at > SHORTEST:
            self._look()

    def stop(self) -> None:
        """Look no more: another workspace is open."""
        self._is_over = True
        self._rest()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _look(self) -> None:
        if self._is_shared and not self._is_looking and not self._is_over:
            self._ask(_look, wanted=False)

    def _ask(self, job: Job, *, wanted: bool) -> None:
        self._rest()
        self._is_looking = True
        self._app.post_message(
            JobRequested(
                job,
                lambda told: self._tell(told, wanted=wanted),
                lambda error: self._tell(Told(error=error), wanted=wanted),
                holds=False,  # others may be far away
            )
        )

    # What is told

    def _tell(self, told: Told, *, wanted: bool) -> None:
        self._is_looking = False
        self._looked_at = time.monotonic()
        self._took = self._took if told.took is None else told.took
        if self._is_over or not self._app.is_running:
            return
        self._is_shared = told.shared
        if told.came is not None:
            self.mark(told.came)
        if wanted and not told.shared and told.error is None:
            self._app.notify(self._not_shared(), severity="warning")
        else:
            self._say(told, wanted=wanted)
            if wanted or told.opens:
                self._inquire(told)
        if self._is_shared:
            self._rest()
            self._timer = self._app.set_timer(self.pause, self._look)

    def _say(self, told: Told, *, wanted: bool) -> None:
        """Say what came in; what stays as it was is said once, unless it was asked for."""
        if told.error is not None:
            words, serious = words_of(told.error), True
        else:
            words, serious = words_for(told.report), bool(told.report.missing or told.report.troubles)
            if told.report.missing or told.report.undecided:
                words = t("{words} · {key} asks what to do", words=words, key=self._keymap.label("app.sync"))
            if told.report.changed and self._came:
                words = t("{words} · {key} lists it", words=words, key=self._keymap.label("app.news"))
        quiet = told.error is None and told.report.quiet
        if wanted or not (quiet or words == self._said):
            self._app.notify(words, severity="warning" if serious else "information", timeout=10 if serious else 5)
        if not quiet:
            self._said = words

    def _inquire(self, told: Told) -> None:
        """Ask what a person has to decide, where anything is left to be decided."""
        from fieldgate.ui.screens import folder_questions  # most folders ask nothing

        def answered(answer: str) -> None:
            if answer == folder_questions.OWN:
                self._make_own_copy()
            else:
                self.sync(folder_questions.wishes_for(answer))

        folder_questions.ask(self._app, told.report, told.error, answered)

    def _make_own_copy(self) -> None:
        def job(opened: "Workspace") -> Done:
            return Done(str(make_own_copy(opened.target, opened.locations, opened.clock).path))

        def done(path: str) -> None:
            self._app.post_message(WorkspaceRequested(path))

        self._app.post_message(JobRequested(job, done))

    def _not_shared(self) -> str:
        return t("This workspace is not shared. {key}, then “share”, asks for a folder.",
                 key=self._keymap.label("app.commands"))  # fmt: skip

    # What is marked

    def marked(self, state: "State") -> "State":
        """Return a State in which the records that came in are known."""
        return state if state.came == self._came else state._replace(came=self._came)

    def mark(self, came: frozenset[str]) -> None:
        """Mark these records in the panes, and no others."""
        if came == self._came:
            return
        self._came = came
        for screen in self._app.screen_stack:
            if isinstance(screen, DeskScreen) and screen.state is not None:
                screen.state = self.marked(screen.state)


# In the thread of the workspace


def _open(opened: "Workspace") -> SyncReport:
    sharing = opened.sharing
    if sharing.folders() and not opened.store.read_only and not sharing.looked_once:
        sharing.looked()  # whoever opens a workspace for the first time has everything before them
    return sharing.take_in()


def _meet(opened: "Workspace") -> SyncReport:
    """Take in what came; edits of ours go out on the same occasion."""
    came = opened.sharing.take_in()
    return both(came, opened.give_out()) if came.changed else came


def _look(opened: "Workspace") -> Done:
    """Take in, if the folder holds something new."""
    began = time.perf_counter()
    try:
        is_new = opened.sharing.changed_outside()
    except FieldgateError as failure:
        return Done(Told(shared=True, error=failure))
    took = time.perf_counter() - began
    done = _do(opened, _meet) if is_new else Done(Told(shared=True))
    return Done(done.value._replace(took=took), done.state)


def _begin(opened: "Workspace") -> Done:
    done = _do(opened, _open)
    told: Told = done.value
    came = came_of(opened) if told.shared and told.came is None else told.came
    return Done(told._replace(came=came, opens=True), done.state)


def _sync(opened: "Workspace", wishes: Wishes) -> Done:
    return _do(opened, lambda each: each.sync(wishes)[1]) if opened.sharing.folders() else Done(Told())


def _do(opened: "Workspace", half: Callable[["Workspace"], SyncReport]) -> Done:
    shared = bool(opened.sharing.folders()) and not opened.store.read_only
    before = opened.store.last_seq()
    error, report = None, SyncReport()
    try:
        report = half(opened)
    except FieldgateError as failure:
        error = failure
    is_new = opened.store.last_seq() != before
    came = came_of(opened) if is_new else None
    return Done(Told(report, shared, came, error=error), opened.state() if is_new else None)


def came_of(opened: "Workspace") -> frozenset[str]:
    """Return the ids of records that others changed since the user last looked."""
    return frozenset(each.row_id for each in opened.sharing.news())


def words_for(report: SyncReport) -> str:
    """Say what a sync came to in one line, and below it the files that it is about."""
    lines = [report.line]
    lines += [f"{each.path}: {each.why}" for each in report.troubles[:_NAMED]]
    lines += [*report.missing[:_NAMED], *report.undecided[:_NAMED]]
    return "\n".join(lines)
