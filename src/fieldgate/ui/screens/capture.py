"""Capturing an interview: one line, Enter writes it. Nothing else is on the screen but what was written last.

A line may begin with its mark (`p: they print it twice`), or Tab goes through the marks. Many pasted lines become one
note each, after asking. Escape ends; a line that was not written is kept as a draft.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from fieldgate.domain.records.learning import Mark
from fieldgate.errors import FieldgateError
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.plain import plain, width_of
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.one_line import OneLine
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.words import mark, t
from fieldgate.workspace.capture import split_mark

LONGEST = 16_000
DRAFT = "capture"
"""The name under which an unwritten line is kept."""
_MARKS: tuple[str, ...] = ("", *(each.value for each in Mark))
_PATIENCE = 1.0


class CaptureLine(Input):
    """The line in which one writes; a paste of many lines is handed on whole."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("capture.mark", "screen.turn_mark", priority=True),
        binding("capture.end", "screen.end"),
        binding("form.help", "app.explain"),
    ]

    def __init__(self, pasted: Callable[[list[str]], None]) -> None:
        super().__init__(max_length=LONGEST, select_on_focus=False, compact=True)
        self.cursor_blink = False
        self._pasted = pasted

    def _on_paste(self, event: events.Paste) -> None:
        lines = [line.strip() for line in event.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        lines = [line for line in lines if line]
        event.prevent_default()
        event.stop()
        if len(lines) > 1:
            self._pasted(lines)
        elif lines:
            self.replace(lines[0], *sorted(self.selection))


class CaptureScreen(Screen[None], inherit_bindings=False):
    """Writes the lines of one meeting.

    Args:
        title: Whom one talks to.
        place: Meeting and customer of the notes.
        keymap: The keys in force.
        keep: Keeps what is typed and not written; empty for nothing.
        advice: How to ask, one line each; the next one with each note.
        draft: What was typed before and not written.
    """

    DEFAULT_CSS = """
    CaptureScreen {
        & > #capture { height: 1fr; }
        CaptureLine { height: 1; border: none; padding: 0 1; }
    }
    """
    HELP = mark("One line, Enter writes it. A letter and a colon at its beginning, or Tab, give it a mark.")
    AUTO_FOCUS = "CaptureLine"

    def __init__(
        self,
        title: str,
        place: dict[str, object],
        keymap: Keymap,
        *,
        keep: Callable[[str], None],
        advice: Sequence[str] = (),
        draft: str = "",
    ) -> None:
        super().__init__()
        self._heading = title
        self._place = place
        self._keymap = keymap
        self._keep = keep
        self._advice = advice
        self._draft = draft
        self._mark = 0
        self._written: list[Row] = []
        self._saving = False
        self._list = RecordList(lines=2, gap=0, title=title, markable=False, empty=Content(t("Write what is said.")))
        self._list.can_focus = False
        self._line = CaptureLine(self._ask_about)

    def compose(self) -> ComposeResult:
        """What was written, the line, the keys."""
        with Vertical(id="capture"):
            yield self._list
            yield self._line
        yield OneLine(classes="-dim")
        yield HintLine(id="capture-hints")

    def on_mount(self) -> None:
        """Start writing; a line that was left stands there again."""
        self._line.value = self._draft
        self._line.cursor_position = len(self._draft)
        self._show_mark()
        hints = [self._keymap.hint(name) for name in ("capture.write", "capture.mark", "capture.end", "form.help")]
        self.query_one(HintLine).show(hints)

    def _show_mark(self) -> None:
        letter = _MARKS[self._mark]
        self._line.placeholder = plain(t("what was said") if not letter else f"{letter}: {_mark_words(letter)}").plain
        self._list.set_title(f"{self._heading} · {letter}: {_mark_words(letter)}" if letter else self._heading)

    def on_resize(self) -> None:
        """Give advice that fits."""
        self._advise()

    def _advise(self) -> None:
        """Say how to ask: one short line, the next one with each note, none that does not fit."""
        fitting = [each for each in self._advice if width_of(each) + 2 <= self.size.width]
        if fitting:
            self.query_one(OneLine).show(fitting[len(self._written) % len(fitting)])

    def action_turn_mark(self) -> None:
        """Give the line the next mark."""
        self._mark = (self._mark + 1) % len(_MARKS)
        self._show_mark()

    def action_end(self) -> None:
        """Go back to the desk."""
        self.keep_now()
        if self._line.value.strip():
            self.notify(t("Kept as a draft: it stands there again the next time."))
        self.dismiss()

    # Keeping what is typed

    def on_input_changed(self) -> None:
        """Keep what is typed, a moment later."""
        if not self._saving:
            self._saving = True
            self.set_timer(_PATIENCE, self.keep_now)

    def keep_now(self) -> None:
        """Keep what is typed at once."""
        self._saving = False
        self._keep(self._line.value)

    # Writing

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the line down."""
        event.stop()
        if event.value.strip():
            self._write([event.value.strip()])

    def _ask_about(self, lines: Sequence[str]) -> None:
        items = [
            Item(value="each", label=t("{n} notes, one for each line", n=len(lines)), letter="n"),
            Item(value="one", label=t("one line, joined by spaces"), letter="o"),
        ]

        def chosen(value: str | None) -> None:
            if value == "each":
                self._write(lines)
            elif value == "one":
                self._line.replace(" ".join(lines), *sorted(self._line.selection))

        self.app.push_screen(MenuScreen(t("Pasted: {n} lines", n=len(lines)), items), chosen)

    def _write(self, lines: Sequence[str]) -> None:
        chosen = _MARKS[self._mark] or None
        answers = []
        for text in lines:
            letter, rest = split_mark(text)
            answers.append({**self._place, "text": rest if letter else text, "mark": letter or chosen})

        def job(opened: Any) -> Done:
            state = None
            for each in answers:
                state = opened.perform("note.create", None, each)
            return Done(answers, state)

        def refused(error: FieldgateError) -> None:
            # The line stands where it was typed, so nothing is lost.
            if len(lines) == 1 and not self._line.value:
                self._line.value = lines[0]
            self.notify(error.message, severity="warning")

        def written(done: Sequence[dict[str, Any]]) -> None:
            for each in done:
                facts = f"{each['mark']}: {_mark_words(str(each['mark']))}" if each["mark"] else ""
                self._written.insert(0, Row(str(len(self._written)), (str(each["text"]), facts)))
            self._list.show(Listed(self._written), first=0)
            self._list.action_first()
            self._advise()
            self.keep_now()

        if len(lines) == 1:
            self._line.value = ""
        self._mark = 0
        self._show_mark()
        self.post_message(JobRequested(job, written, refused))


def _mark_words(letter: str) -> str:
    from fieldgate.domain.moves.choices import choices  # the words of the marks, with the rules

    return next((t(each.words) for each in choices(Mark) if each.value == letter), letter)
