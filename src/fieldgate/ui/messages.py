"""Messages: what a pane or a screen may ask for. They bubble up; whoever can, answers, and one State comes down."""

from collections.abc import Mapping

from textual.message import Message


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


class ChangeRequested(Message):
    """Make a move with a record: the id of the move, and what was answered to the questions it asks."""

    def __init__(self, move_id: str, record_id: str, answers: Mapping[str, object]) -> None:
        super().__init__()
        self.move_id = move_id
        self.record_id = record_id
        self.answers = answers


class SyncRequested(Message):
    """Take in and give out what changed in the shared folder."""


class WorkspaceRequested(Message):
    """Open a workspace: the sample when the path is empty."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
