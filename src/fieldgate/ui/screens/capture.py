"""Capturing an interview: one line, Enter writes it. Nothing else is on the screen but what was written last.

A line may begin with its mark (`p: they print it twice`), or Tab goes through the marks. Many pasted lines become one
note each, after asking. Escape ends; a line that was not written is kept as a draft.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from fieldgate.domain.moves.reading import BODY_BYTES
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
from fieldgate.ui.widgets.typing import Typed
from fieldgate.words import mark, t
from fieldgate.workspace.capture import split_mark

LONGEST = 16_000
MOST = 1000
"""Lines that are made notes of at once; a file of any length is imported."""
DRAFT = "capture"
"""The name under which an unwritten line is kept."""
_MARKS: tuple[str, ...] = ("", *(each.value for each in Mark))
_PATIENCE = 1.0
_AT_ONCE = 20
"""Lines written before a key gets its turn."""


class CaptureLine(Typed, Input):
    """The line in which one writes; a paste of many lines is handed on whole."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("capture.write", "screen.write"),
        binding("capture.mark", "screen.turn_mark"),
        binding("capture.end", "screen.end"),
        binding("form.help", "app.explain"),
    ]

    def __init__(self, pasted: Callable[[list[str]], None], at_once: Mapping[str, Callable[..., None]]) -> None:
        super().__init__(max_length=LONGEST, select_on_focus=False, compact=True)
        self.cursor_blink = False
        self.AT_ONCE = at_once
        self._pasted = pasted

    def _on_paste(self, event: events.Paste) -> None:
        lines = [line.strip() for line in event.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        lines = [line for line in lines if line]
        event.prevent_default()
        event.stop()
        if len(lines) > 1 or (lines and len(lines[0]) + len(self.value) > LONGEST):
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
        self._unwritten: list[str] = []
        self._under_way: list[str] = []
        self._list = RecordList(lines=2, gap=0, title=title, markable=False, empty=Content(t("Write what is said.")))
        self._list.can_focus = False
        meant = {"capture.write": self.action_write, "capture.mark": self.action_turn_mark,
                 "capture.end": self.action_end}  # fmt: skip
        at_once = {key: _without_line(act) for name, act in meant.items() for key in keymap.keys(name)}
        self._line = CaptureLine(self._ask_about, at_once)

    def compose(self) -> ComposeResult:
        """What was written, the line, the keys."""
        with Vertical(id="capture"):
            yield self._list
            yield self._line
        yield OneLine(classes="-dim")
        yield HintLine(id="capture-hints")

    def on_mount(self) -> None:
        """Start writing; a line that was left stands there again."""
        *self._unwritten, line = self._draft.split("\n")
        self._line.value = line
        self._line.cursor_position = len(line)
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
        for each in self.query(OneLine) if fitting else ():  # none any more where one is just going back
            each.show(fitting[len(self._written) % len(fitting)])

    def action_turn_mark(self) -> None:
        """Give the line the next mark."""
        self._mark = (self._mark + 1) % len(_MARKS)
        self._show_mark()

    def action_end(self) -> None:
        """Go back to the desk."""
        self.keep_now()
        if self._line.value.strip():
            self.notify(t("Kept as a draft: it stands there again the next time."))
        if self._under_way:
            self.app.post_message(JobRequested(lambda _: Done(), lambda _: None))
        self.dismiss()

    # Keeping what is typed

    def on_input_changed(self) -> None:
        """Keep what is typed, a moment later."""
        if not self._saving:
            self._saving = True
            self.set_timer(_PATIENCE, self.keep_now)

    def keep_now(self) -> None:
        """Keep what is typed at once, and before it what could not be written."""
        self._saving = False
        self._keep("\n".join((*self._unwritten, *self._under_way, self._line.value)))

    # Writing

    def action_write(self) -> None:
        """Write the line down, after those that could not be written before."""
        waiting, self._unwritten = self._unwritten, []
        line = self._line.value.strip()
        if waiting or line:
            self._line.value = ""
            self._write([*waiting, *([self._marked(line)] if line else [])])

    def _marked(self, line: str) -> str:
        """Return a line with the mark that was chosen before it, unless it begins with one."""
        letter = _MARKS[self._mark]
        return f"{letter}: {line}" if letter and not split_mark(line)[0] else line

    def _ask_about(self, lines: Sequence[str]) -> None:
        many = (t("more than {n} at once; fieldgate import takes a file of any length", n=MOST),)
        whole, joined = "\n".join(lines), " ".join(lines)
        bodied = (t("more than a megabyte; fieldgate import takes a file of any length"),)
        items = [
            Item(value="each", label=t("{n} notes, one for each line", n=len(lines)), letter="n",
                 missing=many if len(lines) > MOST else ()),
            Item(value="whole", label=t("one note with all of it"), letter="a",
                 missing=bodied if len(whole.encode("utf-8", "replace")) > BODY_BYTES else ()),
            Item(value="one", label=t("one line, joined by spaces"), letter="o",
                 missing=(t("a line holds {n} characters", n=LONGEST),) if len(joined) > LONGEST else ()),
        ]  # fmt: skip

        def chosen(value: str | None) -> None:
            if value == "each":
                self._write([self._marked(each) for each in lines])
            elif value == "whole":
                self._write([self._marked(whole)])
            elif value == "one":
                self._line.replace(joined, *sorted(self._line.selection))

        self.app.push_screen(MenuScreen(t("Pasted: {n} lines", n=len(lines)), items), chosen)

    def _write(self, lines: Sequence[str]) -> None:
        """Write lines, a few at a time so that no key waits; what cannot be written stays, and is written before the next."""
        now, later = lines[:_AT_ONCE], lines[_AT_ONCE:]
        self._under_way = [*self._under_way, *lines]

        def job(opened: Any) -> Done:
            done: list[tuple[str, str]] = []
            state = None
            for text in now:
                letter, rest = split_mark(text)
                words = rest if letter else text
                try:
                    state = opened.perform("note.create", None, {**self._place, "text": words, "mark": letter or None})
                except FieldgateError as error:
                    return Done((done, error), state)
                done.append((words, letter.value if letter else ""))
            return Done((done, None), state)

        def settled(came: tuple[Sequence[tuple[str, str]], FieldgateError | None]) -> None:
            done, error = came
            for words, letter in done:
                facts = f"{letter}: {_mark_words(letter)}" if letter else ""
                self._written.insert(0, Row(str(len(self._written)), (words, facts)))
            if done and self.is_attached:  # else one has gone back meanwhile
                self._show_written()
            self._under_way = self._under_way[len(lines) :]
            if error is not None:
                self._leave_unwritten(lines[len(done) :], error)
            elif later:
                self._write(later)
            self.keep_now()

        self._mark = 0
        self._show_mark()
        # Who writes on waits for nothing; who leaves waits until it is written, and lines behind it are written too.
        self.app.post_message(JobRequested(job, settled, lambda error: settled(([], error)), holds=False))

    def _show_written(self) -> None:
        self._list.show(Listed(self._written), first=0)
        self._list.action_first()
        self._advise()

    def _leave_unwritten(self, lines: Sequence[str], error: FieldgateError) -> None:
        """Keep what could not be written: where it was typed if that is free, else to be written before the next line."""
        if len(lines) == 1 and self.is_attached and not self._line.value and not self._unwritten:
            self._line.value = lines[0]
            self._line.cursor_position = len(lines[0])
        else:
            self._unwritten += lines
            more = t("{n} lines are not written yet; Enter tries again.", n=len(self._unwritten))
            self.notify(f"{error.message}\n{more}", severity="warning")
            return
        self.notify(error.message, severity="warning")


def _without_line(act: Callable[[], None]) -> Callable[..., None]:
    return lambda _line: act()


def _mark_words(letter: str) -> str:
    from fieldgate.domain.moves.choices import choices  # the words of the marks, with the rules

    return next((t(each.words) for each in choices(Mark) if each.value == letter), letter)
