"""Fields that name records: one, or several, found by typing part of a name or a code in any script."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from fieldgate.ui.widgets.fields import Candidate, FieldSpec
from fieldgate.ui.widgets.line_control import LineControl
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row

_CANDIDATES = 5


class LinkControl(Vertical):
    """A record, found by typing part of its name or its code."""

    TAKES_MORE: ClassVar[bool] = False
    """Enter on a candidate stays here for the next one."""

    DEFAULT_CSS = f"""
    LinkControl {{
        height: auto;
        width: 1fr;
        & > RecordList {{ height: auto; max-height: {_CANDIDATES}; display: none; }}
        &.-open > RecordList {{ display: block; }}
    }}
    """

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self._find = spec.find
        self._labels = {spec.value: spec.shown or spec.value}
        self._chosen = spec.value
        self._input = LineControl(spec)
        self._found: tuple[Candidate, ...] = ()
        self._list = RecordList(lines=1, gap=0, framed=False, markable=False)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """Make the line and the list below it."""
        yield self._input
        yield self._list

    @property
    def typed(self) -> str:
        """The id of the chosen record, or the text that stands for none yet."""
        text = self._input.value.strip()
        return self._chosen if text == self._labels.get(self._chosen, "") else text

    @typed.setter
    def typed(self, value: str) -> None:
        self._chosen = value
        self._input.typed = self._labels.get(value, value)

    @property
    def is_open_question(self) -> bool:
        """Whether there is text that names no record yet."""
        return bool(self._input.value.strip()) and self.typed != self._chosen

    @property
    def finds_nothing(self) -> bool:
        """Whether what is being typed fits no record."""
        return self.is_open_question and self._find is not None and not self._find(self._input.value.strip())

    def focus(self, scroll_visible: bool = True, *, from_app_focus: bool = False) -> "LinkControl":  # noqa: ARG002 - Textual's signature
        """Put the cursor into the line."""
        self._input.focus(scroll_visible)
        return self

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits what was typed."""
        text = event.value.strip()
        searching = self._input.has_focus and self._find is not None and self.is_open_question
        self.offer(self._find(text)[:_CANDIDATES] if searching and self._find else ())

    def offer(self, found: Sequence[Candidate]) -> None:
        """Show candidates below the line, or none."""
        self._found = tuple(found)
        self._list.show(Listed([Row(record_id, (label,)) for record_id, label in self._found]))
        self._list.action_first()
        self._list.styles.height = len(self._found)
        self.set_class(bool(self._found), "-open")

    def on_key(self, event: events.Key) -> None:
        """Move in the candidates, or take the one under the cursor."""
        if not self._found:
            return
        if event.key in {"up", "down"}:
            event.stop()
            self._list.action_move(1 if event.key == "down" else -1)
        elif event.key in {"enter", "tab"}:
            self.take()
            if event.key == "enter" and self.TAKES_MORE:
                event.stop()

    def on_finished(self) -> None:
        """Enter takes what is under the cursor before the form goes on."""
        self.take()

    @on(RecordList.Chosen)
    def _take_clicked(self, event: RecordList.Chosen) -> None:
        """A double click takes a candidate."""
        event.stop()
        self.take()

    @property
    def at_hand(self) -> Candidate | None:
        """The candidate under the cursor."""
        return next((found for found in self._found if found[0] == self._list.cursor_id), None)

    def take(self) -> None:
        """Take the candidate under the cursor, if there is one; of what is typed by now, seen yet or not."""
        if not self._found and self.is_open_question and self._find is not None:
            self.offer(self._find(self._input.value.strip())[:1])
        candidate = self.at_hand
        if candidate is not None:
            self._labels[candidate[0]] = candidate[1]
            self._found = ()
            self.typed = candidate[0]
            self.remove_class("-open")


class LinksControl(LinkControl):
    """Several records by their codes, with spaces between; what the last word fits is offered."""

    TAKES_MORE = True

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        # The next name is typed behind those that stand there.
        self._input.typed = f"{self._input.value} ".lstrip()

    @property
    def typed(self) -> str:
        """The names as they stand."""
        return self._input.value.strip()

    @typed.setter
    def typed(self, value: str) -> None:
        self._input.typed = value

    @property
    def is_open_question(self) -> bool:
        """Whether a word is being typed; the rules say which name there is none of."""
        return False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits the last word."""
        event.prevent_default()  # or Textual would go on with what a single link does
        word = event.value.rpartition(" ")[2]
        searching = bool(word) and self._input.has_focus and self._find is not None
        found = self._find(word)[:_CANDIDATES] if searching and self._find else ()
        self.offer([each for each in found if _name(each) != word])

    def take(self) -> None:
        """Write the name of the candidate under the cursor in place of the last word."""
        candidate = self.at_hand
        if candidate is not None:
            before = self._input.value.rpartition(" ")[0]
            self._input.typed = f"{before} {_name(candidate)} ".lstrip()
            self.offer(())


def _name(candidate: Candidate) -> str:
    """What a record is called by: the first word of its label."""
    return candidate[1].partition(" ")[0]
