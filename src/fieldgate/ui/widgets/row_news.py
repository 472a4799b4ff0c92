"""What a record list tells those above it, each about one row."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from fieldgate.ui.widgets.record_list import RecordList


class RowNews(Message):
    """Something about one row of a list."""

    def __init__(self, record_list: "RecordList", record_id: str) -> None:
        super().__init__()
        self.record_list = record_list
        self.id = record_id

    @property
    def control(self) -> "RecordList":
        """The list it is about, so that a handler can be for one list only."""
        return self.record_list


class Moved(RowNews):
    """The cursor is on another record; `id` is empty when the list is."""

    def can_replace(self, message: Message) -> bool:
        """Only the newest place matters."""
        return isinstance(message, Moved) and message.record_list is self.record_list


class Chosen(RowNews):
    """Enter or a double click on a record."""


class Marked(RowNews):
    """A record was marked or unmarked; `RecordList.marks` holds all."""


class Dropped(RowNews):
    """A record was dragged with the mouse and let go at a place of the screen."""

    def __init__(self, record_list: "RecordList", record_id: str, x: int, y: int) -> None:
        super().__init__(record_list, record_id)
        self.x = x
        self.y = y
