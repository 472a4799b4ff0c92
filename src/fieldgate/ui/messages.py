"""Messages: what a pane or a screen may ask for. They bubble up; whoever can, answers, and one State comes down."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from textual.message import Message

if TYPE_CHECKING:
    from fieldgate.errors import FieldgateError
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.state import State


class OpenRequested(Message):
    """Go to a record: to the view that lists its kind, with the cursor on it."""

    def __init__(self, kind: str, record_id: str) -> None:
        super().__init__()
        self.kind = kind
        self.id = record_id


class DetailRequested(Message):
    """Read the record under the cursor: give the detail the focus."""

    def __init__(self, kind: str, record_id: str) -> None:
        super().__init__()
        self.kind = kind
        self.id = record_id


class CursorMoved(Message):
    """The cursor of a pane is on another record; an empty id when the pane has none."""

    def __init__(self, kind: str, record_id: str) -> None:
        super().__init__()
        self.kind = kind
        self.id = record_id

    def can_replace(self, message: Message) -> bool:
        """Only the newest place matters."""
        return isinstance(message, CursorMoved)


class SideRequested(Message):
    """Go beyond the left (-1) or the right (1) edge of a pane."""

    def __init__(self, by: int) -> None:
        super().__init__()
        self.by = by


class BackRequested(Message):
    """Go one level out."""


class ViewRequested(Message):
    """Go to a view by its name."""

    def __init__(self, view: str) -> None:
        super().__init__()
        self.view = view


class HintsChanged(Message):
    """A pane offers other keys than before."""


class FilterRequested(Message):
    """Search again: a filtered list shows another part of its records."""


class DecideRequested(Message):
    """Go to what decides the gate: `sync`, `hear` a belief, answer a `check`, or the whole menu for anything else."""

    def __init__(self, what: str, record_id: str = "") -> None:
        super().__init__()
        self.what = what
        self.id = record_id


class ChangeRequested(Message):
    """Make a move with a record: the id of the move, and what was answered to the questions it asks."""

    def __init__(self, move_id: str, record_id: str, answers: Mapping[str, object]) -> None:
        super().__init__()
        self.move_id = move_id
        self.record_id = record_id
        self.answers = answers


class SyncRequested(Message):
    """Do something with other founders.

    Args:
        what: `sync` takes in and gives out what changed, `news` lists what others changed, `share` asks for a folder.
    """

    def __init__(self, what: str = "sync") -> None:
        super().__init__()
        self.what = what


class WorkspaceRequested(Message):
    """Open a workspace: the sample when the path is empty."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


class RescueRequested(Message):
    """Let go of the workspace, restore a backup or repair its store, and open it anew."""

    def __init__(self, what: str, name: str = "") -> None:
        super().__init__()
        self.what = what
        self.name = name


class ScreenRequested(Message):
    """Show a screen that is about this machine more than about the workspace: switch, themes, new, template."""

    def __init__(self, name: str, value: object = None) -> None:
        super().__init__()
        self.name = name
        self.value = value


class Done(NamedTuple):
    """What a job returned, and the State after it if it changed anything."""

    value: Any = None
    state: "State | None" = None


Job: TypeAlias = "Callable[[Workspace], Done]"
"""What is done with the open workspace in its thread; it must touch no widget."""


class JobRequested(Message):
    """Do something with the open workspace, in its thread; what came of it is handed back on this side.

    A screen never holds the workspace: it says what to do with it. Jobs are done one after the other, in the order in
    which they were asked for. The State that a job answers with goes to the desk first.

    Args:
        job: Gets the workspace; runs in its thread and must touch no widget.
        then: Gets the value of what the job returned.
        refused: Gets the failure; without it the failure is said on the screen.
        holds: Whether keys wait until it is done: what nobody waits for goes on behind them.
    """

    def __init__(
        self,
        job: Job,
        then: Callable[[Any], None],
        refused: "Callable[[FieldgateError], None] | None" = None,
        *,
        holds: bool = True,
    ) -> None:
        super().__init__()
        self.holds = holds
        self.job = job
        self.then = then
        self.refused = refused


class AskRequested(Message):
    """Make a move with a record; what it asks is asked in a form, and a move that asks nothing is made at once.

    Args:
        move_id: Such as `hypothesis.edit`.
        record_id: The record; empty for what creates records.
        values: What stands in the form instead of the move's own defaults.
        without: Asks that nobody needs here, or that `values` answers; they are not asked.
    """

    def __init__(
        self,
        move_id: str,
        record_id: str,
        values: Mapping[str, object] | None = None,
        without: Collection[str] = (),
    ) -> None:
        super().__init__()
        self.move_id = move_id
        self.record_id = record_id
        self.values = dict(values or {})
        self.without = frozenset(without)
